import { type Action, type Call, sessionOf } from './action.js';
import { ApiError } from './api-error.js';
import { filterObjects, listAnswer } from './lists.js';
import type { Parameters } from './parameters.js';
import type { ApiObject } from './response-format.js';
import { isAdmin, isAnonymous, privilegeValue, type Session } from './session.js';
import { type Category, type Entry, findPermission, type PracticeData } from './world.js';

export const ENTITLEMENT_FEATURE = 'FEATURE_ENTITLEMENT';

/**
 * Returns whether entitlement applies to this key. The feature must be on, and either the account's default or the key
 * must enable it; enabling wins over disabling. Type, `*` and roles make no difference, and names must match exactly
 * (docs/kaltura-facts.md 5.10).
 */
function isEnforced({ account, privileges }: Session): boolean {
  if (findPermission(account, ENTITLEMENT_FEATURE) === undefined) return false;
  if (privileges.includes('enableentitlement')) return true;
  return account.defaultEntitlementEnforcement && !privileges.includes('disableentitlement');
}

const contextsOf = ({ object }: Category): string[] => (object.privacyContexts ?? '').split(',').filter(Boolean);

/**
 * Returns whether a category is visible in a privacy context. Without a context in the key, categories with a context
 * are hidden; with one, categories with another or no context are hidden (docs/kaltura-facts.md 5.10).
 */
function isInContext(category: Category, context: string | undefined): boolean {
  const contexts = contextsOf(category);
  return context === undefined ? contexts.length === 0 : contexts.includes(context);
}

function seesCategory(session: Session, category: Category): boolean {
  if (category.object.partnerId !== session.account.partnerId) return false;
  if (!isEnforced(session)) return true;
  const context = privilegeValue(session, 'privacycontext');
  if (!isInContext(category, context)) return false;
  return context === undefined || category.object.appearInList === 1 || isMember(session, category);
}

function seesEntry(session: Session, entry: Entry, data: PracticeData): boolean {
  const { id, partnerId } = entry.object;
  if (partnerId !== session.account.partnerId) return false;
  if (!isEnforced(session) || isExempt(session, id)) return true;
  const context = privilegeValue(session, 'privacycontext');
  const categories = data.categories.filter((category) => entry.categoryIds.includes(category.object.id));
  if (context === undefined) return categories.every((category) => isInContext(category, context));
  return categories.some((category) => isInContext(category, context) && opensContent(session, category));
}

/** Returns whether the key names the entry in `disableentitlementforentry`. */
const isExempt = (session: Session, entryId: string): boolean =>
  privilegeValue(session, 'disableentitlementforentry')?.split('/').includes(entryId) === true;

const isMember = ({ fields }: Session, { members }: Category): boolean => members.includes(fields.userId ?? '');

function opensContent(session: Session, category: Category): boolean {
  const { privacy } = category.object;
  return privacy === 1 || (privacy === 2 && !isAnonymous(session)) || isMember(session, category);
}

/**
 * Returns a category. Hidden, missing and another account's categories give the same answer: only a key without
 * entitlement can tell them apart (docs/kaltura-facts.md 5.10).
 */
export const categoryGet: Action = {
  reach: 'content',
  prepare(parameters) {
    parameters.text('id');
    const id = parameters.integer('id', 0);
    return (call) => {
      const category = call.data.categories.find((one) => one.object.id === id);
      if (category !== undefined && seesCategory(sessionOf(call), category)) return category.object;
      throw new ApiError('CATEGORY_NOT_FOUND', `Category id "${id}" not found`, { ID: String(id) });
    };
  },
};

export const categoryList: Action = {
  reach: 'categories',
  prepare: (parameters) => (call) => {
    const seen = call.data.categories.filter((category) => seesCategory(sessionOf(call), category));
    const objects = seen.map((category) => category.object);
    return listAnswer(objects, parameters, 'KalturaCategoryListResponse');
  },
};

/**
 * Returns an entry. Unlike the list, it shows entries of all users to any key, and entries without a category in every
 * privacy context. Hidden and missing entries give the same answer (docs/kaltura-facts.md 5.10).
 */
export const baseEntryGet: Action = {
  reach: 'content',
  prepare(parameters) {
    const id = parameters.text('entryId');
    return (call) => {
      const session = sessionOf(call);
      const entry = call.data.entries.find((one) => one.object.id === id);
      const isSeen = entry !== undefined && (isUncategorized(session, entry) || seesEntry(session, entry, call.data));
      if (isSeen) return shownEntry(entry.object, session, parameters);
      throw new ApiError('ENTRY_ID_NOT_FOUND', `Entry id "${id}" not found`, { ENTRY_ID: id });
    };
  },
};

const isUncategorized = ({ account }: Session, { object, categoryIds }: Entry): boolean =>
  object.partnerId === account.partnerId && categoryIds.length === 0;

/** All entries of the practice data are media entries. */
const listEntries = (objectType: string): Action => ({
  reach: 'content',
  prepare: (parameters) => (call) =>
    listAnswer(listedEntries(call), parameters, objectType, (object) =>
      shownEntry(object, sessionOf(call), parameters),
    ),
});

export const baseEntryList = listEntries('KalturaBaseEntryListResponse');
export const mediaList = listEntries('KalturaMediaListResponse');

/** Lists no upload tokens: no action makes one here. */
export const uploadTokenList: Action = {
  reach: 'uploads',
  prepare: (parameters) => () => listAnswer([], parameters, 'KalturaUploadTokenListResponse'),
};

export const baseEntryCount: Action = {
  reach: 'content',
  prepare: (parameters) => (call) => filterObjects(listedEntries(call), parameters).length,
};

/**
 * Lists entries. A USER key lists only its user's entries and those of `disableentitlementforentry`, unless it has
 * `list:*` or a wildcard (docs/kaltura-facts.md 2.2, 5.10).
 */
function listedEntries(call: Call): ApiObject[] {
  const session = sessionOf(call);
  const { privileges, userId } = session.fields;
  const listsAll = isAdmin(session) || privileges === '*' || privileges.includes('list:*');
  return call.data.entries
    .filter(({ object }) => listsAll || object.userId === userId || isExempt(session, object.id))
    .filter((entry) => seesEntry(session, entry, call.data))
    .map(({ object }) => object);
}

/**
 * Hides the categories of an entry if the key has a privacy context. A response profile chooses the fields; the server
 * adds the type.
 */
function shownEntry(entry: ApiObject, session: Session, parameters: Parameters): ApiObject {
  const hidden = (privilegeValue(session, 'privacycontext') ?? '') === '' ? [] : ['categories', 'categoriesIds'];
  const chosen = parameters.raw('responseProfile:fields')?.split(',').concat('type', 'objectType');
  return Object.fromEntries(
    Object.entries(entry)
      .filter(([name]) => chosen?.includes(name) ?? true)
      .map(([name, value]) => [name, hidden.includes(name) ? null : value]),
  ) as ApiObject;
}
