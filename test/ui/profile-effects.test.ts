import { expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { Profile } from '../../source/profiles/profile.js';
import { answerTo } from '../../source/ui/ask.js';
import type { WizardServices } from '../../source/ui/effects.js';
import { createProfileEffects } from '../../source/ui/profile-effects.js';
import type { WizardEvent } from '../../source/wizard/engine/event.js';
import { tempStore } from '../platform/profiles/temp-store.js';
import { memoryKeeper } from '../profiles/memory-world.js';
import { sampleProfile } from '../profiles/sample-profile.js';

const secretOf = (text: string | null): Secret | null => (text === null ? null : new Secret(text));

function setUp() {
  const { store } = tempStore();
  const { entries, keeper } = memoryKeeper();
  const profiles = createProfileEffects({ openSecretKeeper: async () => keeper }, store);
  const eventAfter = async (run: (dispatch: (event: WizardEvent) => void) => Promise<void>): Promise<WizardEvent> => {
    const events: WizardEvent[] = [];
    await run((event) => events.push(event));
    expect(events).toHaveLength(1);
    return events[0] as WizardEvent;
  };
  const save = (profile: Profile, secret: string | null, passphrase: string | null, isReplacing = false) =>
    eventAfter((dispatch) =>
      profiles.save(
        {
          do: 'save-profile',
          profile,
          isReplacing,
          secret: secretOf(secret),
          passphrase: secretOf(passphrase),
          backTo: 'home',
        },
        dispatch,
      ),
    );
  const remove = (name: string) => eventAfter((dispatch) => profiles.remove({ do: 'remove-profile', name }, dispatch));
  const readSecret = async (name: string) =>
    answerTo(
      { ask: 'secret-of', profile: name, passphrase: null },
      { services: { store } as WizardServices, profiles, handle: noTerminal, signal: new AbortController().signal },
    );
  return { entries, save, remove, readSecret };
}

const noTerminal = (): never => {
  throw new Error('No command gets the terminal here.');
};

const KEPT = sampleProfile({ name: 'prod', secretPlace: { kind: 'file' } });

test('a secret that was not typed again stays where it is, but not for another account', async () => {
  const { entries, save } = setUp();
  await save(KEPT, 'secret', 'a phrase of some length');
  await save({ ...KEPT, privileges: 'sview:*' }, null, null, true);
  expect([...entries.values()]).toEqual(['secret']);
  await save({ ...KEPT, partnerId: 7654321 }, null, null, true);
  expect([...entries]).toEqual([]);
});

test('an encrypted file needs the passphrase that was typed', async () => {
  const { entries, save } = setUp();
  const event = await save(KEPT, 'secret', null);
  expect(event).toMatchObject({ type: 'profiles-failed', reason: expect.stringContaining('No passphrase') });
  expect([...entries]).toEqual([]);
});

test('the secret of a profile is read under its name, while there is such a profile', async () => {
  const { save, remove, readSecret } = setUp();
  await save(KEPT, 'secret', 'a phrase of some length');
  const answer = await readSecret('PROD');
  expect(answer.is instanceof Secret && answer.is.reveal()).toBe('secret');
  expect(await remove('prod')).toMatchObject({ type: 'profiles', notice: '✔ Deleted “prod”.', profiles: [] });
  await expect(readSecret('prod')).rejects.toThrow('The profile “prod” no longer exists.');
});
