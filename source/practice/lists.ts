import type { Parameters } from './parameters.js';
import type { ApiObject, ApiValue } from './response-format.js';

/** The filters that are supported, by the end of their names. The real server has more. */
const CONDITIONS: Readonly<Record<string, (field: string, wanted: string) => boolean>> = {
  Equal: (field, wanted) => field === wanted,
  In: (field, wanted) => wanted.split(',').includes(field),
  GreaterThanOrEqual: (field, wanted) => Number(field) >= Number(wanted),
  LessThanOrEqual: (field, wanted) => Number(field) <= Number(wanted),
};

/** Keeps the objects that fit the filter: `idEqual`, `statusIn`, `createdAtGreaterThanOrEqual`… */
export function filterObjects<T extends ApiObject>(objects: readonly T[], parameters: Parameters): T[] {
  const conditions = parameters.inner('filter').flatMap(([name, wanted]) => {
    const [, field, kind] = /^(\w+?)(GreaterThanOrEqual|LessThanOrEqual|Equal|In)$/.exec(name) ?? [];
    const condition = CONDITIONS[kind ?? ''];
    return field === undefined || condition === undefined ? [] : [{ field, wanted, condition }];
  });
  return objects.filter((object) =>
    conditions.every(({ field, wanted, condition }) => condition(String(object[field]), wanted)),
  );
}

/** The fields that lists can be ordered by. The server ignores an unknown order (docs/kaltura-products.md 5). */
const ORDER = /^([+-])(createdAt|updatedAt)$/;

/** Without an order, the objects stay in theirs, except that the server orders those of `idIn` by ID. */
function orderObjects<T extends ApiObject>(objects: readonly T[], parameters: Parameters): T[] {
  if (parameters.raw('filter:idIn') !== undefined) {
    return objects.toSorted((one, other) => (String(one['id']) < String(other['id']) ? -1 : 1));
  }
  const [, direction, field] = ORDER.exec(parameters.raw('filter:orderBy') ?? '') ?? [];
  if (field === undefined) return [...objects];
  const sign = direction === '-' ? -1 : 1;
  return objects.toSorted((one, other) => sign * (Number(one[field]) - Number(other[field])));
}

const DEFAULT_PAGE_SIZE = 30;

/**
 * Returns one page of the objects that fit the filter, as `…ListResponse`.
 *
 * @param show chooses what is shown of an object
 */
export function listAnswer(
  objects: readonly ApiObject[],
  parameters: Parameters,
  objectType: string,
  show: (object: ApiObject) => ApiObject = (object) => object,
): ApiValue {
  const found = orderObjects(filterObjects(objects, parameters), parameters);
  const size = Math.max(0, parameters.integer('pager:pageSize', 0)) || DEFAULT_PAGE_SIZE;
  const start = (Math.max(1, parameters.integer('pager:pageIndex', 1)) - 1) * size;
  return { totalCount: found.length, objects: found.slice(start, start + size).map(show), objectType };
}
