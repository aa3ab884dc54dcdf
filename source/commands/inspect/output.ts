import type { KsExplanation, KsReading, UnreadableKs } from '../../kaltura/ks/explain.js';
import { isoMoment } from '../../kaltura/lifetime.js';
import type { KeyAnswer } from '../../kaltura/sessions/read-on-server.js';
import {
  explanationFacts,
  explanationWarnings,
  faultParagraphs,
  privilegeParagraphs,
  serverParagraphs,
} from '../../messages/explanation.js';
import type { Fact, Paragraph } from '../../messages/paragraph.js';
import { jsonText } from '../shared/report.js';

/** All that was found out about a key. */
export interface Inspected {
  readonly reading: KsReading;
  /** null where its server was not asked. */
  readonly said: KeyAnswer | null;
  readonly serviceUrl: string | null;
  readonly profile: string | null;
}

function factLines(facts: readonly Fact[]): string[] {
  const width = Math.max(...facts.map(({ label }) => label.length)) + 2;
  return facts.map(({ label, value }) => `${label.padEnd(width)}${value}`);
}

const linesOf = (paragraphs: readonly Paragraph[]): string[] =>
  paragraphs.map(({ text }) => (text.startsWith('· ') ? `  ${text}` : text));

const PRACTICE: Paragraph = { tone: 'plain', text: 'This key works only on the practice server.' };

/** For a person; groups of lines with an empty one between them. @param now epoch seconds */
export function inspectedText({ reading, said }: Inspected, now: number): string {
  if (!reading.readable) return linesOf(faultParagraphs(reading)).join('\n');
  const { explanation } = reading;
  const isPractice = explanation.signature === 'valid' && explanation.checkedWith?.from === 'practice';
  const groups = [
    factLines(explanationFacts(explanation, now)),
    linesOf(said === null ? [] : serverParagraphs(said, now)),
    linesOf(privilegeParagraphs(explanation)),
    linesOf([...explanationWarnings(explanation, now), ...(isPractice ? [PRACTICE] : [])]),
  ];
  return groups
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** The source of the secret that verified the signature; null if nothing did. */
function verifiedBy(signature: KsExplanation['signature'], checkedWith: KsExplanation['checkedWith']) {
  if (signature !== 'valid') return null;
  return checkedWith === null ? 'server' : checkedWith.from;
}

function readableJson({ partnerId, version, facts, signature, checkedWith }: KsExplanation) {
  const expiresAt = facts?.expiresAt ?? null;
  return {
    version,
    partnerId,
    userId: facts?.userId ?? null,
    type: facts?.type ?? null,
    privileges: facts?.privileges ?? null,
    expiresAt,
    expiresAtIso: isoMoment(expiresAt),
    signature,
    verifiedBy: verifiedBy(signature, checkedWith),
  };
}

/** Of the keys that no server can read, only those with unreadable fields have a valid signature. */
const brokenJson = ({ version, partnerId, fault, checkedWith }: UnreadableKs) => ({
  version,
  partnerId,
  userId: null,
  type: null,
  privileges: null,
  expiresAt: null,
  expiresAtIso: null,
  signature: fault === 'bad-fields' ? 'valid' : 'invalid',
  verifiedBy: fault === 'bad-fields' ? verifiedBy('valid', checkedWith) : null,
});

/** Scripts rely on these names: they stay. `fault`, `ended` and `refused` stand there only where it is so. */
export function inspectedJson({ reading, said, serviceUrl, profile }: Inspected): string {
  const { signature, verifiedBy, ...key } = reading.readable ? readableJson(reading.explanation) : brokenJson(reading);
  const more = {
    ...(reading.readable ? {} : { fault: reading.fault }),
    ...(said?.answer === 'ended' ? { ended: said.reason } : {}),
    ...(said?.answer === 'refused' ? { refused: true } : {}),
  };
  return jsonText({ ...key, serviceUrl, profile, signature, verifiedBy, ...more });
}
