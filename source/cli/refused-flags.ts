import { SECRET_VARIABLES } from '../secrets/variables.js';

const SECRETS: Readonly<Record<string, string>> = {
  secret: SECRET_VARIABLES.secret,
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

const ACCOUNT_SECRETS: readonly (string | undefined)[] = [SECRETS['secret'], SECRETS['admin-secret']];

/**
 * Returns the error if an argument gives a secret, because other users can see arguments and the shell saves them; null if none does. The
 * error never repeats the value.
 */
export function refusalOfSecret(argv: readonly string[]): string | null {
  for (const argument of argv) {
    const name = /^--?([a-z-]+)(=|$)/i.exec(argument)?.[1]?.toLowerCase();
    if (name === undefined) continue;
    if (name === 'ks') return 'A key can’t be an argument, because other users of this computer can see arguments.';
    const variable = Object.hasOwn(SECRETS, name) ? SECRETS[name] : undefined;
    if (variable === undefined) continue;
    const isAlone = variable === SECRET_VARIABLES.code || variable === SECRET_VARIABLES.passphrase;
    const alternatives = isAlone ? variable : `--secret-stdin, --secret-file or ${variable}`;
    const advice = ACCOUNT_SECRETS.includes(variable)
      ? 'If you typed a real secret, delete it from the shell’s history. Only Kaltura can change an account’s secret.'
      : 'If you typed a real secret, change it if you can.';
    return `--${name} is refused, because other users of this computer can see arguments and the shell saves them. Use ${alternatives}. ${advice}`;
  }
  return null;
}
