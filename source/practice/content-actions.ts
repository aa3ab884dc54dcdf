import { type Action, type Call, sessionOf } from './action.js';
import { ApiError } from './api-error.js';
import type { Parameters } from './parameters.js';
import type { ApiObject, ApiValue } from './response-format.js';
import { isAdmin, privilegeValue, type Session } from './session.js';
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
  if (!isEnforced(session)) return true;
  if (privilegeValue(session, 'disableentitlementforentry')?.split('/').includes(id)) return true;
  const context = privilegeValue(session, 'privacycontext');
  const categories = data.categories.filter((category) => entry.categoryIds.includes(category.object.id));
  if (context === undefined) return categories.every((category) => isInContext(category, context));
  return categories.some((category) => isInContext(category, context) && opensContent(session, category));
}

const isMember = ({ fields }: Session, { members }: Category): boolean => members.includes(fields.userId ?? '');

function opensContent(session: Session, category: Category): boolean {
  const { privacy } = category.object;
  const isKnownUser = !['', '0'].includes(session.fields.userId ?? '');
  return privacy === 1 || (privacy === 2 && isKnownUser) || isMember(session, category);
}

/**
 * Filters objects by field: equal to a value (`idEqual`) or one of several (`idIn`). The real server's other filters
 * and its sort orders are not supported.
 */
export function filterObjects<T extends ApiObject>(objects: readonly T[], parameters: Parameters): T[] {
  const conditions = parameters.inner('filter').flatMap(([name, value]) => {
    const [, field, kind] = /^(\w+?)(Equal|In)$/.exec(name) ?? [];
    return field === undefined ? [] : [{ field, values: kind === 'In' ? value.split(',') : [value] }];
  });
  return objects.filter((object) => conditions.every(({ field, values }) => values.includes(String(object[field]))));
}

/** Returns one page of the objects, as `…ListResponse`. */
export function listAnswer(objects: readonly ApiObject[], parameters: Parameters, objectType: string): ApiValue {
  const size = Math.max(1, parameters.integer('pager:pageSize', 30));
  const start = (Math.max(1, parameters.integer('pager:pageIndex', 1)) - 1) * size;
  return { totalCount: objects.length, objects: objects.slice(start, start + size), objectType };
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
  reach: 'content',
  prepare: (parameters) => (call) => {
    const seen = call.data.categories.filter((category) => seesCategory(sessionOf(call), category));
    const objects = seen.map((category) => category.object);
    return listAnswer(filterObjects(objects, parameters), parameters, 'KalturaCategoryListResponse');
  },
};

/**
 * Returns an entry. Unlike the list, it shows entries of all users to any key. Hidden and missing entries give the
 * same answer.
 */
export const baseEntryGet: Action = {
  reach: 'content',
  prepare(parameters) {
    const id = parameters.text('entryId');
    return (call) => {
      const session = sessionOf(call);
      const entry = call.data.entries.find((one) => one.object.id === id);
      if (entry !== undefined && seesEntry(session, entry, call.data)) return shownEntry(entry, session);
      throw new ApiError('ENTRY_ID_NOT_FOUND', `Entry id "${id}" not found`, { ENTRY_ID: id });
    };
  },
};

export const baseEntryList: Action = {
  reach: 'content',
  prepare: (parameters) => (call) =>
    listAnswer(listedEntries(call, parameters), parameters, 'KalturaBaseEntryListResponse'),
};

export const baseEntryCount: Action = {
  reach: 'content',
  prepare: (parameters) => (call) => listedEntries(call, parameters).length,
};

/**
 * Lists entries. A USER key lists only its user's entries, unless it has `list:*` or a wildcard (docs/kaltura-facts.md
 * 2.2, 5.10).
 */
function listedEntries(call: Call, parameters: Parameters): ApiObject[] {
  const session = sessionOf(call);
  const { privileges, userId } = session.fields;
  const listsAll = isAdmin(session) || privileges === '*' || privileges.includes('list:*');
  const objects = call.data.entries
    .filter((entry) => listsAll || entry.object.userId === userId)
    .filter((entry) => seesEntry(session, entry, call.data))
    .map((entry) => shownEntry(entry, session));
  return filterObjects(objects, parameters);
}

/** Hides the categories of an entry if the key has a privacy context, like the server. */
function shownEntry({ object }: Entry, session: Session): ApiObject {
  if ((privilegeValue(session, 'privacycontext') ?? '') === '') return object;
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      name === 'categories' || name === 'categoriesIds' ? null : value,
    ]),
  ) as ApiObject;
}
