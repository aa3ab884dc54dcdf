import { shownName } from '../../profiles/name.js';
import type { CommandRun } from '../shared/command-call.js';
import { EXIT, UsageError } from '../shared/exit-codes.js';
import { findProfile } from '../shared/find-profile.js';

/** Sets, unsets or prints the default profile. */
export async function defaultProfile({ names, flags, runtime, report }: CommandRun): Promise<number> {
  const store = await runtime.openStore();
  const [name] = names;
  if (flags['none'] === true) {
    if (name !== undefined) throw new UsageError('--none takes no profile name.', 'conflicting-options');
    await store.setDefault(null);
    report.say('There is no default profile now.');
    return EXIT.ok;
  }
  if (name !== undefined) {
    const profile = await findProfile(name, store, report);
    await store.setDefault(profile.name);
    report.say(`“${shownName(profile.name)}” is the default profile now.`);
    return EXIT.ok;
  }
  const present = await store.defaultName();
  if (present === null) report.say('There is no default profile. To set one: kaltura-ks profiles default <name>');
  else runtime.stdout.write(`${present}\n`);
  return EXIT.ok;
}
