import { ROLES } from '../kaltura/privileges/roles.js';
import { Secret } from '../kaltura/secret.js';
import { ENTITLEMENT_FEATURE } from './content-actions.js';
import { PRETEND } from './practice-account.js';
import {
  type Account,
  type AppToken,
  type Category,
  createMemory,
  type Entry,
  type Login,
  type Reach,
  type Role,
  type World,
} from './world.js';

/** Nobody asks when things were made, and one time is as good as another. */
const LONG_AGO = Date.UTC(2024, 0, 1) / 1000;

const account = (partnerId: number, name: string, special: Partial<Account> = {}): Account => ({
  partnerId,
  state: 'active',
  ksVersion: 2,
  adminSecret: new Secret(PRETEND.adminSecret),
  userSecret: new Secret(PRETEND.userSecret),
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
    id: partnerId,
    name,
    createdAt: LONG_AGO,
    adminName: 'Practice Administrator',
    adminEmail: PRETEND.loginId,
    type: 1,
    status: 1,
    objectType: 'KalturaPartner',
  },
  singleSignOnOnly: false,
  maxWrongLogins: null,
  ...special,
});

const ACCOUNTS = [
  account(PRETEND.partnerId, 'Practice account'),
  account(PRETEND.cappedPartnerId, 'Practice account of short sessions', { maxLifetime: 3_600 }),
  account(PRETEND.blockedPartnerId, 'Practice account that is blocked', { state: 'blocked' }),
];

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
  createdAt: LONG_AGO,
  expiresAt: null,
  sessionType: 0,
  userId: null,
  duration: 86_400,
  privileges: null,
  description: 'For practice: leaves the user to the request',
};

const FIXED_TOKEN: AppToken = {
  ...TOKEN,
  id: PRETEND.fixedTokenId,
  sessionType: 2,
  userId: PRETEND.loginId,
  duration: 1_800,
  privileges: 'list:*',
  description: 'For practice: fixes type, user and privileges',
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
 * A world that nobody has met yet: nothing ended, nothing used up.
 *
 * @param partnerIds the accounts that it knows, of the pretend ones: all, unless it is to be a region that some are not in
 */
export const pretendWorld = (partnerIds: readonly number[] = ACCOUNTS.map(({ partnerId }) => partnerId)): World => ({
  accounts: ACCOUNTS.filter(({ partnerId }) => partnerIds.includes(partnerId)),
  logins: [
    login(PRETEND.loginId, true, null),
    login(PRETEND.otpLoginId, true, PRETEND.codeSeed),
    login(PRETEND.viewerLoginId, false, null),
  ],
  roles: [
    ...ROLES.map(({ name, administrator }, index) => role(index + 1, name, 0, reachOf(name, administrator))),
    role(PRETEND.roleId, 'Practice viewers', PRETEND.partnerId, 'content'),
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
  memory: createMemory([TOKEN, FIXED_TOKEN]),
});
