import { caution, good } from '../../messages/paragraph.js';
import type { ClearResult, CopyResult } from '../../secrets/clipboard.js';
import { isKeyRevoked } from '../key/summary.js';
import type { Notice, State } from './state.js';

/** Explains how to copy by hand what could not be copied. Only the result screen prints the key with v. */
function manualCopyHint(screen: State['screen'], isShown: boolean): string {
  if (screen === 'next-step') return 'choose “Print it above”, and select it';
  if (screen === 'use') return 'press Enter to see the code, and select it';
  if (screen === 'vendor-token') return 'select it in the lines above';
  if (screen === 'created-token') return 'select the value above';
  return isShown ? 'select the key above (v prints it again)' : 'press v to print the key, and select it';
}

const clearingText = (seconds: number | undefined): string =>
  seconds === undefined ? '' : ` It is removed from the clipboard after ${seconds} seconds, or when you quit.`;

/** Describes the result of a copy, without claiming more than is known. */
export function copyNotice(report: CopyResult, state: State): Notice {
  const { screen, key } = state;
  const otherwise = manualCopyHint(screen, key?.isShown ?? false);
  if (report.how !== 'nothing' && screen === 'result' && isKeyRevoked(state)) {
    return caution('Copied, but this key is revoked: the server refuses it.');
  }
  switch (report.how) {
    case 'tool':
      return {
        tone: 'good',
        text: `✔ Copied (${report.tool}).${clearingText(report.clearsAfter)}`,
        ...(report.clearsAfter === undefined ? {} : { isUntilCleared: true }),
      };
    case 'terminal': {
      const through = report.through === null ? '' : `${report.through} and `;
      return good(`Sent to the clipboard through ${through}your terminal. If you can’t paste it, ${otherwise}.`);
    }
    case 'nothing':
      return caution(`Not copied: ${report.why}. Instead, ${otherwise}.`);
  }
}

/** Returns the notice after the time of a temporary copy. What doesn't matter to the user replaces no other notice. */
export function clearedNotice(result: ClearResult, notice: Notice | null) {
  if (result === 'failed') {
    const text = 'The key could not be removed from the clipboard. Copy another text to replace it.';
    return caution(text);
  }
  if (notice?.isUntilCleared !== true) return notice;
  return result === 'cleared' ? good('✔ The key was removed from the clipboard.') : null;
}
