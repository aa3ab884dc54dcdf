import { isPracticeAccount } from '../kaltura/accounts/practice-account.js';
import { planRevoke, type RevokeReport, revokeKey } from '../kaltura/sessions/end.js';
import { isGroupId } from '../kaltura/sessions/group.js';
import type { KeySpec } from '../kaltura/sign-in/key-spec.js';
import { groupOutcomeText, groupPlanTexts } from '../messages/end.js';
import type { Profile } from '../profiles/profile.js';
import { profileFor } from '../profiles/profile-spec.js';
import { PROFILE_VARIABLE } from './answers/answer-flags.js';
import { timeoutOf } from './answers/duration-flags.js';
import { InputProblems } from './answers/input-problems.js';
import { specForProfile, specFrom } from './answers/spec-from-flags.js';
import { askServer } from './keys/ask-server.js';
import { dropRevoked } from './keys/drop-revoked.js';
import { isPractice, openKeyServer } from './keys/key-server.js';
import { makeFromSpec } from './keys/make-from-spec.js';
import { requireYes } from './secrets/hidden-prompt.js';
import { findProfileSecret } from './secrets/profile-secret.js';
import { missingSecret } from './secrets/secret-source.js';
import { type CommandRun, hasSecretFlag } from './shared/command-call.js';
import { CommandError, EXIT, UsageError } from './shared/exit-codes.js';
import { findProfile } from './shared/find-profile.js';
import { missing } from './shared/missing.js';
import { printResult } from './shared/report.js';

/** Seconds until the two keys that are made here expire. */
const KEY_LIFETIME = 300;

const FOREIGN_FLAGS = ['ks-stdin', 'ks-file', 'region', 'url'];

/** @throws {UsageError} */
function groupIn({ flags }: CommandRun): string {
  const id = String(flags['group']);
  if (!isGroupId(id)) {
    throw new UsageError('--group needs the ID of a session group: at most 64 letters, digits, . _ and -.');
  }
  const foreign = FOREIGN_FLAGS.find((name) => flags[name] !== undefined);
  if (foreign !== undefined) {
    throw new UsageError(
      `--group uses the server of the profile or of the variables: remove --${foreign}.`,
      'conflicting-options',
    );
  }
  return id;
}

/**
 * Returns the account that variables name with its secret, as a profile that is not saved.
 * @throws {UsageError} if a part of it is missing or invalid
 */
function accountInVariables(run: CommandRun): Profile {
  const { flags, runtime } = run;
  const problems = new InputProblems();
  const { spec, hasServer, invalid } = specFrom(null, {}, runtime.env, problems);
  if (invalid.has('partner') || invalid.has('region')) problems.assertNone();
  const hasSecret = missingSecret(spec, { ...run, flags: { ...flags, input: false } }, false) === null;
  if (!hasServer || spec.signIn.partnerId === null || !hasSecret) {
    const from = 'a profile, or KALTURA_PARTNER_ID, KALTURA_SERVICE_URL and KALTURA_ADMIN_SECRET';
    throw missing([{ what: 'the account of the group', from }]);
  }
  return profileFor(spec, { name: '', acceptedRisks: [], secretSource: { kind: 'ask' }, savedAt: 0 });
}

async function profileIn(run: CommandRun): Promise<Profile> {
  const { names, runtime, report } = run;
  const name = names[0] ?? runtime.env[PROFILE_VARIABLE] ?? '';
  const profile = name === '' ? accountInVariables(run) : await findProfile(name, await runtime.openStore(), report);
  if (profile.method === 'server' || profile.method === 'local') return profile;
  throw new CommandError(
    profile.method === 'app-token'
      ? 'Keys of an app token are in the group of the token, and revoking that group disables the token. To disable the token, use kaltura-ks app-tokens delete. To revoke another group, name a profile with an account secret.'
      : 'Revoking a group needs an account secret, because it creates two keys. A login doesn’t work here.',
    'unfit-profile',
  );
}

/**
 * Ends all keys of an account that have a `sessionid`. Makes two keys with it, ends one, and verifies with the other that the whole group has ended
 * (docs/kaltura-facts.md 5.5).
 */
export async function endGroup(run: CommandRun): Promise<number> {
  const { flags, runtime, report } = run;
  const id = groupIn(run);
  const profile = await profileIn(run);
  const http = runtime.httpWithin(timeoutOf(flags));
  const mayJoinPractice = isPracticeAccount(profile.partnerId) && !hasSecretFlag(flags);
  const { partnerId } = profile;
  const server = await openKeyServer({ profile, partnerId, mayJoinPractice }, run);
  try {
    const { serviceUrl, regionLabel } = server;
    for (const text of groupPlanTexts(id, partnerId, regionLabel)) report.say(text);
    await requireYes(`Revoke all keys of the group ${id}?`, 'The group was not revoked', run);
    const { secret } = await findProfileSecret(profile, run);
    const own = specForProfile(profile);
    const spec: KeySpec = { ...own, type: 'USER', userId: '', privileges: `sessionid:${id}`, lifetime: KEY_LIFETIME };
    const deps = { ...run, http, practiceUrl: server.practiceUrl };
    const { made } = await makeFromSpec(spec, secret, deps);
    const { made: testKey } = await makeFromSpec(spec, secret, deps);
    const { endsWith } = planRevoke(made.facts, runtime.now() / 1000);
    if (endsWith.kind !== 'group' || endsWith.sessionId !== id) {
      throw new CommandError('The server did not give the new key this session group. Nothing was revoked.', 'failed');
    }
    const context = { action: 'session.end', serviceUrl, regionLabel, secrets: [secret, made.ks, testKey.ks] };
    const revoke = (ks: typeof made.ks) =>
      askServer((signal) => revokeKey({ serviceUrl, ks, http, signal }), context, run);
    const ended = await revoke(made.ks);
    const verified = isEnded(ended) ? await revoke(testKey.ks) : null;
    const isVerified = verified?.outcome === 'already-ended' && verified.reason === 'LOGOUT';
    const revoked = isVerified
      ? { ks: null, fromProfile: null, sessionId: id, partnerId, serviceUrl, isPractice: isPractice(server) }
      : null;
    const dropped = await dropRevoked(revoked, run);
    const outcome = isVerified ? 'ended' : 'not-proved';
    printResult({ group: id, outcome, dropped }, [groupOutcomeText(id, isVerified)], run);
    return isVerified ? EXIT.ok : EXIT.failure;
  } finally {
    await server.close();
  }
}

/** `already-ended`: the group was ended before, so the new key was ended from the start. */
const isEnded = ({ outcome }: RevokeReport): boolean => outcome === 'ended' || outcome === 'already-ended';
