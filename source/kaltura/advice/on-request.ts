import type { AdviceContext, Counsel, CounselByCode } from './advice.js';
import { backToReview, credentials, otherPlace, otherPrivileges } from './advice.js';
import { valuesOf } from './evidence.js';

const parameter = (name: string | undefined): string => (name === undefined ? 'a field' : `the field “${name}”`);

/** What the server says of a request that it cannot read, or of privileges that it cannot honour (facts 4.1, 4.2). */
export const onRequest: CounselByCode = {
  INVALID_ENUM_VALUE: (error, context) => ({
    headline: `The server does not know the value of ${parameter(error.args['PARAM_NAME'])}`,
    explanation: 'This program sends only values that Kaltura documents.',
    causes: ['something between here and the server changed the request', 'the server is of a very different version'],
    remedies: [backToReview, otherPlace(context)],
  }),
  MISSING_MANDATORY_PARAMETER: (error, context) => ({
    headline: `The server did not receive ${parameter(error.args['PARAM_NAME'])}`,
    explanation: 'The request arrived, but not whole.',
    causes: [
      'the field was left empty',
      'something between here and the server dropped what was sent with the request',
    ],
    remedies: [credentials('Enter the credentials again'), otherPlace(context)],
  }),
  INVALID_PARAMETER_CHAR: (error) => ({
    headline: `The server does not accept a character in ${parameter(error.args['XML_FIELD'])}`,
    explanation: 'Control characters cannot be seen, and come along with a paste.',
    causes: ['an invisible character was pasted along: paste it again, or type it'],
    remedies: [credentials('Enter the credentials again'), backToReview],
  }),
  SERVICE_DOES_NOT_EXISTS: (_, context) => unknownAction(context),
  ACTION_DOES_NOT_EXISTS: (_, context) => unknownAction(context),
  SERVICE_NOT_SPECIFIED: (_, context) => unknownAction(context),
  ACTION_NOT_SPECIFIED: (_, context) => unknownAction(context),
  INVALID_ACTIONS_LIMIT: (_, { request }) => ({
    headline: 'The key is useless: its actionslimit is no positive number',
    explanation: 'The server makes such a key, and refuses it whenever it is used.',
    causes: [`the privileges say actionslimit:${valuesOf('actionslimit', request).join(', ')}`],
    remedies: [otherPrivileges],
  }),
  INVALID_SET_ROLE: (_, { request }) => uselessRole(valuesOf('setrole', request)),
  INVALID_OBJECT_ID: (_, { request }) => uselessRole(valuesOf('setrole', request)),
  CATEGORY_NOT_FOUND: (error) => hidden('category', error.args['ID']),
  ENTRY_ID_NOT_FOUND: (error) => hidden('entry', error.args['ID'] ?? error.args['ENTRY_ID']),
};

const unknownAction = (context: AdviceContext): Counsel => ({
  headline: 'The server does not know this call',
  explanation: 'It speaks as the Kaltura API does, but lacks what makes a key.',
  causes: ['it is a much older Kaltura server', 'something between here and the server changed the address'],
  remedies: [otherPlace(context)],
});

const uselessRole = (roles: readonly string[]): Counsel => ({
  headline: 'The key is useless: its role does not exist',
  explanation: 'The server makes such a key without a look at the role, and refuses it whenever it is used.',
  causes: [
    roles.length === 0
      ? 'the role that the key is limited to was deleted'
      : `setrole names “${roles.join(', ')}”, which neither the account nor the system has`,
  ],
  remedies: [otherPrivileges],
});

/** The same answer for what is not there and for what entitlement hides (facts 5.10). */
const hidden = (what: string, id: string | undefined): Counsel => ({
  headline: `The server does not find the ${what}${id === undefined ? '' : ` ${id}`}`,
  explanation: 'It says so also of what exists, where entitlement hides it from the key.',
  causes: [
    'entitlement hides it: an ADMIN key with disableentitlement sees everything',
    `the ${what} does not exist, or is another account’s`,
  ],
  remedies: [otherPrivileges],
});
