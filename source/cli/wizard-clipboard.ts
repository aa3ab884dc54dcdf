import type { ClearResult, Clipboard } from '../secrets/clipboard.js';

/** What to say when the wizard ends, about a temporary copy. */
const NOTES: Readonly<Record<ClearResult, string | null>> = {
  none: null,
  replaced: null,
  cleared: 'The ADMIN key was removed from the clipboard. To keep it there: --keep-clipboard.',
  failed: 'The ADMIN key may still be in the clipboard: it could not be removed.',
};

interface WizardClipboard extends Pick<Clipboard, 'copy'> {
  /**
   * Removes a temporary copy, because nothing could remove it after the program has ended.
   * @returns what to tell the user; null if there is nothing to tell
   */
  close(): Promise<string | null>;
}

/** @param keepsCopies whether temporary copies stay */
export function createWizardClipboard(open: () => Promise<Clipboard>, keepsCopies: boolean): WizardClipboard {
  let opened: Promise<Clipboard> | null = null;
  return {
    copy: async (text, { isTemporary = false, ...options } = {}) => {
      opened ??= open();
      return (await opened).copy(text, { ...options, isTemporary: isTemporary && !keepsCopies });
    },
    close: async () => (opened === null ? null : NOTES[await (await opened).clear()]),
  };
}
