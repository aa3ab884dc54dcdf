import {
  namesInFile,
  namesOf,
  officialNameOf,
  PRIVACY_CONTEXT,
  regionNamed,
} from '../../kaltura/accounts/variable-names.js';
import { Secret } from '../../kaltura/secret.js';
import { similarNames } from '../../kaltura/similar-names.js';
import { type Env, type Runtime, replaceParts } from '../../operations/runtime.js';
import { referencesIn, variablesIn } from '../../profiles/env-file.js';
import { KEY_VARIABLE, SECRET_NAMES, SECRET_VARIABLES } from '../../secrets/variables.js';
import { CommandError, UsageError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';
import { ANSWER_FLAGS, PROFILE_VARIABLE, variableOf } from './answer-flags.js';

const FILE = 'The .env file';
const PARTNER = variableOf('partner');
const URL_NAME = variableOf('url');
const REGION = variableOf('region');
const PRIVILEGE = variableOf('privilege');

/** Returns the value of an answer, by our name. @throws {UsageError} if two of its names have different values */
export function valueIn(file: ReadonlyMap<string, string>, own: string): string | undefined {
  return valueNamed(file, namesInFile(own));
}

/** Returns the value of a file by any of the names. @throws {UsageError} if two names have different values */
function valueNamed(file: ReadonlyMap<string, string>, names: readonly string[]): string | undefined {
  const [first, ...others] = names.flatMap((name) => {
    const text = (file.get(name) ?? '').trim();
    return text === '' ? [] : [{ name, text }];
  });
  const other = others.find(({ text }) => text !== first?.text);
  if (first === undefined || other === undefined) return first?.text;
  throw new UsageError(
    `${FILE} has different values for ${first.name} and ${other.name}. Delete one of them.`,
    'conflicting-options',
  );
}

/** The server is one value with several forms. */
const SERVER_NAMES = [URL_NAME, REGION].flatMap(namesOf);

function serverOf(file: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const url = valueIn(file, URL_NAME);
  const [region, official] = [valueNamed(file, [REGION]) ?? '', valueNamed(file, [officialNameOf(REGION) ?? '']) ?? ''];
  const named = region !== '' ? region : (regionNamed(official) ?? (url === undefined ? official : ''));
  return { ...(url === undefined ? {} : { [URL_NAME]: url }), ...(named === '' ? {} : { [REGION]: named }) };
}

function privilegesOf(file: ReadonlyMap<string, string>): string | undefined {
  const privileges = valueIn(file, PRIVILEGE);
  const context = (file.get(PRIVACY_CONTEXT) ?? '').trim();
  if (context === '' || /(^|,)\s*privacycontext:/.test(privileges ?? '')) return privileges;
  return [privileges ?? [], `privacycontext:${context}`].flat().join(',');
}

/** Answers with one value under our name; without the server and the privileges. */
const PLAIN = [...ANSWER_FLAGS.map(({ name }) => variableOf(name)), PROFILE_VARIABLE].filter(
  (own) => own !== URL_NAME && own !== REGION && own !== PRIVILEGE,
);

/** Returns the answers of the file that no variable gives, under our names, which take precedence over the profile. */
function answersOf(file: ReadonlyMap<string, string>, env: Env, hasProfile: boolean): Record<string, string> {
  // With a profile, the official names of the environment don't count.
  const isGiven = (own: string): boolean =>
    (hasProfile ? [own] : namesOf(own)).some((name) => (env[name] ?? '') !== '');
  const answers: Record<string, string> = {};
  for (const own of PLAIN) {
    const text = valueIn(file, own);
    if (text !== undefined && !isGiven(own)) answers[own] = text;
  }
  if (![URL_NAME, REGION].some(isGiven)) Object.assign(answers, serverOf(file));
  const privileges = privilegesOf(file);
  if (privileges !== undefined && !isGiven(PRIVILEGE)) answers[PRIVILEGE] = privileges;
  return answers;
}

/** Returns the environment with the answers of the file in place of the official names of the same values. */
function environmentWith(answers: Readonly<Record<string, string>>, env: Env): Env {
  const hasServer = answers[URL_NAME] !== undefined || answers[REGION] !== undefined;
  const dropped = [...Object.keys(answers).flatMap(namesOf), ...(hasServer ? SERVER_NAMES : [])];
  const kept = Object.entries(env).filter(([name]) => !dropped.includes(name));
  const partner = answers[PARTNER];
  // The Administrator Secret of the file belongs to this account alone.
  const official = partner === undefined ? {} : { [officialNameOf(PARTNER) ?? PARTNER]: partner };
  return { ...Object.fromEntries(kept), ...answers, ...official };
}

/** Returns the secrets of the file that no variable gives. The Administrator Secret of a file is not used for an account of the environment. */
function secretsOf(
  file: ReadonlyMap<string, string>,
  answers: Readonly<Record<string, string>>,
  env: Env,
  variables: Runtime['secretVariables'],
): ReadonlyMap<string, Secret> {
  const secrets = new Map(variables);
  const filePartner = valueIn(file, PARTNER);
  const partner = answers[PARTNER] ?? env[PARTNER] ?? env[officialNameOf(PARTNER) ?? ''];
  const isOther = filePartner !== undefined && partner !== undefined && partner.trim() !== filePartner;
  const admin = officialNameOf(SECRET_VARIABLES.secret) ?? '';
  for (const name of [...SECRET_NAMES, KEY_VARIABLE]) {
    const isAccount = name === admin || name === SECRET_VARIABLES.secret;
    const text = name === admin ? valueNamed(file, [admin, 'ADMIN_SECRET']) : file.get(name);
    const isKnown = isAccount ? [admin, SECRET_VARIABLES.secret].some((one) => variables.has(one)) : secrets.has(name);
    if (text !== undefined && text.trim() !== '' && !isKnown && !(isAccount && isOther)) {
      secrets.set(name, new Secret(text.trim()));
    }
  }
  return secrets;
}

/** All names that are read from the file. */
export const READ_NAMES: readonly string[] = [
  ...[...ANSWER_FLAGS.map(({ name }) => variableOf(name)), PROFILE_VARIABLE, ...SECRET_NAMES, KEY_VARIABLE].flatMap(
    namesInFile,
  ),
  PRIVACY_CONTEXT,
];

const PREFIX = 'KALTURA_';
const PREFIXED = READ_NAMES.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));

/** Names what the file has under a name that resembles one that is read. Names that resemble none belong to other programs. */
function mistypedNames(file: ReadonlyMap<string, string>): string[] {
  return [...file.keys()].flatMap((name) => {
    if (!name.startsWith(PREFIX) || READ_NAMES.includes(name)) return [];
    const [meant] = similarNames(name.slice(PREFIX.length), PREFIXED);
    return meant === undefined ? [] : [`${name} in the .env file is ignored. Did you mean ${PREFIX}${meant}?`];
  });
}

/** Refuses a reference: the text `$SECRET` would be sent as the secret. @throws {UsageError} */
function assertNoReference(text: string): void {
  const references = referencesIn(text);
  const name = READ_NAMES.find((one) => references.has(one));
  if (name === undefined) return;
  throw new UsageError(
    `${FILE}: ${name} refers to another variable. kaltura-ks does not replace $NAME or \${NAME}: write the value itself. If it isn’t a reference, put it in single quotes.`,
  );
}

/** Returns the name in the file, and the name that other messages have: `KALTURA_USER_ID (as KALTURA_USER)`. */
function nameUsed(file: ReadonlyMap<string, string>, own: string): string {
  const names = [...namesInFile(own), ...(own === PRIVILEGE ? [PRIVACY_CONTEXT] : [])];
  const used = names.find((name) => (file.get(name) ?? '').trim() !== '') ?? own;
  return used === own || used === officialNameOf(PARTNER) ? used : `${used} (as ${own})`;
}

/**
 * Reads the variables of an `.env` file.
 * @throws {CommandError} if the file can't be read
 * @throws {UsageError} if a value refers to another variable
 */
export async function readEnvFile(
  path: string,
  runtime: Runtime,
  report: Report,
): Promise<ReadonlyMap<string, string>> {
  const reading = await runtime.readText(path);
  if (!reading.ok) throw new CommandError(`${FILE} can’t be read: ${reading.why}.`, 'unreadable-input');
  if (reading.isOpenToOthers) {
    report.say('caution: other users of this computer can read the .env file (chmod 600).');
  }
  assertNoReference(reading.text);
  const file = variablesIn(reading.text);
  for (const text of mistypedNames(file)) report.say(`caution: ${text}`);
  return file;
}

/**
 * Returns a runtime with the values of an `.env` file. Variables of the environment take precedence over the file.
 * @param hasProfile whether the command uses a named profile
 * @throws {UsageError} if two names of the file have different values
 */
export function withValues(
  file: ReadonlyMap<string, string>,
  hasProfile: boolean,
  runtime: Runtime,
  report: Report,
): Runtime {
  const answers = answersOf(file, runtime.env, hasProfile);
  const secretVariables = secretsOf(file, answers, runtime.env, runtime.secretVariables);
  const added = [...secretVariables.keys()].filter((name) => !runtime.secretVariables.has(name));
  const used = [...Object.keys(answers).map((own) => nameUsed(file, own)), ...added];
  report.detail(`Variables from the .env file: ${used.join(', ') || 'none'}`);
  return replaceParts(runtime, { env: environmentWith(answers, runtime.env), secretVariables });
}
