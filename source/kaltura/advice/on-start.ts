import type { ApiError } from '../api-errors.js';
import type { UseCounsel, UseCounselByCode } from './use.js';

/** Whether the call is one that opens a session: it is sent no key, so nothing is known of one. */
export const isOfStart = ({ action }: ApiError): boolean => /^session\.(start|impersonate)/i.test(action);

export const unknownOrBlocked: UseCounsel = {
  headline: 'The server does not serve this account',
  known: 'Kaltura says “blocked” also of an account that does not exist on the server that was asked.',
  next: 'Check the region and the partner ID.',
  causes: [
    'the account lives in another region, or on another server',
    'the partner ID is mistyped',
    'the account is blocked or closed: Kaltura’s support can tell',
  ],
};

/** What the server says of a session that is opened on the way to something else (facts 4.1, 5.9). */
export const onStart: UseCounselByCode = {
  START_SESSION_ERROR: ({ action }) => (/impersonate/i.test(action) ? notInGroup : wrongSecret),
  UNKNOWN_ROLE_ID: () => ({
    headline: 'The server does not know the role in setrole',
    known: 'No key was made. A key can only be limited to a role of its account, or to one that all accounts have.',
    next: 'Name another role, by its number or its exact system name (KMC → Administration → Roles).',
    causes: ['the role is mistyped: capital letters and blanks count', 'it was deleted, or is another account’s'],
  }),
  INVALID_WIDGET_ID: () => ({
    ...unknownOrBlocked,
    headline: 'The server does not know this account',
    known: 'Even a blocked account would have answered otherwise.',
    causes: unknownOrBlocked.causes.slice(0, 2),
  }),
  START_WIDGET_SESSION_ERROR: () => ({
    headline: 'The server could not open a public session',
    known: 'This is rare, and no matter of a secret: none was sent.',
    next: 'Ask again in a minute.',
    causes: ['the server is in trouble for a moment'],
  }),
};

const wrongSecret: UseCounsel = {
  headline: 'The server would not start a session with this secret',
  known: 'The account exists and is active, so the secret does not fit.',
  next: 'Compare it with the one in KMC → Settings → Integration settings → Account info.',
  causes: [
    'it is the User Secret, and an ADMIN key was asked for',
    'it is the secret of another account, or an old one',
    'a character is missing or added',
  ],
};

const notInGroup: UseCounsel = {
  headline: 'The server would not start a session for the other account',
  known: 'This account may do that for the accounts of its own group only.',
  next: 'Make the key with the secret of the other account itself.',
  causes: ['the other account is not in this one’s group', 'the secret does not fit', 'there is no such account here'],
};
