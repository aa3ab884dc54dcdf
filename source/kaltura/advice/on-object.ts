import type { ApiError } from '../api-errors.js';
import { named, type UseCounsel, type UseCounselByCode } from './use.js';

const NOTHING_DONE = 'The server accepted the key; nothing was changed.';

const field = (name: string): string => (name === '' ? 'a field' : `the field “${name}”`);

/** What the server says of the thing that was asked for or changed with a key, and of the fields of the call (facts 4.2, 4.4). */
export const onObject: UseCounselByCode = {
  CATEGORY_NOT_FOUND: (error) => hidden('category', named(error, 'ID')),
  ENTRY_ID_NOT_FOUND: (error) => hidden('entry', named(error, 'ENTRY_ID') || named(error, 'ID')),
  INVALID_USER_ID: () => ({
    headline: 'The account does not have this user',
    known: 'The server accepted the key, and did not find the user that was asked about.',
    next: 'Compare the user ID with KMC → Administration → Users.',
    causes: ['the user ID is mistyped', 'the user was never added: a key may name one that does not exist yet'],
  }),
  INVALID_PARTNER_ID: (error) => {
    const id = named(error, 'PID');
    return {
      headline: id === '0' ? 'The server was asked about no account' : `There is no partner ${id}`.trimEnd(),
      known: 'The server accepted the key, and does not know the account that was asked about.',
      next: 'Name the partner ID of the key’s own account in the call.',
      causes: [
        id === '0' ? 'the call names no partner ID: the key’s own is not taken for it' : 'the partner ID is mistyped',
      ],
    };
  },
  PROPERTY_VALIDATION_NOT_UPDATABLE: (error) => ({
    headline: `The server lets nobody set ${field(named(error, 'PROP_NAME').split('::').at(-1) ?? '')}`,
    known: NOTHING_DONE,
    next: 'Leave that field out: the server fills it itself.',
    causes: ['the field belongs to the server'],
  }),
  INVALID_FIELD_VALUE: (error) => {
    const name = named(error, 'FIELD_NAME');
    return name === 'sessionUserId' ? tokenUser : unfitValue(name);
  },
  INVALID_ENUM_VALUE: (error) => {
    const name = named(error, 'PARAM_NAME');
    return {
      headline: `The server does not know the value “${named(error, 'ENUM_VAL')}” of ${field(name)}`,
      known: NOTHING_DONE,
      next: 'Send one of the values that Kaltura has for it, or leave the field out.',
      causes: [(Object.hasOwn(VALUES, name) ? VALUES[name] : undefined) ?? 'the field takes one of a few values only'],
    };
  },
  MISSING_MANDATORY_PARAMETER: (error) => ({
    headline: `The server did not receive ${field(named(error, 'PARAM_NAME'))}`,
    known: 'The call arrived, but not whole; nothing was changed.',
    next: 'Fill the field, and send the call again.',
    causes: ['the field was left empty', 'something between here and the server dropped a part of the call'],
  }),
  INVALID_PARAMETER_CHAR: (error) => ({
    headline: `The server does not accept a character in ${field(named(error, 'XML_FIELD'))}`,
    known: 'Nothing was changed. Control characters cannot be seen, and come along with a paste.',
    next: 'Type the value by hand.',
    causes: ['an invisible character was pasted along'],
  }),
  APP_TOKEN_ID_NOT_FOUND: (error) => ({
    headline: `The account does not have the app token ${named(error, 'ID')}`.trimEnd(),
    known: NOTHING_DONE,
    next: 'Look for the ID in the list of the account’s app tokens.',
    causes: ['it was deleted already', 'the ID is mistyped', 'it belongs to another account'],
  }),
  APP_TOKEN_NOT_ACTIVE: () => unfitToken('is switched off', 'an administrator disabled it'),
  APP_TOKEN_EXPIRED: () => unfitToken('has expired', 'its own time is over'),
  SERVICE_DOES_NOT_EXISTS: (error) => unknownCall(error),
  ACTION_DOES_NOT_EXISTS: (error) => unknownCall(error),
  SERVICE_NOT_SPECIFIED: (error) => unknownCall(error),
  ACTION_NOT_SPECIFIED: (error) => unknownCall(error),
};

/** The same answer for what is not there, for what is another account’s and for what entitlement hides (facts 5.10). */
const hidden = (what: string, id: string): UseCounsel => ({
  headline: `The server does not find the ${what} ${id}`.trimEnd(),
  known: 'It says so also of what exists, where entitlement hides it from the key.',
  next: 'Ask once more with a key that has disableentitlement: what that finds, entitlement hid.',
  causes: [
    'entitlement hides it from this key',
    `the ${what} does not exist, or its ID is mistyped`,
    'it belongs to another account',
  ],
});

const unfitToken = (state: string, cause: string): UseCounsel => ({
  headline: `The app token ${state}`,
  known: 'It exists, but makes no keys now.',
  next: 'Take another app token, or have an administrator change this one.',
  causes: [cause],
});

const tokenUser: UseCounsel = {
  headline: 'The server wants a user for the app token',
  known: 'Nothing was added. The keys of an app token carry the name of a user, which it has to have from the start.',
  next: 'Name a user for it.',
  causes: ['no user was named', 'the name has characters that no new user may have'],
};

const unfitValue = (name: string): UseCounsel => ({
  headline: `The server did not accept the value of ${field(name)}`,
  known: NOTHING_DONE,
  next: 'Change that value, and send the call again.',
  causes: ['the value is of another kind than the field takes'],
});

/** The fields of app tokens that take a few values only (facts 3.3). */
const VALUES: Readonly<Record<string, string>> = {
  hashType: 'hashType is one of SHA1, SHA256, SHA512, MD5',
  status: 'status is 1 (switched off), 2 (active) or 3 (deleted)',
  sessionType: 'sessionType is 0 (USER) or 2 (ADMIN)',
  type: 'type is 0 (USER) or 2 (ADMIN)',
};

const unknownCall = ({ action }: ApiError): UseCounsel => ({
  headline: `The server does not know the call ${action}`,
  known: 'It speaks as the Kaltura API does, but lacks this call.',
  next: 'Compare the address with that of your Kaltura server.',
  causes: ['it is a much older Kaltura server', 'something between here and the server changed the address'],
});
