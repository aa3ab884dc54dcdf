import { type PartnerIdOptions, readOptionalPartnerId, readPartnerId } from '../../kaltura/accounts/partner-id.js';
import { isHostedRegion, type RegionId } from '../../kaltura/accounts/regions.js';
import type { SignInMethod, SignInSpec } from '../../kaltura/sign-in/key-spec.js';
import { readLoginId, readTokenId, type TypedValue } from '../../kaltura/typed-values.js';
import { PRACTICE_ACCOUNT } from '../../practice/practice-account.js';
import type { Profile } from '../../profiles/profile.js';
import { UsageError } from '../shared/exit-codes.js';
import type { AnswerName } from './answer-flags.js';
import type { Given, GivenAnswers } from './given-answers.js';

/** An ID of the sign-in, as it was read. */
export interface ReadId {
  readonly name: AnswerName;
  readonly reading: TypedValue;
}

/** Returns the problem if the given IDs imply different sign-in methods; null if they don't. */
export function methodConflict(given: GivenAnswers): UsageError | null {
  const [login, token] = [given['login-id'], given['app-token-id']];
  if (given.method !== undefined || login === undefined || token === undefined) return null;
  if (login.isFlag !== token.isFlag) return null;
  return new UsageError(
    `${login.source} and ${token.source} belong to different sign-in methods: add --method.`,
    'conflicting-options',
  );
}

/** Returns the sign-in method that a given ID implies, and what gave that ID; null if none does. */
export function impliedMethod(
  given: GivenAnswers,
  profile: Profile | null,
): { method: SignInMethod; source: string } | null {
  const [login, token] = [given['login-id'], given['app-token-id']];
  // A variable for other commands must not change a profile's sign-in method.
  const counts = (one: Given): boolean => one.isFlag || profile === null;
  if (login !== undefined && counts(login) && (login.isFlag || !token?.isFlag))
    return { method: 'login', source: login.source };
  return token !== undefined && counts(token) ? { method: 'app-token', source: token.source } : null;
}

/** Returns the sign-in method: as given, implied by the given IDs, of the profile, or `server`. */
export const methodFrom = (given: GivenAnswers, profile: Profile | null): SignInMethod =>
  (given.method?.text as SignInMethod | undefined) ??
  impliedMethod(given, profile)?.method ??
  profile?.method ??
  'server';

/**
 * Returns a function that finds the text of an ID: as given, or as the profile has it. In practice, an ID that is missing is the practice
 * account's; the IDs of that account are not used in a hosted region.
 */
function textOfIds(given: GivenAnswers, profile: Profile | null, region: RegionId) {
  const wasPractice = profile?.region === 'practice';
  return (name: AnswerName, saved: string | number | null | undefined, practice: string): string => {
    const answer = given[name];
    if (answer !== undefined) return answer.text;
    const text = String(saved ?? '');
    if (text === '' && (region === 'practice' || (wasPractice && region === 'own'))) return practice;
    return wasPractice && isHostedRegion(region) && text === practice ? '' : text;
  };
}

/** Reads the IDs that the sign-in method takes, in the order of the wizard. */
export function readIds(
  method: SignInMethod,
  given: GivenAnswers,
  profile: Profile | null,
  region: RegionId,
  options: PartnerIdOptions,
): ReadId[] {
  const textOf = textOfIds(given, profile, region);
  const partner = textOf('partner', profile?.partnerId, PRACTICE_ACCOUNT.partnerId);
  const partnerId = (read: typeof readPartnerId): ReadId => ({ name: 'partner', reading: read(partner, options) });
  switch (method) {
    case 'server':
    case 'local':
      return [partnerId(readPartnerId)];
    case 'login': {
      const loginId = readLoginId(textOf('login-id', profile?.loginId, PRACTICE_ACCOUNT.loginId));
      return [{ name: 'login-id', reading: loginId }, partnerId(readOptionalPartnerId)];
    }
    case 'app-token': {
      const tokenId = readTokenId(textOf('app-token-id', profile?.tokenId, PRACTICE_ACCOUNT.tokenId));
      return [partnerId(readPartnerId), { name: 'app-token-id', reading: tokenId }];
    }
  }
}

/** Returns the sign-in with its IDs. An invalid partner ID counts as none. */
export function signInFrom(method: SignInMethod, ids: readonly ReadId[], given: GivenAnswers, profile: Profile | null) {
  const readingOf = (name: AnswerName) => ids.find((id) => id.name === name)?.reading;
  const partner = readingOf('partner');
  const isKnown = partner !== undefined && partner.problem === null && partner.text !== '';
  const partnerId = isKnown ? Number(partner.text) : null;
  const version = given['ks-version']?.text ?? String(profile?.ksVersion ?? 2);
  const signIns: Readonly<Record<SignInMethod, SignInSpec>> = {
    server: { method: 'server', partnerId },
    local: { method: 'local', partnerId, ksVersion: version === '1' ? 1 : 2 },
    login: { method: 'login', partnerId, loginId: readingOf('login-id')?.text ?? '' },
    'app-token': { method: 'app-token', partnerId, tokenId: readingOf('app-token-id')?.text ?? '' },
  };
  return signIns[method];
}
