import { APP_TOKENS } from './app-tokens.js';
import { type CommandSpec, GROUP } from './command-spec.js';
import { CONFIRM_COMMAND, GIVEN_KEY, KEY_SOURCES, REQUEST_FLAGS, SECRET_FILE, YES } from './flags.js';
import { PROFILES } from './profiles.js';

export const MANAGE: readonly CommandSpec[] = [
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
        help: 'revoke all keys of a session group (privilege sessionid)',
        group: GROUP.given,
      },
      ...GIVEN_KEY,
      { ...SECRET_FILE, help: 'with --group: read the secret of the profile from a file' },
      CONFIRM_COMMAND,
      YES,
      ...REQUEST_FLAGS,
    ],
    notes: `${KEY_SOURCES}

--group takes the ID that --session-group of kaltura-ks token gave to the keys. To revoke the group, kaltura-ks creates two short-lived
keys with the profile, or with the account in environment variables. For 24 hours, the group is blocked for new keys too.`,
    examples: [
      'kaltura-ks end --ks-file leaked.txt --region practice --yes',
      'kaltura-ks token demo --session-group visitors-monday',
      'kaltura-ks end demo --group visitors-monday',
    ],
  },
];
