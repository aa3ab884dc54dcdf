type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** As `keptKeyEnd` says it of a good profile; null where this record cannot say. */
function endOfKey({ keptKey, savedAt, lifetime }: Fields): number | null {
  const facts = isFields(keptKey) ? keptKey['facts'] : null;
  const expiresAt = isFields(facts) ? facts['expiresAt'] : null;
  if (isWhole(expiresAt)) return expiresAt;
  return isWhole(savedAt) && isWhole(lifetime) ? savedAt + lifetime : null;
}

/**
 * What to put in the place of a record that was set aside, when its kept key has ended or nobody can say when it ends: all of it but the
 * key. null where it holds no key, one that lives, or no JSON.
 *
 * @param now epoch seconds
 */
export function withoutExpiredKeyText(bytes: Uint8Array, now: number): Fields | null {
  let record: unknown;
  try {
    record = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
  if (!isFields(record)) return null;
  const keptKey = record['keptKey'] ?? null;
  // Its key lies in its secret place, which other sweeps look after.
  const liesElsewhere = isFields(keptKey) && keptKey['ks'] === null;
  if (keptKey === null || liesElsewhere) return null;
  const end = endOfKey(record);
  if (end !== null && end > now) return null;
  return { ...record, keptKey: null, ...(end === null ? {} : { lastKeyEndedAt: end }) };
}
