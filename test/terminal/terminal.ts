import { onTestFinished, vi } from 'vitest';
import { type PseudoTerminal, startTerminal, type TerminalOptions } from './pseudo-terminal.js';

export type { Key } from './keys.js';
export type { PseudoTerminal, TerminalOptions } from './pseudo-terminal.js';

/** Longer than the timeout of `waitFor`, so that a failure shows the screen. */
vi.setConfig({ testTimeout: 60_000 });

/** Starts a program in a pseudo-terminal with an emulator, and closes it at the end of the test. */
export async function openTerminal(options: TerminalOptions = {}): Promise<PseudoTerminal> {
  const terminal = await startTerminal(options);
  onTestFinished(() => terminal.close());
  return terminal;
}
