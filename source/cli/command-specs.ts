import { APP_TOKENS } from './app-token-specs.js';
import { type CommandSpec, type FlagSpec, GROUP } from './command-spec.js';
import {
  ACCEPT_RISK,
  CONFIRM_COMMAND,
  GIVEN_KEY,
  JSON_FLAG,
  MAKING,
  NO_INPUT,
  OWN_URL,
  SECRET_FILE,
  SECRET_STDIN,
  SHOW_ANSWER,
  TIMEOUT,
  VERBOSE,
  YES,
} from './flag-specs.js';
import { PROFILES } from './profile-specs.js';
import { RECIPES } from './recipe-specs.js';

export type { CommandSpec, FlagSpec } from './command-spec.js';

const KEY_SOURCES = `The key comes from --ks-stdin or --ks-file, the saved key of the profile, or KALTURA_KS. Otherwise, it is read
from standard input, or you are asked. See kaltura-ks help secrets.`;

/** The commands, in the order in which the help lists them. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'token [profile]',
    group: 'Get a key',
    description: 'Create a key, or use a saved one, and print it',
    takesAnswers: true,
    flags: [
      SECRET_STDIN,
      ...MAKING,
      {
        flag: '--json',
        help: 'print ks, version, partnerId, userId, type, privileges, expiresAt, expiresAtIso, serviceUrl, profile as JSON',
        group: GROUP.output,
      },
      {
        flag: '--export [shell]',
        help: 'print lines that set KALTURA_KS and more: sh, fish or powershell',
        group: GROUP.output,
      },
      { flag: '--no-newline', help: 'print no line break after the key', group: GROUP.output },
    ],
    notes: `Options take precedence over environment variables, and these over the profile. A key that the wizard asks you to
confirm by typing needs --accept-risk here. See kaltura-ks help secrets, privileges or environment.`,
    examples: [
      'kaltura-ks token demo',
      'kaltura-ks token --region practice --user jo --expiry 15m \\',
      '  --privilege sview:0_abc12345 --privilege setrole:PLAYBACK_BASE_ROLE',
      'kaltura-ks token demo --method local --secret-stdin <secret.txt',
      'KS=$(kaltura-ks token demo --min-ttl 1h)',
      'eval "$(kaltura-ks token demo --export sh)"',
    ],
  },
  {
    name: 'exec [profile]',
    group: 'Get a key',
    usage: 'exec [profile] [options] -- command…',
    description: 'Run a command with a key in its environment',
    takesAnswers: true,
    flags: MAKING,
    notes: `The command gets KALTURA_KS, KALTURA_PARTNER_ID, KALTURA_SERVICE_URL (with /api_v3) and KALTURA_URL (without). Variables that contain secrets are removed,
and KALTURA_USER, KALTURA_PARTNER and KALTURA_REGION if they don’t agree with the key.
No shell reads the command. exec ends with the exit code of the command. See kaltura-ks help exit-codes.

The key of a running command can’t be renewed. Make sure that it is valid for long enough: use --expiry for a new key and
--min-ttl for a saved one. A key that is signed on this computer needs no region. Without one, KALTURA_SERVICE_URL
is not set, and one of another account is removed. With --partner for another account, Kaltura’s own names don’t name the server.

Signals that exec gets, such as SIGTERM and SIGHUP, reach the command too. Ctrl+C, Ctrl+\\ and Ctrl+Z reach both programs through
the terminal. To end exec from another terminal, use kill -TERM: exec takes kill -INT and kill -QUIT for Ctrl+C and Ctrl+\\.`,
    examples: [
      'kaltura-ks exec demo -- node upload.js',
      "kaltura-ks exec demo --min-ttl 2h -- sh -c 'echo $KALTURA_SERVICE_URL'",
    ],
  },
  {
    name: 'env-file [profile]',
    group: 'Get a key',
    description: 'Write a key to an .env file',
    takesAnswers: true,
    flags: [
      { flag: '--file <path>', help: 'the file to write (.env)', group: GROUP.output },
      { flag: '--force', help: 'write the file even if git would commit it', group: GROUP.confirm },
      SECRET_STDIN,
      ...MAKING,
    ],
    notes: 'Sets KALTURA_KS in the file, and leaves its other lines as they are.',
    examples: ['kaltura-ks env-file demo --file .env.local'],
  },
  {
    name: 'use <language-or-recipe> [profile]',
    group: 'Get a key',
    description: 'Print code that uses a key, or the next step of a recipe',
    takesAnswers: true,
    flags: [
      { flag: '--no-key', help: 'print KALTURA_KS instead of a key; don’t create a key', group: GROUP.output },
      SECRET_STDIN,
      ...MAKING,
    ],
    notes: `A recipe gives a link, a page, a request or a configuration; kaltura-ks recipes lists them. Links and pages contain a key, which is
created as token does. An ADMIN key gets into them only with --accept-risk admin-in-page. Requests read the key from KALTURA_KS, and a
configuration for MCP runs kaltura-ks exec: neither contains a key.

The language is curl, php, python, node, java, csharp, powershell, or testme for the TestMe page. The code reads the key from KALTURA_KS
and never contains it. Without a profile, the account and type are those of the key on standard input.`,
    examples: [
      'kaltura-ks use curl demo',
      'kaltura-ks use python demo >first.py',
      'kaltura-ks use play-entry demo --user jo --entry 0_abc12345 --player 54321098',
      'kaltura-ks use mcp-events demo --user jo',
    ],
  },
  {
    name: 'recipes',
    group: 'Get a key',
    description: 'List what a key can be for, and the key that each product needs',
    commands: RECIPES,
  },
  {
    name: 'call <action> [pairs...]',
    group: 'Get a key',
    description: 'Call one action of the API with a key, and print the answer',
    flags: [
      {
        flag: '--json-body <path>',
        help: 'more parameters, from a JSON file; - reads standard input',
        group: GROUP.call,
      },
      { flag: '--field <name>', help: 'print one value of the answer, such as objects.0.id', group: GROUP.call },
      { flag: '--show-secrets', help: 'also print secrets that the answer contains', group: GROUP.call },
      { flag: '--profile <name>', help: 'the profile of the key: its saved key, or a new one', group: GROUP.given },
      ...GIVEN_KEY,
      SECRET_FILE,
      CONFIRM_COMMAND,
      ACCEPT_RISK,
      { flag: '--yes', help: 'do not ask before an ADMIN key changes something', group: GROUP.confirm },
      TIMEOUT,
      { flag: '--json', help: 'print errors as JSON too; the answer always is', group: GROUP.output },
      SHOW_ANSWER,
      VERBOSE,
      NO_INPUT,
    ],
    notes: `The action is a service and an action: baseEntry.list. Parameters are pairs name=value. Nested values have Kaltura’s
names: filter[idIn]=0_a,0_b (quote the brackets in your shell). name=@path uploads a file, and name=@@text sends @text. In a
JSON body, null sets a field to null.

No parameter takes a key, a secret or a password: other users of this computer can see the arguments. Use --json-body.

A terminal shows the answer formatted. A pipe gets the server’s own characters. In both, secrets are replaced by "[secret]":
keys and private keys in any text, passwords in URLs, and values named ks, otp, authorization, pass, pwd or salt, or with a name
that ends in secret, password, passphrase, token, credentials, privateKey, secretKey, accessKey, apiKey, signingKey, encryptionKey,
contentKey, streamKey, mediaKey, sslKey, keySeed, ftpPass and the like. That applies also to JSON, XML and URL parameters in a text,
and to "authorization: Bearer". IDs such as uploadTokenId are shown. The key of the call is always masked. An answer can have at
most 64 MiB and 500 levels. An answer that isn’t JSON, such as a file, is an error.

Actions that begin with get, list, count, ping, search, serve or is only read. A multirequest only reads if all its actions do.
Any other action with an ADMIN key, or with a key that can’t be read here, needs your confirmation or --yes.

${KEY_SOURCES}`,
    examples: [
      "kaltura-ks call baseEntry.list --profile admin 'filter[idIn]=0_abc12345' 'pager[pageSize]=1'",
      'kaltura-ks call baseEntry.list --profile admin --field objects.0.id',
    ],
  },
  {
    name: 'inspect [ks]',
    group: 'Understand a key',
    description: 'Show what a key allows, when it expires, and whether it is valid',
    flags: [
      { flag: '--file <path>', help: 'read the key from a file', group: GROUP.given },
      { flag: '--profile <name>', help: 'verify the signature with the secret of this profile', group: GROUP.secret },
      { flag: '--secret-stdin', help: 'read the admin secret from standard input', group: GROUP.secret },
      { flag: '--secret-file <path>', help: 'read the admin secret from a file', group: GROUP.secret },
      CONFIRM_COMMAND,
      { flag: '--ask-server', help: 'ask the server about the key if no secret verifies it', group: GROUP.server },
      { flag: '--region <region>', help: 'the region of the account', group: GROUP.server },
      { ...OWN_URL, group: GROUP.server },
      TIMEOUT,
      JSON_FLAG,
      SHOW_ANSWER,
      VERBOSE,
      NO_INPUT,
    ],
    notes: `The key can have quotes, a URL, a header or "ks=" around it. Other users of this computer can see an argument, and the
shell saves it: for a key that is still valid, use --file or standard input.

Anyone can read a version 1 key. A version 2 key shows only its account, unless you give the admin secret or ask the server.
A secret that you give decides whether the signature is valid. Without one, keys of practice accounts are verified.

Exit code 1: the key can’t be read, its signature is invalid, it has expired, or a server rejects it.
With --json, signature is valid, invalid or unchecked, verifiedBy names what verified it, and problems lists mistakes of the
code that made the key. For errors instead of keys, use kaltura-ks explain.`,
    examples: [
      'kaltura-ks token demo | kaltura-ks inspect',
      'kaltura-ks inspect --file key.txt --profile demo',
      'kaltura-ks token demo | kaltura-ks inspect --json',
    ],
  },
  {
    name: 'check [profile]',
    group: 'Understand a key',
    description: 'Ask the server whether a key works and what it can see',
    takesRecipe: true,
    flags: [
      {
        flag: '--recipe <recipe>',
        help: 'check whether the key can be used for this; see kaltura-ks recipes',
        group: GROUP.check,
      },
      { flag: '--entry <id>', help: 'look for this entry with the key', group: GROUP.check },
      { flag: '--category <id>', help: 'look for this category with the key', group: GROUP.check },
      {
        flag: '--look-behind',
        help: 'if it is not found, find out whether entitlement hides it: this creates a one-minute key with disableentitlement',
        group: GROUP.check,
      },
      { flag: '--plan', help: 'only show what would be sent and what it costs', group: GROUP.check },
      ...GIVEN_KEY,
      SECRET_FILE,
      CONFIRM_COMMAND,
      ACCEPT_RISK,
      YES,
      TIMEOUT,
      JSON_FLAG,
      SHOW_ANSWER,
      VERBOSE,
      NO_INPUT,
    ],
    notes: `With --recipe, the key itself is compared with what the product needs: type, user, privileges, lifetime. Only if nothing is missing,
one call that changes nothing asks the server. The values of the recipe are flags, such as --entry. Exit code 1 means that the key
can’t be used; the command that creates the right key is printed.

Without --recipe, exit code 0 means that the server answered a call, or refused it as the role in the key makes one expect. If it refuses
all calls and nothing in the key explains that, for example because of the role of the user, the exit code is 1: the server refuses calls
without a key in the same way. To test a call that the key is for, use --recipe or kaltura-ks call.

${KEY_SOURCES}`,
    examples: [
      'kaltura-ks check demo',
      'kaltura-ks check demo --recipe moderation',
      'kaltura-ks check demo --category 2003 --look-behind',
      'kaltura-ks check --ks-file key.txt --region practice',
    ],
  },
  {
    name: 'explain [error...]',
    group: 'Understand a key',
    description: 'Explain an error: its causes, the fix, and what to check',
    flags: [
      {
        flag: '--json',
        help: 'print errors as JSON, each with code, reason, known, meaning, causes, fix, checks and similar',
        group: GROUP.output,
      },
    ],
    notes: `The error is a code, a message, or a whole answer of the server, as an argument or on standard input. The answer can be
JSON, XML, JSONP or PHP, have a log or a curl transcript around it, and contain several errors.

explain sends nothing, and prints only codes and IDs from it: a key or secret in it stays hidden. For keys instead of
errors, use kaltura-ks inspect.

Exit code 1: the text contains no error, or a code that kaltura-ks does not know.`,
    examples: [
      'kaltura-ks explain CATEGORY_NOT_FOUND',
      'kaltura-ks explain \'Category id "8" not found\'',
      'kaltura-ks explain <answer.json',
    ],
  },
  {
    name: 'regions <partner>',
    group: 'Understand a key',
    description: 'Find the region of an account',
    flags: [TIMEOUT, JSON_FLAG, SHOW_ANSWER],
    notes: `Asks all regions for a public session of the account, and whether the account is blocked there. Sends the partner ID and
nothing else.`,
    examples: ['kaltura-ks regions 2345678'],
  },
  {
    name: 'profiles',
    group: 'Manage',
    description: 'List, add, change, export and import saved profiles',
    commands: PROFILES,
  },
  {
    name: 'app-tokens',
    group: 'Manage',
    description: 'List, create and delete app tokens',
    notes:
      'An app token replaces the account secret in other programs. You can limit its keys and delete it at any time.',
    commands: APP_TOKENS,
  },
  {
    name: 'end [profile]',
    group: 'Manage',
    description: 'Revoke a key before it expires',
    flags: [
      {
        flag: '--group <id>',
        help: 'revoke all keys of the account with this sessionid, using new keys of the profile, or of the account in variables',
        group: GROUP.given,
      },
      ...GIVEN_KEY,
      { ...SECRET_FILE, help: 'with --group: read the secret of the profile from a file' },
      CONFIRM_COMMAND,
      YES,
      TIMEOUT,
      JSON_FLAG,
      SHOW_ANSWER,
      VERBOSE,
      NO_INPUT,
    ],
    notes: KEY_SOURCES,
    examples: ['kaltura-ks end --ks-file leaked.txt --region practice --yes'],
  },
  {
    name: 'practice',
    group: 'Set up',
    description: 'Run a practice server on this computer',
    flags: [{ flag: '--port <number>', help: 'the port of the server (47102)' }],
    notes:
      'The practice server behaves like a Kaltura server, with invented accounts. Try your code against it. Ctrl+C stops it.',
    examples: ['kaltura-ks practice'],
  },
  {
    name: 'status',
    group: 'Set up',
    description: 'Show what is saved, and check that everything works',
    flags: [
      { flag: '--timeout <time>', help: 'how long to wait for each server (5s)', group: GROUP.server },
      JSON_FLAG,
      SHOW_ANSWER,
    ],
    notes: 'Asks the servers of your profiles for the time, and sends nothing else.',
    examples: ['kaltura-ks status', 'kaltura-ks status --json'],
  },
  {
    name: 'completion <shell>',
    group: 'Set up',
    description: 'Print a completion script for bash, zsh, fish or PowerShell',
    notes: 'Add the line to ~/.bashrc, to ~/.zshrc after compinit, to ~/.config/fish/config.fish, or to $PROFILE.',
    examples: [
      'source <(kaltura-ks completion bash)',
      'source <(kaltura-ks completion zsh)',
      'kaltura-ks completion fish | source',
      'kaltura-ks completion powershell | Out-String | Invoke-Expression',
    ],
  },
  {
    name: 'forget',
    group: 'Set up',
    description: 'Delete everything that kaltura-ks has saved',
    flags: [{ flag: '--yes', help: 'delete without asking for the typed word', group: GROUP.confirm }, NO_INPUT],
    examples: ['kaltura-ks forget --yes'],
  },
  {
    name: 'help [topic...]',
    group: 'Set up',
    description: 'Explain a topic, or show the help of a command',
    examples: ['kaltura-ks help secrets', 'kaltura-ks help app-tokens create'],
  },
];

interface ProgramSpec extends CommandSpec {
  readonly flags: readonly FlagSpec[];
}

/** The program without a command, which starts the wizard. */
export const PROGRAM: ProgramSpec = {
  name: '',
  usage: '[command] [options]',
  description: `Create and understand Kaltura sessions (KS), the keys that every Kaltura API call needs. Without a command, the wizard
starts. KS=$(kaltura-ks) starts the wizard and saves the key that you create in KS.`,
  commands: COMMANDS,
  flags: [
    { flag: '--accessible', help: 'print line by line, for screen readers (also ACCESSIBLE=1)' },
    { flag: '--keep-clipboard', help: 'leave a copied ADMIN key in the clipboard (also KALTURA_KEEP_CLIPBOARD=1)' },
    { flag: '--dotenv <path>', help: 'offer the account of an .env file in the wizard' },
    { flag: '--no-color', help: 'print without colors (also NO_COLOR=1)' },
    { flag: '--no-input', help: 'never ask; fail if an answer is missing' },
    { flag: '--version', help: 'print the version' },
  ],
  examples: [
    'kaltura-ks token --region practice',
    'kaltura-ks token --region practice | kaltura-ks inspect',
    'kaltura-ks explain CATEGORY_NOT_FOUND',
    'kaltura-ks profiles add demo --region practice',
  ],
  notes: `Help: kaltura-ks <command> --help, or kaltura-ks help <topic> (secrets, privileges, environment, exit-codes).

Exit codes: 0 success, 1 failure, 2 wrong usage or a missing answer, 130 cancelled.`,
};
