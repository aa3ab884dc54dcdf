import type { Emulator } from './emulator.js';
import { bracketed, bytesOfKey, type Key } from './keys.js';
import { isLineRaw } from './raw-line.js';
import type { Exit } from './session.js';

export type Keyboard = {
  /** Bytes at once and in one chunk, whether anybody reads or not. */
  write(bytes: string): void;
  /** Keys for a program that reads keys: waits until it does. */
  press(...keys: Key[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Between the paste markers if the program has asked for them, as terminals do. */
  paste(text: string): Promise<void>;
};

type Line = {
  readonly emulator: Emulator;
  readonly started: Promise<{ readonly ttyName: string }>;
  readonly exit: Promise<Exit>;
  write(bytes: string): void;
};

/**
 * What a person does with the keys of a terminal. Keys pressed one right after another may reach the program as one chunk, and
 * `ESC` followed by a letter in one chunk is Alt with that letter: wait for the effect of a key before the next.
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
