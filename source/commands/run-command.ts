import type { CommandCall } from './command-call.js';
import type { CommandRuntime } from './command-runtime.js';
import { UsageError } from './exit-codes.js';
import { token } from './token.js';

/** Whoever runs a command has read it from the command line: one import brings both. */
export { readCommandLine } from './command-line.js';

type Handler = (call: CommandCall, runtime: CommandRuntime) => Promise<number>;

/** Each command's code is loaded when it is called for, but for the one that scripts wait for again and again. */
const HANDLERS: Readonly<Record<string, () => Promise<Handler>>> = {
  token: async () => token,
  exec: async () => (await import('./exec.js')).exec,
  inspect: async () => (await import('./inspect.js')).inspect,
  check: async () => (await import('./check.js')).check,
  end: async () => (await import('./end.js')).end,
  use: async () => (await import('./use.js')).use,
  'env-file': async () => (await import('./env-file.js')).envFile,
  'app-tokens list': async () => (await import('./app-tokens-list.js')).listTokens,
  'app-tokens create': async () => (await import('./app-tokens-create.js')).createToken,
  'app-tokens delete': async () => (await import('./app-tokens-delete.js')).deleteToken,
  regions: async () => (await import('./regions.js')).regions,
  'profiles list': async () => (await import('./profiles-list.js')).listProfiles,
  'profiles show': async () => (await import('./profiles-list.js')).showProfile,
  'profiles add': async () => (await import('./profiles-add.js')).addProfile,
  'profiles rename': async () => (await import('./profiles-change.js')).renameProfile,
  'profiles remove': async () => (await import('./profiles-change.js')).removeProfile,
  'profiles export': async () => (await import('./profiles-export.js')).exportProfiles,
  'profiles import': async () => (await import('./profiles-import.js')).importProfiles,
  status: async () => (await import('./status.js')).status,
  completion: async () => (await import('./completion.js')).completion,
  forget: async () => (await import('./forget.js')).forget,
  practice: async () => (await import('./practice.js')).runPractice,
};

/** Does what a command asks for. @returns the exit code */
export async function runCommand(call: CommandCall, runtime: CommandRuntime): Promise<number> {
  if (call.after !== null && call.command !== 'exec') throw new UsageError('-- belongs to exec alone.');
  const load = HANDLERS[call.command];
  if (load === undefined) throw new UsageError('there is no such command. See kaltura-ks --help.');
  const isShown = call.flags['show-answer'] === true;
  const used = isShown ? (await import('./show-answers.js')).withAnswersShown(runtime) : runtime;
  return (await load())(call, used);
}
