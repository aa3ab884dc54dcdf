import type { PrivilegePair } from '../privileges/item.js';
import { privilegePairs } from '../privileges/privileges.js';
import type { KeyAnswer } from '../sessions/read-on-server.js';
import type { KeyFacts } from '../sign-in/key-request.js';
import { ksNumber } from './bytes.js';
import { factsOf } from './facts.js';
import type { KsVersion, ParsedKs } from './fields.js';
import { isRefusedByServers, type KsProblem } from './problem.js';
import { privilegePairsV1 } from './raw-fields.js';
import type { SecretSource } from './signing-secret.js';

/**
 * Returns the privileges of a key as the server reads them. Version 1 keeps each one as typed, so a space changes its
 * name, and `*` stays `*` (docs/kaltura-facts.md 1.3, 1.4).
 */
export const privilegePairsInKey = (privileges: string, version: KsVersion): PrivilegePair[] =>
  version === 2 ? privilegePairs(privileges) : privilegePairsV1(privileges);

/**
 * Returns whether the privileges are a wildcard: a lone `*` and, in version 2, also a lone `all:*`, which the server
 * reads as `*` (docs/kaltura-facts.md 0.9, 2.2).
 */
export const isWildcardIn = (privileges: string, version: KsVersion): boolean =>
  privileges === '*' || (version === 2 && privileges === 'all:*');

/** The explanation of a KS. */
export interface KsExplanation {
  readonly version: KsVersion;
  readonly partnerId: number;
  /** `unchecked` if there was no secret to check it with. */
  readonly signature: 'valid' | 'invalid' | 'unchecked';
  /** The source of the secret that the signature was checked with; null if the signature is unchecked or the server verified it. */
  readonly checkedWith: SecretSource | null;
  /** The source of the secret that made the key with wrong code, so that its signature is invalid; null if none did, as far as is known. */
  readonly madeWith: SecretSource | null;
  /** null if no secret opens the key. */
  readonly facts: KeyFacts | null;
  /** The source of the facts. */
  readonly factsFrom: 'key' | 'server' | null;
  /** Present if the server read the key and did not accept it. */
  readonly isRefusedNow?: true;
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
  /** What is wrong with the key or its code, the likeliest cause first. */
  readonly problems: readonly KsProblem[];
  /** Whether it is a public session, which anyone can open (docs/kaltura-facts.md 1.7, 5.7). */
  readonly isWidget: boolean;
}

/** The explanation of a key that no available secret opens. */
export const NOTHING_KNOWN = {
  madeWith: null,
  facts: null,
  factsFrom: null,
  typeNumber: null,
  madeAt: null,
  sessionGroup: null,
  appTokenId: null,
  masterPartnerId: null,
  additionalData: null,
  problems: [],
  isWidget: false,
} as const;

/** What is known of how a key was made. */
export type Verdict = Pick<KsExplanation, 'signature' | 'checkedWith' | 'madeWith' | 'problems'>;

/** Explains the fields of a key. `expiresAt` is the expiry as the server reads it. */
export function explanationOf(
  parsed: ParsedKs,
  expiresAt: number | null,
  { signature, checkedWith, madeWith, problems }: Verdict,
): KsExplanation {
  const { version, partnerId, type } = parsed;
  const facts = { ...factsOf(parsed), expiresAt };
  return {
    version,
    partnerId,
    signature,
    checkedWith,
    madeWith,
    problems,
    facts,
    factsFrom: 'key',
    typeNumber: Number.isNaN(type) ? null : type,
    madeAt: madeAt(parsed),
    masterPartnerId: masterPartnerOf(parsed),
    additionalData: orNull(parsed.additionalData),
    ...relatedIdsOf(facts, version),
  };
}

const orNull = (text: string | null | undefined): string | null => (text == null || text === '' ? null : text);

/** null also for text, which is another field in the wrong place. */
const masterPartnerOf = ({ masterPartnerId }: ParsedKs): string | null =>
  masterPartnerId != null && ksNumber(masterPartnerId) !== null ? masterPartnerId : null;

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

/** What is known of a key that a server accepts. */
const accepted = ({ problems }: KsExplanation): Verdict => ({
  signature: 'valid',
  checkedWith: null,
  madeWith: null,
  problems: problems.filter((problem) => !isRefusedByServers(problem) && problem.code !== 'signature-invalid'),
});

/** Adds the facts from the server. It sends them only for keys with a valid signature. */
export function withServerFacts(explanation: KsExplanation, facts: KeyFacts): KsExplanation {
  return {
    ...explanation,
    ...accepted(explanation),
    facts,
    factsFrom: 'server',
    ...relatedIdsOf(facts, explanation.version),
  };
}

/** Adds the server's answer about the key. The signature is valid even if the server only says that the key expired. */
export function withServerAnswer(explanation: KsExplanation, answer: KeyAnswer): KsExplanation {
  if (answer.answer === 'facts') return withServerFacts(explanation, answer.facts);
  if (answer.answer === 'refused' || answer.answer === 'forbidden') return explanation;
  return { ...explanation, ...accepted(explanation), isRefusedNow: true };
}

/** Whether every server refuses the key, whatever the time is. */
export const isRefused = ({ problems, facts, factsFrom }: KsExplanation): boolean =>
  problems.some(isRefusedByServers) || (factsFrom === 'key' && facts !== null && facts.expiresAt === null);
