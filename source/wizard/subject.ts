import { explainKs, type KsExplanation, type KsReading } from '../kaltura/explain-ks.js';
import type { KeyFacts } from '../kaltura/key-request.js';
import type { Secret } from '../kaltura/secret.js';
import type { PlaceOfKey } from './inspection.js';
import type { AskedServer } from './question.js';
import { serviceUrlAt } from './reading.js';
import type { ScreenId, State } from './state.js';

/** The key that is being explained, checked, used or ended: the one in hand, or one that was pasted. */
export interface Subject {
  readonly ks: Secret;
  readonly facts: KeyFacts | null;
  /** null until the person has said where the account lives: a key does not say it. */
  readonly place: PlaceOfKey | null;
  /** The profile that keeps this very key. */
  readonly keptWith: string | null;
  /** The screen that one comes back to. */
  readonly home: ScreenId;
}

/** The secrets with which the key in hand was made, and the practice account's, which is none. */
function secretsAtHand({ key, setting }: State): readonly Secret[] {
  const signIn = key?.request?.signIn;
  const own = signIn?.method === 'server' || signIn?.method === 'local' ? [signIn.secret] : [];
  return [...own, setting.pretend.secret];
}

/** What can be said of a key that was made or kept here: what it says of itself, else what is known of it from its making. */
function readingOfKey(state: State): KsReading | null {
  const { key } = state;
  if (key === null) return null;
  const reading = explainKs(key.made.ks, secretsAtHand(state));
  if (!reading.readable || reading.explanation.facts !== null) return reading;
  const { facts, confirmedBy } = key.made;
  // No secret at hand opens it, which says nothing about its signature.
  const explanation: KsExplanation = {
    ...reading.explanation,
    signature: 'unchecked',
    facts,
    says: confirmedBy === 'server' ? 'server' : null,
  };
  return { readable: true, explanation };
}

export const readingOfSubject = (state: State): KsReading | null =>
  state.subject === 'key' ? readingOfKey(state) : state.inspection.reading;

/** null where there is no key at all. */
export function subjectOf(state: State): Subject | null {
  const { key, inspection } = state;
  if (state.subject === 'key') {
    if (key === null) return null;
    const keptWith = key.request === null ? state.profileName : null;
    return { ks: key.made.ks, facts: key.made.facts, place: key.place, keptWith, home: 'result' };
  }
  if (inspection.ks === null) return null;
  const facts = inspection.reading?.readable === true ? inspection.reading.explanation.facts : null;
  return { ks: inspection.ks, facts, place: inspection.place, keptWith: null, home: 'explain' };
}

/** Another program's practice server may be asked only about keys of the account that is pretended. */
export function serverOf(place: PlaceOfKey, state: State, partnerId: number | null): AskedServer {
  const isPretended = String(partnerId) === state.setting.pretend.partnerId;
  return {
    serviceUrl: serviceUrlAt(place, state.practiceUrl),
    practice: place.region !== 'practice' ? null : isPretended ? 'any' : 'own',
  };
}
