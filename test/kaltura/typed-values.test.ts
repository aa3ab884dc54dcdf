import { describe, expect, test } from 'vitest';
import { readPartnerId } from '../../source/kaltura/accounts/partner-id.js';
import { readServiceUrl } from '../../source/kaltura/accounts/regions.js';
import { Secret } from '../../source/kaltura/secret.js';
import { readContentId } from '../../source/kaltura/sessions/content-lookup.js';
import {
  looksLikeSecret,
  readCode,
  readLoginId,
  readPassword,
  readSecret,
  readTokenId,
  readUserId,
} from '../../source/kaltura/typed-values.js';
import { nameProblem } from '../../source/profiles/name.js';

/** The problem of a URL, or null if it is valid. */
const addressProblem = (typed: string): string | null => {
  const reading = readServiceUrl(typed);
  return reading.ok ? null : reading.problem;
};

const HEX = '0123456789abcdef0123456789abcdef';
const fine = (text: string) => ({ text, problem: null, warning: null, suggestion: null });

/** Invisible characters that are often copied with a text. */
const WHITE_SPACE: [what: string, wrap: (text: string) => string][] = [
  ['spaces', (text) => `  ${text} `],
  ['a tab', (text) => `\t${text}`],
  ['a no-break space', (text) => `\u00A0${text}\u00A0`],
  ['a line end', (text) => `${text}\n`],
  ['a Windows line end', (text) => `${text}\r\n`],
  ['line ends on both sides', (text) => `\n\n${text}\r\n`],
  ['a byte order mark', (text) => `\uFEFF${text}`],
];
const INVISIBLE: typeof WHITE_SPACE = [
  ['zero-width spaces', (text) => `\u200B${text.slice(0, 3)}\u200B${text.slice(3)}\u200B`],
  ['a word joiner and a soft hyphen', (text) => `${text.slice(0, 2)}\u2060\u00AD${text.slice(2)}`],
  ['direction marks', (text) => `\u200E${text}\u200F`],
];

describe.each([...WHITE_SPACE, ...INVISIBLE])('%s around or inside is removed', (_what, wrap) => {
  test('from a partner ID', () => expect(readPartnerId(wrap('2345678'))).toEqual(fine('2345678')));
  test('from a secret', () => expect(readSecret(wrap(HEX), 'secret')).toEqual(fine(HEX)));
  test('from a code', () => expect(readCode(new Secret(wrap('012345')))).toEqual(fine('012345')));
});

describe.each(WHITE_SPACE)('%s around an ID is removed', (_what, wrap) => {
  test('from a login', () => expect(readLoginId(wrap('jane@example.com'))).toEqual(fine('jane@example.com')));
  test('from a token ID', () => expect(readTokenId(wrap('0_ab12cd34'))).toEqual(fine('0_ab12cd34')));
  test('from a user ID', () => expect(readUserId(wrap('jane'), true)).toEqual(fine('jane')));
});

describe.each(INVISIBLE)('%s in an ID is refused, and the ID without it is suggested', (_what, wrap) => {
  const refused = (suggestion: string) => ({ problem: expect.stringMatching(/invisible character/), suggestion });
  test('in a login', () => expect(readLoginId(wrap('jane@example.com'))).toMatchObject(refused('jane@example.com')));
  test('in a token ID', () => expect(readTokenId(wrap('0_ab12cd34'))).toMatchObject(refused('0_ab12cd34')));
  test('in a user ID', () => expect(readUserId(wrap('jane'), true)).toMatchObject(refused('jane')));
});

describe('a line break inside', () => {
  test.each<[noun: string, problem: string | null]>([
    ['partner ID', readPartnerId('234\n5678').problem],
    ['account secret', readSecret(`${HEX.slice(0, 3)}\r\n${HEX}`, 'account secret').problem],
    ['login', readLoginId('jane\n@example.com').problem],
    ['app token ID', readTokenId('0_a\u2028b').problem],
    ['user ID', readUserId('ja\nne', true).problem],
    ['password', readPassword('pa\nss').problem],
  ])('is an error that names the %s', (noun, problem) => {
    expect(problem).toContain(noun);
    expect(problem).toMatch(/line break inside/);
  });

  test('is reported with its position', () => {
    expect(readSecret(`abc\n${HEX}`, 'secret').problem).toContain('after 3 characters.');
    expect(readSecret(`👍\n${HEX}`, 'secret').problem).toContain('after 1 character.');
  });
});

describe.each([
  ['U+001B', 'ja\u001B[2Jne'],
  ['U+0000', 'ja\0ne'],
  ['U+0009 (tab)', 'ja\tne'],
  ['U+009B', 'ja\u009Bne'],
  ['U+202E (right-to-left override)', 'ja\u202Ene'],
  ['U+200B (zero width space)', 'ja\u200Bne'],
  ['U+2060 (word joiner)', 'ja\u2060ne'],
  ['U+E0041 (tag character)', 'ja\u{E0041}ne'],
  ['U+FE0F (variation selector)', 'ja\uFE0Fne'],
  ['U+3164 (Hangul filler)', 'ja\u3164ne'],
  ['U+2800 (blank Braille pattern)', 'ja\u2800ne'],
  ['U+2066', 'ja\u2066ne'],
  ['U+D83D', 'ja\uD83Dne'],
])('the invisible character %s inside', (name, typed) => {
  test.each<[noun: string, problem: string | null]>([
    ['login', readLoginId(`${typed}@example.com`).problem],
    ['app token ID', readTokenId(typed).problem],
    ['user ID', readUserId(typed, true).problem],
  ])('is an error that names it and the %s', (noun, problem) => {
    expect(problem).toBe(`The ${noun} has an invisible character at position 3: ${name}. Remove it.`);
  });
});

describe('a password', () => {
  test.each<[typed: string, text: string]>([
    ['secret\n', 'secret'],
    ['secret\r\n', 'secret'],
    ['secret\r', 'secret'],
    [' se cret ', ' se cret '],
    ['\u00A0secret\u200B', '\u00A0secret\u200B'],
    ['\tsecret\t', '\tsecret\t'],
    [' ', ' '],
  ])('%j loses only a line end after it', (typed, text) => {
    expect(readPassword(typed)).toEqual(fine(text));
  });

  test('is missing if it is empty or only a line end', () => {
    expect(readPassword('').problem).toMatch(/missing/);
    expect(readPassword('\n').problem).toMatch(/missing/);
  });
});

describe('a partner ID', () => {
  test.each(['1', '101', '2345678', '2147483647'])('%s is accepted', (typed) => {
    expect(readPartnerId(typed)).toEqual(fine(typed));
  });

  test('leading zeros are removed', () => expect(readPartnerId('00102')).toEqual(fine('102')));

  test.each(['0', '000', '-5', '1.5', '1e3', '0x10', 'abc', '2345678a', '23 45', '２３４', '', '   ', '2147483648'])(
    '%j is refused',
    (typed) => {
      expect(readPartnerId(typed).problem).not.toBeNull();
    },
  );

  test.each(['2,345,678', '2.345.678', "2'345'678", '2 345 678'])('%s: the digits are suggested', (typed) => {
    expect(readPartnerId(typed)).toMatchObject({ problem: expect.any(String), suggestion: '2345678' });
  });

  test.each([
    ['_2345678', /widget ID/],
    ['https://cdnapisec.kaltura.com/p/2345678/sp/234567800/embedIframeJs', /number/],
    ['partnerId=2345678', /number/],
    ['wid=_2345678', /number/],
  ])('%s: the number in it is suggested', (typed, problem) => {
    expect(readPartnerId(typed)).toMatchObject({ problem: expect.stringMatching(problem), suggestion: '2345678' });
  });

  test.each([
    ['0', '0', /global/],
    ['-1', '-1', /batch/],
    ['\u22122', '-2', /admin console/],
    ['-5', '-5', /media servers/],
    ['-11', '-11', /internal/],
  ])('the internal ID %s is accepted only on a self-hosted server, and explained', (typed, text, purpose) => {
    const accepted = readPartnerId(typed, { allowsInternal: true });
    expect(accepted).toMatchObject({ text, problem: null, warning: expect.stringMatching(purpose) });
    expect(readPartnerId(typed).problem).toMatch(/Only a self-hosted server/);
  });

  test('invalid groups of digits have no suggestion', () => {
    expect(readPartnerId('2,34,5678').suggestion).toBeNull();
    expect(readPartnerId('1.5').suggestion).toBeNull();
    expect(readPartnerId('2,345.678').suggestion).toBeNull();
  });

  test('a Sub Partner ID is accepted with a warning, and the partner ID is suggested', () => {
    expect(readPartnerId('234567800')).toMatchObject({
      problem: null,
      warning: expect.stringContaining('Sub Partner ID'),
      suggestion: '2345678',
    });
    expect(readPartnerId('10200').suggestion).toBe('102');
    // A short number with this end can be a partner ID.
    expect(readPartnerId('100')).toEqual(fine('100'));
  });

  test('a Sub Partner ID that is too large for a partner ID is refused, and the partner ID is suggested', () => {
    expect(readPartnerId('214748364700')).toMatchObject({ problem: expect.any(String), suggestion: '2147483647' });
  });
});

describe('a secret', () => {
  test('of 32 hex digits in lower case has no warning', () => expect(readSecret(HEX, 'secret')).toEqual(fine(HEX)));

  test.each<[what: string, typed: string, warning: RegExp]>([
    ['with a digit missing', HEX.slice(1), /31 characters/],
    ['with an extra digit', `${HEX}0`, /33 characters/],
    ['in capitals', HEX.toUpperCase(), /capital letters/],
    ['with another letter', `${HEX.slice(1)}g`, /not hex digits/],
    ['with a space inside', `${HEX.slice(0, 8)} ${HEX.slice(9)}`, /not hex digits/],
    ['of emoji', '👍👍', /2 characters/],
    ['of one character', 'x', /has 1 character;/],
  ])('%s gets a warning and is accepted', (_what, typed, warning) => {
    const value = readSecret(typed, 'account secret');
    expect(value.problem).toBeNull();
    expect(value.warning).toMatch(warning);
    expect(value.warning).toContain('account secret');
    expect(value.text).toBe(typed);
  });

  test('the warning about a secret does not repeat it', () => {
    const { warning } = readSecret('hunter2hunter2', 'secret');
    expect(warning).not.toContain('hunter2');
  });

  test('is missing if it is empty or invisible', () => {
    expect(readSecret('', 'app token').problem).toContain('app token');
    expect(readSecret(' \u200B\n', 'secret').problem).toMatch(/missing/);
  });
});

describe('a one-time code', () => {
  test.each<[typed: string, text: string]>([
    ['000123', '000123'],
    ['012 345', '012345'],
    ['012-345', '012345'],
    [' 0 1 2\u00A03 4 5 ', '012345'],
    ['1234567', '1234567'],
  ])('%j is read as %s', (typed, text) => {
    expect(readCode(new Secret(typed))).toEqual(fine(text));
  });

  test('is missing if there are no digits', () => expect(readCode(new Secret(' - ')).problem).toMatch(/missing/));
});

describe('the other fields', () => {
  test('a login that is not an email address gets a warning', () => {
    expect(readLoginId('jane')).toMatchObject({ problem: null, warning: expect.any(String) });
    expect(readLoginId('').problem).toMatch(/missing/);
  });

  test('a token value in place of the token ID gets a warning', () => {
    expect(readTokenId(HEX)).toMatchObject({ problem: null, warning: expect.stringContaining('token’s value') });
    expect(readTokenId('x').warning).toMatch(/0_ab12cd34/);
    expect(readTokenId('').problem).toMatch(/missing/);
  });

  test('a user ID can be empty, and a ; in it is refused unless the key is version 2', () => {
    expect(readUserId('', false)).toEqual(fine(''));
    expect(readUserId('a;b', false).problem).toMatch(/;/);
    expect(readUserId('a;b', true)).toEqual(fine('a;b'));
    expect(readUserId('Zoë Müller', false)).toEqual(fine('Zoë Müller'));
  });

  test('a user ID has at most 320 visible characters', () => {
    expect(readUserId('👍'.repeat(320), true).problem).toBeNull();
    expect(readUserId('a'.repeat(321), true).problem).toMatch(/320/);
  });

  test('the user * gets a warning', () => expect(readUserId('*', true).warning).toMatch(/any user/));
  test('a comma is part of one user ID, which gets a warning', () => {
    expect(readUserId('jo,ann', true)).toEqual({
      ...fine('jo,ann'),
      warning: 'This is one user ID: the comma is part of it.',
    });
  });
});

describe('a secret that was copied with other text', () => {
  test.each([
    [`"${HEX}"`, /quotes/],
    [`'${HEX}'`, /quotes/],
    [`\u201C${HEX}\u201D`, /quotes/],
    [`KALTURA_SECRET=${HEX}`, /its name/],
    [`export KALTURA_SECRET="${HEX}"`, /its name/],
    [`$env:KALTURA_SECRET = '${HEX}'`, /its name/],
    [`Administrator Secret: ${HEX}`, /its name/],
    [`{"adminSecret": "${HEX}"}`, /its name/],
    [btoa(HEX), /base64/],
    [btoa(HEX).replace('=', ''), /base64/],
    [btoa(`${HEX}\n`), /base64/],
    [btoa(`${HEX}\r\n`), /base64/],
    [`"${btoa(HEX)}"`, /quotes/],
    [`KALTURA_SECRET=${btoa(`${HEX}\n`)}`, /its name/],
    [`KALTURA_SECRET='${HEX}' # production`, /its name/],
    [`'adminSecret' => '${HEX}',`, /its name/],
    [`<adminSecret>${HEX}</adminSecret>`, /its name/],
    [`# account 102\n\nKALTURA_PARTNER_ID=102\nKALTURA_SECRET=${HEX}\n`, /one of several lines/],
    [`{\n  "partnerId": 102,\n  "secret": "${HEX}"\n}`, /one of several lines/],
  ])('%s is recognized', (typed, warning) => {
    expect(readSecret(typed, 'secret')).toMatchObject({
      text: HEX,
      problem: null,
      warning: expect.stringMatching(warning),
    });
  });

  test.each([
    ['two secrets', `KALTURA_SECRET=${HEX}\nKALTURA_USER_SECRET=${HEX.replace('0', '1')}`],
    ['a secret of another program', `PARTNER=102\nSESSION_KEY=${HEX}`],
    ['a secret in a sentence', `the secret is\n${HEX}`],
  ])('%s in several lines are refused', (_what, typed) => {
    expect(readSecret(typed, 'secret').problem).toMatch(/line break/);
  });

  test.each([`"${HEX.slice(1)}"`, `${HEX}=`, `a=b=${HEX}`, btoa(HEX.slice(2))])('%s is not changed', (typed) => {
    expect(readSecret(typed, 'secret')).toMatchObject({ text: typed, problem: null });
  });
});

describe('a password that was copied with other text', () => {
  test.each([
    ['KALTURA_PASSWORD=pa55', /came with its name/],
    ['export PASSWORD="pa55"', /came with its name/],
    ['"pa55"', /in quotes/],
    ['\u201Cpa55\u201D', /in quotes/],
  ])('%s is not changed, and gets a warning', (typed, warning) => {
    expect(readPassword(typed)).toMatchObject({ text: typed, problem: null, warning: expect.stringMatching(warning) });
  });

  test.each(['pa"55"', '=pa55', '"', 'passage'])('%s has no warning', (typed) =>
    expect(readPassword(typed)).toEqual(fine(typed)),
  );

  test('in several lines, the problem says what the file must contain', () =>
    expect(readPassword('USER=jo\nPASSWORD=pa55').problem).toMatch(/A file must have only the password/));
});

describe('U+FFFD, which replaces characters that were lost, is refused', () => {
  const BROKEN = 'abc\uFFFDdef';
  test.each([
    ['partner ID', readPartnerId(BROKEN)],
    ['account secret', readSecret(BROKEN, 'account secret')],
    ['login', readLoginId(BROKEN)],
    ['app token ID', readTokenId(BROKEN)],
    ['user ID', readUserId(BROKEN, true)],
    ['password', readPassword(BROKEN)],
    ['ID', readContentId(BROKEN)],
    ['name', { problem: nameProblem(BROKEN) }],
    ['URL', { problem: addressProblem(BROKEN) }],
  ])('in a %s', (noun, { problem }) => {
    expect(problem).toContain(noun);
    expect(problem).toContain('U+FFFD) at position 4');
  });
});

test.each([
  HEX,
  HEX.toUpperCase(),
  HEX.slice(5),
  ` ${HEX}\n`,
  `"${HEX}"`,
  `SECRET=${HEX}`,
  btoa(HEX),
  'djJ8MTIzNDU2Nz',
])('%j looks like a secret', (typed) => expect(looksLikeSecret(typed)).toBe(true));

test.each([
  '',
  '2345678',
  '234567800',
  '0_ab12cd34',
  'jane',
  'jane.doe@example.com',
  'aaaaaaaaaaaaaa',
  'upload-bot',
  'sview:0_ab12cd34',
])('%j does not look like a secret', (typed) => expect(looksLikeSecret(typed)).toBe(false));
