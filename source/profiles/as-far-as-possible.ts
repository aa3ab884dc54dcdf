import { ProfileStoreError } from './profile-store.js';
import { SecretPlaceError } from './secret-place-error.js';

/** For the undoing of what went wrong: that is what is told, and not what goes wrong with its undoing. @returns whether it went well */
export async function asFarAsPossible(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (!(error instanceof SecretPlaceError || error instanceof ProfileStoreError)) throw error;
    return false;
  }
}
