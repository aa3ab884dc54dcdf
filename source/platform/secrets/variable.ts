import { Secret } from '../../kaltura/secret.js';
import type { SecretSource } from '../../secrets/source.js';
import { SecretSourceError, secretLine } from '../../secrets/source-error.js';
import type { SecretVariables } from '../../secrets/variables.js';

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
    const remedy = 'Set it to the secret and export it, before this program is started.';
    throw new SecretSourceError('absent', 'variable', `${source} is not set.`, remedy);
  }
  const secret = new Secret(secretLine(value, 'variable', source));
  taken.set(name, secret);
  delete env[name];
  return secret;
}
