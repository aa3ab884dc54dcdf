import { type CommandSpec, GROUP } from './command-spec.js';
import { ACCEPT_RISK, DEFAULT_PROFILE, JSON_FLAG, NO_INPUT, SECRET_FILE, SECRET_STDIN, YES } from './flags.js';

export const PROFILES: readonly CommandSpec[] = [
  {
    name: 'list',
    description: 'List all profiles and the keys they create',
    flags: [JSON_FLAG],
    examples: ['kaltura-ks profiles list'],
    isDefault: true,
  },
  {
    name: 'show <name>',
    description: 'Show everything that is saved in a profile',
    flags: [JSON_FLAG],
    examples: ['kaltura-ks profiles show demo'],
  },
  {
    name: 'add <name>',
    description: 'Save a profile from options and environment variables',
    takesAnswers: true,
    flags: [
      {
        flag: '--store <ask|keychain|file>',
        help: 'store the secret in the keychain or an encrypted file, or ask each time (default: ask)',
        group: GROUP.secret,
      },
      {
        flag: '--from-command <line>',
        help: 'run a command that prints the secret, without a shell',
        group: GROUP.secret,
      },
      { flag: '--from-shell <line>', help: 'run a shell command that prints the secret', group: GROUP.secret },
      { flag: '--from-variable <name>', help: 'read the secret from an environment variable', group: GROUP.secret },
      SECRET_STDIN,
      SECRET_FILE,
      {
        flag: '--privilege <name:value>',
        help: 'a privilege; may be repeated [KALTURA_PRIVILEGE]',
        group: GROUP.key,
        isRepeated: true,
      },
      { flag: '--replace', help: 'replace a profile with the same name', group: GROUP.confirm },
      ACCEPT_RISK,
      NO_INPUT,
    ],
    notes: `A profile contains no secret. With --store, kaltura-ks reads the secret from --secret-stdin, --secret-file or a variable:
KALTURA_ADMIN_SECRET, KALTURA_PASSWORD for a login, or KALTURA_APP_TOKEN. The passphrase of an encrypted file comes from
KALTURA_PASSPHRASE. If nothing gives the value, kaltura-ks asks you. See kaltura-ks help secrets.`,
    examples: [
      'kaltura-ks profiles add demo2 --region practice',
      'kaltura-ks profiles add ci --region eu --partner 2345678 --type user --user upload-bot --expiry 4h',
      "kaltura-ks profiles add production --region us --partner 2345678 --from-command 'op read op://it/kaltura/secret'",
    ],
  },
  {
    name: 'edit <name>',
    description: 'Change answers of a profile, and keep its secret',
    takesAnswers: true,
    keepsAnswers: true,
    flags: [
      {
        flag: '--method <server|local>',
        help: 'server sends the account secret, local signs with it on this computer',
        group: GROUP.key,
      },
      ACCEPT_RISK,
      NO_INPUT,
    ],
    notes: `Answers that you don’t name stay unchanged. Environment variables and --dotenv are ignored.

You can’t change the account, the server or the kind of secret, because the stored secret belongs to them. For another account, use
kaltura-ks profiles add.`,
    examples: ['kaltura-ks profiles edit demo --expiry 1h'],
  },
  {
    name: 'default [name]',
    description: 'Set or print the profile that is used if you name none',
    flags: [{ flag: '--none', help: 'unset the default profile', group: GROUP.other }],
    notes: DEFAULT_PROFILE,
    examples: ['kaltura-ks profiles default demo', 'kaltura-ks profiles default --none'],
  },
  {
    name: 'rename <from> <to>',
    description: 'Rename a profile',
    flags: [NO_INPUT],
    examples: ['kaltura-ks profiles rename demo2 demo3'],
  },
  {
    name: 'remove <name>',
    description: 'Delete a profile, its stored secret and its saved key',
    flags: [YES, NO_INPUT],
    examples: ['kaltura-ks profiles remove demo3'],
  },
  {
    name: 'export [names...]',
    description: 'Print profiles as JSON, without stored secrets and saved keys',
    notes: 'Commands are printed in full. Make sure that they contain no secret.',
    examples: ['kaltura-ks profiles export >profiles.json', 'kaltura-ks profiles export ci demo'],
  },
  {
    name: 'import <file>',
    description: 'Save profiles from an exported file, an .env file or kalcli’s config.ini',
    flags: [
      {
        flag: '--store <ask|keychain|file>',
        help: 'where to store the secrets of an .env file or config.ini; on a terminal, you are asked for each',
        group: GROUP.secret,
      },
      { flag: '--replace', help: 'replace profiles that have the same name', group: GROUP.confirm },
      {
        flag: '--confirm-command',
        help: 'print and confirm the commands and variables in the file',
        group: GROUP.confirm,
      },
      NO_INPUT,
    ],
    notes: `Profiles that can’t be imported are listed, and the others are saved.

An .env file with the names of kaltura-ks help environment has one account. A config.ini file of the tool kalcli has one account in
each line of its preset sections. Its database sections are not read:
  [general]
  apiHost = www.kaltura.com
  [presetRepository]
  class = KalturaPresetSecretRepository
  1234567 = <Administrator Secret>

Each account is saved as the profile partner-<partner ID>, for USER keys.

A command or variable of an imported profile is not used until you confirm it on this computer. You do that at the first use, or
with --confirm-command. Risks that were accepted in the file are not accepted here. An exported file contains no secrets from a
keychain or an encrypted file, so you are asked for them.`,
    examples: [
      'kaltura-ks profiles import profiles.json --replace',
      'kaltura-ks profiles import config.ini --store keychain',
    ],
  },
];
