import type { CommandRun } from '../commands/shared/command-call.js';
import { token } from '../commands/token.js';

type Handler = (run: CommandRun) => Promise<number>;

interface CommandEntry {
  /** Loads the code of the command when it is needed. */
  readonly load: () => Promise<Handler>;
  /** How the command takes a key, to follow “give a key”: “on standard input”. Undefined if it takes none. */
  readonly keyInput?: string;
  /**
   * Where the name of the profile is given: with `--profile`, or as the argument with this index. Without a name, the command uses the profile
   * of KALTURA_PROFILE or the default profile. Undefined if the command never uses these two.
   */
  readonly profileIn?: '--profile' | 0 | 1;
  /**
   * Whether the output is the only result of the command. Such a command fails if standard output is closed. The others run: they do something
   * else too, or their exit code is a result, as that of `regions`.
   */
  readonly onlyPrints?: true;
}

const BY_KS_FILE = 'on standard input or with --ks-file';
const KEY_OR_PROFILE = { keyInput: BY_KS_FILE, profileIn: '--profile' } as const;

/** The commands. The code of `token` is always loaded, because scripts run it most. */
export const COMMAND_TABLE: Readonly<Record<string, CommandEntry>> = {
  token: { load: async () => token, profileIn: 0 },
  exec: { load: async () => (await import('../commands/exec.js')).exec, profileIn: 0 },
  inspect: {
    load: async () => (await import('../commands/inspect/inspect.js')).inspect,
    keyInput: `${BY_KS_FILE}, without --profile`,
  },
  explain: { load: async () => (await import('../commands/explain.js')).explain },
  check: { load: async () => (await import('../commands/check/check.js')).check, keyInput: BY_KS_FILE, profileIn: 0 },
  call: { load: async () => (await import('../commands/call/call.js')).call, ...KEY_OR_PROFILE },
  end: { load: async () => (await import('../commands/end.js')).end, keyInput: BY_KS_FILE, profileIn: 0 },
  use: {
    load: async () => (await import('../commands/use.js')).use,
    keyInput: 'on standard input',
    profileIn: 1,
    onlyPrints: true,
  },
  'recipes list': { load: async () => (await import('../commands/recipes/recipes.js')).listRecipes, onlyPrints: true },
  'recipes show': { load: async () => (await import('../commands/recipes/recipes.js')).showRecipe, onlyPrints: true },
  'env-file': { load: async () => (await import('../commands/env-file.js')).envFile, profileIn: 0 },
  'app-tokens list': {
    load: async () => (await import('../commands/app-tokens/list.js')).listTokens,
    ...KEY_OR_PROFILE,
    onlyPrints: true,
  },
  'app-tokens create': {
    load: async () => (await import('../commands/app-tokens/create.js')).createToken,
    ...KEY_OR_PROFILE,
  },
  'app-tokens delete': {
    load: async () => (await import('../commands/app-tokens/delete.js')).deleteToken,
    ...KEY_OR_PROFILE,
  },
  regions: { load: async () => (await import('../commands/regions.js')).regions },
  'profiles list': { load: async () => (await import('../commands/profiles/list.js')).listProfiles, onlyPrints: true },
  'profiles show': { load: async () => (await import('../commands/profiles/list.js')).showProfile, onlyPrints: true },
  'profiles add': { load: async () => (await import('../commands/profiles/add.js')).addProfile },
  'profiles edit': { load: async () => (await import('../commands/profiles/edit.js')).editProfile },
  'profiles default': { load: async () => (await import('../commands/profiles/default.js')).defaultProfile },
  'profiles rename': { load: async () => (await import('../commands/profiles/change.js')).renameProfile },
  'profiles remove': { load: async () => (await import('../commands/profiles/change.js')).removeProfile },
  'profiles export': {
    load: async () => (await import('../commands/profiles/export.js')).exportProfiles,
    onlyPrints: true,
  },
  'profiles import': { load: async () => (await import('../commands/profiles/import.js')).importProfiles },
  status: { load: async () => (await import('../commands/status.js')).status, onlyPrints: true },
  completion: { load: async () => (await import('./completion/completion.js')).completion, onlyPrints: true },
  forget: { load: async () => (await import('../commands/forget.js')).forget },
  practice: { load: async () => (await import('../commands/practice.js')).runPractice },
};
