import { endBeforePkcs7, type FieldSpan } from './decrypted-fields.js';
import { type Digest, digestsOf, HASH_LENGTHS } from './hashes.js';
import type { BuildMistake, HashInput } from './mistake.js';

/** The decrypted text of a version 2 key, and what its hash may have been made with. */
export interface Decryption {
  readonly plain: Buffer;
  readonly fields: FieldSpan;
  /** Whether the IV is unknown, so that the first block of `plain` can be wrong. */
  readonly hasUnknownIv: boolean;
  readonly secret: string;
  readonly aesKey: Buffer;
  /** The text before the encrypted part: `v2|1234567|`. */
  readonly prefix: string;
}

/** The hash of a decrypted text. */
export interface FoundHash {
  readonly digest: Digest;
  /** null for the right input. */
  readonly input: HashInput | null;
  /** The index after the hash. */
  readonly end: number;
  /** Where the hash stands. Kaltura writes it first. */
  readonly place: 'first' | 'after-random' | 'last';
}

const BLOCK = 16;
const RANDOM_LENGTH = 16;

type Input = readonly [input: HashInput | null, parts: readonly Uint8Array[]];

/** Returns what code may have hashed, if the hash ends at this index: the right input first. */
function hashInputs(decryption: Decryption, hashEnd: number): Input[] {
  const { plain, fields, secret, prefix } = decryption;
  const key = Buffer.from(secret, 'utf8');
  const rest = plain.subarray(hashEnd, fields.end);
  const random = plain.subarray(hashEnd, hashEnd + RANDOM_LENGTH);
  const starts = [...new Set([hashEnd + RANDOM_LENGTH, fields.start])].filter((at) => at > hashEnd && at < fields.end);
  const paddedEnds = [...new Set([plain.length, endBeforePkcs7(plain) ?? fields.end])].filter((at) => at > fields.end);
  return [
    [null, [rest]],
    ...paddedEnds.map((end): Input => ['padded', [plain.subarray(hashEnd, end)]]),
    ...starts.map((start): Input => ['fields', [plain.subarray(start, fields.end)]]),
    ...starts.flatMap((start) => paddedEnds.map((end): Input => ['padded-fields', [plain.subarray(start, end)]])),
    ...starts.map(
      (start): Input => ['fields-then-random', [plain.subarray(start, fields.end), plain.subarray(hashEnd, start)]],
    ),
    ['random', [random]],
    ['secret-and-all', [key, rest]],
    ['secret-and-all', [rest, key]],
    ...starts.map((start): Input => ['secret-and-fields', [key, plain.subarray(start, fields.end)]]),
    ...starts.map((start): Input => ['secret-and-fields', [plain.subarray(start, fields.end), key]]),
    ['line-end-added', [rest, Buffer.from('\n')]],
    ['prefix-and-all', [Buffer.from(prefix, 'latin1'), rest]],
    ...starts.map(
      (start): Input => [
        'decoded-fields',
        [plain.subarray(hashEnd, start), decoded(plain.subarray(start, fields.end))],
      ],
    ),
  ];
}

function decoded(fields: Buffer): Buffer {
  try {
    return Buffer.from(decodeURIComponent(fields.toString('latin1').replaceAll('+', ' ')), 'utf8');
  } catch {
    return fields;
  }
}

/** Compares a digest with the text at this index. With an unknown IV, only what is after the first block counts. */
function matches({ plain, hasUnknownIv }: Decryption, { bytes }: Digest, at: number): boolean {
  const from = hasUnknownIv && at < BLOCK ? BLOCK - at : 0;
  return bytes.length > from && bytes.subarray(from).equals(plain.subarray(at + from, at + bytes.length));
}

/** Finds the input whose digest of this length ends at this index. */
function firstMatch(
  inputs: readonly Input[],
  hmacKeys: readonly (string | Uint8Array)[],
  decryption: Decryption,
  { end, length, place }: Pick<FoundHash, 'end' | 'place'> & { readonly length: number },
): FoundHash | null {
  for (const [input, parts] of inputs) {
    const digest = digestsOf(parts, hmacKeys, length).find((one) => matches(decryption, one, end - length));
    if (digest !== undefined) return { digest, input, end, place };
  }
  return null;
}

const hmacKeysOf = ({ secret, aesKey }: Decryption): readonly (string | Uint8Array)[] => [secret, aesKey];

/** Finds the hash where code put the random bytes first. */
function hashAfterRandom(decryption: Decryption, length: number): FoundHash | null {
  const { plain, fields } = decryption;
  const end = RANDOM_LENGTH + length;
  if (fields.start > end) return null;
  const random = plain.subarray(0, RANDOM_LENGTH);
  const rest = plain.subarray(end, fields.end);
  const inputs: Input[] = [
    [null, [random, rest]],
    ['fields', [rest]],
  ];
  return firstMatch(inputs, [decryption.secret], decryption, { end, length, place: 'after-random' });
}

/** Finds the hash in a decrypted text; null if no known way of hashing fits. */
export function findHash(decryption: Decryption, start = 0): FoundHash | null {
  for (const length of HASH_LENGTHS) {
    const end = start + length;
    if (end > decryption.fields.end) continue;
    const first = { end, length, place: 'first' } as const;
    const found =
      firstMatch(hashInputs(decryption, end), hmacKeysOf(decryption), decryption, first) ??
      (start === 0 ? hashAfterRandom(decryption, length) : null);
    if (found !== null) return found;
  }
  return null;
}

/** The bytes of a hash can look like padding, so the last two blocks are searched for its end. */
const LONGEST_PADDING = 32;

/** Lengths of a hash after the fields. */
const LAST_LENGTHS = [20, 40, 16, 32] as const;

/**
 * Finds the hash after the fields, which `decryption` has taken for a part of them.
 *
 * @param start the index at which the random bytes start
 */
export function findLastHash(decryption: Decryption, start: number): FoundHash | null {
  const { plain, fields } = decryption;
  for (let end = plain.length; end > plain.length - LONGEST_PADDING; end--) {
    for (const length of LAST_LENGTHS) {
      if (end - length <= fields.start) continue;
      const inputs = hashInputs({ ...decryption, fields: { ...fields, end: end - length } }, start);
      const unpadded = inputs.filter(([name]) => name === null || !name.startsWith('padded'));
      const found = firstMatch(unpadded, hmacKeysOf(decryption), decryption, { end, length, place: 'last' });
      if (found !== null) return found;
    }
  }
  return null;
}

/** The start of a field: its name. */
const FIELD = /(?:_[etumd]|[A-Za-z][A-Za-z_]{2,})=/;

/** Random bytes as code writes them as text: in hex, in base64, or a UUID. */
const RANDOM_AS_TEXT =
  /^(?:(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[A-Za-z0-9+/_-]{22}==)(?=[A-Za-z_])|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=[A-Za-z_]))/i;

/**
 * Returns the number of bytes between the hash and the fields. Code leaves the random bytes out, or writes a number,
 * hex digits, base64 or a UUID in their place. Random bytes that look like letters are usual.
 */
export function randomLength(plain: Buffer, hashEnd: number, fields: FieldSpan): number {
  const isAllText = fields.start <= hashEnd;
  if (fields.start >= hashEnd + RANDOM_LENGTH) return fields.start - hashEnd;
  const text = plain.toString('latin1', hashEnd, fields.end);
  const random = RANDOM_AS_TEXT.exec(text)?.[0].length;
  if (isAllText && random !== undefined) return random;
  const beginning = text.slice(0, RANDOM_LENGTH);
  const hasFieldInRandom = isAllText ? /[=&]/.test(beginning) : FIELD.test(beginning.slice(fields.start - hashEnd));
  if (!hasFieldInRandom || /^[A-Za-z_*%][\w.%-]*=/.test(text.slice(RANDOM_LENGTH))) return RANDOM_LENGTH;
  if (isAllText) return /^[0-9.]*/.exec(text)?.[0].length ?? 0;
  return text.search(FIELD);
}

export function randomMistake(length: number): BuildMistake | null {
  if (length === RANDOM_LENGTH) return null;
  return length === 0 ? { code: 'missing-random' } : { code: 'wrong-random-length', length };
}
