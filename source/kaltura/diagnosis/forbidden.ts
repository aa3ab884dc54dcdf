import type { ApiError } from '../api/errors.js';
import type { UseAdvice } from './use-context.js';

const NARROW = 'the role in setrole, or the role of its user, does not allow this call';
const LOST = 'the key did not arrive, because a proxy or firewall removed it from the request';
const USER_KEY = 'it is a USER key or a public key: this call needs an ADMIN key or a role that allows it';
const ELSEWHERE = 'the call is for a different account than the key';

const ADMIN_NEXT = 'Use an ADMIN key without a restricted role.';
const READ = 'The key is valid, but it is not allowed to make this call.';

const ofAdmins = (headline: string): UseAdvice => ({
  headline,
  known: READ,
  next: ADMIN_NEXT,
  causes: [USER_KEY, NARROW, ELSEWHERE, LOST],
});

const CONTENT: UseAdvice = {
  headline: 'The key is not allowed to read content',
  known: READ,
  next: 'Make a key with another role or without a role: even a plain USER key can read content.',
  causes: [NARROW, ELSEWHERE, LOST],
};

/** By action, or by its service (docs/kaltura-facts.md 3.2). */
const BY_ACTION: Readonly<Record<string, UseAdvice>> = {
  'session.get': {
    ...ofAdmins('The key is not allowed to read details of a key'),
    next: `${ADMIN_NEXT} Or read the key on this computer with the Administrator Secret, without the server.`,
  },
  'session.impersonatebyks': {
    headline: 'Only Kaltura’s own accounts can make this call',
    known: 'The server refuses it for all other accounts.',
    next: 'Make a key for the other account with its own secret.',
    causes: ['the account is an ordinary one'],
  },
  apptoken: ofAdmins('The key is not allowed to manage app tokens'),
  partner: ofAdmins('The key is not allowed to read the account’s settings'),
  permission: ofAdmins('The key is not allowed to read the account’s features'),
  userrole: ofAdmins('The key is not allowed to read the account’s roles'),
  user: ofAdmins('The key is not allowed to read the account’s users'),
  category: CONTENT,
  baseentry: CONTENT,
};

/** Advice on a valid key that is not allowed to make a call (`SERVICE_FORBIDDEN`). */
export function onForbidden({ action }: ApiError): UseAdvice {
  const name = action.toLowerCase();
  const [service = ''] = name.split('.');
  const known = [name, service].find((one) => Object.hasOwn(BY_ACTION, one));
  return (known === undefined ? undefined : BY_ACTION[known]) ?? ofAdmins(`The key is not allowed to call ${action}`);
}
