import { AES_KEY_SIZES, aesKeysFrom, isSalted, passphraseKeys } from './aes-keys.js';
import { type Decrypted, decrypt, decryptions } from './ciphers.js';
import { type FieldSpan, findFields, paddingIn } from './decrypted-fields.js';
import { type Decryption, type FoundHash, findHash, findLastHash, randomLength, randomMistake } from './layout.js';
import type { AesKeySource, BuildMistake, Construction, InitialVector, SecretText, TextEncoding } from './mistake.js';
import { secretTexts } from './secret-texts.js';

/** Longer than any real key. Trying every mistake on a longer text would take too long. */
const LONGEST = 8192;
const BLOCK = 16;

/** Bytes before the fields of a whole key (docs/kaltura-facts.md 1.4). */
const HASH_AND_RANDOM = 36;

/** A decryption that shows fields, with how it was found. */
interface Opened {
  readonly key: Buffer;
  readonly secret: string;
  readonly source: AesKeySource;
  readonly text: SecretText | null;
  readonly decrypted: Decrypted;
  readonly fields: FieldSpan;
}

function firstWithFields(decrypteds: Iterable<Decrypted>, found: Omit<Opened, 'decrypted' | 'fields'>): Opened | null {
  for (const decrypted of decrypteds) {
    const fields = findFields(decrypted.plain);
    if (fields !== null) return { ...found, decrypted, fields };
  }
  return null;
}

/** Decrypts with the keys that CryptoJS and OpenSSL derive from a passphrase. */
function openSalted(sealed: Buffer, secret: string): Opened | null {
  const { rest, keys } = passphraseKeys(sealed, secret);
  for (const { size, key, iv } of keys) {
    const plain = decrypt('cbc', key, iv, rest);
    if (plain === null) continue;
    const decrypted: Decrypted = { cipher: `AES-${size * 8}-CBC`, plain, needsIvForFirstBlockOnly: false, iv: null };
    const opened = firstWithFields([decrypted], { key, secret, source: 'passphrase', text: null });
    if (opened !== null) return opened;
  }
  return null;
}

/** Decrypts with each key and mode, and then with each other text of the secret and the right key and mode. */
function open(sealed: Buffer, secret: string): Opened | null {
  if (isSalted(sealed)) return openSalted(sealed, secret);
  for (const size of AES_KEY_SIZES) {
    for (const { source, bytes } of aesKeysFrom(secret, size)) {
      const opened = firstWithFields(decryptions(bytes, sealed), { key: bytes, secret, source, text: null });
      if (opened !== null) return opened;
    }
  }
  for (const [text, variant] of secretTexts(secret).slice(1)) {
    for (const { source, bytes } of aesKeysFrom(variant, 16).slice(0, 2)) {
      const opened = firstWithFields(decryptions(bytes, sealed, ['cbc']), {
        key: bytes,
        secret: variant,
        source,
        text,
      });
      if (opened !== null) return opened;
    }
  }
  return null;
}

/** What a decoder writes in place of a byte that is not UTF-8. */
const LOST_BYTE = Buffer.from('\uFFFD', 'utf8').toString('latin1');

/** A bytes object as Python prints it. */
const PRINTED_BYTES = /^b(["'])(.*)\1$/s;

const PYTHON_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const bytesOfPython = (printed: string): Buffer =>
  Buffer.from(
    printed.replaceAll(/\\(?:x([0-9a-f]{2})|(.))/gs, (_, hex, one) =>
      hex === undefined ? (PYTHON_ESCAPES[one] ?? one) : String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  );

export interface SealedText {
  readonly encoding: TextEncoding;
  readonly bytes: Buffer;
}

/** Returns the encrypted bytes if code wrote them as text: PHP's `openssl_encrypt` returns base64, and a string of Node has no bytes. */
export function sealedAsText(sealed: Buffer): SealedText | null {
  const text = sealed.toString('latin1');
  if (text.length < 2 * BLOCK) return null;
  const printed = PRINTED_BYTES.exec(text)?.[2];
  if (printed !== undefined) return { encoding: 'python', bytes: bytesOfPython(printed) };
  if (text.split(LOST_BYTE).length > 3) return { encoding: 'lost', bytes: sealed };
  const decoded = sealed.toString('utf8');
  if (/[\u0080-\u00FF]/.test(decoded) && !/[^\0-\u00FF]/.test(decoded)) {
    return { encoding: 'utf-8', bytes: Buffer.from(decoded, 'latin1') };
  }
  if (/^[0-9a-f]+$/i.test(text)) return { encoding: 'hex', bytes: Buffer.from(text, 'hex') };
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? { encoding: 'base64', bytes: Buffer.from(text, 'base64') } : null;
}

/** Returns the IV that code used: with it, the first block becomes the start of the hash. */
function ivOf(opened: Opened, hash: FoundHash): InitialVector | null {
  const { decrypted, key, secret } = opened;
  const block = decrypted.plain.subarray(0, BLOCK);
  const iv = Buffer.from(block.map((byte, index) => byte ^ (hash.digest.bytes[index] as number)));
  const random = decrypted.plain.subarray(hash.end, hash.end + BLOCK);
  if (iv.equals(Buffer.alloc(BLOCK))) return null;
  if (iv.equals(key.subarray(0, BLOCK))) return 'key';
  if (iv.equals(random)) return 'random-block';
  if (iv.equals(Buffer.alloc(BLOCK, '0'))) return 'text-zeros';
  return iv.toString('latin1') === secret.slice(0, BLOCK) ? 'secret' : 'other';
}

interface Hashing {
  readonly hash: FoundHash | null;
  readonly iv: InitialVector | null;
  /** The index of the hash. */
  readonly start: number;
}

const decryptionOf = ({ decrypted, fields, secret, key }: Opened, prefix: string): Decryption => ({
  plain: decrypted.plain,
  fields,
  hasUnknownIv: false,
  secret,
  aesKey: key,
  prefix,
});

/** Finds the hash: with the right IV, with the IV in front of the text, and with an unknown IV. */
function findHashing(opened: Opened, prefix: string): Hashing {
  const { decrypted } = opened;
  const decryption = decryptionOf(opened, prefix);
  const hash = findHash(decryption);
  const isPassphrase = opened.source === 'passphrase';
  if (hash !== null || !decrypted.needsIvForFirstBlockOnly || isPassphrase) return { hash, iv: decrypted.iv, start: 0 };
  const behindIv = findHash(decryption, BLOCK);
  if (behindIv !== null) return { hash: behindIv, iv: 'prepended', start: BLOCK };
  const garbled = findHash({ ...decryption, hasUnknownIv: true });
  return { hash: garbled, iv: garbled === null ? null : ivOf(opened, garbled), start: 0 };
}

/** Finds a hash after the fields, and removes it from them. */
function withLastHash(opened: Opened, prefix: string, hashing: Hashing): readonly [Opened, Hashing] {
  const { fields } = opened;
  if (hashing.hash !== null || fields.format !== 'query') return [opened, hashing];
  const hash = findLastHash(decryptionOf(opened, prefix), hashing.start);
  if (hash === null) return [opened, hashing];
  const end = hash.end - hash.digest.bytes.length;
  return [
    { ...opened, fields: { ...fields, end } },
    { ...hashing, hash },
  ];
}

function hashMistakes({ hash, start }: Hashing, { fields }: Opened): BuildMistake[] {
  if (hash === null) {
    if (fields.start === start) return [{ code: 'missing-hash' }, { code: 'missing-random' }];
    return [{ code: fields.start <= start + BLOCK ? 'missing-hash' : 'hash-mismatch' }];
  }
  const { digest, input, place } = hash;
  const isRight = digest.hash === 'SHA-1' && digest.form === 'raw';
  return [
    ...(isRight ? [] : [{ code: 'wrong-hash', hash: digest.hash, form: digest.form } as const]),
    ...(input === null ? [] : [{ code: 'wrong-hash-input', input } as const]),
    ...(place === 'first' ? [] : [{ code: 'wrong-order', hash: place } as const]),
  ];
}

function mistakesIn(opened: Opened, hashing: Hashing, random: number): BuildMistake[] {
  const { text, source, decrypted, fields } = opened;
  const contentEnd = hashing.hash?.place === 'last' ? hashing.hash.end : fields.end;
  const padding = paddingIn(decrypted.plain.subarray(contentEnd));
  const randomProblem = hashing.hash === null || hashing.hash.place === 'after-random' ? null : randomMistake(random);
  return [
    ...(text === null ? [] : [{ code: 'wrong-secret-text', text } as const]),
    ...(source === 'sha1' ? [] : [{ code: 'wrong-aes-key', source } as const]),
    ...(decrypted.cipher === 'AES-128-CBC' ? [] : [{ code: 'wrong-cipher', cipher: decrypted.cipher } as const]),
    ...(hashing.iv === null ? [] : [{ code: 'wrong-iv', iv: hashing.iv } as const]),
    ...(padding === null ? [] : [{ code: 'wrong-padding', padding } as const]),
    ...hashMistakes(hashing, opened),
    ...(randomProblem === null ? [] : [randomProblem]),
    ...(fields.format === 'query' ? [] : [{ code: 'wrong-field-format', format: fields.format } as const]),
  ];
}

/**
 * Finds out how wrong code built a version 2 key from this secret: decrypts with every key, mode and IV that people use, and
 * compares every hash. Takes up to about 30 ms.
 *
 * @param sealed the encrypted part
 * @returns null if the secret doesn't decrypt the key in any of these ways
 */
export function findV2Construction(partnerId: string, sealed: Buffer, secret: string): Construction | null {
  if (sealed.length > LONGEST || secret === '') return null;
  const asText = sealedAsText(sealed);
  const whole = open(asText?.bytes ?? sealed, secret);
  if (whole === null) return null;
  const prefix = `v2|${partnerId}|`;
  const [opened, hashing] = withLastHash(whole, prefix, findHashing(whole, prefix));
  const { decrypted, fields } = opened;
  const hashEnd = hashing.hash === null || hashing.hash.place === 'last' ? hashing.start : hashing.hash.end;
  const random = hashing.hash === null ? fields.start - hashEnd : randomLength(decrypted.plain, hashEnd, fields);
  const start = hashing.hash === null ? fields.start : hashEnd + (hashing.hash.place === 'after-random' ? 0 : random);
  const mistakes = mistakesIn(opened, hashing, random);
  return {
    mistakes: asText === null ? mistakes : [{ code: 'ciphertext-as-text', encoding: asText.encoding }, ...mistakes],
    fieldsText: fields.format === 'query' ? decrypted.plain.toString('utf8', start, fields.end) : null,
    isFromSecret: true,
    // Before them stands what the changed part of the key was decrypted to.
    lacksFirstFields: hashing.hash === null && fields.start > hashing.start + HASH_AND_RANDOM,
  };
}
