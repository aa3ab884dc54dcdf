import type { Profile } from '../../profiles/profile.js';
import type { SecretName, SecretSource } from '../../secrets/source.js';
import { EMPTY_SOURCE_FORM, type SourceForm } from '../form/secret-source.js';

/** A secret that is being read from its source, and its purpose. */
export interface SecretReading {
  readonly what: SecretName['what'];
  readonly for: 'make' | 'copy' | 'show';
}

/** An imported profile whose command or variable the user is asked to confirm, and its purpose. */
export interface PendingConfirmation {
  /** The profile as it is shown. */
  readonly profile: Profile;
  /** To create a key, or to verify the explained key. */
  readonly for: 'make' | 'open';
}

/** The secret sources that can be used, once that is known. */
export interface KnownSources {
  readonly describe: (place: SecretSource, of: SecretName) => string;
  /** Found out by writing, reading and removing an entry. */
  readonly isKeychainUsable: boolean;
}

/** What the screens about saved profiles share. */
export interface ProfileFlow {
  /** The name of the selected profile, or `NEW_KEY`. */
  readonly selectedProfile: string;
  /** Whether Home was opened to choose a profile, to check an explained error with its key. Esc then goes back to the error. */
  readonly isForError: boolean;
  /** The name typed on the save and rename screens. */
  readonly newName: string;
  /** Whether the key is saved with the profile. */
  readonly includesKey: boolean;
  /** Whether a save is in progress, so that it is not started twice. */
  readonly isSaving: boolean;
  /** The answers of the save screen about the secret source, and a passphrase being typed. */
  readonly source: SourceForm;
  /** What went wrong with a secret source. */
  readonly sourceProblem: string | null;
  readonly knownSources: KnownSources | null;
  /** Whether the secret is removed from the .env file after it is stored. */
  readonly movesSecret: boolean;
  readonly secretReading: SecretReading | null;
  readonly pendingConfirmation: PendingConfirmation | null;
}

export const NEW_PROFILE_FLOW: ProfileFlow = {
  selectedProfile: '',
  isForError: false,
  newName: '',
  includesKey: false,
  isSaving: false,
  source: EMPTY_SOURCE_FORM,
  sourceProblem: null,
  knownSources: null,
  movesSecret: false,
  secretReading: null,
  pendingConfirmation: null,
};
