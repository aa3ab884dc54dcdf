import type { ApiError } from '../api/errors.js';
import { onForbidden } from './forbidden.js';
import { onBadKey } from './invalid-key.js';
import { onObject } from './object.js';
import { isSessionStart, onStart, unknownOrBlocked } from './start.js';
import { argumentOf, type UseAdvice, type UseAdviceByCode } from './use-context.js';

/** Errors of calls that use a key: about the key, its account and user, the network, and the server itself (docs/kaltura-facts.md 4.2). */
export const onUse: UseAdviceByCode = {
  ...onObject,
  ...onStart,
  INVALID_KS: onBadKey,
  SERVICE_FORBIDDEN: onForbidden,
  MISSING_KS: () => ({
    headline: 'The server did not receive a key',
    known: 'This call needs a key.',
    next: 'Send the call again. If that does not help, use another network.',
    causes: ['a proxy or firewall removed the key from the request'],
  }),
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: (error) => (isSessionStart(error) ? unknownOrBlocked : blockedAccount),
  USER_BLOCKED: () => blockedUser,
  USER_IS_BLOCKED: () => blockedUser,
  INVALID_ACTIONS_LIMIT: () => ({
    headline: 'The key does not work: its actionslimit is not a positive number',
    known: 'The server makes such a key, but rejects every call with it.',
    next: 'Make a new key with an actionslimit of 1 or more, or without one.',
    causes: ['actionslimit has no value, or the value is zero'],
  }),
  INVALID_SET_ROLE: () => uselessRole,
  INVALID_OBJECT_ID: (error) => (isOfRole(error) ? uselessRole : notInAccount(error)),
  PARTNER_ACCESS_FORBIDDEN: () => ({
    headline: 'The two keys belong to different accounts',
    known: 'The server read both keys. A key can read only keys of its own account.',
    next: 'Use an ADMIN key of the account that the other key belongs to.',
    causes: ['two keys were mixed up', 'the profile is for a different account than the key'],
  }),
  SERVICE_ACCESS_CONTROL_RESTRICTED: () => notFromHere,
  ACCESS_FORBIDDEN_FROM_UNKNOWN_IP: () => notFromHere,
  ACCESS_UNAUTHORIZED: () => notFromHere,
  ACTION_BLOCKED: () => ({
    headline: 'The server received too many of these calls',
    known: 'The server limits how often it can be called. This limit is not the privilege actionslimit.',
    next: 'Wait a few minutes, and try again.',
    causes: ['this account or this network sent too many calls'],
  }),
  INTERNAL_SERVERL_ERROR: (error) => serverFault(error),
  INTERNAL_SERVER_ERROR: (error) => serverFault(error),
  INTERNAL_DATABASE_ERROR: (error) => serverFault(error),
};

const blockedAccount: UseAdvice = {
  headline: 'The account of this key is blocked',
  known: 'The server could read the key, so the account exists here and the region is correct.',
  next: 'Ask Kaltura support: only they can see the reason and change it.',
  causes: [
    'the account is blocked or closed',
    'the call is for a different account than the key, and the server does not know that account',
  ],
};

const blockedUser: UseAdvice = {
  headline: 'The user of this key is blocked',
  known: 'The key is valid, but the account does not allow its user.',
  next: 'Make a key for another user, or ask an administrator to unblock this one (KMC → Administration → Users).',
  causes: ['an administrator blocked the user'],
};

const notFromHere: UseAdvice = {
  headline: 'The account does not allow calls from this network',
  known: 'The account restricts where and how it can be called. The key may be valid.',
  next: 'Use your office network or VPN, and https.',
  causes: [
    'the account does not allow this network',
    'the account does not allow calls from this country',
    'the account requires https, and the address starts with http',
  ],
};

const uselessRole: UseAdvice = {
  headline: 'The key does not work: its role does not exist',
  known: 'The server makes a key without checking the role, but rejects every call with it.',
  next: 'Make a new key with a role that the account has (KMC → Administration → Roles).',
  causes: ['the role in setrole is mistyped, was deleted, or belongs to another account'],
};

/** The server checks the role of the key first, and reports a missing role without its ID (docs/kaltura-facts.md 4.2). */
const isOfRole = ({ args }: ApiError): boolean => (args['ID'] ?? 'N/A') === 'N/A';

const notInAccount = (error: ApiError): UseAdvice => ({
  headline: `The account does not have ${argumentOf(error, 'ID') || 'this object'}`,
  known: 'The server accepted the key, but did not find the object in the account.',
  next: 'If it is a feature that you need, ask Kaltura support to enable it.',
  causes: ['the account does not include the feature', 'the name is misspelled'],
});

function serverFault({ action }: ApiError): UseAdvice {
  const isAboutKey = action.toLowerCase() === 'session.get';
  const isEnding = action.toLowerCase() === 'session.end';
  return {
    headline: 'The server had an internal error',
    known: isAboutKey
      ? 'The server also gives this answer about a key that it cannot read.'
      : 'The answer has no details.',
    next: isEnding
      ? 'Check the key: it may have been revoked in spite of the error.'
      : 'Try again in a minute. If the error happens again, ask Kaltura support.',
    causes: [
      ...(isAboutKey ? ['the key is damaged, or its account is on another server'] : []),
      'the server or one of its services, such as search, has a problem',
      'something in the request causes the error',
    ],
  };
}
