import { HOSTED_REGIONS, type RegionId, regionLabel } from '../../kaltura/accounts/regions.js';
import type { MadeAppToken, NewAppToken } from '../../kaltura/app-tokens/manage.js';
import type { Runtime } from '../../operations/runtime.js';
import { cleanName, nameProblem } from '../../profiles/name.js';
import type { Profile } from '../../profiles/profile.js';
import { createSavedProfiles } from '../../profiles/saved-profiles.js';
import type { ProfileStore } from '../../profiles/store.js';
import { assertNameIsFree } from '../../profiles/store.js';
import { isWritable, type SecretSource } from '../../secrets/source.js';
import { SECRET_VARIABLES } from '../../secrets/variables.js';
import { initialState } from '../../wizard/engine/update.js';
import { changeForm, EMPTY_FORM, type FormState } from '../../wizard/form/form.js';
import { profileOf } from '../../wizard/form/profile.js';
import { passphraseProblem } from '../../wizard/form/secret-source.js';
import { withAccepted } from '../shared/check-draft.js';
import type { Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import { PRACTICE_ACCOUNT } from '../shared/practice-account.js';
import type { Report } from '../shared/report.js';
import { createSourceAccess } from '../shared/source-access.js';
import type { AppTokenAccess } from './key.js';

/** A profile that is to make keys from a new app token: where it goes, and where it keeps the token’s value. */
export interface TokenProfileOptions {
  readonly name: string;
  readonly secretPlace: SecretSource;
}

/** null where none is to be saved. @throws {UsageError} */
export function tokenProfileOptions(flags: Flags): TokenProfileOptions | null {
  const { store } = flags;
  const typed = flags['save-as'];
  if (store !== undefined && store !== 'keychain' && store !== 'file') {
    throw new UsageError('--store takes one of keychain, file.');
  }
  if (typeof typed !== 'string') {
    if (store !== undefined)
      throw new UsageError('--store needs a profile that leads to it: name one with --save-as.', 'conflicting-options');
    return null;
  }
  const name = cleanName(typed);
  const problem = nameProblem(name);
  if (problem !== null) throw new UsageError(`--save-as: ${problem}`);
  return { name, secretPlace: { kind: store ?? 'ask' } };
}

interface Deps {
  readonly flags: Flags;
  readonly runtime: Runtime;
  readonly report: Report;
}

/**
 * Makes sure that the profile can be saved before there is a token whose value could be lost; names the place.
 *
 * @throws {UsageError} where a passphrase is missing, or too short
 * @throws {ProfileStoreError} where the name is taken
 * @throws {SecretPlaceError} where the place does not work here
 */
export async function prepareTokenProfile(
  { name, secretPlace }: TokenProfileOptions,
  { flags, runtime, report }: Deps,
): Promise<void> {
  await assertNameIsFree(name, await runtime.openStore());
  if (!isWritable(secretPlace)) return;
  createSourceAccess(flags, runtime, report).assertPassphrase({ secretPlace });
  const passphrase = runtime.secretVariables.get(SECRET_VARIABLES.passphrase);
  const weak = secretPlace.kind === 'file' && passphrase !== undefined ? passphraseProblem(passphrase) : null;
  if (weak !== null) throw new UsageError(`${SECRET_VARIABLES.passphrase} is too short. ${weak}`);
  const keeper = await runtime.openSecretKeeper(report.say);
  await keeper.check(secretPlace);
  report.say(keeper.describe(secretPlace, { profile: name, what: 'secret', entry: null }));
}

export const isOfPractice = ({ regionLabel: label }: AppTokenAccess): boolean => label === regionLabel('practice');

/** @throws {UsageError} where the token is one of practice */
export function assertNotPractice(key: AppTokenAccess): void {
  if (!isOfPractice(key)) return;
  throw new UsageError(
    'practice forgets its app tokens when it ends, so none is saved. Leave out --save-as.',
    'conflicting-options',
  );
}

/**
 * Saves the profile, with the token’s value in its place.
 *
 * @throws {ProfileStoreError}
 * @throws {SecretPlaceError}
 */
export async function saveTokenProfile(
  { name, secretPlace }: TokenProfileOptions,
  made: MadeAppToken,
  wish: NewAppToken,
  key: AppTokenAccess,
  accepted: readonly string[],
  { flags, runtime, report }: Deps,
): Promise<void> {
  const store = await runtime.openStore();
  const draft = withAccepted(draftFor(made.token.id, wish, key), accepted);
  const profile: Profile = { ...profileFrom(draft, name, store, runtime), secretPlace };
  const secrets = createSourceAccess(flags, runtime, report);
  await createSavedProfiles({ store, secrets }).save({ profile, replace: false, secret: made.value });
  report.say(`saved “${name}” in ${store.fileOf(name)}: kaltura-ks token ${name} makes keys from the token.`);
}

function profileFrom(draft: FormState, name: string, store: ProfileStore, runtime: Runtime): Profile {
  const setting = { isCaptured: false, fileOf: store.fileOf, practiceAccount: PRACTICE_ACCOUNT };
  const state = initialState(setting, { profiles: [], troubles: [] }, runtime.now());
  return profileOf({ ...state, form: draft, newName: name });
}

/** What the token fixes is asked for as well: else its keys would come out other than asked. */
function draftFor(tokenId: string, wish: NewAppToken, { serviceUrl, partnerId }: AppTokenAccess): FormState {
  const { type, userId, privileges, duration } = wish;
  const region = regionAt(serviceUrl);
  return changeForm(EMPTY_FORM, {
    region,
    address: region === 'own' ? serviceUrl : '',
    method: 'app-token',
    partnerId: String(partnerId ?? ''),
    tokenId,
    holder: 'server',
    type,
    userId,
    lifetime: 'other',
    otherLifetime: `${duration}s`,
    task: privileges === '' ? 'nothing' : 'write',
    privileges,
  });
}

function regionAt(serviceUrl: string): RegionId {
  const hosted = Object.entries(HOSTED_REGIONS).find(([, { host }]) => serviceUrl === `https://${host}`);
  return (hosted?.[0] as RegionId | undefined) ?? 'own';
}
