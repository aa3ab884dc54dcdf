import { ROLES } from '../kaltura/roles.js';
import { Secret } from '../kaltura/secret.js';
import { oneTimeCode } from './one-time-code.js';
import {
  type Account,
  type AppToken,
  type Category,
  createMemory,
  type Entry,
  type Login,
  type Reach,
  type World,
} from './world.js';

/**
 * What a person who practises may know. All of it is invented and opens nothing anywhere else, so it may be shown and printed; and
 * it never changes, so that keys and profiles made in one run go on working in the next.
 */
export const PRETEND = {
  partnerId: 1234567,
  adminSecret: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  userSecret: 'decaf000decaf000decaf000decaf000',
  /** Caps the life of sessions at an hour: a longer one is shortened without a word. Same secrets. */
  cappedPartnerId: 1234568,
  loginId: 'admin@practice.example',
  password: 'Practice-1!',
  /** Asks for a one-time code, which `currentCode` gives. Same password. */
  otpLoginId: 'code@practice.example',
  /** No administrator, and a member of the hidden category. Same password. */
  viewerLoginId: 'viewer@practice.example',
  /** SHA256, USER, a day; leaves the user to the request. */
  tokenId: '0_rehearse',
  /** The value of both tokens. */
  token: '7ea7ea7ea7ea7ea7ea7ea7ea7ea7ea7e',
  /** Fixes ADMIN, a user, `list:*` and 30 minutes, whatever is asked: the key is stronger than asked for. */
  fixedTokenId: '0_fixadmin',
  /** A role of the account's own, for `setrole`: it reads content and nothing else. */
  roleId: 5001,
  hiddenCategoryId: 2003,
  plainCategoryId: 2001,
  privacyContext: 'intranet',
  hiddenEntryId: '0_staffday',
} as const;

const CODE_SEED = 'PRACTICEPRACTICE';

/** The one-time code of this moment, for who has no authenticator app at hand. @param now epoch milliseconds */
export const currentCode = (now: number): string => oneTimeCode(CODE_SEED, now);

const ACCOUNT: Account = {
  partnerId: PRETEND.partnerId,
  state: 'active',
  ksVersion: 2,
  adminSecret: new Secret(PRETEND.adminSecret),
  userSecret: new Secret(PRETEND.userSecret),
  maxLifetime: 30 * 86_400,
  entitlement: { feature: true, byDefault: true },
  singleSignOnOnly: false,
  maxWrongLogins: null,
};

const login = (loginId: string, isAdmin: boolean, codeSeed: string | null): Login => ({
  loginId,
  password: PRETEND.password,
  state: 'active',
  accounts: [PRETEND.partnerId, PRETEND.cappedPartnerId].map((partnerId) => ({ partnerId, isAdmin })),
  codeSeed,
});

const TOKEN: AppToken = {
  id: PRETEND.tokenId,
  partnerId: PRETEND.partnerId,
  token: new Secret(PRETEND.token),
  hashType: 'SHA256',
  isActive: true,
  expiresAt: null,
  sessionType: 0,
  userId: null,
  duration: 86_400,
  privileges: '',
};

const category = (id: number, name: string, shown: Partial<Category['object']> = {}): Category => ({
  object: {
    id,
    parentId: 0,
    partnerId: PRETEND.partnerId,
    name,
    fullName: name,
    appearInList: 1,
    privacy: 1,
    status: 2,
    ...shown,
    objectType: 'KalturaCategory',
  },
  members: [PRETEND.viewerLoginId],
});

const entry = (id: string, name: string, userId: string, categoryIds: number[]): Entry => ({
  object: {
    id,
    name,
    partnerId: PRETEND.partnerId,
    userId,
    status: 2,
    type: 1,
    mediaType: 1,
    objectType: 'KalturaMediaEntry',
  },
  categoryIds,
});

/** Roles for other work than reading content are let read it too: what they may do is not known here in such detail. */
function reachOf(roleName: string, isAdministrator: boolean): Reach {
  if (isAdministrator) return 'account';
  return ['No Session', 'UPLOAD_BASE_ROLE'].includes(roleName) ? 'anyone' : 'content';
}

/** A world that nobody has met yet: nothing ended, nothing used up. */
export const pretendWorld = (): World => ({
  accounts: [ACCOUNT, { ...ACCOUNT, partnerId: PRETEND.cappedPartnerId, maxLifetime: 3_600 }],
  logins: [
    login(PRETEND.loginId, true, null),
    login(PRETEND.otpLoginId, true, CODE_SEED),
    login(PRETEND.viewerLoginId, false, null),
  ],
  appTokens: [
    TOKEN,
    {
      ...TOKEN,
      id: PRETEND.fixedTokenId,
      sessionType: 2,
      userId: PRETEND.loginId,
      duration: 1_800,
      privileges: 'list:*',
    },
  ],
  roles: [
    ...ROLES.map(({ name, administrator }, index) => ({
      id: index + 1,
      systemName: name,
      reach: reachOf(name, administrator),
    })),
    { id: PRETEND.roleId, systemName: 'Practice viewers', reach: 'content' },
  ],
  categories: [
    category(PRETEND.plainCategoryId, 'Public talks'),
    category(2002, 'Open campus', { privacyContexts: PRETEND.privacyContext }),
    category(PRETEND.hiddenCategoryId, 'Staff only', {
      appearInList: 3,
      privacy: 3,
      privacyContexts: PRETEND.privacyContext,
    }),
  ],
  entries: [
    entry('0_welcome1', 'Welcome to the practice account', PRETEND.loginId, [PRETEND.plainCategoryId]),
    entry('0_campus01', 'A walk over the campus', PRETEND.viewerLoginId, [2002]),
    entry(PRETEND.hiddenEntryId, 'Staff day, the whole recording', PRETEND.loginId, [PRETEND.hiddenCategoryId]),
    entry('0_sketch01', 'A sketch that lies in no category', PRETEND.viewerLoginId, []),
  ],
  memory: createMemory(),
});
