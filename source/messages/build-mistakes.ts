import type {
  AesKeySource,
  BuildMistake,
  DigestForm,
  HashInput,
  InitialVector,
  Padding,
  SecretText,
  TextEncoding,
} from '../kaltura/ks/construction/mistake.js';

/** What is wrong, and what the code must do. */
export interface ProblemText {
  readonly what: string;
  readonly fix: string;
}

const PADDINGS: Readonly<Record<Padding, string>> = {
  pkcs7: 'PKCS#7',
  'zeros-and-pkcs7': 'zero bytes and then PKCS#7',
  spaces: 'spaces',
  'iso-7816': 'ISO 7816 (0x80 and zero bytes)',
  x923: 'ANSI X9.23',
  other: 'bytes other than zero',
};

const AES_KEYS: Readonly<Record<AesKeySource, string>> = {
  sha1: 'the SHA-1 of the secret',
  'sha1-hex': 'the hex text of the SHA-1 of the secret',
  'sha1-base64': 'the base64 text of the SHA-1 of the secret',
  'sha1-end': 'the last 16 bytes of the SHA-1 of the secret',
  'sha1-of-bytes': 'the SHA-1 of the secret decoded from hex',
  'sha1-twice': 'the SHA-1 of the SHA-1 of the secret',
  secret: 'the secret itself, unhashed',
  'secret-bytes': 'the secret decoded from hex, unhashed',
  md5: 'the MD5 of the secret',
  'md5-hex': 'the hex text of the MD5 of the secret',
  sha256: 'the SHA-256 of the secret',
  'sha256-hex': 'the hex text of the SHA-256 of the secret',
  sha512: 'the SHA-512 of the secret',
  passphrase: 'a passphrase (CryptoJS and “openssl enc” do this when the key is text)',
};

const FORMS: Readonly<Record<DigestForm, string>> = {
  raw: '',
  hex: ' as hex text',
  'upper-hex': ' as upper-case hex text',
  base64: ' as base64 text',
  shortened: ', cut to a shorter length',
};

const INPUTS: Readonly<Record<HashInput, string>> = {
  fields: 'the fields only, without the random bytes',
  padded: 'the text with its padding',
  'padded-fields': 'the fields with their padding, without the random bytes',
  'fields-then-random': 'the fields followed by the random bytes',
  random: 'the random bytes only',
  'secret-and-all': 'the secret together with the text',
  'secret-and-fields': 'the secret together with the fields',
  'prefix-and-all': 'the text with v2| and the partner ID before it',
  'decoded-fields': 'the fields before they were form-encoded',
  'line-end-added': 'a line break after the fields, which is not in the key (echo adds one, printf doesn’t)',
  'line-end-missing': 'the fields without the line break that is after them in the key (echo adds one, printf doesn’t)',
  'secret-last': 'the fields followed by the secret',
  'secret-separated': 'the secret and the fields with a character between them',
  'secret-twice': 'the secret before and after the fields',
  'no-secret': 'the fields without the secret',
  'encoded-text': 'the secret and the encoded text',
  'fields-without-semicolons': 'the fields without the ; between them',
  'part-of-the-fields': 'different fields from those in the key',
  'hash-of-the-secret': 'a hash of the secret instead of the secret',
  'secret-as-bytes': 'the secret decoded from hex',
};

const IVS: Readonly<Record<InitialVector, string>> = {
  prepended: 'it is random and comes before the encrypted part',
  key: 'it is the AES key',
  'random-block': 'it is the random block',
  'text-zeros': 'it is the text 0000000000000000',
  secret: 'it is the start of the secret',
  other: 'it is not 16 zero bytes',
};

const SECRET_TEXTS: Readonly<Record<SecretText, string>> = {
  'line-end': 'with a line break after it',
  'upper-case': 'in upper case',
  'lower-case': 'in lower case',
  quotes: 'with quotes around it',
  spaces: 'with spaces around it',
  'utf-16': 'in UTF-16 (Encoding.Unicode in .NET)',
  'byte-order-mark': 'with a byte order mark before it (a file saved as “UTF-8 with BOM”)',
  base64: 'in base64, as Kubernetes stores it',
  shortened: 'without its first or last character',
  repeated: 'twice in a row',
};

const ENCODINGS: Readonly<Record<Exclude<TextEncoding, 'lost'>, string>> = {
  base64: 'base64 text',
  hex: 'hex text',
  'utf-8': 'UTF-8 text',
  python: "the printed form of a Python bytes object (b'…')",
};

const FORMATS = {
  json: 'JSON or the text of an object',
  'version-1': 'the fields of version 1',
  'utf-16': 'UTF-16',
} as const;

const V2_HASH = 'Use the 20 raw bytes of SHA-1 over the 16 random bytes and the fields, without padding.';
const V1_HASH = 'Use SHA-1 over the secret followed directly by the fields, as 40 lower-case hex digits.';
const AES = 'Use AES-128-CBC with an IV of 16 zero bytes.';

/** Explains a mistake of the code that made a key, and what the code must do (docs/kaltura-facts.md 1.3, 1.4). */
export function buildMistakeText(mistake: BuildMistake, version: 1 | 2): ProblemText {
  const hashFix = version === 1 ? V1_HASH : V2_HASH;
  switch (mistake.code) {
    case 'wrong-secret-text':
      return {
        what: `Wrong secret text: the code used the secret ${SECRET_TEXTS[mistake.text]}.`,
        fix: 'Use the secret exactly as KMC shows it: 32 lower-case hex digits, and nothing around them.',
      };
    case 'wrong-aes-key':
      return {
        what: `Wrong AES key: the code used ${AES_KEYS[mistake.source]}.`,
        fix: 'Use the first 16 raw bytes of the SHA-1 of the secret as the key.',
      };
    case 'wrong-cipher':
      return { what: `Wrong cipher: the code encrypts with ${mistake.cipher}.`, fix: AES };
    case 'wrong-iv':
      return { what: `Wrong IV: ${IVS[mistake.iv]}.`, fix: AES };
    case 'wrong-padding':
      return {
        what: `Wrong padding: the code pads with ${PADDINGS[mistake.padding]}. Kaltura pads with zero bytes.`,
        fix: 'Turn off the padding of the encryption library. Fill the last block with zero bytes.',
      };
    case 'wrong-hash':
      return { what: `Wrong hash: the code uses ${mistake.hash}${FORMS[mistake.form]}.`, fix: hashFix };
    case 'wrong-hash-input':
      return {
        what: `Wrong hash input: the code hashes ${INPUTS[mistake.input]}.`,
        fix: hashFix,
      };
    case 'wrong-order':
      return {
        what: `Wrong order: the hash comes after the ${mistake.hash === 'last' ? 'fields' : 'random bytes'}.`,
        fix: 'Write the hash first, then the 16 random bytes, then the fields.',
      };
    case 'missing-hash':
      return { what: 'The hash before the random bytes and the fields is missing.', fix: V2_HASH };
    case 'missing-random':
      return {
        what: 'The random block is missing. The server drops the first 16 bytes of the fields instead.',
        fix: 'Write 16 random bytes between the hash and the fields, and include them in the hash.',
      };
    case 'wrong-random-length':
      return {
        what: `The random block has ${mistake.length} bytes, but the server drops exactly 16. The fields are misread.`,
        fix: 'Write 16 random bytes between the hash and the fields, and include them in the hash.',
      };
    case 'wrong-field-format':
      return {
        what: `Wrong field format: the code writes ${FORMATS[mistake.format]}.`,
        fix: 'Write the fields form-encoded, in ASCII: the privileges, then _e (expiry), _t (type) and _u (user ID).',
      };
    case 'ciphertext-as-text':
      return {
        what:
          mistake.encoding === 'lost'
            ? 'The encrypted part was converted to UTF-8 text, which destroyed some of its bytes.'
            : `The encrypted part is ${ENCODINGS[mistake.encoding]}, so it is encoded twice.`,
        fix: 'Use the raw bytes of the encryption (in PHP: OPENSSL_RAW_DATA; in JavaScript: a Buffer, not a string; in Python: bytes, not str()), and encode the whole key in base64 once.',
      };
    case 'hash-mismatch':
      return {
        what: 'The hash in the key doesn’t match the rest of it.',
        fix: `Copy the whole key again. If a new copy shows the same, the code that creates the key is wrong. ${V2_HASH}`,
      };
    case 'wrong-signature-length':
      return {
        what: `Wrong signature length: the signature has ${mistake.length} characters. A version 1 key has 40 hex digits (SHA-1).`,
        fix:
          mistake.hash === null
            ? 'A part of the key may be missing: copy it again. If it is complete, use SHA-1 in the code that created it.'
            : `${mistake.length} digits are ${/^[AEHIOMSX]/.test(mistake.hash) ? 'an' : 'a'} ${mistake.hash} hash: use SHA-1 instead.`,
      };
    case 'upper-case-signature':
      return {
        what: 'The signature is in upper case. The server compares it with lower-case hex digits.',
        fix: V1_HASH,
      };
    case 'text-after-signature':
      return {
        what: 'There is other text around the digits of the signature, as sha1sum and openssl print it.',
        fix: V1_HASH,
      };
    case 'not-encrypted':
      return {
        what: 'The part after the partner ID is not encrypted.',
        fix: `${AES} The key is the first 16 raw bytes of the SHA-1 of the secret.`,
      };
    case 'signature-not-hex':
      return { what: 'The signature is not hex text: the code wrote raw bytes or base64.', fix: V1_HASH };
  }
}
