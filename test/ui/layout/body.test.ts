import { expect, test } from 'vitest';
import { freshInteraction } from '../../../source/ui/input/interaction.js';
import { bodyFor } from '../../../source/ui/layout/body.js';
import { glyphsFor } from '../../../source/ui/layout/glyphs.js';
import type { View } from '../../../source/wizard/engine/view.js';

/** A screen with one list of so many options. */
function listOf(count: number): View {
  const options = Array.from({ length: count }, (_, index) => ({ value: `${index}`, label: `option ${index}` }));
  return {
    heading: '',
    question: 'Which one?',
    controls: [{ kind: 'choice', id: 'one', label: 'One', value: '500', options }],
    help: [],
  };
}

test.each([100, 999, 1001, 5000])('a list of %i options fills the available rows', (count) => {
  const view = listOf(count);
  const body = bodyFor(view, freshInteraction(view, null), 79, 20, glyphsFor(false));
  expect(body.lines.length).toBe(20);
});

test('the last empty rows are dropped first, and only as many as needed', () => {
  const view: View = {
    heading: '',
    lead: 'Profile',
    question: 'Ready?',
    facts: [{ label: 'Region', value: 'EU' }],
    warnings: [{ tone: 'plain', text: 'A warning.' }],
    standing: { label: 'sends to', value: 'a server' },
    controls: [],
    help: [],
  };
  const rows = (height: number): string[] =>
    bodyFor(view, freshInteraction(view, null), 79, height, glyphsFor(false)).lines.map((line) =>
      line.map(({ text }) => text).join(''),
    );
  expect(rows(9)).toEqual(['Profile', '', 'Ready?', '', 'Region  EU', '', 'A warning.', '', 'sends to: a server']);
  expect(rows(8)).toEqual(['Profile', '', 'Ready?', '', 'Region  EU', '', 'A warning.', 'sends to: a server']);
  expect(rows(6)).toEqual(['Profile', '', 'Ready?', 'Region  EU', 'A warning.', 'sends to: a server']);
});

test('a heading of the advice is dropped together with the only paragraph below it', () => {
  const advice = ['Likely causes:', 'The first.', 'The second.'].map((text) => ({ tone: 'plain' as const, text }));
  const view: View = { heading: '', question: 'Ready?', advice, controls: [], help: [] };
  const rows = (height: number): string[] =>
    bodyFor(view, freshInteraction(view, null), 79, height, glyphsFor(false)).lines.map((line) =>
      line.map(({ text }) => text).join(''),
    );
  expect(rows(5)).toEqual(['Ready?', '', 'Likely causes:', 'The first.', 'The second.']);
  expect(rows(4)).toEqual(['Ready?', '', 'Likely causes:', 'The first.']);
  expect(rows(3)).toEqual(['Ready?']);
});

test('the heading of a list of causes shows how many of them are hidden', () => {
  const texts = ['Likely causes:', '· one', '· two', '· three', 'Nothing was sent.'];
  const view: View = {
    ...listOf(2),
    advice: texts.map((text) => ({ tone: 'plain', text })),
  };
  const textIn = (rows: number, width = 79): string =>
    bodyFor(view, freshInteraction(view, null), width, rows, glyphsFor(false))
      .lines.map((line) => line.map(({ text }) => text).join(''))
      .join('\n');
  expect(textIn(8)).toContain('Likely causes:   ↓ 1 more (?)\n  · one\n  · two');
  expect(textIn(8, 28)).toContain('Likely causes: ↓ 1 more (?)\n  · one\n  · two');
  expect(textIn(8, 20)).toContain('Likely causes:\n  · one\n  ↓ 2 more (?)');
  expect(textIn(9)).toContain('Likely causes:\n  · one\n  · two\n  · three');
});
