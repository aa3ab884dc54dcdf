import { ApiError, missingParameter } from './api-error.js';

/**
 * The parameters of one request by name. A nested one is named `pager:pageSize`, in whatever form it was sent
 * (docs/kaltura-facts.md 3.1).
 */
export class Parameters {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  raw(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** Returns whether the parameter is set to null, as `name__null` (docs/kaltura-facts.md 3.1). */
  isNull(name: string): boolean {
    return this.#values.has(`${name}__null`);
  }

  /** Returns the parameters inside another one by their own names: `filter:idIn` becomes `idIn`. */
  inner(name: string): [string, string][] {
    const prefix = `${name}:`;
    return [...this.#values].flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    );
  }

  /** @throws {ApiError} if it is missing without a default, or contains characters that XML cannot represent */
  text(name: string, whenMissing?: string): string {
    const value = this.#values.get(name) ?? (this.inner(name).length > 0 ? 'Array' : whenMissing);
    if (value === undefined) throw missingParameter(name);
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(value)) {
      const field = ownName(name);
      throw new ApiError('INVALID_PARAMETER_CHAR', `Invalid char in "${field}" field`, { XML_FIELD: field });
    }
    return value;
  }

  /**
   * Parses a number like a PHP cast: `12x` is 12, `1e3` is 1000, other text is 0. Never fails (docs/kaltura-facts.md
   * 3.1).
   */
  integer(name: string, whenMissing: number): number {
    const value = this.#values.get(name);
    if (value === undefined) return whenMissing;
    return Math.trunc(Number(/^\s*[+-]?\d+(\.\d*)?(e[+-]?\d+)?/i.exec(value)?.[0] ?? 0));
  }

  /**
   * Returns a value of a text enumeration; undefined if it is missing.
   *
   * @throws {ApiError} for any other value
   */
  word<W extends string>(name: string, { type, values }: Enumeration<W>): W | undefined {
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    const known = values.find((one) => one === value);
    if (known === undefined) throw invalidEnum(value, name, type);
    return known;
  }

  /**
   * Returns a value of a number enumeration; undefined if it is missing.
   *
   * @throws {ApiError} for any other value
   */
  choice<N extends number>(name: string, { type, values }: Enumeration<N>): N | undefined {
    // For top-level parameters, PHP reads the word `true` as 1.
    const sent = this.#values.get(name);
    const value = sent === 'true' && !name.includes(':') ? '1' : sent;
    if (value === undefined) return undefined;
    const number = value.trim() === '' ? Number.NaN : Number(value);
    const known = values.find((one) => one === number);
    if (known === undefined) throw invalidEnum(value, name, type);
    return known;
  }
}

export interface Enumeration<V> {
  /** The name used in errors. */
  readonly type: string;
  readonly values: readonly V[];
}

/** 0 (USER) or 2 (ADMIN), the only values of the API's enumeration (docs/kaltura-facts.md 1.7). */
export const SESSION_TYPES: Enumeration<0 | 2> = { type: 'KalturaSessionType', values: [0, 2] };

/** Returns the name of the field without the object that contains it, as errors show it. */
const ownName = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

function invalidEnum(value: string, name: string, type: string): ApiError {
  const field = ownName(name);
  return new ApiError(
    'INVALID_ENUM_VALUE',
    `Invalid enumeration value "${value}" for parameter "${field}", expecting enumeration type "${type}"`,
    { ENUM_VAL: value, PARAM_NAME: field, ENUM_TYPE: type },
  );
}

export interface PracticeRequest {
  readonly method: string;
  /** Path and query of the request line. */
  readonly path: string;
  /** '' if the header is missing. */
  readonly contentType: string;
  readonly body: string;
  readonly remoteAddress: string;
}

/** Longer or more deeply nested than any parameter used here. Drop the rest, because nested names grow quickly. */
const LONGEST_NAME = 256;
const DEEPEST = 8;

/**
 * Reads the parameters. For the same name, the path wins over the query, and the query over the body
 * (docs/kaltura-facts.md 3.1).
 */
export function readParameters(request: PracticeRequest): Parameters {
  const [path = '', query = ''] = request.path.split(/\?(.*)/s);
  const pairs = [...bodyPairs(request), ...formPairs(query), ...pathPairs(path)];
  return new Parameters(new Map(pairs.filter(([name]) => name.length <= LONGEST_NAME)));
}

/** Parses alternating names and values: `/api_v3/service/session/action/start/partnerId/102`. */
function pathPairs(path: string): [string, string][] {
  const parts = path.split('/').filter((part) => part !== '' && part !== 'api_v3' && part !== 'index.php');
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    pairs.push([parts[index] as string, decodePart(parts[index + 1] as string)]);
  }
  return pairs;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const formPairs = (text: string): [string, string][] =>
  [...new URLSearchParams(text)].map(([name, value]) => [name.replaceAll(/\[(\w*)\]/g, ':$1'), value]);

/**
 * Reads the body. A form is read only with POST (docs/kaltura-facts.md 3.1). JSON is read only if the content type is
 * exactly `application/json`: with a charset, the server reads nothing (docs/kaltura-facts.md 0.12).
 */
function bodyPairs({ method, contentType, body }: PracticeRequest): [string, string][] {
  if (contentType.startsWith('application/x-www-form-urlencoded')) return method === 'POST' ? formPairs(body) : [];
  if (contentType !== 'application/json') return [];
  try {
    return jsonPairs(JSON.parse(body), '', 0);
  } catch {
    return [];
  }
}

/** Names the values inside a JSON value. `null` is the empty text (docs/kaltura-facts.md 3.1). */
function jsonPairs(value: unknown, name: string, depth: number): [string, string][] {
  if (depth > DEEPEST || name.length > LONGEST_NAME) return [];
  if (value === null) return [[name, '']];
  if (typeof value === 'boolean') return [[name, value ? '1' : '']];
  if (typeof value !== 'object') return [[name, String(value)]];
  const prefix = name === '' ? '' : `${name}:`;
  return Object.entries(value).flatMap(([key, inner]) => jsonPairs(inner, `${prefix}${key}`, depth + 1));
}
