import { createHash } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { SIZES } from '../sizes.js';
import { isRecording, readFrozen, writeFrozen } from './golden.js';
import { type Pair, type PlainProfile, pairsOf } from './key-pairs.js';
import { DECISIONS } from './same-key-adapter.js';

const FILE = 'same-key.json';
const SEED = 20_261_124;
const COUNT = 10_000;

/** The number of changed decisions that a failure shows. */
const SHOWN = 3;

interface Recorded {
  readonly seed: number;
  readonly count: number;
  /** The hash of the pairs as JSON. The decisions are only valid for these pairs. */
  readonly pairs: string;
  /** One bit for each pair, as hexadecimal digits, the first pair first. */
  readonly decisions: Readonly<Record<string, string>>;
}

const pairs = pairsOf(SEED, COUNT);
const digest = createHash('sha256').update(JSON.stringify(pairs)).digest('hex');

const packed = (bits: readonly boolean[]): string =>
  Array.from({ length: bits.length / 4 }, (_, index) =>
    bits
      .slice(index * 4, index * 4 + 4)
      .reduce((sum, bit) => sum * 2 + (bit ? 1 : 0), 0)
      .toString(16),
  ).join('');

const unpacked = (digits: string): boolean[] =>
  [...digits].flatMap((digit) => [8, 4, 2, 1].map((weight) => (Number.parseInt(digit, 16) & weight) !== 0));

/** The fields in which the two profiles differ. */
function differences({ one, other, typed, keys }: Pair): string {
  const fields = (Object.keys(one) as (keyof PlainProfile)[]).filter(
    (field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]),
  );
  const texts = fields.map((field) => `${field}: ${JSON.stringify(one[field])} / ${JSON.stringify(other[field])}`);
  return [...texts, `typed: ${JSON.stringify(typed)}`, `keys: ${keys.join(' / ')}`, `in: ${JSON.stringify(one)}`].join(
    '\n    ',
  );
}

/** Describes the pairs with a decision that differs from the recorded one. */
function changedDecisions(bits: readonly boolean[], expected: readonly boolean[]): string[] {
  const changed = bits.flatMap((bit, index) => (bit === expected[index] ? [] : [index]));
  const shown = changed.slice(0, SHOWN).map((index) => {
    const pair = pairs[index] as Pair;
    return `pair ${index}: ${bits[index] ? 'yes' : 'no'}, recorded ${expected[index] ? 'yes' : 'no'}\n    ${differences(pair)}`;
  });
  return changed.length > SHOWN ? [...shown, `and ${changed.length - SHOWN} more`] : shown;
}

describe('is it the same key?', () => {
  const recorded = new Map<string, string>();
  const text = readFrozen(FILE);
  const expected: Recorded = text === '' ? { seed: 0, count: 0, pairs: '', decisions: {} } : JSON.parse(text);

  test.skipIf(isRecording)('the pairs are the recorded ones', () => {
    expect({ seed: expected.seed, count: expected.count, pairs: expected.pairs }).toEqual({
      seed: SEED,
      count: COUNT,
      pairs: digest,
    });
  });

  test('about half of the pairs differ in exactly one field', () => {
    const single = pairs.filter(({ one, other }) => {
      const fields = Object.keys(one) as (keyof PlainProfile)[];
      return fields.filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field])).length === 1;
    });
    expect(single.length / COUNT).toBeGreaterThan(0.4);
    expect(single.length / COUNT).toBeLessThan(0.65);
  });

  for (const [name, decide] of Object.entries(DECISIONS)) {
    test(name, () => {
      const bits = (isRecording ? pairs : pairs.slice(0, SIZES.sameKeyPairs)).map(decide);
      // A decision that is always the same tests nothing.
      expect(new Set(bits).size).toBe(2);
      if (isRecording) recorded.set(name, packed(bits));
      else expect(changedDecisions(bits, unpacked(expected.decisions[name] ?? ''))).toEqual([]);
    });
  }

  test.skipIf(isRecording)('every recorded decision is still made', () => {
    expect(Object.keys(DECISIONS)).toEqual(Object.keys(expected.decisions));
  });

  afterAll(() => {
    if (!isRecording) return;
    const data: Recorded = { seed: SEED, count: COUNT, pairs: digest, decisions: Object.fromEntries(recorded) };
    writeFrozen(FILE, `${JSON.stringify(data, null, 2)}\n`);
  });
});
