import { useApp, useCursor, usePaste, useStdin, useStdout, useWindowSize } from 'ink';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { readKeysFrom } from '../terminal/key-reader.js';
import { terminalText } from '../terminal/text.js';
import { type Frame, farewellFor, frameFor } from './layout/frame.js';
import { glyphsFor } from './layout/glyphs.js';
import { EMPTY_LINE } from './layout/line.js';
import { Rows } from './rows.js';
import type { Session } from './session.js';

/** The functions of the app that the wizard's effects use. They exist once the app is mounted. */
export interface AppHandle {
  /** Writes above the frame, raw: the terminal wraps it, so that a selection yields it whole. `what` names it where nothing is drawn. */
  writeAbove(text: string, what: 'key' | 'token' | 'code'): void;
  /** Lends the terminal to a program that may ask on it. Prints `notice` first, and then nothing until the program ends. */
  suspend<T>(run: () => Promise<T>, notice?: string): Promise<T>;
}

interface AppProps {
  readonly session: Session;
  /** Whether the terminal shows only ASCII. */
  readonly isPlain: boolean;
  readonly onReady: (handle: AppHandle) => void;
}

/** Stops reading key presses. Ink removes only its listener, and the stream would go on reading what the user types into another program. */
async function stopReading(stdin: NodeJS.ReadableStream): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  stdin.resume();
  stdin.pause();
}

export function App({ session, isPlain, onReady }: AppProps): ReactNode {
  const { exit, suspendTerminal } = useApp();
  const { stdout, write } = useStdout();
  const { stdin } = useStdin();
  const size = useWindowSize();
  const { setCursorPosition } = useCursor();
  const state = useSyncExternalStore(session.subscribe, session.state);
  const interaction = useSyncExternalStore(session.subscribe, session.interaction);

  useEffect(() => {
    // Ink's own parser takes some reports of the terminal for typed text.
    const keys = readKeysFrom(stdin, (key) => session.press(key));
    const suspend = async <T,>(run: () => Promise<T>, notice?: string): Promise<T> => {
      await using _lent = await suspendTerminal();
      keys.reset();
      await stopReading(stdin);
      if (notice !== undefined) stdout.write(`${terminalText(notice)}\n`);
      return await run();
    };
    onReady({ writeAbove: (text) => write(terminalText(text)), suspend });
    return () => void keys.stop();
  }, [onReady, write, suspendTerminal, stdin, stdout, session]);
  // Has Ink switch on raw mode and bracketed paste; the reader above gets the pasted text.
  usePaste(() => {});

  const ending = useSyncExternalStore(session.subscribe, session.ending);
  // Exit only after the last frame is drawn, so that no secret stays on the terminal.
  useEffect(() => {
    if (ending !== null) exit();
  }, [ending, exit]);
  if (ending !== null) {
    setCursorPosition(undefined);
    const isTold = ending === 'done' && state.screen === 'result';
    return (
      <Rows
        lines={isTold ? farewellFor(session.view(), state.notice, size, glyphsFor(isPlain), isPlain) : [EMPTY_LINE]}
      />
    );
  }
  const frame: Frame = frameFor(session.view(), interaction, state.notice, size, glyphsFor(isPlain), isPlain);
  session.limitScroll(frame.reach);
  setCursorPosition(frame.cursor === null ? undefined : { x: frame.cursor.column, y: frame.cursor.row });
  return <Rows lines={frame.lines} />;
}
