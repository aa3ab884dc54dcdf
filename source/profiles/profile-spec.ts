import { serviceUrlAt } from '../kaltura/accounts/regions.js';
import { HOLDERS } from '../kaltura/holders.js';
import { checkPrivileges } from '../kaltura/privileges/privileges.js';
import { dangerIds } from '../kaltura/risks/risks.js';
import { type KeySpec, type SignInSpec, versionOf } from '../kaltura/sign-in/key-spec.js';
import { trimText } from '../kaltura/typed-values.js';
import type { Profile } from './profile.js';

function signInOf({ method, partnerId, ksVersion, loginId, tokenId }: Profile): SignInSpec {
  switch (method) {
    case 'server':
      return { method, partnerId };
    case 'local':
      return { method, partnerId, ksVersion };
    case 'login':
      return { method, partnerId, loginId: trimText(loginId ?? '') };
    case 'app-token':
      return { method, partnerId, tokenId: trimText(tokenId ?? '') };
  }
}

/** Returns the key that a profile requests. Privileges that can't be parsed stay as they are saved. */
export function specOfProfile(profile: Profile): KeySpec {
  const { region, serviceUrl, type, userId, lifetime, holder } = profile;
  const signIn = signInOf(profile);
  const checked = checkPrivileges(profile.privileges, versionOf(signIn));
  return {
    region,
    // An edited file can have another URL than its region: that is another server.
    serviceUrl: serviceUrlAt({ region: region === 'practice' ? region : 'own', address: serviceUrl }, null),
    signIn,
    type,
    userId: trimText(userId),
    lifetime,
    privileges: checked.ok ? checked.privileges : profile.privileges,
    holder: HOLDERS.find(({ id }) => id === holder)?.id ?? 'me',
  };
}

/**
 * Returns a new profile that requests the key of a spec. It has no saved key. Of the accepted risks, keeps those that the spec has.
 *
 * @param details its name, its secret source, and the time in epoch seconds
 */
export function profileFor(
  spec: KeySpec,
  details: Pick<Profile, 'name' | 'acceptedRisks' | 'secretSource' | 'savedAt'> & Partial<Pick<Profile, 'recipe'>>,
): Profile {
  const { region, serviceUrl, signIn, holder, type, userId, lifetime, privileges } = spec;
  return {
    name: details.name,
    region,
    serviceUrl,
    method: signIn.method,
    ksVersion: versionOf(signIn) ?? 2,
    partnerId: signIn.partnerId,
    loginId: signIn.method === 'login' ? signIn.loginId : null,
    tokenId: signIn.method === 'app-token' ? signIn.tokenId : null,
    holder,
    type,
    userId: signIn.method === 'login' ? '' : userId,
    lifetime,
    privileges,
    recipe: details.recipe ?? null,
    acceptedRisks: dangerIds(spec).filter((risk) => details.acceptedRisks.includes(risk)),
    secretSource: details.secretSource,
    savedKey: null,
    lastKeyEndedAt: null,
    savedAt: details.savedAt,
  };
}
