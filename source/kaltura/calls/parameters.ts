import { Secret } from '../secret.js';
import { type JsonPart, jsonParts } from './json-tokens.js';
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
  readonly problem: 'not-json' | 'not-an-object' | 'too-deep' | 'name' | 'exponent' | 'twice';
  readonly where: string;
}

export type BodyReading =
  | { readonly ok: true; readonly parameters: readonly CallParameter[] }
  | ({ readonly ok: false } & BodyProblem);

const isName = (name: string): boolean => /^\w{1,100}$/.test(name);

/** Checks the name of a form parameter: `entryId`, `filter[idIn]`, `filter:idIn`, `pager[0][x]`, and `1[service]` or `1:service` of a multirequest. */
export const isParameterName = (name: string): boolean =>
  name.length <= 256 && /^(?:[a-z_]\w*|\d{1,3}(?=[[:]))(\[\w*\]|:\w+)*$/i.test(name);

/**
 * Flattens a JSON object into form parameters, as the server names nested values (docs/kaltura-facts.md 3.1). `null` sets a field to null
 * (`name__null`), `true` is 1 and `false` is 0. Numbers keep all of their digits. A value with the name of a secret becomes a `Secret`.
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
  const names = new Set<string>();
  const parameters: CallParameter[] = [];
  for (const part of jsonParts(text)) {
    const { path } = part;
    const name = formName(path);
    const refuse = (problem: BodyProblem['problem'], where = name): BodyReading => ({ ok: false, problem, where });
    if (path.length > DEEPEST) return refuse('too-deep', path[0]);
    if (part.isName) {
      if (!isName(path.at(-1) ?? '')) return refuse('name', formName(path.slice(0, -1)));
      if (names.has(name)) return refuse('twice');
      names.add(name);
    } else if (part.kind === 'scalar' && /\de/i.test(part.text)) return refuse('exponent');
    else if (part.kind === 'scalar' || part.kind === 'string') parameters.push(parameterOf(part));
  }
  return { ok: true, parameters };
}

const formName = ([first = '', ...others]: readonly string[]): string =>
  first + others.map((part) => `[${part}]`).join('');

const LITERALS = new Map([
  ['true', '1'],
  ['false', '0'],
]);

function parameterOf({ kind, text, path }: JsonPart): CallParameter {
  if (text === 'null') return { name: formName([...path.slice(0, -1), `${path.at(-1)}__null`]), value: '' };
  const name = formName(path);
  const value = kind === 'string' ? (JSON.parse(text) as string) : (LITERALS.get(text) ?? text);
  return { name, value: value !== '' && isSecretName(name) ? new Secret(value) : value };
}
