import { HOSTED_REGION_IDS } from '../../kaltura/accounts/regions.js';
import { HOLDERS } from '../../kaltura/holders.js';

/** The answers of the wizard, by flag name. */
export type AnswerName =
  | 'region'
  | 'url'
  | 'method'
  | 'partner'
  | 'login-id'
  | 'app-token-id'
  | 'ks-version'
  | 'holder'
  | 'type'
  | 'user'
  | 'expiry'
  | 'privilege';

export interface AnswerFlag {
  readonly name: AnswerName;
  /** Its name in messages about a missing value. */
  readonly noun: string;
  /** The placeholder of the value in the help. */
  readonly value: string;
  readonly help: string;
  /** The only valid values, ignoring case. */
  readonly choices?: readonly string[];
}

const oneOf = (choices: readonly string[]) => ({ choices, value: choices.join('|') });

/** The answers that name an account or its server. */
export const ACCOUNT_ANSWERS: readonly AnswerName[] = ['region', 'url', 'partner', 'login-id', 'app-token-id'];

/** In the order of the wizard's steps. */
export const ANSWER_FLAGS: readonly AnswerFlag[] = [
  {
    name: 'region',
    noun: 'region',
    help: 'the region of the account',
    ...oneOf([...HOSTED_REGION_IDS, 'practice']),
  },
  { name: 'url', noun: 'URL', value: 'url', help: 'the URL of a self-hosted server' },
  {
    name: 'method',
    noun: 'way to sign in',
    help: 'server sends the account secret, local signs with it on this computer, login sends email and password, app-token uses an app token (default: server; login with --login-id; app-token with --app-token-id)',
    ...oneOf(['server', 'local', 'login', 'app-token']),
  },
  { name: 'partner', noun: 'partner ID', value: 'number', help: 'the partner ID of the account' },
  { name: 'login-id', noun: 'login', value: 'email', help: 'the email address, for the method login' },
  { name: 'app-token-id', noun: 'app token ID', value: 'id', help: 'the app token, for the method app-token' },
  {
    name: 'ks-version',
    noun: 'version',
    help: 'the key version, for the method local (default: 2)',
    ...oneOf(['1', '2']),
  },
  {
    name: 'holder',
    noun: 'holder',
    help: 'who gets the key; decides which risks need confirmation, and the default lifetime (default: me)',
    ...oneOf(HOLDERS.map(({ id }) => id)),
  },
  { name: 'type', noun: 'session type', help: 'the session type (default: user)', ...oneOf(['user', 'admin']) },
  { name: 'user', noun: 'user ID', value: 'id', help: 'the user of the key (default: no user)' },
  {
    name: 'expiry',
    noun: 'lifetime',
    value: 'time',
    help: 'the lifetime: 90m, 8h, 7d, or seconds (default: 24h; 1h with --holder browser or vendor; a recipe has its own)',
  },
  {
    name: 'privilege',
    noun: 'privileges',
    value: 'name:value',
    help: 'a privilege; may be repeated; replaces all privileges of the profile',
  },
];

export const answerFlag = (name: AnswerName): AnswerFlag =>
  ANSWER_FLAGS.find((flag) => flag.name === name) as AnswerFlag;

export const flagOf = (name: string): string => `--${name}`;

/** Returns the variable of a flag: its name in capitals. */
export const variableOf = (name: string): string => `KALTURA_${name.toUpperCase().replaceAll('-', '_')}`;

/** The profile has no flag: it is an argument of the command. */
export const PROFILE_VARIABLE = 'KALTURA_PROFILE';
