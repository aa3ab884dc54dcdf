import { describe, expect, test } from 'vitest';
import { findKs, type KsWrapping } from '../../../../source/kaltura/ks/pasted/find.js';
import { piecesBySpace, wordAt } from '../../../../source/kaltura/ks/pasted/pieces.js';
import { signKsV1 } from '../../../../source/kaltura/ks/v1.js';
import { Secret } from '../../../../source/kaltura/secret.js';
import document from '../../../fixtures/ks-vectors.json' with { type: 'json' };
import { digest, INFO, SECRET, v1Key, wrongV2 } from '../wrong-keys.js';

const KEYS = document.vectors.map(({ ks }) => ks);
const V1 = KEYS[0] as string;
const V2 = KEYS[5] as string;

/** Its base64 text has all three special characters: `+`, `/` and `=`. */
const V1_WITH_SIGNS = signKsV1(
  { partnerId: 102, type: 0, expiresAt: 1893456000, userId: 'zoë~?ß>ÿ~', privileges: 'privacycontext:ÿÿ~~>>??' },
  new Secret('0123456789abcdef0123456789abcdef'),
  '1700000000.1234',
);

const inLines = (ks: string, width: number, before = '', behind = ''): string =>
  (ks.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => `${before}${line}${behind}`).join('\n');

const WRAPPINGS: Readonly<Record<string, readonly [wrapping: KsWrapping, wrap: (ks: string) => string]>> = {
  'the key itself': ['none', (ks) => ks],
  'spaces and a line end around it': ['none', (ks) => `  ${ks}\r\n`],
  'double quotes': ['quotes', (ks) => `"${ks}"`],
  'single quotes': ['quotes', (ks) => `'${ks}'`],
  backticks: ['quotes', (ks) => `\`${ks}\``],
  'typographic quotes': ['quotes', (ks) => `“${ks}”`],
  'ks=': ['assignment', (ks) => `ks=${ks}`],
  'KALTURA_KS=': ['assignment', (ks) => `KALTURA_KS=${ks}`],
  'export in a shell': ['assignment', (ks) => `export KALTURA_KS='${ks}'`],
  PowerShell: ['assignment', (ks) => `$env:KALTURA_KS = "${ks}"`],
  PHP: ['assignment', (ks) => `'ks' => '${ks}',`],
  YAML: ['assignment', (ks) => `ks: ${ks}`],
  'a curl command': ['assignment', (ks) => `curl -d ks=${ks} -d format=1 https://www.kaltura.com/api_v3/`],
  'JSON, slashes escaped': ['json', (ks) => `{"ks":"${ks.replaceAll('/', '\\/')}","partnerId":102}`],
  'JSON, signs as codes': [
    'json',
    (ks) => JSON.stringify({ ks }).replaceAll('=', '\\u003d').replaceAll('+', '\\u002b').replaceAll('/', '\\u002F'),
  ],
  'JSON in JSON': ['json', (ks) => JSON.stringify(JSON.stringify({ ks }).replaceAll('/', '\\/'))],
  'a query': [
    'address',
    (ks) => `https://www.kaltura.com/api_v3/service/session/action/get?ks=${encodeURIComponent(ks)}&format=1`,
  ],
  'a query, not encoded': ['address', (ks) => `https://www.kaltura.com/api_v3/?service=session&ks=${ks}&format=1`],
  'a path': [
    'address',
    (ks) => `https://cdn.kaltura.com/p/102/entryId/0_abc/ks/${encodeURIComponent(ks)}/format/applehttp/a.m3u8`,
  ],
  'an address in an address': [
    'address',
    (ks) => `https://a/?go=${encodeURIComponent(`https://b/?ks=${encodeURIComponent(ks)}&x=1`)}`,
  ],
  'a header KS': ['header', (ks) => `Authorization: KS ${ks}`],
  'a header Bearer in a command': ['header', (ks) => `curl -H 'Authorization: Bearer ${ks}' https://www.kaltura.com`],
  'an XML answer': [
    'text',
    (ks) => `<?xml version="1.0"?><xml><result>${ks}</result><executionTime>0.1</executionTime></xml>`,
  ],
  'a sentence': ['text', (ks) => `The key is ${ks}, please use it.`],
  'lines of 80': ['lines', (ks) => inLines(ks, 80)],
  'indented lines of 60': ['lines', (ks) => inLines(ks, 60, '    ')],
  'lines of Windows': ['lines', (ks) => inLines(ks, 72).replaceAll('\n', '\r\n')],
  'lines as a terminal sends them in a paste': ['lines', (ks) => inLines(ks, 72).replaceAll('\n', '\r')],
  'an assignment on several lines': ['assignment', (ks) => `KS="${inLines(ks, 60, '  ').trim()}"`],
  'lines that end with a backslash': ['assignment', (ks) => `ks=${inLines(ks, 50, '', ' \\')}`],
  'a command that a terminal broke': [
    'header',
    (ks) => `curl -H 'Authorization: KS ${ks.slice(0, 17)}\n${inLines(ks.slice(17), 80)}'`,
  ],
  'a quoted mail': ['text', (ks) => inLines(ks, 60, '> ')],
  'a frame': ['text', (ks) => inLines(ks, 60, '│ ', ' │')],
  'words on the next lines': ['text', (ks) => `${ks}\nThanks\nBob`],
  'a zero-width space inside': ['none', (ks) => `${ks.slice(0, 30)}\u200B${ks.slice(30)}`],
  'a file in UTF-16': ['none', (ks) => `\uFEFF${[...ks].join('\0')}\0`],
};

test('turns dashes of a word processor into hyphens', () => {
  const ks = wrongV2({ random: Buffer.alloc(16, 1) });
  const typed = ks.replaceAll('--', '\u2014').replaceAll('-', '\u2013');
  expect(typed).not.toBe(ks);
  const finding = findKs(typed);
  expect(finding.found && finding.ks.reveal()).toBe(ks);
  expect(finding).toMatchObject({ unwrapped: ['punctuation'] });
});

test('reads words that look like starts of keys only once', () => {
  const word = Buffer.from('0123456789ab').toString('base64');
  const read = (words: number): number => {
    const text = `${word} `.repeat(words);
    return piecesBySpace(text, wordAt(text, 0, false)).length;
  };
  expect(read(10)).toBeLessThan(6);
  expect(read(10_000)).toBe(read(10));
});

test('ignores spaces inside the signature of a version 1 key', () => {
  const ks = v1Key(digest('sha1', SECRET, INFO).toString('hex'));
  const finding = findKs(`${ks.slice(0, 30)} ${ks.slice(30, 50)} ${ks.slice(50)}`);
  expect(finding.found && finding.ks.reveal()).toBe(ks);
});

describe('finds a key unchanged in', () => {
  test.each(Object.entries(WRAPPINGS))('%s', (_name, [wrapping, wrap]) => {
    for (const ks of [...KEYS, V1_WITH_SIGNS]) {
      const finding = findKs(wrap(ks));
      expect(finding).toMatchObject({ found: true, wrapping, isRepaired: false, others: 0 });
      expect(finding.found && finding.ks.reveal()).toBe(ks);
    }
  });
});

test('restores a + that became a space, and reports that', () => {
  expect(V1_WITH_SIGNS).toMatch(/\+.*\//);
  const finding = findKs(V1_WITH_SIGNS.replaceAll('+', ' '));
  expect(finding).toMatchObject({ found: true, isRepaired: true });
  expect(finding.found && finding.ks.reveal()).toBe(V1_WITH_SIGNS);
});

test('restores a + after the seventh field of version 1', () => {
  const ks = Buffer.from(`${'ab'.repeat(20)}|102;102;2000000000;0;12345;jo;sview:0_abc>>>,list:*`).toString('base64');
  expect(ks).toMatch(/\+.*=$/);
  const finding = findKs(ks.replaceAll('+', ' '));
  expect(finding).toMatchObject({ found: true, isRepaired: true });
  expect(finding.found && finding.ks.reveal()).toBe(ks);
});

test('removes a space that was not a +', () => {
  for (const ks of [...KEYS, V1_WITH_SIGNS]) {
    const finding = findKs(`${ks.slice(0, 90)} ${ks.slice(90)}`);
    expect(finding).toMatchObject({ found: true, isRepaired: false });
    expect(finding.found && finding.ks.reveal()).toBe(ks);
  }
});

test('uses the first of several keys, and counts the others once each', () => {
  const finding = findKs(`${V1}\n${V2}\n${V2}\nks=${KEYS[6]}`);
  expect(finding).toMatchObject({ found: true, others: 2 });
  expect(finding.found && finding.ks.reveal()).toBe(V1);
  // A complete key has priority over a cut-off one.
  const better = findKs(`ks=${V2.slice(0, 60)}&ks=${V1}`);
  expect(better.found && better.ks.reveal()).toBe(V1);
});

describe('returns a damaged key unchanged for its explanation', () => {
  test.each([
    ['cut off', V2.slice(0, -4)],
    ['cut off within the account', 'djJ8MTAy'],
    ['an invalid character', `${V2.slice(0, 60)}!${V2.slice(61)}`],
    ['a comma inside', `${V2.slice(0, 60)},${V2.slice(61)}`],
    ['a wrong padding', `${V2}=`],
    ['without its beginning', V2.slice(5)],
    ['shortened in a log', 'djJ8Mj…9af1'],
    ['a version 1 key that is cut off', V1.slice(0, 70)],
    ['a version 1 key with a damaged signature', `!${V1.slice(1)}`],
    ['a permanent secret', '0123456789abcdef0123456789abcdef'],
  ])('%s', (_what, ks) => {
    for (const text of [ks, `"${ks}"`, ` ${ks}\n`]) {
      const finding = findKs(text);
      expect(finding.found && finding.ks.reveal()).toBe(ks);
    }
  });

  test('any value with the name KS', () => {
    for (const text of [
      'ks=garbage&format=1',
      '{"ks": "garbage"}',
      'https://x/ks/garbage/format/1',
      "KALTURA_KS='garbage'",
    ]) {
      const finding = findKs(text);
      expect(finding.found && finding.ks.reveal()).toBe('garbage');
    }
  });

  test('a damaged key on several lines, completely', () => {
    const damaged = `${V2.slice(0, 100)}${V2.slice(105)}`;
    const finding = findKs(inLines(damaged, 60, '  '));
    expect(finding.found && finding.ks.reveal()).toBe(damaged);
  });
});

test.each([
  ['empty', ''],
  ['empty', ' \n\u200B '],
  ['no-ks', 'hello'],
  ['widget-id', '_1234567'],
  ['content-id', '0_abc12345'],
  ['number', '1234567'],
  ['web-token', `Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${'x'.repeat(20)}`],
  ['no-ks', 'my key begins with djJ8, I think'],
  ['no-ks', 'https://www.kaltura.com/index.php/kmc'],
  ['no-ks', 'PROPERTY_VALIDATION_NO_INSERT_PERMISSION'],
  ['no-ks', 'admin@a-rather-long-name.example.com'],
  ['too-long', 'x'.repeat(1_000_001)],
  ['too-long', `djJ8${'='.repeat(20_000)}!`],
])('%s', (why, text) => {
  expect(findKs(text)).toEqual({ found: false, why });
});

test('finds the first of two keys without anything between them', () => {
  const finding = findKs(`${V2}${wrongV2()}`);
  if (!finding.found) throw new Error(finding.why);
  expect(finding.ks.reveal()).toBe(V2);
  expect(finding.others).toBe(1);
});

test('keeps the start of a version 1 key with an upper-case signature', () => {
  const ks = v1Key(digest('sha1', SECRET, INFO).toString('hex').toUpperCase(), INFO);
  const finding = findKs(ks);
  expect(finding.found && finding.ks.reveal()).toBe(ks);
});
