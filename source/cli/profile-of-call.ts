import { PROFILE_VARIABLE } from '../commands/answers/answer-flags.js';
import { type CommandCall, hasKeyFlag } from '../commands/shared/command-call.js';
import type { Env } from '../operations/runtime.js';
import { COMMAND_TABLE } from './command-table.js';

/** What gives a command the name of a profile. */
export interface ProfileOfCall {
  readonly name: unknown;
  /** Whether it is KALTURA_PROFILE. */
  readonly isVariable: boolean;
}

/** Returns the profile that an option or an argument names; undefined without one. */
export function typedProfile({ command, names, flags }: CommandCall): unknown {
  const profileIn = COMMAND_TABLE[command]?.profileIn;
  return flags['profile'] ?? (typeof profileIn === 'number' ? names[profileIn] : undefined);
}

/** Checks whether the command uses a given key instead of KALTURA_PROFILE. */
function usesGivenKey({ command, flags }: CommandCall, hasKeyVariable: boolean): boolean {
  if (hasKeyFlag(flags)) return true;
  const readsKey = COMMAND_TABLE[command]?.keyInput !== undefined && command !== 'use' && flags['group'] === undefined;
  return readsKey && hasKeyVariable;
}

/**
 * Returns the profile that the command uses; null without one, or if only the default profile is left.
 * @param hasKeyVariable whether KALTURA_KS is set
 */
export function profileOfCall(call: CommandCall, env: Env, hasKeyVariable: boolean): ProfileOfCall | null {
  const typed = typedProfile(call);
  if (typed !== undefined) return { name: typed, isVariable: false };
  const variable = env[PROFILE_VARIABLE] ?? '';
  const usesVariable = variable !== '' && COMMAND_TABLE[call.command]?.profileIn !== undefined;
  if (!usesVariable || usesGivenKey(call, hasKeyVariable)) return null;
  return { name: variable, isVariable: true };
}
