import type { LocalSignIn } from '../api/parameters.js';
import { expiryOf, factsInKey } from '../ks/facts.js';
import { type KsFields, SESSION_TYPE_NUMBERS } from '../ks/fields.js';
import { signKsV1 } from '../ks/v1.js';
import { signKsV2 } from '../ks/v2.js';
import { privilegePairs } from '../privileges/privileges.js';
import { Secret } from '../secret.js';
import { type KeyRequest, type MadeKey, type MakeKeyDeps, UnsuitableRequestError } from './key-request.js';

/** Signs a key on this computer. Sends nothing. Only the account's server can tell whether the secret is correct. */
export function signLocally(request: KeyRequest, signIn: LocalSignIn, deps: MakeKeyDeps): MadeKey {
  deps.onStage?.({ name: 'signing' });
  const fields: KsFields = {
    partnerId: signIn.partnerId,
    type: SESSION_TYPE_NUMBERS[request.type],
    expiresAt: expiryOf(request, deps.now()),
    userId: request.userId,
    privileges: request.privileges,
  };
  const ks = new Secret(signIn.ksVersion === 1 ? signedV1(fields, signIn, deps) : signedV2(fields, signIn, deps));
  const facts = factsInKey(ks, [signIn.secret]);
  // If this program cannot read the key back, the server can't either: a `[` crashes its parser (docs/kaltura-facts.md
  // 1.4).
  if (facts === null) throw new UnsuitableRequestError('privilege-name');
  return { ks, facts, confirmedBy: 'key' };
}

function signedV1(fields: KsFields, signIn: LocalSignIn, deps: MakeKeyDeps): string {
  if (fields.userId?.includes(';')) throw new UnsuitableRequestError('semicolon-in-user');
  if (fields.privileges.includes(';')) throw new UnsuitableRequestError('semicolon-in-privileges');
  // Any text is allowed; other software writes a number (docs/kaltura-facts.md 1.3).
  const random = Buffer.from(deps.randomBytes(4)).readUInt32BE().toString();
  return signKsV1(fields, signIn.secret, random);
}

function signedV2(fields: KsFields, signIn: LocalSignIn, deps: MakeKeyDeps): string {
  if (privilegePairs(fields.privileges).some(([name]) => name.startsWith('_'))) {
    throw new UnsuitableRequestError('privilege-name');
  }
  return signKsV2(fields, signIn.secret, deps.randomBytes(16));
}
