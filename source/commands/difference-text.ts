import { compareWithAsked, type Difference } from '../kaltura/compare-with-asked.js';
import { sayLifetime } from '../kaltura/lifetime.js';
import type { Making } from './make-from-draft.js';

function differenceText(difference: Difference): string {
  switch (difference.kind) {
    case 'stronger-type':
      return 'WARNING: stronger than asked. This is an ADMIN key, where a USER key was meant: the app token or the login decides. Do not hand it on.';
    case 'weaker-type':
      return 'You asked for an ADMIN key; this is a USER key: the token or the login decides.';
    case 'shorter-life':
      return difference.got <= 0
        ? 'WARNING: this key has already ended.'
        : `You asked for ${sayLifetime(difference.asked)}; the account allows ${sayLifetime(Math.round(difference.got / 60) * 60 || difference.got)}.`;
    case 'longer-life':
      return `It lives longer than the ${sayLifetime(difference.asked)} you asked for.`;
    case 'privileges-missing':
      return `Asked for, but not in it: ${difference.privileges.join(', ')}.`;
    case 'privileges-added':
      return `WARNING: in it, though not asked for: ${difference.privileges.join(', ')}.`;
    case 'another-user':
      return `Its user is “${difference.got}”, not “${difference.asked}”.`;
    case 'another-account':
      return `WARNING: it is for partner ${difference.got}, not ${difference.asked}.`;
  }
}

/** In what the key is not what was asked for, a sentence each, the worst first. */
export function differenceTexts({ made, request, askedAt }: Making): string[] {
  // A login is not asked for a type: only one that is stronger than meant is told.
  const isTold = ({ kind }: Difference): boolean => kind !== 'weaker-type' || request.signIn.method !== 'login';
  return compareWithAsked(request, made, askedAt).filter(isTold).map(differenceText);
}
