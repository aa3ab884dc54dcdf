import type { KeyRequest } from '../../kaltura/sign-in/key-request.js';
import type { ScreenId } from '../engine/screen-id.js';
import type { FormState } from '../form/form.js';

/** The progress of creating a key. The answers are in the form. */
export interface KeyMaking {
  /** Whether the review was shown. From then on, continuing skips steps that are complete. */
  readonly hasReviewed: boolean;
  /** The screen that was opened from the review or a failure, out of order: Esc goes back to the review. */
  readonly detour: ScreenId | null;
  /** The answers on the review when it opened a list whose options also change other answers. Esc from that list restores them. */
  readonly answersOnReview: FormState | null;
  /** The last request. */
  readonly request: KeyRequest | null;
  /** Whether the server refused the one-time code; shown on the code screen. */
  readonly isCodeRefused: boolean;
  /** Whether the current attempt repeats a failed one. */
  readonly isRetry: boolean;
  /** The catalogue privilege whose value is being asked for, and the typed value. */
  readonly privilegeName: string;
  readonly privilegeValue: string;
}

export const NEW_KEY_MAKING: KeyMaking = {
  hasReviewed: false,
  detour: null,
  answersOnReview: null,
  request: null,
  isCodeRefused: false,
  isRetry: false,
  privilegeName: '',
  privilegeValue: '',
};
