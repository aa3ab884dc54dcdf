import { onTestFinished, vi } from 'vitest';
import { type PseudoTerminal, startTerminal, type TerminalOptions } from './pseudo-terminal.js';

export type { Key } from './keys.js';
export type { PseudoTerminal, TerminalOptions } from './pseudo-terminal.js';

/** Longer than `waitFor` has patience, so that a failure shows the screen. */
vi.setConfig({ testTimeout: 60_000 });

/** A program in a real pseudo-terminal, read back by a terminal emulator, until the test that opens it is finished. */
export async function openTerminal(options: TerminalOptions = {}): Promise<PseudoTerminal> {
  const terminal = await startTerminal(options);
  onTestFinished(() => terminal.close());
  return terminal;
}
