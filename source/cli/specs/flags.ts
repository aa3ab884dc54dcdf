import { type FlagSpec, GROUP } from './command-spec.js';

// The flags that several commands share.

export const JSON_FLAG: FlagSpec = {
  flag: '--json',
  help: 'print JSON; its field names don’t change between versions',
  group: GROUP.output,
};
export const NO_INPUT: FlagSpec = { flag: '--no-input', help: 'never ask; fail if an answer is missing' };
/** Every command takes these. Not `--env-file`: Node reads that name after the script, too, and runs the file's NODE_OPTIONS. */
export const COMMON_FLAGS: readonly FlagSpec[] = [
  { flag: '--dotenv <path>', help: 'also read variables from an .env file; see kaltura-ks help environment' },
];
export const VERBOSE: FlagSpec = {
  flag: '-v, --verbose',
  help: 'print where each value comes from, and each step; never a secret',
  group: GROUP.output,
};
export const SHOW_ANSWER: FlagSpec = {
  flag: '--show-answer',
  help: 'also print error answers of the server to standard error; they can contain parts of your request',
  group: GROUP.output,
};
export const ACCEPT_RISK: FlagSpec = {
  flag: '--accept-risk <id>',
  help: 'accept the risk with this ID, as the error shows it, or “all” of them; may be repeated',
  group: GROUP.confirm,
  isRepeated: true,
};
export const YES: FlagSpec = { flag: '--yes', help: 'don’t ask for confirmation', group: GROUP.confirm };

/** For commands that can read the secret of a profile. */
export const CONFIRM_COMMAND: FlagSpec = {
  flag: '--confirm-command',
  help: 'print and confirm the command or variable of an imported profile',
  group: GROUP.confirm,
};
export const SECRET_STDIN: FlagSpec = {
  flag: '--secret-stdin',
  help: 'read the secret, password or token from one line on standard input',
  group: GROUP.secret,
};
export const SECRET_FILE: FlagSpec = {
  flag: '--secret-file <path>',
  help: 'read the secret, password or token from a file',
  group: GROUP.secret,
};
export const TIMEOUT: FlagSpec = {
  flag: '--timeout <time>',
  help: 'how long to wait for each answer of a server (default: 30s)',
  group: GROUP.server,
};
export const OWN_URL: FlagSpec = { flag: '--url <url>', help: 'the URL of a self-hosted server', group: GROUP.key };

/** For commands that send requests and print a result. */
export const REQUEST_FLAGS: readonly FlagSpec[] = [TIMEOUT, JSON_FLAG, SHOW_ANSWER, VERBOSE, NO_INPUT];

/** The flags of creating a key. */
export const MAKING: readonly FlagSpec[] = [
  SECRET_FILE,
  {
    flag: '--min-ttl <time>',
    help: 'use the saved key if it is valid for longer than this (default: 5m)',
    group: GROUP.savedKey,
  },
  { flag: '--no-cache', help: 'create a new key, without saving it', group: GROUP.savedKey },
  {
    flag: '--session-group <id>',
    help: 'add the key to a session group (privilege sessionid), which kaltura-ks end --group revokes and blocks for 24 hours; “new” creates a random ID',
    group: GROUP.key,
  },
  TIMEOUT,
  {
    flag: '--diagnose',
    help: 'find the cause if no key can be created; prints what it sends',
    group: GROUP.server,
  },
  {
    flag: '--no-clock-check',
    help: 'don’t compare the clocks after signing on this computer',
    group: GROUP.server,
  },
  ACCEPT_RISK,
  CONFIRM_COMMAND,
  SHOW_ANSWER,
  VERBOSE,
  NO_INPUT,
];

export const KS_FILE: FlagSpec = { flag: '--ks-file <path>', help: 'read the key from a file', group: GROUP.given };

/** An existing key, and its server. */
export const GIVEN_KEY: readonly FlagSpec[] = [
  {
    flag: '--ks-stdin',
    help: 'read the key from standard input, with or without text around it',
    group: GROUP.given,
  },
  KS_FILE,
  { flag: '--region <region>', help: 'the region of the account, if there is no profile', group: GROUP.given },
  { ...OWN_URL, group: GROUP.given },
];

/** Where the commands that take a key find it. */
export const KEY_SOURCES = `kaltura-ks looks for the key in this order:
  1. --ks-stdin or --ks-file
  2. the saved key of the named profile
  3. KALTURA_KS
  4. the saved key of the profile in KALTURA_PROFILE
  5. standard input
  6. the saved key of the default profile
  7. a prompt on the terminal`;

/** Where commands that can create a key look for one first. */
export const KEY_OR_NEW_SOURCES = `kaltura-ks looks for the key in this order:
  1. --ks-stdin or --ks-file
  2. the named profile: its saved key, or a new key
  3. KALTURA_KS
  4. the profile in KALTURA_PROFILE: its saved key, or a new key
  5. standard input
  6. a new key of the account in variables or in the file of --dotenv
  7. the default profile: its saved key, or a new key
  8. a prompt on the terminal

A line on standard error tells you if a new key was created.`;

/** Which profile a command uses without a name. */
export const DEFAULT_PROFILE = `A command without a profile uses the default profile (set it with kaltura-ks profiles default), and prints its
name to standard error. The default profile is not used if an option, a variable or the file of --dotenv gives one of these:
  · a profile
  · a key (for commands that take a key, also standard input)
  · an account or its server
  · a secret, a password or an app token`;
