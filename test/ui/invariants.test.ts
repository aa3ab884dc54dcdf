import fc from 'fast-check';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { focusedControl, openList } from '../../source/ui/input/interaction.js';
import type { Frame, Size } from '../../source/ui/layout/frame.js';
import { glyphsFor } from '../../source/ui/layout/glyphs.js';
import { hintsFor } from '../../source/ui/layout/header.js';
import { viewOf } from '../../source/wizard/engine/update.js';
import { play, set } from '../wizard/play.js';
import { GALLERY, look, pasted, type Scene } from './gallery.js';

/** What holds of every frame, in every window. */

/** The narrowest and the lowest that are served, what people have, and what lies on both sides of where the layout changes. */
const COLUMNS = [30, 40, 60, 80, 200];
const ROWS = [10, 15, 19, 20, 24, 50];
const SIZES: readonly Size[] = COLUMNS.flatMap((columns) => ROWS.map((rows) => ({ columns, rows })));

const linesOf = (frame: Frame): string[] => frame.lines.map((line) => line.map((segment) => segment.text).join(''));
const textOf = (frame: Frame): string => linesOf(frame).join('\n');

/** Each frame is drawn once and looked at by every rule. */
const drawn = new Map<string, Frame>();
function frameAt(scene: Scene, size: Size): Frame {
  const id = `${scene.name} ${size.columns}x${size.rows}`;
  const frame = drawn.get(id) ?? look(scene, size).frame;
  drawn.set(id, frame);
  return frame;
}

/** Where a scene breaks a rule: all sizes at once, so that a failure says how far it goes. */
const breaches = (scene: Scene, isBroken: (frame: Frame, size: Size) => boolean): string[] =>
  SIZES.filter((size) => isBroken(frameAt(scene, size), size)).map(({ columns, rows }) => `${columns}x${rows}`);

const find = (name: string): Scene => {
  const scene = GALLERY.find((candidate) => candidate.name === name);
  if (scene === undefined) throw new Error(`no scene ${name}`);
  return scene;
};

beforeAll(() => void vi.stubEnv('TZ', 'UTC'));
afterAll(() => void vi.unstubAllEnvs());

describe.each(GALLERY.map((scene) => [scene.name, scene] as const))('%s', (_name, scene) => {
  test('is lower than the window: a frame as tall as it cannot be repainted cleanly', () => {
    expect(breaches(scene, (frame, { rows }) => frame.lines.length >= rows)).toEqual([]);
  });

  test('has no line wider than the window', () => {
    expect(
      breaches(scene, (frame, { columns }) => linesOf(frame).some((line) => stringWidth(line) >= columns)),
    ).toEqual([]);
  });

  test('says the keys, at the end', () => {
    const { state, interaction } = look(scene, { columns: 80, rows: 24 });
    const keys = hintsFor(viewOf(state), interaction, glyphsFor(false)).map((hint) => hint.key);
    expect(keys.length).toBeGreaterThan(0);
    expect(
      breaches(scene, (frame) => {
        const end = linesOf(frame).slice(-6).join(' ');
        return !keys.every((key) => end.includes(key));
      }),
    ).toEqual([]);
  });

  test('has its cursor inside, and in a field', () => {
    expect(
      breaches(scene, ({ cursor, lines }, { columns }) => {
        if (cursor === null) return false;
        const line = lines[cursor.row];
        return line === undefined || cursor.column >= columns || !line.some((segment) => segment.isField === true);
      }),
    ).toEqual([]);
  });

  test('has a cursor wherever one types', () => {
    const { state, interaction } = look(scene, { columns: 80, rows: 24 });
    const isTyping = focusedControl(viewOf(state), interaction)?.kind === 'text' || interaction.query !== null;
    if (!isTyping || interaction.isHelpOpen) return;
    expect(breaches(scene, ({ cursor }) => cursor === null)).toEqual([]);
  });

  test('has the marked row of its list in sight', () => {
    const { state, interaction } = look(scene, { columns: 80, rows: 24 });
    const control = focusedControl(viewOf(state), interaction);
    if (control === undefined || control.kind === 'text' || interaction.isHelpOpen) return;
    if (openList(control, interaction).entries.length === 0) return;
    expect(breaches(scene, (frame) => !linesOf(frame).some((line) => line.startsWith('❯ ')))).toEqual([]);
  });

  test('draws no control character', () => {
    expect(breaches(scene, (frame) => /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/.test(textOf(frame)))).toEqual([]);
  });

  test('is drawn in plain letters where the terminal has no others, but for what was typed', () => {
    const odd = SIZES.filter(({ rows }) => rows === 24)
      .flatMap((size) => look(scene, size, true).frame.lines)
      .flat()
      .filter((segment) => segment.isField !== true)
      .map((segment) => segment.text.replaceAll(/zoë|łukasz/g, ''))
      .filter((text) => /[^\x20-\x7E]/.test(text));
    expect([...new Set(odd)]).toEqual([]);
  });
});

test('a window that is too narrow is told so, in fewer rows than it has', () => {
  for (const columns of [10, 20, 29]) {
    const { frame } = look(find('region'), { columns, rows: 24 });
    expect(linesOf(frame).join(' ')).toMatch(/Too narrow/);
    expect(frame.lines.length).toBeLessThan(24);
    expect(linesOf(frame).every((line) => stringWidth(line) < columns)).toBe(true);
  }
});

describe('whatever is typed or pasted', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
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
  const places: [what: string, scene: Scene][] = [
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

  test.each(places)(
    'as %s: the frame keeps its size, its cursor, and no control character reaches the terminal',
    (_what, scene) => {
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
        { numRuns: 150 },
      );
    },
  );
});

describe('secrets', () => {
  const SIZE: Size = { columns: 80, rows: 24 };

  test('are masked until they are asked to be shown', () => {
    const shown = find('credentials, secret shown');
    expect(textOf(look(shown, SIZE).frame)).toContain('0123456789abcdef');
    const hidden = { ...shown, keys: shown.keys.filter((key) => key.name !== 'ctrl+r') };
    expect(textOf(look(hidden, SIZE).frame)).not.toMatch(/0123|cdef/);
  });

  test('of any length have the same mask from 32 characters on', () => {
    const masks = ['a'.repeat(32), 'b'.repeat(5000)].map((secret) => {
      const scene = { ...find('credentials'), keys: [{ name: 'tab' } as const, ...pasted(secret)] };
      return /•+/.exec(textOf(look(scene, SIZE).frame))?.[0].length;
    });
    expect(masks).toEqual([32, 32]);
  });

  test('say their length, and how they end once the field was left', () => {
    expect(textOf(look(find('credentials, secret too short'), SIZE).frame)).toContain('16 characters, ends cdef');
    const typing = { ...find('credentials'), keys: [{ name: 'tab' } as const, ...pasted('0123456789abcdef')] };
    expect(textOf(look(typing, SIZE).frame)).toMatch(/16 characters\n/);
  });
});

describe('a danger is said in a word, where colour does not reach', () => {
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

  test('in the review, whatever the window', () => {
    const scene = find('review, danger');
    for (const columns of [60, 80, 100]) {
      const { frame } = look(scene, { columns, rows: 30 });
      expect(textOf(frame)).toMatch(/! danger: /);
    }
  });
});

test('while one searches, no key is named that would only be typed', () => {
  for (const name of ['home, search', 'catalogue, search']) {
    const scene = find(name);
    const { state, interaction } = look(scene, { columns: 80, rows: 24 });
    const hints = hintsFor(viewOf(state), interaction, glyphsFor(false)).map((hint) => hint.key);
    expect(
      hints.filter((key) => /^[a-z?]$/.test(key)),
      name,
    ).toEqual([]);
  }
});

test('a notice is in sight with the frame it belongs to', () => {
  const scene = find('result, not copied');
  expect(breaches(scene, (frame) => !textOf(frame).includes('Not copied'))).toEqual([]);
});

test('a very long value of a field never pushes the keys out of the window', () => {
  const state = play(
    find('write').state,
    set('privileges', Array.from({ length: 60 }, (_, index) => `name${index}:value`).join(',')),
  ).state;
  const scene: Scene = { name: 'long', state, keys: [] };
  expect(
    breaches(
      scene,
      (frame, { rows }) => frame.lines.length >= rows || !linesOf(frame).slice(-5).join(' ').includes('esc'),
    ),
  ).toEqual([]);
});
