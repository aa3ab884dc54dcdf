import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { Key, KeyName } from '../../source/terminal/key.js';
import { applyLine } from '../../source/ui/accessible/run-lines.js';
import {
  letterOf,
  spokenList,
  spokenQuestion,
  spokenScreen,
  spokenTroubles,
} from '../../source/ui/accessible/spoken.js';
import { focusedControl, openList } from '../../source/ui/input/interaction.js';
import { type Frame, frameFor, type Size } from '../../source/ui/layout/frame.js';
import { glyphsFor } from '../../source/ui/layout/glyphs.js';
import { createSession, type Session } from '../../source/ui/session.js';
import { viewOf } from '../../source/wizard/engine/screens.js';
import type { Control, View } from '../../source/wizard/engine/view.js';
import { SIZES } from '../sizes.js';
import { NOW } from '../wizard/play.js';
import { GALLERY, type Scene } from './gallery.js';

/** Presses every key and chooses every option that a screen of the gallery offers. None of them may fail. */

const WINDOWS: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 15 },
].slice(-SIZES.shortcutWindows);

/** The first scenes of each screen. */
const SCENES = GALLERY.filter(
  ({ state }, index) =>
    GALLERY.slice(0, index).filter((earlier) => earlier.state.screen === state.screen).length < SIZES.scenesOfAScreen,
);

beforeAll(() => void vi.stubEnv('TZ', 'UTC'));
afterAll(() => void vi.unstubAllEnvs());

const GLYPHS = glyphsFor(false);

const draw = (session: Session, size: Size): Frame =>
  frameFor(session.view(), session.interaction(), session.state().notice, size, GLYPHS, false);

/** Opens the scene in a new session that runs no effects. */
function open({ state, keys }: Scene): Session {
  const session = createSession(state, { now: () => NOW, run: () => {} });
  for (const key of keys) session.press(key);
  return session;
}

const named = (...names: readonly KeyName[]): Key[] => names.map((name) => ({ name }));
const text = (typed: string): Key => ({ name: 'text', text: typed });

/** The keys that the hints of most screens name, and Ctrl+Y. They are pressed in every scene. */
const COMMON_KEYS: readonly Key[] = [
  ...named('enter', 'escape', 'tab', 'function', 'ctrl+y', 'ctrl+r', 'ctrl+u'),
  ...[' ', '?', '/'].map(text),
];

/** The other keys of lists and of the line editor. They are pressed once on every screen. */
const EDITING_KEYS: readonly Key[] = [
  ...named('shift+tab', 'up', 'down', 'pageup', 'pagedown', 'home', 'end', 'left', 'right', 'word-left', 'word-right'),
  ...named('backspace', 'delete', 'ctrl+a', 'ctrl+e', 'ctrl+k', 'ctrl+w', 'ctrl+s', 'ctrl+z'),
  ...[...'0123456789'].map(text),
];

const pressed = new Set<string>();

/** Returns whether this is the first call with this kind, screen and focused control. */
function isFirstOn(session: Session, kind: string): boolean {
  const control = focusedControl(viewOf(session.state()), session.interaction());
  const id = `${kind} ${session.state().screen} ${control?.kind} ${control?.id}`;
  const isFirst = !pressed.has(id);
  pressed.add(id);
  return isFirst;
}

const keyOf = (key: string): Key => (key.length === 1 ? text(key) : { name: key as KeyName });

/** Returns the key presses for everything that the screen offers. */
function keyPressesFor(session: Session): readonly (readonly Key[])[] {
  const view = viewOf(session.state());
  const actions = (view.actions ?? []).map(({ key }) => [keyOf(key)]);
  const control = focusedControl(view, session.interaction());
  const common = [...COMMON_KEYS, ...(isFirstOn(session, 'key') ? EDITING_KEYS : [])].map((key) => [key]);
  if (control === undefined) return [...common, ...actions];
  if (control.kind === 'text') {
    // An unusual value brings a suggestion, in the field and after leaving it.
    const odd: readonly Key[] = [...named('ctrl+u'), text('12345600')];
    return [...common, ...actions, [...odd, ...named('ctrl+y')], [...odd, ...named('enter', 'ctrl+y', 'enter')]];
  }
  const { entries } = openList(control, session.interaction());
  const movesToEntry = entries.map((_, index) => [...named('home'), ...named(...Array<KeyName>(index).fill('down'))]);
  const selectKeys = control.kind === 'checklist' ? [[text(' ')]] : [named('enter')];
  const actionKeys = (view.actions ?? []).filter(({ key }) => /^[a-z]$/.test(key)).map(({ key }) => [keyOf(key)]);
  // All options of a long list are tried only in the first scene of its screen.
  const some =
    movesToEntry.length > 12 && !isFirstOn(session, 'list')
      ? [...movesToEntry.slice(0, 2), ...movesToEntry.slice(-2)]
      : movesToEntry;
  return [
    ...common,
    ...actions,
    ...some.flatMap((mark) => [...selectKeys, ...actionKeys].map((keys) => [...mark, ...keys])),
  ];
}

function layoutProblems(frame: Frame, { columns, rows }: Size): string[] {
  const isTall = frame.lines.length >= rows;
  const isWide = frame.lines.some((line) => stringWidth(line.map((segment) => segment.text).join('')) >= columns);
  return [...(isTall ? ['too tall'] : []), ...(isWide ? ['too wide'] : [])];
}

/** The screens that were drawn already: many keys lead to the same screen. */
const drawn = new Set<string>();

function isDrawn(session: Session): boolean {
  const id = JSON.stringify([session.state().screen, session.view(), session.interaction(), session.state().notice]);
  const isKnown = drawn.has(id);
  drawn.add(id);
  return isKnown;
}

/** Returns whether a secret field became a text field or the reverse. */
const hasMixedUpType = (before: View, after: View): boolean =>
  after.controls.some((control) => {
    const other = before.controls.find(({ id }) => id === control.id);
    if (control.kind !== 'text' || other?.kind !== 'text') return false;
    return control.value instanceof Secret !== other.value instanceof Secret;
  });

/** Returns the problems after these key presses, or nothing. */
function problemsWith(scene: Scene, keys: readonly Key[]): string[] {
  const session = open(scene);
  const [before, stateBefore] = [session.view(), session.state()];
  try {
    for (const key of keys) session.press(key);
    if (session.ending() !== null) return [];
    const after = session.view();
    // Only the cursor or the mark moved. Other tests of the gallery draw that.
    if (session.state() === stateBefore) return [];
    const { screen, visit } = session.state();
    const mixed = visit === stateBefore.visit && screen !== 'paste-error' && hasMixedUpType(before, after);
    const problems = isDrawn(session) ? [] : WINDOWS.flatMap((size) => layoutProblems(draw(session, size), size));
    return [...(mixed ? ['a field changed its type'] : []), ...problems];
  } catch (error) {
    return [String(error)];
  }
}

const describeKeys = (keys: readonly Key[]): string =>
  keys.map((key) => ('text' in key ? `“${key.text}”` : key.name)).join(' ');

/** The possible answers with --accessible: each number, each letter, each letter with a number, unusual words, an empty line. */
function linesOf(session: Session): string[] {
  const view = viewOf(session.state());
  const control = focusedControl(view, session.interaction());
  const letters = (view.actions ?? []).map(({ key }) => letterOf(key));
  const count =
    control === undefined || control.kind === 'text' ? 0 : openList(control, session.interaction()).entries.length;
  const numbers = Array.from({ length: Math.min(count, 20) }, (_, index) => String(index + 1));
  const both = letters
    .filter((letter) => /^[a-z]$/.test(letter))
    .flatMap((letter) => numbers.map((n) => `${letter} ${n}`));
  const unusual = isFirstOn(session, 'line') ? [' ', '0', '999', 'zz', '12345600'] : [];
  return ['', ...unusual, ...letters, ...numbers, ...both];
}

function problemsWithLine(scene: Scene, line: string): string[] {
  const session = open(scene);
  try {
    applyLine(session, focusedControl(viewOf(session.state()), session.interaction()), line);
    if (session.ending() !== null) return [];
    const view = viewOf(session.state());
    const control = focusedControl(view, session.interaction());
    const spoken = [
      ...spokenScreen(view),
      ...(control === undefined || control.kind === 'text' ? [] : spokenList(control)),
      spokenQuestion(view, control),
      ...spokenTroubles(control),
    ].join('\n');
    return /\[object|undefined|\[secret\]/.test(spoken)
      ? [`says ${/.*(\[object|undefined|\[secret\]).*/.exec(spoken)?.[0]}`]
      : [];
  } catch (error) {
    return [String(error)];
  }
}

test('prints the label and the explanation of a field as sentences', () => {
  const text = {
    kind: 'text',
    id: 'userId',
    label: 'User ID',
    value: 'jo',
    detail: 'the ID of a user of the account.',
  } as const;
  expect(spokenQuestion({} as View, text as unknown as Control)).toBe(
    'User ID. The ID of a user of the account (now jo; Enter keeps it, a space clears it):',
  );
});

describe.each(SCENES.map((scene) => [scene.name, scene] as const))('%s', (_name, scene) => {
  test('every key press and option works', () => {
    const troubles = keyPressesFor(open(scene)).flatMap((keys) =>
      problemsWith(scene, keys).map((what) => `${describeKeys(keys)}: ${what}`),
    );
    expect(troubles).toEqual([]);
  });

  test('every answer with --accessible works', () => {
    const troubles = linesOf(open(scene)).flatMap((line) =>
      problemsWithLine(scene, line).map((what) => `“${line}”: ${what}`),
    );
    expect(troubles).toEqual([]);
  });
});
