import { ApiError, callApi, wrongShape } from '../api/client.js';
import type { CallDeps } from '../api/http.js';
import { type PlannedCall, plannedWithKey } from '../api/planned-calls.js';
import { characterProblem } from '../invisible-characters.js';
import { looksLikeEntryId } from '../privileges/values.js';
import { sanitizeText } from '../redact.js';
import type { Secret } from '../secret.js';
import { fine, type TypedValue, trimText } from '../typed-values.js';

/** Content in an account. */
export interface ContentId {
  readonly kind: 'entry' | 'category';
  readonly id: string;
}

export interface ContentIdReading extends TypedValue {
  /** null if there is a problem. */
  readonly id: ContentId | null;
}

/** The ID is a 64-bit integer (docs/kaltura-facts.md 3.2). */
const CATEGORY_ID = /^[1-9]\d{0,17}$/;

/** Matches URLs of KMC, MediaSpace and players: the ID follows a keyword, or a keyword and a name. */
const ENTRY_IN_ADDRESS = [
  /entry_?id[=/]([\w-]+)/i,
  /\/entry\/(\d+_[0-9a-z]+)/i,
  /(?:^|[^0-9A-Za-z_])(\d+_[0-9a-z]{8,10})(?![0-9A-Za-z_])/,
];
const CATEGORY_IN_ADDRESS =
  /\/(?:category|channel)(?:id)?[=/](?:[^/?#]*[^/?#\d][^/?#]*\/)?(\d+)(?![^/?#&])|category_?ids?[=/](\d+)/i;

/**
 * Parses an entry or category ID, or a URL copied from KMC, MediaSpace or a player.
 *
 * @param kind the required kind. Without it, a number can be either
 */
export function readContentId(typed: string, kind?: ContentId['kind']): ContentIdReading {
  const text = trimText(typed);
  if (text === '')
    return refuse(text, 'The ID is missing. Enter an entry ID, such as 0_abc12345, or a category ID (a number).');
  const problem = characterProblem(text, 'ID');
  if (problem !== null) return refuse(text, problem);
  const found = /[/=]|.\?./.test(text) ? inAddress(text, kind) : text;
  if (found === null) return refuse(text, 'This URL contains no ID: copy only the ID.');
  return kind === 'category' || (kind === undefined && /^\d+$/.test(found)) ? categoryIn(found) : entryIn(found);
}

const refuse = (text: string, problem: string): ContentIdReading => ({ ...fine(text), problem, id: null });

/** Finds an ID in a URL. Searches for an entry first, because the page of an entry in a category contains both. */
function inAddress(text: string, kind: ContentId['kind'] | undefined): string | null {
  const entry = ENTRY_IN_ADDRESS.map((pattern) => pattern.exec(text)?.[1]).find((id) => id !== undefined);
  const [, first, second] = CATEGORY_IN_ADDRESS.exec(text) ?? [];
  const category = first ?? second;
  return (kind === 'category' ? category : kind === 'entry' ? entry : (entry ?? category)) ?? null;
}

function categoryIn(text: string): ContentIdReading {
  if (!CATEGORY_ID.test(text)) return refuse(text, 'A category ID is a whole number from 1, such as 123456.');
  return { ...fine(text), id: { kind: 'category', id: text } };
}

function entryIn(text: string): ContentIdReading {
  if (!/^[\w-]{1,64}$/.test(text)) {
    return refuse(text, 'An entry ID looks like 0_abc12345. A category ID is a number.');
  }
  const warning = looksLikeEntryId(text)
    ? null
    : 'An entry ID usually looks like 0_abc12345. Make sure that you copied all of it and nothing else.';
  return { ...fine(text), warning, id: { kind: 'entry', id: text } };
}

/** Describes the call that looks up the content. */
export function plannedLookup(serviceUrl: string, { kind, id }: ContentId): PlannedCall {
  const [action, name] = LOOKUPS[kind];
  return plannedWithKey(serviceUrl, action, `asks for the ${kind}`, { [name]: id });
}

/** The action, its parameter, and the error that means "missing or hidden" (docs/kaltura-facts.md 4.2). */
const LOOKUPS: Readonly<Record<ContentId['kind'], readonly [string, string, string]>> = {
  entry: ['baseEntry.get', 'entryId', 'ENTRY_ID_NOT_FOUND'],
  category: ['category.get', 'id', 'CATEGORY_NOT_FOUND'],
};

export type LookUp = { readonly found: true; readonly name: string } | { readonly found: false };

export interface LookUpDeps extends CallDeps {
  /** Other secrets that the server knows, masked in the content's name. */
  readonly secrets?: readonly Secret[] | undefined;
}

/**
 * Looks up an entry or a category with a key. The server gives the same answer for missing, another account’s and
 * hidden content (docs/kaltura-facts.md 5.10).
 *
 * @throws {ApiError} for any other rejection
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 */
export async function lookUp(
  serviceUrl: string,
  ks: Secret,
  { kind, id }: ContentId,
  { http, signal, secrets = [] }: LookUpDeps,
): Promise<LookUp> {
  const [action, name, notFound] = LOOKUPS[kind];
  try {
    const answer = await callApi(http, serviceUrl, action, { ks, [name]: id }, signal);
    return { found: true, name: nameIn(answer, [ks, ...secrets]) };
  } catch (error) {
    if (error instanceof ApiError && error.code === notFound) return { found: false };
    throw error;
  }
}

function nameIn(answer: unknown, sent: readonly Secret[]): string {
  if (typeof answer !== 'object' || answer === null || !('id' in answer)) throw wrongShape();
  return 'name' in answer && typeof answer.name === 'string' ? sanitizeText(answer.name, sent, 120) : '';
}
