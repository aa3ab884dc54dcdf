import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createProfileStore } from '../../../source/platform/profiles/profile-store.js';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import type { Profile } from '../../../source/profiles/profile.js';
import { sampleProfile } from '../../profiles/sample-profile.js';
import { SIZES } from '../../sizes.js';
import { answerToReview, createPracticeKey, keysIn, markedRow, QUESTIONS, toCredentials } from '../moves.js';
import { openServer } from '../test-servers.js';
import type { WizardOptions } from '../wizard-in-process.js';
import { openWizard, type Wizard } from '../wizard-in-process.js';

const HOME = 'Which profile do you want to use?';
const SAVE = 'What is the name of the profile?';

/** A home folder with these profiles, for several runs of the program. */
async function openHome(...saved: Profile[]) {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'kaltura-ks-home-')));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const store = createProfileStore({ configFolder: join(home, '.config', 'kaltura-ks'), now: Date.now });
  for (const profile of saved) await store.save(profile);
  const env = { HOME: home, XDG_CONFIG_HOME: join(home, '.config') };
  const clipboard = join(home, 'clipboard');
  return {
    store,
    clipboard: () => readFileSync(clipboard, 'utf8'),
    names: async () => (await store.load()).profiles.map(({ name }) => name),
    start: (options: WizardOptions = {}) => openWizard({ ...options, env: { ...env, ...options.env } }),
    /** On a desktop: with a clipboard tool. */
    startOnDesktop: () =>
      openWizard({
        env: { ...env, WAYLAND_DISPLAY: 'wayland-0' },
        tools: { 'wl-copy': `/bin/cat >"${clipboard}"` },
      }),
  };
}

const profile = (name: string, changes: Partial<Profile> = {}): Profile =>
  sampleProfile({
    name,
    partnerId: 2_345_678,
    holder: 'me',
    type: 'USER',
    userId: 'someone',
    lifetime: 3600,
    privileges: '',
    acceptedRisks: [],
    ...changes,
  });

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

async function saveAs(wizard: Wizard, name: string, keep: string): Promise<void> {
  await wizard.type('s');
  await wizard.see(SAVE);
  await wizard.fill('Name', name);
  await wizard.choose(SAVE, keep);
  await wizard.see(`✔ Saved “${name}”`);
}

describe('saving', () => {
  test('shows the file first, writes it with private permissions, and never writes the secret or, by default, the key', async () => {
    const { store, start, names } = await openHome();
    const wizard = await start();
    const ks = await createPracticeKey(wizard);
    await wizard.type('s');
    await wizard.see(SAVE);
    await wizard.atField('Name');
    await wizard.press('ctrl+u');
    await wizard.type('rehearsal');
    const file = store.fileOf('rehearsal');
    await wizard.see(`File: ${file}. Only your user account on this computer can read it.`);
    await wizard.press('enter');
    await wizard.see('❯ Don’t save the key');
    expect(existsSync(store.folder)).toBe(false);
    await wizard.press('enter');
    await wizard.see(`✔ Saved “rehearsal” in ${file}.`);

    expect(await names()).toEqual(['rehearsal']);
    expect([modeOf(file), modeOf(store.folder), modeOf(join(store.folder, '..'))]).toEqual(['600', '700', '700']);
    const written = readFileSync(file, 'utf8');
    expect(written).not.toContain(PRACTICE_CREDENTIALS.adminSecret);
    expect(written).not.toContain(ks);
  });

  test('with the key: at the next start, two Enter presses copy it', async () => {
    const { startOnDesktop, start, clipboard, store } = await openHome();
    const first = await start();
    const ks = await createPracticeKey(first);
    await saveAs(first, 'rehearsal', 'Save the key too, until it expires');
    await first.type('q');
    expect(await first.exit).toBe('done');
    expect(readFileSync(store.fileOf('rehearsal'), 'utf8')).toContain(ks);

    const next = await startOnDesktop();
    await next.see('1 profile', /^❯ rehearsal +practice +partner 1234567 +USER +\d+ .*left/m);
    await next.press('enter');
    await next.see('This profile has a valid key', '❯ Copy the saved key (');
    await next.press('enter');
    await next.see('✔ Copied (wl-copy).');
    expect(clipboard()).toBe(ks);
    // Copied, and not printed until v is pressed.
    expect(keysIn(next.scrollback())).toEqual([]);
    await next.type('v');
    await next.see('✔ Session key ');
    expect(next.key()).toBe(ks);
  });

  test('under the name of another profile asks whether to replace it', async () => {
    const { start, store, names } = await openHome(profile('Staging'));
    const wizard = await start();
    await wizard.choose(HOME, 'Create a new key…');
    await createPracticeKey(wizard);
    await wizard.type('s');
    await wizard.fill('Name', 'staging');
    await wizard.choose(SAVE, 'Use another name');
    await wizard.pressEnterIn('Name');
    expect((await store.load()).profiles[0]?.region).toBe('eu');
    await wizard.choose(SAVE, 'Replace the profile “staging”');
    await wizard.choose(SAVE, 'Don’t save the key');
    await wizard.see('✔ Saved “staging”');
    expect(await names()).toEqual(['staging']);
    expect((await store.load()).profiles[0]?.region).toBe('practice');
  });
});

describe('using a profile', () => {
  test('needs three key presses and the secret from the start to a copied key', async () => {
    const server = await openServer();
    const own = { region: 'own', serviceUrl: server.url, partnerId: PRACTICE_CREDENTIALS.partnerId } as const;
    const { startOnDesktop, clipboard } = await openHome(profile('production', own));
    const wizard = await startOnDesktop();
    await wizard.see('❯ production');
    await wizard.press('enter');
    await wizard.see('profile production', 'A USER key for partner 1234567', '1 hour');
    await wizard.atField('Secret');
    expect(wizard.frame()).not.toContain('Partner ID ');
    await wizard.type(PRACTICE_CREDENTIALS.adminSecret);
    await wizard.press('enter');
    await wizard.see('USER key, partner 1234567, user someone');
    await wizard.type('c');
    await wizard.see('✔ Copied (wl-copy).');
    expect(clipboard()).toBe(wizard.key());
    expect(await server.call('baseEntry.count', clipboard())).toEqual(expect.any(Number));
  });

  test('asks again only about dangers that the user has not accepted before', async () => {
    const { start, store } = await openHome();
    const first = await start();
    await toCredentials(first, 'server');
    await first.pressEnterIn('Partner ID');
    await answerToReview(first, { type: 'ADMIN', task: 'See everything, hidden or not' });
    await first.fill('Confirm', 'admin');
    await first.see('✔ Session key ');
    await saveAs(first, 'everything', 'Don’t save the key');
    await first.type('q');
    await first.exit;

    const second = await start();
    await second.see('❯ everything');
    await second.press('enter');
    await second.pressEnterIn('Secret');
    await second.see('ADMIN key, partner 1234567, no user, privileges disableentitlement');
    await second.type('q');
    await second.exit;

    const [saved] = (await store.load()).profiles;
    if (saved === undefined) throw new Error('nothing was saved');
    await store.save({ ...saved, lifetime: 7 * 86_400 }, { replace: true });
    const third = await start();
    await third.see('❯ everything');
    await third.press('enter');
    await third.see(QUESTIONS.review, 'danger: this ADMIN key is valid for over 24 hours');
    await third.atField('Confirm');
    await third.press('enter');
    await third.see('Type the word “admin” to create this key.');
  });
});

describe('managing profiles', () => {
  test('renames a profile', async () => {
    const { start, names } = await openHome(profile('alpha'), profile('beta'));
    const wizard = await start();
    await wizard.see(HOME);
    await wizard.mark('beta');
    await wizard.type('r');
    await wizard.fill('Name', 'Alpha');
    await wizard.see('Another profile has this name.');
    await wizard.fill('Name', 'omega');
    await wizard.see('✔ Renamed to “omega”.', '❯ omega');
    expect(await names()).toEqual(['alpha', 'omega']);
  });

  test('asks before it deletes a profile, and “Keep it” is the first option', async () => {
    const { start, names } = await openHome(profile('alpha'), profile('beta'));
    const wizard = await start();
    await wizard.see(HOME);
    await wizard.mark('beta');
    await wizard.type('d');
    await wizard.choose('Delete the profile “beta”?', 'Keep it');
    await wizard.see(HOME, '❯ beta');
    expect(await names()).toEqual(['alpha', 'beta']);
    await wizard.type('d');
    await wizard.choose('Delete the profile “beta”?', 'Delete it');
    await wizard.see('✔ Deleted “beta”.', '1 profile');
    expect(await names()).toEqual(['alpha']);
  });

  test('edits and saves a profile without its key and its secret', async () => {
    const { start, store } = await openHome(profile('alpha'), profile('beta'));
    const wizard = await start();
    await wizard.see(HOME);
    await wizard.mark('beta');
    await wizard.type('e');
    await wizard.see('The secret is missing', /^5 User .* 1 hour/m);
    await wizard.type('5');
    await wizard.fill('User ID', 'another');
    await wizard.choose(QUESTIONS.user, '8 hours');
    await wizard.see(/^5 User +another, valid for 8 hours/m);
    await wizard.press('ctrl+s');
    await wizard.pressEnterIn('Name');
    await wizard.see('❯ Enter it each time');
    await wizard.press('enter');
    await wizard.see('✔ Saved “beta”');
    await wizard.see(HOME, '❯ beta', '2 profiles');
    const { profiles } = await store.load();
    expect(profiles.map(({ name, userId, lifetime }) => [name, userId, lifetime])).toEqual([
      ['alpha', 'someone', 3600],
      ['beta', 'another', 28_800],
    ]);
  });

  test(`finds one of ${SIZES.manyProfiles} profiles by its name or its partner ID`, async () => {
    const many = Array.from({ length: SIZES.manyProfiles }, (_, index) =>
      profile(`customer ${String(index).padStart(3, '0')}`, { partnerId: 1_000_000 + index }),
    );
    const { start } = await openHome(...many);
    const wizard = await start();
    await wizard.see(`${SIZES.manyProfiles} profiles`, '❯ customer 000');
    for (const query of ['customer 121', '1000121']) {
      await wizard.type('/');
      await wizard.see('esc end search');
      await wizard.type(query);
      await wizard.waitFor((rows) => rows.filter((row) => row.includes('partner 1')).length === 1);
      expect(markedRow(wizard.screen())).toMatch(/customer 121 .*partner 1000121/);
      await wizard.press('enter');
      await wizard.see('profile customer 121', 'A USER key for partner 1000121');
      await wizard.back(HOME);
      expect(markedRow(wizard.screen())).toContain('customer 121');
    }
  });

  test('quarantines a damaged file with a message, and keeps the other profiles', async () => {
    const { start, store } = await openHome(profile('alpha'), profile('beta'));
    const broken = '{ "name": "gamma", ';
    mkdirSync(store.folder, { recursive: true });
    writeFileSync(join(store.folder, 'gamma.json'), broken, { mode: 0o600 });
    const wizard = await start();
    await wizard.see('2 profiles', '❯ alpha', '  beta');
    const aside = join(store.folder, 'damaged');
    await wizard.see(`A profile is damaged and was quarantined: ${aside}/gamma.`);
    const moved = readdirSync(aside);
    expect(moved).toHaveLength(1);
    expect(readFileSync(join(aside, moved[0] ?? ''), 'utf8')).toBe(broken);
    expect(existsSync(join(store.folder, 'gamma.json'))).toBe(false);
    expect((await store.load()).profiles).toEqual([profile('alpha'), profile('beta')]);
  });
});
