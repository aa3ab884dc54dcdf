import { expect, test } from 'vitest';
import { viewOf } from '../../../source/wizard/engine/screens.js';
import { GALLERY, look, type Scene } from '../gallery.js';

/** The title and the path, whose first items can be folded. */
const HEADER_ROWS = 2;

/** Rows of values that the user typed, which can be of any length: fields, and the privileges of the key. */
const USERS_VALUE = /^privileges: /;

/** Returns the rows of a frame at 80 columns in which the layout cut a text of the program with a mark. */
function cutRows(scene: Scene): string[] {
  const { state, frame } = look(scene, { columns: 80, rows: 24 });
  // All texts of the view, without line breaks.
  const texts = JSON.stringify([viewOf(scene.state), state.notice]);
  const { lines } = frame;
  const written = lines.slice(HEADER_ROWS).filter((line) => !line.some(({ isField }) => isField === true));
  return (
    written
      .map((line) => line.map(({ text }) => text).join(''))
      .filter((row) => !USERS_VALUE.test(row))
      // With the word before it, because the mark alone can follow a whole word.
      .filter((row) => [...row.matchAll(/(?:[\p{L}\p{N}]\S* )?\S*…/gu)].some(([words]) => !texts.includes(words)))
  );
}

test.each(GALLERY.map((scene) => [scene.name, scene] as const))('at 80 columns, no text is cut: %s', (_name, scene) => {
  expect(cutRows(scene)).toEqual([]);
});
