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
 * The privileges of a key as the server reads them: version 1 keeps each as it was typed, so that a blank makes it another name, and `*`
 * stays what it is (docs/kaltura-facts.md 1.3, 1.4).
 */
export function privilegePairsInKey(privileges: string, version: KsVersion): PrivilegePair[] {
  if (version === 2) return privilegePairs(privileges);
  return privileges
    .split(',')
    .filter((part) => part !== '')
    .map(splitPair);
}

/** Whether they are a wildcard: `*` alone, and in version 2 also `all:*` alone, which the server reads as `*` (docs/kaltura-facts.md 0.9, 2.2). */
export const isWildcardIn = (privileges: string, version: KsVersion): boolean =>
  privileges === '*' || (version === 2 && privileges === 'all:*');

export type { KsOddity } from './shape.js';

/** What can be said of a KS. */
export interface KsExplanation {
  readonly version: KsVersion;
  readonly partnerId: number;
  /** `unchecked` if there was no secret to check it with. */
  readonly signature: 'valid' | 'invalid' | 'unchecked';
  /** The source of the secret that the signature was checked with; null if the signature is unchecked or the server verified it. */
  readonly checkedWith: SecretSource | null;
  /** null where nothing opens it. */
  readonly facts: KeyFacts | null;
  /** Who says what the facts are. */
  readonly factsFrom: 'key' | 'server' | null;
  /** As it stands in the key: 0 USER, 2 ADMIN, and what else a program may have written; null where it is no number, or not known. */
  readonly typeNumber: number | null;
  /** Epoch seconds. Keys of version 1 alone tell, where the server made them: it writes the time in the place of the random part (docs/kaltura-facts.md 1.3). */
  readonly madeAt: number | null;
  /** The `sessionid` that groups it with other keys (docs/kaltura-facts.md 5.5). */
  readonly sessionGroup: string | null;
  /** The app token that it was made from (docs/kaltura-facts.md 5.8). */
  readonly appTokenId: string | null;
  /** The account that had it made for another one (docs/kaltura-facts.md 5.9). */
  readonly masterPartnerId: string | null;
  readonly additionalData: string | null;
  /** A public session, which anyone may open (docs/kaltura-facts.md 1.7, 5.7). */
  readonly isWidget: boolean;
}

export interface UnreadableKs extends Pick<KsShape, 'version' | 'partnerId'> {
  readonly readable: false;
  readonly fault: KsFault;
  /** The source of the secret that signed it, for `bad-fields`; otherwise null. */
  readonly checkedWith: SecretSource | null;
  /** What shows in the text, where it tells why. */
  readonly oddity: KsOddity | null;
}

export type KsReading = { readonly readable: true; readonly explanation: KsExplanation } | UnreadableKs;

/**
 * Reads a KS as far as it can be read (docs/kaltura-facts.md 1.1, 1.3, 1.4). Without a secret, version 1 can be read whole, and version 2 shows only its
 * account. Doesn't look at the expiry. Sends nothing.
 *
 * @param given the admin secret that decides whether the signature is valid (a user secret signs nothing, docs/kaltura-facts.md 0.1). Without one, the
 *   practice secret verifies the keys of practice accounts, and every other signature stays unchecked
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
  // The server takes what is signed, though it may look too short.
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

/** null if the secret doesn't fit; an error if it fits and the rest cannot be read. */
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

/** As PHP writes the time with fractions. A whole number may be a random one, or the end of a key for `downloadasset` (docs/kaltura-facts.md 1.3, 1.5). */
const TIME = /^\d{10}\.\d{1,4}$/;

const madeAt = ({ version, random }: ParsedKs): number | null =>
  version === 1 && TIME.test(random) ? Math.floor(Number(random)) : null;

function relatedIdsOf({ privileges, type, userId }: KeyFacts, version: KsVersion) {
  const held = privilegePairsInKey(privileges ?? '', version);
  const valueNamed = (name: string): string | null => orNull(held.find(([other]) => other === name)?.[1]);
  const isNobody = userId === null || userId === '' || userId === '0';
  return {
    // Of several, only the first counts (docs/kaltura-facts.md 5.5).
    sessionGroup: orNull(valueNamed('sessionid')?.split('/')[0]),
    appTokenId: valueNamed('apptoken'),
    isWidget: type === 'USER' && isNobody && (privileges ?? '').includes('widget:1'),
  };
}

/** With what the server said of the key: it tells only of keys whose signature it found right. */
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

/** With whatever the server answered about the key: also where it only says that it ended, its signature was right. */
export function withServerAnswer(explanation: KsExplanation, said: KeyAnswer): KsExplanation {
  if (said.answer === 'facts') return withServerFacts(explanation, said.facts);
  return said.answer === 'refused' ? explanation : { ...explanation, signature: 'valid', checkedWith: null };
}
