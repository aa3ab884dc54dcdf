import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Size } from '../../source/ui/layout/frame.js';
import { GALLERY, look, type Scene } from './gallery.js';

/**
 * Whole frames as text, one file for each scene of the gallery: at 80x24, and at 40x15 and 120x40 if the frame differs there in more than
 * wrapping. To record them again after an intended change:
 *
 *     UPDATE_GOLDENS=1 npx vitest run test/ui/goldens.test.ts
 *
 * Read `git diff` before you commit.
 */
const IS_UPDATING = (process.env['UPDATE_GOLDENS'] ?? '') !== '';
const FOLDER = join(import.meta.dirname, 'goldens');

const NORMAL: Size = { columns: 80, rows: 24 };
/** Recorded only if the frame differs there in more than wrapping. */
const OTHERS: readonly Size[] = [
  { columns: 40, rows: 15 },
  { columns: 120, rows: 40 },
];

const fileOf = (name: string): string => `${name.replaceAll(/[^a-z]+/g, '-')}.txt`;

function draw(scene: Scene, size: Size) {
  const { frame } = look(scene, size);
  const lines = frame.lines.map((line) =>
    line
      .map((segment) => segment.text)
      .join('')
      .trimEnd(),
  );
  const cursor =
    frame.cursor === null ? 'no cursor' : `cursor at row ${frame.cursor.row}, column ${frame.cursor.column}`;
  return {
    text: [`=== ${size.columns}x${size.rows}, ${cursor}`, ...lines].join('\n'),
    /** All that wrapping doesn't change. */
    characters: lines.join('').replaceAll(/\s/g, ''),
  };
}

function framesText(scene: Scene): string {
  const normal = draw(scene, NORMAL);
  const others = OTHERS.map((size) => draw(scene, size)).filter(({ characters }) => characters !== normal.characters);
  return `${[normal, ...others].map(({ text }) => text).join('\n\n')}\n`;
}

beforeAll(() => {
  vi.stubEnv('TZ', 'UTC');
  if (IS_UPDATING) mkdirSync(FOLDER, { recursive: true });
});
afterAll(() => void vi.unstubAllEnvs());

describe('the gallery', () => {
  test.each(GALLERY.map((scene) => [scene.name, scene] as const))('%s', (name, scene) => {
    const text = framesText(scene);
    const file = join(FOLDER, fileOf(name));
    if (IS_UPDATING) writeFileSync(file, text);
    expect(existsSync(file), `${file} is missing: see the head of this file`).toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  test('has unique file names, and no file without a scene', () => {
    const files = GALLERY.map((scene) => fileOf(scene.name));
    expect(new Set(files).size).toBe(files.length);
    expect(readdirSync(FOLDER).sort()).toEqual(files.toSorted());
  });
});
