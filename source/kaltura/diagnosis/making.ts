import type { ApiError } from '../api/errors.js';
import type { UnsuitableFault } from '../sign-in/key-request.js';
import { changeServer, type Entry, entry, type FixAction, isHosted, type MakingContext, ofPath } from './diagnosis.js';
import { partnerIdCause, roleCause, secretOddities, valuesOf, wrongRegionCause } from './evidence.js';

/** Diagnoses by error code (docs/kaltura-facts.md 4). */
export type MakingTable = Readonly<Record<string, (error: ApiError, context: MakingContext) => Entry>>;

/** Errors of `session.start` (docs/kaltura-facts.md 4.1). */
export const onSecret = {
  START_SESSION_ERROR: (error, context) =>
    // Without a partner ID, the server reports partner 0 with the same code.
    error.args['PID'] === '0' ? withoutPartner(context) : wrongSecret(context),
  UNKNOWN_ROLE_ID: (_, { request }) =>
    entry('unknown-role', [...valuesOf('setrole', request).map(roleCause), 'role-deleted'], ['change-privileges']),
} satisfies MakingTable;

function wrongSecret(context: MakingContext) {
  const { signIn, type } = context.request;
  return entry(
    'wrong-secret',
    [
      ...(signIn.method === 'server' ? secretOddities(signIn.secret, 'secrets') : []),
      ...(type === 'ADMIN' ? (['user-secret-for-admin'] as const) : []),
      'secret-of-other-account',
      // The same number can be another account in each region (docs/kaltura-facts.md 4.1).
      ...(isHosted(context.request) ? (['same-number-elsewhere'] as const) : []),
      'partner-id-mistyped',
      'wrong-value-copied',
    ],
    [
      'change-secret',
      ...(type === 'ADMIN' ? (['change-type'] as const) : []),
      'check-partner-id',
      ...(isHosted(context.request) ? [changeServer(context)] : []),
    ],
  );
}

const withoutPartner = (context: MakingContext) =>
  entry('no-partner-received', ['partner-id-missing', 'request-changed'], ['change-partner-id', changeServer(context)]);

/** Errors of the two calls that an app token sign-in makes (docs/kaltura-facts.md 4.1, 4.4). */
export const onAppToken = {
  // Even a blocked account opens a public session (docs/kaltura-facts.md 5.7).
  INVALID_WIDGET_ID: (_, context) =>
    entry(
      'unknown-account',
      [wrongRegionCause(context), partnerIdCause(context.request)],
      [changeServer(context), 'check-partner-id'],
    ),
  START_WIDGET_SESSION_ERROR: () => entry('no-public-session', ['temporary-problem'], ['retry', 'change-sign-in']),
  APP_TOKEN_ID_NOT_FOUND: (_, { request }) =>
    entry(
      'unknown-app-token',
      ['id-mistyped', 'token-deleted', partnerIdCause(request)],
      ['change-app-token', 'change-sign-in'],
    ),
  APP_TOKEN_NOT_ACTIVE: () =>
    entry('app-token-disabled', ['token-disabled'], ['use-other-app-token', 'change-sign-in']),
  APP_TOKEN_EXPIRED: () =>
    entry('app-token-expired', ['token-expired', 'token-expiry-zero'], ['use-other-app-token', 'change-sign-in']),
  INVALID_APP_TOKEN_HASH: (_, { request: { signIn } }) =>
    entry(
      'wrong-token-value',
      [
        ...(signIn.method === 'app-token' ? secretOddities(signIn.token, 'tokens') : []),
        'value-of-other-token',
        'value-mistyped',
      ],
      ['change-app-token', 'change-sign-in'],
    ),
  INVALID_FIELD_VALUE: ({ args }) =>
    entry(
      'invalid-field',
      (args['FIELD_NAME'] ?? '') === ''
        ? ['token-without-user']
        : [{ id: 'field-named', values: { name: args['FIELD_NAME'] ?? '' } }],
      ['check-user', 'use-other-app-token'],
    ),
  SERVICE_FORBIDDEN: (_, context) =>
    entry(
      'app-token-forbidden',
      ['public-sessions-restricted', 'session-removed'],
      ['change-sign-in', changeServer(context)],
    ),
} satisfies MakingTable;

/** Errors about a request that the server cannot read, or about privileges that it does not accept (docs/kaltura-facts.md 4.1, 4.2). */
export const onRequest = {
  INVALID_ENUM_VALUE: ({ args }, context) =>
    entry('invalid-enum', ['request-changed', 'server-version'], ['review', changeServer(context)], {
      name: args['PARAM_NAME'] ?? '',
    }),
  MISSING_MANDATORY_PARAMETER: ({ args }, context) =>
    entry('missing-field', ['field-empty', 'request-cut'], ['change-credentials', changeServer(context)], {
      name: args['PARAM_NAME'] ?? '',
    }),
  INVALID_PARAMETER_CHAR: ({ args }) =>
    entry('invalid-character', ['invisible-character'], ['change-credentials', 'review'], {
      name: args['XML_FIELD'] ?? '',
    }),
  SERVICE_DOES_NOT_EXISTS: (_, context) => unknownAction(context),
  ACTION_DOES_NOT_EXISTS: (_, context) => unknownAction(context),
  SERVICE_NOT_SPECIFIED: (_, context) => unknownAction(context),
  ACTION_NOT_SPECIFIED: (_, context) => unknownAction(context),
  INVALID_ACTIONS_LIMIT: (_, { request }) =>
    entry('bad-actions-limit', ['actions-limit-named'], ['change-privileges'], {
      limits: valuesOf('actionslimit', request),
    }),
  INVALID_SET_ROLE: (_, context) => uselessRole(context),
  INVALID_OBJECT_ID: (_, context) => uselessRole(context),
  CATEGORY_NOT_FOUND: ({ args }) => hidden('category', args['ID']),
  ENTRY_ID_NOT_FOUND: ({ args }) => hidden('entry', args['ID'] ?? args['ENTRY_ID']),
} satisfies MakingTable;

const unknownAction = (context: MakingContext) =>
  entry('unknown-action', [...ofPath(context.request), 'server-older', 'address-changed'], [changeServer(context)]);

function uselessRole({ request }: MakingContext) {
  const roles = valuesOf('setrole', request);
  return entry('role-missing', [roles.length === 0 ? 'role-was-deleted' : 'role-nowhere'], ['change-privileges'], {
    roles,
  });
}

/** The answer is the same for an object that does not exist and for one that entitlement hides (docs/kaltura-facts.md 5.10). */
const hidden = (what: 'category' | 'entry', id = '') =>
  entry('object-not-found', ['hidden-by-entitlement', 'object-missing'], ['change-privileges'], { what, id });

/** Errors of any call: about the account, the network, or the server itself (docs/kaltura-facts.md 4.1, 4.2). */
export const onAccount = {
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: (error, context) =>
    // A public session was opened: that works for a blocked account, and never for an unknown one (docs/kaltura-facts.md 5.7).
    isOfToken(error)
      ? entry('account-surely-blocked', ['account-closed'], ['check-partner-id', changeServer(context)])
      : blockedOrUnknown(context, [changeServer(context), 'check-partner-id']),
  INVALID_PARTNER_ID: (_, context) => blockedOrUnknown(context, ['check-partner-id', changeServer(context)]),
  SERVICE_FORBIDDEN: (_, context) =>
    entry(
      'request-forbidden',
      ['partner-id-not-a-number', 'account-restricted'],
      ['check-partner-id', changeServer(context), 'change-sign-in'],
    ),
  SERVICE_ACCESS_CONTROL_RESTRICTED: (_, context) => notFromHere(context),
  ACCESS_FORBIDDEN_FROM_UNKNOWN_IP: (_, context) => notFromHere(context),
  ACCESS_UNAUTHORIZED: (_, context) => notFromHere(context),
  PARTNER_ACCESS_FORBIDDEN: (_, { request }) =>
    entry('key-of-other-account', [partnerIdCause(request)], ['check-partner-id']),
  ACTION_BLOCKED: () => entry('too-many-calls', ['too-many-calls-wait'], ['retry', 'review']),
  INTERNAL_SERVERL_ERROR: () => serverFault,
  INTERNAL_SERVER_ERROR: () => serverFault,
  INTERNAL_DATABASE_ERROR: () => serverFault,
  INVALID_KS: (error, context) => badKey(error, context),
  MISSING_KS: (error, context) => badKey(error, context),
} satisfies MakingTable;

const blockedOrUnknown = (context: MakingContext, fixes: readonly FixAction[]) =>
  entry(
    'account-blocked-or-unknown',
    [wrongRegionCause(context), partnerIdCause(context.request), 'account-closed-ask'],
    fixes,
  );

/** Whether this is the second call of an app token sign-in, which uses the public session that the first one opened. */
export const isOfToken = ({ action }: ApiError): boolean => action.toLowerCase() === 'apptoken.startsession';

function notFromHere(context: MakingContext) {
  const isPlain = context.request.serviceUrl.startsWith('http://');
  return entry(
    'network-not-allowed',
    [...(isPlain ? (['https-required'] as const) : []), 'use-office-network', 'country-not-allowed'],
    [...(isPlain ? [changeServer(context)] : []), 'retry', 'change-sign-in'],
  );
}

const serverFault = entry('server-fault', ['temporary-problem-wait', 'request-causes-it'], ['retry', 'review']);

function badKey(error: ApiError, context: MakingContext) {
  if (!isOfToken(error)) return entry('key-in-request', ['something-adds-key'], [changeServer(context), 'retry']);
  const reason = `${error.args['KSID'] ?? ''} ${error.args['ERR_DESC'] ?? ''}`;
  const isOver = reason.includes('EXPIRED') || reason.includes('LOGOUT');
  return entry(
    'public-session-rejected',
    [isOver ? 'attempt-too-slow' : 'different-machines'],
    ['retry', 'change-sign-in'],
  );
}

/** Requests that no key can be made from. */
export const onUnsuitable = {
  lifetime: entry('lifetime-not-positive', ['lifetime-zero'], ['review']),
  'semicolon-in-user': entry('semicolon-in-user', ['user-has-semicolon'], ['change-user', 'review']),
  'semicolon-in-privileges': entry(
    'semicolon-in-privileges',
    ['separated-by-commas', 'value-has-semicolon'],
    ['change-privileges', 'review'],
  ),
  'privilege-name': entry('unreadable-privileges', ['bad-privilege-name'], ['change-privileges']),
} satisfies Readonly<Record<UnsuitableFault, Entry>>;
