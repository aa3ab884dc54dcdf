import { namesOf } from '../../kaltura/accounts/variable-names.js';
import { tryPeekKs } from '../../kaltura/ks/peek.js';
import { isoMoment } from '../../kaltura/lifetime.js';
import { type NextStep, textWithKey } from '../../kaltura/recipes/next.js';
import type { Runtime } from '../../operations/runtime.js';
import { variableOf } from '../answers/answer-flags.js';
import { otherServersIn } from '../answers/server-variables.js';
import type { Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import { jsonText } from '../shared/report.js';
import { exportLine, type Shell, shellNamed, shellOf, unsetLine } from '../shared/shell-quoting.js';
import type { ObtainedKey } from './obtain-key.js';

export type KeyForm =
  | { readonly form: 'bare' }
  | { readonly form: 'json' }
  | { readonly form: 'export'; readonly shell: Shell };

/**
 * Reads the output format.
 * @throws {UsageError}
 */
export function keyFormOf(flags: Flags, env: Runtime['env']): KeyForm {
  const asked = flags['export'];
  if (asked === undefined) return flags['json'] === true ? { form: 'json' } : { form: 'bare' };
  if (flags['json'] === true) throw new UsageError('Use --json or --export, not both.', 'conflicting-options');
  const shell = asked === true || asked === 'auto' ? shellOf(env) : shellNamed(String(asked));
  if (shell === undefined) throw new UsageError('--export must be sh, fish or powershell.');
  return { form: 'export', shell };
}

/** Returns the text of a recipe's next step with the key in it. */
export const stepText = (step: NextStep, { made }: ObtainedKey): string => textWithKey(step, made.ks.reveal());

/** Formats the key as JSON. Scripts depend on these names: never rename them. */
function asJson({ made, serviceUrl, profile }: ObtainedKey): string {
  const ks = made.ks.reveal();
  const { version, partnerId } = tryPeekKs(made.ks);
  const { facts } = made;
  return jsonText({
    ks,
    version,
    partnerId: facts.partnerId ?? partnerId,
    userId: facts.userId,
    type: facts.type,
    privileges: facts.privileges,
    expiresAt: facts.expiresAt,
    expiresAtIso: isoMoment(facts.expiresAt),
    serviceUrl,
    profile: profile?.name ?? null,
  });
}

/** Returns the names of variables that are set to another value; none if the value is unknown. */
const othersIn = (env: Runtime['env'], names: readonly string[], value: string | null): string[] =>
  value === null ? [] : names.filter((name) => (env[name] ?? value).trim() !== value);

/**
 * Returns the environment variables of a key, by name. null for a variable to unset: its value is unknown, or `env` has the value of another
 * account or server. KALTURA_SERVICE_URL ends with `/api_v3`, as in Kaltura's guides; the client libraries take KALTURA_URL.
 */
export function variablesOf(
  { made, serviceUrl }: ObtainedKey,
  env: Runtime['env'],
): Readonly<Record<string, string | null>> {
  const ks = made.ks.reveal();
  const partnerId = made.facts.partnerId ?? tryPeekKs(made.ks).partnerId;
  const account = partnerId === null ? null : String(partnerId);
  const stale = [
    ...otherServersIn(env, serviceUrl),
    ...othersIn(env, [variableOf('partner')], account),
    ...othersIn(env, namesOf(variableOf('user')), made.facts.userId),
  ];
  return {
    ...Object.fromEntries(stale.map((name) => [name, null])),
    KALTURA_KS: ks,
    KALTURA_SERVICE_URL: serviceUrl === null ? null : `${serviceUrl}/api_v3`,
    KALTURA_URL: serviceUrl,
    KALTURA_PARTNER_ID: account,
  };
}

/** Formats the key for standard output, without the line end. `env` tells which variables the shell has inherited. */
export function keyText(key: ObtainedKey, output: KeyForm, env: Runtime['env']): string {
  if (output.form === 'json') return asJson(key);
  if (output.form === 'bare') return key.made.ks.reveal();
  return Object.entries(variablesOf(key, env))
    .filter(([name, value]) => value !== null || env[name] !== undefined)
    .map(([name, value]) => (value === null ? unsetLine(name, output.shell) : exportLine(name, value, output.shell)))
    .join('\n');
}
