import type { ApiError } from '../api/errors.js';
import type { UseAdvice, UseAdviceByCode } from './use-context.js';

/** Whether the call opens a session. No key is sent with it, so its errors say nothing about a key. */
export const isSessionStart = ({ action }: ApiError): boolean => /^session\.(start|impersonate)/i.test(action);

export const unknownOrBlocked: UseAdvice = {
  headline: 'The server refuses this account as blocked or unknown',
  known: 'Kaltura also reports an account as blocked if it does not exist on this server.',
  next: 'Check the region and the partner ID.',
  causes: [
    'the account is in another region, or on another server',
    'the partner ID is mistyped',
    'the account is blocked or closed: ask Kaltura support',
  ],
};

/** Errors of a session that is opened as a part of another task (docs/kaltura-facts.md 4.1, 5.9). */
export const onStart: UseAdviceByCode = {
  START_SESSION_ERROR: ({ action }) => (/impersonate/i.test(action) ? notInGroup : wrongSecret),
  UNKNOWN_ROLE_ID: () => ({
    headline: 'The server does not know the role in setrole',
    known: 'No key was made. A key can have only a role of its own account, or one that all accounts have.',
    next: 'Use another role: its number or its exact system name (KMC → Administration → Roles).',
    causes: [
      'the role is mistyped: capital letters and spaces matter',
      'it was deleted, or belongs to another account',
    ],
  }),
  INVALID_WIDGET_ID: () => ({
    ...unknownOrBlocked,
    headline: 'The server does not know this account',
    known: 'A blocked account gives another error.',
    causes: unknownOrBlocked.causes.slice(0, 2),
  }),
  START_WIDGET_SESSION_ERROR: () => ({
    headline: 'The server could not open a public session',
    known: 'This is rare. No secret was sent, so the secret is not the cause.',
    next: 'Try again in a minute.',
    causes: ['the server has a temporary problem'],
  }),
};

const wrongSecret: UseAdvice = {
  headline: 'The server would not start a session with this secret',
  known: 'The account exists and is active, so the secret does not fit.',
  next: 'Compare it with the one in KMC → Settings → Integration settings → Account info.',
  causes: [
    'it is the User Secret, but an ADMIN key needs the Administrator Secret',
    'it is the secret of another account, or an old one',
    'a character is missing, or there is an extra one',
  ],
};

const notInGroup: UseAdvice = {
  headline: 'The server would not start a session for the other account',
  known: 'An account can do this only for the accounts of its own group.',
  next: 'Make the key with the secret of the other account.',
  causes: [
    'the other account is not in the group of this account',
    'the secret does not fit',
    'the server does not have the other account',
  ],
};
