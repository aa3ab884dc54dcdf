import type { NextStep } from '../../kaltura/recipes/next.js';
import type { Secret } from '../../kaltura/secret.js';
import type { KeyRequest } from '../../kaltura/sign-in/key-request.js';
import type { EnvAccount } from '../../profiles/env-account.js';
import type { Profile } from '../../profiles/profile.js';
import type { SecretName } from '../../secrets/source.js';
import type { Question } from './question.js';

/** Which practice server to use: a practice server of another program (`any`) gets only public values. */
export type PracticeUse = 'own' | 'any';

export type Ending = 'done' | 'cancelled';

/** A side effect that the wizard requests. The code that runs it responds with events. */
export type Effect =
  | {
      readonly do: 'make-key';
      readonly attempt: number;
      readonly request: KeyRequest;
      readonly practice: PracticeUse | null;
    }
  | { readonly do: 'abort' }
  | { readonly do: 'open-practice' }
  /** Creates the random ID of a session group. */
  | { readonly do: 'create-group-id' }
  | { readonly do: 'ask'; readonly attempt: number; readonly question: Question }
  /** Prints a key or the value of a token above the frame, as one raw line below its label. */
  | { readonly do: 'show-key'; readonly ks: Secret; readonly label: string }
  /** Prints text above the frame, unchanged, below its label. */
  | { readonly do: 'show-text'; readonly text: string; readonly label: string }
  /** Copies a key or a text. A temporary copy is removed from the clipboard after a while. */
  | { readonly do: 'copy'; readonly text: Secret; readonly isTemporary: boolean }
  /** Copies or prints the next step of a use case, with the key in it if it contains one. */
  | {
      readonly do: 'copy-step' | 'show-step';
      readonly step: NextStep;
      readonly ks: Secret;
      readonly label: string;
      readonly isTemporary: boolean;
    }
  | {
      readonly do: 'save-profile';
      readonly profile: Profile;
      readonly isReplacing: boolean;
      /** To store at the profile's secret source; null if that stores nothing. */
      readonly secret: Secret | null;
      /** For an encrypted file. */
      readonly passphrase: Secret | null;
      /** The .env file to remove the secret from, after it is stored and read back; null to change no file. */
      readonly moveFrom: EnvAccount | null;
      readonly backTo: 'home' | 'result';
    }
  /** Finds out which secret sources can be offered. */
  | { readonly do: 'find-secret-sources' }
  /** Reads a secret of the profile from its source: the credential, or the saved key. */
  | {
      readonly do: 'read-secret';
      readonly attempt: number;
      readonly profile: Profile;
      readonly what: SecretName['what'];
      /** For an encrypted file. */
      readonly passphrase: Secret | null;
    }
  /** Records that the user has confirmed the command or variable of a profile, as it was shown. */
  | { readonly do: 'confirm-source'; readonly attempt: number; readonly profile: Profile }
  | { readonly do: 'rename-profile'; readonly from: string; readonly to: string }
  | { readonly do: 'remove-profile'; readonly name: string }
  | { readonly do: 'quit'; readonly how: Ending };
