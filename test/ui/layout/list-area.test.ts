import { describe, expect, test } from 'vitest';
import { freshInteraction, type Interaction } from '../../../source/ui/input/interaction.js';
import { frameFor } from '../../../source/ui/layout/frame.js';
import { glyphsFor } from '../../../source/ui/layout/glyphs.js';
import { viewOf } from '../../../source/wizard/engine/screens.js';
import type { ChoiceControl, View } from '../../../source/wizard/engine/view.js';
import { GALLERY, key, look, type Scene } from '../gallery.js';

const listOf = (options: ChoiceControl['options'], more: Partial<View> = {}): View => ({
  heading: '',
  question: 'Which one?',
  controls: [{ kind: 'choice', id: 'one', label: 'One', value: options[0]?.value ?? '', options, isSearchable: true }],
  help: [],
  ...more,
});

function rowsOf(view: View, columns: number, rows: number, interaction: Partial<Interaction> = {}): string[] {
  const shown = { ...freshInteraction(view, null), ...interaction };
  const frame = frameFor(view, shown, null, { columns, rows }, glyphsFor(false), false);
  return frame.lines.map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}

const DETAILS = listOf([
  { value: 'a', label: 'First', hint: 'short', detail: 'One row.' },
  { value: 'b', label: 'Second', hint: 'short', detail: 'Two rows of text. '.repeat(7).trim() },
  { value: 'c', label: 'Third', hint: 'short' },
]);

describe('the area below a list', () => {
  test('has the whole label if the list has to cut it', () => {
    const label = 'Create a key that sees everything in the account';
    const rows = rowsOf(listOf([{ value: 'a', label }]), 40, 24);
    expect(rows.some((row) => /^❯ Create a key .*…$/.test(row))).toBe(true);
    expect(rows.join(' ')).toContain(label);
  });

  test('explains the marked option, and keeps its height for every option', () => {
    const frames = ['a', 'b', 'c'].map((value) => rowsOf(DETAILS, 80, 24, { marked: { one: value } }));
    expect(frames[0]).toContain('One row.');
    expect(frames[1]?.join(' ')).toContain('Two rows of text. Two rows');
    expect(new Set(frames.map((rows) => rows.length)).size).toBe(1);
    expect(new Set(frames.map((rows) => rows.findIndex((row) => row.includes('esc back')))).size).toBe(1);
  });

  test('has the full hint if there is no room beside the label', () => {
    const hint = 'a hint that is too long for forty columns';
    const rows = rowsOf(listOf([{ value: 'a', label: 'An option with a long label', hint }]), 40, 15);
    expect(rows.join(' ')).toContain('a hint that is too long for forty columns');
    expect(rows.join('\n')).not.toContain('…');
  });

  test('marks an explanation that does not fit, which the help shows in full', () => {
    const detail = 'Words that fill a window. '.repeat(10).trim();
    const view = listOf([{ value: 'a', label: 'First', detail }]);
    expect(rowsOf(view, 40, 15).filter((row) => row.endsWith(' …'))).toHaveLength(1);
    expect(rowsOf(view, 80, 40, { isHelpOpen: true }).join(' ')).toContain(`First: ${detail}`);
  });
});

describe('a list with groups', () => {
  const view = listOf([
    { value: 'a', label: 'Play', group: 'For pages' },
    { value: 'b', label: 'Embed' },
    { value: 'c', label: 'Upload', group: 'For servers' },
  ]);

  test('has a heading above each group, which cannot be marked', () => {
    const rows = rowsOf(view, 80, 24, { marked: { one: 'c' } });
    const at = rows.indexOf('For pages');
    expect(rows.slice(at, at + 5)).toEqual(['For pages', '  Play', '  Embed', 'For servers', '❯ Upload']);
  });

  test('has no headings among search results, and keeps its height', () => {
    const rows = rowsOf(view, 80, 24, { query: { text: 'upl', cursor: 3 } });
    expect(rows).not.toContain('For servers');
    expect(rows).toContain('❯ Upload');
    expect(rows).toHaveLength(rowsOf(view, 80, 24).length);
  });
});

test('the help hint says “more help” if advice does not fit', () => {
  const advice = Array.from({ length: 9 }, () => ({ tone: 'plain' as const, text: 'Advice in one row.' }));
  const view = listOf(DETAILS.controls[0]?.kind === 'choice' ? DETAILS.controls[0].options : [], { advice });
  expect(rowsOf(view, 80, 40).at(-1)).toMatch(/\? help$/);
  expect(rowsOf(view, 80, 15).at(-1)).toMatch(/\? more help$/);
});

/** Returns the row at which the list begins, and the height of the frame. */
function placeOf(scene: Scene): string {
  const { frame, state } = look(scene, { columns: 80, rows: 24 });
  const rows = frame.lines.map((line) => line.map(({ text }) => text).join(''));
  const first = rows.findIndex((row, index) => index > 1 && /^[❯ ] \S/.test(row));
  return `${state.screen}: list at row ${first}, ${rows.length} rows`;
}

const LIST_SCENES = GALLERY.filter(({ state, keys }) => {
  const control = viewOf(state).controls[0];
  return state.screen !== 'home' && keys.length === 0 && control?.kind === 'choice' && state.making.detour === null;
}).filter(({ state }) =>
  ['region', 'sign-in', 'version', 'type', 'admin', 'privileges', 'plain-http'].includes(state.screen),
);

test.each(LIST_SCENES)('$name: the list and the frame stay in place while the mark moves', (scene) => {
  const control = viewOf(scene.state).controls[0];
  const count = control?.kind === 'choice' ? control.options.length : 0;
  const places = Array.from({ length: count }, (_, presses) =>
    placeOf({ ...scene, keys: Array.from({ length: presses }, () => key('down')).flat() }),
  );
  expect(new Set(places).size).toBe(1);
});
