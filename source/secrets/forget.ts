import type { ForgetResult, Keychain, KnownEntries } from './keeper.js';
import { KEYCHAIN_SERVICE, keychainAccount, type SecretName } from './source.js';
import { SecretSourceError } from './source-error.js';

/** Runs one removal. Returns its error as the outcome. */
export async function outcomeOf(act: () => Promise<boolean>): Promise<ForgetResult['outcome']> {
  try {
    return (await act()) ? 'removed' : 'absent';
  } catch (error) {
    if (error instanceof SecretSourceError) return error;
    throw error;
  }
}

/** Removes an entry, which another program may remove at the same time. */
async function removeFrom(keychain: Keychain, of: SecretName): Promise<boolean> {
  try {
    return await keychain.remove(of);
  } catch (error) {
    const isThere = await keychain.has(of).catch(() => true);
    if (isThere) throw error;
    return false;
  }
}

const LIST_ATTEMPTS = 20;

/** Lists the entries, again if another program removes one at the same moment and the list fails. */
async function listWithRetry(keychain: Keychain): Promise<readonly string[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await keychain.list();
    } catch (error) {
      if (attempt === LIST_ATTEMPTS) throw error;
    }
  }
}

/**
 * Checks that the keychain has no entries left.
 * @throws {SecretSourceError} if entries are left, or the keychain does not respond
 */
async function assertNoneLeft(keychain: Keychain): Promise<boolean> {
  // A locked keychain lists nothing.
  await keychain.check();
  const left = await listWithRetry(keychain);
  if (left.length === 0) return false;
  throw new SecretSourceError(
    'failed',
    `The keychain still has ${left.length} ${left.length === 1 ? 'entry' : 'entries'} of this program (service “${KEYCHAIN_SERVICE}”, account ${left.map((account) => `“${account}”`).join(', ')}), and no readable profile refers to ${left.length === 1 ? 'it' : 'them'}.`,
    'A profile in another config folder may use them. If not, delete them with your system’s keychain program.',
  );
}

/** Removes the keychain entries that profile files refer to. One failure doesn't stop the others. */
export async function forgetKeychain(
  { certain, possible, unclear }: KnownEntries,
  keychain: Keychain,
): Promise<readonly ForgetResult[]> {
  const forgotten: ForgetResult[] = [];
  const forgetEntry = async (of: SecretName) =>
    ({
      what: `the keychain entry “${keychainAccount(of)}” (service “${KEYCHAIN_SERVICE}”)`,
      outcome: await outcomeOf(() => removeFrom(keychain, of)),
    }) as const;
  for (const of of certain) forgotten.push({ ...(await forgetEntry(of)), isCertain: true });
  if (unclear.length === 0) return forgotten;
  for (const of of possible) {
    const { what, outcome } = await forgetEntry(of);
    if (outcome === 'removed') forgotten.push({ what, outcome, isCertain: false });
  }
  const what = `the keychain entries of ${unclear.join(', ')}`;
  forgotten.push({ what, outcome: await outcomeOf(() => assertNoneLeft(keychain)), isCertain: false });
  return forgotten;
}
