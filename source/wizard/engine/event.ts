import type { Secret } from '../../kaltura/secret.js';
import type { MadeKey } from '../../kaltura/sign-in/key-request.js';
import type { Profile, Trouble } from '../../profiles/profile.js';
import type { ClearResult, CopyResult } from '../../secrets/clipboard.js';
import type { SecretSourceError } from '../../secrets/source-error.js';
import type { KnownSources } from '../profiles/profile-flow.js';
import type { Answer } from './question.js';

/** An input of the wizard: an action of the user, or the result of an effect. */
export type WizardEvent =
  /** A control got a value. */
  | { readonly type: 'set'; readonly control: string; readonly value: string | Secret }
  /** The user has completed all controls of the screen. */
  | { readonly type: 'submit' }
  | { readonly type: 'back' }
  /** The user pressed a shortcut of the screen. */
  | { readonly type: 'act'; readonly action: string }
  /** The user pasted a text where there is no field. */
  | { readonly type: 'pasted'; readonly text: Secret }
  | { readonly type: 'cancel' }
  /** Time has passed. After the last tick, remaining times are not updated until the next event. */
  | { readonly type: 'tick'; readonly isLast: boolean }
  /** Results of effects carry the number of their attempt, so that a late one is dropped. */
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
  /** The secret sources that can be used. */
  | { readonly type: 'secret-sources'; readonly sources: KnownSources }
  | { readonly type: 'practice-opened'; readonly url: string }
  | { readonly type: 'group-id'; readonly id: string }
  | { readonly type: 'copied'; readonly report: CopyResult }
  /** The time of a temporary copy is over. */
  | { readonly type: 'clipboard-cleared'; readonly result: ClearResult }
  | {
      readonly type: 'profiles';
      readonly profiles: readonly Profile[];
      readonly troubles: readonly Trouble[];
      readonly defaultName: string | null;
      /** Tells the user what was done to the profiles. */
      readonly notice: string;
      /** A command to copy, shown on a line of its own below the notice. */
      readonly command?: string;
      /** The changed profile, under its present name; null if it was removed. */
      readonly name: string | null;
      /** Whether the secret was removed from the .env file; absent if it was not asked for. */
      readonly isSecretMoved?: boolean;
      /** The screen to return to. */
      readonly backTo: 'home' | 'result';
    }
  /** Includes the present profiles, which another program may have changed; null if they can't be read. */
  | { readonly type: 'profiles-failed'; readonly reason: string; readonly profiles: readonly Profile[] | null };
