import type { Secret } from '../../kaltura/secret.js';
import type { MadeKey } from '../../kaltura/sign-in/key-request.js';
import type { Profile, Trouble } from '../../profiles/profile.js';
import type { SecretSourceError } from '../../secrets/source-error.js';
import type { CopyReport } from './effect.js';
import type { Answer } from './question.js';
import type { KnownSources } from './state.js';

/** What can happen to the wizard: what the person does, and what comes back from outside. */
export type WizardEvent =
  /** A control got a value. */
  | { readonly type: 'set'; readonly control: string; readonly value: string | Secret }
  /** All controls of the screen were gone through. */
  | { readonly type: 'submit' }
  | { readonly type: 'back' }
  /** One of the screen's own keys. */
  | { readonly type: 'act'; readonly action: string }
  | { readonly type: 'cancel' }
  /** Answers from outside carry the attempt that asked for them: a late one is dropped. */
  | { readonly type: 'stage'; readonly attempt: number; readonly text: string }
  | { readonly type: 'made'; readonly attempt: number; readonly key: MadeKey }
  | { readonly type: 'failed'; readonly attempt: number; readonly failure: unknown }
  | { readonly type: 'secret-read'; readonly attempt: number; readonly secret: Secret }
  | { readonly type: 'secret-failed'; readonly attempt: number; readonly error: SecretSourceError }
  /** A confirmation was saved. If it failed, `profile` is null and `reason` says why. `profiles` are the present ones. */
  | {
      readonly type: 'source-confirmed';
      readonly attempt: number;
      readonly profile: Profile | null;
      readonly reason: string;
      readonly profiles: readonly Profile[] | null;
    }
  | { readonly type: 'answered'; readonly attempt: number; readonly answer: Answer }
  | { readonly type: 'unanswered'; readonly attempt: number; readonly cause: unknown }
  /** What is known of the places for secrets. */
  | { readonly type: 'places'; readonly places: KnownSources }
  | { readonly type: 'practice-opened'; readonly url: string }
  | { readonly type: 'copied'; readonly report: CopyReport }
  | {
      readonly type: 'profiles';
      readonly profiles: readonly Profile[];
      readonly troubles: readonly Trouble[];
      /** What was done to them, to be told. */
      readonly notice: string;
      /** The profile that it was done to, under its present name; null when it is gone. */
      readonly name: string | null;
      /** Where to go on. */
      readonly backTo: 'home' | 'result';
    }
  /** With the profiles as they are now, for another program may have changed them; null where they cannot be read. */
  | { readonly type: 'profiles-failed'; readonly reason: string; readonly profiles: readonly Profile[] | null };
