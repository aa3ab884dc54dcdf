import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes as nodeRandomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { Secret } from '../../kaltura/secret.js';
import {
  authenticatedHeader,
  CHECK_BYTES,
  memoryOf,
  NONCE_BYTES,
  SALT_BYTES,
  type ScryptCost,
  type SealedSecret,
  TAG_BYTES,
} from '../../secrets/encrypted-format.js';

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
  const master = await new Promise<Buffer>((resolve, reject) => {
    scrypt(typed, salt, 32, { ...cost, maxmem }, (error, result) => (error === null ? resolve(result) : reject(error)));
  }).finally(() => typed.fill(0));
  const derived = { key: partOf(master, 'key', 32), check: partOf(master, 'check', CHECK_BYTES) };
  master.fill(0);
  return derived;
}

/** Encrypts a secret. Uses a new salt and nonce each time, so the same secret never looks the same twice. */
export async function seal(
  secret: Secret,
  passphrase: Secret,
  cost: ScryptCost,
  randomBytes: (size: number) => Buffer = nodeRandomBytes,
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
