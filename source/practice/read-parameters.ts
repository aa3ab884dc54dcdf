import { Parameters } from './parameters.js';

export interface PracticeRequest {
  readonly method: string;
  /** Path and query, as in the request line. */
  readonly path: string;
  /** '' where there is none. */
  readonly contentType: string;
  readonly body: string;
  readonly remoteAddress: string;
}

/** Longer, or deeper inside, than any parameter that is read here. What goes beyond is left out: names of names grow fast. */
const LONGEST_NAME = 256;
const DEEPEST = 8;

/** Of one name, the path beats the query, and the query the body (facts 3.1). */
export function readParameters(request: PracticeRequest): Parameters {
  const [path = '', query = ''] = request.path.split(/\?(.*)/s);
  const pairs = [...bodyPairs(request), ...formPairs(query), ...pathPairs(path)];
  return new Parameters(new Map(pairs.filter(([name]) => name.length <= LONGEST_NAME)));
}

/** `/api_v3/service/session/action/start/partnerId/102`: names and values in turn. */
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

/** A JSON body counts only under exactly `application/json`: with a charset after it the server reads nothing (facts 0.12). */
function bodyPairs({ contentType, body }: PracticeRequest): [string, string][] {
  if (contentType.startsWith('application/x-www-form-urlencoded')) return formPairs(body);
  if (contentType !== 'application/json') return [];
  try {
    return jsonPairs(JSON.parse(body), '', 0);
  } catch {
    return [];
  }
}

function jsonPairs(value: unknown, name: string, depth: number): [string, string][] {
  if (value === null || depth > DEEPEST || name.length > LONGEST_NAME) return [];
  if (typeof value === 'boolean') return [[name, value ? '1' : '']];
  if (typeof value !== 'object') return [[name, String(value)]];
  const prefix = name === '' ? '' : `${name}:`;
  return Object.entries(value).flatMap(([key, inner]) => jsonPairs(inner, `${prefix}${key}`, depth + 1));
}
