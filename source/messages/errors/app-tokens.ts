import type { ErrorText } from './error-text.js';

/** Errors of app tokens (docs/kaltura-facts.md 4.4), and codes that only the guides name. */
export const APP_TOKEN_ERRORS = {
  APP_TOKEN_ID_NOT_FOUND: {
    meaning: 'The account has no app token with this ID.',
    causes: ['The ID is mistyped.', 'The token was deleted.', 'The token belongs to another account.'],
    fix: 'Check the ID and the partner ID, or create a new app token.',
  },
  APP_TOKEN_NOT_ACTIVE: {
    meaning: 'The app token is disabled.',
    causes: ['An administrator disabled it.'],
    fix: 'Use another app token, or create a new one.',
  },
  APP_TOKEN_EXPIRED: {
    meaning: 'The app token has expired.',
    causes: ['Its expiry has passed.', 'It was created with an expiry of 0, which means “now” and not “never”.'],
    fix: 'Change its expiry (appToken.update with an ADMIN key), or create a new app token.',
  },
  INVALID_APP_TOKEN_HASH: {
    meaning: 'The tokenHash does not match the app token.',
    causes: [
      'The value of the token is wrong or incomplete.',
      'The hash was calculated with a different function than the hashType of the token.',
      'The hash was calculated with a different session key than the one that was sent.',
      'The hash is in capital letters, or a line break was hashed with the token.',
    ],
    fix: 'Send the hash of the key of the public session (widget session) followed by the token value, in lower-case hexadecimal digits.',
  },
  INVALID_APP_TOKEN_ID: {
    meaning: 'A guide names this code, but the Kaltura server does not send it.',
    causes: ['The ID of the app token is wrong. The server reports that as APP_TOKEN_ID_NOT_FOUND.'],
    fix: 'Check the ID of the app token.',
  },
  EXPIRED_TOKEN: {
    meaning: 'A guide names this code, but the Kaltura server does not send it.',
    causes: ['The app token has expired. The server reports that as APP_TOKEN_EXPIRED.'],
    fix: 'Change the expiry of the app token, or create a new one.',
  },
  INVALID_SECRET_TYPE: {
    meaning: 'A guide names this code, but the Kaltura server does not send it.',
    causes: ['The User Secret was used for an ADMIN key. The server reports that as START_SESSION_ERROR.'],
    fix: 'Use the Administrator Secret for ADMIN keys.',
  },
  PARTNER_NOT_FOUND: {
    meaning: 'The account does not exist.',
    causes: [
      'A guide names this code for session.start, which reports an unknown account as SERVICE_FORBIDDEN_CONTENT_BLOCKED.',
    ],
    fix: 'Check the partner ID and the region.',
  },
} as const satisfies Readonly<Record<string, ErrorText>>;
