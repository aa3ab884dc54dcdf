import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createProfileStore } from '../../source/platform/profiles/profile-store.js';
import { startPracticeServerOn } from '../../source/practice/open-practice.js';
import { currentCode, PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import type { Profile } from '../../source/profiles/profile.js';
import { inLetters } from '../../source/ui/layout/glyphs.js';
import { keptKey, sampleProfile } from '../profiles/sample-profile.js';
import { openTerminal, type PseudoTerminal, type TerminalOptions } from './terminal.js';

/** Moves that know a screen by its words alone, so that they work at every width, where rows are broken elsewhere. */
export type Drive = PseudoTerminal & {
  /** The screen as running text: rows joined, blanks folded. */
  text(): string;
  see(text: string): Promise<void>;
  /** Looks for a text on a screen that is there: beyond what is in sight, and in the help, which has what there is no room for. */
  find(text: string): Promise<void>;
  /** Takes the option of the open list whose label begins so. */
  take(label: string): Promise<void>;
  /** Waits until the keys go into that field. */
  atField(label: string): Promise<void>;
  /** Types over what stands in that field, and goes on. */
  fill(label: string, text: string): Promise<void>;
  /** The same with a text that is warned about, by a warning that begins so: the first Enter shows it, the second goes on. */
  insist(label: string, text: string, warning: string): Promise<void>;
};

/** In letters, whatever the terminal has. */
const asText = (rows: readonly string[]) => inLetters(rows.join(' ')).replaceAll(/\s+/g, ' ');
/** In letters, the row of the path under the heading may begin with the same sign. */
export const markedRow = (rows: readonly string[]) =>
  rows.find((row, index) => /^[❯>] /.test(row) && !/^(kaltura-ks|step \d)/.test(rows[index - 1] ?? ''));

export async function drive(options: TerminalOptions = {}): Promise<Drive> {
  const terminal = await openTerminal(options);
  const { waitFor, press, type, screen } = terminal;
  const isMarked = (rows: readonly string[], label: string) =>
    inLetters(markedRow(rows)?.slice(2) ?? '').startsWith(inLetters(label));
  const see = (text: string) =>
    waitFor(
      Object.assign((rows: readonly string[]) => asText(rows).includes(inLetters(text)), { toString: () => text }),
    );
  const find = async (text: string) => {
    const isHere = (rows: readonly string[]) => asText(rows).includes(inLetters(text));
    const turn = async (key: 'pageup' | 'pagedown', towards: string) => {
      while (!isHere(screen()) && asText(screen()).includes(towards)) {
        const before = terminal.frame();
        await press(key);
        await waitFor(() => terminal.frame() !== before);
      }
    };
    await turn('pagedown', '(page down)');
    await turn('pageup', '(page up)');
    if (isHere(screen())) return;
    await type('?');
    await see('any other key close');
    await turn('pagedown', '(page down)');
    await see(text);
    await press('enter');
    await waitFor((rows) => !asText(rows).includes('any other key close'));
  };
  const atField = (label: string) =>
    waitFor((rows) => {
      const { row, visible } = terminal.cursor;
      // Where there is little room, the label stands above the field.
      const [above, same] = [rows[row - 1] ?? '', rows[row] ?? ''].map(inLetters);
      return visible && (same?.startsWith(inLetters(label)) === true || above === inLetters(label));
    });
  const fill = async (label: string, text: string) => {
    await atField(label);
    await press('ctrl+u');
    if (text !== '') await type(text);
    await press('enter');
  };
  return Object.assign(terminal, {
    text: () => asText(screen()),
    see,
    find,
    take: async (label: string) => {
      await waitFor((rows) => markedRow(rows) !== undefined);
      const first = markedRow(screen());
      while (!isMarked(screen(), label)) {
        const before = markedRow(screen());
        await press('down');
        await waitFor((rows) => markedRow(rows) !== undefined && markedRow(rows) !== before);
        if (markedRow(screen()) === first) throw new Error(`No option “${label}”:\n${terminal.frame()}`);
      }
      await press('enter');
      await waitFor((rows) => !isMarked(rows, label));
    },
    atField,
    fill,
    insist: async (label: string, text: string, warning: string) => {
      await fill(label, text);
      await see(`! ${warning}`);
      await press('enter');
    },
  });
}

/** The wizard line by line, as a screen reader hears it. */
export async function listen(options: TerminalOptions = {}) {
  const terminal = await openTerminal({ columns: 100, rows: 50, args: ['--accessible'], ...options });
  let heard = 0;
  /** Waits for what comes after all that was heard before. */
  const hear = async (text: string) => {
    await terminal.waitFor(
      Object.assign(() => terminal.raw.indexOf(text, heard) !== -1, {
        toString: () => `after what was heard: ${text}`,
      }),
    );
    heard = terminal.raw.indexOf(text, heard) + text.length;
  };
  const answer = async (question: string, line: string) => {
    await hear(question);
    await terminal.type(line);
    await terminal.press('enter');
  };
  /** Takes the choice of that label from the list that is read out next. */
  const take = async (label: string) => {
    const choice = new RegExp(`^ *(\\d+)\\. ${label}`, 'm');
    await terminal.waitFor(Object.assign(() => choice.test(terminal.raw.slice(heard)), { toString: () => label }));
    const [, number = ''] = choice.exec(terminal.raw.slice(heard)) ?? [];
    await answer('? help.', number);
  };
  return Object.assign(terminal, { hear, answer, take });
}

/** Ctrl-C: at once, and the terminal as it was. */
export async function cancel(terminal: PseudoTerminal): Promise<void> {
  await terminal.press('ctrl+c');
  expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
  expect(terminal.modes).toMatchObject({ changed: [], alternateScreenUsed: false, bracketedPaste: false });
  expect(terminal.cursor).toMatchObject({ visible: true, column: 0 });
}

/** So short a piece of a secret is enough to search the rest for. */
const PIECE = 12;

/** Where a secret was left behind, or a piece of it: on the terminal, at whatever moment, or in a file below the program's HOME. */
export function tracesOf({ raw, home }: PseudoTerminal, secret: string): string[] {
  const pieces = Array.from({ length: secret.length - PIECE + 1 }, (_, at) => secret.slice(at, at + PIECE));
  const files = readdirSync(dirname(home), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  const places = [['the terminal', raw], ...paths.map((path) => [path, readFileSync(path, 'utf8')])] as const;
  return places.filter(([, text]) => pieces.some((piece) => text.includes(piece))).map(([place]) => place);
}

/** One request as a server sees it. */
export type Call = {
  readonly action: string;
  readonly form: Readonly<Record<string, string>>;
  readonly body: string;
  /** The headers too, as one text. */
  readonly head: string;
};
export type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A server of the test's own on this computer, which keeps what it received. `null`: it never answers. */
export async function openLoopback(answer: (call: Call) => Promise<Answer | null> | Answer | null) {
  const calls: Call[] = [];
  let onDisconnect = () => {};
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const action = (request.url ?? '').replace(/^.*\/service\/(\w+)\/action\/(\w+).*$/, '$1.$2');
    const head = `${request.url}\n${request.rawHeaders.join('\n')}`;
    const call: Call = { action, body, head, form: Object.fromEntries(new URLSearchParams(body)) };
    calls.push(call);
    response.on('close', () => response.writableFinished || onDisconnect());
    const told = await answer(call);
    if (told === null) return;
    response.writeHead(told.status ?? 200, { 'content-type': 'application/json', ...told.headers });
    response.end(told.body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    /** Calls when a caller goes away without having got an answer. */
    onDisconnect: (listener: () => void) => {
      onDisconnect = listener;
    },
  };
}

export const apiError = (code: string, message: string, args: Readonly<Record<string, string>> = {}): Answer => ({
  body: JSON.stringify({ objectType: 'KalturaAPIException', code, message, args }),
});

const WAYS = { server: 'Account secret, sent', login: 'E-mail', token: 'App token' } as const;

/** From the first start to the credentials for a server of one's own. */
export async function toCredentials(drive: Drive, way: keyof typeof WAYS, address: string): Promise<void> {
  await drive.see('Where does your account live?');
  await drive.take('My own server');
  await drive.fill('Address', address);
  await drive.take(WAYS[way]);
}

/** From "Who will hold this key?" to the request: a USER key without more, where the type can be chosen at all. */
export async function askForKey(drive: Drive, way: keyof typeof WAYS): Promise<void> {
  await drive.see('Who will hold this key?');
  await drive.take('I will');
  if (way !== 'login') {
    await drive.take('USER');
    await drive.fill('User ID', '');
  }
  await askFromLifetime(drive);
}

export async function askFromLifetime(drive: Drive): Promise<void> {
  await drive.take('24 hours');
  await drive.take('Nothing more');
  await drive.see('Ready to make this key');
  await drive.press('enter');
}

/** A secret that the server below thinks about for ever, and an entry that it looks for as long. */
const ENDLESS = 'e'.repeat(32);
export const ENDLESS_ENTRY = '0_endless0';

/** The pretend account on a server of one's own, apart from the one that all wizards share on this machine. */
export async function openPretendServer() {
  const world = await startPracticeServerOn({ now: Date.now, randomBytes }, 0);
  onTestFinished(() => world.close());
  return openLoopback(async ({ action, body, form }) => {
    if (form['secret'] === ENDLESS || form['entryId'] === ENDLESS_ENTRY) return null;
    const url = `${world.url}/api_v3/service/${action.replace('.', '/action/')}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(url, { method: 'POST', body, headers });
    return { status: response.status, body: await response.text() };
  });
}

/** A key that was kept: no more of it need be right than its beginning and its alphabet. */
export const KEPT_KS = Buffer.from(`v2|1234567|${'as good as any other '.repeat(7)}`).toString('base64url');

/** A config folder in which these profiles are saved. */
export async function saveProfiles(...profiles: readonly Profile[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kaltura-ks-profiles-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = createProfileStore({ configFolder: join(folder, 'kaltura-ks'), now: Date.now });
  for (const profile of profiles) await store.save(profile);
  return folder;
}

function profilesFor(serviceUrl: string): Profile[] {
  const own = { region: 'own', serviceUrl, userId: '', privileges: '', acceptedRisks: [] } as const;
  const { partnerId } = PRACTICE_CREDENTIALS;
  return [
    sampleProfile({ ...own, name: 'alpha', type: 'USER', partnerId }),
    sampleProfile({ ...own, name: 'beta', keptKey: keptKey(KEPT_KS, Math.floor(Date.now() / 1000) + 7200) }),
    sampleProfile({
      ...own,
      name: 'gamma',
      method: 'login',
      partnerId: null,
      loginId: PRACTICE_CREDENTIALS.otpLoginId,
    }),
  ];
}

/** A place in the wizard, and the way there from the one before it. */
export type Stop = {
  readonly name: string;
  /** Words that are nowhere but there. */
  readonly shows: string;
  /** What has the keys there: something to choose, something to type, or nothing. */
  readonly holds: 'list' | 'field' | 'nothing';
  go(drive: Drive, server: string): Promise<void>;
};

const back = async (drive: Drive, ...questions: string[]) => {
  for (const question of questions) {
    await drive.press('esc');
    await drive.see(question);
  }
};
const stop = (holds: Stop['holds'], name: string, shows: string, go: Stop['go']): Stop => ({ name, shows, holds, go });

const SIGN_IN = 'How do you prove';
const CREDENTIALS = 'What are the account’s credentials?';
const CATALOGUE = 'Which privileges, one by one?';
const PRIVILEGES = 'What should this key be allowed';
const HOME = 'Which key do you need?';
const PASSPHRASE = 'correct horse battery staple';

/** From the first start to the review, by way of every step. */
const WALK: readonly Stop[] = [
  stop('list', 'region', 'Where does your account live?', async () => {}),
  stop('nothing', 'help', 'any other key close', (drive) => drive.type('?')),
  stop('list', 'quit', 'Leave now?', async (drive) => {
    await drive.type('x');
    await drive.see('esc quit');
    await drive.press('esc');
  }),
  stop('field', 'address', 'What is the address', async (drive) => {
    await back(drive, 'Where does your account live?');
    await drive.take('My own server');
  }),
  stop('list', 'plain http', 'This address is plain http', (drive) =>
    drive.fill('Address', 'http://video.example.com'),
  ),
  stop('list', 'sign-in', SIGN_IN, async (drive, server) => {
    await drive.take('Type another address');
    await drive.fill('Address', server);
  }),
  stop('list', 'version', 'Which version of key?', (drive) => drive.take('Account secret, signed')),
  stop('field', 'credentials to sign with', CREDENTIALS, (drive) => drive.press('enter')),
  stop('field', 'credentials of an app token', 'Which app token?', async (drive) => {
    await back(drive, 'Which version', SIGN_IN);
    await drive.take('App token');
  }),
  stop('field', 'credentials of a login', 'Who logs in?', async (drive) => {
    await back(drive, SIGN_IN);
    await drive.take('E-mail and password');
  }),
  stop('field', 'credentials to send', CREDENTIALS, async (drive) => {
    await back(drive, SIGN_IN);
    await drive.take('Account secret, sent');
  }),
  stop('list', 'holder', 'Who will hold this key?', async (drive) => {
    await drive.insist('Partner ID', '123456700', 'Looks like a Sub Partner ID');
    await drive.insist('Secret', 'too short', 'The account secret has 9 characters');
  }),
  stop('list', 'type', 'Holder I will', (drive) => drive.take('I will')),
  stop('list', 'ADMIN', 'Make it a USER key instead', (drive) => drive.take('ADMIN')),
  stop('field', 'user', 'Which user, and for how long?', (drive) => drive.take('Make it a USER')),
  stop('list', 'lifetime', 'until', (drive) => drive.fill('User ID', 'someone@example.com')),
  stop('field', 'another lifetime', 'Lifetime Another…', (drive) => drive.take('Another')),
  stop('list', 'privileges', PRIVILEGES, (drive) => drive.fill('How long', '7d')),
  stop('field', 'entries of a task', 'Entry IDs', (drive) => drive.take('Play chosen entries')),
  stop('list', 'catalogue', CATALOGUE, async (drive) => {
    await drive.press('shift+tab');
    await drive.take('Choose one by one');
  }),
  stop('list', 'search', '/view', (drive) => drive.type('/view')),
  stop('field', 'value', 'sview: for what?', async (drive) => {
    await drive.press('esc');
    await drive.see('esc back');
    await drive.press('home');
    await drive.waitFor((rows) => markedRow(rows)?.includes('sview') === true);
    await drive.type(' ');
  }),
  stop('field', 'privileges as text', 'Which privileges, as text?', async (drive) => {
    await drive.fill('entry ID', '0_abc12345');
    await drive.see(CATALOGUE);
    await back(drive, PRIVILEGES);
    await drive.take('Write it myself');
  }),
  stop('nothing', 'review', 'Ready to make this key', (drive) => drive.fill('Privileges', 'sview:0_abc12345')),
  stop('field', 'review with a danger', '“everything”', async (drive) => {
    await drive.type('6');
    await drive.see(PRIVILEGES);
    await drive.take('See everything');
  }),
];

/** From the profiles to keys, failures and a new profile. */
const USE: readonly Stop[] = [
  stop('list', 'home', HOME, async () => {}),
  stop('list', 'search among profiles', '1 found', (drive) => drive.type('/gam')),
  stop('field', 'rename', 'What should it be called?', async (drive) => {
    await drive.press('esc');
    await drive.see('/ search');
    await drive.type('r');
  }),
  stop('list', 'delete', 'Delete the profile', async (drive) => {
    await back(drive, HOME);
    await drive.type('d');
  }),
  stop('list', 'kept key', 'This profile has a living key', async (drive) => {
    await back(drive, HOME);
    await drive.take('beta');
  }),
  stop('nothing', 'kept key on the line above', 'This is your key', (drive) => drive.take('Show the kept key')),
  stop('field', 'what is missing', 'What is missing', async (drive) => {
    await back(drive, HOME);
    await drive.take('gamma');
  }),
  stop('field', 'one-time code', 'Your account asks for', (drive) =>
    drive.fill('Password', PRACTICE_CREDENTIALS.password),
  ),
  stop('nothing', 'result', '✔ Your key', (drive) => drive.fill('Code', currentCode(Date.now()))),
  stop('field', 'name to save under', 'Under which name?', (drive) => drive.type('s')),
  stop('list', 'what to save', 'Save the answers only', (drive) => drive.fill('Name', 'delta')),
  stop('list', 'place of the secret', 'Ask for it each time', (drive) => drive.take('Save the answers only')),
  stop('field', 'passphrase of a new file', 'Once more', (drive) => drive.take('In an encrypted file')),
  stop('nothing', 'saved', '✔ Saved “delta”', async (drive) => {
    await drive.fill('Passphrase', PASSPHRASE);
    await drive.fill('Once more', PASSPHRASE);
  }),
  stop('field', 'passphrase of a file', 'The secret lies in an encrypted file', async (drive) => {
    await drive.type('n');
    await drive.see(HOME);
    await drive.take('delta');
  }),
  stop('list', 'failure', 'Enter the secret again', async (drive) => {
    await back(drive, HOME);
    await drive.take('alpha');
    await drive.fill('Secret', 'f'.repeat(32));
  }),
  stop('nothing', 'what the server said', 'The server’s answer', (drive) => drive.take('Show the server')),
  stop('nothing', 'a request under way', 'Waiting for', async (drive) => {
    await back(drive, 'Enter the secret again');
    await drive.take('Enter the secret again');
    await drive.fill('Secret', ENDLESS);
    await drive.see('Ready to make this key');
    await drive.press('enter');
  }),
];

export const TOURS = { 'the walk': WALK, 'the use of profiles': USE } as const;
export type TourName = keyof typeof TOURS;

/** Starts the program so that this tour can be gone. */
export async function startTour(tour: TourName, options: TerminalOptions = {}) {
  const { url } = await openPretendServer();
  const env = tour === 'the walk' ? {} : { XDG_CONFIG_HOME: await saveProfiles(...profilesFor(url)) };
  const terminal = await drive({ ...options, env: { ...env, ...options.env } });
  return {
    drive: terminal,
    /** Goes on to that stop, and calls at each on the way. */
    goTo: async (last: Stop | undefined, call: (at: Stop) => void | Promise<void> = () => {}) => {
      for (const at of TOURS[tour]) {
        await at.go(terminal, url);
        await terminal.see(at.shows);
        if (at.holds === 'list') await terminal.waitFor((rows) => markedRow(rows) !== undefined);
        if (at.holds === 'field') await terminal.waitFor(() => terminal.cursor.visible);
        await call(at);
        if (at === last) return;
      }
    },
  };
}
