import { removeWithSecrets, renameWithSecrets } from '../../profiles/change-profile.js';
import { shownName } from '../../profiles/name.js';
import { requireYes } from '../secrets/hidden-prompt.js';
import { createSourceAccess } from '../secrets/source-access.js';
import type { CommandRun } from '../shared/command-call.js';
import { EXIT } from '../shared/exit-codes.js';
import { findSavedProfile, newName, reportNameWarnings } from '../shared/find-profile.js';

export async function renameProfile(run: CommandRun): Promise<number> {
  const { names, runtime, report } = run;
  const [from = '', to = ''] = names;
  const name = newName(to);
  const store = await runtime.openStore();
  const { profile } = await findSavedProfile(from, store, report);
  await reportNameWarnings(name, profile.name, store, report);
  const secrets = createSourceAccess(run);
  await renameWithSecrets(profile.name, name, { store, secrets });
  report.say(`“${shownName(profile.name)}” is now “${name}”.`);
  return EXIT.ok;
}

/** Deletes a profile with its stored secret and its saved key. Asks first. */
export async function removeProfile(run: CommandRun): Promise<number> {
  const { names, runtime, report } = run;
  const store = await runtime.openStore();
  const { profile } = await findSavedProfile(names[0] ?? '', store, report);
  const name = shownName(profile.name);
  const savedKey = profile.savedKey === null ? [] : ['its saved key'];
  const secret = profile.secretSource.kind === 'keychain' || profile.secretSource.kind === 'file' ? ['its secret'] : [];
  const question = `Delete “${[`${name}”`, ...secret, ...savedKey].join(' and ')}?`;
  await requireYes(question, `“${name}” was not deleted`, run);
  const secrets = createSourceAccess(run);
  const hadSecret = await removeWithSecrets(profile.name, { store, secrets });
  const also = [...(hadSecret ? ['its secret'] : []), ...savedKey];
  report.say(`Deleted “${name}”${also.map((what) => ` and ${what}`).join('')}.`);
  return EXIT.ok;
}
