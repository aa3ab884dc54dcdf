import { terminalLine } from '../../terminal/text.js';
import { widthOf, wrapText } from '../../terminal/width.js';

/** The style of a text by its meaning. `rows.tsx` turns it into colors. */
export type Look = 'plain' | 'dim' | 'strong' | 'accent' | 'good' | 'caution' | 'danger' | 'selected';

export interface Segment {
  readonly text: string;
  readonly look: Look;
  /** Whether it is the visible part of a field, which the text input draws. */
  readonly isField?: boolean;
}

/** One row of the terminal: never wider than the window. */
export type Line = readonly Segment[];

export const EMPTY_LINE: Line = [];

/** The look of a sentence. Color is only for signs, because it is hard to read on some backgrounds. */
const sentenceLook = (look: Look): Look => {
  if (look === 'danger') return 'strong';
  return look === 'dim' || look === 'strong' ? look : 'plain';
};

/** Wraps a paragraph. The first row begins with the lead (`! `, `· `), and the others are indented by its width. Only the lead has a color. */
export function paragraph(text: string, look: Look, width: number, lead = ''): Line[] {
  const indent = ' '.repeat(widthOf(lead));
  const sentence = sentenceLook(look);
  return wrapText(terminalLine(text), width - indent.length).map((row, index): Line => {
    if (index > 0 || lead === '' || sentence === look)
      return [{ text: (index === 0 ? lead : indent) + row, look: sentence }];
    return [
      { text: lead, look },
      { text: row, look: sentence },
    ];
  });
}

/** Cuts a text to a width, and ends it with a mark if it was cut. */
export function cut(raw: string, width: number, mark: string): string {
  const text = terminalLine(raw);
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > width - widthOf(mark)) break;
    kept += character;
  }
  return kept + mark;
}

export const lineWidth = (line: Line): number => line.reduce((sum, segment) => sum + widthOf(segment.text), 0);
