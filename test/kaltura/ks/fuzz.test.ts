import { describe, expect, test } from 'vitest';
import { inspectedFacts, inspectedText } from '../../../source/commands/inspect/output.js';
import { jsonText } from '../../../source/commands/shared/report.js';
import { explainKs, explainOwnKs } from '../../../source/kaltura/ks/explain.js';
import { findKs } from '../../../source/kaltura/ks/pasted/find.js';
import { signKsV1 } from '../../../source/kaltura/ks/v1.js';
import { signKsV2 } from '../../../source/kaltura/ks/v2.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { foundTexts } from '../../../source/messages/explanation/explanation.js';
import document from '../../fixtures/ks-vectors.json' with { type: 'json' };
import { isFull } from '../../sizes.js';
import { given } from '../given-secret.js';

/** `FUZZ_RUNS=1000000 npx vitest run test/kaltura/ks/fuzz.test.ts` tests more texts, and `FUZZ_SEED` other ones. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? (isFull ? 20_000 : 800));
const SEED = Number(process.env['FUZZ_SEED'] ?? 47_102);

const NOW = Date.UTC(2026, 10, 24, 16, 20) / 1000;

/** Mulberry32: returns the same numbers each time. */
function createRandom(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  return { below, oneOf };
}

type Random = ReturnType<typeof createRandom>;

const SECRETS = [...new Set(document.vectors.map(({ secret }) => secret))].map((text) => new Secret(text));

const HOSTILE =
  'djJ8|v2||;|:|,|*|all:*|=|==|%3D|%25|%|+| |  |\t|\n|\r\n|\0|\x1b[2J|\x9b|\u202e|\u2028|\u200b|\ufeff|\ud800|\udfff|é|日本|👩‍👩‍👧|"|\'|`|“|”|<|>|</result>|&|&amp;|\\|\\/|\\u003d|/ks/|?ks=|ks=|"ks":"|Authorization: KS |Bearer |https://|…|{|}|[|]|[0]|__proto__|constructor|sessionid:|apptoken:|widget:1|setrole:-1|actionslimit:0|1e400|NaN|-1|9999999999999|_e|_u'
    .split('|')
    .concat('|', '');

function inventedKey(random: Random): string {
  const privileges = Array.from(
    { length: random.below(6) },
    () => `${random.oneOf(HOSTILE)}${random.oneOf(HOSTILE)}`,
  ).join(',');
  const fields = {
    partnerId: random.oneOf([0, 102, -1, 2_147_483_647]),
    type: random.oneOf([0, 2, 1, 10, -1, Number.NaN]),
    expiresAt: random.oneOf([0, -5, 1_600_000_000, 1_893_456_000, 999_999_999_999, 1.5, Number.NaN]),
    userId: `${random.oneOf(HOSTILE)}${random.oneOf(HOSTILE)}`,
    privileges,
  };
  try {
    return random.below(2) === 0
      ? signKsV1(fields, random.oneOf(SECRETS), String(random.oneOf([1, 1_700_000_000.25, 'x'])))
      : signKsV2(
          fields,
          random.oneOf(SECRETS),
          Uint8Array.from({ length: 16 }, () => random.below(256)),
        );
  } catch {
    return Buffer.from(`${'a'.repeat(40)}|102;102;${privileges};${fields.userId}`).toString('base64');
  }
}

const keyOf = (random: Random): string =>
  random.below(2) === 0 ? inventedKey(random) : random.oneOf([...document.vectors, ...document.other_cases]).ks;

const CHANGES: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => text.slice(random.below(text.length + 1)),
  (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + random.oneOf(HOSTILE) + text.slice(at + random.below(3));
  },
  (text, random) => {
    const at = random.below(text.length + 1);
    return `${text.slice(0, at)}${random.oneOf(['A', 'z', '0', '-', '_', '+', '/', '='])}${text.slice(at + 1)}`;
  },
  (text, random) =>
    text.replaceAll(
      new RegExp(`.{${20 + random.below(70)}}`, 'g'),
      (line) => `${line}${random.oneOf(['\n', '\n   ', ' \\\n', '\r\n> ', ' │\n│ '])}`,
    ),
  (text) => encodeURIComponent(Buffer.from(text).toString('utf8')),
  (text) => text.replaceAll('+', ' '),
  (text) => JSON.stringify({ ks: text }).replaceAll('/', '\\/'),
  (text, random) => `${random.oneOf(HOSTILE)}${text}${random.oneOf(HOSTILE)}`,
  (text, random) => `${text}${random.oneOf(['\n', ' ', '&', ''])}${keyOf(random)}`,
  (text, random) =>
    `${random.oneOf(['ks=', 'export KS=', 'https://x/ks/', 'Authorization: KS ', '<result>', '"ks": "'])}${text}`,
  (text, random) => text.repeat(1 + random.below(3)),
];

function pasteOf(random: Random): string {
  let text = keyOf(random);
  for (let changes = random.below(4); changes > 0; changes -= 1) text = random.oneOf(CHANGES)(text, random);
  return text;
}

/** The complete output of the command for a pasted text, or null if the text has no key. */
function outputOf(
  paste: string,
  secret: Secret | null,
  searchesMistakes: boolean,
): { readonly ks: string; readonly text: string; readonly isRead: boolean } | null {
  const finding = findKs(paste);
  if (!finding.found) return null;
  const reading = (searchesMistakes ? explainKs : explainOwnKs)(finding.ks, given(secret));
  const inspected = { reading, response: null, serviceUrl: null, profile: null };
  const text = [...foundTexts(finding), inspectedText(inspected, NOW), jsonText(inspectedFacts(inspected))].join('\n');
  return { ks: finding.ks.reveal(), text, isRead: reading.readable };
}

test(`${RUNS} damaged keys and pastes: each is explained on clean lines, and no complete key is repeated`, () => {
  const random = createRandom(SEED);
  const counts = { none: 0, broken: 0, read: 0 };
  for (let run = 0; run < RUNS; run += 1) {
    const paste = pasteOf(random);
    const output = outputOf(
      paste,
      random.oneOf([null, random.oneOf(SECRETS), new Secret('f'.repeat(32))]),
      run % 50 === 0,
    );
    if (output === null) {
      counts.none += 1;
      continue;
    }
    counts[output.isRead ? 'read' : 'broken'] += 1;
    const isRepeated = output.ks.length >= 24 && output.text.includes(output.ks);
    const isDirty = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(output.text.replaceAll('\n', ''));
    if (isRepeated || isDirty) expect.fail(`${isRepeated ? 'repeated' : 'dirty'}: ${JSON.stringify(paste)}`);
  }
  // The changes result in many texts of each kind.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(RUNS / 50);
  if (process.env['FUZZ_RUNS'] !== undefined) console.log(counts);
}, 3_600_000);

describe('long and repetitive texts are searched in linear time', () => {
  const key = document.vectors[5]?.ks as string;
  const v1 = document.vectors[0]?.ks as string;
  // The number of characters. A search with quadratic time exceeds the time limit.
  const MOST = isFull ? 250_000 : 120_000;
  const filled = (piece: string): string => piece.repeat(Math.floor(MOST / piece.length));
  test.each<[string, string]>(
    [
      'djJ8',
      'djJ8 ',
      'djJ8\n',
      'xdjJ8xxxxxxxxxxxxxxxxxxxxx\n',
      '=',
      ' ',
      '\n',
      '\t \n',
      '%',
      '%25',
      '%252525',
      '\\',
      '\\\\/',
      '"',
      "'",
      'ks=',
      'ks ',
      'ks/',
      '/ks/djJ8',
      'Authorization: KS ',
      'NWMzMjhm',
      'NWMzMjhmZWMzZDdk ',
      'a',
      'a ',
      'a\n',
      '│ ',
      '> \n',
      '\u200b',
      '\0',
      '…',
      '[',
      `${key}\n`,
      `${key} `,
      `${v1}\n`,
      `${v1.slice(0, 60)}\n`,
      `ks=${key.slice(0, 60)}&`,
      `"${key}",`,
    ].map((piece) => [JSON.stringify(piece).slice(0, 40), piece] as [string, string]),
  )('%s', (_name, piece) => {
    for (const text of [
      filled(piece),
      `djJ8${filled(piece).slice(8)}!`,
      `a${filled(piece).slice(8)}b`,
      `${v1.slice(0, 60)}${filled(piece).slice(100)}`,
    ]) {
      expect(() => outputOf(text, SECRETS[0] ?? null, true)).not.toThrow();
    }
  });

  test('a key with thousands of privileges, and a key that is too long', () => {
    const fields = { partnerId: 102, type: 0, expiresAt: 1_893_456_000, userId: '' };
    const keyWith = (count: number): string =>
      signKsV1({ ...fields, privileges: 'p:1,'.repeat(count) }, SECRETS[0] as Secret, '1');
    expect(outputOf(keyWith(isFull ? 90_000 : 20_000), SECRETS[0] ?? null, true)?.isRead).toBe(true);
    expect(outputOf(keyWith(180_000), SECRETS[0] ?? null, true)).toBeNull();
  });
});
