import { currentCode, PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import type { Profile } from '../../source/profiles/profile.js';
import { sampleProfile, savedKeyWith } from '../profiles/sample-profile.js';
import { markedRow } from '../ui/moves.js';
import { openPracticeServer, SAVED_KS, saveProfiles, UNANSWERED_SECRET } from '../ui/test-servers.js';
import type { TerminalOptions } from './terminal.js';
import { openWizard, type Wizard } from './wizard.js';

function profilesFor(serviceUrl: string): Profile[] {
  const own = { region: 'own', serviceUrl, userId: '', privileges: '', acceptedRisks: [] } as const;
  const { partnerId } = PRACTICE_CREDENTIALS;
  return [
    sampleProfile({ ...own, name: 'alpha', type: 'USER', partnerId }),
    sampleProfile({ ...own, name: 'beta', savedKey: savedKeyWith(SAVED_KS, Math.floor(Date.now() / 1000) + 7200) }),
    sampleProfile({
      ...own,
      name: 'gamma',
      method: 'login',
      partnerId: null,
      loginId: PRACTICE_CREDENTIALS.otpLoginId,
    }),
  ];
}

/** A screen of a tour, and the key presses that lead to it from the screen before. */
export type Stop = {
  readonly name: string;
  /** A text that only this screen shows. */
  readonly shows: string;
  /** What receives the key presses: a list, a field, or nothing. */
  readonly focus: 'list' | 'field' | 'nothing';
  go(wizard: Wizard, server: string): Promise<void>;
};

const back = async (wizard: Wizard, ...questions: string[]) => {
  for (const question of questions) {
    await wizard.press('esc');
    await wizard.see(question);
  }
};
const stop = (holds: Stop['focus'], name: string, shows: string, go: Stop['go']): Stop => ({
  name,
  shows,
  focus: holds,
  go,
});

const SIGN_IN = 'How do you want to sign in?';
const CREDENTIALS = 'What are the partner ID and the secret?';
const CATALOGUE = 'Which privileges should the key have?';
const PRIVILEGES = 'What should this key be allowed';
const HOME = 'Which profile do you want to use?';
const PASSPHRASE = 'correct horse battery staple';

/** From the first start to the review, through every step. */
const FIRST_KEY: readonly Stop[] = [
  stop('list', 'region', 'Which region is your account in?', async () => {}),
  stop('nothing', 'help', 'esc close', (wizard) => wizard.type('?')),
  stop('list', 'quit', 'Quit now?', async (wizard) => {
    await wizard.type('x');
    await wizard.see('esc quit');
    await wizard.press('esc');
  }),
  stop('field', 'address', 'What is the URL', async (wizard) => {
    await back(wizard, 'Which region is your account in?');
    await wizard.chooseByPrefix('Self-hosted server');
  }),
  stop('list', 'plain http', 'This URL uses http', (wizard) => wizard.fill('URL', 'http://video.example.com')),
  stop('list', 'sign-in', SIGN_IN, async (wizard, server) => {
    await wizard.chooseByPrefix('Enter another URL');
    await wizard.fill('URL', server);
  }),
  stop('list', 'version', 'Which key version?', (wizard) => wizard.chooseByPrefix('Account secret, used')),
  stop('field', 'credentials to sign with', CREDENTIALS, (wizard) => wizard.press('enter')),
  stop('field', 'credentials of an app token', 'Which app token do you want to use?', async (wizard) => {
    await back(wizard, 'Which key version', SIGN_IN);
    await wizard.chooseByPrefix('App token');
  }),
  stop('field', 'credentials of a login', 'What are your email address and password?', async (wizard) => {
    await back(wizard, SIGN_IN);
    await wizard.chooseByPrefix('Email and password');
  }),
  stop('field', 'credentials to send', CREDENTIALS, async (wizard) => {
    await back(wizard, SIGN_IN);
    await wizard.chooseByPrefix('Account secret, sent');
  }),
  stop('list', 'purpose', 'What is the key for?', async (wizard) => {
    await wizard.fillDespiteWarning('Partner ID', '123456700', 'This looks like a Sub Partner ID');
    await wizard.fillDespiteWarning('Secret', 'too short', 'The account secret has 9 characters');
  }),
  stop('list', 'use case', 'Play: which use case?', (wizard) => wizard.chooseByPrefix('Play')),
  stop('field', 'values of a use case', 'Play one protected entry on a page', (wizard) =>
    wizard.chooseByPrefix('Play one'),
  ),
  stop('list', 'holder', 'Who will use this key?', async (wizard) => {
    await back(wizard, 'Play: which use case?', 'What is the key for?');
    await wizard.chooseByPrefix('Something else');
  }),
  stop('list', 'type', 'Who I will', (wizard) => wizard.chooseByPrefix('I will')),
  stop('list', 'ADMIN', 'Create a USER key instead', (wizard) => wizard.chooseByPrefix('ADMIN')),
  stop('field', 'user', 'Which user is the key for, and how long is it valid?', (wizard) =>
    wizard.chooseByPrefix('Create a USER'),
  ),
  stop('list', 'lifetime', 'until', (wizard) => wizard.fill('User ID', 'someone@example.com')),
  stop('field', 'another lifetime', 'Lifetime Another…', (wizard) => wizard.chooseByPrefix('Another')),
  stop('list', 'privileges', PRIVILEGES, (wizard) => wizard.fill('How long', '7d')),
  stop('field', 'entries of a task', 'Entry IDs', (wizard) => wizard.chooseByPrefix('Play chosen entries')),
  stop('list', 'catalogue', CATALOGUE, async (wizard) => {
    await wizard.press('shift+tab');
    await wizard.chooseByPrefix('Choose privileges one by one');
  }),
  stop('list', 'search', '/view', (wizard) => wizard.type('/view')),
  stop('field', 'value', 'What value should the privilege “sview” have?', async (wizard) => {
    await wizard.press('esc');
    await wizard.see('esc back');
    await wizard.press('home');
    await wizard.waitFor((rows) => markedRow(rows)?.includes('sview') === true);
    await wizard.type(' ');
  }),
  stop('field', 'privileges as text', 'Type the privileges', async (wizard) => {
    await wizard.fill('Entry ID', '0_abc12345');
    await wizard.see(CATALOGUE);
    await back(wizard, PRIVILEGES);
    await wizard.chooseByPrefix('Type the privileges myself');
  }),
  stop('nothing', 'review', 'Ready to create this key', (wizard) => wizard.fill('Privileges', 'sview:0_abc12345')),
  stop('field', 'review with a danger', '“everything”', async (wizard) => {
    await wizard.type('6');
    await wizard.see(PRIVILEGES);
    await wizard.chooseByPrefix('See everything');
  }),
];

/** From the profiles to keys, failures and a new profile. */
const WITH_PROFILES: readonly Stop[] = [
  stop('list', 'home', HOME, async () => {}),
  stop('list', 'search among profiles', '1 found', (wizard) => wizard.type('/gam')),
  stop('field', 'rename', 'What is the new name?', async (wizard) => {
    await wizard.press('esc');
    await wizard.see('/ search');
    await wizard.type('r');
  }),
  stop('list', 'delete', 'Delete the profile', async (wizard) => {
    await back(wizard, HOME);
    await wizard.type('d');
  }),
  stop('list', 'saved key', 'This profile has a valid key', async (wizard) => {
    await back(wizard, HOME);
    await wizard.chooseByPrefix('beta');
  }),
  stop('nothing', 'printed saved key', '✔ Session key ', (wizard) => wizard.chooseByPrefix('Print the saved key')),
  stop('field', 'missing answer', 'One answer is missing', async (wizard) => {
    await back(wizard, HOME);
    await wizard.chooseByPrefix('gamma');
  }),
  stop('field', 'one-time code', 'Your account requires', (wizard) =>
    wizard.fill('Password', PRACTICE_CREDENTIALS.password),
  ),
  stop('nothing', 'result', '✔ Session key ', (wizard) => wizard.fill('Code', currentCode(Date.now()))),
  stop('field', 'name to save under', 'What is the name of the profile?', (wizard) => wizard.type('s')),
  stop('list', 'what to save', 'Don’t save the key', (wizard) => wizard.fill('Name', 'delta')),
  stop('list', 'secret source', 'Enter it each time', (wizard) => wizard.chooseByPrefix('Don’t save the key')),
  stop('field', 'passphrase of a new file', 'Passphrase again', (wizard) =>
    wizard.chooseByPrefix('In an encrypted file'),
  ),
  stop('nothing', 'saved', '✔ Saved “delta”', async (wizard) => {
    await wizard.fill('Passphrase', PASSPHRASE);
    await wizard.fill('Passphrase again', PASSPHRASE);
  }),
  stop('field', 'passphrase of a file', 'The secret is in an encrypted file', async (wizard) => {
    await wizard.type('n');
    await wizard.see(HOME);
    await wizard.chooseByPrefix('delta');
  }),
  stop('list', 'failure', 'Enter the secret again', async (wizard) => {
    await back(wizard, HOME);
    await wizard.chooseByPrefix('alpha');
    await wizard.fill('Secret', 'f'.repeat(32));
  }),
  stop('nothing', 'server answer', 'The server’s answer', (wizard) => wizard.chooseByPrefix('Show the server')),
  stop('nothing', 'pending request', 'Waiting for', async (wizard) => {
    await back(wizard, 'Enter the secret again');
    await wizard.chooseByPrefix('Enter the secret again');
    await wizard.fill('Secret', UNANSWERED_SECRET);
    await wizard.see('Ready to create this key');
    await wizard.press('enter');
  }),
];

export const TOURS = { 'the first key': FIRST_KEY, 'saved profiles': WITH_PROFILES } as const;
export type TourName = keyof typeof TOURS;

/** Starts the program for this tour. */
export async function startTour(tour: TourName, options: TerminalOptions = {}) {
  const { url } = await openPracticeServer();
  const env = tour === 'the first key' ? {} : { XDG_CONFIG_HOME: await saveProfiles(...profilesFor(url)) };
  const wizard = await openWizard({ ...options, env: { ...env, ...options.env } });
  return {
    wizard,
    /** Goes to that stop, and calls `visit` at each stop on the way. */
    goTo: async (last: Stop | undefined, visit: (at: Stop) => void | Promise<void> = () => {}) => {
      for (const at of TOURS[tour]) {
        await at.go(wizard, url);
        await wizard.see(at.shows);
        if (at.focus === 'list') await wizard.waitFor((rows) => markedRow(rows) !== undefined);
        if (at.focus === 'field') await wizard.waitFor(() => wizard.cursor.visible);
        await visit(at);
        if (at === last) return;
      }
    },
  };
}
