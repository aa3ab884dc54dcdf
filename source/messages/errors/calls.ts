import type { ErrorText } from './error-text.js';

const unknownCall = (what: string): ErrorText => ({
  meaning: `The server does not know the ${what} of this call.`,
  causes: ['The name is mistyped. The server repeats names in lower case.', 'The server is older than the call.'],
  fix: 'Check the names in the URL: /api_v3/service/SERVICE/action/ACTION.',
});

const fault = (...causes: readonly string[]): ErrorText => ({
  meaning: 'The server had an internal error.',
  causes: [
    ...causes,
    'The server has a temporary problem.',
    'The call contains a value that the server did not expect.',
  ],
  fix: 'Try again in a minute. If the error happens again, send Kaltura support the response header X-Kaltura-Session. curl -i prints it, and so does kaltura-ks with --show-answer.',
});

/** Errors about the form of a call, and of the server itself (docs/kaltura-facts.md 4.2). */
export const CALL_ERRORS = {
  INVALID_ENUM_VALUE: {
    meaning: 'A field accepts only certain values, and the value is not one of them.',
    causes: [
      'The type of a key is neither 0 (USER) nor 2 (ADMIN).',
      'The hashType of an app token is not one of SHA1, SHA256, SHA512, MD5.',
    ],
    fix: 'Send one of the values of the enumeration that the message names.',
  },
  MISSING_MANDATORY_PARAMETER: {
    meaning: 'The server did not receive a field that the call needs.',
    causes: [
      'The field was left out or is empty.',
      'The body was sent as "application/json; charset=utf-8". The server reads JSON only as "application/json".',
    ],
    fix: 'Send the field that the message names.',
  },
  INVALID_PARAMETER_CHAR: {
    meaning: 'A field contains a character that the server does not accept.',
    causes: ['The pasted text contains an invisible character.'],
    fix: 'Type the value of the field that the message names, or paste it again.',
  },
  INVALID_FIELD_VALUE: {
    meaning: 'The value of a field is not valid.',
    causes: [
      'For sessionUserId: the app token needs a user in this account.',
      'For sessionUserId: the user ID contains characters that a new user can’t have, such as a space.',
    ],
    fix: 'For an app token, enter a user ID without spaces. For other fields, check the field that the message names.',
  },
  PROPERTY_VALIDATION_NOT_UPDATABLE: {
    meaning: 'Only the server can set this field.',
    causes: [
      'The call changes a read-only field, such as the status, token or partnerId of an app token.',
      'Some guides disable app tokens by their status. The server does not allow that.',
    ],
    fix: 'Leave the field out. To disable an app token, give it a near expiry, or delete it.',
  },
  SERVICE_DOES_NOT_EXISTS: unknownCall('service'),
  ACTION_DOES_NOT_EXISTS: unknownCall('action'),
  SERVICE_NOT_SPECIFIED: {
    meaning: 'The URL of the call names no service.',
    causes: ['The URL ends before the service.', 'A proxy changed the URL.'],
    fix: 'Use a URL of the form /api_v3/service/SERVICE/action/ACTION.',
  },
  ACTION_NOT_SPECIFIED: {
    meaning: 'The URL of the call names no action.',
    causes: ['The URL ends after the service.'],
    fix: 'Use a URL of the form /api_v3/service/SERVICE/action/ACTION.',
  },
  UNKNOWN_RESPONSE_FORMAT: {
    meaning: 'The server does not know the format that the call asks for. The answer has no body.',
    causes: ['The parameter format has an unknown value.'],
    fix: 'Send format=1 for JSON or format=2 for XML.',
  },
  MANDATORY_PARAMETER_MISSING: {
    meaning: 'The call asks for JSONP, but names no callback. The answer has no body.',
    causes: ['The parameter callback is missing in the query of the URL.'],
    fix: 'Add callback to the query, or send format=1 for JSON.',
  },
  INTERNAL_SERVERL_ERROR: fault('session.get was called with a key that the server can’t read.'),
  INTERNAL_SERVER_ERROR: fault(
    'user.loginByKs asked for an unknown account, or for one where the password of the user has expired.',
  ),
  INTERNAL_DATABASE_ERROR: fault(),
} as const satisfies Readonly<Record<string, ErrorText>>;
