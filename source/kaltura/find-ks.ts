import { attemptIn } from './ks-attempt.js';
import { candidatesIn, type KsCandidate } from './ks-candidates.js';
import { type KsWrapping, wrappingOf } from './ks-wrapping.js';
import { Secret } from './secret.js';

export type { KsWrapping } from './ks-wrapping.js';

export type KsFinding =
  | {
      readonly found: true;
      readonly ks: Secret;
      /** What stood around it. */
      readonly wrapping: KsWrapping;
      /** Blanks in it were put back to `+`: what a form makes of a `+` that was not percent-encoded (facts 1.2). */
      readonly isMended: boolean;
      /** How many other keys there are. */
      readonly others: number;
    }
  | { readonly found: false; readonly why: 'empty' | 'no-ks' | 'too-long' };

/** In characters: more than a key with all that people copy along with it. */
const LONGEST_TEXT = 1_000_000;

/** Nearly four times the longest that the server was seen to make (recording 112). */
const LONGEST_KS = 500_000;

/** What is damaged and longer is hardly a key; it is not looked at more closely. */
const LONGEST_DAMAGED = 16_384;

/** What a copy may bring along and the eye does not see, and the bytes between letters of a file that Windows wrote in two bytes each. */
const UNSEEN = /[\u200B-\u200F\u2060\uFEFF\u00AD\0]/g;

/**
 * Finds the KS in whatever a person pastes: the key itself, in quotes, an assignment, JSON, an address, a header, an XML answer, a
 * command; percent-encoded, or broken over several lines. The first that is whole wins, else the first that was meant to be one.
 * The key comes back as it was, but for blanks inside it.
 */
export function findKs(pasted: string): KsFinding {
  if (pasted.length > LONGEST_TEXT) return { found: false, why: 'too-long' };
  const text = pasted.replaceAll(UNSEEN, '').trim();
  if (text === '') return { found: false, why: 'empty' };
  const candidates = candidatesIn(text);
  const sound = candidates.filter(({ isSound }) => isSound);
  const best = sound[0] ?? candidates[0] ?? attemptIn(text);
  if (best === null) return { found: false, why: 'no-ks' };
  if (best.ks.length > (best.isSound ? LONGEST_KS : LONGEST_DAMAGED)) return { found: false, why: 'too-long' };
  return {
    found: true,
    ks: new Secret(best.ks),
    wrapping: wrappingOf(text, best),
    isMended: best.isMended,
    others: othersThan(best, sound),
  };
}

const othersThan = (best: KsCandidate, sound: readonly KsCandidate[]): number =>
  new Set(sound.map(({ ks }) => ks).filter((ks) => ks !== best.ks)).size;
