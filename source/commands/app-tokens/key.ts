import { isPracticeAccount } from '../../kaltura/accounts/practice-account.js';
import { regionLabel } from '../../kaltura/accounts/regions.js';
import type { Http } from '../../kaltura/api/http.js';
import type { UseContext } from '../../kaltura/diagnosis/diagnose.js';
import { tryPeekKs } from '../../kaltura/ks/peek.js';
import { privilegePairs } from '../../kaltura/privileges/privileges.js';
import type { Secret } from '../../kaltura/secret.js';
import type { KeyFacts } from '../../kaltura/sign-in/key-request.js';
import { KEY_VARIABLE } from '../../secrets/variables.js';
import { PROFILE_VARIABLE } from '../answers/answer-flags.js';
import { timeoutOf } from '../answers/duration-flags.js';
import { type GivenKey, withGivenKey } from '../keys/given-key.js';
import { namedServer, openKeyServer, refuseServerFlags } from '../keys/key-server.js';
import { savedKeyOf } from '../keys/saved-key.js';
import { withShortAdminKey } from '../keys/short-admin-key.js';
import { createSourceAccess } from '../secrets/source-access.js';
import { type CommandRun, hasKeyFlag, hasSecretFlag } from '../shared/command-call.js';
import { findProfile } from '../shared/find-profile.js';

/** A key that can manage app tokens, and its server. */
export interface AppTokenAccess {
  readonly ks: Secret;
  readonly serviceUrl: string;
  readonly regionLabel: string;
  readonly isJoinedPractice: boolean;
  /** null if nothing names the account. */
  readonly partnerId: number | null;
  readonly http: Http;
  readonly contextOf: (action: string) => UseContext;
}

/** The ADMIN key of an account in variables or of practice. The flags of the same names are about the app token. */
const newKeyOf = (account: string) => ({
  setBy: { command: 'app-tokens', answers: { type: 'admin', expiry: '5m', user: '', privilege: '' } },
  note: `Created an ADMIN key for five minutes with the ${account}.`,
});

/** Seconds of validity that a saved key needs to be used. */
const ENOUGH = 60;

/**
 * Finds a key to manage app tokens: a given key (`--ks-stdin`, `--ks-file`, KALTURA_KS), else the profile's saved ADMIN key, else a new
 * five-minute key that is revoked afterwards, else a five-minute key of the account in variables or of practice.
 * @param assertServer called with the server before a key is created, to refuse it
 * @throws {UsageError}
 * @throws {CommandError} if the profile creates no ADMIN keys
 * @throws {MakeKeyError}
 */
export async function withAppTokenAccess<T>(
  run: CommandRun,
  work: (key: AppTokenAccess) => Promise<T>,
  assertServer: (server: Pick<AppTokenAccess, 'regionLabel'>) => void = () => {},
): Promise<T> {
  const { flags, runtime, report } = run;
  const http = runtime.httpWithin(timeoutOf(flags));
  const name = profileNamed(run);
  if (name === null) {
    // The server is known before a key is created.
    const server = namedServer(flags, null, runtime.env);
    const isPracticeAccount = server?.region === 'practice';
    if (isPracticeAccount) assertServer({ regionLabel: regionLabel('practice') });
    const newKey = newKeyOf(isPracticeAccount ? 'practice account' : 'account in variables or in the .env file');
    return withGivenKey(
      { ...run, names: [] },
      { mayMake: true, needsAdmin: true, isPracticeAccount, newKey },
      async (key) => {
        assertServer(key);
        if (key.facts?.type === 'USER') {
          report.say(
            'caution: this is a USER key. Only ADMIN keys, or keys whose role allows it, can manage app tokens.',
          );
        }
        return work(tokensKey(key.ks, key.facts, key, http));
      },
    );
  }
  refuseServerFlags(flags);
  const profile = await findProfile(name, await runtime.openStore(), report);
  // Any program on this computer may see the saved key and the public secret of the practice account. A given secret could be a real one.
  const mayJoinPractice = isPracticeAccount(profile.partnerId) && !hasSecretFlag(flags);
  const server = await openKeyServer({ profile, partnerId: profile.partnerId, mayJoinPractice }, run);
  try {
    assertServer(server);
    const access = createSourceAccess(run);
    const facts = profile.savedKey?.facts ?? null;
    const saved = isFreeAdmin(facts) ? await savedKeyOf(profile, ENOUGH, access, run) : null;
    if (saved !== null) return await work(tokensKey(saved.ks, saved.facts, server, http));
    const { serviceUrl, practiceUrl } = server;
    const deps = { ...run, http, access, serviceUrl, practiceUrl };
    return await withShortAdminKey(profile, deps, ({ ks, facts }) => work(tokensKey(ks, facts, server, http)));
  } finally {
    await server.close();
  }
}

/** Privileges that can prevent an ADMIN key from managing app tokens; a new key has none of them. */
const LIMITS = ['setrole', 'restrictingrole', 'urirestrict', 'iprestrict', 'actionslimit'];

function isFreeAdmin(facts: KeyFacts | null): boolean {
  if (facts?.type !== 'ADMIN' || facts.privileges === null) return false;
  return privilegePairs(facts.privileges).every(([name]) => !LIMITS.includes(name));
}

/** Returns the profile's name; null if a key was given. */
function profileNamed({ flags, runtime: { env, secretVariables } }: CommandRun): string | null {
  if (hasKeyFlag(flags)) return null;
  if (typeof flags['profile'] === 'string') return flags['profile'];
  if (secretVariables.has(KEY_VARIABLE)) return null;
  const variable = env[PROFILE_VARIABLE] ?? '';
  return variable === '' ? null : variable;
}

function tokensKey(
  ks: Secret,
  facts: KeyFacts | null,
  { serviceUrl, regionLabel, isJoinedPractice }: Pick<GivenKey, 'serviceUrl' | 'regionLabel' | 'isJoinedPractice'>,
  http: Http,
): AppTokenAccess {
  const partnerId = facts?.partnerId ?? tryPeekKs(ks).partnerId;
  const contextOf = (action: string): UseContext => ({ action, serviceUrl, regionLabel, secrets: [ks] });
  return { ks, serviceUrl, regionLabel, isJoinedPractice, partnerId, http, contextOf };
}
