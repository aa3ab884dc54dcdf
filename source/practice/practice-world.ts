import { newPracticeToken } from '../kaltura/accounts/practice-account.js';
import { ROLES } from '../kaltura/privileges/roles.js';
import { Secret } from '../kaltura/secret.js';
import { ENTITLEMENT_FEATURE } from './content-actions.js';
import { PRACTICE_CREDENTIALS } from './practice-account.js';
import {
  type Account,
  type AppToken,
  type Category,
  createMemory,
  type Entry,
  type Login,
  type PracticeData,
  type Reach,
  type Role,
} from './world.js';

/** A fixed creation time for all objects. */
const LONG_AGO = Date.UTC(2024, 0, 1) / 1000;

const account = (partnerId: number, name: string, special: Partial<Account>): Account => ({
  partnerId,
  state: 'active',
  ksVersion: 2,
  adminSecret: new Secret(PRACTICE_CREDENTIALS.adminSecret),
  userSecret: new Secret(PRACTICE_CREDENTIALS.userSecret),
  maxLifetime: 30 * 86_400,
  permissions: [
    {
      id: partnerId,
      type: 2,
      name: ENTITLEMENT_FEATURE,
      friendlyName: 'Entitlement',
      status: 1,
      partnerId,
      createdAt: LONG_AGO,
      updatedAt: LONG_AGO,
      objectType: 'KalturaPermission',
    },
  ],
  defaultEntitlementEnforcement: true,
  info: {
    name,
    createdAt: LONG_AGO,
    adminName: 'Practice Administrator',
    adminEmail: PRACTICE_CREDENTIALS.loginId,
    type: 1,
    status: 1,
  },
  singleSignOnOnly: false,
  hasTwoFactors: true,
  anonymousUser: 'none',
  maxWrongLogins: null,
  ...special,
});

const ACCOUNTS = [
  account(PRACTICE_CREDENTIALS.partnerId, 'Practice account', { anonymousUser: 'null' }),
  account(PRACTICE_CREDENTIALS.cappedPartnerId, 'Practice account of short sessions', { maxLifetime: 3_600 }),
  account(PRACTICE_CREDENTIALS.blockedPartnerId, 'Practice account that is blocked', { state: 'blocked' }),
];

const login = (loginId: string, isAdmin: boolean, codeSeed: string | null): Login => ({
  loginId,
  password: PRACTICE_CREDENTIALS.password,
  state: 'active',
  accounts: [PRACTICE_CREDENTIALS.partnerId, PRACTICE_CREDENTIALS.cappedPartnerId].map((partnerId) => ({
    partnerId,
    isAdmin,
  })),
  codeSeed,
});

const TOKEN: AppToken = {
  id: PRACTICE_CREDENTIALS.tokenId,
  partnerId: PRACTICE_CREDENTIALS.partnerId,
  token: new Secret(PRACTICE_CREDENTIALS.token),
  hashType: 'SHA256',
  isActive: true,
  createdAt: LONG_AGO,
  updatedAt: LONG_AGO,
  expiresAt: null,
  sessionType: 0,
  userId: null,
  duration: 86_400,
  privileges: null,
  description: 'For practice: each request chooses the user',
};

const FIXED_TOKEN: AppToken = {
  ...TOKEN,
  id: PRACTICE_CREDENTIALS.fixedTokenId,
  sessionType: 2,
  userId: PRACTICE_CREDENTIALS.loginId,
  duration: 1_800,
  privileges: 'list:*',
  description: 'For practice: sets the type, user and privileges',
};

const category = (id: number, name: string, shown: Partial<Category['object']> = {}): Category => ({
  object: {
    id,
    parentId: 0,
    partnerId: PRACTICE_CREDENTIALS.partnerId,
    name,
    fullName: name,
    appearInList: 1,
    privacy: 1,
    status: 2,
    ...shown,
    objectType: 'KalturaCategory',
  },
  members: [PRACTICE_CREDENTIALS.viewerLoginId],
});

const entry = (id: string, name: string, userId: string, categoryIds: number[]): Entry => ({
  object: {
    id,
    name,
    partnerId: PRACTICE_CREDENTIALS.partnerId,
    userId,
    status: 2,
    type: 1,
    mediaType: 1,
    objectType: 'KalturaMediaEntry',
  },
  categoryIds,
});

/**
 * Returns the reach of a role. Roles with other purposes can also read content here, because their exact permissions
 * are unknown.
 */
function reachOf(roleName: string, isAdministrator: boolean): Reach {
  if (isAdministrator) return 'account';
  if (roleName === 'REPORT_VIEWER_ROLE') return 'categories';
  if (roleName === 'UPLOAD_BASE_ROLE') return 'uploads';
  return roleName === 'No Session' ? 'anyone' : 'content';
}

const role = (id: number, systemName: string, partnerId: number, reach: Reach): Role => ({
  object: {
    id,
    name: systemName,
    systemName,
    status: 1,
    partnerId,
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    objectType: 'KalturaUserRole',
  },
  reach,
});

/**
 * Creates fresh practice data: nothing revoked, nothing used up.
 *
 * @param partnerIds the practice accounts to include. Default: all; a subset imitates a region without the others
 */
export const createPracticeData = (
  partnerIds: readonly number[] = ACCOUNTS.map(({ partnerId }) => partnerId),
): PracticeData => ({
  accounts: ACCOUNTS.filter(({ partnerId }) => partnerIds.includes(partnerId)),
  logins: [
    login(PRACTICE_CREDENTIALS.loginId, true, null),
    login(PRACTICE_CREDENTIALS.otpLoginId, true, PRACTICE_CREDENTIALS.codeSeed),
    login(PRACTICE_CREDENTIALS.viewerLoginId, false, null),
  ],
  roles: [
    ...ROLES.map(({ name, administrator }, index) => role(index + 1, name, 0, reachOf(name, administrator))),
    role(PRACTICE_CREDENTIALS.roleId, 'Practice viewers', PRACTICE_CREDENTIALS.partnerId, 'content'),
  ],
  categories: [
    category(PRACTICE_CREDENTIALS.plainCategoryId, 'Public talks'),
    category(2002, 'Open campus', { privacyContexts: PRACTICE_CREDENTIALS.privacyContext }),
    category(PRACTICE_CREDENTIALS.hiddenCategoryId, 'Staff only', {
      appearInList: 3,
      privacy: 3,
      privacyContexts: PRACTICE_CREDENTIALS.privacyContext,
    }),
  ],
  entries: [
    entry('0_welcome1', 'Welcome to the practice account', PRACTICE_CREDENTIALS.loginId, [
      PRACTICE_CREDENTIALS.plainCategoryId,
    ]),
    entry('0_campus01', 'A walk over the campus', PRACTICE_CREDENTIALS.viewerLoginId, [2002]),
    entry(PRACTICE_CREDENTIALS.hiddenEntryId, 'Staff day, the whole recording', PRACTICE_CREDENTIALS.loginId, [
      PRACTICE_CREDENTIALS.hiddenCategoryId,
    ]),
    entry('0_sketch01', 'A sketch that lies in no category', PRACTICE_CREDENTIALS.viewerLoginId, []),
  ],
  tokenValueOf: newPracticeToken,
  memory: createMemory([TOKEN, FIXED_TOKEN]),
});
