import { DEFAULT_PROFILE } from '../specs/flags.js';

/** The topics of `kaltura-ks help <topic>`. Paragraphs are separated by empty lines. */
export const HELP_TOPICS = {
  secrets: `Secrets: where they come from and where they go

kaltura-ks looks for the secret, password or app token in this order:
  1. --secret-stdin or --secret-file
  2. KALTURA_ADMIN_SECRET, KALTURA_SECRET, KALTURA_PASSWORD or KALTURA_APP_TOKEN
  3. the same variables in the file of --dotenv
  4. the secret source of the profile: keychain, encrypted file, command or variable
  5. a prompt on the terminal

A one-time code comes from KALTURA_CODE or the prompt, and a passphrase from KALTURA_PASSPHRASE or the prompt.

No option takes a secret as its value. Other users of this computer can see the arguments of a program, and the shell saves them.

Nothing is saved unless you save a profile. A profile contains no secret. You choose where the secret is stored, or enter it each
time. A saved key isn’t encrypted unless you use the keychain or an encrypted file. Without them, it is in the profile’s file until it expires.

A command or variable of an imported profile is used only after you confirm it on this computer. On a terminal, the command is
shown and you are asked. A script needs --confirm-command once.

call, check, end and app-tokens look for the key in this order:
  1. --ks-stdin or --ks-file
  2. the saved key of the named profile
  3. KALTURA_KS, also in the file of --dotenv
  4. the saved key of the profile in KALTURA_PROFILE
  5. standard input
  6. the saved key of the default profile
  7. a prompt on the terminal

call, check and app-tokens create a new key if the profile has no saved one. If no key and no profile is given, they create a key with
the account in variables or in the file of --dotenv, after step 5.

inspect looks for the key in the argument or the file of --ks-file, then on standard input, and then asks you.

A key doesn’t contain its region. The command looks for the region in this order:
  1. --region or --url; call, check, end and app-tokens refuse them if the key comes from a profile
  2. the profile
  3. KALTURA_SERVICE_URL, KALTURA_URL, KALTURA_REGION or KALTURA_ENV
  4. the saved profiles of the account
  5. practice, for a key of the practice account`,

  privileges: `Privileges: what a key may do beyond its type

A USER key with no privileges can do little: it lists only what its user owns. An ADMIN key can do everything in the account,
except see what entitlement hides: for that, add disableentitlement. Prefer a USER key with the privileges that the task needs. Give each one with --privilege name:value.

  sview:<entry>                 play this entry, even if it is protected; sview:* plays all
  list:*                        list the entries of all users
  edit:<entry>                  edit this entry of another owner
  setrole:<role>                allow only the calls of a role
  enableentitlement             enforce entitlement for this key
  disableentitlement            see everything, hidden or not
  privacycontext:<label>        act within one portal (privacy context)
  actionslimit:<number>         allow this number of calls
  iprestrict:<address>          allow calls from one IP address
  urirestrict:<path>*           allow calls to these paths

Entitlement hides categories and their entries from everyone who isn’t a member of them. An account can have it on or off; the
privileges above turn it on or off for one key. A portal, such as MediaSpace, has a label (its privacy context): with
privacycontext:<label>, a key finds only content of the categories with this label.

sview doesn’t hide other entries: a key with sview:<entry> can also read other entries by their ID, unless entitlement hides
them. A key of the role PLAYBACK_BASE_ROLE can do so too.

Separate privileges with commas, and several values of one privilege with /: sview:0_abc12345/0_def67890. Names are
case-sensitive.

kaltura-ks warns about privileges that do nothing or are risky. A risk that the wizard asks you to confirm needs --accept-risk.`,

  environment: `Environment variables

Each answer of the wizard is also an option and a variable, such as --expiry and KALTURA_EXPIRY. kaltura-ks token --help lists them.
If an answer is given more than once, the first one in this order is used:
  1. the option
  2. the environment variable
  3. the .env file that --dotenv names
  4. the saved profile

Five values have two names. Kaltura’s guides use the names on the left. If you set both names of a value, they must agree.

  KALTURA_PARTNER_ID            the partner ID of the account; also KALTURA_PARTNER
  KALTURA_ADMIN_SECRET          the Administrator Secret of this account; also KALTURA_SECRET
  KALTURA_SERVICE_URL           the server, with or without /api_v3; also KALTURA_URL
  KALTURA_ENV                   the region: NVP (US), EU, DE, SG, AP, CA or practice; also KALTURA_REGION
  KALTURA_USER_ID               the user of the key; also KALTURA_USER

The names on the left describe one account. kaltura-ks ignores them in two cases:
  · You name a profile. Only KALTURA_ADMIN_SECRET still counts, unless KALTURA_PARTNER_ID is the partner ID of another account.
  · --partner names another account than KALTURA_PARTNER_ID.

The name KALTURA_SECRET doesn’t say which secret it is: kaltura-ks uses it as the Administrator Secret. The User Secret works only for
USER keys that the server creates.

Commands read no .env file without --dotenv. In that file, all names are used, even with a profile. It can also have the names PARTNER_ID,
ADMIN_SECRET, SERVICE_URL, USER_ID, PRIVILEGES and PRIVACY_CONTEXT. If you also name a profile or --partner, the file must be for the same
account.

The Administrator Secret of a file is used only for the account of the file. The stored secret of a profile is never sent to the
server of a file or variable.

These variables are also read:

  KALTURA_PROFILE               the profile to use instead of the default profile
  KALTURA_PASSWORD              the password of a login
  KALTURA_APP_TOKEN             the value of an app token
  KALTURA_CODE                  a one-time code
  KALTURA_PASSPHRASE            the passphrase of an encrypted file
  KALTURA_KS                    an existing key

${DEFAULT_PROFILE}

kaltura-ks exec and kaltura-ks token --export set these variables:

  KALTURA_KS                    the key
  KALTURA_PARTNER_ID            its account
  KALTURA_SERVICE_URL           its server with /api_v3, as in Kaltura’s guides
  KALTURA_URL                   its server without /api_v3, for the client libraries

They remove KALTURA_PARTNER, KALTURA_REGION, KALTURA_ENV, KALTURA_USER_ID and KALTURA_USER if these don’t match the key.

kaltura-ks also reads these settings of the system:

  HTTPS_PROXY, ALL_PROXY        a proxy
  NO_PROXY                      the hosts that need no proxy
  NODE_EXTRA_CA_CERTS           a file with certificates of your organization
  NO_COLOR, FORCE_COLOR=0       print without colors
  FORCE_HYPERLINK               1: print hyperlinks in any terminal; 0: print none
  ACCESSIBLE=1                  print line by line, for screen readers; also INK_SCREEN_READER=1
  KALTURA_KEEP_CLIPBOARD=1      leave a copied ADMIN key in the clipboard
  XDG_CONFIG_HOME               contains the kaltura-ks folder with the saved profiles (Linux)
  APPDATA                       contains the kaltura-ks folder with the saved profiles (Windows)

kaltura-ks removes variables with secrets from its own environment, so other programs that it starts don’t get them.`,

  'exit-codes': `Exit codes

  0                             the command succeeded
  1                             the command failed
  2                             wrong usage, or an answer is missing
  130                           cancelled with Ctrl+C

inspect, check and explain print their result even if they end with 1. For example, the key is not valid, or the error is unknown. check also
ends with 1 if it can’t tell whether the key works, or if it didn’t find the entry or category.

exec ends with the exit code of the command that it runs, or with one of these:

  1 or 2                        no key could be created
  126                           the program can’t be run
  127                           the program was not found
  128 + n                       signal n ended the command

With --json, a command that fails prints its error as JSON on standard output. The file docs/errors.md
in the package of kaltura-ks lists the codes.`,
} as const satisfies Readonly<Record<string, string>>;
