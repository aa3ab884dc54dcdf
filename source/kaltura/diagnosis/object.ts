import type { ApiError } from '../api/errors.js';
import { argumentOf, type UseAdvice, type UseAdviceByCode } from './use-context.js';

const NOTHING_DONE = 'The server accepted the key. Nothing was changed.';

const field = (name: string): string => (name === '' ? 'a field' : `the field “${name}”`);

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Errors about the object that a call reads or changes, and about the fields of the call (docs/kaltura-facts.md 4.2, 4.4). */
export const onObject: UseAdviceByCode = {
  CATEGORY_NOT_FOUND: (error) => hidden('category', argumentOf(error, 'ID')),
  ENTRY_ID_NOT_FOUND: (error) => hidden('entry', argumentOf(error, 'ENTRY_ID') || argumentOf(error, 'ID')),
  INVALID_USER_ID: () => ({
    headline: 'The account does not have this user',
    known: 'The server accepted the key, but did not find the user.',
    next: 'Check the user ID in KMC → Administration → Users.',
    causes: ['the user ID is mistyped', 'the user was never added: a key can name a user that does not exist yet'],
  }),
  INVALID_PARTNER_ID: (error) => {
    const id = argumentOf(error, 'PID');
    return {
      headline: id === '0' ? 'The call names no partner ID' : `The server does not know partner ${id}`.trimEnd(),
      known: 'The server accepted the key, but does not know the account in the call.',
      next: 'Send the partner ID of the key’s own account.',
      causes: [
        id === '0'
          ? 'the partner ID is missing: the server does not take it from the key'
          : 'the partner ID is mistyped',
      ],
    };
  },
  PROPERTY_VALIDATION_NOT_UPDATABLE: (error) => ({
    headline: `${capitalized(field(argumentOf(error, 'PROP_NAME')))} cannot be set`,
    known: NOTHING_DONE,
    next: 'Leave the field out. The server sets it.',
    causes: ['only the server can set the field'],
  }),
  INVALID_FIELD_VALUE: (error) => {
    const name = argumentOf(error, 'FIELD_NAME');
    return name === 'sessionUserId' ? tokenUser : unfitValue(name);
  },
  INVALID_ENUM_VALUE: (error) => {
    const name = argumentOf(error, 'PARAM_NAME');
    return {
      headline: `The server does not accept the value of ${field(name)}`,
      known: NOTHING_DONE,
      next: 'Send one of the values that Kaltura defines, or leave the field out.',
      causes: [(Object.hasOwn(VALUES, name) ? VALUES[name] : undefined) ?? 'the field accepts only certain values'],
    };
  },
  MISSING_MANDATORY_PARAMETER: (error) => ({
    headline: `The server did not receive ${field(argumentOf(error, 'PARAM_NAME'))}`,
    known: 'The call arrived, but a part of it is missing. Nothing was changed.',
    next: 'Fill the field, and send the call again.',
    causes: ['the field was left empty', 'a proxy or firewall removed a part of the call'],
  }),
  INVALID_PARAMETER_CHAR: (error) => ({
    headline: `The server does not accept a character in ${field(argumentOf(error, 'XML_FIELD'))}`,
    known: 'Nothing was changed. Pasted text can contain invisible control characters.',
    next: 'Type the value by hand.',
    causes: ['the pasted text contains an invisible character'],
  }),
  APP_TOKEN_ID_NOT_FOUND: (error) => ({
    headline: `The account does not have the app token ${argumentOf(error, 'ID')}`.trimEnd(),
    known: NOTHING_DONE,
    next: 'Look for the ID in the account’s list of app tokens.',
    causes: ['it was deleted already', 'the ID is mistyped', 'it belongs to another account'],
  }),
  APP_TOKEN_NOT_ACTIVE: () => unfitToken('is disabled', 'an administrator disabled it'),
  APP_TOKEN_EXPIRED: () => unfitToken('has expired', 'its expiry has passed'),
  SERVICE_DOES_NOT_EXISTS: (error) => unknownCall(error),
  ACTION_DOES_NOT_EXISTS: (error) => unknownCall(error),
  SERVICE_NOT_SPECIFIED: (error) => unknownCall(error),
  ACTION_NOT_SPECIFIED: (error) => unknownCall(error),
};

/** The answer is the same for an object that does not exist, belongs to another account, or is hidden by entitlement (docs/kaltura-facts.md 5.10). */
const hidden = (what: string, id: string): UseAdvice => ({
  headline: `The server did not find the ${what} ${id}`.trimEnd(),
  known: 'The answer is the same if entitlement hides an existing object from the key.',
  next: 'Try again with a key that has disableentitlement. If that key finds it, entitlement hid it.',
  causes: [
    'entitlement hides it from this key',
    `the ${what} does not exist, or its ID is mistyped`,
    'it belongs to another account',
  ],
});

const unfitToken = (state: string, cause: string): UseAdvice => ({
  headline: `The app token ${state}`,
  known: 'The token exists, but no keys can be made with it.',
  next: 'Use another app token, or ask an administrator to change this one.',
  causes: [cause],
});

const tokenUser: UseAdvice = {
  headline: 'The server requires a user for the app token',
  known: 'No token was created. On this account, an app token needs the user that its keys belong to.',
  next: 'Enter a user for the token.',
  causes: ['no user was given', 'the user ID contains characters that a new user cannot have'],
};

const unfitValue = (name: string): UseAdvice => ({
  headline: `The server did not accept the value of ${field(name)}`,
  known: NOTHING_DONE,
  next: 'Change the value, and send the call again.',
  causes: ['the value has the wrong type for this field'],
});

/** Fields of app tokens that accept certain values only (docs/kaltura-facts.md 3.3). */
const VALUES: Readonly<Record<string, string>> = {
  hashType: 'hashType is one of SHA1, SHA256, SHA512, MD5',
  status: 'status is 1 (disabled), 2 (active) or 3 (deleted)',
  sessionType: 'sessionType is 0 (USER) or 2 (ADMIN)',
  type: 'type is 0 (USER) or 2 (ADMIN)',
};

const unknownCall = ({ action }: ApiError): UseAdvice => ({
  headline: `The server does not know the call ${action}`,
  known: 'The server is a Kaltura server, but it does not have this call.',
  next: 'Check the address of your Kaltura server.',
  causes: ['the Kaltura server is much older', 'a proxy or firewall changed the address of the request'],
});
