import { type CommandSpec, GROUP } from './command-spec.js';
import {
  ACCEPT_RISK,
  CONFIRM_COMMAND,
  GIVEN_KEY,
  KEY_OR_NEW_SOURCES,
  MAKING,
  NO_INPUT,
  SECRET_FILE,
  SECRET_STDIN,
  SHOW_ANSWER,
  TIMEOUT,
  VERBOSE,
} from './flags.js';
import { RECIPES } from './recipes.js';

export const GET_A_KEY: readonly CommandSpec[] = [
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
    notes: `Options take precedence over environment variables, and these over the profile. The key is a USER key
unless --type, a recipe, a variable, the profile or the login makes it an ADMIN key. A key that the wizard asks you to confirm by typing
needs --accept-risk here. See kaltura-ks help secrets, privileges or environment.

Keys are saved only for a profile that the wizard saved together with a key: token then prints that key while it is valid, and saves
the next one. For all other profiles, each run creates a new key.`,
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
    notes: `The command gets KALTURA_KS, KALTURA_PARTNER_ID, KALTURA_SERVICE_URL (with /api_v3) and KALTURA_URL (without). Variables that
contain secrets are removed. KALTURA_PARTNER, KALTURA_REGION, KALTURA_ENV, KALTURA_USER_ID and KALTURA_USER are removed if they
don’t match the key.

The command runs without a shell: variables such as $KALTURA_KS in it are not replaced. For that, use sh -c. exec ends with the exit code of the command. See kaltura-ks help exit-codes.

The key of a running command can’t be renewed. Make sure that it is valid for long enough: use --expiry for a new key and
--min-ttl for a saved one. A key that is signed on this computer needs no region. Without a region, exec doesn’t set
KALTURA_SERVICE_URL, and removes it if it belongs to another account. With --partner, KALTURA_SERVICE_URL and KALTURA_ENV are
ignored if KALTURA_PARTNER_ID names a different account.

Signals that exec gets, such as SIGTERM and SIGHUP, reach the command too. Ctrl+C, Ctrl+\\ and Ctrl+Z reach both programs through
the terminal. To stop exec from another terminal, use kill -TERM. exec doesn’t always pass on kill -INT and kill -QUIT, because
they look like Ctrl+C and Ctrl+\\.`,
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
      { flag: '--file <path>', help: 'the file to write (default: .env)', group: GROUP.output },
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
    description: 'Print code, a link, a page or a request that uses a key',
    takesAnswers: true,
    flags: [
      { flag: '--no-key', help: 'print KALTURA_KS instead of a key; don’t create a key', group: GROUP.output },
      SECRET_STDIN,
      ...MAKING,
    ],
    notes: `A recipe (a use case) gives a link, a page, a request or a configuration; kaltura-ks recipes lists them. Links and pages
contain a key. It is created in the same way as with kaltura-ks token. An ADMIN key gets into them only with --accept-risk admin-in-page. Requests read
the key from KALTURA_KS, and a configuration for MCP runs kaltura-ks exec: neither contains a key.

The language is curl, php, python, node, java, csharp, powershell, or testme (the TestMe console). The code reads the key from KALTURA_KS
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
    description: 'List recipes (use cases), and show the key that each one needs',
    commands: RECIPES,
  },
  {
    name: 'call <action> [pairs...]',
    usage: 'call <service.action> [name=value...] [options]',
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
      {
        flag: '--profile <name>',
        help: 'the profile of the key: its saved key, or a new one. An option here, because the arguments describe the call',
        group: GROUP.given,
      },
      ...GIVEN_KEY,
      SECRET_FILE,
      CONFIRM_COMMAND,
      ACCEPT_RISK,
      { flag: '--yes', help: 'don’t ask before an ADMIN key changes something', group: GROUP.confirm },
      TIMEOUT,
      { flag: '--json', help: 'print errors as JSON too; the answer always is', group: GROUP.output },
      SHOW_ANSWER,
      VERBOSE,
      NO_INPUT,
    ],
    notes: `Write the action as service.action, for example baseEntry.list. Each parameter is name=value. Write nested
values as in Kaltura’s API: filter[idIn]=0_a,0_b (quote the brackets in your shell). name=@path uploads a file, and name=@@text sends @text. In a
JSON body, null sets a field to null.

No parameter takes a key, a secret or a password: other users of this computer can see the arguments. Use --json-body.

A terminal shows the answer indented. A pipe gets it as the server formatted it. Secrets are replaced by “[secret]” in both, unless
you add --show-secrets. The file docs/security.md in the package lists what counts as a secret. The key of the call is always
masked.

An answer can have at most 64 MiB and 500 levels. An answer that isn’t JSON, such as a file, is an error.

An action counts as read-only if its name begins with “get”, “list”, “count”, “ping”, “search”, “serve” or “is”. A multirequest
counts as read-only if all its actions do.
Any other action with an ADMIN key, or with a key that can’t be read here, needs your confirmation or --yes.

${KEY_OR_NEW_SOURCES}`,
    examples: [
      "kaltura-ks call baseEntry.list --profile admin 'filter[idIn]=0_abc12345' 'pager[pageSize]=1'",
      'kaltura-ks call baseEntry.list --profile admin --field objects.0.id',
    ],
  },
];
