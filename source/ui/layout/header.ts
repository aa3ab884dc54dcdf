import { Secret } from '../../kaltura/secret.js';
import { widthOf } from '../../terminal/width.js';
import { type Control, type FieldOf, NEXT_FIELD, type PathItem, type View } from '../../wizard/engine/view.js';
import { focusedControl, type Interaction, isTypingIn, isWithoutResult } from '../input/interaction.js';
import type { Glyphs } from './glyphs.js';
import { cut, EMPTY_LINE, type Line, type Look, lineWidth, type Segment } from './line.js';

const NAME = 'kaltura-ks';

/** The name of the program and the heading of the screen. */
export function titleLine(view: View, width: number, glyphs: Glyphs): Line {
  const room = width - widthOf(view.heading) - widthOf(NAME);
  if (room < 2) return [{ text: cut(view.heading, width, glyphs.more), look: 'dim' }];
  return [
    { text: NAME, look: 'strong' },
    { text: ' '.repeat(room) + view.heading, look: 'dim' },
  ];
}

/** The looks of the sign and the label of a step. */
const LOOKS: Readonly<Record<PathItem['state'], readonly [sign: Look, label: Look]>> = {
  done: ['good', 'plain'],
  here: ['strong', 'strong'],
  ahead: ['dim', 'dim'],
};

const WIDEST_ANSWER = 22;

/** The steps with their answers. If they don't fit, the first ones are folded, then the last ones cut. */
export function pathLine(path: readonly PathItem[], width: number, glyphs: Glyphs): Line {
  const items = path.map(({ label, state }): Line => {
    const sign = { done: glyphs.done, here: glyphs.here, ahead: glyphs.ahead }[state];
    const [signLook, labelLook] = LOOKS[state];
    return [
      { text: `${sign} `, look: signLook },
      { text: cut(label, WIDEST_ANSWER, glyphs.more), look: labelLook },
    ];
  });
  const gap: Line = [{ text: '  ', look: 'dim' }];
  const withGaps = (parts: readonly Line[]): Line[] =>
    parts.flatMap((part, index) => (index === 0 ? [part] : [gap, part]));
  const here = path.findIndex((item) => item.state === 'here');
  const folded: Line = [{ text: glyphs.more, look: 'dim' }];
  for (let from = 0; from <= here; from++) {
    const line = withGaps(from === 0 ? items : [folded, ...items.slice(from)]).flat();
    if (lineWidth(line) <= width) return line;
  }
  const tail = withGaps([...(here > 0 ? [folded] : []), ...items.slice(here)]);
  const fitting: Segment[] = [];
  for (const part of tail) {
    if (lineWidth(fitting) + lineWidth(part) > width - 2) break;
    fitting.push(...part);
  }
  return fitting;
}

interface Hint {
  readonly key: string;
  readonly does: string;
}

/** Returns the key that opens the help. While the user types text, `?` is a character. */
export const helpKeyFor = (focused: Control | undefined, interaction: Interaction): string =>
  isTypingIn(focused, interaction) ? 'F1' : '?';

/**
 * Returns the shortcuts of the screen, the most useful first.
 *
 * @param isWhole whether all advice is visible. If not, the hint for the help says that there is more
 */
export function hintsFor(view: View, interaction: Interaction, glyphs: Glyphs, isWhole: boolean): Hint[] {
  if (interaction.isHelpOpen) {
    return [
      { key: glyphs.upDown, does: 'scroll' },
      { key: 'esc', does: 'close' },
    ];
  }
  const control = focusedControl(view, interaction);
  const isLast = view.isFilledIn === true || control === undefined || control.id === view.controls.at(-1)?.id;
  const hints: Hint[] = [];
  const add = (isTrue: boolean, key: string, does: string) => {
    if (isTrue) hints.push({ key, does });
  };
  const isFilledSecret = control?.kind === 'text' && control.value instanceof Secret && control.value.length > 0;
  const isList = control?.kind === 'choice' || control?.kind === 'checklist';
  const masked = view.controls.filter(
    (other): other is FieldOf<Secret> => other.kind === 'text' && typeof other.value !== 'string',
  );
  const isEmpty = isWithoutResult(control, interaction);
  add(isList && !isEmpty, glyphs.upDown, 'choose');
  add(control?.kind === 'checklist' && !isEmpty, 'space', 'select');
  const enters = view.enter ?? 'continue';
  add(
    !isEmpty && view.isBusy !== true && (control !== undefined || view.enter !== undefined),
    glyphs.enter,
    isLast ? enters : NEXT_FIELD,
  );
  add(view.controls.length > 1 && isLast && enters !== NEXT_FIELD, 'tab', NEXT_FIELD);
  add(isFilledSecret, 'ctrl+u', 'clear');
  const shows = interaction.isRevealed ? 'hide' : 'show';
  add(
    control?.kind === 'text' && masked.length > 0,
    'ctrl+r',
    masked[0]?.noun === undefined ? shows : `${shows} the ${masked[0].noun}`,
  );
  if (isList && control.isSearchable === true) add(interaction.query === null, '/', searchHint(control));
  const actions = interaction.query === null ? (view.actions ?? []) : [];
  const digits = actions.filter((action) => /^\d$/.test(action.key));
  add(digits.length > 0, `${digits[0]?.key}-${digits.at(-1)?.key}`, 'change');
  for (const action of actions) add(action.label !== '', action.key, action.label);
  add(interaction.query !== null, 'esc', 'end search');
  const escapes = view.escape ?? 'back';
  add(interaction.query === null && escapes !== '', 'esc', escapes);
  add(true, helpKeyFor(control, interaction), isWhole ? 'help' : 'more help');
  return hints;
}

const GAP = '   ';

const searchHint = (control: Control): string =>
  control.kind === 'choice' && control.searched !== undefined ? control.searched.label : 'search';

/** The hints as rows of at most that width. */
export function hintLines(hints: readonly Hint[], width: number): Line[] {
  const lines: Line[] = [];
  let line: Segment[] = [];
  for (const { key, does } of hints) {
    const added: Segment[] = [
      ...(line.length === 0 ? [] : [{ text: GAP, look: 'dim' as const }]),
      { text: key, look: 'plain' },
      { text: ` ${does}`, look: 'dim' },
    ];
    if (line.length > 0 && lineWidth(line) + lineWidth(added) > width) {
      lines.push(line);
      line = added.slice(1);
    } else {
      line = [...line, ...added];
    }
  }
  return [...lines, line.length === 0 ? EMPTY_LINE : line];
}
