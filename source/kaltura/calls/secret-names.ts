/**
 * Names of fields and parameters that hold a secret: secrets of accounts (`partner.getInfo`), values of app tokens, keys, passwords of users
 * and of remote storages (docs/kaltura-facts.md 3.2, 3.3), and the usual names of other credentials.
 */
const SECRET_NAME =
  /(secrets?|password(hash)?|passphrase|(private|secret|api)key|(access|refresh|session|auth|bearer)token|apptokenvalue)$|^(ks|token|otp|authorization)$/i;

/** Checks each part of a name: `secret` in `account[secret]`, `account:secret` and `secret[x]`. Blanks, `_` and `-` don't count. */
export const isSecretName = (name: string): boolean =>
  name
    .replaceAll(/__null\b/g, '')
    .split(/[[\]:.]+/)
    .some((part) => SECRET_NAME.test(part.replaceAll(/[\s_-]/g, '')));
