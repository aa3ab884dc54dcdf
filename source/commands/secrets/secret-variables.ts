import { officialNameOf, preferredNameOf } from '../../kaltura/accounts/variable-names.js';
import type { Secret } from '../../kaltura/secret.js';
import type { SignInMethod, SignInSpec } from '../../kaltura/sign-in/key-spec.js';
import type { Runtime } from '../../operations/runtime.js';
import { SECRET_VARIABLES } from '../../secrets/variables.js';
import { variableOf } from '../answers/answer-flags.js';
import { UsageError } from '../shared/exit-codes.js';

const OWN_NAMES: Readonly<Record<SignInMethod, string>> = {
  server: SECRET_VARIABLES.secret,
  local: SECRET_VARIABLES.secret,
  login: SECRET_VARIABLES.password,
  'app-token': SECRET_VARIABLES.token,
};

/** Returns the name of the variable to recommend for the secret of a sign-in method. */
export const secretVariableFor = (method: SignInMethod): string => preferredNameOf(OWN_NAMES[method]);

export interface SecretInVariable {
  readonly secret: Secret;
  /** The name of the variable. */
  readonly source: string;
}

type Variables = Pick<Runtime, 'env' | 'secretVariables'>;

/** Checks whether the official variables are those of another account. No account is meant by an invalid number. */
function namesOtherAccount(partnerId: number | null, env: Runtime['env']): boolean {
  const text = (env[officialNameOf(variableOf('partner')) ?? ''] ?? '').trim();
  return text !== '' && partnerId !== null && text !== String(partnerId);
}

/**
 * Finds the secret of a sign-in in variables. KALTURA_ADMIN_SECRET is not used for another account than that of KALTURA_PARTNER_ID.
 * @throws {UsageError} if two variables have different secrets
 */
export function secretInVariables(
  { method, partnerId }: SignInSpec,
  { env, secretVariables }: Variables,
): SecretInVariable | null {
  const own = OWN_NAMES[method];
  const official = officialNameOf(own);
  const names = official === null || namesOtherAccount(partnerId, env) ? [own] : [official, own];
  const [first, second] = names.flatMap((source) => {
    const secret = secretVariables.get(source);
    return secret === undefined ? [] : [{ secret, source }];
  });
  if (first === undefined) return null;
  if (second === undefined || first.secret.equals(second.secret)) return first;
  throw new UsageError(
    `${first.source} and ${second.source} have different secrets. Unset ${second.source} if it is the User Secret.`,
    'conflicting-options',
  );
}
