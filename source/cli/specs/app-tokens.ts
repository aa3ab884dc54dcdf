import { type CommandSpec, type FlagSpec, GROUP } from './command-spec.js';
import { ACCEPT_RISK, CONFIRM_COMMAND, GIVEN_KEY, REQUEST_FLAGS, SECRET_FILE, YES } from './flags.js';

const ADMIN_KEY: readonly FlagSpec[] = [
  {
    flag: '--profile <name>',
    help: 'the profile that provides the ADMIN key: its saved key, or a new key for five minutes. Without --profile, kaltura-ks uses the account in the environment variables',
    group: GROUP.given,
  },
  ...GIVEN_KEY,
  SECRET_FILE,
  CONFIRM_COMMAND,
];

export const APP_TOKENS: readonly CommandSpec[] = [
  {
    name: 'list',
    description: 'List the app tokens of an account, never their values',
    flags: [...ADMIN_KEY, ...REQUEST_FLAGS],
    examples: ['kaltura-ks app-tokens list --profile admin'],
    isDefault: true,
  },
  {
    name: 'create',
    description: 'Create an app token and show its value once',
    flags: [
      { flag: '--description <text>', help: 'what the token is for', group: GROUP.key },
      {
        flag: '--user <id>',
        help: 'the user of its keys; some accounts require one (default: each program that uses the token chooses the user)',
        group: GROUP.key,
      },
      { flag: '--type <user|admin>', help: 'the type of its keys (default: user)', group: GROUP.key },
      {
        flag: '--privilege <name:value>',
        help: 'a privilege of its keys; may be repeated',
        group: GROUP.key,
        isRepeated: true,
      },
      {
        flag: '--session-length <time>',
        help: 'the key lifetime: how long each of its keys is valid, like --expiry of kaltura-ks token (default: 1h)',
        group: GROUP.key,
      },
      {
        flag: '--expires <time|never>',
        help: 'the token lifetime: when the token itself expires, from now (default: 90d)',
        group: GROUP.key,
      },
      { flag: '--save-as <name>', help: 'save a profile that creates keys with the token', group: GROUP.save },
      {
        flag: '--store <keychain|file>',
        help: 'store the value for that profile, and don’t print it',
        group: GROUP.save,
      },
      ...ADMIN_KEY,
      ACCEPT_RISK,
      ...REQUEST_FLAGS,
    ],
    examples: [
      'kaltura-ks app-tokens create --profile admin --user upload-bot --session-length 4h',
      'kaltura-ks app-tokens create --profile admin --user web --expires 7d --json',
    ],
  },
  {
    name: 'delete <id>',
    description: 'Delete an app token and revoke all its keys',
    flags: [...ADMIN_KEY, YES, ...REQUEST_FLAGS],
    examples: ['kaltura-ks app-tokens delete 0_ab12cd34 --profile admin'],
  },
];
