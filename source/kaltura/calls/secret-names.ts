/** Endings of the names of secrets: of accounts, app tokens, users, remote storages, distribution, DRM and notifications (docs/kaltura-facts.md 8a). */
const ENDINGS = [
  'secrets?',
  'password(hash)?',
  'passwd',
  'passphrase',
  '(ftp|sftp|aspera|srt)pass',
  '(private|secret|api|access|signing|encryption|enc|content|stream|media|ssl)key',
  '(key|encrypted)seed',
  // Not upload tokens, app tokens as objects (appToken[expiry]), page tokens and queueKeyToken: these are no secrets.
  '(?<!upload|app|page|queuekey)token',
  'apptokenvalue',
  'tokendata',
  'credentials?',
];

/** Names that are secret only as a whole. */
const WHOLE_NAMES = ['ks', 'otp', 'authorization', 'pass', 'pwd', 'salt'];

const SECRET_NAME = new RegExp(`(${ENDINGS.join('|')})$|^(${WHOLE_NAMES.join('|')})$`, 'i');

/** Checks each part of a name: `secret` in `account[secret]`, `account:secret` and `secret[x]`. Blanks, `_` and `-` don't count. */
export const isSecretName = (name: string): boolean =>
  name
    .replaceAll(/__null\b/g, '')
    .split(/[[\]:.]+/)
    .some((part) => SECRET_NAME.test(part.replaceAll(/[\s_-]/g, '')));

const KEY_HOLDERS = 'Kaltura(UrlTokenizer\\w*|WidevineProfile)';

/** Types of objects in which `key` and `iv` are secrets (docs/kaltura-facts.md 8a). Elsewhere, `key` is the name of a value. */
export const KEY_HOLDER = new RegExp(`^${KEY_HOLDERS}$`);

/** Matches a text that may contain an object of such a type. */
export const MENTIONS_KEY_HOLDER = new RegExp(KEY_HOLDERS);

export const isKeyOfHolder = (name: string): boolean => name === 'key' || name === 'iv';
