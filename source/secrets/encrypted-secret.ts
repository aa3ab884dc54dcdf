import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  type ScryptOptions,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import { Secret } from '../kaltura/secret.js';
import { FieldProblem, fieldsOf, parseJson, type RecordFields, text, wholeNumber } from './record-fields.js';

/** Increased when an older program can't read new files any more. The checksum is the same in all versions. */
const FILE_VERSION = 1;

/** The cost parameters of scrypt. It needs 128 · `N` · `r` bytes of memory. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 128 MiB and a large part of a second for each guess. */
export const SCRYPT_COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

/** Bytes. The limit for this computer, whatever a file says. */
const MOST_MEMORY = 1024 ** 3;

const memoryOf = ({ N, r }: ScryptCost): number => 128 * N * r;

/** Everything that decryption needs, except the passphrase and the body. */
export interface SealHeader {
  readonly cost: ScryptCost;
  readonly salt: Buffer;
  readonly nonce: Buffer;
  /** Derived from the passphrase separately from the key: distinguishes a wrong passphrase from a damaged file. */
  readonly check: Buffer;
}

export interface SealedSecret {
  readonly header: SealHeader;
  /** The encrypted secret, followed by GCM's tag of 16 bytes. */
  readonly body: Buffer;
}

export type SealedReading =
  | { readonly kind: 'sealed'; readonly sealed: SealedSecret }
  | { readonly kind: 'newer' }
  | { readonly kind: 'damaged'; readonly why: string };

const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const CHECK_BYTES = 8;
const TAG_BYTES = 16;

const headerFields = ({ cost, salt, nonce, check }: SealHeader): Record<string, unknown> => ({
  version: FILE_VERSION,
  kdf: 'scrypt',
  N: cost.N,
  r: cost.r,
  p: cost.p,
  salt: salt.toString('base64'),
  check: check.toString('base64'),
  cipher: 'aes-256-gcm',
  nonce: nonce.toString('base64'),
});

/** Returns the header as it is authenticated with the secret (GCM's additional data). */
const authenticatedHeader = (header: SealHeader): Buffer => Buffer.from(JSON.stringify(headerFields(header)));

/** Detects accidental damage only. An attacker can recompute it, but not GCM's tag. */
const checksumOf = (header: unknown, body: string): string =>
  createHash('sha256').update(JSON.stringify(header)).update('\n').update(body).digest('hex');

/** Creates the record of the file. Contains nothing secret. */
export function writeSealed({ header, body }: SealedSecret): Record<string, unknown> {
  const fields = headerFields(header);
  const text = body.toString('base64');
  return { header: fields, body: text, checksum: checksumOf(fields, text) };
}

function bytes(fields: RecordFields, name: string, least: number, most = least): Buffer {
  const value = text(fields, name);
  const buffer = Buffer.from(value, 'base64');
  if (buffer.toString('base64') !== value || buffer.length < least || buffer.length > most) {
    throw new FieldProblem(`The field “${name}” has the wrong value.`);
  }
  return buffer;
}

function readHeader(fields: RecordFields): SealHeader {
  const cost = { N: wholeNumber(fields, 'N', 2), r: wholeNumber(fields, 'r', 1), p: wholeNumber(fields, 'p', 1) };
  if (!Number.isInteger(Math.log2(cost.N)) || memoryOf(cost) > MOST_MEMORY || cost.p > 16) {
    throw new FieldProblem('The header has a cost that kaltura-ks does not use.');
  }
  const header = {
    cost,
    salt: bytes(fields, 'salt', SALT_BYTES),
    nonce: bytes(fields, 'nonce', NONCE_BYTES),
    check: bytes(fields, 'check', CHECK_BYTES),
  };
  if (JSON.stringify(headerFields(header)) !== JSON.stringify(fields)) {
    throw new FieldProblem('The header has a field that kaltura-ks does not write.');
  }
  return header;
}

/** Parses an encrypted file without decrypting it. Finds accidental damage before a passphrase is asked for. */
export function readSealed(content: Uint8Array): SealedReading {
  const value = parseJson(content);
  if (value === undefined) return { kind: 'damaged', why: 'It is empty, not valid JSON, or incomplete.' };
  try {
    const fields = fieldsOf(value, 'The file');
    const header = fieldsOf(fields['header'], 'The header');
    if (checksumOf(header, text(fields, 'body')) !== text(fields, 'checksum')) {
      return { kind: 'damaged', why: 'Its checksum does not match its content.' };
    }
    if (wholeNumber(header, 'version', 1) > FILE_VERSION) return { kind: 'newer' };
    return { kind: 'sealed', sealed: { header: readHeader(header), body: bytes(fields, 'body', TAG_BYTES, Infinity) } };
  } catch (error) {
    if (error instanceof FieldProblem) return { kind: 'damaged', why: error.message };
    throw error;
  }
}

// Not a callback of our own: Bun calls it with undefined, not null, if there is no error.
const deriveBytes = promisify<Buffer, Buffer, number, ScryptOptions, Buffer>(scrypt);

interface Derived {
  readonly key: Buffer;
  readonly check: Buffer;
}

/** Derives a separate key for each use; none reveals anything about another (HKDF). */
const partOf = (master: Buffer, use: string, size: number): Buffer =>
  Buffer.from(hkdfSync('sha256', master, '', `kaltura-ks encrypted secret: ${use}`, size));

/** Runs scrypt once, on a thread of the pool. The key and the check value are derived from its result. */
async function derive(passphrase: Secret, salt: Buffer, cost: ScryptCost): Promise<Derived> {
  // Another system may compose the same typed passphrase differently.
  const typed = Buffer.from(passphrase.reveal().normalize('NFC'));
  const maxmem = memoryOf(cost) + 128 * cost.r * (cost.p + 2) + 1024 * 1024;
  const master = await deriveBytes(typed, salt, 32, { ...cost, maxmem }).finally(() => typed.fill(0));
  const derived = { key: partOf(master, 'key', 32), check: partOf(master, 'check', CHECK_BYTES) };
  master.fill(0);
  return derived;
}

/** Encrypts a secret. Uses a new salt and nonce each time, so the same secret never looks the same twice. */
export async function seal(
  secret: Secret,
  passphrase: Secret,
  cost: ScryptCost,
  randomBytes: (size: number) => Buffer,
): Promise<SealedSecret> {
  const salt = randomBytes(SALT_BYTES);
  const { key, check } = await derive(passphrase, salt, cost);
  const header = { cost, salt, nonce: randomBytes(NONCE_BYTES), check };
  const plain = Buffer.from(secret.reveal());
  const cipher = createCipheriv('aes-256-gcm', key, header.nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(authenticatedHeader(header));
  const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  plain.fill(0);
  key.fill(0);
  return { header, body };
}

/** Decrypts a sealed secret. `damaged`: the passphrase is right, but the header or body was changed. */
export async function unseal(
  sealed: SealedSecret,
  passphrase: Secret,
): Promise<Secret | 'wrong-passphrase' | 'damaged'> {
  const { header, body } = sealed;
  const { key, check } = await derive(passphrase, header.salt, header.cost);
  try {
    if (!timingSafeEqual(check, header.check)) return 'wrong-passphrase';
    const decipher = createDecipheriv('aes-256-gcm', key, header.nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(authenticatedHeader(header));
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    const plain = Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]);
    const secret = new Secret(plain.toString('utf8'));
    plain.fill(0);
    return secret;
  } catch {
    return 'damaged';
  } finally {
    key.fill(0);
  }
}
