import type { ErrorText } from './error-text.js';

const HIDDEN = [
  'Entitlement hides it from this key. With entitlement, a category and its entries are visible only to some users. It can also limit ADMIN keys.',
  'The key has a privacy context (privacycontext), which hides what is outside that context.',
];

const NO_SUCH_ID = ['The ID is mistyped, or belongs to another account or region.', 'It was deleted.'];

const notFound = (what: string, causes: readonly string[]): ErrorText => ({
  meaning: `The ${what} does not exist, or the key can’t see it.`,
  causes,
  fix: 'Check the ID first: that’s quickest. If it’s correct, use a key with disableentitlement, or a key for the right user with the right privacycontext.',
});

/** Errors about the objects that a call reads or changes (docs/kaltura-facts.md 4.2, 5.10). */
export const OBJECT_ERRORS = {
  CATEGORY_NOT_FOUND: notFound('category', [...HIDDEN, ...NO_SUCH_ID]),
  ENTRY_ID_NOT_FOUND: notFound('entry', [...NO_SUCH_ID, ...HIDDEN]),
  CAPTION_ASSET_ID_NOT_FOUND: {
    meaning: 'The caption asset does not exist, or the key can’t read it.',
    causes: ['The ID is mistyped.', 'The caption was deleted.'],
    fix: 'Take the ID from caption_captionAsset.list for the entry.',
  },
  INVALID_CUE_POINT_ID: {
    meaning: 'The cue point does not exist, or the key can’t see it.',
    causes: [
      'It belongs to another user: a USER key does not see the annotations of others.',
      'It was deleted, or the ID is mistyped.',
    ],
    fix: 'Use a key for the user who created the cue point.',
  },
  UPLOAD_TOKEN_NOT_FOUND: {
    meaning: 'The upload token does not exist, or the key can’t see it.',
    causes: ['The ID is mistyped.', 'uploadToken.add failed before, so there is no upload token.'],
    fix: 'Check the answer of uploadToken.add, and use the ID in it.',
  },
  INVALID_USER_ID: {
    meaning: 'The account does not have this user.',
    causes: [
      'The user ID is mistyped.',
      'The user was never added. A key can name a user that does not exist yet.',
      'user.loginByKs and partner.listPartnersForUser need a key with a user. The message names the user of the key.',
    ],
    fix: 'Check the user ID (KMC → Administration → Users), or use a key that has a user.',
  },
} as const satisfies Readonly<Record<string, ErrorText>>;
