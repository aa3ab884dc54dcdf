import { ApiError, callApi } from '../api/client.js';
import type { CallDeps } from '../api/http.js';
import { type PlannedCall, plannedWithKey } from '../api/planned-calls.js';
import type { Secret } from '../secret.js';
import { isForbidden, type Refusal, refusalOf } from '../sessions/check.js';
import { trimText } from '../typed-values.js';
import type { PlaceholderValues } from './placeholders.js';
import type { Recipe, TestCall } from './recipe.js';

const PURPOSE = 'shows whether the key may use the product';

/** Returns the call and its parameters; null if no call of the API shows it. Without an entry ID, counts entries. */
function testCallOf(
  { testCall }: Recipe,
  { entry }: PlaceholderValues,
): { readonly action: TestCall; readonly parameters: Readonly<Record<string, string>> } | null {
  if (testCall === null) return null;
  if (testCall !== 'baseEntry.get') {
    const isList = testCall !== 'baseEntry.count';
    return { action: testCall, parameters: isList ? { 'pager[pageSize]': '1' } : {} };
  }
  const entryId = trimText(entry ?? '');
  return entryId === '' ? { action: 'baseEntry.count', parameters: {} } : { action: testCall, parameters: { entryId } };
}

/** Plans the harmless call that shows whether a key may use the product; null if no call shows it. */
export function plannedTestCall(recipe: Recipe, values: PlaceholderValues, serviceUrl: string): PlannedCall | null {
  const found = testCallOf(recipe, values);
  return found === null ? null : plannedWithKey(serviceUrl, found.action, PURPOSE, found.parameters);
}

/** The answer of the server. `no-such-call`: the server doesn't have the call, so it shows nothing. */
export type TestCallResult =
  | { readonly outcome: 'allowed' | 'forbidden' | 'no-such-call'; readonly refusal: null }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

const NO_SUCH_CALL: readonly string[] = ['SERVICE_DOES_NOT_EXISTS', 'ACTION_DOES_NOT_EXISTS'];

interface TestCallRequest extends CallDeps {
  readonly recipe: Recipe;
  readonly values: PlaceholderValues;
  readonly serviceUrl: string;
  readonly ks: Secret;
}

/**
 * Sends the harmless call of a recipe. Sends nothing if there is none.
 *
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 */
export async function sendTestCall({
  recipe,
  values,
  serviceUrl,
  ks,
  http,
  signal,
}: TestCallRequest): Promise<TestCallResult> {
  const found = testCallOf(recipe, values);
  if (found === null) return { outcome: 'no-such-call', refusal: null };
  try {
    await callApi(http, serviceUrl, found.action, { ks, ...found.parameters }, signal);
    return { outcome: 'allowed', refusal: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (isForbidden(error)) return { outcome: 'forbidden', refusal: null };
    if (NO_SUCH_CALL.includes(error.code)) return { outcome: 'no-such-call', refusal: null };
    return { outcome: 'refused', refusal: refusalOf(error) };
  }
}
