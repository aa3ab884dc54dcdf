import { missingUnitWarning } from '../../kaltura/lifetime.js';
import { checkPrivileges } from '../../kaltura/privileges/privileges.js';
import { listsNothing } from '../../kaltura/privileges/reach.js';
import { type Risk, risksOf } from '../../kaltura/risks/risks.js';
import type { KeyFacts } from '../../kaltura/sign-in/key-request.js';
import { versionOf } from '../../kaltura/sign-in/key-spec.js';
import { hostCaution } from '../../messages/host-caution.js';
import { listsNothingCautions } from '../../messages/key-meaning.js';
import {
  entryIdWarnings,
  lifetimeWarning,
  oddUserWarning,
  privilegeWarnings,
} from '../../messages/privilege-mistakes.js';
import { withoutEcho } from '../shared/without-echo.js';
import type { SourcedSpec } from './spec-from-flags.js';

/** Warns that a variable replaces the profile's account; null if it doesn't. An option is deliberate. */
function otherAccountWarning({ spec, own, given: { partner } }: SourcedSpec): string | null {
  const [used, saved] = [spec.signIn.partnerId, own?.signIn.partnerId ?? null];
  if (partner === undefined || partner.source.startsWith('--') || saved === null || used === saved) return null;
  return `the key is for partner ${used} (${partner.source}), not for partner ${saved} of the profile.`;
}

/** Warns about single values that look wrong. */
function valueWarnings(sourced: SourcedSpec): string[] {
  const { ids, given } = sourced;
  const { url, expiry } = given;
  const ofAccount = otherAccountWarning(sourced);
  const ofHost = url === undefined ? null : hostCaution(url.source, url.text);
  const ofUnit = expiry === undefined ? null : missingUnitWarning(expiry.text);
  return [
    ...(ofAccount === null ? [] : [ofAccount]),
    ...(ofHost === null ? [] : [ofHost]),
    ...ids.flatMap(({ name, reading }) => {
      const answer = given[name];
      if (answer === undefined || reading.warning === null) return [];
      return [`${answer.source}: ${withoutEcho(reading.warning, answer.text)}`];
    }),
    ...(ofUnit === null ? [] : [`${expiry?.source}: ${ofUnit}`]),
  ];
}

/** The cautions about a privilege that makes the server refuse calls. */
const REFUSED_CALLS: readonly string[] = ['calls-refused', 'upload-role'];

/** Checks whether a risk is about a privilege that makes the server refuse calls. */
export const refusesCalls = ({ id }: Pick<Risk, 'id'>): boolean => REFUSED_CALLS.includes(id);

/**
 * Warns about an odd user ID, privileges that don't work or make the server refuse calls, a very long lifetime, and
 * privileges that are too wide for a key that others get.
 * The server accepts all of these. A recipe that has such a privilege explains it itself.
 */
function keyWarnings({ spec, recipe }: SourcedSpec): string[] {
  const long = lifetimeWarning(spec.lifetime);
  const isForOthers = spec.holder === 'browser' || spec.holder === 'vendor';
  const risks = risksOf(spec).filter(
    (risk) =>
      (recipe === null && refusesCalls(risk)) ||
      (isForOthers && risk.weight === 'caution' && risk.id.startsWith('wide-')),
  );
  const odd = oddUserWarning(spec.userId);
  const checked = checkPrivileges(spec.privileges, versionOf(spec.signIn));
  const texts = [
    ...(odd === null ? [] : [odd]),
    ...privilegeWarnings(spec.privileges),
    ...(checked.ok ? checked.notes : []),
    ...entryIdWarnings(spec.privileges),
    ...(long === null ? [] : [long]),
  ];
  return [...texts, ...risks.map(({ message }) => message)];
}

/** How to let a key list something: with a user, or with anything that helps. */
interface ReachFix {
  readonly user: string;
  readonly any: string;
}

const BY_OPTIONS: ReachFix = { user: 'Add --user', any: 'Add --user, --privilege or --recipe' };

/**
 * Warns about a key that lists nothing, unless a recipe or the saved profile asks for it.
 * @param facts the facts of the new key; without them, those of the key that the answers ask for
 */
export function reachWarnings(
  { spec, own, recipe }: SourcedSpec,
  facts: KeyFacts | null = null,
  fix = BY_OPTIONS,
): readonly string[] {
  const { method } = spec.signIn;
  const isAsked = recipe !== null || (own !== null && listsNothing(own));
  // The user of a login and the app token decide what their keys can do.
  if (isAsked || (facts === null && (method === 'login' || method === 'app-token'))) return [];
  const text =
    method === 'app-token' ? `The app token decides the privileges. ${fix.user}, or use another token.` : `${fix.any}.`;
  return listsNothingCautions(facts ?? spec, text);
}

/** Warns about valid answers that look wrong, and about the key that they ask for. */
export const inputWarnings = (sourced: SourcedSpec): string[] =>
  [...valueWarnings(sourced), ...keyWarnings(sourced)].map((text) => `caution: ${text}`);
