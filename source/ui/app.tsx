import { useApp, useCursor, usePaste, useStdin, useStdout } from 'ink';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { readKeysFrom } from '../terminal/key-reader.js';
import { terminalText } from '../terminal/text.js';
import { hyperlinksOf } from '../wizard/engine/hyperlinks.js';
import type { Display, PrintedRows, PrintedText } from './display.js';
import { type Frame, farewellFor, frameFor } from './layout/frame.js';
import { glyphsFor } from './layout/glyphs.js';
import { EMPTY_LINE } from './layout/line.js';
import { Rows } from './rows.js';
import type { Session } from './session.js';

/** The functions of the app that the wizard's effects use. They exist once the app is mounted. */
export interface AppHandle {
  /** Prints a text above the frame, as raw lines: the terminal wraps them, so that a selection yields them whole. */
  print(printed: PrintedText): void;
  /** Lends the terminal to a program that may ask on it. Prints `notice` first, and then nothing until the program ends. */
  suspend<T>(run: () => Promise<T>, notice?: string): Promise<T>;
}

interface AppProps {
  readonly session: Session;
  readonly display: Display;
  /** Whether the terminal shows only ASCII. */
  readonly isPlain: boolean;
  /** Whether the terminal shows OSC 8 hyperlinks. */
  readonly hasHyperlinks?: boolean;
  readonly onReady: (handle: AppHandle) => void;
}

/** Stops reading key presses. Ink removes only its listener, and the stream would go on reading what the user types into another program. */
async function stopReading(stdin: NodeJS.ReadableStream): Promise<void> {
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
  await nextTurn();
  stdin.resume();
  stdin.pause();
  // Node stops reading only now. If Ink started to read again before that, Node would stop that too, and the program would end.
  await nextTurn();
}

export function App({ session, display, isPlain, hasHyperlinks = false, onReady }: AppProps): ReactNode {
  const { exit, suspendTerminal } = useApp();
  const { stdout, write } = useStdout();
  const { stdin } = useStdin();
  const size = useSyncExternalStore(display.subscribe, display.size);
  const { setCursorPosition } = useCursor();
  const state = useSyncExternalStore(session.subscribe, session.state);
  const interaction = useSyncExternalStore(session.subscribe, session.interaction);

  useEffect(() => {
    // Ink's own parser takes some reports of the terminal for typed text.
    const keys = readKeysFrom(stdin, (key) => session.press(key));
    const suspend = async <T,>(run: () => Promise<T>, notice?: string): Promise<T> => {
      await using _lent = await suspendTerminal();
      const takeBack = display.lend();
      keys.reset();
      await stopReading(stdin);
      if (notice !== undefined) stdout.write(`${terminalText(notice)}\n`);
      try {
        return await run();
      } finally {
        takeBack();
      }
    };
    onReady({ print: (printed) => write(display.print(printed)), suspend });
    return () => void keys.stop();
  }, [onReady, write, suspendTerminal, stdin, stdout, session, display]);
  // Has Ink switch on raw mode and bracketed paste; the reader above gets the pasted text.
  usePaste(() => {});

  const ending = useSyncExternalStore(session.subscribe, session.ending);
  // Exit only after the last frame is drawn, so that no secret stays on the terminal.
  useEffect(() => {
    if (ending !== null) exit();
  }, [ending, exit]);
  if (ending !== null) {
    setCursorPosition(undefined);
    const showsFarewell = ending === 'done' && state.screen === 'result';
    return (
      <Rows
        lines={
          showsFarewell ? farewellFor(session.view(), state.notice, size, glyphsFor(isPlain), isPlain) : [EMPTY_LINE]
        }
      />
    );
  }
  const frameWith = (printed: PrintedRows): Frame =>
    frameFor(session.view(), interaction, state.notice, size, glyphsFor(isPlain), isPlain, printed);
  const frame = display.draw(frameWith);
  session.limitScroll(frame.reach);
  setCursorPosition(frame.cursor === null ? undefined : { x: frame.cursor.column, y: frame.cursor.row });
  // A new window needs a new frame even if the rows are the same.
  const links = hasHyperlinks ? hyperlinksOf(state) : [];
  return <Rows key={`${size.columns}x${size.rows}`} lines={frame.lines} links={links} />;
}
