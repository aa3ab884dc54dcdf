import type { IBufferCell, IBufferLine } from '@xterm/headless';

/** The number of a color in the terminal's palette, or an RGB color: `#rrggbb`. */
export type Color = number | `#${string}`;

/** Neighboring cells with the same style. */
export type StyledText = {
  readonly text: string;
  /** In cells; a wide character has two. */
  readonly width: number;
  readonly style: Style;
};

export type Style = {
  readonly fg?: Color;
  readonly bg?: Color;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
};

function colorOf(isDefault: boolean, isRgb: boolean, value: number): Color | undefined {
  if (isDefault) return undefined;
  return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
}

function styleOf(cell: IBufferCell): Style {
  const fg = colorOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor());
  const bg = colorOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor());
  return {
    ...(fg === undefined ? {} : { fg }),
    ...(bg === undefined ? {} : { bg }),
    ...(cell.isBold() ? { bold: true } : {}),
    ...(cell.isDim() ? { dim: true } : {}),
    ...(cell.isItalic() ? { italic: true } : {}),
    ...(cell.isUnderline() ? { underline: true } : {}),
    ...(cell.isInverse() ? { inverse: true } : {}),
  };
}

/** Splits a row into texts of one style each, without the unstyled blanks at its end. */
export function styledTextsOf(line: IBufferLine | undefined): StyledText[] {
  const texts: StyledText[] = [];
  for (let x = 0; x < (line?.length ?? 0); x++) {
    const cell = line?.getCell(x);
    const width = cell?.getWidth() ?? 0;
    if (!cell || width === 0) continue;
    const style = styleOf(cell);
    const text = cell.getChars() || ' ';
    const last = texts.at(-1);
    if (last && JSON.stringify(last.style) === JSON.stringify(style)) {
      texts[texts.length - 1] = { text: last.text + text, width: last.width + width, style };
    } else {
      texts.push({ text, width, style });
    }
  }
  const last = texts.at(-1);
  if (last && Object.keys(last.style).length === 0) {
    const text = last.text.trimEnd();
    texts.pop();
    if (text) texts.push({ ...last, text, width: last.width - (last.text.length - text.length) });
  }
  return texts;
}
