import { SECRET_VARIABLES } from '../secrets/variables.js';
import { wordOf } from './specs/command-spec.js';
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

/** Returns the options that the command in the arguments has. */
function takenOf(options: readonly string[], argv: readonly string[]): readonly string[] {
  const spec = COMMANDS.find((one) => argv.includes(wordOf(one)));
  const child =
    spec?.commands?.find((one) => argv.includes(wordOf(one))) ?? spec?.commands?.find((one) => one.isDefault);
  const flags = (child ?? spec)?.flags ?? [];
  return options.filter((option) => flags.some(({ flag }) => flag.split(' ')[0] === option));
}

function keyAdvice(argv: readonly string[]): string {
  const options = takenOf(['--ks-stdin', '--ks-file'], argv);
  return options.length === 0 ? 'To read a key, use kaltura-ks inspect.' : `Use ${options.join(' or ')}.`;
}

function secretAdvice(variable: string, argv: readonly string[]): string {
  if (variable === SECRET_VARIABLES.code) return `Use ${variable}.`;
  const isAlone = variable === SECRET_VARIABLES.passphrase;
  const options = isAlone ? [] : takenOf(['--secret-stdin', '--secret-file'], argv);
  const use = `Use ${options.length === 0 ? '' : `${options.join(', ')} or `}${variable}.`;
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
    const advice = variable === undefined ? keyAdvice(argv) : secretAdvice(variable, argv);
    return `--${name} is refused, because other users of this computer can see arguments and the shell saves them. ${advice}`;
  }
  return null;
}
