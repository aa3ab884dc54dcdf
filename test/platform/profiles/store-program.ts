import { createProfileStore } from '../../../source/platform/profiles/profile-store.js';
import { ProfileStoreError } from '../../../source/profiles/store.js';
import { ksWith, NOW, sampleProfile, savedKeyWith } from '../../profiles/sample-profile.js';

// A program for the tests with several processes. It prints a line after each save.
const [configFolder = '', task, label = '', count = '0'] = process.argv.slice(2);
const store = createProfileStore({ configFolder, now: () => NOW * 1000 });
const say = (line: string) => process.stdout.write(`${line}\n`);

const saveOne = async (name: string, privileges: string, replace: boolean) => {
  const ks = ksWith(privileges.replaceAll(/[^a-z0-9]/g, '').slice(0, 5000));
  await store.save(sampleProfile({ name, privileges, savedKey: savedKeyWith(ks, NOW + 60) }), { replace });
  say(`${name} ${privileges.slice(0, 40)}`);
};

/** A long text of one letter, so that a mixture of two records is visible. */
const filler = (letter: string) => letter.repeat(200_000);

try {
  if (task === 'different') {
    for (let index = 0; index < Number(count); index += 1) await saveOne(`${label}-${index}`, label, false);
  }
  if (task === 'contend') {
    for (let index = 0; index < Number(count); index += 1) {
      await saveOne(`name-${index}`, label, false).catch((error: unknown) => {
        if (!(error instanceof ProfileStoreError && error.fault === 'exists')) throw error;
      });
    }
  }
  if (task === 'same') {
    for (let index = 0; index < Number(count); index += 1) await saveOne('shared', filler(label), true);
  }
  if (task === 'until-killed') {
    for (let index = 0; ; index += 1) {
      await saveOne(`${label}-${index}`, label, false);
      await saveOne('shared', `round:${label}-${index}`, true);
    }
  }
  if (task === 'large') await saveOne('shared', filler(label), true);
  if (task === 'load') say(JSON.stringify(await store.load()));
} catch (error) {
  say(JSON.stringify(error));
  say(error instanceof Error ? error.message : '');
  process.exitCode = 1;
}
