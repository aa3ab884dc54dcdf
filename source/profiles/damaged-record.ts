import { isRecord, parseJson, type RecordFields } from '../secrets/record-fields.js';

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** Returns the expiry of the saved key in epoch seconds, like `savedKeyExpiry`; null if the damaged record doesn't contain it. */
function endOfKey({ keptKey, savedAt, lifetime }: RecordFields): number | null {
  const facts = isRecord(keptKey) ? keptKey['facts'] : null;
  const expiresAt = isRecord(facts) ? facts['expiresAt'] : null;
  if (isWhole(expiresAt)) return expiresAt;
  return isWhole(savedAt) && isWhole(lifetime) ? savedAt + lifetime : null;
}

/**
 * Returns the quarantined record without its key, if the key has expired or its expiry is unknown. Returns null if nothing has to be
 * removed: no key, a valid key, or no JSON.
 * @param now epoch seconds
 */
export function withoutExpiredKeyText(bytes: Uint8Array, now: number): RecordFields | null {
  const record = parseJson(bytes);
  if (!isRecord(record)) return null;
  const keptKey = record['keptKey'] ?? null;
  // The key is stored at the secret source, which other clean-ups check.
  const liesElsewhere = isRecord(keptKey) && keptKey['ks'] === null;
  if (keptKey === null || liesElsewhere) return null;
  const end = endOfKey(record);
  if (end !== null && end > now) return null;
  return { ...record, keptKey: null, ...(end === null ? {} : { lastKeyEndedAt: end }) };
}
