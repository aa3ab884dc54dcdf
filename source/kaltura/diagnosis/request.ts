import type { UnsuitableFault } from '../sign-in/key-request.js';
import {
  type AdviceBody,
  type AdviceByCode,
  type AdviceContext,
  backToReview,
  changePrivileges,
  changeServer,
  credentials,
} from './advice.js';
import { valuesOf } from './evidence.js';

const parameter = (name = ''): string => (name === '' ? 'a field' : `the field “${name}”`);

/** Errors about a request that the server cannot read, or about privileges that it does not accept (docs/kaltura-facts.md 4.1, 4.2). */
export const onRequest: AdviceByCode = {
  INVALID_ENUM_VALUE: (error, context) => ({
    headline: `The server does not accept the value of ${parameter(error.args['PARAM_NAME'])}`,
    explanation: 'kaltura-ks sends only values that Kaltura documents.',
    causes: ['a proxy or firewall changed the request', 'the server runs a very different version'],
    remedies: [backToReview, changeServer(context)],
  }),
  MISSING_MANDATORY_PARAMETER: (error, context) => ({
    headline: `The server did not receive ${parameter(error.args['PARAM_NAME'])}`,
    explanation: 'The request arrived, but a part of it is missing.',
    causes: ['the field was left empty', 'a proxy or firewall removed a part of the request'],
    remedies: [credentials('Enter the credentials again'), changeServer(context)],
  }),
  INVALID_PARAMETER_CHAR: (error) => ({
    headline: `The server does not accept a character in ${parameter(error.args['XML_FIELD'])}`,
    explanation: 'Pasted text can contain invisible control characters.',
    causes: ['the pasted text contains an invisible character: paste it again, or type it'],
    remedies: [credentials('Enter the credentials again'), backToReview],
  }),
  SERVICE_DOES_NOT_EXISTS: (_, context) => unknownAction(context),
  ACTION_DOES_NOT_EXISTS: (_, context) => unknownAction(context),
  SERVICE_NOT_SPECIFIED: (_, context) => unknownAction(context),
  ACTION_NOT_SPECIFIED: (_, context) => unknownAction(context),
  INVALID_ACTIONS_LIMIT: (_, { request }) => ({
    headline: 'The key does not work: its actionslimit is not a positive number',
    explanation: 'The server makes such a key, but rejects every call with it.',
    causes: [`the privileges contain actionslimit:${valuesOf('actionslimit', request).join(', ')}`],
    remedies: [changePrivileges],
  }),
  INVALID_SET_ROLE: (_, { request }) => uselessRole(valuesOf('setrole', request)),
  INVALID_OBJECT_ID: (_, { request }) => uselessRole(valuesOf('setrole', request)),
  CATEGORY_NOT_FOUND: (error) => hidden('category', error.args['ID']),
  ENTRY_ID_NOT_FOUND: (error) => hidden('entry', error.args['ID'] ?? error.args['ENTRY_ID']),
};

const unknownAction = (context: AdviceContext): AdviceBody => ({
  headline: 'The server does not know this call',
  explanation: 'The server is a Kaltura server, but it does not have the call that makes a key.',
  causes: ['the Kaltura server is much older', 'a proxy or firewall changed the address of the request'],
  remedies: [changeServer(context)],
});

const uselessRole = (roles: readonly string[]): AdviceBody => ({
  headline: 'The key does not work: its role does not exist',
  explanation: 'The server makes a key without checking the role, but rejects every call with it.',
  causes: [
    roles.length === 0
      ? 'the role of the key was deleted'
      : `setrole names “${roles.join(', ')}”, but neither the account nor the system has that role`,
  ],
  remedies: [changePrivileges],
});

/** The answer is the same for an object that does not exist and for one that entitlement hides (docs/kaltura-facts.md 5.10). */
const hidden = (what: string, id = ''): AdviceBody => ({
  headline: `The server did not find the ${what} ${id}`.trimEnd(),
  explanation: 'The answer is the same if entitlement hides an existing object from the key.',
  causes: [
    'entitlement hides it: an ADMIN key with disableentitlement sees everything',
    `the ${what} does not exist, or belongs to another account`,
  ],
  remedies: [changePrivileges],
});

const NOTHING_DONE = 'Nothing was signed or sent.';

/** Advice on requests that no key can be made from. */
export const onUnsuitable: Readonly<Record<UnsuitableFault, AdviceBody>> = {
  lifetime: {
    headline: 'The lifetime is not a positive number of seconds',
    explanation: `The key would already be expired. ${NOTHING_DONE}`,
    causes: ['the lifetime is zero, negative, or not a whole number'],
    remedies: [backToReview],
  },
  'semicolon-in-user': {
    headline: 'The user ID of a version 1 key cannot contain a ;',
    explanation: `In version 1, a ; starts the next field, so the key would mean something else. ${NOTHING_DONE}`,
    causes: ['the user ID contains a ;'],
    remedies: [{ label: 'Change the user', goTo: 'user' }, backToReview],
  },
  'semicolon-in-privileges': {
    headline: 'The privileges of a version 1 key cannot contain a ;',
    explanation: `In version 1, a ; starts the next field, so the key would mean something else. ${NOTHING_DONE}`,
    causes: ['privileges are separated by commas, not by ;', 'a value contains a ;'],
    remedies: [changePrivileges, backToReview],
  },
  'privilege-name': {
    headline: 'The server could not read these privileges',
    explanation: NOTHING_DONE,
    causes: ['the name of a privilege starts with _ or contains a bracket: names have letters, digits and - only'],
    remedies: [changePrivileges],
  },
};
