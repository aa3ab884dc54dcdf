import type { Secret } from '../../kaltura/secret.js';
import type { KeyRequest } from '../../kaltura/sign-in/key-request.js';
import type { Profile } from '../../profiles/profile.js';
import type { SecretName } from '../../secrets/source.js';
import type { Question } from './question.js';

/** Another program's practice server may be asked only what all the world may know. */
export type PracticeUse = 'own' | 'any';

export type Ending = 'done' | 'cancelled';

/** What the wizard wants done outside of it. Whoever runs it answers with events. */
export type Effect =
  | {
      readonly do: 'make-key';
      readonly attempt: number;
      readonly request: KeyRequest;
      readonly practice: PracticeUse | null;
    }
  | { readonly do: 'abort' }
  | { readonly do: 'open-practice' }
  | { readonly do: 'ask'; readonly attempt: number; readonly question: Question }
  /** Writes a key or the value of a token raw to the terminal, above the frame, as one line. */
  | { readonly do: 'show-key'; readonly ks: Secret; readonly what: 'key' | 'token' }
  /** Writes text above the frame, as it is. */
  | { readonly do: 'show-text'; readonly text: string }
  | { readonly do: 'copy'; readonly ks: Secret }
  | { readonly do: 'copy-text'; readonly text: string }
  | {
      readonly do: 'save-profile';
      readonly profile: Profile;
      readonly isReplacing: boolean;
      /** To be put into the profile's place for secrets; null where that takes none. */
      readonly secret: Secret | null;
      /** For an encrypted file. */
      readonly passphrase: Secret | null;
      readonly backTo: 'home' | 'result';
    }
  /** Finds out which places for secrets can be offered. */
  | { readonly do: 'look-at-places' }
  /** Reads a secret of the profile from its place: what proves who one is, or the key kept there. */
  | {
      readonly do: 'read-secret';
      readonly attempt: number;
      readonly profile: Profile;
      readonly what: SecretName['what'];
      /** For an encrypted file. */
      readonly passphrase: Secret | null;
    }
  /** Records that the person has confirmed the command or variable of a profile, as it was shown. */
  | { readonly do: 'confirm-source'; readonly attempt: number; readonly profile: Profile }
  | { readonly do: 'rename-profile'; readonly from: string; readonly to: string }
  | { readonly do: 'remove-profile'; readonly name: string }
  | { readonly do: 'quit'; readonly how: Ending };

/** How a copy went: by a tool of the system, by the terminal (which never says whether it did), or not at all. */
export type CopyReport =
  | { readonly how: 'tool'; readonly tool: string }
  | { readonly how: 'terminal'; readonly through: 'tmux' | 'screen' | null }
  | { readonly how: 'nothing'; readonly why: string };
