export interface FlagSpec {
  /** As commander reads it: `-v, --verbose`, `--min-ttl <time>`. */
  readonly flag: string;
  readonly help: string;
  readonly isRepeated?: boolean;
}

export interface CommandSpec {
  /** With its arguments: `token [profile]`. */
  readonly name: string;
  readonly description: string;
  /** Whether every answer of the wizard is a flag of it. */
  readonly takesAnswers?: boolean;
  readonly flags?: readonly FlagSpec[];
  readonly notes?: string;
  readonly examples?: readonly string[];
  readonly commands?: readonly CommandSpec[];
  /** Done where none of its neighbours is named. */
  readonly isDefault?: boolean;
}

const JSON_FLAG: FlagSpec = { flag: '--json', help: 'as JSON, with keys that stay the same' };
const NO_INPUT: FlagSpec = { flag: '--no-input', help: 'never asks: fails where it would have to' };
const ACCEPT_RISK: FlagSpec = {
  flag: '--accept-risk <id>',
  help: 'a danger that you know of, by its id, or all; may be repeated',
  isRepeated: true,
};

/** For commands that can read the secret of a profile. */
const CONFIRM_COMMAND: FlagSpec = {
  flag: '--confirm-command',
  help: 'confirms the command or variable of an imported profile, after printing it',
};

const SHOW_ANSWER: FlagSpec = {
  flag: '--show-answer',
  help: 'also prints error answers of the server to stderr; they can contain what was sent',
};

/** What making a key takes, wherever one is made. */
const MAKING: readonly FlagSpec[] = [
  { flag: '--secret-file <path>', help: 'takes the secret, password or token from a file' },
  ACCEPT_RISK,
  {
    flag: '--session-group <id>',
    help: 'puts the key into a group that end --group ends as a whole; new makes a random ID',
  },
  { flag: '--min-ttl <time>', help: 'uses a saved key again only if it is valid for longer than that (5m)' },
  { flag: '--no-cache', help: 'creates a new key, and saves none' },
  { flag: '--timeout <time>', help: 'how long to wait for a server, each time (30s)' },
  { flag: '--diagnose', help: 'where it fails: finds out why, and says first what it sends for that' },
  { flag: '--no-clock-check', help: 'does not compare the clock with the server’s after signing here' },
  CONFIRM_COMMAND,
  SHOW_ANSWER,
  NO_INPUT,
  { flag: '-v, --verbose', help: 'says where each answer came from; never a secret' },
];

const SECRETS = `The secret (password, app token) comes from, in this order: --secret-stdin or --secret-file, then
KALTURA_SECRET (KALTURA_PASSWORD, KALTURA_APP_TOKEN), then the secret source of the profile, then a
question on the terminal. A one-time code comes from KALTURA_CODE, or is asked. No flag takes any of
them: others on a computer see the arguments of its programs.

Every answer: flag before variable before profile; KALTURA_PROFILE names a profile. A danger that the
wizard wants a typed word for needs --accept-risk here, unless it was accepted with the profile.

The command or variable of an imported profile is used only after you have confirmed it on this computer.
On a terminal, the command is shown and you are asked. A script needs --confirm-command once.`;

const TIMEOUT: FlagSpec = { flag: '--timeout <time>', help: 'how long to wait for a server, each time (30s)' };
const YES: FlagSpec = { flag: '--yes', help: 'without a question' };
const VERBOSE: FlagSpec = { flag: '-v, --verbose', help: 'says where each answer came from; never a secret' };

/** Where a key that is there already comes from, and which server it belongs to. */
const GIVEN_KEY: readonly FlagSpec[] = [
  { flag: '--ks-stdin', help: 'takes the key from standard input, with or without what it was copied with' },
  { flag: '--ks-file <path>', help: 'takes the key from a file' },
  { flag: '--region <region>', help: 'where its account lives, if no profile says it' },
  { flag: '--url <address>', help: 'a Kaltura server of your own, in place of a region' },
];

const KEY_SOURCES = `The key comes from, in this order: --ks-stdin or --ks-file, the key that is kept with the named profile, then
KALTURA_KS, then the profile in KALTURA_PROFILE, then a pipe, then a question on the terminal. No flag takes it.
A key does not say where its account lives: --region or --url, the profile, KALTURA_SERVICE_URL (which exec sets),
KALTURA_REGION or KALTURA_URL say it, or the saved profiles of its account.`;

const ADMIN_KEY: readonly FlagSpec[] = [
  { flag: '--profile <name>', help: 'an ADMIN key of this profile: the saved one, or a new one for five minutes' },
  ...GIVEN_KEY,
  { flag: '--secret-file <path>', help: 'takes the secret of the profile from a file' },
  CONFIRM_COMMAND,
];

const APP_TOKENS: readonly CommandSpec[] = [
  {
    name: 'list',
    description: 'the app tokens of an account, never their values',
    flags: [...ADMIN_KEY, JSON_FLAG, TIMEOUT, SHOW_ANSWER, NO_INPUT, VERBOSE],
    isDefault: true,
  },
  {
    name: 'create',
    description: 'makes an app token; its value is shown this once',
    flags: [
      { flag: '--description <text>', help: 'what it is for' },
      { flag: '--user <id>', help: 'the user that its keys name; most accounts need one' },
      { flag: '--type <user|admin>', help: 'the type of its keys (user)' },
      { flag: '--privilege <name:value>', help: 'what its keys may do; may be repeated', isRepeated: true },
      { flag: '--session-length <time>', help: 'how long each of its keys lives (1h)' },
      { flag: '--expires <time|never>', help: 'when the token itself ends, from now (90d)' },
      { flag: '--save-as <name>', help: 'saves a profile that makes keys from it' },
      { flag: '--store <keychain|file>', help: 'where that profile keeps its value; it is not printed then' },
      ACCEPT_RISK,
      ...ADMIN_KEY,
      JSON_FLAG,
      TIMEOUT,
      SHOW_ANSWER,
      NO_INPUT,
      VERBOSE,
    ],
    examples: [
      'kaltura-ks app-tokens create --profile prod --user upload-bot --privilege setrole:UPLOAD_BASE_ROLE',
      'kaltura-ks app-tokens create --profile prod --user web --save-as web --store keychain',
    ],
  },
  {
    name: 'delete <id>',
    description: 'deletes an app token, and ends all keys that were made from it',
    flags: [...ADMIN_KEY, YES, JSON_FLAG, TIMEOUT, SHOW_ANSWER, NO_INPUT, VERBOSE],
  },
];

const PROFILES: readonly CommandSpec[] = [
  {
    name: 'list',
    description: 'the names of all profiles, and what each makes',
    flags: [JSON_FLAG],
    isDefault: true,
  },
  { name: 'show <name>', description: 'everything that one profile holds', flags: [JSON_FLAG] },
  {
    name: 'add <name>',
    description: 'saves a profile from flags and variables',
    takesAnswers: true,
    flags: [
      {
        flag: '--store <ask|keychain|file>',
        help: 'keeps the secret: nowhere, in the keychain, in an encrypted file (ask)',
      },
      { flag: '--from-command <line>', help: 'a command prints the secret each time; no shell reads the line' },
      { flag: '--from-shell <line>', help: 'the same, and a shell reads the line' },
      { flag: '--from-variable <name>', help: 'a variable holds the secret each time' },
      { flag: '--secret-stdin', help: 'takes the secret to store from standard input, one line' },
      { flag: '--secret-file <path>', help: 'takes the secret to store from a file' },
      { flag: '--replace', help: 'replaces a profile of that name' },
      ACCEPT_RISK,
      NO_INPUT,
    ],
    notes: `No secret is saved unless --store says where. With it the secret comes from --secret-stdin, --secret-file,
KALTURA_SECRET (KALTURA_PASSWORD, KALTURA_APP_TOKEN), or a question; the passphrase of an encrypted
file from KALTURA_PASSPHRASE, or a question.`,
    examples: [
      'kaltura-ks profiles add ci --region eu --partner 2345678 --type user --privilege setrole:UPLOAD_BASE_ROLE',
      'kaltura-ks profiles add prod --region us --partner 2345678 --type admin --store keychain',
      "kaltura-ks profiles add prod --region us --partner 2345678 --from-command 'op read op://it/kaltura/secret'",
    ],
  },
  { name: 'rename <from> <to>', description: 'gives a profile another name' },
  { name: 'remove <name>', description: 'deletes a profile, and what was kept for it' },
  {
    name: 'export [names...]',
    description: 'writes profiles to standard output, never a secret or a key',
    examples: ['kaltura-ks profiles export >profiles.json', 'kaltura-ks profiles export ci staging'],
  },
  {
    name: 'import <file>',
    description: 'saves the profiles of such a file',
    flags: [
      { flag: '--replace', help: 'replaces profiles that have the same name' },
      { flag: '--confirm-command', help: 'confirms the commands and variables in the file, after printing them' },
    ],
    notes: `Each record is checked; those that cannot be used are named, and the others are saved.

An imported command does not run, and an imported variable is not read, until you confirm it on this computer:
when you first use it, or with --confirm-command. Risks that were accepted in the file are not accepted here.
The file does not contain secrets from a keychain or an encrypted file: you are asked for them each time.`,
  },
];

/** The commands, in the order in which the help lists them. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'token [profile]',
    description: 'prints a key, made from a profile or from flags',
    takesAnswers: true,
    flags: [
      { flag: '--secret-stdin', help: 'takes the secret, password or token from standard input, one line' },
      ...MAKING,
      {
        flag: '--json',
        help: 'ks, version, partnerId, userId, type, privileges, expiresAt, expiresAtIso, serviceUrl, profile',
      },
      { flag: '--export [shell]', help: 'lines that set KALTURA_KS and the rest: sh, fish or powershell (yours)' },
      { flag: '--no-newline', help: 'ends the output without a line end' },
    ],
    notes: SECRETS,
    examples: [
      'kaltura-ks token prod',
      'KS=$(kaltura-ks token prod --min-ttl 1h)',
      'op read op://it/kaltura/secret | kaltura-ks token --region eu --partner 2345678 --secret-stdin',
      'kaltura-ks token --method local --region us --partner 2345678 --user jo --expiry 15m \\',
      '  --privilege sview:0_abc12345 --privilege setrole:PLAYBACK_BASE_ROLE --secret-file secret.txt',
      'eval "$(kaltura-ks token prod --export)"',
    ],
  },
  {
    name: 'exec [profile]',
    description: 'runs a command with a key in its environment:  exec [profile] -- command…',
    takesAnswers: true,
    flags: MAKING,
    notes: `The command gets KALTURA_KS, KALTURA_SERVICE_URL and KALTURA_PARTNER_ID; the variables that hold secrets
are taken from it. No shell reads it. It ends with the exit code of the command (128 + n after signal n,
127 where there is no such command, 126 where it cannot be run).

A key that is signed here (--method local) needs no region. Without one, the command gets no KALTURA_SERVICE_URL.

Signals that end a program, SIGUSR1, SIGCONT and SIGTSTP are forwarded to the command. Signals that the terminal sends
(Ctrl+C, Ctrl+\\, Ctrl+Z, closing the window) reach both programs, so they are not sent twice. In a terminal, kill -INT and
kill -QUIT look like Ctrl+C and Ctrl+\\, and a command that handles them may not get them: use kill -TERM instead.
SIGKILL cannot be forwarded: the command keeps running.

The limit: the key of a command that runs cannot be renewed. Ask for one that lives long enough:
--expiry for a new key, --min-ttl for a saved one.

${SECRETS}`,
    examples: [
      'kaltura-ks exec prod -- node upload.js',
      "kaltura-ks exec prod --min-ttl 2h -- sh -c 'curl -d ks=$KALTURA_KS …'",
    ],
  },
  {
    name: 'inspect [ks]',
    description: 'explains a key: what it is, what it may do, when it expires, whether its signature is valid',
    flags: [
      { flag: '--file <path>', help: 'takes the key from a file' },
      { flag: '--profile <name>', help: 'verifies it with the secret of this profile' },
      { flag: '--secret-stdin', help: 'reads the admin secret that verifies it from standard input' },
      { flag: '--secret-file <path>', help: 'reads the admin secret that verifies it from a file' },
      CONFIRM_COMMAND,
      { flag: '--ask-server', help: 'asks the server about the key, if no secret verifies it' },
      { flag: '--region <region>', help: 'where its account lives, to ask there' },
      { flag: '--url <address>', help: 'a Kaltura server of your own, in place of a region' },
      JSON_FLAG,
      TIMEOUT,
      SHOW_ANSWER,
      NO_INPUT,
      VERBOSE,
    ],
    notes: `The key comes from the argument, --file, standard input, or a question; with or without quotes, address, header or
"ks=" around it. An argument is seen by others on this computer and kept by the shell: prefer the other ways
while the key lives. A key of version 1 can be read by anyone; one of version 2 only with the admin secret of
its account, or by its server.

One secret decides whether the signature is valid: --secret-stdin, --secret-file, the profile's secret or KALTURA_SECRET.
Without one, the practice secret verifies the keys of practice accounts.

Exit code 1: the key cannot be read, its signature is invalid, it has expired, or servers refuse it.
With --json, signature is valid, invalid or unchecked. verifiedBy names what verified the signature:
practice, stdin, file, variable, profile, prompt, server or null. problems lists what is wrong with the key or with
the code that made it, for example wrong-padding or expiry-is-a-lifetime.`,
    examples: [
      'pbpaste | kaltura-ks inspect --profile prod',
      'kaltura-ks inspect --file answer.json --ask-server --region eu',
      'kaltura-ks token prod | kaltura-ks inspect --profile prod --json',
    ],
  },
  {
    name: 'explain [error...]',
    description: 'Explain an error of the Kaltura API: its causes and the fix',
    flags: [{ flag: '--json', help: 'Print JSON: errors, each with code, reason, meaning, causes, fix and checks' }],
    notes: `The error is a code, a message, or a whole answer of the server, as an argument or on standard input. The answer can be
JSON, XML, JSONP or PHP, with a log line or a curl transcript around it, and can contain several errors.

kaltura-ks explain prints only codes and IDs of the text, so a key or secret in it stays hidden. It sends nothing.
For keys, use kaltura-ks inspect.

Exit code 1: the text contains no error, or a code that kaltura-ks does not know.`,
    examples: ['kaltura-ks explain CATEGORY_NOT_FOUND', 'kaltura-ks explain <answer.json'],
  },
  {
    name: 'check [profile]',
    description: 'asks the server whether a key works, and what it sees with it',
    flags: [
      { flag: '--entry <id>', help: 'asks for this entry with the key' },
      { flag: '--category <id>', help: 'asks for this category with the key' },
      {
        flag: '--look-behind',
        help: 'where that is not found: tells whether entitlement hides it, by a key of a minute with disableentitlement',
      },
      { flag: '--plan', help: 'says only what would be sent, and what it costs' },
      ...GIVEN_KEY,
      { flag: '--secret-file <path>', help: 'takes the secret of the profile from a file' },
      CONFIRM_COMMAND,
      ACCEPT_RISK,
      YES,
      JSON_FLAG,
      TIMEOUT,
      SHOW_ANSWER,
      NO_INPUT,
      VERBOSE,
    ],
    notes: KEY_SOURCES,
    examples: ['kaltura-ks check prod', 'kaltura-ks check prod --category 12345 --look-behind'],
  },
  {
    name: 'call <action> [pairs...]',
    description: 'calls one action of the API with a key, and prints the answer as JSON',
    flags: [
      { flag: '--profile <name>', help: 'a key of this profile: the saved one, or a new one' },
      ...GIVEN_KEY,
      { flag: '--json-body <path>', help: 'more parameters, from a JSON file; - reads standard input' },
      { flag: '--field <name>', help: 'prints one value of the answer, such as objects.0.id' },
      { flag: '--show-secrets', help: 'also prints secrets that the answer contains' },
      { flag: '--secret-file <path>', help: 'takes the secret of the profile from a file' },
      CONFIRM_COMMAND,
      ACCEPT_RISK,
      { flag: '--yes', help: 'without a question before an ADMIN key changes something' },
      { flag: '--json', help: 'errors as JSON too; the answer is JSON in any case' },
      TIMEOUT,
      SHOW_ANSWER,
      NO_INPUT,
      VERBOSE,
    ],
    notes: `The action names a service and an action: baseEntry.list. Parameters are pairs name=value, with Kaltura's names for
nested values: filter[idIn]=0_a,0_b (quote the brackets in your shell). name=@path uploads a file, and name=@@text
sends @text. In a JSON body, null sets a field to null.
No parameter takes a key, a secret or a password: others on this computer can see the arguments. Use --json-body.

On a terminal the answer is formatted. A pipe gets the server's own characters. In both, secrets are replaced by "[secret]":
values named secret, password, token or ks, at any depth, and keys in any text. The key of the call is always masked.
An answer has 64 MiB at most. An answer that isn't JSON, such as a file, is an error.

Actions whose name begins with get, list, count, ping, search, serve or is only read. For any other action, an ADMIN key,
or a key that can't be read here, needs your confirmation or --yes.

${KEY_SOURCES}`,
    examples: [
      "kaltura-ks call baseEntry.list --profile prod 'filter[idIn]=0_ab12cd34' 'pager[pageSize]=1'",
      'kaltura-ks call baseEntry.list --profile prod --field objects.0.id',
      'kaltura-ks call uploadToken.upload uploadTokenId=0_123 fileData=@video.mp4 --profile prod --yes',
      'kaltura-ks call metadata.add --profile prod --json-body fields.json --yes',
    ],
  },
  {
    name: 'end [profile]',
    description: 'ends a key before its time, and proves it',
    flags: [
      {
        flag: '--group <id>',
        help: 'ends all keys of the account that have this sessionid, by keys that the profile makes',
      },
      ...GIVEN_KEY,
      { flag: '--secret-file <path>', help: 'with --group: takes the secret of the profile from a file' },
      CONFIRM_COMMAND,
      YES,
      JSON_FLAG,
      TIMEOUT,
      SHOW_ANSWER,
      NO_INPUT,
      VERBOSE,
    ],
    notes: KEY_SOURCES,
    examples: [
      'kaltura-ks end prod',
      'kaltura-ks end --ks-stdin --region eu --yes <leaked.txt',
      'kaltura-ks end prod --group nightly-report',
    ],
  },
  {
    name: 'use <language> [profile]',
    description: 'prints code that uses a key: curl, php, python, node, java, csharp, powershell or testme',
    flags: [
      { flag: '--region <region>', help: 'where the account lives, if no profile says it' },
      { flag: '--url <address>', help: 'a Kaltura server of your own, in place of a region' },
      { flag: '--type <user|admin>', help: 'the type of the key, if no profile says it (user)' },
    ],
    notes: `The code takes the key from the variable KALTURA_KS. Without a profile, a key on standard input says the account and
the type. The code never contains it.`,
    examples: ['kaltura-ks use python prod >first.py && kaltura-ks exec prod -- python3 first.py'],
  },
  {
    name: 'env-file [profile]',
    description: 'writes a key to KALTURA_KS= in an .env file, and leaves its other lines as they are',
    takesAnswers: true,
    flags: [
      { flag: '--file <path>', help: 'the file (.env)' },
      { flag: '--force', help: 'even where git would commit it' },
      { flag: '--secret-stdin', help: 'takes the secret, password or token from standard input, one line' },
      ...MAKING,
    ],
    notes: SECRETS,
  },
  {
    name: 'app-tokens',
    description: 'lists, creates and deletes app tokens: revocable substitutes for the account secret',
    commands: APP_TOKENS,
  },
  {
    name: 'regions <partner>',
    description: 'asks all regions which of them knows an account, and whether it is blocked there',
    flags: [JSON_FLAG, TIMEOUT, SHOW_ANSWER],
    notes:
      'It asks each for a public session of the account, which needs no secret, and sends nothing but the partner ID.',
  },
  {
    name: 'profiles',
    description: 'lists, shows, adds, renames, removes, exports and imports profiles',
    commands: PROFILES,
  },
  {
    name: 'status',
    description: 'what is saved where, which keys live, what is in effect, and whether all works here',
    flags: [JSON_FLAG, { flag: '--timeout <time>', help: 'how long to wait for a server (5s)' }, SHOW_ANSWER],
    notes: 'It asks the servers of your profiles for the time, and sends nothing else.',
  },
  {
    name: 'completion <shell>',
    description: 'prints a script that completes commands, flags and profile names: bash, zsh or fish',
    examples: [
      'source <(kaltura-ks completion bash)          # in ~/.bashrc',
      'source <(kaltura-ks completion zsh)           # in ~/.zshrc, after compinit',
      'kaltura-ks completion fish | source           # in ~/.config/fish/config.fish',
    ],
  },
  {
    name: 'forget',
    description: 'removes everything that was saved, and proves it',
    flags: [{ flag: '--yes', help: 'without the typed word' }, NO_INPUT],
  },
  {
    name: 'practice',
    description: 'runs a pretend Kaltura on this computer, to practise with',
    flags: [{ flag: '--port <number>', help: 'on another port than 47102' }],
  },
];

export const PROGRAM = {
  description: `A guided way to a Kaltura session key (KS).

  kaltura-ks                walks you to a key, or to one of your saved profiles
  KS=$(kaltura-ks)          the same; leaving the result hands the key over
  kaltura-ks token prod     the same without questions, for scripts`,
  flags: [
    { flag: '--accessible', help: 'line by line, for screen readers (ACCESSIBLE=1 does the same)' },
    { flag: '--no-color', help: 'no colours (NO_COLOR and FORCE_COLOR=0 do the same)' },
    NO_INPUT,
    { flag: '--version', help: 'prints the version' },
  ],
  notes: `kaltura-ks <command> --help tells more, with examples.

Exit codes: 0 done, 1 failed, 2 wrong usage or something is missing, 130 cancelled.`,
} as const;
