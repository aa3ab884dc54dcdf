import { digestOf } from '../bytes.js';
import { type Digest, digestsOf, HASH_LENGTHS } from './hashes.js';
import type { BuildMistake, Construction, HashInput } from './mistake.js';
import { secretTexts } from './secret-texts.js';

/** In bytes: longer than any real key. Hashing a longer text in every way would take too long. */
const LONGEST = 8192;

type Input = readonly [input: HashInput | null, hashed: string | Buffer];

/** Returns what code may have hashed in place of the secret followed by the fields: the right text first. */
function hashInputs(info: string, secret: string): Input[] {
  const fields = info.split(';');
  const bare = info.replace(/;+$/, '');
  const partials = [
    bare,
    `${bare};`,
    `${info};`,
    `${info};;`,
    fields.slice(1).join(';'),
    fields.slice(0, 7).join(';'),
    fields.slice(0, 6).join(';'),
    fields.slice(0, 5).join(';'),
  ];
  const hashes = ['sha1', 'md5'].map((algorithm) => digestOf(algorithm, secret).toString('hex'));
  return [
    [null, `${secret}${info}`],
    ['line-end-added', `${secret}${info}\n`],
    ['line-end-added', `${secret}${info}\r\n`],
    ...(info === info.trimEnd() ? [] : [['line-end-missing', `${secret}${info.trimEnd()}`] as const]),
    ['secret-last', `${info}${secret}`],
    ...[';', '|', ':', ',', ' ', '\n'].flatMap((separator): Input[] => [
      ['secret-separated', `${secret}${separator}${info}`],
      ['secret-separated', `${info}${separator}${secret}`],
    ]),
    ['secret-twice', `${secret}${info}${secret}`],
    ['encoded-text', `${secret}${Buffer.from(info, 'utf8').toString('base64')}`],
    ['encoded-text', `${secret}${encodeURIComponent(info)}`],
    ['fields-without-semicolons', `${secret}${fields.join('')}`],
    ['fields-without-semicolons', `${secret}${fields.join(',')}`],
    ...partials.filter((text) => text !== info).map((text): Input => ['part-of-the-fields', `${secret}${text}`]),
    ['secret-as-bytes', Buffer.concat([Buffer.from(secret, 'hex'), Buffer.from(info, 'utf8')])],
    ...hashes.map((hash): Input => ['hash-of-the-secret', `${hash}${info}`]),
    ['no-secret', info],
  ];
}

/** Returns the hex digits of a signature with other text around them, such as a file name that sha1sum or openssl prints; else null. */
export function hexInOtherText(signature: Buffer): Buffer | null {
  const text = signature.toString('latin1');
  const digits = (/^([0-9a-f]{32,})[\s*-].{0,80}$/is.exec(text) ??
    /^SHA1 ?\(.{0,80}\)= ?([0-9a-f]{32,})$/is.exec(text))?.[1];
  return digits === undefined ? null : Buffer.from(digits, 'latin1');
}

/** How a signature may be written. In hex, only 40 lower-case digits are right. */
function formMistake({ form, hash, bytes }: Digest): BuildMistake | null {
  if (form === 'raw' || form === 'base64') return { code: 'signature-not-hex' };
  if (bytes.length !== 40) return { code: 'wrong-signature-length', length: bytes.length, hash };
  return form === 'upper-hex' ? { code: 'upper-case-signature' } : null;
}

function mistakesOf(digest: Digest, input: HashInput | null): BuildMistake[] {
  const form = formMistake(digest);
  const { hash } = digest;
  // The length of a signature already shows which hash it is, unless that is keyed or shortened.
  const isKnownByLength = form?.code === 'wrong-signature-length' && !hash.startsWith('HMAC');
  return [
    ...(form === null ? [] : [form]),
    ...(hash === 'SHA-1' || isKnownByLength ? [] : [{ code: 'wrong-hash', hash, form: digest.form } as const]),
    ...(input === null ? [] : [{ code: 'wrong-hash-input', input } as const]),
  ];
}

/**
 * Finds out how wrong code made the signature of a version 1 key from this secret.
 *
 * @param signature the bytes before the `|`
 * @param info the fields after the `|`
 * @returns null if no known mistake gives this signature. A valid signature has an empty list of mistakes.
 */
export function findV1Construction(signature: Buffer, info: Buffer, secret: string): Construction | null {
  if (secret === '' || info.length > LONGEST) return null;
  const start = hexInOtherText(signature);
  if (start !== null) {
    const found = findV1Construction(start, info, secret);
    return found && { ...found, mistakes: [{ code: 'text-after-signature' }, ...found.mistakes] };
  }
  if (!(HASH_LENGTHS as readonly number[]).includes(signature.length)) return null;
  const text = info.toString('utf8');
  const inputs = secretTexts(secret).flatMap(([difference, variant]) =>
    hashInputs(text, variant).map(([input, hashed]) => ({ difference, input, hashed, hmacKey: variant })),
  );
  for (const { difference, input, hashed, hmacKey } of inputs) {
    const parts = [typeof hashed === 'string' ? Buffer.from(hashed, 'utf8') : hashed];
    // A keyed hash has the secret as its key, so its text is only the fields.
    const hmacKeys = input === 'no-secret' ? [hmacKey] : [];
    const digest = digestsOf(parts, hmacKeys, signature.length).find(({ bytes }) => bytes.equals(signature));
    if (digest === undefined) continue;
    const isKeyed = digest.hash.startsWith('HMAC');
    const mistakes = mistakesOf(digest, isKeyed ? null : input);
    return {
      mistakes: difference === null ? mistakes : [{ code: 'wrong-secret-text', text: difference }, ...mistakes],
      fieldsText: null,
      isFromSecret: isKeyed || input !== 'no-secret',
      lacksFirstFields: false,
    };
  }
  return null;
}
