import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import type { Profile } from '../../source/profiles/profile.js';
import { keptKey, sampleProfile } from '../profiles/sample-profile.js';
import {
  cancel,
  type Drive,
  drive,
  ENDLESS_ENTRY,
  markedRow,
  openPretendServer,
  saveProfiles,
  tracesOf,
} from './driving.js';
import type { TerminalOptions } from './terminal.js';
import { FOREIGN, secondsNow, signKey } from './walking.js';

const WRONG = 'f00d0123f00d0123f00d0123f00d0123';
const PASTED = signKey(FOREIGN.partnerId, FOREIGN.adminSecret);

/** Where a way begins: at a kept ADMIN key, or at the profiles. */
const STARTS = { key: 'Your key: ', profiles: 'Which key do you need?' } as const;

/** A screen about keys, and the way there from a start. */
type Place = {
  readonly start: keyof typeof STARTS;
  /** Words that are nowhere but there. */
  readonly shows: string;
  readonly holds: 'list' | 'field' | 'nothing';
  go(drive: Drive): Promise<void>;
};

const place = (start: Place['start'], holds: Place['holds'], shows: string, go: Place['go']): Place => ({
  start,
  holds,
  shows,
  go,
});

const lookFor = async (drive: Drive, id: string) => {
  await drive.type('m');
  await drive.take('Look for');
  await drive.fill('ID', id);
};
const toTokens = async (drive: Drive) => {
  await drive.type('m');
  await drive.take('App tokens');
  await drive.see('New app token');
};
const wish = async (drive: Drive) => {
  await toTokens(drive);
  await drive.take('New app token');
  await drive.fill('What for', 'nightly upload');
  await drive.fill('User', 'upload-bot');
  await drive.take('ADMIN');
  for (const field of ['Privileges', 'Each key lives', 'The token lives']) {
    await drive.atField(field);
    await drive.press('enter');
  }
};
const explain = async (drive: Drive) => {
  await drive.type('i');
  await drive.atField('Key (KS)');
  await drive.paste(PASTED);
  await drive.see('characters');
  await drive.press('enter');
};
const askItsServer = async (drive: Drive) => {
  await explain(drive);
  await drive.take('Ask its server');
};

const PLACES: Readonly<Record<string, Place>> = {
  'what to do with a key': place('key', 'list', 'What do you want to do', (drive) => drive.type('m')),
  'look for content': place('key', 'field', 'Which entry or category?', async (drive) => {
    await drive.type('m');
    await drive.take('Look for');
  }),
  'content that was not found': place('key', 'list', 'Ask whether the account', (drive) =>
    lookFor(drive, PRACTICE_CREDENTIALS.hiddenEntryId),
  ),
  'a question under way': place('key', 'nothing', 'Asking 127.0.0.1', (drive) => lookFor(drive, ENDLESS_ENTRY)),
  use: place('key', 'list', 'How do you want to use it?', (drive) => drive.type('u')),
  'an .env file': place('key', 'field', 'Into which file?', async (drive) => {
    await drive.type('u');
    await drive.take('Write it to');
  }),
  'an .env file that was looked at': place('key', 'list', 'Write KALTURA_KS to', async (drive) => {
    await drive.type('u');
    await drive.take('Write it to');
    await drive.fill('File', '.env');
  }),
  end: place('key', 'list', 'Let it live', async (drive) => {
    await drive.type('m');
    await drive.take('End it');
  }),
  check: place('key', 'list', 'Ask the server', (drive) => drive.type('k')),
  'what a check found': place('key', 'list', 'Ask it again', async (drive) => {
    await drive.type('k');
    await drive.take('Ask the server');
  }),
  'app tokens': place('key', 'list', '2 app tokens', toTokens),
  'app token': place('key', 'list', 'Leave it as it is', async (drive) => {
    await toTokens(drive);
    await drive.press('enter');
  }),
  'new app token': place('key', 'field', 'What shall its keys be?', async (drive) => {
    await toTokens(drive);
    await drive.take('New app token');
  }),
  'new app token with a danger': place('key', 'field', 'Type “danger”', wish),
  'app token that was made': place('key', 'list', 'Save a profile that', async (drive) => {
    await wish(drive);
    await drive.fill('Type “danger”', 'danger');
  }),
  'paste a key': place('profiles', 'field', 'what can be read of a', (drive) => drive.type('i')),
  'what the key is': place('profiles', 'list', 'Type the admin secret', explain),
  'admin secret of a key': place('profiles', 'field', 'What is the account’s admin secret?', async (drive) => {
    await explain(drive);
    await drive.take('Type the admin secret');
  }),
  'region of a key': place('profiles', 'list', 'account live?', askItsServer),
  'find the region': place('profiles', 'field', 'Which account are you looking for?', async (drive) => {
    await askItsServer(drive);
    await drive.take('I don’t know');
  }),
  regions: place('profiles', 'list', 'Who knows partner', async (drive) => {
    await askItsServer(drive);
    await drive.take('I don’t know');
    await drive.atField('Partner ID');
    await drive.press('enter');
  }),
  'find out why': place('profiles', 'list', 'Leave it', async (drive) => {
    await drive.take('alpha');
    await drive.fill('Secret', WRONG);
    await drive.see('no key was made');
    await drive.take('Find out: is it');
  }),
};

async function start(options: TerminalOptions = {}) {
  const { url } = await openPretendServer();
  const { partnerId, adminSecret } = PRACTICE_CREDENTIALS;
  const own = { region: 'own', serviceUrl: url, userId: '', privileges: '', acceptedRisks: [] } as const;
  const kept = keptKey(signKey(partnerId, adminSecret), secondsNow() + 3600);
  const profiles: Profile[] = [
    sampleProfile({ ...own, name: 'alpha' }),
    sampleProfile({ ...own, name: 'beta', keptKey: kept }),
  ];
  // No region of Kaltura is asked from here.
  const env = { XDG_CONFIG_HOME: await saveProfiles(...profiles), HTTPS_PROXY: 'http://127.0.0.1:1' };
  const wizard = await drive({ ...options, env: { ...env, ...options.env } });
  await wizard.see(STARTS.profiles);
  return wizard;
}

async function takeKey(wizard: Drive): Promise<void> {
  await wizard.take('beta');
  await wizard.take('Show the kept key');
  await wizard.see(STARTS.key);
}

async function go(wizard: Drive, { go: way, holds, shows }: Place): Promise<void> {
  await way(wizard);
  await wizard.see(shows);
  if (holds === 'list') await wizard.waitFor((rows) => markedRow(rows) !== undefined);
  if (holds === 'field') await wizard.waitFor(() => wizard.cursor.visible);
}

async function leave(wizard: Drive, place: Place): Promise<void> {
  while (!wizard.text().includes(STARTS[place.start])) {
    const before = wizard.frame();
    await wizard.press('esc');
    await wizard.waitFor(() => wizard.frame() !== before);
  }
}

describe('Ctrl-C ends it at once, and leaves no secret and nothing on standard output', () => {
  test.each(Object.entries(PLACES))('at “%s”', async (_, place) => {
    const wizard = await start({ stdout: 'pipe' });
    if (place.start === 'key') await takeKey(wizard);
    await go(wizard, place);
    await cancel(wizard);
    expect(wizard.stdout).toBe('');
    for (const secret of [PASTED, WRONG, PRACTICE_CREDENTIALS.token]) expect(tracesOf(wizard, secret)).toEqual([]);
  });
});

describe('what is asked is in sight, and nothing is drawn beyond the window', () => {
  test.each([
    [40, 15, 'xterm-256color'],
    [80, 24, 'dumb'],
  ])('at %i x %i, %s', async (columns, rows, TERM) => {
    const wizard = await start({ columns, rows, env: { TERM } });
    const inOrder = Object.entries(PLACES).sort(([, one], [, other]) => one.start.localeCompare(other.start));
    await takeKey(wizard);
    for (const [name, place] of inOrder) {
      if (place.start === 'profiles' && !wizard.text().includes(STARTS.profiles)) await leave(wizard, place);
      await go(wizard, place);
      const drawn = wizard.frame().split('\n');
      const frame = drawn.slice(drawn.findLastIndex((row) => /^(kaltura-ks {2}|step \d of 7)/.test(row)));
      expect(frame.length, wizard.frame()).toBeLessThan(rows);
      // A line that is too wide goes on in the next row, and reads back as one line.
      expect(wizard.scrollback().slice(-frame.length), name).toEqual(frame);
      expect(frame.at(-1), name).toMatch(/(more|help)$/);
      if (TERM === 'dumb') expect(wizard.frame(), name).toMatch(/^[\n -~]*$/);
      if (name !== 'find out why') await leave(wizard, place);
    }
  });
});
