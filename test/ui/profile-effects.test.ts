import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { openEnvFiles } from '../../source/platform/env-files/env-files.js';
import { type EnvAccount, envAccountIn } from '../../source/profiles/env-account.js';
import type { Profile } from '../../source/profiles/profile.js';
import { answerTo } from '../../source/ui/ask.js';
import type { WizardServices } from '../../source/ui/effects.js';
import { createProfileEffects } from '../../source/ui/profile-effects.js';
import type { WizardEvent } from '../../source/wizard/engine/event.js';
import { tempStore } from '../platform/profiles/temp-store.js';
import { memoryKeeper } from '../profiles/memory-storage.js';
import { sampleProfile } from '../profiles/sample-profile.js';

const secretOf = (text: string | null): Secret | null => (text === null ? null : new Secret(text));

function setUp() {
  const { store } = tempStore();
  const { entries, keeper } = memoryKeeper();
  const parts = { openSecretKeeper: async () => keeper, openEnvFiles: async () => openEnvFiles({}) };
  const profiles = createProfileEffects(parts, store);
  const eventAfter = async (run: (dispatch: (event: WizardEvent) => void) => Promise<void>): Promise<WizardEvent> => {
    const events: WizardEvent[] = [];
    await run((event) => events.push(event));
    expect(events).toHaveLength(1);
    return events[0] as WizardEvent;
  };
  const save = (
    profile: Profile,
    secret: string | null,
    passphrase: string | null,
    isReplacing = false,
    moveFrom: EnvAccount | null = null,
  ) =>
    eventAfter((dispatch) =>
      profiles.save(
        {
          do: 'save-profile',
          profile,
          isReplacing,
          secret: secretOf(secret),
          passphrase: secretOf(passphrase),
          moveFrom,
          backTo: 'home',
        },
        dispatch,
      ),
    );
  const remove = (name: string) => eventAfter((dispatch) => profiles.remove({ do: 'remove-profile', name }, dispatch));
  const readSecret = async (name: string) =>
    answerTo(
      { ask: 'secret-of', profile: name, passphrase: null },
      {
        services: { store } as WizardServices,
        profiles,
        handle: unexpectedCommand,
        signal: new AbortController().signal,
      },
    );
  return { entries, keeper, save, remove, readSecret };
}

const unexpectedCommand = (): never => {
  throw new Error('These tests run no commands.');
};

const WITH_SECRET_FILE = sampleProfile({ name: 'prod', secretSource: { kind: 'file' } });

test('a saved secret stays if it is not entered again, except for another account', async () => {
  const { entries, save } = setUp();
  await save(WITH_SECRET_FILE, 'secret', 'a phrase of some length');
  await save({ ...WITH_SECRET_FILE, privileges: 'sview:*' }, null, null, true);
  expect([...entries.values()]).toEqual(['secret']);
  await save({ ...WITH_SECRET_FILE, partnerId: 7654321 }, null, null, true);
  expect([...entries]).toEqual([]);
});

test('an encrypted file needs a passphrase', async () => {
  const { entries, save } = setUp();
  const event = await save(WITH_SECRET_FILE, 'secret', null);
  expect(event).toMatchObject({ type: 'profiles-failed', reason: expect.stringContaining('No passphrase') });
  expect([...entries]).toEqual([]);
});

test('reads the secret of a profile by its name until the profile is deleted', async () => {
  const { save, remove, readSecret } = setUp();
  await save(WITH_SECRET_FILE, 'secret', 'a phrase of some length');
  const answer = await readSecret('PROD');
  expect(answer.is instanceof Secret && answer.is.reveal()).toBe('secret');
  expect(await remove('prod')).toMatchObject({ type: 'profiles', notice: '✔ Deleted “prod”.', profiles: [] });
  await expect(readSecret('prod')).rejects.toThrow('The profile “prod” no longer exists.');
});

describe('moving a secret out of an .env file', () => {
  const SECRET = 'feed0123feed0123feed0123feed9876';

  async function envFile(): Promise<{ readonly path: string; readonly account: EnvAccount }> {
    const folder = await mkdtemp(join(tmpdir(), 'move-secret-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, '.env');
    const text = `KALTURA_PARTNER_ID=2345678\nKALTURA_ADMIN_SECRET=${SECRET}\n`;
    await writeFile(path, text);
    const account = envAccountIn(text, path);
    if (account === null) throw new Error('no account');
    return { path, account };
  }
  const hasSecret = async (path: string) => (await readFile(path, 'utf8')).includes(SECRET);

  test('stores it, reads it back, and then removes its line', async () => {
    const { path, account } = await envFile();
    const { entries, save } = setUp();
    const event = await save(WITH_SECRET_FILE, SECRET, 'a phrase of some length', false, account);
    expect(event).toMatchObject({ type: 'profiles', isSecretMoved: true });
    expect(event).toMatchObject({ notice: expect.stringContaining(`Removed the secret from ${path}.`) });
    expect([...entries.values()]).toEqual([SECRET]);
    expect(await readFile(path, 'utf8')).toBe('KALTURA_PARTNER_ID=2345678\n');
  });

  test('does not change the file if the secret cannot be stored', async () => {
    const { path, account } = await envFile();
    const { save } = setUp();
    expect(await save(WITH_SECRET_FILE, SECRET, null, false, account)).toMatchObject({ type: 'profiles-failed' });
    expect(await hasSecret(path)).toBe(true);
  });

  test('does not change the file if the stored secret cannot be read back', async () => {
    const { path, account } = await envFile();
    const { keeper, save } = setUp();
    keeper.read = async () => new Secret('damaged');
    const event = await save(WITH_SECRET_FILE, SECRET, 'a phrase of some length', false, account);
    expect(event).toMatchObject({ isSecretMoved: false, notice: expect.stringContaining('could not be read back') });
    expect(await hasSecret(path)).toBe(true);
  });

  test('keeps the profile and says why if the file has changed', async () => {
    const { path, account } = await envFile();
    const { entries, save } = setUp();
    await writeFile(path, `KALTURA_ADMIN_SECRET=${SECRET}\n`);
    const event = await save(WITH_SECRET_FILE, SECRET, 'a phrase of some length', false, account);
    expect(event).toMatchObject({ isSecretMoved: false, notice: expect.stringContaining('it has changed') });
    expect([...entries.values()]).toEqual([SECRET]);
    expect(await hasSecret(path)).toBe(true);
  });
});
