/**
 * Names of fields and parameters that hold a secret: secrets of accounts (`partner.getInfo`), values of app tokens, keys, passwords of users
 * and of remote storages (docs/kaltura-facts.md 3.2, 3.3).
 */
const SECRET_NAME = /(secrets?|password|passphrase|privatekey)$|^(ks|token|otp)$/i;

/** Checks the last part of a name: `secret` in `account[secret]` and `account:secret`. */
export const isSecretName = (name: string): boolean =>
  SECRET_NAME.test(
    name
      .replace(/__null$/, '')
      .split(/[[\]:]+/)
      .filter((part) => part !== '')
      .at(-1) ?? '',
  );
