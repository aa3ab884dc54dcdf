import { serviceUrlAt } from '../../kaltura/accounts/regions.js';
import { explainOwnKs, isPracticeKey, type KsExplanation, type KsReading } from '../../kaltura/ks/explain.js';
import type { SigningSecret } from '../../kaltura/ks/signing-secret.js';
import type { Secret } from '../../kaltura/secret.js';
import type { KeyFacts } from '../../kaltura/sign-in/key-request.js';
import type { KeyAccess } from '../engine/question.js';
import type { ScreenId } from '../engine/screen-id.js';
import { goTo, type State, stay, type Transition } from '../engine/state.js';
import { copyKey, currentKeyFor, labelOf, type OpenedKey } from './current-key.js';
import { type KeyServer, NO_CHECKING } from './key-use.js';

/** The key that is explained, checked, used or ended: the current one, or a pasted one. */
export interface Subject {
  readonly ks: Secret;
  readonly facts: KeyFacts | null;
  /** The server; null until the user has named it, because a key doesn't. */
  readonly server: KeyServer | null;
  /** The profile that saved this key. */
  readonly savedWith: string | null;
  /** The screen that shows the key. */
  readonly returnTo: ScreenId;
}

/** The account secret that the key was created with; null if the key was created in another way. */
function creationSecret({ key }: State): SigningSecret | null {
  const signIn = key?.request?.signIn;
  if (signIn?.method !== 'server' && signIn?.method !== 'local') return null;
  return { secret: signIn.secret, source: { from: 'creation' } };
}

const isValid = (reading: KsReading): boolean => reading.readable && reading.explanation.signature === 'valid';

/** Reads a key that was created or saved here: from the key itself, else from its creation. */
function readingOfKey(state: State): KsReading | null {
  const { key } = state;
  if (key === null) return null;
  // The sign-in may have used the user secret, which signs nothing: then the key is read without it.
  const withSecret = explainOwnKs(key.made.ks, creationSecret(state));
  const reading = isValid(withSecret) ? withSecret : explainOwnKs(key.made.ks, null);
  if (!reading.readable || reading.explanation.facts !== null) return reading;
  const { facts, confirmedBy } = key.made;
  const explanation: KsExplanation = {
    ...reading.explanation,
    facts,
    factsFrom: confirmedBy === 'server' ? 'server' : null,
  };
  return { readable: true, explanation };
}

export const readingOfSubject = (state: State): KsReading | null =>
  state.subject === 'key' ? readingOfKey(state) : state.inspection.reading;

/** Returns the subject; null if there is no key. */
export function subjectOf(state: State): Subject | null {
  const { key, inspection } = state;
  if (state.subject === 'key') {
    if (key === null) return null;
    const savedWith = key.request === null ? state.profileName : null;
    return { ks: key.made.ks, facts: key.made.facts, server: key.server, savedWith, returnTo: 'result' };
  }
  if (inspection.ks === null) return null;
  const facts = inspection.reading?.readable === true ? inspection.reading.explanation.facts : null;
  return { ks: inspection.ks, facts, server: inspection.server, savedWith: null, returnTo: 'explain' };
}

/** Returns what is known about the key. */
export const factsOf = (state: State): KeyFacts | null => subjectOf(state)?.facts ?? null;

/** Returns the key and its server; null if there is no key or its server is unknown. */
export function accessOf(state: State): KeyAccess | null {
  const subject = subjectOf(state);
  if (subject?.server == null) return null;
  const { ks, server } = subject;
  // A practice server of another program gets only verified keys of the practice account.
  const practice = server.region !== 'practice' ? null : isPracticeKey(ks) ? 'any' : 'own';
  return { ks, server: { serviceUrl: serviceUrlAt(server, state.practiceUrl), practice } };
}

/** Opens the result screen. A new key is printed to the terminal; a saved one can also just be copied. */
export function presentKey(state: State, opened: OpenedKey, how: 'show' | 'copy'): Transition {
  const keyCount = state.keyCount + 1;
  const key = currentKeyFor(state, opened, { number: keyCount, isShown: how === 'show' });
  const shown = goTo(state, 'result', {
    key,
    keyCount,
    earlierKey: null,
    lastKs: key.made.ks,
    subject: 'key',
    checking: NO_CHECKING,
    keyUse: { isCodePrinted: false, trail: [] },
  });
  return stay(shown, how === 'show' ? { do: 'show-key', ks: key.made.ks, label: labelOf(key) } : copyKey(key.made));
}

/** Returns to the review with the answers of the current key, which was created here. */
export const backToReview = (state: State): State =>
  goTo(state, 'review', { making: { hasReviewed: true, detour: null } });
