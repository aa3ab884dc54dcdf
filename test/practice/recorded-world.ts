import { Secret } from '../../source/kaltura/secret.js';
import type { ApiObject } from '../../source/practice/response-format.js';
import {
  type Account,
  type AppToken,
  type Category,
  createMemory,
  type Entry,
  type Login,
  type Permission,
  type PracticeData,
  type Reach,
  type Role,
} from '../../source/practice/world.js';
import type { Recording } from './recordings.js';

/** The secret of all the accounts behind the recordings. */
export const ADMIN_SECRET = new Secret('0123456789abcdef0123456789abcdef');
const USER_SECRET = new Secret('fedcba9876543210fedcba9876543210');
const TOKEN = new Secret('00112233445566778899aabbccddeeff');
const APP_TOKENS_MADE = 1_795_491_784;
const ENTITLEMENT_ACCOUNTS_MADE = 1_795_493_973;

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
    info: { objectType: 'KalturaPartner' },
    singleSignOnOnly: false,
    maxWrongLogins: null,
    ...special,
  };
}

/** The permission that turns entitlement on, with what the recordings tell of it. */
const feature = (partnerId: number, id: number): Permission => ({
  id,
  type: 2,
  name: 'FEATURE_ENTITLEMENT',
  friendlyName: 'FEATURE_ENTITLEMENT',
  status: 1,
  partnerId,
  createdAt: ENTITLEMENT_ACCOUNTS_MADE,
  updatedAt: ENTITLEMENT_ACCOUNTS_MADE,
  objectType: 'KalturaPermission',
});

const accounts = (infoOf: (partnerId: number) => ApiObject): Account[] => [
  account(102),
  account(103, { ksVersion: 1 }),
  account(104, { state: 'blocked' }),
  account(105, { maxLifetime: 3600 }),
  account(106),
  account(107, { state: 'blocked' }),
  account(108, { maxWrongLogins: 3 }),
  account(109, { singleSignOnOnly: true }),
  account(110, { info: infoOf(110), permissions: [feature(110, 363)], defaultEntitlementEnforcement: true }),
  account(111, { info: infoOf(111), permissions: [feature(111, 365)] }),
  account(112, { ksVersion: 1, permissions: [feature(112, 367)], defaultEntitlementEnforcement: true }),
  account(113, { info: infoOf(113), defaultEntitlementEnforcement: true }),
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
];

function appToken(id: string, hashType: AppToken['hashType'], special: Partial<AppToken> = {}): AppToken {
  return {
    id,
    partnerId: 102,
    token: TOKEN,
    hashType,
    isActive: true,
    createdAt: APP_TOKENS_MADE,
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
];

/** What the roles that the recordings use may do; the others are not tried. */
const REACHES: Record<string, Reach> = { 'Publisher Administrator': 'account', 'No Session': 'anyone' };

/** In JSON a role without tags has no such field; in XML it has an empty one. */
function role({ permissionNames, ...object }: Role['object']): Role {
  const { createdAt, updatedAt, objectType, tags = null, ...first } = object;
  return {
    object: { ...first, permissionNames, tags, createdAt, updatedAt, objectType },
    reach: REACHES[object.systemName] ?? 'content',
  };
}

const ROLES_102 = '2244-p102-userRole.list-ADMIN';
const INFO = new Map([
  [110, '2087-p110-detect-ADMIN_none-partner.getInfo'],
  [111, '2115-p111-detect-ADMIN_none-partner.getInfo'],
  [113, '2171-p113-detect-ADMIN_none-partner.getInfo'],
]);
const LIST_110 = '0025-p110-ADMIN_disableentitlement_-baseEntry.list';
const CATEGORIES_110 = '0024-p110-ADMIN_disableentitlement_-category.list';
const CATEGORIES_112 = ['hidden', 'visible', 'plain'].map(
  (name, index) => `07${['15', '17', '18'][index]}-p112-ADMIN_disableentitlement_-category.get-${name}`,
);
const ENTRY_112 = '0719-p112-ADMIN_disableentitlement_-baseEntry.get-eHidden';

/** In which categories the entries lie, as the notes to the recordings tell. */
const PLACES: Record<string, number[]> = {
  '0_3x91ukyq': [18],
  '0_xljnrs66': [20],
  '0_hda5ritq': [21],
  '0_aofwtc7y': [],
  '0_fcslri8b': [26],
  '0_9v0qxpua': [28],
  '0_hipfigve': [29],
  '0_sttbmyat': [],
};

/** The world behind the recordings. How its accounts, roles, categories and entries look is read from the recordings themselves. */
export function recordedWorld(recordings: readonly Recording[]): PracticeData {
  const body = (name: string) => {
    const found = recordings.find((recording) => recording.name === name);
    if (found === undefined) throw new Error(`no recording ${name}`);
    return JSON.parse(found.response.body);
  };
  const categories: Category['object'][] = [...body(CATEGORIES_110).objects, ...CATEGORIES_112.map(body)];
  const known: Entry['object'][] = [...body(LIST_110).objects, body(ENTRY_112)];
  const objectOf = (id: string): Entry['object'] =>
    known.find((object) => object.id === id) ?? {
      id,
      partnerId: 112,
      userId: 'owner',
      objectType: 'KalturaMediaEntry',
    };
  const ids = [
    ...known.map(({ id }) => id),
    ...Object.keys(PLACES).filter((id) => !known.some((one) => one.id === id)),
  ];
  // In their places, but without what the server is to fill in.
  const infoOf = (partnerId: number): ApiObject => ({
    ...body(INFO.get(partnerId) ?? ''),
    id: null,
    secret: null,
    adminSecret: null,
    defaultEntitlementEnforcement: null,
  });
  return {
    accounts: accounts(infoOf),
    logins: LOGINS,
    roles: body(ROLES_102).objects.map(role),
    categories: categories.map((object) => ({ object, members: ['member', 'owner'] })),
    entries: ids.map((id) => ({ object: objectOf(id), categoryIds: PLACES[id] ?? [] })),
    memory: createMemory(APP_TOKENS),
  };
}
