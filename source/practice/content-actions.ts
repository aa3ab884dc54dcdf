import { type Action, type Call, sessionOf } from './action.js';
import type { ApiObject } from './answer-format.js';
import { ApiError } from './api-error.js';
import { seesCategory, seesEntry } from './entitlement.js';
import { filtered, listAnswer } from './list-answer.js';
import type { Parameters } from './parameters.js';
import { isAdmin, privilegeValue, type Session } from './session.js';
import type { Entry } from './world.js';

/** "Hidden", "not there" and "another account's" are one answer: only a key without entitlement tells them apart (facts 5.10). */
export const categoryGet: Action = {
  reach: 'content',
  prepare(parameters) {
    parameters.text('id');
    const id = parameters.integer('id', 0);
    return (call) => {
      const category = call.world.categories.find((one) => one.object.id === id);
      if (category !== undefined && seesCategory(sessionOf(call), category)) return category.object;
      throw new ApiError('CATEGORY_NOT_FOUND', `Category id "${id}" not found`, { ID: String(id) });
    };
  },
};

export const categoryList: Action = {
  reach: 'content',
  prepare: (parameters) => (call) => {
    const seen = call.world.categories.filter((category) => seesCategory(sessionOf(call), category));
    const objects = seen.map((category) => category.object);
    return listAnswer(filtered(objects, parameters), parameters, 'KalturaCategoryListResponse');
  },
};

/** Other than a list, it shows entries of all users to any key. The same answer for "hidden" and "not there" as with categories. */
export const baseEntryGet: Action = {
  reach: 'content',
  prepare(parameters) {
    const id = parameters.text('entryId');
    return (call) => {
      const session = sessionOf(call);
      const entry = call.world.entries.find((one) => one.object.id === id);
      if (entry !== undefined && seesEntry(session, entry, call.world)) return shownEntry(entry, session);
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

/** A USER key lists its user's own entries and no others, unless it has `list:*` or is good for everything (facts 2.2, 5.10). */
function listedEntries(call: Call, parameters: Parameters): ApiObject[] {
  const session = sessionOf(call);
  const { privileges, userId } = session.fields;
  const listsAll = isAdmin(session) || privileges === '*' || privileges.includes('list:*');
  const objects = call.world.entries
    .filter((entry) => listsAll || entry.object.userId === userId)
    .filter((entry) => seesEntry(session, entry, call.world))
    .map((entry) => shownEntry(entry, session));
  return filtered(objects, parameters);
}

/** Under a privacy context of the key, the server keeps the categories of an entry to itself. */
function shownEntry({ object }: Entry, session: Session): ApiObject {
  if ((privilegeValue(session, 'privacycontext') ?? '') === '') return object;
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      name === 'categories' || name === 'categoriesIds' ? null : value,
    ]),
  ) as ApiObject;
}
