import { Secret } from '../../kaltura/secret.js';
import type { Typing } from '../../terminal/typed-line.js';
import { wrapText } from '../../terminal/width.js';
import { viewOf } from '../../wizard/engine/screens.js';
import type { Setting } from '../../wizard/engine/state.js';
import { type Control, helpOf } from '../../wizard/engine/view.js';
import type { WizardServices } from '../effects.js';
import { focusedControl } from '../input/interaction.js';
import { openSession } from '../open-session.js';
import type { WizardEnding, WizardTerminal } from '../run-wizard.js';
import type { Session } from '../session.js';
import { createLineReader } from './line-reader.js';
import { letterOf, spokenList, spokenParagraph, spokenQuestion, spokenScreen, spokenTroubles } from './spoken.js';

const WELCOME =
  'kaltura-ks, line by line. Type an answer and press Enter. To go back, press Esc, or type b in a list. For help, press F1, or type ? in a list. Ctrl+C quits.';

/** What a typed line means for the focused control; false where it means nothing. */
export function answer(session: Session, control: Control | undefined, text: string): boolean {
  const view = viewOf(session.state());
  const typed = text.trim();
  if (control?.kind === 'text') {
    // Digits open a line of the review, even where a word could be typed.
    const door = view.actions?.find((action) => /^\d$/.test(typed) && action.key === typed);
    if (door !== undefined) {
      session.dispatch({ type: 'act', action: door.id });
      return true;
    }
    // An empty line keeps what is there; a blank empties it.
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
  // Without a number, a letter is about what is chosen already.
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
 * The same wizard line by line, for screen readers and for terminals that cannot be repainted: what was said stays, nothing is drawn
 * over, secrets are not shown.
 */
export async function runLines(
  { stdin, screen, knowsPaste, guardTerminal, fault }: WizardTerminal,
  services: WizardServices,
  setting: Setting,
): Promise<WizardEnding> {
  let isLent = false;
  let end: (ending: WizardEnding) => void = () => {};
  const ended = new Promise<WizardEnding>((resolve) => {
    end = resolve;
  });
  const { session } = await openSession(
    services,
    setting,
    () => ({
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
    }),
    (how) => end({ how, ks: how === 'cancelled' ? null : session.state().lastKs }),
  );
  // Before the terminal is taken, so that no signal comes between the two. While the program is stopped, the shell switches the echo on.
  const stopGuarding = guardTerminal({
    release: () => {
      if (!isLent) reader.suspend();
    },
    take: () => {
      if (isLent) return;
      reader.resume();
      speak();
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
  let isTaking = false;
  let told = { visit: -1, notice: null as string | null, question: '', warnings: [] as readonly string[] };
  /** Says what has changed since it last spoke, and asks what is to be asked now. */
  function speak(): void {
    if (session.ending() !== null) return;
    const state = session.state();
    const view = viewOf(state);
    const control = focusedControl(view, session.interaction());
    const isNew = state.visit !== told.visit;
    const isBusyAnew = view.isBusy === true && view.question !== told.question;
    const notice = state.notice?.text ?? null;
    const said: string[] = [];
    const warnings = (view.warnings ?? []).map(spokenParagraph);
    if (isNew) said.push(...spokenScreen(view));
    else if (isBusyAnew) said.push(view.question);
    else if (control !== undefined && session.interaction().left.includes(control.id))
      said.push(...spokenTroubles(control));
    // What has come to be said of the answers since.
    if (!isNew && !isBusyAnew) said.push(...warnings.filter((warning) => !told.warnings.includes(warning)));
    if (state.notice !== null && notice !== told.notice) said.push(spokenParagraph(state.notice));
    if (state.profileFlow.isSaving) {
      say(['Saving…']);
      return;
    }
    if (control !== undefined && control.kind !== 'text') {
      said.push(...(view.controls.length > 1 ? [`${control.label}:`] : []), ...spokenList(control));
    }
    told = { visit: state.visit, notice, question: view.question, warnings };
    say(said);
    if (isBusyAnew && !isNew) return;
    const isHidden = control?.kind === 'text' && control.value instanceof Secret;
    reader.ask(wrapped(spokenQuestion(view, control)), isHidden, (typed) => take(typed, control));
  }

  /** One typed line. What it leads to at once is told here; what comes later, by the subscription. */
  function take(typed: Typing, control: Control | undefined): void {
    isTaking = true;
    const isWord = (word: string): boolean => control?.kind !== 'text' && typed.text.trim() === word;
    if (typed.end === 'cancel') session.dispatch({ type: 'cancel' });
    else if (typed.end === 'help' || isWord('?')) help();
    else if (typed.end === 'back' || isWord('b')) session.dispatch({ type: 'back' });
    else if (!answer(session, control, typed.text)) screen.write('That is not one of the choices.\n');
    isTaking = false;
    speak();
  }

  function help(): void {
    say(helpOf(viewOf(session.state())));
  }

  say([WELCOME]);
  speak();
  session.subscribe(() => {
    const { visit, notice } = session.state();
    const question = viewOf(session.state()).question;
    const isNews =
      visit !== told.visit || question !== told.question || (notice !== null && notice.text !== told.notice);
    if (isTaking || !isNews) return;
    screen.write('\n');
    speak();
  });
  void services.store.sweep().catch(() => {});
  try {
    return await Promise.race([ended, fault]);
  } finally {
    reader.close();
    stopGuarding();
  }
}
