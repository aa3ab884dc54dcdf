import { asShown } from '../kaltura/redact.js';
import type { Secret } from '../kaltura/secret.js';
import { SecretPlaceError } from './secret-place-error.js';

/** How a command failed to give a secret. */
export type CommandTrouble =
  | { readonly kind: 'not-started'; readonly code: string }
  | { readonly kind: 'timed-out'; readonly limit: number }
  | { readonly kind: 'too-much' }
  | { readonly kind: 'not-text' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'exit'; readonly code: number | null; readonly signal: string | null; readonly stderr: string };

/** What stands after a word for a credential, and long words of letters with digits: both may be the very secret. */
const NAMED = /((?:pass(?:word|phrase)?|secret|token|credential|key|otp|pin)["']?\s*(?::|=|\bis\b)\s*)\S+/gi;
const WORD = /[^\s/:="'(),;<>]{10,}/g;

/** The words of a strange program, shortened. It may quote the secret, which we have never seen: so it is stricter than with a server. */
function wordsOf(stderr: string, secrets: readonly Secret[]): string {
  const hidden = stderr
    .replaceAll(NAMED, '$1••••')
    .replaceAll(WORD, (word) => (/\d/.test(word) && /\p{L}/u.test(word) ? '••••' : word));
  return asShown(hidden, secrets, 200);
}

/** What an exit code of a shell means, where it means something. */
const shellSays = (code: number | null): string =>
  code === 127 ? ' (the shell did not find it)' : code === 126 ? ' (the shell may not run it)' : '';

/**
 * What to tell the person. Only the program is named, for among arguments may be what is not for everybody.
 *
 * @param secrets what the command printed, kept out of the text
 */
export function commandError(trouble: CommandTrouble, source: string, secrets: readonly Secret[]): SecretPlaceError {
  const by = 'Run it by yourself in this terminal and see what it says.';
  switch (trouble.kind) {
    case 'not-started':
      if (trouble.code === 'ENOENT') {
        const remedy =
          'Install it, or give its full path. Where it needs a shell (an alias, a .cmd file), say so in the profile.';
        return new SecretPlaceError('not-found', 'command', `${source} was not found.`, remedy);
      }
      if (trouble.code === 'EACCES' || trouble.code === 'EPERM') {
        return new SecretPlaceError(
          'denied',
          'command',
          `${source} may not be run.`,
          'Make the file executable for you.',
        );
      }
      return new SecretPlaceError('failed', 'command', `${source} could not be started (${trouble.code}).`, by);
    case 'timed-out': {
      const message = `${source} did not finish within ${trouble.limit / 1000} seconds and was stopped.`;
      const remedy = 'See whether it waits for a touch, an unlock or a sign-in; do that first, and try again.';
      return new SecretPlaceError('timed-out', 'command', message, remedy);
    }
    case 'too-much':
      return new SecretPlaceError('too-long', 'command', `${source} printed far more than a secret.`, by);
    case 'not-text':
      return new SecretPlaceError('failed', 'command', `${source} printed what is no text (UTF-8).`, by);
    case 'cancelled':
      return new SecretPlaceError('cancelled', 'command', `${source} was stopped.`, 'Try again when you like.');
    case 'exit': {
      const end = trouble.signal === null ? `exit code ${trouble.code}${shellSays(trouble.code)}` : trouble.signal;
      const words = wordsOf(trouble.stderr, secrets);
      const said = words === '' ? 'It said nothing about it.' : `It said: ${words}`;
      return new SecretPlaceError('failed', 'command', `${source} failed with ${end}. ${said}`, by);
    }
  }
}
