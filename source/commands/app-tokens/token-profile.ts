import { PRACTICE_CREDENTIALS } from '../../kaltura/accounts/practice-account.js';
import { HOSTED_REGION_IDS, type RegionId, regionLabel, serviceUrlOfRegion } from '../../kaltura/accounts/regions.js';
import type { MadeAppToken, NewAppToken } from '../../kaltura/app-tokens/manage.js';
import { TOKEN_RISK_IDS } from '../../kaltura/app-tokens/new-token.js';
import type { KeySpec } from '../../kaltura/sign-in/key-spec.js';
import { lowerFirst } from '../../messages/paragraph.js';
import type { Runtime } from '../../operations/runtime.js';
import { profileFor } from '../../profiles/profile-spec.js';
import { saveWithSecrets } from '../../profiles/save.js';
import { assertNameIsFree } from '../../profiles/store.js';
import { passphraseProblem } from '../../secrets/keeper.js';
import { isWritable, type SecretSource } from '../../secrets/source.js';
import { SECRET_VARIABLES } from '../../secrets/variables.js';
import { acceptedRiskIds } from '../answers/accepted-risks.js';
import { notStoredText } from '../secrets/not-stored.js';
import { createSourceAccess } from '../secrets/source-access.js';
import type { CommandRun, Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import { newName } from '../shared/find-profile.js';
import { argumentFor } from '../shared/shell-quoting.js';
import type { AppTokenAccess } from './key.js';

/** The profile to save for a new app token, and the source that stores the token’s value. */
export interface TokenProfileOptions {
  readonly name: string;
  readonly secretSource: SecretSource;
}

/**
 * Reads the flags; null if no profile should be saved.
 * @throws {UsageError}
 */
export function tokenProfileOptions(flags: Flags): TokenProfileOptions | null {
  const { store } = flags;
  const typed = flags['save-as'];
  if (store !== undefined && store !== 'keychain' && store !== 'file') {
    throw new UsageError('--store must be keychain or file.');
  }
  if (typeof typed !== 'string') {
    if (store !== undefined)
      throw new UsageError(
        '--store needs a profile for the stored value: name one with --save-as.',
        'conflicting-options',
      );
    return null;
  }
  return { name: newName(typed, '--save-as: '), secretSource: { kind: store ?? 'ask' } };
}

/** Reads the accepted risks of an app token and its keys. */
export const acceptedTokenRisks = (flags: Flags): readonly string[] => acceptedRiskIds(flags, TOKEN_RISK_IDS);

/**
 * Checks that the profile can be saved, before a token exists whose value could be lost. Names the secret source.
 * @throws {UsageError} if a passphrase is missing or too short
 * @throws {ProfileStoreError} if the name is taken
 * @throws {SecretSourceError} if the source can't be used here
 */
export async function prepareTokenProfile({ name, secretSource }: TokenProfileOptions, run: CommandRun): Promise<void> {
  const { runtime, report } = run;
  await assertNameIsFree(name, await runtime.openStore());
  if (!isWritable(secretSource)) return;
  createSourceAccess(run).assertPassphrase({ secretSource });
  const passphrase = runtime.secretVariables.get(SECRET_VARIABLES.passphrase);
  const weak = secretSource.kind === 'file' && passphrase !== undefined ? passphraseProblem(passphrase) : null;
  if (weak !== null) throw new UsageError(`${SECRET_VARIABLES.passphrase} is too short. ${weak}`);
  const keeper = await runtime.openSecretKeeper(report.say);
  await keeper.check(secretSource);
  const description = keeper.describe(secretSource, { profile: name, what: 'secret', entry: null });
  report.say(`The value is stored ${lowerFirst(description)}`);
}

type Labelled = Pick<AppTokenAccess, 'regionLabel'>;

export const isOfPractice = ({ regionLabel: label }: Labelled): boolean => label === regionLabel('practice');

/**
 * Checks that the token is not a practice token, which doesn't last.
 * @throws {UsageError} if it is
 */
export function assertNotPractice(server: Labelled, { name }: TokenProfileOptions, env: Runtime['env']): void {
  if (!isOfPractice(server)) return;
  throw new UsageError(
    `No app token was created and no profile saved: the practice server forgets its app tokens when it stops. Do one of these:
  · Remove --save-as.
  · Save a profile of the app token that practice always has:
    kaltura-ks profiles add ${argumentFor(name, env)} --region practice --method app-token --app-token-id ${PRACTICE_CREDENTIALS.tokenId}
  · Start kaltura-ks practice, and create the token with a profile of the URL that it prints (--url).`,
    'conflicting-options',
  );
}

/**
 * Saves the profile, with the token’s value at its source. The profile also requests what the token fixes, so that its keys match the
 * request.
 * @throws {ProfileStoreError}
 * @throws {SecretSourceError}
 */
export async function saveTokenProfile(
  options: TokenProfileOptions,
  { token, value }: MadeAppToken,
  { type, userId, privileges, duration }: NewAppToken,
  { serviceUrl, partnerId }: AppTokenAccess,
  run: CommandRun,
): Promise<void> {
  const { flags, runtime, report } = run;
  const spec: KeySpec = {
    region: regionAt(serviceUrl),
    serviceUrl,
    signIn: { method: 'app-token', partnerId, tokenId: token.id },
    type,
    userId,
    lifetime: duration,
    privileges,
    holder: 'server',
  };
  const store = await runtime.openStore();
  const savedAt = Math.floor(runtime.now() / 1000);
  const profile = profileFor(spec, { ...options, acceptedRisks: acceptedTokenRisks(flags), savedAt });
  const secrets = createSourceAccess(run);
  await saveWithSecrets({ profile, replace: false, secret: value }, { store, secrets });
  const { name } = options;
  report.say(`Saved “${name}” in ${store.fileOf(name)}. To create keys from the token: kaltura-ks token ${name}`);
  if (isWritable(options.secretSource)) return;
  report.say(
    notStoredText({ what: 'token value', provide: `Set ${SECRET_VARIABLES.token} for`, store: 'create the token' }),
  );
}

const regionAt = (serviceUrl: string): RegionId =>
  HOSTED_REGION_IDS.find((id) => serviceUrlOfRegion(id) === serviceUrl) ?? 'own';

/** Returns the flag that names a server: `--region eu`. */
export function serverFlag(serviceUrl: string): string {
  const region = regionAt(serviceUrl);
  return region === 'own' ? `--url ${serviceUrl}` : `--region ${region}`;
}
