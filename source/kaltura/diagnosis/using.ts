import { isOnThisComputer } from '../accounts/regions.js';
import type { ApiError } from '../api/errors.js';
import type { Secret } from '../secret.js';
import { type Entry, entry, isOwnServer, type NextStep, ofPath, type Values } from './diagnosis.js';

/** A call that uses a key, or is about one. */
export interface UseContext {
  /** The action that was called, such as `session.get`. An API error has its own. */
  readonly action: string;
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  /** The region's name as the user chose it: `EU`. */
  readonly regionLabel: string;
  /** The secrets that were sent, and must not appear in anything that is shown. */
  readonly secrets: readonly Secret[];
}

type UsingTable = Readonly<Record<string, (error: ApiError, context: UseContext) => Entry>>;

const use = <const Topic extends string, const Id extends string>(
  topic: Topic,
  causes: readonly Id[],
  next: NextStep,
  values: Values = {},
) => entry(topic, causes, [next], values);

/** Whether the call opens a session. No key is sent with it, so its errors say nothing about a key. */
const isSessionStart = ({ action }: ApiError): boolean => /^session\.(start|impersonate)/i.test(action);
const isEnding = ({ action }: ApiError): boolean => action.toLowerCase() === 'session.end';

const nameIn = (error: ApiError, name: string): Values => ({ name: error.args[name] ?? '' });

/** Errors about the object that a call reads or changes, and about the fields of the call (docs/kaltura-facts.md 4.2, 4.4). */
const onObject = {
  CATEGORY_NOT_FOUND: ({ args }) => hidden('category', args['ID']),
  ENTRY_ID_NOT_FOUND: ({ args }) => hidden('entry', args['ENTRY_ID'] || args['ID']),
  INVALID_USER_ID: () => use('unknown-user', ['user-id-mistyped', 'user-not-added'], 'change-request'),
  INVALID_PARTNER_ID: ({ args }) => {
    const id = args['PID'] ?? '';
    return id === '0'
      ? use('call-without-partner', ['partner-id-not-in-key'], 'change-request')
      : use('unknown-partner', ['partner-id-mistyped'], 'change-request', { id });
  },
  PROPERTY_VALIDATION_NOT_UPDATABLE: (error) =>
    use('read-only-field', ['field-set-by-server'], 'change-request', nameIn(error, 'PROP_NAME')),
  INVALID_FIELD_VALUE: (error) =>
    error.args['FIELD_NAME'] === 'sessionUserId'
      ? use('token-needs-user', ['no-user-given', 'user-id-characters'], 'change-request')
      : use('unfit-value', ['wrong-type'], 'change-request', nameIn(error, 'FIELD_NAME')),
  INVALID_ENUM_VALUE: (error) =>
    use('unfit-enum', [valuesOfField(error.args['PARAM_NAME'] ?? '')], 'change-request', nameIn(error, 'PARAM_NAME')),
  MISSING_MANDATORY_PARAMETER: (error) =>
    use('call-lacks-field', ['field-empty', 'call-cut'], 'change-request', nameIn(error, 'PARAM_NAME')),
  INVALID_PARAMETER_CHAR: (error) =>
    use('call-has-character', ['pasted-invisible'], 'change-request', nameIn(error, 'XML_FIELD')),
  APP_TOKEN_ID_NOT_FOUND: ({ args }) =>
    use('app-token-not-found', ['deleted-already', 'id-mistyped', 'of-other-account'], 'change-request', {
      id: args['ID'] ?? '',
    }),
  APP_TOKEN_NOT_ACTIVE: () => use('token-is-disabled', ['token-disabled-by'], 'ask-administrator'),
  APP_TOKEN_EXPIRED: () => use('token-is-expired', ['expiry-passed'], 'ask-administrator'),
  SERVICE_DOES_NOT_EXISTS: (error, context) => unknownCall(error, context),
  ACTION_DOES_NOT_EXISTS: (error, context) => unknownCall(error, context),
  SERVICE_NOT_SPECIFIED: (error, context) => unknownCall(error, context),
  ACTION_NOT_SPECIFIED: (error, context) => unknownCall(error, context),
} satisfies UsingTable;

/** The answer is the same for an object that does not exist, belongs to another account, or is hidden by entitlement (docs/kaltura-facts.md 5.10). */
const hidden = (what: 'category' | 'entry', id = '') =>
  use('hidden-object', ['entitlement-hides-it', 'object-or-id-wrong', 'of-other-account'], 'use-other-key', {
    what,
    id,
  });

/** Fields of app tokens that accept certain values only (docs/kaltura-facts.md 3.3). */
function valuesOfField(name: string) {
  const known = ['hashType', 'status', 'sessionType', 'type'] as const;
  const found = known.find((one) => one === name);
  return found === undefined ? ('certain-values' as const) : (`values-of-${found}` as const);
}

const unknownCall = ({ action }: ApiError, context: UseContext) =>
  isOnThisComputer(context.serviceUrl)
    ? use('unknown-call-in-practice', ['practice-has-few-calls'], 'change-request', { action })
    : use('unknown-call', [...ofPath(context), 'server-older', 'address-changed'], 'change-request', { action });

/** Errors of a session that is opened as a part of another task (docs/kaltura-facts.md 4.1, 5.9). */
const onStart = {
  START_SESSION_ERROR: ({ action }) =>
    /impersonate/i.test(action)
      ? use('not-in-group', ['not-of-group', 'secret-does-not-fit', 'account-not-on-server'], 'make-key')
      : use(
          'secret-rejected',
          ['is-user-secret', 'secret-old-or-other', 'account-elsewhere-too', 'character-wrong'],
          'change-request',
        ),
  UNKNOWN_ROLE_ID: () => use('role-unknown-to-server', ['role-mistyped', 'role-deleted-or-other'], 'change-request'),
  INVALID_WIDGET_ID: () => use('account-unknown', ['region-or-server-wrong', 'partner-id-mistyped'], 'change-request'),
  START_WIDGET_SESSION_ERROR: () => use('no-public-session-now', ['temporary-problem'], 'wait'),
} satisfies UsingTable;

const ADMIN_CAUSES = ['user-or-public-key', 'role-forbids', 'call-for-other-account', 'key-removed'] as const;
const forbidden = <const Topic extends string>(topic: Topic, values: Values = {}) =>
  use(topic, ADMIN_CAUSES, 'use-other-key', values);
const contentForbidden = use(
  'content-forbidden',
  ['role-forbids', 'call-for-other-account', 'key-removed'],
  'make-key',
);

/** By action, or by its service (docs/kaltura-facts.md 3.2). */
const FORBIDDEN = {
  'session.get': forbidden('key-details-forbidden'),
  // Every key may call it (docs/kaltura-facts.md 3.2).
  'session.end': use('end-forbidden', ['account-restricts-call'], 'nothing'),
  'session.impersonatebyks': use('kaltura-only', ['ordinary-account'], 'make-key'),
  apptoken: forbidden('app-tokens-forbidden'),
  partner: forbidden('settings-forbidden'),
  permission: forbidden('features-forbidden'),
  userrole: forbidden('roles-forbidden'),
  user: forbidden('users-forbidden'),
  category: contentForbidden,
  baseentry: contentForbidden,
} satisfies Readonly<Record<string, Entry>>;

/** A valid key that is not allowed to make a call (`SERVICE_FORBIDDEN`). */
function onForbidden({ action }: ApiError) {
  const name = action.toLowerCase();
  const known = [name, name.split('.')[0] ?? ''].find((one) => Object.hasOwn(FORBIDDEN, one));
  return known === undefined ? forbidden('call-forbidden', { action }) : FORBIDDEN[known as keyof typeof FORBIDDEN];
}

/** The reason for `INVALID_KS`, which api_v3 puts in the place of the key (docs/kaltura-facts.md 4.2). */
const BY_REASON = {
  EXPIRED: (error) =>
    use(
      isEnding(error) ? 'key-already-expired' : 'key-expired',
      ['lifetime-over', 'signer-clock-behind', 'lifetime-was-zero'],
      isEnding(error) ? 'nothing' : 'make-key',
    ),
  LOGOUT: (error) =>
    use(
      isEnding(error) ? 'key-already-revoked' : 'key-revoked',
      ['revoked-by-someone', 'its-token-deleted', 'group-revoked'],
      isEnding(error) ? 'nothing' : 'make-key',
    ),
  EXCEEDED_ACTIONS_LIMIT: () => use('no-calls-left', ['more-calls-than-expected', 'checks-count-too'], 'make-key'),
  EXCEEDED_RESTRICTED_IP: () =>
    use('ip-not-allowed', ['other-public-address', 'made-for-other-computer', 'iprestrict-range'], 'change-network'),
  EXCEEDED_RESTRICTED_URI: () => use('uri-not-allowed', ['other-path-form', 'star-missing'], 'make-key'),
  // The owner of an object is not the key's user (docs/kaltura-facts.md 4.2).
  INVALID_TYPE: () => use('object-of-other-user', ['owned-by-other-user', 'key-without-user'], 'make-key'),
  INVALID_PARTNER: (_, context) => unreadable(context),
  INVALID_USER: () => use('key-of-other-user', ['key-has-other-user'], 'make-key'),
  LKS_DISABLED: () => use('light-key', ['made-by-old-program'], 'make-key'),
} satisfies UsingTable;

function onBadKey(error: ApiError, context: UseContext) {
  const { KSID = '', ERR_DESC = '' } = error.args;
  const reason = Object.hasOwn(BY_REASON, KSID) ? KSID : ERR_DESC;
  const find = BY_REASON[reason as keyof typeof BY_REASON] as OnReason | undefined;
  return Object.hasOwn(BY_REASON, reason) && find !== undefined ? find(error, context) : unreadable(context);
}

type OnReason = (error: ApiError, context: UseContext) => ReturnType<(typeof BY_REASON)[keyof typeof BY_REASON]>;

function unreadable(context: UseContext) {
  return use(
    'key-unreadable',
    [
      'key-incomplete',
      isOwnServer(context) ? 'account-on-other-server' : 'account-in-other-region',
      'signed-with-user-secret',
      'admin-secret-changed',
    ],
    'check-key',
  );
}

/** Errors of calls that use a key: about the key, its account and user, the network, and the server itself (docs/kaltura-facts.md 4.2). */
export const onUse = {
  ...onObject,
  ...onStart,
  INVALID_KS: onBadKey,
  SERVICE_FORBIDDEN: onForbidden,
  MISSING_KS: () => use('key-not-received', ['key-removed-from-request'], 'change-network'),
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: (error) =>
    isSessionStart(error)
      ? use(
          'account-refused',
          ['region-or-server-wrong', 'partner-id-mistyped', 'account-closed-ask'],
          'change-request',
        )
      : use('account-of-key-blocked', ['account-blocked-or-closed', 'unknown-other-account'], 'contact-support'),
  USER_BLOCKED: () => blockedUser,
  USER_IS_BLOCKED: () => blockedUser,
  INVALID_ACTIONS_LIMIT: () => use('actions-limit-invalid', ['actions-limit-empty'], 'make-key'),
  INVALID_SET_ROLE: () => uselessRole,
  // The server checks the role of the key first, and reports a missing role without its ID (docs/kaltura-facts.md 4.2).
  INVALID_OBJECT_ID: ({ args }) =>
    (args['ID'] ?? 'N/A') === 'N/A'
      ? uselessRole
      : use('not-in-account', ['feature-missing', 'name-misspelled'], 'contact-support', { object: args['ID'] ?? '' }),
  PARTNER_ACCESS_FORBIDDEN: () => use('keys-differ', ['keys-mixed-up', 'profile-of-other-account'], 'use-other-key'),
  SERVICE_ACCESS_CONTROL_RESTRICTED: () => notFromHere,
  ACCESS_FORBIDDEN_FROM_UNKNOWN_IP: () => notFromHere,
  ACCESS_UNAUTHORIZED: () => notFromHere,
  ACTION_BLOCKED: () => use('calls-limited', ['many-calls'], 'wait'),
  INTERNAL_SERVERL_ERROR: (error) => serverFault(error),
  INTERNAL_SERVER_ERROR: (error) => serverFault(error),
  INTERNAL_DATABASE_ERROR: (error) => serverFault(error),
} satisfies UsingTable;

const blockedUser = use('user-of-key-blocked', ['user-was-blocked-by'], 'ask-administrator');

const notFromHere = use(
  'call-not-allowed-here',
  ['network-forbidden', 'country-not-allowed', 'https-required'],
  'change-network',
);

const uselessRole = use('role-of-key-missing', ['role-mistyped-or-deleted'], 'make-key');

function serverFault(error: ApiError) {
  if (error.action.toLowerCase() === 'session.get') {
    return use('fault-about-key', ['key-damaged', 'service-problem', 'request-fault'], 'wait');
  }
  const isEnd = isEnding(error);
  return use(isEnd ? 'fault-at-end' : 'fault', ['service-problem', 'request-fault'], isEnd ? 'check-key' : 'wait');
}
