import { expect, test } from 'vitest';
import { NOTHING_PRINTED } from '../../../source/ui/display.js';
import { freshInteraction } from '../../../source/ui/input/interaction.js';
import { frameFor } from '../../../source/ui/layout/frame.js';
import { glyphsFor } from '../../../source/ui/layout/glyphs.js';
import type { Notice } from '../../../source/wizard/engine/state.js';
import type { View } from '../../../source/wizard/engine/view.js';

const VIEW: View = {
  heading: 'key for practice',
  question: '',
  controls: [],
  help: [],
  warnings: ['one', 'two', 'three', 'four', 'five', 'six'].map((text) => ({ tone: 'plain', text })),
};
const INTERACTION = freshInteraction(VIEW, null);

const textOf = (view: View, notice: Notice | null, rows: number, printed = NOTHING_PRINTED): string =>
  frameFor(view, INTERACTION, notice, { columns: 40, rows }, glyphsFor(false), false, printed)
    .lines.map((line) => line.map(({ text }) => text).join(''))
    .join('\n');

test('a text that a message cuts to three rows shows the number of hidden rows', () => {
  const message = 'Sent to the clipboard through your terminal. If you can’t paste it, select the key above.';
  const text = textOf(VIEW, { tone: 'good', text: message }, 9);
  expect(text).toContain('one\ntwo\n↓ 4 more lines (page down)');
});

test('visible code below a hidden key is not reported as scrolled away', () => {
  const printed = { count: 12, isAway: true, isLastAway: false };
  const scrolledAway = 'Not visible.';
  expect(textOf({ ...VIEW, scrolledAway }, null, 24, printed)).toContain(scrolledAway);
  const aboutCode = { ...VIEW, scrolledAway, isAboutLastPrinted: true };
  expect(textOf(aboutCode, null, 24, printed)).not.toContain(scrolledAway);
  expect(textOf(aboutCode, null, 24, { ...printed, isLastAway: true })).toContain(scrolledAway);
});

const menuOf = (count: number): View => ({
  ...VIEW,
  question: 'Which one?',
  warnings: [],
  controls: [
    {
      kind: 'choice',
      id: 'one',
      label: 'One',
      value: '1',
      options: Array.from({ length: count }, (_, index) => ({ value: `${index + 1}`, label: `option ${index + 1}.` })),
    },
  ],
});

test.each([7, 4])('options that don’t fit below %i printed rows use these rows', (count) => {
  const printed = { count, isAway: false, isLastAway: false };
  const text = textOf(menuOf(8), null, 15, printed);
  expect(text).toContain('option 8.');
  expect(text).not.toContain('more options');
  expect(textOf(VIEW, null, 12, printed)).toContain('more lines');
});

test('a list that needs one more row uses the last row of the window', () => {
  const text = textOf(menuOf(9), null, 14);
  expect(text).toContain('option 9.');
  expect(text.split('\n')).toHaveLength(13);
});
