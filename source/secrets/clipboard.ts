import type { Secret } from '../kaltura/secret.js';

export type CopyResult =
  /** A program on this computer copied it. */
  | {
      readonly how: 'tool';
      readonly tool: string;
      /** Seconds until the text is removed from the clipboard, if it is still there. Absent if it stays. */
      readonly clearsAfter?: number;
    }
  /** The terminal was asked (OSC 52), through this program if any; it doesn't report the result. */
  | { readonly how: 'terminal'; readonly through: 'tmux' | 'screen' | null }
  | { readonly how: 'nothing'; readonly why: string };

export interface Clipboard {
  /** Copies a text without a trailing newline. Never fails, because the text is on the screen anyway. */
  copy(text: Secret, options?: CopyOptions): Promise<CopyResult>;
  /** Removes a temporary copy at once, if the clipboard still has it. */
  clear(): Promise<ClearResult>;
}

export interface CopyOptions {
  /** Whether the text is removed after a while, where the clipboard can be read. */
  readonly isTemporary?: boolean;
  /** Called after the time of a temporary copy. */
  readonly onCleared?: ((result: ClearResult) => void) | undefined;
}

/** `none`: there is no temporary copy, or it was removed before. `replaced`: the clipboard has another text. */
export type ClearResult = 'none' | 'cleared' | 'replaced' | 'failed';
