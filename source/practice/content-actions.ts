import { type Action, type Call, sessionOf } from './action.js';
import type { ApiObject, ApiValue } from './answer-format.js';
import { ApiError } from './api-error.js';
import { seesCategory, seesEntry } from './entitlement.js';
import type { Parameters } from './parameters.js';
import { isAdmin } from './session.js';

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

export const baseEntryList: Action = {
  reach: 'content',
  prepare: (parameters) => (call) => listResponse(listedEntries(call), parameters, 'KalturaBaseEntryListResponse'),
};

export const baseEntryCount: Action = { reach: 'content', prepare: () => (call) => listedEntries(call).length };

/** A USER key lists its user's own entries and no others, unless it has `list:*` or is good for everything (facts 2.2, 5.10). */
function listedEntries(call: Call): ApiObject[] {
  const session = sessionOf(call);
  const { privileges, userId } = session.fields;
  const listsAll = isAdmin(session) || privileges === '*' || privileges.includes('list:*');
  return call.world.entries
    .filter((entry) => listsAll || entry.object.userId === userId)
    .filter((entry) => seesEntry(session, entry, call.world))
    .map((entry) => entry.object);
}

/** One page; of the filters and orders of the real actions there are none here. */
function listResponse(objects: readonly ApiObject[], parameters: Parameters, objectType: string): ApiValue {
  const size = Math.max(1, parameters.integer('pager:pageSize', 30));
  const start = (Math.max(1, parameters.integer('pager:pageIndex', 1)) - 1) * size;
  return { totalCount: objects.length, objects: objects.slice(start, start + size), objectType };
}
