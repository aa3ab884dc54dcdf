import { SECRET_VARIABLES } from '../secrets/variables.js';
import { type CommandSpec, wordOf } from './specs/command-spec.js';
import { COMMANDS } from './specs/program.js';

const SECRETS: Readonly<Record<string, string>> = {
  secret: 'KALTURA_ADMIN_SECRET',
  'admin-secret': 'KALTURA_ADMIN_SECRET',
  'user-secret': SECRET_VARIABLES.secret,
  password: SECRET_VARIABLES.password,
  pass: SECRET_VARIABLES.password,
  token: SECRET_VARIABLES.token,
  'app-token': SECRET_VARIABLES.token,
  code: SECRET_VARIABLES.code,
  otp: SECRET_VARIABLES.code,
  passphrase: SECRET_VARIABLES.passphrase,
};

const ACCOUNT_SECRETS: readonly (string | undefined)[] = [SECRETS['secret'], SECRETS['user-secret']];

/** Returns the command in the arguments; undefined for the wizard. */
function commandIn(argv: readonly string[]): CommandSpec | undefined {
  // Only --dotenv can have a value before the command.
  const [first, second] = argv.filter((argument, index) => !argument.startsWith('-') && argv[index - 1] !== '--dotenv');
  const spec = COMMANDS.find((one) => wordOf(one) === first);
  const children = spec?.commands ?? [];
  return children.find((one) => wordOf(one) === second) ?? children.find(({ isDefault }) => isDefault) ?? spec;
}

const takenOf = (options: readonly string[], { flags = [] }: CommandSpec): readonly string[] =>
  options.filter((option) => flags.some(({ flag }) => flag.split(' ')[0] === option));

function keyAdvice(command: CommandSpec | undefined): string {
  const options = command === undefined ? [] : takenOf(['--ks-stdin', '--ks-file'], command);
  return options.length === 0 ? 'To read a key, use kaltura-ks inspect.' : `Use ${options.join(' or ')}.`;
}

function secretAdvice(variable: string, command: CommandSpec | undefined): string {
  const isAlone = variable === SECRET_VARIABLES.code || variable === SECRET_VARIABLES.passphrase;
  const options = isAlone || command === undefined ? [] : takenOf(['--secret-stdin', '--secret-file'], command);
  const use =
    command === undefined
      ? 'The wizard asks you for it.'
      : `Use ${options.length === 0 ? '' : `${options.join(', ')} or `}${variable}.`;
  if (variable === SECRET_VARIABLES.code) return use;
  return ACCOUNT_SECRETS.includes(variable)
    ? `${use} If you typed a real secret, delete it from the shell’s history. Only Kaltura can change an account’s secret.`
    : `${use} If you typed a real secret, change it if you can.`;
}

/**
 * Returns the error if an argument gives a key or a secret, because other users can see arguments and the shell saves them; null if none does.
 * The error never repeats the value.
 */
export function refusalOfSecret(argv: readonly string[]): string | null {
  for (const argument of argv) {
    const name = /^--?([a-z-]+)(=|$)/i.exec(argument)?.[1]?.toLowerCase();
    if (name === undefined) continue;
    const variable = Object.hasOwn(SECRETS, name) ? SECRETS[name] : undefined;
    if (name !== 'ks' && variable === undefined) continue;
    const advice = variable === undefined ? keyAdvice(commandIn(argv)) : secretAdvice(variable, commandIn(argv));
    return `--${name} is refused, because other users of this computer can see arguments and the shell saves them. ${advice}`;
  }
  return null;
}
