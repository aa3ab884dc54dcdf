import { Secret } from '../../source/kaltura/secret.js';
import {
  type Account,
  type AppToken,
  createMemory,
  type Login,
  type Permission,
  type PracticeData,
} from '../../source/practice/world.js';
import { recordedCategories, recordedEntries, recordedInfo, recordedRoles } from './recorded-objects.js';

/** The secret of all recorded accounts. */
export const ADMIN_SECRET = new Secret('0123456789abcdef0123456789abcdef');
const USER_SECRET = new Secret('fedcba9876543210fedcba9876543210');
const TOKEN = new Secret('00112233445566778899aabbccddeeff');
const APP_TOKENS_CREATED_AT = 1_795_491_784;
const ENTITLEMENT_CREATED_AT = 1_795_493_973;

function account(partnerId: number, special: Partial<Account> = {}): Account {
  return {
    partnerId,
    state: 'active',
    ksVersion: 2,
    adminSecret: ADMIN_SECRET,
    userSecret: USER_SECRET,
    maxLifetime: null,
    permissions: [],
    defaultEntitlementEnforcement: false,
    info: recordedInfo(partnerId),
    singleSignOnOnly: false,
    hasTwoFactors: false,
    anonymousUser: 'none',
    maxWrongLogins: null,
    ...special,
  };
}

/** The permission that enables entitlement, with the recorded values. */
const feature = (partnerId: number, id = 0): Permission => ({
  id,
  type: 2,
  name: 'FEATURE_ENTITLEMENT',
  friendlyName: 'FEATURE_ENTITLEMENT',
  status: 1,
  partnerId,
  createdAt: ENTITLEMENT_CREATED_AT,
  updatedAt: ENTITLEMENT_CREATED_AT,
  objectType: 'KalturaPermission',
});

const ACCOUNTS = [
  account(102),
  account(103, { ksVersion: 1 }),
  account(104, { state: 'blocked' }),
  account(105, { maxLifetime: 3600 }),
  account(106, { hasTwoFactors: true }),
  account(107, { state: 'blocked' }),
  account(108, { maxWrongLogins: 3 }),
  account(109, { singleSignOnOnly: true }),
  account(110, { permissions: [feature(110, 363)], defaultEntitlementEnforcement: true }),
  account(111, { permissions: [feature(111, 365)] }),
  account(112, { ksVersion: 1, permissions: [feature(112, 367)], defaultEntitlementEnforcement: true }),
  account(113, { defaultEntitlementEnforcement: true }),
  account(129, { maxLifetime: 86_400, anonymousUser: 'null' }),
  account(130, { maxLifetime: 86_400, anonymousUser: 'empty' }),
  account(131),
  account(138, { maxLifetime: 3600 }),
  account(140, { permissions: [feature(140)] }),
  account(141, { ksVersion: 1, permissions: [feature(141)] }),
];

function login(loginId: string, partnerId: number, special: Partial<Login> = {}): Login {
  const accounts = [{ partnerId, isAdmin: true }];
  return { loginId, password: 'Passw0rd!', state: 'active', accounts, codeSeed: null, ...special };
}

const LOGINS = [
  login('admin@example.com', 102),
  login('viewer@example.com', 102, { accounts: [{ partnerId: 102, isAdmin: false }] }),
  login('locked@example.com', 102, { state: 'locked' }),
  login('blocked@example.com', 102, { state: 'blocked' }),
  login('oldpass@example.com', 102, { state: 'password-expired' }),
  login('multi@example.com', 102, {
    accounts: [
      { partnerId: 102, isAdmin: false },
      { partnerId: 105, isAdmin: true },
    ],
  }),
  login('admin103@example.com', 103),
  login('admin104@example.com', 104),
  login('otp@example.com', 106, { codeSeed: 'JBSWY3DPEHPK3PXP' }),
  login('retry@example.com', 108),
  login('retry2@example.com', 108),
  login('sso@example.com', 109),
  login('admin130@example.com', 130),
  login('admin131@example.com', 131),
  login('admin140@example.com', 140),
];

function appToken(id: string, hashType: AppToken['hashType'], special: Partial<AppToken> = {}): AppToken {
  return {
    id,
    partnerId: 102,
    token: TOKEN,
    hashType,
    isActive: true,
    createdAt: APP_TOKENS_CREATED_AT,
    updatedAt: APP_TOKENS_CREATED_AT,
    expiresAt: null,
    sessionType: null,
    userId: null,
    duration: 86_400,
    privileges: null,
    description: null,
    ...special,
  };
}

const APP_TOKENS = [
  ...(['MD5', 'SHA1', 'SHA256', 'SHA512'] as const).flatMap((hashType) => [
    appToken(`0_${hashType.toLowerCase()}`, hashType),
    appToken(`0_${hashType.toLowerCase()}v1`, hashType, { partnerId: 103 }),
  ]),
  appToken('0_disabled', 'SHA256', { isActive: false }),
  appToken('0_expired', 'SHA256', { expiresAt: 1_795_488_184 }),
  appToken('0_fixed', 'SHA256', {
    sessionType: 2,
    userId: 'fixeduser',
    privileges: 'edit:*,disableentitlement',
    duration: 1800,
  }),
  appToken('0_user', 'SHA256', { sessionType: 0, duration: 600 }),
  appToken('0_p105', 'SHA256', { partnerId: 105 }),
  appToken('0_lhr9hwh6', 'SHA256', {
    partnerId: 130,
    userId: 'tokuser',
    createdAt: 1_795_796_347,
    updatedAt: 1_795_796_347,
  }),
];

/** The data of the recorded server. Its objects are read from the recordings. */
export const recordedData = (): PracticeData => ({
  accounts: ACCOUNTS,
  logins: LOGINS,
  roles: recordedRoles(),
  categories: recordedCategories(),
  entries: recordedEntries(),
  tokenValueOf: (random) => Buffer.from(random).toString('hex'),
  memory: createMemory(APP_TOKENS),
});
