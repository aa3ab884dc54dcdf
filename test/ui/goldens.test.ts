import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Size } from '../../source/ui/layout/frame.js';
import { GALLERY, look, type Scene } from './gallery.js';

/**
 * Whole frames, as text that a person reads: one file for each scene of the gallery. After a change that is meant:
 *
 *     UPDATE_GOLDENS=1 npx vitest run test/ui/goldens.test.ts
 *
 * and then `git diff` is what has to be read before it is committed.
 */
const IS_UPDATING = (process.env['UPDATE_GOLDENS'] ?? '') !== '';
const FOLDER = join(import.meta.dirname, 'goldens');

const SIZES: readonly Size[] = [
  { columns: 40, rows: 15 },
  { columns: 60, rows: 24 },
  { columns: 80, rows: 24 },
  { columns: 100, rows: 30 },
];

const fileOf = (name: string): string => `${name.replaceAll(/[^a-z]+/g, '-')}.txt`;

function frameText(scene: Scene, size: Size): string {
  const { frame } = look(scene, size);
  const lines = frame.lines.map((line) =>
    line
      .map((segment) => segment.text)
      .join('')
      .trimEnd(),
  );
  const cursor =
    frame.cursor === null ? 'no cursor' : `cursor at row ${frame.cursor.row}, column ${frame.cursor.column}`;
  return [`=== ${size.columns}x${size.rows}, ${cursor}`, ...lines].join('\n');
}

beforeAll(() => {
  vi.stubEnv('TZ', 'UTC');
  if (IS_UPDATING) mkdirSync(FOLDER, { recursive: true });
});
afterAll(() => void vi.unstubAllEnvs());

describe('the gallery', () => {
  test.each(GALLERY.map((scene) => [scene.name, scene] as const))('%s', (name, scene) => {
    const text = `${SIZES.map((size) => frameText(scene, size)).join('\n\n')}\n`;
    const file = join(FOLDER, fileOf(name));
    if (IS_UPDATING) writeFileSync(file, text);
    expect(existsSync(file), `${file} is missing: see the head of this file`).toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  test('has a name of its own for each scene, and no file that belongs to none', () => {
    const files = GALLERY.map((scene) => fileOf(scene.name));
    expect(new Set(files).size).toBe(files.length);
    expect(readdirSync(FOLDER).sort()).toEqual(files.toSorted());
  });
});
