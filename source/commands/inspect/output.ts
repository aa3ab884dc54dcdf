import { isRefused, type KsExplanation, type KsReading } from '../../kaltura/ks/explain.js';
import { isoMoment } from '../../kaltura/lifetime.js';
import type { KeyAnswer } from '../../kaltura/sessions/read-on-server.js';
import {
  explanationFacts,
  explanationWarnings,
  faultParagraphs,
  privilegeParagraphs,
  serverParagraphs,
} from '../../messages/explanation/explanation.js';
import { problemCodes } from '../../messages/key-problems.js';
import { type Fact, indentedItem, type Paragraph, plain } from '../../messages/paragraph.js';
import { padTo, widestOf } from '../../terminal/width.js';

/** What is known about a key. */
export interface Inspected {
  readonly reading: KsReading;
  /** The server's response; null if it was not asked. */
  readonly response: KeyAnswer | null;
  readonly serviceUrl: string | null;
  readonly profile: string | null;
}

function factLines(facts: readonly Fact[]): string[] {
  const width = widestOf(facts.map(({ label }) => label)) + 2;
  return facts.map(({ label, value }) => `${padTo(label, width)}${value}`);
}

const linesOf = (paragraphs: readonly Paragraph[]): string[] => paragraphs.map(({ text }) => indentedItem(text));

/** For a key that may be valid, if the server was not asked. */
const NOT_CHECKED: Fact = { label: 'Revoked', value: 'not checked' };

const PRACTICE = plain('This key works only on the practice server.');

/**
 * Formats the result for a user, in groups of lines with an empty line between them.
 * @param now epoch seconds
 */
export function inspectedText({ reading, response }: Inspected, now: number): string {
  if (!reading.readable) return linesOf(faultParagraphs(reading)).join('\n');
  const { explanation } = reading;
  const isPractice = explanation.signature === 'valid' && explanation.checkedWith?.from === 'practice';
  const expiresAt = explanation.facts?.expiresAt ?? null;
  const isRevocationUnknown =
    response === null &&
    explanation.signature !== 'invalid' &&
    !isRefused(explanation) &&
    (expiresAt === null || expiresAt > now);
  const groups = [
    factLines([...explanationFacts(explanation, now), ...(isRevocationUnknown ? [NOT_CHECKED] : [])]),
    linesOf(response === null ? [] : serverParagraphs(response, now)),
    linesOf(privilegeParagraphs(explanation)),
    linesOf([...explanationWarnings(explanation, now, response !== null), ...(isPractice ? [PRACTICE] : [])]),
  ];
  return groups
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** Returns the source of the secret that verified the signature; null if nothing did. */
function verifiedBy(signature: KsExplanation['signature'], checkedWith: KsExplanation['checkedWith']) {
  if (signature !== 'valid') return null;
  return checkedWith === null ? 'server' : checkedWith.from;
}

/** Returns the state of the signature. A broken key has a valid signature only if its fields are the unreadable part. */
function signatureOf(reading: KsReading): KsExplanation['signature'] {
  if (reading.readable) return reading.explanation.signature;
  return reading.fault === 'bad-fields' ? 'valid' : 'invalid';
}

/** The result as `--json` prints it. Scripts depend on these names. `fault`, `ended`, `refused` and `forbidden` are present only if they apply. */
export function inspectedFacts({ reading, response, serviceUrl, profile }: Inspected) {
  const { version, partnerId, checkedWith, problems } = reading.readable ? reading.explanation : reading;
  const facts = reading.readable ? reading.explanation.facts : null;
  const expiresAt = facts?.expiresAt ?? null;
  const signature = signatureOf(reading);
  return {
    version,
    partnerId,
    userId: facts?.userId ?? null,
    type: facts?.type ?? null,
    privileges: facts?.privileges ?? null,
    expiresAt,
    expiresAtIso: isoMoment(expiresAt),
    serviceUrl,
    profile,
    signature,
    verifiedBy: verifiedBy(signature, checkedWith),
    problems: problemCodes(problems),
    ...(reading.readable ? {} : { fault: reading.fault }),
    ...(response?.answer === 'ended' ? { ended: response.reason } : {}),
    ...(response?.answer === 'refused' ? { refused: true } : {}),
    ...(response?.answer === 'forbidden' ? { forbidden: true } : {}),
  };
}
