import { type PrivilegePair, splitPair } from '../privileges/item.js';
import { privilegePairs } from '../privileges/privileges.js';
import type { Secret } from '../secret.js';
import type { KeyAnswer } from '../sessions/read-on-server.js';
import type { KeyFacts } from '../sign-in/key-request.js';
import { factsOf } from './facts.js';
import { KsError, type KsFault, type KsVersion, type ParsedKs } from './fields.js';
import { openKs } from './open.js';
import { type KsOddity, type KsShape, oddityOf, shapeOf } from './shape.js';
import { type SecretSource, type SigningSecret, verificationSecret } from './signing-secret.js';
import { readKsV1 } from './v1.js';

/**
 * Returns the privileges of a key as the server reads them. Version 1 keeps each one as typed, so a space changes its
 * name, and `*` stays `*` (docs/kaltura-facts.md 1.3, 1.4).
 */
export function privilegePairsInKey(privileges: string, version: KsVersion): PrivilegePair[] {
  if (version === 2) return privilegePairs(privileges);
  return privileges
    .split(',')
    .filter((part) => part !== '')
    .map(splitPair);
}

/**
 * Returns whether the privileges are a wildcard: a lone `*` and, in version 2, also a lone `all:*`, which the server
 * reads as `*` (docs/kaltura-facts.md 0.9, 2.2).
 */
export const isWildcardIn = (privileges: string, version: KsVersion): boolean =>
  privileges === '*' || (version === 2 && privileges === 'all:*');

export type { KsOddity } from './shape.js';

/** The explanation of a KS. */
export interface KsExplanation {
  readonly version: KsVersion;
  readonly partnerId: number;
  /** `unchecked` if there was no secret to check it with. */
  readonly signature: 'valid' | 'invalid' | 'unchecked';
  /** The source of the secret that the signature was checked with; null if the signature is unchecked or the server verified it. */
  readonly checkedWith: SecretSource | null;
  /** null if no secret opens the key. */
  readonly facts: KeyFacts | null;
  /** The source of the facts. */
  readonly factsFrom: 'key' | 'server' | null;
  /**
   * The type number in the key: 0 USER, 2 ADMIN, or another number from other software; null if unknown or not a
   * number.
   */
  readonly typeNumber: number | null;
  /**
   * Creation time in epoch seconds. Only version 1 keys made by the server have it: the server writes it into the
   * random field (docs/kaltura-facts.md 1.3).
   */
  readonly madeAt: number | null;
  /** The `sessionid` that groups this key with others (docs/kaltura-facts.md 5.5). */
  readonly sessionGroup: string | null;
  /** The app token that the key was created from (docs/kaltura-facts.md 5.8). */
  readonly appTokenId: string | null;
  /** The account that requested the key for this account (docs/kaltura-facts.md 5.9). */
  readonly masterPartnerId: string | null;
  readonly additionalData: string | null;
  /** Whether it is a public session, which anyone can open (docs/kaltura-facts.md 1.7, 5.7). */
  readonly isWidget: boolean;
}

export interface UnreadableKs extends Pick<KsShape, 'version' | 'partnerId'> {
  readonly readable: false;
  readonly fault: KsFault;
  /** The source of the secret that signed it, for `bad-fields`; otherwise null. */
  readonly checkedWith: SecretSource | null;
  /** What is visibly wrong with the text, if that explains the failure. */
  readonly oddity: KsOddity | null;
}

export type KsReading = { readonly readable: true; readonly explanation: KsExplanation } | UnreadableKs;

/**
 * Explains as much of a KS as it can (docs/kaltura-facts.md 1.1, 1.3, 1.4). Without a secret, a version 1 key is fully
 * readable, and a version 2 key shows only its account. Doesn't check the expiry. Sends nothing.
 *
 * @param given the admin secret that decides whether the signature is valid (a user secret signs nothing,
 *   docs/kaltura-facts.md 0.1). Without one, the practice secret verifies the keys of practice accounts, and every
 *   other signature stays unchecked
 */
export function explainKs(ks: Secret, given: SigningSecret | null): KsReading {
  const text = ks.reveal();
  const { version, partnerId, fault } = shapeOf(text);
  const deciding = verificationSecret(partnerId, given);
  const source = deciding?.source ?? null;
  const canOpen = deciding?.canVerify === true && (fault === null || fault === 'cut-off');
  const opened = canOpen ? openedKs(text, deciding.secret) : null;
  if (opened instanceof KsError) {
    return { readable: false, version, partnerId, fault: opened.fault, oddity: null, checkedWith: source };
  }
  // A valid signature wins, even if the key looks too short.
  if (opened !== null) return { readable: true, explanation: explanationOf(opened, 'valid', source) };
  if (fault !== null || version === null || partnerId === null) {
    return {
      readable: false,
      version,
      partnerId,
      fault: fault ?? 'not-a-ks',
      oddity: oddityOf(text),
      checkedWith: null,
    };
  }
  // Without a given secret, nothing says that the key is wrong: the practice accounts' numbers may exist on a real server too.
  const signature = given === null ? 'unchecked' : 'invalid';
  const checkedWith = given === null ? null : source;
  if (version === 1) return { readable: true, explanation: explanationOf(readKsV1(text), signature, checkedWith) };
  return { readable: true, explanation: { ...NOTHING_KNOWN, version, partnerId, signature, checkedWith } };
}

/** Whether the key is verified as a key of a practice account. Such a key is not secret: any program on this computer may see it. */
export function isPracticeKey(ks: Secret): boolean {
  const reading = explainKs(ks, null);
  return reading.readable && reading.explanation.signature === 'valid';
}

/** Opens a KS; null if the secret doesn't match, and an error if it matches and the rest is unreadable. */
function openedKs(text: string, adminSecret: Secret): ParsedKs | KsError | null {
  try {
    return openKs(text, [adminSecret]);
  } catch (error) {
    if (!(error instanceof KsError)) throw error;
    return error.fault === 'bad-fields' ? error : null;
  }
}

const NOTHING_KNOWN = {
  facts: null,
  factsFrom: null,
  typeNumber: null,
  madeAt: null,
  sessionGroup: null,
  appTokenId: null,
  masterPartnerId: null,
  additionalData: null,
  isWidget: false,
} as const;

function explanationOf(
  parsed: ParsedKs,
  signature: KsExplanation['signature'],
  checkedWith: SecretSource | null,
): KsExplanation {
  const { version, partnerId, type } = parsed;
  const facts = factsOf(parsed);
  return {
    version,
    partnerId,
    signature,
    checkedWith,
    facts,
    factsFrom: 'key',
    typeNumber: Number.isNaN(type) ? null : type,
    madeAt: madeAt(parsed),
    masterPartnerId: orNull(parsed.masterPartnerId),
    additionalData: orNull(parsed.additionalData),
    ...relatedIdsOf(facts, version),
  };
}

const orNull = (text: string | null | undefined): string | null => (text == null || text === '' ? null : text);

/**
 * A time as PHP writes it, with fractions. A whole number can be random, or the expiry of a `downloadasset` key
 * (docs/kaltura-facts.md 1.3, 1.5).
 */
const TIME = /^\d{10}\.\d{1,4}$/;

const madeAt = ({ version, random }: ParsedKs): number | null =>
  version === 1 && TIME.test(random) ? Math.floor(Number(random)) : null;

function relatedIdsOf({ privileges, type, userId }: KeyFacts, version: KsVersion) {
  const held = privilegePairsInKey(privileges ?? '', version);
  const valueNamed = (name: string): string | null => orNull(held.find(([other]) => other === name)?.[1]);
  const isNobody = userId === null || userId === '' || userId === '0';
  return {
    // Only the first of several values counts (docs/kaltura-facts.md 5.5).
    sessionGroup: orNull(valueNamed('sessionid')?.split('/')[0]),
    appTokenId: valueNamed('apptoken'),
    isWidget: type === 'USER' && isNobody && (privileges ?? '').includes('widget:1'),
  };
}

/** Adds the facts from the server. It sends them only for keys with a valid signature. */
export function withServerFacts(explanation: KsExplanation, facts: KeyFacts): KsExplanation {
  return {
    ...explanation,
    signature: 'valid',
    checkedWith: null,
    facts,
    factsFrom: 'server',
    ...relatedIdsOf(facts, explanation.version),
  };
}

/** Adds the server's answer about the key. The signature is valid even if the server only says that the key expired. */
export function withServerAnswer(explanation: KsExplanation, answer: KeyAnswer): KsExplanation {
  if (answer.answer === 'facts') return withServerFacts(explanation, answer.facts);
  return answer.answer === 'refused' ? explanation : { ...explanation, signature: 'valid', checkedWith: null };
}
