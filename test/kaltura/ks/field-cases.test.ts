import { expect, test } from 'vitest';
import { explainKs, isRefused, type KsReading } from '../../../source/kaltura/ks/explain.js';
import { findKs } from '../../../source/kaltura/ks/pasted/find.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { FIELD_CASES, FIELD_SECRET } from '../../fixtures/field-cases.js';
import { given } from '../given-secret.js';

/** The time of the cases, in epoch seconds. */
const NOW = Date.UTC(2026, 10, 24, 16, 20) / 1000;

function readingOf(text: string, secret: string | null): KsReading {
  const finding = findKs(text);
  if (!finding.found) throw new Error(finding.why);
  return explainKs(finding.ks, given(secret === null ? null : new Secret(secret)));
}

const codesOf = (reading: KsReading): string[] => [
  ...new Set((reading.readable ? reading.explanation.problems : reading.problems).map(({ code }) => code)),
];

test.each(FIELD_CASES)('$id: the explanation has its problems', ({ text, exit, problems, secret }) => {
  const reading = readingOf(text, secret);
  expect(codesOf(reading)).toEqual(problems);
  if (!reading.readable) throw new Error(reading.fault);
  const { explanation } = reading;
  const end = explanation.facts?.expiresAt ?? null;
  const isGood = explanation.signature === 'valid' && !isRefused(explanation) && end !== null && end > NOW;
  expect(isGood).toBe(exit === 0);
});

test.each(FIELD_CASES.filter(({ id }) => id !== 'forged_v2'))(
  '$id: without a secret, the practice secret gives the same explanation',
  ({ text, problems }) => {
    expect(codesOf(readingOf(text, null))).toEqual(problems);
  },
);

test('forged_v2: the practice secret never verifies the key of another account', () => {
  const { text } = FIELD_CASES[0] as (typeof FIELD_CASES)[number];
  expect(readingOf(text, null)).toMatchObject({ explanation: { signature: 'unchecked', facts: null, problems: [] } });
  expect(readingOf(text, FIELD_SECRET)).toMatchObject({
    explanation: { signature: 'invalid', madeWith: null, facts: null, problems: [{ code: 'signature-invalid' }] },
  });
});
