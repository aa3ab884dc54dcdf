import { ApiError, callApi } from '../api/client.js';
import type { Http } from '../api/http.js';
import type { PlannedCall } from '../api/planned-calls.js';
import type { Secret } from '../secret.js';
import { isForbidden, type Refusal, refusalOf } from '../sessions/check.js';
import { plannedWithKey } from '../sessions/check-call.js';
import { trimText } from '../typed-values.js';
import type { PlaceholderValues } from './placeholders.js';
import type { Recipe, TellingCall } from './recipe.js';

const PURPOSE = 'shows whether the key may use the product';

/** Returns the action and its parameters; null if no call of the API can tell. Without an entry ID, entries are counted. */
function tellingAction(
  { tells }: Recipe,
  { entry }: PlaceholderValues,
): { readonly action: TellingCall; readonly parameters: Readonly<Record<string, string>> } | null {
  if (tells === null) return null;
  if (tells !== 'baseEntry.get') {
    const isList = tells !== 'baseEntry.count';
    return { action: tells, parameters: isList ? { 'pager[pageSize]': '1' } : {} };
  }
  const entryId = trimText(entry ?? '');
  return entryId === '' ? { action: 'baseEntry.count', parameters: {} } : { action: tells, parameters: { entryId } };
}

/** Plans the harmless call that shows whether a key may use the product; null if no call can tell. */
export function plannedTelling(recipe: Recipe, values: PlaceholderValues, serviceUrl: string): PlannedCall | null {
  const found = tellingAction(recipe, values);
  return found === null ? null : plannedWithKey(serviceUrl, found.action, PURPOSE, found.parameters);
}

/** `no-such-call`: the server doesn't have the call, so it can't tell. */
export type Told =
  | { readonly outcome: 'allowed' | 'forbidden' | 'no-such-call'; readonly refusal: null }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

const NO_SUCH_CALL: readonly string[] = ['SERVICE_DOES_NOT_EXISTS', 'ACTION_DOES_NOT_EXISTS'];

interface TellingRequest {
  readonly recipe: Recipe;
  readonly values: PlaceholderValues;
  readonly serviceUrl: string;
  readonly ks: Secret;
  readonly http: Http;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends the harmless call of a recipe; only if there is one.
 *
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 */
export async function askTelling({ recipe, values, serviceUrl, ks, http, signal }: TellingRequest): Promise<Told> {
  const found = tellingAction(recipe, values);
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
