/** What finds out more about an error. `messages/errors/` turns it into a command. */
export type ErrorCheck =
  /** Asks for the category or entry with a key, and whether entitlement hides it. */
  | 'category'
  | 'entry'
  /** Asks the server whether a key works. */
  | 'key'
  /** Reads what a key allows and when it expires. */
  | 'inspect'
  /** Creates a key again and looks for the cause of the failure. */
  | 'sign-in'
  /** Asks all regions for the account. */
  | 'regions'
  | 'app-tokens';

export interface KnownError {
  /**
   * The server's message; `{id}`, `{partnerId}` and `{}` stand for arguments. Null if another code has the same
   * message, or if there is none.
   */
  readonly message: string | null;
  readonly checks: readonly ErrorCheck[];
}

const known = (message: string | null, ...checks: readonly ErrorCheck[]): KnownError => ({ message, checks });

/**
 * The reasons for `INVALID_KS`, which the server puts into its arguments (docs/kaltura-facts.md 4.2). `INVALID_STR`
 * stands beside every other reason, so it counts only if it is alone.
 */
export const KS_REASONS = {
  EXPIRED: known('Invalid KS "EXPIRED", Error "{}"', 'inspect'),
  LOGOUT: known('Invalid KS "LOGOUT", Error "{}"', 'key', 'app-tokens'),
  EXCEEDED_ACTIONS_LIMIT: known('Invalid KS "EXCEEDED_ACTIONS_LIMIT", Error "{}"', 'inspect'),
  EXCEEDED_RESTRICTED_IP: known('Invalid KS "EXCEEDED_RESTRICTED_IP", Error "{}"', 'inspect'),
  EXCEEDED_RESTRICTED_URI: known('Invalid KS "EXCEEDED_RESTRICTED_URI", Error "{}"', 'inspect'),
  INVALID_TYPE: known('Invalid KS "", Error "-4,INVALID_TYPE"', 'inspect'),
  INVALID_PARTNER: known(null, 'inspect', 'regions'),
  INVALID_USER: known(null, 'inspect'),
  LKS_DISABLED: known('Invalid KS "LKS_DISABLED", Error "{}"', 'inspect'),
  INVALID_STR: known(null, 'inspect', 'regions'),
} as const satisfies Readonly<Record<string, KnownError>>;

/** The errors that the facts files or the recordings name, with the messages of docs/kaltura-facts.md 4. */
export const ERROR_CODES = {
  ...KS_REASONS,
  // Starting a session (docs/kaltura-facts.md 4.1).
  START_SESSION_ERROR: known('Error while starting session for partner [{partnerId}]', 'sign-in', 'regions'),
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: known(
    'The access to this service is forbidden since the specified partner is blocked',
    'regions',
  ),
  UNKNOWN_ROLE_ID: known('Unknown role id', 'sign-in'),
  INVALID_WIDGET_ID: known('Unknown widget [{}]', 'regions'),
  START_WIDGET_SESSION_ERROR: known('error while starting session for widget id [{}]', 'regions'),
  SERVICE_ACCESS_CONTROL_RESTRICTED: known(
    'The access to service [{}] is forbidden due to access control restriction',
    'key',
  ),
  PARTNER_ACCESS_FORBIDDEN: known('Partner [{}] cannot access partner [{}]', 'inspect'),
  ACTION_BLOCKED: known('action "{}" in service "{}" is blocked'),
  ACCESS_UNAUTHORIZED: known('Access unauthorized'),
  ACCESS_FORBIDDEN_FROM_UNKNOWN_IP: known('Access forbidden from unknown ip [{}]'),
  UNKNOWN_PARTNER_ID: known('Unknown partner_id [{partnerId}]'),
  INVALID_PARTNER_ID: known('Invalid partner id "{partnerId}"', 'regions'),
  PARTNER_REGISTRATION_ERROR: known('Partner id [{}] is not a VAR/GROUP'),
  // Using a key (docs/kaltura-facts.md 4.2).
  INVALID_KS: known('Invalid KS "{}", Error "{}"', 'inspect', 'key'),
  MISSING_KS: known('Missing KS, session not established'),
  SERVICE_FORBIDDEN: known('The access to service [{}] is forbidden', 'inspect', 'key'),
  USER_BLOCKED: known('this user is blocked', 'inspect'),
  INVALID_ACTIONS_LIMIT: known('Invalid actions limit', 'inspect'),
  INVALID_SET_ROLE: known('Invalid set role id', 'inspect'),
  INVALID_OBJECT_ID: known('Invalid object id [{}]', 'inspect'),
  KS_REQUIRED: known('KS required', 'inspect'),
  CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION: known(
    'cannot retrieve another user "{}" using non-admin session',
    'inspect',
  ),
  PROPERTY_VALIDATION_ADMIN_PROPERTY: known('The property "{}" is updatable with admin session only', 'inspect'),
  PROPERTY_VALIDATION_NO_INSERT_PERMISSION: known(
    'Current user does not have permission to insert property "{}"',
    'inspect',
  ),
  // Objects (docs/kaltura-facts.md 4.2, 5.10).
  CATEGORY_NOT_FOUND: known('Category id "{id}" not found', 'category'),
  ENTRY_ID_NOT_FOUND: known('Entry id "{id}" not found', 'entry'),
  CAPTION_ASSET_ID_NOT_FOUND: known('Caption asset id "{}" not found', 'key'),
  INVALID_CUE_POINT_ID: known('Invalid cue point id [{}]', 'inspect'),
  UPLOAD_TOKEN_NOT_FOUND: known('Upload token not found', 'inspect'),
  INVALID_USER_ID: known('Unknown user [{}]', 'inspect'),
  // Fields of a call.
  INVALID_ENUM_VALUE: known('Invalid enumeration value "{}" for parameter "{}", expecting enumeration type "{}"'),
  MISSING_MANDATORY_PARAMETER: known('Missing parameter "{}"'),
  INVALID_PARAMETER_CHAR: known('Invalid char in "{}" field'),
  INVALID_FIELD_VALUE: known('value in field [{}] is not valid'),
  PROPERTY_VALIDATION_NOT_UPDATABLE: known('The property "{}" cannot be updated'),
  SERVICE_DOES_NOT_EXISTS: known('Service "{}" does not exists'),
  ACTION_DOES_NOT_EXISTS: known('Action "{}" does not exists for service "{}"'),
  SERVICE_NOT_SPECIFIED: known('Service name was not specified, please specify one'),
  ACTION_NOT_SPECIFIED: known(null),
  UNKNOWN_RESPONSE_FORMAT: known(null),
  MANDATORY_PARAMETER_MISSING: known(null),
  INTERNAL_SERVERL_ERROR: known('Internal server error occurred', 'key'),
  INTERNAL_SERVER_ERROR: known('Internal server error N/A', 'key'),
  INTERNAL_DATABASE_ERROR: known('Internal database error'),
  // Logging in (docs/kaltura-facts.md 4.3).
  USER_WRONG_PASSWORD: known('Wrong password supplied', 'sign-in', 'regions'),
  USER_NOT_FOUND: known('User was not found', 'sign-in', 'regions'),
  LOGIN_RETRIES_EXCEEDED: known('Maximum login retries exceeded.'),
  LOGIN_BLOCKED: known('You account is locked'),
  PASSWORD_EXPIRED: known('Current password has expired'),
  USER_IS_BLOCKED: known('User is blocked'),
  DIRECT_LOGIN_BLOCKED: known('Direct login is blocked on this partner'),
  MISSING_OTP: known('OTP is missing'),
  INVALID_OTP: known('OTP provided failed to validate'),
  LOGIN_DATA_NOT_FOUND: known('Login id not found'),
  USER_DATA_ERROR: known('User data is not valid.'),
  ADMIN_KUSER_NOT_FOUND: known('The data you entered is invalid'),
  NEW_LOGIN_REQUIRED: known('Switching to requested partner requires re-login'),
  PARTNER_CHANGE_ACCOUNT_DISABLED: known('Partner change account is disabled for current session', 'inspect'),
  // App tokens (docs/kaltura-facts.md 4.4).
  APP_TOKEN_ID_NOT_FOUND: known('Application token id "{}" not found', 'app-tokens'),
  APP_TOKEN_NOT_ACTIVE: known('Application token id "{}" not active', 'app-tokens'),
  APP_TOKEN_EXPIRED: known('Application token id "{}" expired', 'app-tokens'),
  INVALID_APP_TOKEN_HASH: known('Invalid application token hash', 'sign-in'),
  // Codes that the guides name and the server does not send (docs/kaltura-facts.md 4.4).
  EXPIRED_KS: known(null, 'inspect'),
  INVALID_APP_TOKEN_ID: known(null, 'app-tokens'),
  EXPIRED_TOKEN: known(null, 'app-tokens'),
  INVALID_SECRET_TYPE: known(null, 'sign-in'),
  PARTNER_NOT_FOUND: known(null, 'regions'),
} as const satisfies Readonly<Record<string, KnownError>>;

export type ErrorCodeId = keyof typeof ERROR_CODES;

export const isKnownErrorCode = (code: string): code is ErrorCodeId => Object.hasOwn(ERROR_CODES, code);
