import { Secret } from '../../kaltura/secret.js';
import type { Typing } from '../../terminal/typed-line.js';
import { wrapText } from '../../terminal/width.js';
import { viewOf } from '../../wizard/engine/screens.js';
import type { Setting } from '../../wizard/engine/state.js';
import { type Control, helpOf } from '../../wizard/engine/view.js';
import type { WizardServices } from '../effects.js';
import { focusedControl } from '../input/interaction.js';
import { openSession } from '../open-session.js';
import type { WizardTerminal } from '../run-wizard.js';
import { endingOf, type Session, type WizardEnding } from '../session.js';
import { createLineReader } from './line-reader.js';
import { letterOf, spokenList, spokenParagraph, spokenQuestion, spokenScreen, spokenTroubles } from './spoken.js';

const WELCOME =
  'kaltura-ks, line by line. Type an answer and press Enter. To go back, press Esc, or type b in a list. For help, press F1, or type ? in a list. Ctrl+C quits.';

/**
 * Applies a typed line to the focused control.
 * @returns false if the line is not one of the choices
 */
export function applyLine(session: Session, control: Control | undefined, text: string): boolean {
  const view = viewOf(session.state());
  const typed = text.trim();
  if (control?.kind === 'text') {
    // Digits open a line of the review, even where a word could be typed.
    const shortcut = view.actions?.find((action) => /^\d$/.test(typed) && action.key === typed);
    if (shortcut !== undefined) {
      session.dispatch({ type: 'act', action: shortcut.id });
      return true;
    }
    // An empty line keeps the value, and a space clears it.
    if (text !== '') {
      const value = control.value instanceof Secret ? new Secret(text) : text;
      session.dispatch({
        type: 'set',
        control: control.id,
        value: text.trim() === '' && typeof value === 'string' ? '' : value,
      });
    }
    session.press({ name: 'enter' });
    return true;
  }
  if (typed === '') {
    session.press({ name: 'enter' });
    return true;
  }
  const [, letter = '', number = ''] = /^([a-z]?)\s*(\d*)$/i.exec(typed) ?? [];
  const action = view.actions?.find(({ key }) => letterOf(key) === (control === undefined ? typed : letter));
  if (control === undefined) {
    if (action === undefined) return false;
    session.dispatch({ type: 'act', action: action.id });
    return true;
  }
  // Without a number, a letter is for the selected option.
  if (action !== undefined && letter !== '' && number === '') {
    session.dispatch({ type: 'act', action: action.id });
    return true;
  }
  const entries = control.kind === 'choice' ? control.options : control.items;
  const entry = entries[Number(number) - 1];
  if (entry === undefined || (letter !== '' && action === undefined)) return false;
  if (control.kind === 'checklist') {
    session.dispatch({ type: 'act', action: `tick:${entry.value}` });
    return true;
  }
  session.dispatch({ type: 'set', control: control.id, value: entry.value });
  if (action !== undefined) session.dispatch({ type: 'act', action: action.id });
  else session.press({ name: 'enter' });
  return true;
}

/**
 * Runs the wizard line by line, for screen readers and for terminals that can't be repainted: it only adds lines, and never shows secrets.
 * @returns how the user quit, and the last key; rejects with `fault` if the program fails
 */
export async function runLines(
  { stdin, screen, knowsPaste, guardTerminal, fault }: WizardTerminal,
  services: WizardServices,
  setting: Setting,
): Promise<WizardEnding> {
  let isLent = false;
  const { session } = await openSession(services, setting, () => ({
    print: ({ label, text }) => void screen.write(`\n${label}:\n${text()}\n`),
    // A program that prints the secret may ask on the terminal.
    suspend: async (run, notice) => {
      reader.suspend();
      isLent = true;
      if (notice !== undefined) screen.write(`${notice}\n`);
      try {
        return await run();
      } finally {
        isLent = false;
        reader.resume();
      }
    },
  }));
  const ended = new Promise<void>((resolve) => {
    session.subscribe(() => {
      if (session.ending() !== null) resolve();
    });
  });
  // Call it before the reader takes the terminal, so that no signal comes in between. While the program is stopped, the shell turns echo on.
  const stopGuarding = guardTerminal({
    release: () => {
      if (!isLent) reader.suspend();
    },
    take: () => {
      if (isLent) return;
      reader.resume();
      printChanges();
    },
    leave: () => {
      if (!isLent) reader.close();
    },
  });
  const reader = createLineReader(stdin, screen, knowsPaste, () => session.dispatch({ type: 'cancel' }));

  const wrapped = (line: string): string => wrapText(line, (screen.columns || 80) - 1).join('\n');
  const say = (lines: readonly string[]): void => {
    for (const line of lines) screen.write(`${wrapped(line)}\n`);
  };
  let isHandlingLine = false;
  let printed = { visit: -1, notice: null as string | null, question: '', warnings: [] as readonly string[] };
  /** Prints what has changed since the last call, and asks the question of the focused control. */
  function printChanges(): void {
    if (session.ending() !== null) return;
    const state = session.state();
    const view = viewOf(state);
    const control = focusedControl(view, session.interaction());
    const isNew = state.visit !== printed.visit;
    const isBusyAnew = view.isBusy === true && view.question !== printed.question;
    const notice = state.notice?.text ?? null;
    const said: string[] = [];
    const warnings = (view.warnings ?? []).map(spokenParagraph);
    if (isNew) said.push(...spokenScreen(view));
    else if (isBusyAnew) said.push(view.question);
    else if (control !== undefined && session.interaction().touched.includes(control.id))
      said.push(...spokenTroubles(control));
    // Warnings that are new since the last answer.
    if (!isNew && !isBusyAnew) said.push(...warnings.filter((warning) => !printed.warnings.includes(warning)));
    if (state.notice !== null && notice !== printed.notice)
      said.push(spokenParagraph(state.notice), ...(state.notice.command === undefined ? [] : [state.notice.command]));
    if (state.profileFlow.isSaving) {
      say(['Saving…']);
      return;
    }
    if (control !== undefined && control.kind !== 'text') {
      said.push(...(view.controls.length > 1 ? [`${control.label}:`] : []), ...spokenList(control));
    }
    printed = { visit: state.visit, notice, question: view.question, warnings };
    say(said);
    if (isBusyAnew && !isNew) return;
    const isHidden = control?.kind === 'text' && control.value instanceof Secret;
    reader.ask(wrapped(spokenQuestion(view, control)), isHidden, (typed) => handleLine(typed, control));
  }

  /** Handles a typed line. Prints its immediate result; the subscription prints later ones. */
  function handleLine(typed: Typing, control: Control | undefined): void {
    isHandlingLine = true;
    const isWord = (word: string): boolean => control?.kind !== 'text' && typed.text.trim() === word;
    if (typed.end === 'cancel') session.dispatch({ type: 'cancel' });
    else if (typed.end === 'help' || isWord('?')) help();
    else if (typed.end === 'back' || isWord('b')) session.dispatch({ type: 'back' });
    else if (!applyLine(session, control, typed.text)) screen.write('That is not one of the choices.\n');
    isHandlingLine = false;
    printChanges();
  }

  function help(): void {
    say(helpOf(viewOf(session.state())));
  }

  say([WELCOME]);
  printChanges();
  session.subscribe(() => {
    const { visit, notice } = session.state();
    const question = viewOf(session.state()).question;
    const hasNews =
      visit !== printed.visit || question !== printed.question || (notice !== null && notice.text !== printed.notice);
    if (isHandlingLine || !hasNews) return;
    screen.write('\n');
    printChanges();
  });
  void services.store.sweep().catch(() => {});
  try {
    await Promise.race([ended, fault]);
    return endingOf(session);
  } finally {
    reader.close();
    stopGuarding();
  }
}
