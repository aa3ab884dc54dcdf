import { type PlannedCall, plannedCalls, plannedWithKey } from '../../kaltura/api/planned-calls.js';
import { Secret } from '../../kaltura/secret.js';
import type { CheckPlan } from '../../kaltura/sessions/check-plan.js';
import { type ContentId, plannedLookup } from '../../kaltura/sessions/content-lookup.js';
import { plannedEnforcement } from '../../kaltura/sessions/entitlement.js';
import { cannotRevealBy } from '../../kaltura/sessions/hidden-content.js';
import type { KeyFacts } from '../../kaltura/sign-in/key-request.js';
import { type KeySpec, requestFor } from '../../kaltura/sign-in/key-spec.js';
import type { Profile } from '../../profiles/profile.js';
import { specOfProfile } from '../../profiles/profile-spec.js';

/** What a key of the spec will be, as far as it is known before it exists. */
export function factsOfSpec({ signIn, userId, type, privileges }: KeySpec): KeyFacts {
  const isLogin = signIn.method === 'login';
  return {
    partnerId: signIn.partnerId,
    userId: isLogin ? null : userId,
    type: isLogin ? null : type,
    privileges,
    expiresAt: null,
  };
}

/** Lists the calls that make a key of the spec. The secret is not needed for that, and not read. */
export const plannedForSpec = (spec: KeySpec): readonly PlannedCall[] =>
  plannedCalls(requestFor(spec, { secret: new Secret('(not read)'), code: null }));

/** Lists the calls that find out why content was not found. They are sent only with consent. */
export function plannedLookBehind(id: ContentId, plan: CheckPlan, profile: Profile | null): readonly PlannedCall[] {
  if (plan.lookup === null) return [];
  const { serviceUrl } = plan;
  if (profile !== null && cannotRevealBy(profile.method) === null) {
    return [
      ...plannedForSpec(specOfProfile(profile)),
      plannedLookup(serviceUrl, id),
      plannedWithKey(serviceUrl, 'session.end', 'revokes the one-minute key'),
    ];
  }
  // Only a key that could read its own facts asks about the account.
  const canAsk = plan.calls.some(({ action }) => action === 'session.get');
  return canAsk ? plannedEnforcement(serviceUrl) : [];
}
