import type { CommandSpec, FlagSpec } from './command-spec.js';
import { GET_A_KEY } from './get-a-key.js';
import { MANAGE } from './manage.js';
import { SET_UP } from './set-up.js';
import { UNDERSTAND_A_KEY } from './understand-a-key.js';

/** The commands, in the order in which the help lists them. */
export const COMMANDS: readonly CommandSpec[] = [...GET_A_KEY, ...UNDERSTAND_A_KEY, ...MANAGE, ...SET_UP];

interface ProgramSpec extends CommandSpec {
  readonly flags: readonly FlagSpec[];
}

/** The program without a command, which starts the wizard. */
export const PROGRAM: ProgramSpec = {
  name: '',
  usage: '[command] [options]',
  description: `Create and understand Kaltura sessions (KS), the keys that most Kaltura API calls need. Without a command, the wizard
starts. KS=$(kaltura-ks) starts the wizard, and puts the new key into the shell variable KS when you quit on the result
screen.`,
  commands: COMMANDS,
  flags: [
    { flag: '--accessible', help: 'print line by line, for screen readers (also ACCESSIBLE=1)' },
    { flag: '--keep-clipboard', help: 'leave a copied ADMIN key in the clipboard (also KALTURA_KEEP_CLIPBOARD=1)' },
    {
      flag: '--dotenv <path>',
      help: 'offer the account of this .env file in the wizard, instead of the one in the current folder',
    },
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
