import type { ApiObject, ApiValue } from './answer-format.js';
import type { Parameters } from './parameters.js';

/** Those that the filter lets through: it may ask of a field to be a value (`idEqual`) or one of several (`idIn`). Other filters and the orders of the real actions there are none of here. */
export function filtered<T extends ApiObject>(objects: readonly T[], parameters: Parameters): T[] {
  const conditions = parameters.inner('filter').flatMap(([name, value]) => {
    const [, field, kind] = /^(\w+?)(Equal|In)$/.exec(name) ?? [];
    return field === undefined ? [] : [{ field, values: kind === 'In' ? value.split(',') : [value] }];
  });
  return objects.filter((object) => conditions.every(({ field, values }) => values.includes(String(object[field]))));
}

/** One page of the objects, as `…ListResponse`. */
export function listAnswer(objects: readonly ApiObject[], parameters: Parameters, objectType: string): ApiValue {
  const size = Math.max(1, parameters.integer('pager:pageSize', 30));
  const start = (Math.max(1, parameters.integer('pager:pageIndex', 1)) - 1) * size;
  return { totalCount: objects.length, objects: objects.slice(start, start + size), objectType };
}
