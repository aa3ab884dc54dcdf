import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeForm, encodeForm, encodeFormText } from '../../../source/kaltura/ks/form-encoding.js';

describe('encoding as PHP urlencode does (docs/kaltura-facts.md 1.4)', () => {
  test.each<[text: string, encoded: string]>([
    ['AZaz09-_.', 'AZaz09-_.'],
    [' ', '+'],
    ['+', '%2B'],
    // Characters that JavaScript's own encoders don't encode.
    ["~*!'()", '%7E%2A%21%27%28%29'],
    ['/:@,;|', '%2F%3A%40%2C%3B%7C'],
    ['&=%', '%26%3D%25'],
    ['é', '%C3%A9'],
    ['👍', '%F0%9F%91%8D'],
    ['\n\0', '%0A%00'],
    ['', ''],
  ])('%j is %s', (text, encoded) => {
    expect(encodeFormText(text)).toBe(encoded);
  });

  test('keeps the order of pairs, and the equals sign of an empty value', () => {
    expect(
      encodeForm([
        ['sview', '0_abc/0_def'],
        ['list', '*'],
        ['_u', ''],
      ]),
    ).toBe('sview=0_abc%2F0_def&list=%2A&_u=');
  });
});

describe('decoding as PHP parse_str does (docs/kaltura-facts.md 1.4)', () => {
  test.each<[text: string, fields: [string, string][]]>([
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['a=x+y%20z', [['a', 'x y z']]],
    ['a=1=2', [['a', '1=2']]],
    ['a', [['a', '']]],
    ['a=', [['a', '']]],
    ['&&a=1&', [['a', '1']]],
    ['=1', []],
    // The later value wins, at the earlier position.
    [
      'a=1&b=2&a=3',
      [
        ['a', '3'],
        ['b', '2'],
      ],
    ],
    [
      'genie.id=7&with%20blank=8',
      [
        ['genie_id', '7'],
        ['with_blank', '8'],
      ],
    ],
    ['%20a=1', [['a', '1']]],
    // Only names are changed.
    ['a=b.c', [['a', 'b.c']]],
    ['a=%7e%7E', [['a', '~~']]],
    ['a=100%', [['a', '100%']]],
    ['a=%zz', [['a', '%zz']]],
    ['a=%C3%A9', [['a', 'é']]],
    ['', []],
  ])('%j', (text, fields) => {
    expect([...decodeForm(text)]).toEqual(fields);
  });

  test.each(['a[]=1', 'a[x]=1', 'a%5B%5D=1'])('%j, which crashes the server, is an error', (text) => {
    expect(() => decodeForm(text)).toThrow(SyntaxError);
  });
});

test('decodes everything that it encodes unchanged', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/);
  const pairs = fc.uniqueArray(fc.tuple(name, fc.string({ unit: 'grapheme' })), { selector: ([key]) => key });
  fc.assert(
    fc.property(pairs, (given) => {
      expect([...decodeForm(encodeForm(given))]).toEqual(given);
    }),
  );
});
