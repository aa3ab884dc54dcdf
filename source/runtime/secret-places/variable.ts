import { Secret } from '../../kaltura/secret.js';
import type { SecretPlace } from '../../profiles/secret-place.js';
import { SecretPlaceError } from '../../profiles/secret-place-error.js';
import { secretLine } from '../../profiles/secret-place-line.js';

/** @throws {SecretPlaceError} where the variable is not set, or has no secret in it */
export function readVariable(place: Extract<SecretPlace, { kind: 'variable' }>, env: NodeJS.ProcessEnv): Secret {
  const value = env[place.name];
  const source = `The environment variable ${place.name}`;
  if (value === undefined) {
    const remedy = 'Set it to the secret and export it, before this program is started.';
    throw new SecretPlaceError('absent', 'variable', `${source} is not set.`, remedy);
  }
  return new Secret(secretLine(value, 'variable', source));
}
