import { describe, expect, test } from 'vitest';
import { focusedControl } from '../../../source/ui/input/interaction.js';
import { viewOf } from '../../../source/wizard/engine/screens.js';
import { everyNth } from '../../sizes.js';
import { GALLERY, look } from '../gallery.js';

/** The scenes whose list has the focus. */
const WITH_LIST = GALLERY.filter((scene) => {
  const { state, interaction } = look(scene, { columns: 80, rows: 24 });
  const control = focusedControl(viewOf(state), interaction);
  return control !== undefined && control.kind !== 'text' && !interaction.isHelpOpen && interaction.query === null;
});

const sceneOf = (name: string) => WITH_LIST.filter((scene) => scene.name === name)[0] as (typeof WITH_LIST)[number];

const EXPLAINED = GALLERY.filter(
  (scene) => scene.state.screen === 'explain' && !look(scene, { columns: 40, rows: 15 }).interaction.isHelpOpen,
);

test.each(EXPLAINED)('$name shows the result for the key at 40 x 15', (scene) => {
  const { frame, state } = look(scene, { columns: 40, rows: 15 });
  const text = frame.lines.map((line) => line.map((part) => part.text).join('')).join(' ');
  expect(text.replaceAll(/ +/g, ' ')).toContain(viewOf(state).question);
});

describe.each([8, 7, 6, 5, 4, 3, 2])('in a window of %i rows', (rows) => {
  test.each(everyNth(6, WITH_LIST))('$name shows the marked option', (scene) => {
    for (const columns of [80, 40]) {
      const lines = look(scene, { columns, rows }).frame.lines.map((line) => line.map(({ text }) => text).join(''));
      expect(lines.filter((line) => line.startsWith('❯ '))).toHaveLength(1);
      expect(lines.length).toBeLessThan(rows);
    }
  });
});

test('a cut list shows the number of hidden options, not of hidden lines', () => {
  const { frame } = look(sceneOf('purpose'), { columns: 40, rows: 12 });
  const lines = frame.lines.map((line) => line.map(({ text }) => text).join(''));
  expect(lines.filter((line) => /\d more/.test(line))).toEqual([expect.stringMatching(/^ {2}↓ \d more options$/)]);
});
