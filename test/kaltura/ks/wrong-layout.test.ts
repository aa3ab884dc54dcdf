import { describe, expect, test } from 'vitest';
import { explainKs, type KsReading } from '../../../source/kaltura/ks/explain.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { faultParagraphs } from '../../../source/messages/explanation/explanation.js';
import { digest, INFO, SECRET, v1Key, wrongV2 } from './wrong-keys.js';

/** Keys whose parts are in the wrong order or have the wrong encoding. */

const base64 = (...parts: (string | Buffer)[]): string =>
  Buffer.concat(parts.map((part) => Buffer.from(part as Buffer))).toString('base64');

const GOOD = wrongV2();
const SEALED = Buffer.from(GOOD, 'base64url').subarray('v2|1234567|'.length);
const SIGNATURE = digest('sha1', SECRET, INFO).toString('hex');

const read = (ks: string): KsReading =>
  explainKs(new Secret(ks), { secret: new Secret(SECRET), source: { from: 'stdin' } });

const explanationOf = (ks: string): string => {
  const reading = read(ks);
  return reading.readable
    ? ''
    : faultParagraphs(reading)
        .map(({ text }) => text)
        .join('\n');
};

describe('names the wrong and the correct layout', () => {
  test.each<[what: string, ks: string, sentence: string]>([
    ['another version', base64('v1|1234567|', SEALED), 'starts with “v1|1234567|”'],
    ['a capital V', base64('V2|1234567|', SEALED), 'starts with “V2|1234567|”'],
    ['colons', base64('v2:1234567:', SEALED), 'starts with “v2:1234567:”'],
    ['a widget ID', base64('v2|_1234567|', SEALED), 'has “_1234567” as its partner ID'],
    ['a word for the partner ID', base64('v2|undefined|', SEALED), 'has “undefined” as its partner ID'],
    ['a partner ID with separators', base64('v2|1,234,567|', SEALED), 'has “1,234,567” as its partner ID'],
    ['an empty partner ID', base64('v2||', SEALED), 'The key has no partner ID.'],
    ['version 1, a name', v1Key(SIGNATURE, INFO.replaceAll('1234567', 'acme')), 'has “acme” as its partner ID'],
    ['version 1, no partner ID', v1Key(SIGNATURE, INFO.replaceAll('1234567', '')), 'The key has no partner ID.'],
    ['parts in base64 each', `${base64('v2|1234567|')}${base64(SEALED)}`, 'were encoded in base64 separately'],
    ['line breaks between the fields', v1Key(SIGNATURE, INFO.replaceAll(';', '\n')), 'There is a line break between'],
    ['no partner ID', base64('v2|', SEALED), 'starts with “v2|”'],
    ['the partner ID first', base64('1234567|v2|', SEALED), 'starts with “1234567|v2|”'],
    ['the signature last', base64(`${INFO}|${SIGNATURE}`), 'The signature comes after the fields.'],
    ['a ; behind the signature', base64(`${SIGNATURE};${INFO}`), 'There is a ; after the signature'],
    ['nothing after the signature', base64(`${SIGNATURE}${INFO}`), 'There is no | after the signature'],
    ['only the encrypted part', base64(SEALED), 'v2|<partner ID>| before it is missing'],
    ['no signature', base64(INFO), 'The signature before the fields is missing'],
    ['colons between the fields', v1Key(SIGNATURE, INFO.replaceAll(';', ':')), 'There is a : between the fields'],
  ])('%s', (_what, ks, sentence) => {
    expect(read(ks)).toMatchObject({
      readable: false,
      oddity: { kind: 'wrong-layout' },
      problems: [{}, { code: 'wrong-layout' }],
    });
    expect(explanationOf(ks)).toContain(sentence);
    expect(explanationOf(ks)).toContain('Every server refuses the key.');
  });
});

test.each(['0123456789abcdef0123456789abcdef', SECRET])(
  'a secret in place of the partner ID is masked: %s',
  (secret) => {
    const ks = base64(`v2|${secret}|`, SEALED);
    expect(explanationOf(ks)).toContain('has “••••” as its partner ID');
    expect(JSON.stringify(read(ks))).not.toContain(SECRET);
  },
);

test.each(['djJ9', 'ejJ8', 'djZ8'])(
  'a changed character at the beginning (%s) is probably a copying mistake',
  (beginning) => {
    const words = explanationOf(beginning + GOOD.slice(4));
    expect(words).toContain(`The key begins with ${beginning}, not with djJ8.`);
    expect(words).toContain('probably changed when the key was copied');
    expect(words).toContain('Copy the whole key again');
  },
);

test.each([GOOD.toLowerCase(), GOOD.toUpperCase(), v1Key(SIGNATURE).toUpperCase()])(
  'recognizes a key whose letters all have the same case: %s',
  (ks) => expect(explanationOf(ks)).toContain('All letters of the text have the same case.'),
);

test('a hash in hex without a | after it is not a key', () => {
  expect(explanationOf(base64(`${SIGNATURE}5:7`))).not.toContain('after the signature');
});

test('a hash in hex is not a key that lost its capital letters', () => {
  expect(explanationOf(digest('sha512', 'x').toString('hex'))).not.toContain('case');
});

test.each([Buffer.from(GOOD, 'base64url'), Buffer.from(v1Key(SIGNATURE), 'base64')])(
  'reads a key in hex, which has to be encoded again',
  (bytes) => {
    for (const hex of [bytes.toString('hex'), bytes.toString('hex').toUpperCase()]) {
      expect(read(hex)).toMatchObject({
        readable: true,
        explanation: { signature: 'valid', problems: [{ code: 'not-encoded' }] },
      });
    }
  },
);

test('recognizes a key with swapped case, and an invented key', () => {
  const swapped = GOOD.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  expect(explanationOf(swapped)).toContain('letters are swapped');
  expect(explanationOf('djJ8notakey')).toContain('no partner ID follows');
  expect(explanationOf('djJ8notakey')).not.toContain('Its beginning is missing');
});

test.each(['djJ8MTIzNDU2N3w[truncated]', `djJ8${'X'.repeat(80)}`, `${GOOD.slice(0, 50)}<redacted>`])(
  'recognizes a masked or shortened key: %s',
  (ks) => expect(explanationOf(ks)).toContain('This is a shortened key'),
);
