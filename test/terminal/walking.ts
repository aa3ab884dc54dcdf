import { randomBytes } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import { callApi } from '../../source/kaltura/api/client.js';
import type { ParsedKs } from '../../source/kaltura/ks/fields.js';
import { openKs } from '../../source/kaltura/ks/open.js';
import { signKsV2 } from '../../source/kaltura/ks/v2.js';
import { Secret } from '../../source/kaltura/secret.js';
import { createGotHttp } from '../../source/platform/network/got-http.js';
import { startPracticeServerOn } from '../../source/practice/open-practice.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { createPracticeData } from '../../source/practice/practice-world.js';
import type { PracticeData } from '../../source/practice/world.js';
import { openTerminal, type PseudoTerminal, type TerminalOptions } from './terminal.js';

/** What a person does in the wizard, one move at a time: each looks where it is before it presses a key. */
type Moves = {
  /** Waits for each of the texts, wherever the rows break them; a pattern is looked for in the rows as they are. */
  see(...texts: (string | RegExp)[]): Promise<void>;
  /** Moves the mark of the list on the screen. */
  mark(label: string): Promise<void>;
  /** On the screen with that question, takes the option and goes on. */
  choose(question: string, label: string): Promise<void>;
  /** Waits until the keys go into that field. */
  atField(label: string): Promise<void>;
  /** Types over what stands in a field, and goes on. */
  fill(label: string, text: string): Promise<void>;
  /** Goes on from a field with what stands in it. */
  leave(label: string): Promise<void>;
  /** Back to a screen that is known by this. */
  back(to: string | RegExp): Promise<void>;
  /** The last key that was written to the terminal, as selecting it would copy it. */
  key(): string;
};

export type Wizard = PseudoTerminal & Moves;

export const markedRow = (rows: readonly string[]) => rows.find((row) => row.startsWith('❯ '));
const isMarked = (row: string | undefined, label: string) =>
  row !== undefined && (row === `❯ ${label}` || row.startsWith(`❯ ${label}  `));

const looksLikeKey = /^[\w+/-]{60,}={0,2}$/;
export const keysIn = (lines: readonly string[]) => lines.filter((line) => looksLikeKey.test(line));

const unbroken = (text: string) => text.replaceAll(/\s+/g, '');

function movesOn(terminal: PseudoTerminal): Moves {
  const { waitFor, press, type } = terminal;
  const see = async (...texts: (string | RegExp)[]) => {
    for (const text of texts) {
      const isThere = (rows: readonly string[]) => unbroken(rows.join('')).includes(unbroken(String(text)));
      // So that a failure names the text.
      isThere.toString = () => String(text);
      await waitFor(typeof text === 'string' ? isThere : text);
    }
  };
  const mark = async (label: string) => {
    await waitFor((rows) => markedRow(rows) !== undefined);
    while (!isMarked(markedRow(terminal.screen()), label)) {
      const before = markedRow(terminal.screen());
      await press('down');
      await waitFor((rows) => markedRow(rows) !== undefined && markedRow(rows) !== before);
    }
  };
  const atField = (label: string) =>
    waitFor((rows) => terminal.cursor.visible && `${rows[terminal.cursor.row]}  `.startsWith(`${label}  `));
  return {
    see,
    mark,
    choose: async (question, label) => {
      await see(question);
      await mark(label);
      await press('enter');
      // The list is gone then, or folded to a line: a key for the next one must not be counted from this one.
      await waitFor((rows) => !isMarked(markedRow(rows), label));
    },
    atField,
    fill: async (label, text) => {
      await atField(label);
      await press('ctrl+u');
      if (text !== '') await type(text);
      await press('enter');
    },
    leave: async (label) => {
      await atField(label);
      await press('enter');
    },
    back: async (to) => {
      await press('esc');
      await see(to);
    },
    key: () => {
      const last = keysIn(terminal.scrollback()).at(-1);
      if (last === undefined) throw new Error(`There is no key on the terminal:\n${terminal.frame()}`);
      return last;
    },
  };
}

/** The built program in a terminal, with the moves. */
export async function openWizard(options: TerminalOptions = {}): Promise<Wizard> {
  const terminal = await openTerminal(options);
  return Object.assign(terminal, movesOn(terminal));
}

export const QUESTIONS = {
  region: 'Where does your account live?',
  address: 'What is the address of your Kaltura server?',
  signIn: 'How do you prove that you may have a key?',
  version: 'Which version of key?',
  holder: 'Who will hold this key?',
  admin: 'An ADMIN key opens everything',
  user: 'Which user, and for how long?',
  loginLifetime: 'How long should the key live?',
  privileges: 'What should this key be allowed, beyond its type?',
  review: 'Ready to make this key',
  code: 'Your account asks for a one-time code',
} as const;

export const WAYS = {
  server: 'Account secret, sent to the server',
  local: 'Account secret, signed on this computer',
  login: 'E-mail and password',
  token: 'App token',
} as const;

const PRACTICE = 'Practice on this computer';

/** From the first start to the credentials. A server of one's own is given by its address. */
export async function toCredentials(wizard: Wizard, way: keyof typeof WAYS, address?: string): Promise<void> {
  await wizard.choose(QUESTIONS.region, address === undefined ? PRACTICE : 'My own server…');
  if (address !== undefined) await wizard.fill('Address', address);
  await wizard.choose(QUESTIONS.signIn, WAYS[way]);
}

/** Partner ID and secret, typed over the pretend account's or into empty fields. */
export async function giveSecret(wizard: Wizard, partnerId: number, secret: string, label = 'Secret'): Promise<void> {
  await wizard.fill('Partner ID', String(partnerId));
  await wizard.fill(label, secret);
}

export type Asked = {
  readonly holder?: string;
  readonly type?: 'USER' | 'ADMIN';
  readonly user?: string;
  readonly lifetime?: string;
  readonly task?: string;
  /** Where the task asks for them. */
  readonly entries?: string;
  /** Written, in the place of a task. */
  readonly privileges?: string;
};

/** From "Who will hold this key?" to the review. */
export async function ask(wizard: Wizard, asked: Asked = {}): Promise<void> {
  const { holder = 'I will, in a console or a terminal', type = 'USER', user = '' } = asked;
  const { lifetime = '24 hours', entries, privileges } = asked;
  const { task = privileges === undefined ? 'Nothing more' : 'Write it myself…' } = asked;
  await wizard.choose(QUESTIONS.holder, holder);
  await wizard.choose(QUESTIONS.holder, type);
  if (type === 'ADMIN') await wizard.choose(QUESTIONS.admin, 'I will keep it to myself: ADMIN');
  await wizard.fill('User ID', user);
  await wizard.choose(QUESTIONS.user, lifetime);
  await wizard.choose(QUESTIONS.privileges, task);
  if (entries !== undefined) await wizard.fill('Entry IDs', entries);
  if (privileges !== undefined) await wizard.fill('Privileges', privileges);
  await wizard.see(QUESTIONS.review);
}

/** Enter on the review, and the key that comes of it. */
export async function make(wizard: Wizard): Promise<string> {
  await wizard.see(QUESTIONS.review);
  await wizard.press('enter');
  await wizard.see('✔ Your key: ');
  return wizard.key();
}

/** From the first start to a USER key of the pretend account. */
export async function makePracticeKey(wizard: Wizard, asked: Asked = {}): Promise<string> {
  await toCredentials(wizard, 'server');
  await wizard.leave('Partner ID');
  await wizard.leave('Secret');
  await ask(wizard, asked);
  return make(wizard);
}

/** From the first start to a key of the pretend account on a server of one's own. */
export async function makeKeyAt(wizard: Wizard, address: string, asked: Asked = {}): Promise<string> {
  await toCredentials(wizard, 'server', address);
  await giveSecret(wizard, PRACTICE_CREDENTIALS.partnerId, PRACTICE_CREDENTIALS.adminSecret);
  await ask(wizard, asked);
  return make(wizard);
}

export const openKey = (ks: string): ParsedKs => openKs(ks, [new Secret(PRACTICE_CREDENTIALS.adminSecret)]);

export const secondsNow = () => Math.floor(Date.now() / 1000);

/** That a key made between `since` and now lives so many seconds. */
export function expectLife({ expiresAt }: ParsedKs, seconds: number, since: number): void {
  expect(expiresAt - seconds).toBeGreaterThanOrEqual(since);
  expect(expiresAt - seconds).toBeLessThanOrEqual(secondsNow());
}

export type OwnServer = {
  readonly url: string;
  /** What it answers to a call with that key. */
  call(action: string, ks: string): Promise<unknown>;
};

/** A practice server of the test's own, apart from the one that the wizards share. */
export async function openServer(
  now: () => number = Date.now,
  world: PracticeData = createPracticeData(),
): Promise<OwnServer> {
  const server = await startPracticeServerOn({ now, randomBytes }, 0, world);
  onTestFinished(() => server.close());
  const http = createGotHttp({ timeout: 30_000, userAgent: 'kaltura-ks-test' });
  return { url: server.url, call: (action, ks) => callApi(http, server.url, action, { ks: new Secret(ks) }) };
}

/** An account that is none of the practice server's: no secret of this program opens its keys. */
export const FOREIGN = {
  partnerId: 2345678,
  adminSecret: 'feed0123feed0123feed0123feed9876',
  userSecret: '0123feed0123feed0123feed0123beef',
} as const;

/** Its server. */
export function openForeign(): Promise<OwnServer> {
  const world = createPracticeData([PRACTICE_CREDENTIALS.partnerId]);
  const secrets = { adminSecret: new Secret(FOREIGN.adminSecret), userSecret: new Secret(FOREIGN.userSecret) };
  const accounts = world.accounts.map((account) => ({ ...account, ...secrets, partnerId: FOREIGN.partnerId }));
  return openServer(Date.now, { ...world, accounts });
}

/** A key of an hour, version 2, as the account with that secret makes it: ADMIN unless told. */
export const signKey = (partnerId: number, adminSecret: string, privileges = '', type: 0 | 2 = 2): string => {
  const fields = { partnerId, type, userId: 'someone', privileges, expiresAt: secondsNow() + 3600 };
  return signKsV2(fields, new Secret(adminSecret), randomBytes(16));
};
