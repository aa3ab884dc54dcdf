import { ApiError, callApi, NotKalturaError } from '../api/client.js';
import type { Http } from '../api/http.js';
import type { PlannedCall } from '../api/planned-calls.js';
import { invisibleProblem } from '../invisible-characters.js';
import { sanitizeText } from '../redact.js';
import type { Secret } from '../secret.js';
import { type TypedValue, trimText } from '../typed-values.js';
import { plannedWithKey } from './check-call.js';

/** Something in an account that a key may see or not. */
export interface ContentId {
  readonly kind: 'entry' | 'category';
  readonly id: string;
}

export interface ContentIdReading extends TypedValue {
  /** null where there is a problem. */
  readonly id: ContentId | null;
}

/** Data centre, then eight characters as a rule (docs/kaltura-facts.md 7). */
const ENTRY_ID = /^\d+_[0-9a-z]{8,10}$/;
/** The id is a bigint (docs/kaltura-facts.md 3.2). */
const CATEGORY_ID = /^[1-9]\d{0,17}$/;

/** In the addresses of KMC, of MediaSpace and of players: behind the word, or behind the word and a name. */
const ENTRY_IN_ADDRESS = [
  /entry_?id[=/]([\w-]+)/i,
  /\/entry\/(\d+_[0-9a-z]+)/i,
  /(?:^|[^0-9A-Za-z_])(\d+_[0-9a-z]{8,10})(?![0-9A-Za-z_])/,
];
const CATEGORY_IN_ADDRESS =
  /\/(?:category|channel)(?:id)?[=/](?:[^/?#]*[^/?#\d][^/?#]*\/)?(\d+)(?![^/?#&])|category_?ids?[=/](\d+)/i;

/**
 * The id of an entry or a category, by itself or in an address that was copied from KMC, MediaSpace or a player.
 *
 * @param kind which of the two it must be; a number may be either
 */
export function readContentId(typed: string, kind?: ContentId['kind']): ContentIdReading {
  const text = trimText(typed);
  if (text === '')
    return refuse(text, 'The ID is missing: an entry ID such as 0_abc12345, or a category ID, a number.');
  const problem = invisibleProblem(text, 'ID');
  if (problem !== null) return refuse(text, `${problem} Remove it.`);
  const found = /[/?=]/.test(text) ? inAddress(text, kind) : text;
  if (found === null) return refuse(text, 'No ID is in this address: copy the ID alone.');
  return kind === 'category' || (kind === undefined && /^\d+$/.test(found)) ? categoryIn(found) : entryIn(found);
}

const refuse = (text: string, problem: string): ContentIdReading => ({
  text,
  problem,
  warning: null,
  suggestion: null,
  id: null,
});

/** An entry is looked for first: its page in a category has both. */
function inAddress(text: string, kind: ContentId['kind'] | undefined): string | null {
  const entry = ENTRY_IN_ADDRESS.map((pattern) => pattern.exec(text)?.[1]).find((id) => id !== undefined);
  const [, first, second] = CATEGORY_IN_ADDRESS.exec(text) ?? [];
  const category = first ?? second;
  return (kind === 'category' ? category : kind === 'entry' ? entry : (entry ?? category)) ?? null;
}

function categoryIn(text: string): ContentIdReading {
  if (!CATEGORY_ID.test(text)) return refuse(text, 'A category ID is a whole number from 1, such as 123456.');
  return { text, problem: null, warning: null, suggestion: null, id: { kind: 'category', id: text } };
}

function entryIn(text: string): ContentIdReading {
  if (!/^[\w-]{1,64}$/.test(text)) {
    return refuse(text, 'An entry ID looks like 0_abc12345, a category ID is a number.');
  }
  const warning = ENTRY_ID.test(text)
    ? null
    : 'An entry ID looks like 0_abc12345 as a rule: check that all of it, and only it, was copied.';
  return { text, problem: null, warning, suggestion: null, id: { kind: 'entry', id: text } };
}

/** What asking for it by its id sends. */
export function plannedLookup(serviceUrl: string, { kind, id }: ContentId): PlannedCall {
  const [action, name] = LOOKUPS[kind];
  return plannedWithKey(serviceUrl, action, `asks for the ${kind}`, { [name]: id });
}

/** The action, the name of its parameter, and the error that means: not there, or hidden (docs/kaltura-facts.md 4.2). */
const LOOKUPS: Readonly<Record<ContentId['kind'], readonly [string, string, string]>> = {
  entry: ['baseEntry.get', 'entryId', 'ENTRY_ID_NOT_FOUND'],
  category: ['category.get', 'id', 'CATEGORY_NOT_FOUND'],
};

export type LookUp = { readonly found: true; readonly name: string } | { readonly found: false };

export interface LookUpDeps {
  readonly http: Http;
  /** What the server got besides the key, and must not say in a name. */
  readonly secrets?: readonly Secret[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks for an entry or a category with a key. “Not there”, “another account’s” and “hidden by entitlement” are one answer (docs/kaltura-facts.md 5.10).
 *
 * @throws {ApiError} any other refusal
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
  if (typeof answer !== 'object' || answer === null || !('id' in answer)) {
    throw new NotKalturaError({ what: 'wrong-shape', status: 200 });
  }
  return 'name' in answer && typeof answer.name === 'string' ? sanitizeText(answer.name, sent, 120) : '';
}
