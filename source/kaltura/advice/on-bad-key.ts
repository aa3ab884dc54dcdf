import type { ApiError } from '../api-errors.js';
import { hostOf, isOwnServer } from './advice.js';
import type { UseContext, UseCounsel } from './use.js';

/** What the server says of all that it cannot read. */
const UNREADABLE = 'INVALID_STR';

/** The word for why, wherever the server put it: in api_v3 it stands in the place of the key (facts 4.2). */
function reasonOf({ args }: ApiError): string {
  const key = args['KSID'] ?? '';
  const description = args['ERR_DESC'] ?? '';
  if (Object.hasOwn(BY_REASON, key)) return key;
  return description === '' ? UNREADABLE : description;
}

/** What to say of a key that the server turns back (`INVALID_KS`). */
export function onBadKey(error: ApiError, context: UseContext): UseCounsel {
  const reason = reasonOf(error);
  const isEnding = error.action.toLowerCase() === 'session.end';
  const counsel = Object.hasOwn(BY_REASON, reason) ? BY_REASON[reason] : undefined;
  return (counsel ?? unreadable)(isEnding, context);
}

type OnReason = (isEnding: boolean, context: UseContext) => UseCounsel;

const BY_REASON: Readonly<Record<string, OnReason>> = {
  EXPIRED: (isEnding) => ({
    headline: isEnding ? 'The key had ended already' : 'The key has ended',
    known: 'The server read it, and says that its time is over.',
    next: isEnding
      ? 'There is nothing left to end: it opens nothing any more.'
      : 'A key cannot be prolonged: make a new one.',
    causes: [
      'it has lived as long as it was made for',
      'it was signed on a computer whose clock is behind: compare it with the server’s',
      'it was over from the start: its lifetime, or the session length of its app token, is zero',
    ],
  }),
  LOGOUT: (isEnding) => ({
    headline: isEnding ? 'The key had been ended already' : 'The key was ended before its time',
    known: 'The server read it, and says that it was ended.',
    next: isEnding
      ? 'There is nothing left to end: it opens nothing any more.'
      : 'That cannot be taken back: make a new one.',
    causes: [
      'someone ended it (session.end)',
      'the app token that it was made from was deleted',
      'another key with the same sessionid was ended, and with it all of them',
    ],
  }),
  EXCEEDED_ACTIONS_LIMIT: () => ({
    headline: 'The key is used up',
    known: 'It may be used a few times only (actionslimit), and it was. Each call counts, also one that fails.',
    next: 'Make a new one, with a greater actionslimit or none.',
    causes: ['a program asks more often than it was meant to', 'the checks that were made with the key counted too'],
  }),
  EXCEEDED_RESTRICTED_IP: () => ({
    headline: 'The key is not good from here',
    known: 'It is tied to other addresses than the one from which the server sees this computer (iprestrict).',
    next: 'Use it where it was made for, or make one with this computer’s address, or with none.',
    causes: [
      'a proxy, VPN or router shows the server another address than this computer has',
      'the key was made for a server: it has to be used there',
      'iprestrict names a range: it takes exact addresses only',
    ],
  }),
  EXCEEDED_RESTRICTED_URI: () => ({
    headline: 'The key is not good for this call',
    known: 'It is tied to certain addresses of the API (urirestrict), and this call is not among them.',
    next: 'Use it for what it was made for, or make one without urirestrict.',
    causes: [
      'urirestrict names the address otherwise than it is called: /api_v3/service/… as a rule',
      'the * at its end is missing',
    ],
  }),
  // The owner of an object is not the key's user (facts 4.2).
  INVALID_TYPE: () => ({
    headline: 'The key may not change what belongs to another user',
    known: 'A USER key changes its own user’s objects only.',
    next: 'Make a key for the user who owns it, or one with edit:<entry> among its privileges.',
    causes: ['the object belongs to another user', 'the key names no user, and so owns nothing'],
  }),
  INVALID_PARTNER: (_, context) => unreadable(false, context),
  INVALID_USER: () => ({
    headline: 'The key names another user than the call',
    known: 'The server read the key, and does not accept it for this user.',
    next: 'Make a key for the user that is asked about, or for none.',
    causes: ['the key belongs to another user'],
  }),
  LKS_DISABLED: () => ({
    headline: 'The account does not accept keys of this kind any more',
    known: 'It is a light key (LKS), which the account has switched off.',
    next: 'Make an ordinary key.',
    causes: ['an old program made the key'],
  }),
};

function unreadable(isEnding: boolean, context: UseContext): UseCounsel {
  const place = isOwnServer(context)
    ? `it belongs to an account on another server than ${hostOf(context)}`
    : `it belongs to an account of another region: ${context.regionLabel} was asked`;
  return {
    headline: isEnding ? 'No key was ended: the server cannot read this one' : 'The server cannot read the key',
    known: 'So it says nothing of whether the key still lives.',
    next: 'Look at the key itself first: it must be whole, and its account must live on the server that is asked.',
    causes: [
      'a part is missing, or something was copied along: a key has no blanks or quotes',
      place,
      'it was signed with the User Secret: every key, also a USER key, is signed with the Administrator Secret',
      'the account has another Administrator Secret now than the one it was signed with',
    ],
  };
}
