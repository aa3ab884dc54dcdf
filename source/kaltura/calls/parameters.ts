import { Secret } from '../secret.js';
import { isSecretName } from './secret-names.js';

/** A parameter of a call, under the name in which a form sends it: `filter[idIn]` (docs/kaltura-facts.md 3.1). */
export interface CallParameter {
  readonly name: string;
  readonly value: string | Secret;
}

/** More deeply nested values are refused. */
const DEEPEST = 16;

/** Why a JSON body cannot be sent. `where` is the name of the parameter; '' for the body itself. */
export interface BodyProblem {
  readonly problem: 'not-json' | 'not-an-object' | 'too-deep' | 'name' | 'inexact-number';
  readonly where: string;
}

export type BodyReading =
  | { readonly ok: true; readonly parameters: readonly CallParameter[] }
  | ({ readonly ok: false } & BodyProblem);

class UnfitBody extends Error {
  constructor(readonly reason: BodyProblem) {
    super(reason.problem);
  }
}

const isName = (name: string): boolean => /^\w{1,100}$/.test(name);

/** Checks the name of a form parameter: `entryId`, `filter[idIn]`, `filter:idIn`, `pager[0][x]`. */
export const isParameterName = (name: string): boolean =>
  name.length <= 256 && /^[a-z_]\w*(\[\w*\]|:\w+)*$/i.test(name);

/**
 * Flattens a JSON object into form parameters, as the server names nested values (docs/kaltura-facts.md 3.1). `null` sets a field to null
 * (`name__null`), `true` is 1 and `false` is 0. A value with the name of a secret becomes a `Secret`.
 */
export function parametersInJson(text: string): BodyReading {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'not-json', where: '' };
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { ok: false, problem: 'not-an-object', where: '' };
  }
  try {
    return { ok: true, parameters: Object.entries(body).flatMap(([name, value]) => flattened(value, [name])) };
  } catch (error) {
    if (error instanceof UnfitBody) return { ok: false, ...error.reason };
    throw error;
  }
}

const formName = ([first = '', ...others]: readonly string[]): string =>
  first + others.map((part) => `[${part}]`).join('');

function flattened(value: unknown, path: readonly string[]): CallParameter[] {
  const [own = ''] = path.slice(-1);
  const refuse = (problem: BodyProblem['problem'], where = formName(path)) => new UnfitBody({ problem, where });
  if (!isName(own)) throw refuse('name', formName(path.slice(0, -1)));
  if (path.length > DEEPEST) throw refuse('too-deep', path[0]);
  if (value === null) return [{ name: formName([...path.slice(0, -1), `${own}__null`]), value: '' }];
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([name, inner]) => flattened(inner, [...path, name]));
  }
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw refuse('inexact-number');
  }
  const sent = typeof value === 'boolean' ? (value ? '1' : '0') : String(value);
  const name = formName(path);
  return [{ name, value: sent !== '' && isSecretName(name) ? new Secret(sent) : sent }];
}
