import { expect } from 'vitest';
import { type Moves, movesOn } from '../ui/moves.js';
import { openTerminal, type PseudoTerminal, type TerminalOptions } from './terminal.js';

export type Wizard = PseudoTerminal & Moves;

/** The built program in a pseudo-terminal. */
export async function openWizard(options: TerminalOptions = {}): Promise<Wizard> {
  const terminal = await openTerminal(options);
  return Object.assign(terminal, movesOn(terminal));
}

/** Opens the wizard with --accessible. */
export async function openAccessibleWizard(options: TerminalOptions = {}) {
  const terminal = await openTerminal({ columns: 100, rows: 50, args: ['--accessible'], ...options });
  let readTo = 0;
  /** Waits for a text in the output after the last text that was read. */
  const readUntil = async (text: string) => {
    await terminal.waitFor(
      Object.assign(() => terminal.raw.indexOf(text, readTo) !== -1, {
        toString: () => `after the output that was read: ${text}`,
      }),
    );
    readTo = terminal.raw.indexOf(text, readTo) + text.length;
  };
  const answer = async (question: string, line: string) => {
    await readUntil(question);
    await terminal.type(line);
    await terminal.press('enter');
  };
  /** Chooses the option with that label from the next list. */
  const chooseByPrefix = async (label: string) => {
    const choice = new RegExp(`^ *(\\d+)\\. ${label}`, 'm');
    await terminal.waitFor(Object.assign(() => choice.test(terminal.raw.slice(readTo)), { toString: () => label }));
    const [, number = ''] = choice.exec(terminal.raw.slice(readTo)) ?? [];
    await answer('? help.', number);
  };
  return Object.assign(terminal, { readUntil, answer, chooseByPrefix });
}

/** Presses Ctrl+C, and expects the terminal to be restored. */
export async function cancel(terminal: PseudoTerminal): Promise<void> {
  await terminal.press('ctrl+c');
  expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
  expect(terminal.modes).toMatchObject({ changed: [], alternateScreenUsed: false, bracketedPaste: false });
  expect(terminal.cursor).toMatchObject({ visible: true, column: 0 });
}
