import { expect, test } from 'vitest';
import { addProfile } from '../../source/commands/profiles/add.js';
import { importProfiles } from '../../source/commands/profiles/import.js';
import type { CommandRun, Flags } from '../../source/commands/shared/command-call.js';
import { createReport } from '../../source/commands/shared/report.js';
import type { Runtime } from '../../source/operations/runtime.js';
import type { Profile } from '../../source/profiles/profile.js';
import { writeProfile } from '../../source/profiles/record.js';
import { type ProfileStore, ProfileStoreError } from '../../source/profiles/store.js';
import type { SecretKeeper } from '../../source/secrets/keeper.js';
import { SecretSourceError } from '../../source/secrets/source-error.js';
import { takeSecretVariables } from '../../source/secrets/variables.js';
import { collecting, fakeRuntime } from '../fake-runtime.js';
import { sampleProfile } from '../profiles/sample-profile.js';

const BEFORE = sampleProfile({ name: 'p', secretSource: { kind: 'keychain' } });
const NEW = { ...BEFORE, serviceUrl: 'https://kaltura.example', region: 'own' } as const;

/** Returns a runtime whose profile store and keychain record each change, and may fail. */
function setUp(failing: 'save' | 'remove' | null) {
  const done: string[] = [];
  const store: Partial<ProfileStore> = {
    fileOf: (name) => `/nowhere/${name}.json`,
    load: async () => ({ profiles: [BEFORE], troubles: [] }),
    save: async ({ secretSource }: Profile) => {
      if (failing === 'save') throw new ProfileStoreError('full', '/nowhere', 'The disk is full.');
      done.push(`save with ${secretSource.kind}`);
    },
    noteEntries: () => ({ add: () => {}, assertThere: () => {}, done: () => {} }),
    namedEntries: async () => new Set(),
    leftoverEntries: async () => [],
  };
  const keeper: Partial<SecretKeeper> = {
    check: async () => {},
    describe: () => 'the keychain',
    remove: async (_source, { what }) => {
      if (failing === 'remove') throw new SecretSourceError('locked', 'It is locked.', 'Unlock it.');
      done.push(`remove ${what}`);
      return true;
    },
    write: async (_source, { what, entry }) => void done.push(`write ${what} ${entry}`),
    newEntry: () => 'a-new-entry',
  };
  const { stream: stderr, text: output } = collecting(false);
  const runtime = fakeRuntime({
    stderr,
    env: {},
    secretVariables: takeSecretVariables({ KALTURA_SECRET: '0123456789abcdef0123456789abcdef' }),
    now: Date.now,
    openStore: async () => store as ProfileStore,
    openSecretKeeper: async () => keeper as SecretKeeper,
    readText: async () => ({
      ok: true,
      isOpenToOthers: false,
      text: JSON.stringify({ kalturaKsProfiles: 1, profiles: [writeProfile(NEW)] }),
    }),
  });
  return { runtime, done, output };
}

const runOf = (runtime: Runtime, command: string, names: readonly string[], flags: Flags): CommandRun => {
  return { command, names, flags, after: null, runtime, report: createReport(runtime.stderr, false) };
};
const importWithReplace = (runtime: Runtime) =>
  importProfiles(runOf(runtime, 'profiles import', ['f'], { replace: true }));
const addWithReplace = (runtime: Runtime) => {
  const flags = { replace: true, region: 'eu', partner: '5', store: 'keychain' };
  return addProfile(runOf(runtime, 'profiles add', ['p'], flags));
};

test('the old secret and key are deleted only after the new profile is saved', async () => {
  const imported = setUp(null);
  expect(await importWithReplace(imported.runtime)).toBe(0);
  expect(imported.done).toEqual(['save with ask', 'remove secret', 'remove key']);
  const added = setUp(null);
  expect(await addWithReplace(added.runtime)).toBe(0);
  expect(added.done).toEqual(['write secret a-new-entry', 'save with keychain', 'remove secret', 'remove key']);
});

test('the old secret and key stay if the new profile cannot be saved', async () => {
  const imported = setUp('save');
  expect(await importWithReplace(imported.runtime)).toBe(1);
  expect(imported.output()).toContain('”. The disk is full.');
  const added = setUp('save');
  await expect(addWithReplace(added.runtime)).rejects.toThrow('The disk is full.');
  // Only the new entry is removed again.
  expect([imported.done, added.done]).toEqual([[], ['write secret a-new-entry', 'remove secret']]);
});

test('the new profile is saved with a caution if the old secret cannot be deleted', async () => {
  const imported = setUp('remove');
  expect(await importWithReplace(imported.runtime)).toBe(0);
  const added = setUp('remove');
  expect(await addWithReplace(added.runtime)).toBe(0);
  for (const output of [imported.output(), added.output()]) {
    expect(output).toContain('caution: The old secret could not be deleted: It is locked.');
  }
});
