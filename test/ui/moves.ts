import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { inLetters } from '../../source/terminal/ascii.js';
import type { Key } from '../terminal/keys.js';
import type { Expected } from '../terminal/waiting.js';

/** The wizard from the outside: in a pseudo-terminal, or in this process without a terminal. */
export interface Surface {
  /** The visible rows, without the blanks at their ends. */
  screen(): string[];
  /** The visible rows as one text. */
  frame(): string;
  /** Everything since the start, soft-wrapped rows joined. */
  scrollback(): string[];
  readonly cursor: { readonly column: number; readonly row: number; readonly visible: boolean };
  press(...keys: Key[]): Promise<void>;
  type(text: string): Promise<void>;
  paste(text: string): Promise<void>;
  waitFor(expected: Expected): Promise<void>;
}

/** The actions of a user. Each one waits for its screen before it presses a key. */
export interface Moves {
  /** The screen as one text without line breaks. */
  text(): string;
  /** Waits for each of the texts, regardless of line breaks. A pattern is matched against the rows as they are. */
  see(...texts: (string | RegExp)[]): Promise<void>;
  /** Finds a text on the current screen, also by scrolling, or in its help. */
  find(text: string): Promise<void>;
  /** Moves the mark of the list to the option with that label. */
  mark(label: string): Promise<void>;
  /** Chooses the option with that label on the screen with that question. */
  choose(question: string, label: string): Promise<void>;
  /** Chooses the first option whose label begins like this. */
  chooseByPrefix(label: string): Promise<void>;
  /** Waits until the cursor is in that field. */
  atField(label: string): Promise<void>;
  /** Replaces the text of a field, and presses Enter. */
  fill(label: string, text: string): Promise<void>;
  /** Like `fill`, with a text that brings a warning: the first Enter shows it, the second continues. */
  fillDespiteWarning(label: string, text: string, warning: string): Promise<void>;
  /** Presses Enter in a field. */
  pressEnterIn(label: string): Promise<void>;
  /** Presses Esc, and waits for that text. */
  back(to: string | RegExp): Promise<void>;
  /** The last key that was printed above the frame, as the user would copy it. */
  key(): string;
}

/** The row with the mark. Without Unicode, the row of the path under the heading may begin with the same sign. */
export const markedRow = (rows: readonly string[]) =>
  rows.find((row, index) => /^[❯>] /.test(row) && !/^(kaltura-ks|Step \d)/.test(rows[index - 1] ?? ''));

const looksLikeKey = /^[\w+/-]{60,}={0,2}$/;
export const keysIn = (lines: readonly string[]) => lines.filter((line) => looksLikeKey.test(line));

const asText = (rows: readonly string[]) => inLetters(rows.join(' ')).replaceAll(/\s+/g, ' ');
const withoutSpaces = (text: string) => inLetters(text).replaceAll(/\s+/g, '');

/** A condition with the expected text, which a failure shows. */
const describedAs = (name: string, isMet: (rows: readonly string[]) => boolean) =>
  Object.assign(isMet, { toString: () => name });

export function movesOn(surface: Surface): Moves {
  const { waitFor, press, type, screen } = surface;
  const shows = (text: string) => withoutSpaces(screen().join('')).includes(withoutSpaces(text));
  const see = async (...texts: (string | RegExp)[]) => {
    for (const text of texts) await waitFor(typeof text === 'string' ? describedAs(text, () => shows(text)) : text);
  };
  const marked = () => inLetters(markedRow(screen())?.slice(2) ?? '');
  const moveTo = async (label: string, isAt: () => boolean) => {
    await waitFor((rows) => markedRow(rows) !== undefined);
    const first = marked();
    while (!isAt()) {
      const before = marked();
      await press('down');
      await waitFor((rows) => markedRow(rows) !== undefined && marked() !== before);
      if (marked() === first) throw new Error(`No option “${label}”:\n${surface.frame()}`);
    }
  };
  const isMarked = (label: string) => `${marked()}  `.startsWith(`${inLetters(label)}  `);
  const mark = (label: string) => moveTo(label, () => isMarked(label));
  const atField = (label: string) =>
    waitFor((rows) => {
      const { row, visible } = surface.cursor;
      // In a narrow window, the label is above the field.
      const [above, same] = [rows[row - 1] ?? '', `${rows[row] ?? ''}  `].map(inLetters);
      return visible && (same?.startsWith(`${inLetters(label)} `) === true || above === inLetters(label));
    });
  const fill = async (label: string, text: string) => {
    await atField(label);
    await press('ctrl+u');
    if (text !== '') await type(text);
    await press('enter');
  };
  const scrollUntil = async (key: 'pageup' | 'pagedown', towards: string, text: string) => {
    while (!shows(text) && asText(screen()).includes(towards)) {
      const before = surface.frame();
      await press(key);
      await waitFor(() => surface.frame() !== before);
    }
  };
  return {
    text: () => asText(screen()),
    see,
    find: async (text) => {
      await scrollUntil('pagedown', '(page down)', text);
      await scrollUntil('pageup', '(page up)', text);
      if (shows(text)) return;
      await type('?');
      await see('esc close');
      await scrollUntil('pagedown', '(page down)', text);
      await see(text);
      await press('enter');
      await waitFor((rows) => !asText(rows).includes('esc close'));
    },
    mark,
    choose: async (question, label) => {
      await see(question);
      await mark(label);
      await press('enter');
      // Wait until the list is gone or folded, so that the next key press goes to the next list.
      await waitFor(() => !isMarked(label));
    },
    chooseByPrefix: async (label) => {
      const isAt = () => marked().startsWith(inLetters(label));
      await moveTo(label, isAt);
      // Compare the whole label: the next list may start with an option of the same prefix.
      const chosen = marked();
      await press('enter');
      await waitFor(() => marked() !== chosen);
    },
    atField,
    fill,
    fillDespiteWarning: async (label, text, warning) => {
      await fill(label, text);
      await see(`! ${warning}`);
      await press('enter');
    },
    pressEnterIn: async (label) => {
      await atField(label);
      await press('enter');
    },
    back: async (to) => {
      await press('esc');
      await see(to);
    },
    key: () => {
      const last = keysIn(surface.scrollback()).at(-1);
      if (last === undefined) throw new Error(`There is no key on the terminal:\n${surface.frame()}`);
      return last;
    },
  };
}

type WizardSurface = Surface & Moves;

export const QUESTIONS = {
  region: 'Which region is your account in?',
  address: 'What is the URL of your Kaltura server?',
  signIn: 'How do you want to sign in?',
  version: 'Which key version?',
  purpose: 'What is the key for?',
  holder: 'Who will use this key?',
  admin: 'An ADMIN key can do everything in this account',
  user: 'Which user is the key for, and how long is it valid?',
  loginLifetime: 'How long should the key be valid?',
  privileges: 'What should this key be allowed to do?',
  review: 'Ready to create this key',
  code: 'Your account requires a one-time code',
} as const;

export const SIGN_IN_METHODS = {
  server: 'Account secret, sent to the server',
  local: 'Account secret, used on this computer',
  login: 'Email and password',
  token: 'App token',
} as const;

const PRACTICE = 'Practice';

/** Goes from the first start to the credentials of the practice server, or of the server with this address. */
export async function toCredentials(
  wizard: WizardSurface,
  method: keyof typeof SIGN_IN_METHODS,
  address?: string,
): Promise<void> {
  await wizard.choose(QUESTIONS.region, address === undefined ? PRACTICE : 'Self-hosted server…');
  if (address !== undefined) await wizard.fill('URL', address);
  await wizard.choose(QUESTIONS.signIn, SIGN_IN_METHODS[method]);
}

/** Replaces the partner ID and the secret. */
export async function fillSecret(
  wizard: WizardSurface,
  partnerId: number,
  secret: string,
  label = 'Secret',
): Promise<void> {
  await wizard.atField('Partner ID');
  await wizard.press('ctrl+u');
  await wizard.type(String(partnerId));
  // In practice, Enter continues once the practice account is complete.
  await wizard.press('tab');
  await wizard.fill(label, secret);
}

export type KeyAnswers = {
  readonly holder?: string;
  readonly type?: 'USER' | 'ADMIN';
  readonly user?: string;
  readonly lifetime?: string;
  readonly task?: string;
  /** For a task that asks for entries. */
  readonly entries?: string;
  /** Typed as text, instead of a task. */
  readonly privileges?: string;
};

/** Answers from "What is the key for?" to the review. */
export async function answerToReview(wizard: WizardSurface, answers: KeyAnswers = {}): Promise<void> {
  const { holder = 'I will, in a console or a terminal', type = 'USER', user = '' } = answers;
  const { lifetime = '24 hours', entries, privileges } = answers;
  const { task = privileges === undefined ? 'No privileges' : 'Type the privileges myself…' } = answers;
  await wizard.choose(QUESTIONS.purpose, 'Something else');
  await wizard.choose(QUESTIONS.holder, holder);
  await wizard.choose(QUESTIONS.holder, type);
  if (type === 'ADMIN') await wizard.choose(QUESTIONS.admin, 'Create an ADMIN key for my own use');
  await wizard.fill('User ID', user);
  await wizard.choose(QUESTIONS.user, lifetime);
  await wizard.choose(QUESTIONS.privileges, task);
  if (entries !== undefined) await wizard.fill('Entry IDs', entries);
  if (privileges !== undefined) await wizard.fill('Privileges', privileges);
  await wizard.see(QUESTIONS.review);
}

/** Presses Enter on the review, and returns the key. */
export async function createKey(wizard: WizardSurface): Promise<string> {
  await wizard.see(QUESTIONS.review);
  await wizard.press('enter');
  await wizard.see('✔ Session key ');
  return wizard.key();
}

/** Creates a USER key of the practice account, from the first start. */
export async function createPracticeKey(wizard: WizardSurface, answers: KeyAnswers = {}): Promise<string> {
  await toCredentials(wizard, 'server');
  await wizard.pressEnterIn('Partner ID');
  await answerToReview(wizard, answers);
  return createKey(wizard);
}

/** Creates a key of the practice account on another server, from the first start. */
export async function createKeyOn(wizard: WizardSurface, address: string, answers: KeyAnswers = {}): Promise<string> {
  await toCredentials(wizard, 'server', address);
  await fillSecret(wizard, PRACTICE_CREDENTIALS.partnerId, PRACTICE_CREDENTIALS.adminSecret);
  await answerToReview(wizard, answers);
  return createKey(wizard);
}
