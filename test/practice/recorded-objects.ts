import type { ApiObject, ApiValue } from '../../source/practice/response-format.js';
import type { Account, Category, Entry, Reach, Role } from '../../source/practice/world.js';
import { RECORDINGS } from './recordings.js';

function responseOf(name: string): string {
  const found = RECORDINGS.find((recording) => recording.name === name);
  if (found === undefined) throw new Error(`no recording ${name}`);
  return found.response.body;
}

const objectOf = (name: string) => JSON.parse(responseOf(name));

/** JSON leaves out fields without a value. An XML response shows where they belong. */
function withEmptyFields<T extends ApiObject>(object: T, names: readonly string[]): T {
  const { objectType, ...fields } = object;
  const completed = Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
  return { ...completed, objectType } as unknown as T;
}

const ROLES = '2244-p102-userRole.list-ADMIN';

/** The permissions of the roles that the recordings use. No recording tries the others. */
const REACH_BY_ROLE: Record<string, Reach> = {
  'Publisher Administrator': 'account',
  'No Session': 'anyone',
  UPLOAD_BASE_ROLE: 'uploads',
};

export const recordedRoles = (): Role[] =>
  objectOf(ROLES).objects.map(({ createdAt, updatedAt, objectType, tags = null, ...first }: Role['object']) => ({
    object: { ...first, tags, createdAt, updatedAt, objectType },
    reach: REACH_BY_ROLE[first.systemName] ?? 'content',
  }));

const INFO = new Map([
  [110, '2087-p110-detect-ADMIN_none-partner.getInfo'],
  [111, '2115-p111-detect-ADMIN_none-partner.getInfo'],
  [113, '2171-p113-detect-ADMIN_none-partner.getInfo'],
  [141, '4130-p141-formats-partner.getInfo-format-1'],
]);

const INNER_FIELDS: Readonly<Record<string, readonly string[]>> = {
  deliveryTypes: ['id', 'label', 'flashvars', 'minVersion', 'enabledByDefault'],
  embedCodeTypes: ['id', 'label', 'entryOnly', 'minVersion'],
  passwordStructureValidations: ['regex', 'description'],
};

export function recordedInfo(partnerId: number): Account['info'] {
  const name = INFO.get(partnerId);
  if (name === undefined) return {};
  const info: Record<string, ApiValue> = objectOf(name);
  for (const [field, names] of Object.entries(INNER_FIELDS)) {
    info[field] = (info[field] as readonly ApiObject[]).map((object) => withEmptyFields(object, names));
  }
  return info;
}

const CATEGORIES_110 = '0024-p110-ADMIN_disableentitlement_-category.list';
const CATEGORIES = [
  '0715-p112-ADMIN_disableentitlement_-category.get-hidden',
  '0717-p112-ADMIN_disableentitlement_-category.get-visible',
  '0718-p112-ADMIN_disableentitlement_-category.get-plain',
  '3320-p140-privacycontext-USER-member-both-category-Members',
  '3295-p140-privacycontext-USER-member-enableentitlement-category-Plain',
];

/** No recording shows this category. */
const OPEN: Category['object'] = {
  id: 9,
  partnerId: 140,
  appearInList: 1,
  privacy: 1,
  privacyContexts: 'testctx',
  objectType: 'KalturaCategory',
};

export function recordedCategories(): Category[] {
  const shown: Category['object'][] = [...objectOf(CATEGORIES_110).objects, ...CATEGORIES.map(objectOf)];
  return [...shown, OPEN].map((object) => ({ object, members: ['member', 'owner'] }));
}

const ENTRIES_110 = '0025-p110-ADMIN_disableentitlement_-baseEntry.list';
const ENTRIES = [
  '0719-p112-ADMIN_disableentitlement_-baseEntry.get-eHidden',
  '3284-p140-privacycontext-USER-outsider-none-get-eMembers',
  '3285-p140-privacycontext-USER-outsider-none-get-eOpen',
  '3287-p140-privacycontext-USER-outsider-none-get-eNone',
  '3286-p140-privacycontext-USER-outsider-none-get-ePlain',
  '3403-p140-sview-access-rule-USER-none-get',
  '3264-p141-widget-baseEntry.get',
];
const ENTRY_IN_XML = '3064-p140-multirequest-result-widget-then-get-entry-xml';

/** The categories of the entries, from the notes on the recordings (docs/server-recordings.md 4, 5). */
const CATEGORY_IDS: Readonly<Record<string, number[]>> = {
  '0_3x91ukyq': [18],
  '0_xljnrs66': [20],
  '0_hda5ritq': [21],
  '0_fcslri8b': [26],
  '0_9v0qxpua': [28],
  '0_hipfigve': [29],
  '0_j11czdk5': [8],
  '0_3tojg3ia': [9],
  '0_6bwo8cu3': [10],
};

/** Entries that are only counted. */
const UNSEEN: readonly [id: string, partnerId: number][] = [
  ['0_9v0qxpua', 112],
  ['0_hipfigve', 112],
  ['0_sttbmyat', 112],
  ['0_7mcxx85a', 140],
  ['0_v8ihjvkl', 141],
  ['0_soll8fh3', 141],
  ['0_xgbg2aci', 141],
  ['0_cnwerzrl', 141],
  ['0_3ucc4dwy', 141],
];

export function recordedEntries(): Entry[] {
  const [, xml = ''] = responseOf(ENTRY_IN_XML).split('<objectType>KalturaMediaEntry</objectType><relatedObjects>');
  const names = [...xml.matchAll(/<(\w+)>/g)].map(([, name = '']) => name).filter((name) => name !== 'executionTime');
  const shown: Entry['object'][] = [...objectOf(ENTRIES_110).objects, ...ENTRIES.map(objectOf)];
  const unseen = UNSEEN.map(([id, partnerId]) => ({ id, partnerId, userId: 'owner', objectType: 'KalturaMediaEntry' }));
  return [...shown.map((object) => withEmptyFields(object, names)), ...unseen].map((object) => ({
    object,
    categoryIds: CATEGORY_IDS[object.id] ?? [],
  }));
}
