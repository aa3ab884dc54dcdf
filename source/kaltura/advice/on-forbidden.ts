import type { ApiError } from '../api-errors.js';
import type { UseCounsel } from './use.js';

const NARROW = 'its setrole, or the role of its user, does not allow it';
const LOST = 'the key did not arrive: something between here and the server took it out of the request';
const USER_KEY = 'it is a USER key or a public one: only ADMIN keys may, or those whose role allows it';
const ELSEWHERE = 'the call names another account than the key’s';

const ADMIN_NEXT = 'Take an ADMIN key that no narrow role limits.';
const READ = 'The server read the key, and it lives; but this it may not do.';

const ofAdmins = (headline: string): UseCounsel => ({
  headline,
  known: READ,
  next: ADMIN_NEXT,
  causes: [USER_KEY, NARROW, ELSEWHERE, LOST],
});

const CONTENT: UseCounsel = {
  headline: 'The key may not look at content',
  known: READ,
  next: 'Make a key with another role, or with none: even a plain USER key may look.',
  causes: [NARROW, ELSEWHERE, LOST],
};

/** By action, or by its service (facts 3.2). */
const BY_ACTION: Readonly<Record<string, UseCounsel>> = {
  'session.get': {
    ...ofAdmins('The key may not ask what a key is'),
    next: `${ADMIN_NEXT} Or open the key on this computer with the Administrator Secret, which asks nobody.`,
  },
  'session.impersonatebyks': {
    headline: 'Only accounts of Kaltura’s own may call this',
    known: 'The server forbids it to all others.',
    next: 'Make a key for the other account with its own secret.',
    causes: ['the account is an ordinary one'],
  },
  apptoken: ofAdmins('The key may not manage app tokens'),
  partner: ofAdmins('The key may not look at the account’s settings'),
  permission: ofAdmins('The key may not look at the account’s features'),
  userrole: ofAdmins('The key may not look at the account’s roles'),
  user: ofAdmins('The key may not look at the account’s users'),
  category: CONTENT,
  baseentry: CONTENT,
};

/** What to say where the server knows the call and the key, and forbids the one to the other (`SERVICE_FORBIDDEN`). */
export function onForbidden({ action }: ApiError): UseCounsel {
  const name = action.toLowerCase();
  const [service = ''] = name.split('.');
  const known = [name, service].find((one) => Object.hasOwn(BY_ACTION, one));
  return (known === undefined ? undefined : BY_ACTION[known]) ?? ofAdmins(`The key may not call ${action}`);
}
