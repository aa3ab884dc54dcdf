import type { ApiError } from '../api/errors.js';
import { hostOf, isOwnServer } from './advice.js';
import type { UseAdvice, UseContext } from './use-context.js';

/** The word for every key that the server cannot read. */
const UNREADABLE = 'INVALID_STR';

/** The reason word, which api_v3 puts in the place of the key (docs/kaltura-facts.md 4.2). */
function reasonOf({ args }: ApiError): string {
  const key = args['KSID'] ?? '';
  const description = args['ERR_DESC'] ?? '';
  if (Object.hasOwn(BY_REASON, key)) return key;
  return description === '' ? UNREADABLE : description;
}

/** Advice on a key that the server rejects (`INVALID_KS`). */
export function onBadKey(error: ApiError, context: UseContext): UseAdvice {
  const reason = reasonOf(error);
  const isEnding = error.action.toLowerCase() === 'session.end';
  const counsel = Object.hasOwn(BY_REASON, reason) ? BY_REASON[reason] : undefined;
  return (counsel ?? unreadable)(isEnding, context);
}

type OnReason = (isEnding: boolean, context: UseContext) => UseAdvice;

const BY_REASON: Readonly<Record<string, OnReason>> = {
  EXPIRED: (isEnding) => ({
    headline: isEnding ? 'The key had already expired' : 'The key has expired',
    known: 'The server could read the key.',
    next: isEnding
      ? 'You do not need to revoke it: it does not work any more.'
      : 'A key cannot be extended, so make a new one.',
    causes: [
      'its lifetime is over',
      'it was signed on a computer whose clock is behind: compare that clock with the server’s',
      'it was made with a lifetime of zero, or its app token has a session duration of zero',
    ],
  }),
  LOGOUT: (isEnding) => ({
    headline: isEnding ? 'The key had already been revoked' : 'The key was revoked',
    known: 'The server could read the key.',
    next: isEnding
      ? 'You do not need to revoke it again: it does not work any more.'
      : 'This cannot be undone, so make a new one.',
    causes: [
      'someone revoked it with session.end',
      'the app token that it was made with was deleted',
      'another key with the same sessionid was revoked, which revokes all of them',
    ],
  }),
  EXCEEDED_ACTIONS_LIMIT: () => ({
    headline: 'The key has no calls left',
    known: 'Its actionslimit allows a fixed number of calls. Every call counts, even one that fails.',
    next: 'Make a new key with a greater actionslimit or without one.',
    causes: ['a program makes more calls than expected', 'checking the key also used some of its calls'],
  }),
  EXCEEDED_RESTRICTED_IP: () => ({
    headline: 'The key does not work from this network',
    known: 'Its iprestrict does not include the IP address that the server sees for this computer.',
    next: 'Use it from an allowed address, or make a key with this computer’s address or without iprestrict.',
    causes: [
      'a proxy, VPN or router gives this computer another public address',
      'the key was made for another computer',
      'iprestrict contains a range, but only exact addresses work',
    ],
  }),
  EXCEEDED_RESTRICTED_URI: () => ({
    headline: 'The key does not allow this call',
    known: 'Its urirestrict does not include the path of this call.',
    next: 'Use it for the calls that it allows, or make a key without urirestrict.',
    causes: [
      'urirestrict contains another form of the path: usually it is /api_v3/service/…',
      'the * at the end of urirestrict is missing',
    ],
  }),
  // The owner of an object is not the key's user (docs/kaltura-facts.md 4.2).
  INVALID_TYPE: () => ({
    headline: 'The key cannot change objects of another user',
    known: 'A USER key can change only the objects of its own user.',
    next: 'Make a key for the owner of the object, or a key with the privilege edit:<entry>.',
    causes: ['the object belongs to another user', 'the key has no user, so it owns no objects'],
  }),
  INVALID_PARTNER: (_, context) => unreadable(false, context),
  INVALID_USER: () => ({
    headline: 'The key belongs to a different user than the call',
    known: 'The server could read the key, but does not accept it for this user.',
    next: 'Make a key for that user, or a key without a user.',
    causes: ['the key belongs to another user'],
  }),
  LKS_DISABLED: () => ({
    headline: 'The account does not accept light keys (LKS) any more',
    known: 'The account has disabled this type of key.',
    next: 'Make an ordinary session key.',
    causes: ['the key was made by an old program'],
  }),
};

function unreadable(isEnding: boolean, context: UseContext): UseAdvice {
  const place = isOwnServer(context)
    ? `its account is not on ${hostOf(context)} but on another server`
    : `its account is in a different region than ${context.regionLabel}`;
  return {
    headline: isEnding ? 'The key was not revoked: the server cannot read it' : 'The server cannot read the key',
    known: 'This does not show whether the key is still valid.',
    next: 'Make sure that the key is complete and that its account is on this server.',
    causes: [
      'a part of the key is missing, or it contains extra characters such as spaces or quotes',
      place,
      'it was signed with the User Secret: every key has to be signed with the Administrator Secret, even a USER key',
      'the Administrator Secret of the account has changed since the key was signed',
    ],
  };
}
