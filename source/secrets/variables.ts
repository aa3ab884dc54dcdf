import { officialNameOf } from '../kaltura/accounts/variable-names.js';
import { Secret } from '../kaltura/secret.js';
import type { SecretSource } from './source.js';
import { SecretSourceError, secretLine } from './source-error.js';

/** The environment variables for secrets. No flag accepts a secret, because other users can see the arguments of a program. */
export const SECRET_VARIABLES = {
  secret: 'KALTURA_SECRET',
  password: 'KALTURA_PASSWORD',
  token: 'KALTURA_APP_TOKEN',
  code: 'KALTURA_CODE',
  passphrase: 'KALTURA_PASSPHRASE',
} as const;

/** Set by `exec` for its command; other commands read a key from it. */
export const KEY_VARIABLE = 'KALTURA_KS';

/** The names of variables that can create a key. `exec` removes them. */
export const SECRET_NAMES: readonly string[] = Object.values(SECRET_VARIABLES).flatMap((name) => {
  const official = officialNameOf(name);
  return official === null ? [name] : [name, official];
});

const NAMES: readonly string[] = [...SECRET_NAMES, KEY_VARIABLE];

/** Secrets from environment variables, by variable name. Empty and blank variables are left out. */
export type SecretVariables = Map<string, Secret>;

/** Removes the secret variables from the environment, so that child programs don't get them. */
export function takeSecretVariables(env: NodeJS.ProcessEnv): SecretVariables {
  const taken: SecretVariables = new Map();
  for (const name of NAMES) {
    const value = env[name] ?? '';
    delete env[name];
    if (value.trim() !== '') taken.set(name, new Secret(value));
  }
  return taken;
}

/** Removes the blank variables of this program from the environment: they count as not set. */
export function dropBlankVariables(env: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(env)) {
    if (/^KALTURA_/i.test(name) && value?.trim() === '') delete env[name];
  }
}

/**
 * Reads a secret from an environment variable, and removes the variable, so that child programs don't get it.
 *
 * @param taken the variables that were removed before; this one is added
 * @throws {SecretSourceError} if the variable is not set, or has no secret in it
 */
export function readVariable(
  { name }: Extract<SecretSource, { kind: 'variable' }>,
  env: NodeJS.ProcessEnv,
  taken: SecretVariables,
): Secret {
  const known = taken.get(name);
  if (known !== undefined) return known;
  const value = env[name];
  const source = `The environment variable ${name}`;
  if (value === undefined) {
    const remedy = 'Set it to the secret and export it before you start kaltura-ks.';
    throw new SecretSourceError('absent', `${source} is not set.`, remedy);
  }
  const secret = new Secret(secretLine(value, 'variable', source));
  taken.set(name, secret);
  delete env[name];
  return secret;
}
