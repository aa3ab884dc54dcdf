/** The mistakes that code makes when it builds a KS. The right way is in docs/kaltura-facts.md 1.3 and 1.4. */

/** The ways in which code fills the last cipher block. Kaltura fills it with NUL bytes. */
export type Padding = 'pkcs7' | 'zeros-and-pkcs7' | 'spaces' | 'iso-7816' | 'x923' | 'other';

/** What code made the AES key from. Kaltura uses the first 16 bytes of the raw SHA-1 of the secret's text. */
export type AesKeySource =
  | 'sha1'
  | 'sha1-hex'
  | 'sha1-base64'
  | 'sha1-end'
  | 'sha1-of-bytes'
  | 'sha1-twice'
  | 'secret'
  | 'secret-bytes'
  | 'md5'
  | 'md5-hex'
  | 'sha256'
  | 'sha256-hex'
  | 'sha512'
  | 'passphrase';

/** How code writes a digest into the key. Version 2 has raw bytes, version 1 lower-case hex. */
export type DigestForm = 'raw' | 'hex' | 'upper-hex' | 'base64' | 'shortened';

/** What code put into the hash. Version 2: the random bytes and the fields. Version 1: the secret and the fields. */
export type HashInput =
  | 'fields'
  | 'padded'
  | 'padded-fields'
  | 'fields-then-random'
  | 'random'
  | 'secret-and-all'
  | 'secret-and-fields'
  | 'prefix-and-all'
  | 'decoded-fields'
  | 'line-end-added'
  | 'line-end-missing'
  | 'secret-last'
  | 'secret-separated'
  | 'secret-twice'
  | 'no-secret'
  | 'encoded-text'
  | 'fields-without-semicolons'
  | 'part-of-the-fields'
  | 'hash-of-the-secret'
  | 'secret-as-bytes';

export type InitialVector = 'prepended' | 'key' | 'random-block' | 'text-zeros' | 'secret' | 'other';

/** How the secret's text differed from the one that was given. */
export type SecretText =
  | 'line-end'
  | 'upper-case'
  | 'lower-case'
  | 'quotes'
  | 'spaces'
  | 'utf-16'
  | 'byte-order-mark'
  | 'base64'
  | 'shortened'
  | 'repeated';

/** `lost`: UTF-8, which destroyed bytes. `python`: a bytes object that was printed. */
export type TextEncoding = 'base64' | 'hex' | 'utf-8' | 'python' | 'lost';

export type BuildMistake =
  | { readonly code: 'wrong-secret-text'; readonly text: SecretText }
  | { readonly code: 'wrong-aes-key'; readonly source: AesKeySource }
  /** `cipher` as people write it, for example AES-256-CBC. */
  | { readonly code: 'wrong-cipher'; readonly cipher: string }
  | { readonly code: 'wrong-iv'; readonly iv: InitialVector }
  | { readonly code: 'wrong-padding'; readonly padding: Padding }
  /** `hash` as people write it, for example HMAC-SHA-1. */
  | { readonly code: 'wrong-hash'; readonly hash: string; readonly form: DigestForm }
  | { readonly code: 'wrong-hash-input'; readonly input: HashInput }
  | { readonly code: 'wrong-order'; readonly hash: 'after-random' | 'last' }
  /** Version 2: the part after the partner ID is not encrypted. */
  | { readonly code: 'not-encrypted' }
  | { readonly code: 'missing-hash' }
  | { readonly code: 'missing-random' }
  /** In bytes. */
  | { readonly code: 'wrong-random-length'; readonly length: number }
  | { readonly code: 'wrong-field-format'; readonly format: 'json' | 'version-1' | 'utf-16' }
  /** The encrypted part is text in this encoding, not bytes. */
  | { readonly code: 'ciphertext-as-text'; readonly encoding: TextEncoding }
  /** The secret decrypts the key, but no known hash fits: the key was changed, cut off, or hashed in an unknown way. */
  | { readonly code: 'hash-mismatch' }
  /** Version 1: a signature that is not 40 characters long. `hash` is null if its length tells none. */
  | { readonly code: 'wrong-signature-length'; readonly length: number; readonly hash: string | null }
  | { readonly code: 'upper-case-signature' }
  /** Version 1: other text before or after the hex digits. Scripts depend on this code. */
  | { readonly code: 'text-after-signature' }
  /** Version 1: the signature is raw bytes or base64. */
  | { readonly code: 'signature-not-hex' };

/** How a key was built. */
export interface Construction {
  /** The likeliest cause first. */
  readonly mistakes: readonly BuildMistake[];
  /** The decrypted form-encoded fields of a version 2 key; null if they are not in that form. */
  readonly fieldsText: string | null;
  /** Whether a hash or the decrypted fields show that this secret was used. */
  readonly isFromSecret: boolean;
  /** Whether the first fields can’t be read, because a part of the key was changed. */
  readonly lacksFirstFields: boolean;
}
