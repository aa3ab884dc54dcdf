import { ksBytes, sha1, withoutTrailingNuls } from './bytes.js';
import { isSalted } from './construction/aes-keys.js';
import { findV1Construction, hexInOtherText } from './construction/build-v1.js';
import { findV2Construction, sealedAsText } from './construction/build-v2.js';
import { decrypt } from './construction/ciphers.js';
import { type FieldSpan, findFields } from './construction/decrypted-fields.js';
import { algorithmWithHexDigits } from './construction/hashes.js';
import { randomLength, randomMistake } from './construction/layout.js';
import type { BuildMistake, Construction } from './construction/mistake.js';
import { fieldProblems } from './field-problems.js';
import type { KeyParts } from './key-parts.js';
import { type KsProblem, ofKind } from './problem.js';
import { type RawFields, rawFieldsV1, rawFieldsV2 } from './raw-fields.js';

/** Finds what is wrong with the signature of a version 1 key. Needs no secret. */
export function visibleMistake(parts: KeyParts): BuildMistake | null {
  if (parts.version === 2) {
    const asText = sealedAsText(parts.sealed);
    if (asText !== null) return { code: 'ciphertext-as-text', encoding: asText.encoding };
    if (findFields(parts.sealed) !== null) return { code: 'not-encrypted' };
    return isSalted(parts.sealed) ? { code: 'wrong-aes-key', source: 'passphrase' } : null;
  }
  const signature = parts.signature.toString('latin1');
  if (/^[0-9a-f]{40}$/.test(signature)) return null;
  if (/^[0-9a-f]{40}$/i.test(signature)) return { code: 'upper-case-signature' };
  if (hexInOtherText(parts.signature) !== null) return { code: 'text-after-signature' };
  const { length } = signature;
  return /^[0-9a-f]*$/i.test(signature)
    ? { code: 'wrong-signature-length', length, hash: algorithmWithHexDigits(length) }
    : { code: 'signature-not-hex' };
}

/** Finds out how wrong code built a key from this secret; null if it did not, as far as that can be found out. */
export function constructionOf(parts: KeyParts, secret: string): Construction | null {
  const found =
    parts.version === 1
      ? findV1Construction(parts.signature, parts.info, secret)
      : findV2Construction(String(parts.partnerId), parts.sealed, secret);
  return found === null || found.mistakes.length === 0 ? null : found;
}

/** Returns whether a text is only the encrypted part of a version 2 key from this secret. */
export function hasNoStart(text: string, secret: string): boolean {
  try {
    return findV2Construction('', ksBytes(text), secret) !== null;
  } catch {
    // Not base64.
    return false;
  }
}

/** Returns the fields as text; null if they cannot be read. */
export function rawFieldsOf(parts: KeyParts, fieldsText: string | null): RawFields | null {
  if (parts.version === 1) return rawFieldsV1(parts.partnerId, parts.info.toString('utf8'));
  try {
    return fieldsText === null ? null : rawFieldsV2(parts.partnerId, fieldsText);
  } catch {
    return null;
  }
}

const HASH_LENGTH = 20;
const FIELDS_START = 36;

function mistakeIn(plain: Buffer, fields: FieldSpan): BuildMistake | null {
  if (fields.format !== 'query') return { code: 'wrong-field-format', format: fields.format };
  return randomMistake(randomLength(plain, HASH_LENGTH, fields));
}

/** Decrypts the fields of a valid version 2 key as the server does, and finds out whether the rest is built wrong. */
function openedV2(
  sealed: Buffer,
  secret: string,
): { readonly text: string; readonly mistake: BuildMistake | null } | null {
  const plain = decrypt('cbc', sha1(secret).subarray(0, 16), Buffer.alloc(16), sealed);
  if (plain === null) return null;
  const fields = findFields(plain);
  const mistake = fields === null ? null : mistakeIn(plain, fields);
  return { text: withoutTrailingNuls(plain).toString('utf8', FIELDS_START), mistake };
}

/** Matches fields that go on to the end: percent-encoding leaves only these characters, and padding ends the fields of a whole key. */
const UNFINISHED_FIELDS = /^[ -~]{12,}$/;

/** Checks whether the secret decrypts a version 2 key whose end is missing (docs/kaltura-facts.md 1.4). */
export function isCutOffV2(parts: KeyParts, secret: string): boolean {
  if (parts.version !== 2) return false;
  const plain = decrypt('cbc', sha1(secret).subarray(0, 16), Buffer.alloc(16), parts.sealed);
  return plain !== null && UNFINISHED_FIELDS.test(plain.toString('latin1', FIELDS_START));
}

/** Problems that follow if the fields are not read whole. */
const CONSEQUENCES = [
  'expiry-missing',
  'privilege-looks-like-a-bug',
  'type-missing',
  'unknown-privilege',
  'value-not-privilege',
  'wrong-field-name',
];

/** Returns the fields of a key that the secret verifies, and what is wrong with them. */
export function verifiedFields(
  parts: KeyParts,
  secret: string,
): { readonly raw: RawFields | null; readonly problems: readonly KsProblem[] } {
  const opened = parts.version === 2 ? openedV2(parts.sealed, secret) : null;
  const raw = rawFieldsOf(parts, opened?.text ?? null);
  const problems = raw === null ? [] : fieldProblems(raw);
  const mistake = opened?.mistake ?? null;
  if (mistake === null) return { raw, problems };
  return { raw, problems: [ofKind('build', mistake), ...problems.filter(({ code }) => !CONSEQUENCES.includes(code))] };
}
