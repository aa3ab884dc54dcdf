import { PROFILE_VARIABLE } from '../commands/answers/answer-flags.js';
import { type CommandCall, hasKeyFlag } from '../commands/shared/command-call.js';
import type { Env } from '../operations/runtime.js';

interface ProfileUse {
  /** The position of the profile among the arguments; undefined if it is the option `--profile`. */
  readonly at?: number;
  /** Whether the command takes a key from standard input if no profile is named. */
  readonly readsKey: boolean;
}

/** The commands that use the profile of KALTURA_PROFILE or the default profile if none is named. */
export const PROFILE_USE: Readonly<Record<string, ProfileUse>> = {
  token: { at: 0, readsKey: false },
  exec: { at: 0, readsKey: false },
  'env-file': { at: 0, readsKey: false },
  check: { at: 0, readsKey: true },
  end: { at: 0, readsKey: true },
  use: { at: 1, readsKey: true },
  call: { readsKey: true },
  'app-tokens list': { readsKey: true },
  'app-tokens create': { readsKey: true },
  'app-tokens delete': { readsKey: true },
};

/** What gives a command the name of a profile. */
export interface ProfileOfCall {
  readonly name: unknown;
  /** Whether it is KALTURA_PROFILE. */
  readonly isVariable: boolean;
}

/** Returns the profile that an option or an argument names; undefined without one. */
export const typedProfile = ({ command, names, flags }: CommandCall): unknown =>
  flags['profile'] ?? names[PROFILE_USE[command]?.at ?? names.length];

/** Checks whether the command uses a given key instead of KALTURA_PROFILE. */
function usesGivenKey({ command, flags }: CommandCall, hasKeyVariable: boolean): boolean {
  if (hasKeyFlag(flags)) return true;
  const readsVariable = PROFILE_USE[command]?.readsKey === true && command !== 'use' && flags['group'] === undefined;
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
  if (variable === '' || PROFILE_USE[call.command] === undefined || usesGivenKey(call, hasKeyVariable)) return null;
  return { name: variable, isVariable: true };
}
