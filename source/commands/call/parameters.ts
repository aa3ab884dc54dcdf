import type { ApiParameters } from '../../kaltura/api/client.js';
import type { FormFile } from '../../kaltura/api/http.js';
import {
  type BodyProblem,
  type CallParameter,
  isParameterName,
  parametersInJson,
} from '../../kaltura/calls/parameters.js';
import { isSecretName } from '../../kaltura/calls/secret-names.js';
import { maskKeys } from '../../kaltura/calls/secrets-in-text.js';
import type { Runtime } from '../../operations/runtime.js';
import type { CommandRun, Flags } from '../shared/command-call.js';
import { CommandError, UsageError } from '../shared/exit-codes.js';
import { MAX_LENGTH, readStdin } from '../shared/read-stdin.js';

/** What a call sends besides the key. */
export interface CallContent {
  readonly parameters: ApiParameters;
  readonly files: readonly FormFile[];
}

/** Set by this program. */
const RESERVED = ['ks', 'format', 'service', 'action', 'callback'];

/** Whether the JSON body is on standard input, which then has no key. */
export const readsBodyFromStdin = (flags: Flags): boolean => flags['json-body'] === '-';

/**
 * Reads the parameters of the arguments and of `--json-body`. An error never repeats a value.
 * @throws {UsageError}
 * @throws {CommandError} if a file can't be read
 */
export async function callContent(pairs: readonly string[], run: CommandRun): Promise<CallContent> {
  const uploads = uploadTokenNames(pairs);
  const given = pairs.map((pair) => pairIn(pair, uploads));
  const files = await Promise.all(
    given.flatMap(({ name, path }) => (path === null ? [] : [uploadOf(name, path, run.runtime)])),
  );
  const typed = given.flatMap(({ name, value, path }) => (path === null ? [{ name, value }] : []));
  const all = [...typed, ...(await bodyParameters(run))];
  assertNamesOnce([...all, ...files].map(({ name }) => name));
  return { parameters: Object.fromEntries(all.map(({ name, value }) => [name, value])), files };
}

interface Pair {
  readonly name: string;
  readonly value: string;
  /** The file to upload; null if the value is a text. */
  readonly path: string | null;
}

/** Returns the names of parameters that hold the ID of an upload token, which is no secret: `resource[token]` beside the type of the resource. */
const uploadTokenNames = (pairs: readonly string[]): readonly string[] =>
  pairs.flatMap((pair) => {
    const [, resource] = /^(\w+(?:\[\w+\])*)\[objectType\]=Kaltura\w*TokenResource$/.exec(pair) ?? [];
    return resource === undefined ? [] : [`${resource}[token]`];
  });

/** The field of an object as JavaScript writes it: `filter.idIn`. Too short for a secret. */
const DOTTED = /^[a-z]\w{0,19}(?:\.[a-z]\w{0,19}){1,3}$/i;

function pairIn(argument: string, uploads: readonly string[]): Pair {
  const at = argument.indexOf('=');
  const name = at === -1 ? '' : argument.slice(0, at);
  if (DOTTED.test(name)) {
    const [object = '', ...fields] = name.split('.');
    throw new UsageError(
      `Write the field of an object in brackets: ${object}${fields.map((field) => `[${field}]`).join('')}=…`,
    );
  }
  if (!isParameterName(name)) {
    throw new UsageError(
      'A parameter must have the form name=value, such as entryId=0_ab12cd34 or filter[idIn]=0_ab12cd34.',
    );
  }
  const value = argument.slice(at + 1);
  if ((isSecretName(name) && !uploads.includes(name)) || maskKeys(value) !== value) {
    throw new UsageError(
      'A key, a secret or a password can’t be an argument, because other users of this computer can see arguments. Pass it in a JSON file or a pipe with --json-body. The key of the call comes from --profile, KALTURA_KS or --ks-stdin.',
      'secret-in-arguments',
    );
  }
  if (value.startsWith('@@')) return { name, value: value.slice(1), path: null };
  return { name, value, path: value.startsWith('@') ? value.slice(1) : null };
}

async function uploadOf(name: string, path: string, runtime: Runtime): Promise<FormFile> {
  const file = await runtime.openUpload(path);
  if (!file.ok) {
    throw new CommandError(
      `The file for ${name} can’t be read: ${file.why}. To send a text that begins with @, write @@.`,
      'unreadable-input',
    );
  }
  return { name, filename: file.filename, size: file.size, read: file.read };
}

function assertNamesOnce(names: readonly string[]): void {
  const [reserved] = names
    .map((name) => name.split(/__null$|[[:]/)[0] ?? '')
    .filter((first) => RESERVED.includes(first.toLowerCase()));
  if (reserved !== undefined) {
    throw new UsageError(`${reserved} is set by kaltura-ks. The key comes from --profile, KALTURA_KS or --ks-stdin.`);
  }
  if (names.includes('__proto__')) throw new UsageError('A parameter can’t have the name __proto__.');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`The parameter ${twice} is given twice.`, 'conflicting-options');
}

async function bodyParameters({ flags, runtime }: CommandRun): Promise<readonly CallParameter[]> {
  const path = flags['json-body'];
  if (typeof path !== 'string') return [];
  const reading = parametersInJson(await bodyText(path, runtime));
  if (reading.ok) return reading.parameters;
  throw new UsageError(`--json-body: ${PROBLEMS[reading.problem](reading.where)}`);
}

async function bodyText(path: string, runtime: Runtime): Promise<string> {
  if (path === '-') return (await readStdin('body', '--json-body -', runtime)).reveal();
  const reading = await runtime.readText(path);
  if (!reading.ok) throw new CommandError(`--json-body can’t be read: ${reading.why}.`, 'unreadable-input');
  if (reading.text.length > MAX_LENGTH.body) {
    throw new UsageError(`--json-body has more than ${MAX_LENGTH.body.toLocaleString('en-US')} characters.`);
  }
  return reading.text;
}

const PROBLEMS: Readonly<Record<BodyProblem['problem'], (where: string) => string>> = {
  'not-json': () => 'this is not valid JSON.',
  'not-an-object': () => 'it must be a JSON object, such as {"filter": {"idIn": "0_ab12cd34"}}.',
  'too-deep': (where) => `${where} is too deeply nested.`,
  name: (where) =>
    `${where === '' ? 'a name' : `a name in ${where}`} contains characters other than letters, digits and _.`,
  exponent: (where) => `the number in ${where} has an exponent. Write all its digits, or a text in quotes.`,
  twice: (where) => `${where} appears twice.`,
};
