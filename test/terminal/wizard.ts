import { expect } from 'vitest';
import { type Moves, movesOn } from '../ui/moves.js';
import { openTerminal, type PseudoTerminal, type TerminalOptions } from './terminal.js';

export type Wizard = PseudoTerminal & Moves;

/** The built program in a pseudo-terminal. */
export async function openWizard(options: TerminalOptions = {}): Promise<Wizard> {
  const terminal = await openTerminal(options);
  return Object.assign(terminal, movesOn(terminal));
}

/** The wizard line by line, as a screen reader reads it. */
export async function openAccessibleWizard(options: TerminalOptions = {}) {
  const terminal = await openTerminal({ columns: 100, rows: 50, args: ['--accessible'], ...options });
  let readTo = 0;
  /** Waits for what comes after all that was heard before. */
  const readUntil = async (text: string) => {
    await terminal.waitFor(
      Object.assign(() => terminal.raw.indexOf(text, readTo) !== -1, {
        toString: () => `after what was heard: ${text}`,
      }),
    );
    readTo = terminal.raw.indexOf(text, readTo) + text.length;
  };
  const answer = async (question: string, line: string) => {
    await readUntil(question);
    await terminal.type(line);
    await terminal.press('enter');
  };
  /** Takes the choice of that label from the list that is read out next. */
  const chooseByPrefix = async (label: string) => {
    const choice = new RegExp(`^ *(\\d+)\\. ${label}`, 'm');
    await terminal.waitFor(Object.assign(() => choice.test(terminal.raw.slice(readTo)), { toString: () => label }));
    const [, number = ''] = choice.exec(terminal.raw.slice(readTo)) ?? [];
    await answer('? help.', number);
  };
  return Object.assign(terminal, { readUntil, answer, chooseByPrefix });
}

/** Leaves by Ctrl+C, and makes sure that the terminal is restored. */
export async function cancel(terminal: PseudoTerminal): Promise<void> {
  await terminal.press('ctrl+c');
  expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
  expect(terminal.modes).toMatchObject({ changed: [], alternateScreenUsed: false, bracketedPaste: false });
  expect(terminal.cursor).toMatchObject({ visible: true, column: 0 });
}
