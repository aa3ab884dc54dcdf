import { PROFILE_VARIABLE } from '../commands/answers/answer-flags.js';
import { type CommandCall, hasKeyFlag } from '../commands/shared/command-call.js';
import type { Env } from '../operations/runtime.js';

/** The position of the profile among the arguments, for the commands that have one. */
export const PROFILE_AT: Readonly<Record<string, number>> = {
  token: 0,
  exec: 0,
  'env-file': 0,
  check: 0,
  end: 0,
  use: 1,
};

/** The commands that use KALTURA_PROFILE or the default profile, and whether they take a key from standard input without one. */
export const TAKES_DEFAULT: Readonly<Record<string, boolean>> = {
  token: false,
  exec: false,
  'env-file': false,
  check: true,
  call: true,
  end: true,
  use: true,
  'app-tokens list': true,
  'app-tokens create': true,
  'app-tokens delete': true,
};

/** What gives a command the name of a profile. */
export interface ProfileOfCall {
  readonly name: unknown;
  /** Whether it is KALTURA_PROFILE. */
  readonly isVariable: boolean;
}

/** Returns the profile that an option or an argument names; undefined without one. */
export const typedProfile = ({ command, names, flags }: CommandCall): unknown =>
  flags['profile'] ?? names[PROFILE_AT[command] ?? names.length];

/** Checks whether the command uses a given key instead of KALTURA_PROFILE. */
function usesGivenKey({ command, flags }: CommandCall, hasKeyVariable: boolean): boolean {
  if (hasKeyFlag(flags)) return true;
  const readsVariable = TAKES_DEFAULT[command] === true && command !== 'use' && flags['group'] === undefined;
  return readsVariable && hasKeyVariable;
}

/**
 * Returns the profile that the command uses; null without one, or if only the default profile is left.
 * @param hasKeyVariable whether KALTURA_KS is set
 */
export function profileOfCall(call: CommandCall, env: Env, hasKeyVariable: boolean): ProfileOfCall | null {
  const typed = typedProfile(call);
  if (typed !== undefined) return { name: typed, isVariable: false };
  const variable = env[PROFILE_VARIABLE] ?? '';
  if (variable === '' || TAKES_DEFAULT[call.command] === undefined || usesGivenKey(call, hasKeyVariable)) return null;
  return { name: variable, isVariable: true };
}
