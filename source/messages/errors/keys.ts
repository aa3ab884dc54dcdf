import type { ErrorText } from './error-text.js';

const NEW_KEY = 'Create a new key.';

/** Errors of calls with a key (docs/kaltura-facts.md 4.2). */
export const KEY_ERRORS = {
  INVALID_KS: {
    meaning: 'The server does not accept the key. The reason is in the arguments of the error: KSID or ERR_DESC.',
    causes: [
      'KSID is EXPIRED: the key has expired.',
      'KSID is LOGOUT: the key was revoked, or its app token was deleted.',
      'KSID is the key itself: it is incomplete, signed with the wrong secret, or from another region.',
      'KSID is EXCEEDED_… : a limit in the key was reached (calls, IP address or URL).',
    ],
    fix: 'To see the reason, explain the whole answer, not only the code. Usually a new key helps.',
  },
  EXPIRED: {
    meaning: 'The key has expired.',
    causes: [
      'Its lifetime is over.',
      'It was signed on a computer whose clock is behind.',
      'It was created with a lifetime of 0, for example from an app token with sessionDuration 0.',
    ],
    fix: `${NEW_KEY} In programs that run for a long time, renew keys before they expire.`,
  },
  LOGOUT: {
    meaning: 'The key was revoked.',
    causes: [
      'session.end was called with this key.',
      'A key with the same sessionid was revoked. All keys with that sessionid are then revoked.',
      'Its app token was deleted.',
      'session.end was called with another key of its app token. That disables all keys of the token, even new ones.',
    ],
    fix: `${NEW_KEY} If keys of an app token are revoked from the start, create a new app token.`,
  },
  EXCEEDED_ACTIONS_LIMIT: {
    meaning: 'The key has no calls left: its actionslimit is used up.',
    causes: ['The program makes more calls than expected. A multirequest counts as one call.'],
    fix: `${NEW_KEY} Give it a greater actionslimit, or none.`,
  },
  EXCEEDED_RESTRICTED_IP: {
    meaning: 'The key may not be used from this IP address.',
    causes: ['Its iprestrict names another IP address.', 'A proxy or VPN changes the IP address that the server sees.'],
    fix: 'Call from the IP address in iprestrict, or create a key without it.',
  },
  EXCEEDED_RESTRICTED_URI: {
    meaning: 'The key may not be used for this URL.',
    causes: [
      'Its urirestrict names other paths.',
      'The path in urirestrict has no * at the end, so only that exact path is allowed.',
      'urirestrict:/api_v3/* does not allow playback, download and thumbnail URLs: they do not begin with /api_v3.',
    ],
    fix: 'Create a key whose urirestrict allows the path, or a key without it.',
  },
  INVALID_TYPE: {
    meaning: 'The USER key may not change an object of another user.',
    causes: ['The object belongs to a different user than the key.', 'The key has no user.'],
    fix: 'Create a key for the owner of the object, a key with edit and the ID of the entry, or an ADMIN key.',
  },
  INVALID_PARTNER: {
    meaning: 'The key does not belong to this account.',
    causes: ['The key is from another account or another region.'],
    fix: 'Use a key of the account that the call is for.',
  },
  INVALID_USER: {
    meaning: 'The key belongs to another user.',
    causes: ['The call names a different user than the key.'],
    fix: 'Create a key for the user that the call names.',
  },
  LKS_DISABLED: {
    meaning: 'The account does not accept light keys (LKS).',
    causes: ['An old program created a light key.'],
    fix: 'Create an ordinary session key.',
  },
  INVALID_STR: {
    meaning: 'The server can’t read the key.',
    causes: [
      'A part of the key is missing, or copying changed a character.',
      'The key was signed with the User Secret. Only keys that are signed with the Administrator Secret are valid.',
      'The key is from another region or another server.',
      'A + in the key was sent without percent-encoding.',
    ],
    fix: 'Copy the whole key again and check the region, or create a new key.',
  },
  MISSING_KS: {
    meaning: 'The call needs a key, but the server received none.',
    causes: ['The parameter ks is missing or empty.', 'The key was sent in a header, which api_v3 does not read.'],
    fix: 'Send the key in the parameter ks.',
  },
  SERVICE_FORBIDDEN: {
    meaning: 'The key does not allow this call.',
    causes: [
      'The key is a USER key or a public session (widget session), and the call needs an ADMIN key or a user with a role.',
      'The role of the key (setrole), or the role of its user, does not allow this call.',
      'No key was sent: the call then runs without an account.',
      'The call also sends a partnerId of another account.',
      'The account is read-only.',
    ],
    fix: 'Use an ADMIN key, or a key with a role that includes the call. Remove the parameter partnerId from the call, and make sure that the call contains the key (parameter ks).',
  },
  USER_BLOCKED: {
    meaning: 'The user of the key is blocked.',
    causes: ['An administrator blocked the user in KMC.'],
    fix: 'Create a key for another user, or unblock this one (KMC → Administration → Users).',
  },
  INVALID_ACTIONS_LIMIT: {
    meaning: 'The actionslimit of the key is not a positive number, so every call with the key fails.',
    causes: ['actionslimit is 0, negative, a text, or empty. -1 does not mean “no limit”.'],
    fix: `${NEW_KEY} Use an actionslimit of 1 or more, or leave it out.`,
  },
  INVALID_SET_ROLE: {
    meaning: 'The setrole of the key is a negative number, so every call with the key fails.',
    causes: ['The role ID is mistyped.'],
    fix: `${NEW_KEY} Use the number of a role of the account (KMC → Administration → Roles).`,
  },
  INVALID_OBJECT_ID: {
    meaning: 'An object that the call or the key names does not exist.',
    causes: [
      'The role in the setrole of the key does not exist. The message then says [N/A].',
      'The account does not have the object or the feature that the call asks for.',
    ],
    fix: 'For [N/A], create a key with a role that exists. Otherwise check the ID in the call.',
  },
  KS_REQUIRED: {
    meaning: 'An access rule of the entry requires a key that allows playing it.',
    causes: [
      'The player or link has no key.',
      'The key is a USER key without sview for this entry. It is not enough to be the owner, or to have edit or a playback role.',
    ],
    fix: 'Use a USER key with sview and the ID of the entry, or an ADMIN key on your own server.',
  },
  CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION: {
    meaning: 'A USER key can read only its own user.',
    causes: ['user.get was called for a different user than the user of the key.'],
    fix: 'Use an ADMIN key.',
  },
  PROPERTY_VALIDATION_ADMIN_PROPERTY: {
    meaning: 'The key may not write this field.',
    causes: [
      'The field is adminTags, and the USER key does not have editadmintags:*. Express Recorder writes this field.',
      'editadmintags has no value, or a value other than *.',
    ],
    fix: 'For adminTags, create a USER key with editadmintags:*. For other fields, use an ADMIN key.',
  },
  PROPERTY_VALIDATION_NO_INSERT_PERMISSION: {
    meaning: 'The role of the key does not allow creating an object of this kind.',
    causes: ['The role in setrole is too narrow. PLAYBACK_BASE_ROLE, for example, can’t add chapters.'],
    fix: 'Use a key with a role that includes it, or an ADMIN key.',
  },
  EXPIRED_KS: {
    meaning: 'Guides name this code, but the Kaltura server does not send it.',
    causes: ['The key has expired. The server reports that as INVALID_KS with KSID EXPIRED.'],
    fix: NEW_KEY,
  },
} as const satisfies Readonly<Record<string, ErrorText>>;
