import type { ApiError } from '../api-errors.js';
import { onBadKey } from './on-bad-key.js';
import { onForbidden } from './on-forbidden.js';
import { onObject } from './on-object.js';
import { isOfStart, onStart, unknownOrBlocked } from './on-start.js';
import { named, type UseCounsel, type UseCounselByCode } from './use.js';

/** What the server says of a key that is used: of the key, its account and its user; of the place it is used from; of itself (facts 4.2). */
export const onUse: UseCounselByCode = {
  ...onObject,
  ...onStart,
  INVALID_KS: onBadKey,
  SERVICE_FORBIDDEN: onForbidden,
  MISSING_KS: () => ({
    headline: 'The server saw no key',
    known: 'This call needs one.',
    next: 'Send it again; if that does not help, use another network.',
    causes: ['something between here and the server took the key out of the request'],
  }),
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: (error) => (isOfStart(error) ? unknownOrBlocked : blockedAccount),
  USER_BLOCKED: () => blockedUser,
  USER_IS_BLOCKED: () => blockedUser,
  INVALID_ACTIONS_LIMIT: () => ({
    headline: 'The key is useless: its actionslimit is no positive number',
    known: 'The server makes such a key, and refuses it whenever it is used.',
    next: 'Make a new one with an actionslimit from 1, or with none.',
    causes: ['actionslimit has no number after it, or zero'],
  }),
  INVALID_SET_ROLE: () => uselessRole,
  INVALID_OBJECT_ID: (error) => (isOfRole(error) ? uselessRole : notInAccount(error)),
  PARTNER_ACCESS_FORBIDDEN: (error) => {
    const [asking, asked] = [named(error, 'ACCESSING_PID'), named(error, 'ACCESSED_PID')];
    return {
      headline: `Partner ${asking} cannot ask about a key of partner ${asked}`,
      known: 'The server read both keys: each account answers for its own alone.',
      next: `Ask with an ADMIN key of partner ${asked}.`,
      causes: ['two keys were mixed up', 'the profile is that of another account than the key'],
    };
  },
  SERVICE_ACCESS_CONTROL_RESTRICTED: () => notFromHere,
  ACCESS_FORBIDDEN_FROM_UNKNOWN_IP: () => notFromHere,
  ACCESS_UNAUTHORIZED: () => notFromHere,
  ACTION_BLOCKED: () => ({
    headline: 'The server has had enough of these calls for now',
    known: 'This limit protects the server. It has nothing to do with the privilege actionslimit.',
    next: 'Wait some minutes, and ask again.',
    causes: ['too many calls came from this account or address'],
  }),
  INTERNAL_SERVERL_ERROR: (error) => serverFault(error),
  INTERNAL_SERVER_ERROR: (error) => serverFault(error),
  INTERNAL_DATABASE_ERROR: (error) => serverFault(error),
};

const blockedAccount: UseCounsel = {
  headline: 'The server does not serve the account of this key',
  known: 'It could read the key, so the account exists here, and the region is right.',
  next: 'Only Kaltura’s support can say why, and change it.',
  causes: [
    'the account is blocked or closed',
    'the call names another account than the key’s, and the server does not know that one',
  ],
};

const blockedUser: UseCounsel = {
  headline: 'The user of this key is blocked',
  known: 'The key is genuine, but the account does not let its user in.',
  next: 'Make a key for another user, or have an administrator unblock this one (KMC → Administration → Users).',
  causes: ['an administrator blocked the user'],
};

const notFromHere: UseCounsel = {
  headline: 'The account does not allow this from here',
  known: 'It limits where and how it may be called. The key may well be right.',
  next: 'Use the office network or VPN, and https.',
  causes: [
    'this computer’s network is not among those that the account allows',
    'the account does not allow calls from this country',
    'the account demands https, and the address begins with http',
  ],
};

const uselessRole: UseCounsel = {
  headline: 'The key is useless: its role does not exist',
  known: 'A key can be made without a look at its role; the server refuses it whenever it is used.',
  next: 'Make a new one, with a role that the account has (KMC → Administration → Roles).',
  causes: ['the role in its setrole is mistyped, was deleted, or is another account’s'],
};

/** The role of a key is looked up before anything else, and then the object has no name (facts 4.2). */
const isOfRole = ({ args }: ApiError): boolean => (args['ID'] ?? 'N/A') === 'N/A';

const notInAccount = (error: ApiError): UseCounsel => ({
  headline: `The account does not have ${named(error, 'ID')}`,
  known: 'The server accepted the key, and did not find in the account what was asked for.',
  next: 'If it is a feature that you need, Kaltura’s support switches it on.',
  causes: ['the feature is not a part of this account', 'its name is spelt otherwise'],
});

function serverFault({ action }: ApiError): UseCounsel {
  const isAboutKey = action.toLowerCase() === 'session.get';
  const isEnding = action.toLowerCase() === 'session.end';
  return {
    headline: 'The server had a fault of its own',
    known: isAboutKey ? 'It answers so also where it is asked about a key that it cannot read.' : 'It says no more.',
    next: isEnding
      ? 'Check the key before anything else: it may have been ended all the same.'
      : 'Try again in a minute; if it stays, Kaltura’s support can look the call up.',
    causes: [
      ...(isAboutKey ? ['the key that was asked about is damaged, or of an account on another server'] : []),
      'the server, or a service behind it such as its search, is in trouble',
      'it cannot cope with something in the request',
    ],
  };
}
