import { cleanup, render } from 'ink-testing-library';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { App, type AppHandle } from '../../source/ui/app.js';
import { createDisplay } from '../../source/ui/display.js';
import { createSession } from '../../source/ui/session.js';
import type { Effect } from '../../source/wizard/engine/effect.js';
import type { State } from '../../source/wizard/engine/state.js';
import { ADMIN_SECRET, enter, made, NOW, play, start, TO_REVIEW } from '../wizard/play.js';

/** The real app, drawn by Ink, with input as a terminal sends it. */

const ENTER = '\r';
const ESC = '\u001B';
const F1 = '\u001BOP';
const paste = (text: string): string => `\u001B[200~${text}\u001B[201~`;

beforeAll(() => {
  vi.stubEnv('TZ', 'UTC');
  // Without these variables, Ink runs programs to get the window size, which the output of ink-testing-library lacks.
  vi.stubEnv('COLUMNS', '100');
  vi.stubEnv('LINES', '24');
});
afterAll(() => void vi.unstubAllEnvs());
afterEach(cleanup);

function open(from: State, isPlain = false) {
  const effects: Effect[] = [];
  const handles: AppHandle[] = [];
  const session = createSession(from, { now: () => NOW, run: (effect) => effects.push(effect) });
  const display = createDisplay(
    {
      size: () => ({ columns: 100, rows: 24 }),
      write: () => {},
      eraseFrame: () => {},
      now: () => NOW,
      wakeIn: () => () => {},
    },
    false,
    String,
  );
  const app = render(
    <App session={session} display={display} isPlain={isPlain} onReady={(handle) => handles.push(handle)} />,
  );
  const frame = (): string => app.lastFrame() ?? '';
  /** Waits until the frame shows a text. */
  const see = (what: string | RegExp): Promise<void> =>
    vi.waitFor(() => expect(frame()).toMatch(what), { timeout: 5000, interval: 5 });
  /** Sends keys in one read, and waits until the frame shows a text. */
  const send = async (bytes: string, what: string | RegExp): Promise<void> => {
    app.stdin.write(bytes);
    await see(what);
  };
  return { session, effects, handles, app, frame, see, send };
}

test('the first frame has the program name, the step, the question and the keys', async () => {
  const { see, frame, handles } = open(start());
  await see(/kaltura-ks +Step 1 of 7 · Region/);
  expect(frame()).toContain('Which region is your account in?');
  expect(frame()).toContain('❯ Practice');
  expect(frame()).toMatch(/esc quit {3}\? help$/);
  expect(handles).toHaveLength(1);
});

test('pressing only Enter creates a USER practice key that can list and play', async () => {
  const { send, see, session, effects } = open(start());
  await see('Step 1 of 7');
  await send(ENTER, 'Step 2 of 7');
  await send(ENTER, 'Practice account: nothing in it is real. Press Enter to use it.');
  await send(ENTER, '❯ Look around');
  await send(ENTER, 'Ready to create this key');
  expect(session.state().form).toMatchObject({ type: 'USER', privileges: 'list:*,sview:*', lifetime: '86400' });
  await send(ENTER, 'Creating the key');
  expect(effects.map((effect) => effect.do)).toEqual(['open-practice', 'make-key']);
});

test('several Enter presses in one read have the same effect', async () => {
  const { app, see } = open(start());
  await see('Step 1 of 7');
  app.stdin.write('\r\r\r\r');
  await see('Step 7 of 7');
});

describe('typing', () => {
  const atCredentials = play(start(), enter({ region: 'eu' }), enter({ method: 'server' })).state;

  test('with Enter in the same read submits the exact text', async () => {
    const { send, session, see } = open(atCredentials);
    await see('Partner ID');
    await send('102\r', /Partner ID +102/);
    await send(`${ADMIN_SECRET}\r`, 'What is the key for?');
    expect(session.state().form.secret.reveal()).toBe(ADMIN_SECRET);
  });

  test('a paste drops the line end, and the mask hides the text', async () => {
    const { send, session, see, app } = open(atCredentials);
    await see('Partner ID');
    await send(paste('102\n'), /Partner ID +102/);
    await send('\t', /Secret/);
    await send(paste(`${ADMIN_SECRET}\r\n`), '32 characters');
    expect(session.state()).toMatchObject({ screen: 'credentials' });
    expect(session.state().form.secret.reveal()).toBe(ADMIN_SECRET);
    expect(app.frames.join('')).not.toContain(ADMIN_SECRET.slice(0, 6));
  });

  test('F1 opens the help in a field, where ? is typed', async () => {
    const { send, session, see } = open(atCredentials);
    await see('Partner ID');
    await send('?', /Partner ID +\?[\s\S]*F1 opens the help\./);
    await send(F1, 'esc close');
    await send(ENTER, /Partner ID +\?/);
    expect(session.state().form.partnerId).toBe('?');
  });

  test('Ctrl+A, Ctrl+E, Ctrl+U, Ctrl+W and Ctrl+K edit, and insert no letters', async () => {
    const { send, see, session } = open(atCredentials);
    await see('Partner ID');
    await send('one two', /one two/);
    await send('\u0017', /Partner ID +one/);
    await send('\u0001x', /xone/);
    await send('\u0005y', /xone y/);
    await send('\u0001\u000B', /Partner ID\s*\n/);
    await send('abc\u0015', /Partner ID\s*\n/);
    expect(session.state().form.partnerId).toBe('');
  });
});

test('Esc goes back, one screen at a time', async () => {
  const { send, see } = open(play(start(), ...TO_REVIEW).state);
  await see('Ready to create this key');
  await send(ESC, 'Step 6 of 7');
  await send(ESC, 'Step 5 of 7');
});

test('Ctrl+C cancels', async () => {
  const { app, see, effects } = open(start());
  await see('Step 1 of 7');
  app.stdin.write('\u0003');
  await vi.waitFor(() => expect(effects).toContainEqual({ do: 'quit', how: 'cancelled' }));
});

test('draws an event that comes from outside', async () => {
  const { session, see } = open(play(start(), ...TO_REVIEW, enter()).state);
  await see('Creating the key');
  session.dispatch({ type: 'stage', attempt: session.state().waiting.attempt, text: 'Starting the session…' });
  await see('Starting the session…');
});

test('the frame does not contain the key, which is printed above it', async () => {
  const { state } = play(start(), ...TO_REVIEW, enter(), made());
  const { see, frame } = open(state);
  await see('ADMIN key, partner 2345678');
  expect(frame()).not.toContain('djJ8');
});

test('an ASCII terminal gets only ASCII', async () => {
  const { see, frame, send } = open(start(), true);
  await see('> Practice');
  await send(ENTER, 'Step 2 of 7');
  expect(frame()).toMatch(/^[\x20-\x7E\n]*$/);
});
