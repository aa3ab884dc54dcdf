import { ApiError } from './api-error.js';
import { Parameters } from './parameters.js';
import type { ApiValue } from './response-format.js';

/** Parameters of the whole request that every call inherits unless it has its own. */
const COMMON = ['ks', 'partnerId', 'clientTag'];

/** Whether the request contains several calls: `1:service`, `1:action`, `2:service`… (docs/kaltura-facts.md 3.3). */
export const isMultirequest = (parameters: Parameters): boolean => parameters.raw('service') === 'multirequest';

/**
 * Performs the calls in the order of their numbers and returns all results. The first number without service and action
 * ends the list.
 *
 * @param perform performs one call. It returns an error as a value, because the other calls still run
 */
export function performCalls(parameters: Parameters, perform: (call: Parameters) => ApiValue): ApiValue[] {
  const common = COMMON.flatMap((name): [string, string][] => {
    const value = parameters.raw(name);
    return value === undefined ? [] : [[name, value]];
  });
  const results: ApiValue[] = [];
  for (;;) {
    const own = parameters.inner(String(results.length + 1));
    const call = new Map(common);
    for (const [name, value] of own) call.set(name, insertResult(value, results));
    if (!call.has('service') || !call.has('action')) return results;
    results.push(perform(new Parameters(call)));
  }
}

/** `{1:result}`, or a field of it: `{1:result:ks}`, `{2:result:objects:0:id}`. */
const REFERENCE = /\{(\d+):result:?([^{}]*)\}/;

/** Replaces a reference to an earlier result. A reference to a later one stays as it is. */
const insertResult = (text: string, results: readonly ApiValue[]): string =>
  text.replace(REFERENCE, (reference, number: string, path: string) => {
    const result = results[Number(number) - 1];
    return result === undefined ? reference : textAt(result, path === '' ? [] : path.split(':'));
  });

/** Returns the text at a path inside a result; '' if there is none, for example because the call failed. */
function textAt(result: ApiValue, path: readonly string[]): string {
  let value: unknown = result;
  for (const name of path) {
    const isData = typeof value === 'object' && value !== null && !(value instanceof ApiError);
    if (!isData || !Object.hasOwn(value as object, name)) return '';
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  if (value === true) return '1';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
