import fc from 'fast-check';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { focusedControl, openList } from '../../source/ui/input/interaction.js';
import type { Frame, Size } from '../../source/ui/layout/frame.js';
import { glyphsFor } from '../../source/ui/layout/glyphs.js';
import { hintsFor } from '../../source/ui/layout/header.js';
import { viewOf } from '../../source/wizard/engine/screens.js';
import { anyCharacter } from '../any-character.js';
import { SIZES } from '../sizes.js';
import { play, set } from '../wizard/play.js';
import { GALLERY, look, pasted, type Scene } from './gallery.js';

/** Rules for every frame in every window. */

const WINDOWS: readonly Size[] = SIZES.windows.map(([columns, rows]) => ({ columns, rows }));
const NORMAL: Size = { columns: 80, rows: 24 };

const linesOf = (frame: Frame): string[] => frame.lines.map((line) => line.map((segment) => segment.text).join(''));
const textOf = (frame: Frame): string => linesOf(frame).join('\n');

interface Drawn extends ReturnType<typeof look> {
  readonly size: Size;
  readonly lines: readonly string[];
}

const drawIn = (scene: Scene, size: Size): Drawn => {
  const looked = look(scene, size);
  return { ...looked, size, lines: linesOf(looked.frame) };
};

/** Lists the windows in which a scene breaks a rule, so that a failure shows all of them. */
const sizesBreaking = (scene: Scene, isBroken: (drawn: Drawn) => boolean): string[] =>
  WINDOWS.filter((size) => isBroken(drawIn(scene, size))).map(({ columns, rows }) => `${columns}x${rows}`);

const find = (name: string): Scene => {
  const scene = GALLERY.find((candidate) => candidate.name === name);
  if (scene === undefined) throw new Error(`no scene ${name}`);
  return scene;
};

beforeAll(() => void vi.stubEnv('TZ', 'UTC'));
afterAll(() => void vi.unstubAllEnvs());

type Rule = (drawn: Drawn) => boolean;

const IN_EVERY_SCENE: Readonly<Record<string, Rule>> = {
  // A frame as tall as the window cannot be repainted cleanly.
  'is lower than the window': ({ frame, size }) => frame.lines.length < size.rows,
  'has no line wider than the window': ({ lines, size }) => lines.every((line) => stringWidth(line) < size.columns),
  'has its cursor inside a field': ({ frame: { cursor, lines }, size }) =>
    cursor === null ||
    (cursor.column < size.columns && lines[cursor.row]?.some((segment) => segment.isField === true) === true),
  'draws no control character': ({ lines }) => !/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/.test(lines.join('\n')),
};

/** The rules of a scene: some depend on what its screen asks for. */
function rulesFor({ state, interaction }: Drawn): Readonly<Record<string, Rule>> {
  const view = viewOf(state);
  const keys = hintsFor(view, interaction, glyphsFor(false), true).map((hint) => hint.key);
  const control = focusedControl(view, interaction);
  const isTyping = !interaction.isHelpOpen && (control?.kind === 'text' || interaction.query !== null);
  const isList = !interaction.isHelpOpen && control !== undefined && control.kind !== 'text';
  return {
    ...IN_EVERY_SCENE,
    'names its keys at the bottom': ({ lines }) => {
      const end = lines.slice(-6).join(' ');
      return keys.length > 0 && keys.every((key) => end.includes(key));
    },
    ...(isTyping ? { 'shows a cursor where text is typed': ({ frame }: Drawn) => frame.cursor !== null } : {}),
    ...(isList && openList(control, interaction).entries.length > 0
      ? { 'shows the marked row of its list': ({ lines }: Drawn) => lines.some((line) => line.startsWith('❯ ')) }
      : {}),
  };
}

describe('every scene', () => {
  test.each(GALLERY.map((scene) => [scene.name, scene] as const))('keeps the rules of a frame: %s', (_name, scene) => {
    const frames = WINDOWS.map((size) => drawIn(scene, size));
    const normal = frames.find(({ size }) => size.columns === NORMAL.columns && size.rows === NORMAL.rows);
    const rules = Object.entries(rulesFor(normal ?? drawIn(scene, NORMAL)));
    const broken = frames.flatMap((drawn) =>
      rules.flatMap(([rule, holds]) => (holds(drawn) ? [] : [`${drawn.size.columns}x${drawn.size.rows}: ${rule}`])),
    );
    expect(broken).toEqual([]);
  });

  test.each(GALLERY.map((scene) => [scene.name, scene] as const))(
    'is drawn in ASCII on an ASCII terminal, except for typed text: %s',
    (_name, scene) => {
      const odd = WINDOWS.filter(({ rows }) => rows === 24)
        .flatMap((size) => look(scene, size, true).frame.lines)
        .flat()
        .filter((segment) => segment.isField !== true)
        .map((segment) => segment.text.replaceAll(/zoë|łukasz/g, ''))
        .filter((text) => /[^\x20-\x7E]/.test(text));
      expect([...new Set(odd)]).toEqual([]);
    },
  );
});

test('a window that is too narrow shows a message with fewer rows than the window', () => {
  for (const columns of [10, 20, 29]) {
    const { frame } = look(find('region'), { columns, rows: 24 });
    expect(linesOf(frame).join(' ')).toMatch(/Too narrow/);
    expect(frame.lines.length).toBeLessThan(24);
    expect(linesOf(frame).every((line) => stringWidth(line) < columns)).toBe(true);
  }
});

describe('unusual text that is typed or pasted', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({ unit: anyCharacter, maxLength: 60 }),
    fc.constantFrom(
      '\u001B[31mred',
      'a\tb',
      'a\nb',
      '\u202Eabc',
      '界'.repeat(80),
      '👩‍👩‍👧‍👦'.repeat(40),
      'e\u0301'.repeat(80),
      '\u0007',
      '\u009B2J',
    ),
  );
  const fields: [what: string, scene: Scene][] = [
    ['an address', find('address')],
    [
      'a secret',
      {
        ...find('credentials, secret shown'),
        keys: find('credentials, secret shown').keys.filter(({ name }) => name !== 'paste'),
      },
    ],
    ['privileges', find('write')],
    ['a user', find('user')],
    ['a name', find('save')],
    ['a search', { ...find('home, many'), keys: [{ name: 'text', text: '/' }] }],
  ];

  test.each(fields)('as %s: the frame keeps its size and cursor, and has no control characters', (_what, scene) => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(30, 40, 80, 120), fc.constantFrom(12, 24, 40), (text, columns, rows) => {
        const { frame } = look({ ...scene, keys: [...scene.keys, ...pasted(text)] }, { columns, rows });
        expect(frame.lines.length).toBeLessThan(rows);
        for (const line of linesOf(frame)) {
          expect(line).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
          expect(stringWidth(line)).toBeLessThan(columns);
        }
        if (frame.cursor !== null) expect(frame.cursor.column).toBeLessThan(columns);
      }),
      { numRuns: SIZES.hostileTexts },
    );
  });
});

describe('secrets', () => {
  test('are masked until Ctrl+R shows them', () => {
    const shown = find('credentials, secret shown');
    expect(textOf(look(shown, NORMAL).frame)).toContain('0123456789abcdef');
    const hidden = { ...shown, keys: shown.keys.filter((key) => key.name !== 'ctrl+r') };
    expect(textOf(look(hidden, NORMAL).frame)).not.toMatch(/0123|cdef/);
  });

  test('of any length have the same mask from 32 characters on', () => {
    const masks = ['a'.repeat(32), 'b'.repeat(5000)].map((secret) => {
      const scene = { ...find('credentials'), keys: [{ name: 'tab' } as const, ...pasted(secret)] };
      return /•+/.exec(textOf(look(scene, NORMAL).frame))?.[0].length;
    });
    expect(masks).toEqual([32, 32]);
  });

  test('show their length, and their ending after the user leaves the field', () => {
    expect(textOf(look(find('credentials, secret too short'), NORMAL).frame)).toContain('16 characters, ends in cdef');
    const typing = { ...find('credentials'), keys: [{ name: 'tab' } as const, ...pasted('0123456789abcdef')] };
    expect(textOf(look(typing, NORMAL).frame)).toMatch(/16 characters\n/);
  });
});

describe('a danger has a word, not only a color', () => {
  test.each([80, 100])('in the catalogue at %i columns', (columns) => {
    const scene = find('catalogue');
    const control = viewOf(scene.state).controls[0];
    const items = control?.kind === 'checklist' ? control.items.filter((item) => item.tone === 'danger') : [];
    expect(items.length).toBeGreaterThan(0);
    const lines = linesOf(look(scene, { columns, rows: 60 }).frame);
    const silent = items.filter(
      (item) => !lines.some((line) => line.includes(`] ${item.label} `) && /danger/.test(line)),
    );
    expect(silent.map((item) => item.label)).toEqual([]);
  });

  test('in the review at several widths', () => {
    const scene = find('review, danger');
    for (const columns of [60, 80, 100]) {
      const { frame } = look(scene, { columns, rows: 30 });
      expect(textOf(frame)).toMatch(/! danger: /);
    }
  });
});

test('during a search, the hints name no key that would be typed', () => {
  for (const name of ['home, search', 'catalogue, search']) {
    const scene = find(name);
    const { state, interaction } = look(scene, NORMAL);
    const hints = hintsFor(viewOf(state), interaction, glyphsFor(false), true).map((hint) => hint.key);
    expect(
      hints.filter((key) => /^[a-z?]$/.test(key)),
      name,
    ).toEqual([]);
  }
});

test('a notice is visible in every window', () => {
  const scene = find('result, not copied');
  expect(sizesBreaking(scene, ({ lines }) => !lines.join('\n').includes('Not copied'))).toEqual([]);
});

test('a very long value of a field does not hide the key hints', () => {
  const state = play(
    find('write').state,
    set('privileges', Array.from({ length: 60 }, (_, index) => `name${index}:value`).join(',')),
  ).state;
  const scene: Scene = { name: 'long', state, keys: [] };
  expect(
    sizesBreaking(scene, ({ lines, size }) => lines.length >= size.rows || !lines.slice(-5).join(' ').includes('esc')),
  ).toEqual([]);
});
