import type { Emulator } from './emulator.js';
import { bracketed, bytesOfKey, type Key } from './keys.js';
import { isLineRaw } from './raw-line.js';
import type { Exit } from './session.js';

export type Keyboard = {
  /** Writes the bytes immediately in one chunk, even if the program doesn't read yet. */
  write(bytes: string): void;
  /** Waits until the program reads single key presses, and then presses the keys. */
  press(...keys: Key[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Adds the paste markers if the program has enabled them, as terminals do. */
  paste(text: string): Promise<void>;
};

type Line = {
  readonly emulator: Emulator;
  readonly started: Promise<{ readonly ttyName: string }>;
  readonly exit: Promise<Exit>;
  write(bytes: string): void;
};

/**
 * Presses keys in a terminal. Keys that are pressed in a row may reach the program as one chunk, and
 * `ESC` and a letter in one chunk mean Alt with that letter. So wait for the effect of a key press before the next one.
 */
export function createKeyboard({ emulator, started, exit, write }: Line): Keyboard {
  let hasEnded = false;
  void exit.then(() => {
    hasEnded = true;
  });
  const waitUntilRaw = async () => {
    const { ttyName } = await started;
    while (!(await isLineRaw(ttyName))) if (hasEnded) throw new Error('The program ended without reading keys');
  };
  let reading: Promise<void> | undefined;
  const send = async (bytes: () => string) => {
    reading ??= waitUntilRaw();
    await reading;
    write(bytes());
  };
  return {
    write,
    press: (...keys) => send(() => keys.map((key) => bytesOfKey(key, emulator.applicationCursorKeys)).join('')),
    type: (text) => send(() => text),
    paste: (text) => send(() => (emulator.modes.bracketedPaste ? bracketed(text) : text.replaceAll('\n', '\r'))),
  };
}
