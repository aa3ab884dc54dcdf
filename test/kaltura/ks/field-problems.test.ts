import { describe, expect, test } from 'vitest';
import { explainKs, isRefused, type KsExplanation } from '../../../source/kaltura/ks/explain.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { explanationWarnings } from '../../../source/messages/explanation/explanation.js';
import { problemParagraphs } from '../../../source/messages/key-problems.js';
import document from '../../fixtures/ks-vectors.json' with { type: 'json' };
import { given } from '../given-secret.js';
import { digest, SECRET, v1Key, wrongV2 } from './wrong-keys.js';

/** Keys with a valid signature and wrong fields. */

function explained(ks: string, secret: string | null = SECRET): KsExplanation {
  const reading = explainKs(new Secret(ks), given(secret === null ? null : new Secret(secret)));
  if (!reading.readable) throw new Error(reading.fault);
  return reading.explanation;
}

const v2 = (fields: string): KsExplanation => explained(wrongV2({ fields }));
const v1 = (info: string): KsExplanation => explained(v1Key(digest('sha1', SECRET, info).toString('hex'), info));

const NOW_PLUS = '2000000000';

describe.each([
  ['version 2', (expiry: string) => v2(`_e=${encodeURIComponent(expiry)}&_t=0&_u=jo`)],
  ['version 1', (expiry: string) => v1(`102;102;${expiry};0;12345;jo;`)],
])('the expiry of a key of %s', (_version, make) => {
  test.each<[string, Record<string, unknown> | null, boolean]>([
    ['86400', { code: 'expiry-is-a-lifetime', seconds: 86_400 }, true],
    ['3600.5', { code: 'expiry-is-a-lifetime' }, true],
    ['315360000', { code: 'expiry-is-a-lifetime' }, true],
    ['0', { code: 'expiry-is-zero-or-less' }, true],
    ['-1', { code: 'expiry-is-zero-or-less' }, true],
    ['2000000000000', { code: 'expiry-in-milliseconds', unit: 1e3, expiresAt: 2_000_000_000 }, false],
    ['2000000000000000', { code: 'expiry-in-milliseconds', unit: 1e6, expiresAt: 2_000_000_000 }, false],
    ['2000000000000000000', { code: 'expiry-in-milliseconds', unit: 1e9, expiresAt: 2_000_000_000 }, false],
    ['641355968000000000', { code: 'expiry-in-milliseconds', unit: 1e7, expiresAt: 2_000_000_000 }, false],
    ['136444736000000000', { code: 'expiry-in-milliseconds', unit: 1e7, expiresAt: 2_000_000_000 }, false],
    ['2026-12-01', { code: 'expiry-is-not-a-number', text: '2026-12-01', expiresAt: 1_796_083_200 }, true],
    ['2026-12-01T00:00:00Z', { code: 'expiry-is-not-a-number', expiresAt: 1_796_083_200 }, true],
    ['2026-12-01 00:00:00', { code: 'expiry-is-not-a-number', expiresAt: 1_796_083_200 }, true],
    ['Tue, 01 Dec 2026 00:00:00 GMT', { code: 'expiry-is-not-a-number', expiresAt: 1_796_083_200 }, true],
    ['+1 day', { code: 'expiry-is-not-a-number', expiresAt: null }, true],
    ['+3600', { code: 'expiry-is-not-a-number', expiresAt: null }, true],
    ['NaN', { code: 'expiry-is-not-a-number' }, true],
    ['undefined', { code: 'expiry-is-not-a-number' }, true],
    ['1.7e9', { code: 'expiry-is-not-a-number', expiresAt: 1_700_000_000 }, true],
    ['', { code: 'expiry-missing' }, true],
    ...['2,000,000,000', '2.000.000.000', '2 000 000 000', '2000000000L', '"2000000000"', '٢٠٠٠٠٠٠٠٠٠'].map(
      (text): [string, Record<string, unknown>, boolean] => [
        text,
        { code: 'expiry-is-not-a-number', expiresAt: 2_000_000_000 },
        true,
      ],
    ),
    ['20331231', { code: 'expiry-is-a-date', expiresAt: 2_019_600_000 }, true],
    ['20331231235959', { code: 'expiry-is-a-date', expiresAt: 2_019_686_399 }, false],
    ['20331331', { code: 'expiry-is-a-lifetime' }, true],
    ['9223372036854775807', { code: 'expiry-too-late' }, false],
    ['253402300799', { code: 'expiry-too-late' }, false],
    [NOW_PLUS, null, false],
    ['2000000000.25', null, false],
    ['2000000000.1234567', null, false],
    ['1600000000', null, false],
    ['4102444800', null, false],
  ])('%s', (expiry, problem, refused) => {
    const explanation = make(expiry);
    expect(explanation.signature).toBe('valid');
    expect(explanation.problems).toMatchObject(problem === null ? [] : [problem]);
    expect(isRefused(explanation)).toBe(refused);
  });
});

test('a version 2 key without an expiry', () => {
  expect(v2('_t=0&_u=jo').problems).toMatchObject([{ code: 'expiry-missing' }]);
});

describe.each([
  ['version 2', (type: string) => v2(`_e=${NOW_PLUS}&_t=${encodeURIComponent(type)}&_u=jo`)],
  ['version 1', (type: string) => v1(`102;102;${NOW_PLUS};${type};12345;jo;`)],
])('the type of a key of %s', (_version, make) => {
  test.each([
    ['ADMIN', 'type-is-not-a-number'],
    ['USER', 'type-is-not-a-number'],
    ['SessionType.ADMIN', 'type-is-not-a-number'],
    ['true', 'type-is-not-a-number'],
    ['undefined', 'type-is-not-a-number'],
    ['1', 'unknown-type'],
    ['3', 'unknown-type'],
    ['10', 'unknown-type'],
    ['-1', 'unknown-type'],
    ['', 'type-missing'],
    ['0', null],
    ['2', null],
  ])('%s', (type, code) => {
    const explanation = make(type);
    expect(explanation.problems.map((problem) => problem.code)).toEqual(code === null ? [] : [code]);
    expect(isRefused(explanation)).toBe(false);
  });
});

describe.each([
  ['version 2', (user: string) => v2(`_e=${NOW_PLUS}&_t=0&_u=${encodeURIComponent(user)}`)],
  ['version 1', (user: string) => v1(`102;102;${NOW_PLUS};0;12345;${user};`)],
])('the user of a key of %s', (_version, make) => {
  test.each([
    ...['null', 'NULL', 'undefined', 'None', 'nil', 'NaN', '(null)', '<null>', '%!s(<nil>)'].map((text) => [
      text,
      'nothing',
    ]),
    ...['[object Object]', '[object Promise]', '{"id":"jo"}', '<User object at 0x7f3a2c>', '#<User:0x00007f>'].map(
      (text) => [text, 'object'],
    ),
    ...["('jo',)", '%!d(string=jo)'].map((text) => [text, 'object']),
    ...[
      'Error: no such user',
      'TypeError: x is not a function',
      'Error 404',
      '<b>Notice</b>: Undefined index: user',
    ].map((text) => [text, 'error']),
    [':userId', 'template'],
    ['00000000-0000-0000-0000-000000000000', 'nothing'],
    ['\uFEFFjo', 'invisible'],
    ...['com.example.User@1a2b3c', 'Array', 'System.Object', 'map[id:jo]', '["jo"]'].map((text) => [text, 'object']),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template whose value was not inserted
    ...['${userId}', '{{user}}', '{userId}', '<userId>', '$USER', '%USERNAME%', '%s', '#{user}', 'YOUR_USER_ID'].map(
      (text) => [text, 'template'],
    ),
    ...['jo%40example.com', 'jo%2540example.com', 'jo%20smith', 'zo%C3%AB'].map((text) => [text, 'percent-encoded']),
    ...[
      'Optional("jo")',
      'Optional[jo]',
      'Optional.empty',
      'Some(jo)',
      'True',
      'User(id=jo)',
      'User{id=jo}',
      '&{jo 12}',
      'User object (1)',
      '0xc000010250',
    ].map((text) => [text, 'object']),
    ['N/A', 'nothing'],
    ['mailto:jo@example.com', 'link'],
    ['jo\u200b', 'invisible'],
    ['"jo"', 'quoted'],
    ["b'jo'", 'quoted'],
    ['zoÃ«', 'wrong-charset'],
    ['zo\uFFFD', 'lost-characters'],
    ['<%= user.id %>', 'template'],
    ['{% user %}', 'template'],
    [`djJ8${'MTIzNDU2N3w'.repeat(8)}`, 'session-key'],
    [' jo', 'spaces'],
    ['jo\n', 'spaces'],
  ])('%s', (user, looksLike) => {
    const explanation = make(user as string);
    expect(explanation.problems).toMatchObject([{ code: 'user-looks-like-a-bug', looksLike }]);
    expect(isRefused(explanation)).toBe(false);
  });

  test.each([
    '',
    '0',
    '*',
    'jo',
    'list',
    'edit',
    'jo@example.com',
    'Exception handling',
    'Nullmann',
    'jo.none',
    'zoë',
    'O’Hara',
    '100%',
    'a b',
    'DOMAIN\\jo',
    'user+tag@example.com',
    '{jo',
    'nanette',
    'undefined@example.com',
    '6f9619ff-8b86-d011-b42d-00c04fc964ff',
    'CN=jo,OU=x',
    'anonymous',
    'Anna (Support)',
    'Anna(Support)',
    'array',
    '<jo',
  ])('%s is correct', (user) => {
    expect(make(user).problems).toEqual([]);
  });
});

describe('privileges that faulty code wrote', () => {
  test.each<[fields: string, problem: Record<string, unknown>]>([
    ['None=', { code: 'privilege-looks-like-a-bug', looksLike: 'nothing' }],
    ['list%E2%80%8B=*', { code: 'privilege-looks-like-a-bug', looksLike: 'invisible' }],
    ['edit0_abc12345=', { code: 'unknown-privilege', meant: 'edit:0_abc12345' }],
    ['list%EF%BC%9A%2A=', { code: 'unknown-privilege', meant: 'list:*' }],
    ['%22sview%3A%2A%22=', { code: 'privilege-looks-like-a-bug', looksLike: 'quoted' }],
    ['%7Bsview%3A%2A%7D=', { code: 'privilege-looks-like-a-bug', looksLike: 'object' }],
    ['setrole=undefined', { code: 'wrong-value', name: 'setrole' }],
    ['sview=0_abc12345%7C0_def12345', { code: 'wrong-value', problem: /write sview:0_abc12345\/0_def12345/ }],
    ['sview=0_abc12345+0_def12345', { code: 'wrong-value', problem: /write sview:0_abc12345\/0_def12345/ }],
    ['sview=0_abc12345%2C0_def12345', { code: 'value-not-privilege', name: '0_def12345' }],
    ['iprestrict=10.0.0.0%2F8', { code: 'wrong-value', name: 'iprestrict' }],
    ['disableentitlement=true', { code: 'wrong-value', name: 'disableentitlement' }],
    ['sview%3D0_abc12345=', { code: 'unknown-privilege', meant: 'sview:0_abc12345' }],
  ])('%s', (fields, problem) => {
    const { problem: sentence, ...rest } = problem;
    const expected = sentence === undefined ? rest : { ...rest, problem: expect.stringMatching(sentence as RegExp) };
    expect(v2(`${fields}&_e=${NOW_PLUS}&_t=0&_u=jo`).problems).toMatchObject([expected]);
  });

  test('in one field work, because the server joins and splits the fields', () => {
    expect(v2(`sview%3A0_abc12345%2Clist%3A%2A=&_e=${NOW_PLUS}&_t=0&_u=jo`).problems).toEqual([]);
  });

  test.each(['urirestrict=*', 'enablecategorymoderation=1'])('%s has no problem', (field) => {
    expect(v2(`${field}&_e=${NOW_PLUS}&_t=0&_u=jo`).problems).toEqual([]);
  });
});

describe('a wrong separator between the fields is the only problem', () => {
  test.each([
    ['&amp;', `list=*&amp;_e=${NOW_PLUS}&amp;_t=0`],
    [';', `list=*;_e=${NOW_PLUS};_t=0`],
    ['\n', `_e=${NOW_PLUS}\n_t=0\n_u=jo`],
  ])('%j', (separator, fields) => {
    expect(v2(fields).problems).toMatchObject([{ code: 'wrong-field-separator', separator }]);
  });
});

test('recognizes a ? before the fields as a wrong name of the first field', () => {
  expect(v2(`?_e=${NOW_PLUS}&_t=0&_u=jo`).problems).toMatchObject([
    { code: 'wrong-field-name', name: '?_e', meant: '_e' },
  ]);
});

test('a line break after the fields is not an unknown privilege', () => {
  expect(v1(`102;102;${NOW_PLUS};0;12345;jo;\n`).problems).toEqual([]);
});

describe('the values of privileges', () => {
  test.each([
    ['sview:*;list:*', 'separate privileges with commas: write sview:*,list:*'],
    ['sview:0_abc12345 disableentitlement', 'write sview:0_abc12345,disableentitlement'],
    ['sview: 0_abc12345', 'write sview:0_abc12345, without spaces'],
    ['list:*;edit:*', 'separate privileges with commas: write list:*,edit:*'],
    ['list:*，edit:*', 'separate privileges with commas: write list:*,edit:*'],
    ['list:*\nedit:*', 'separate privileges with commas: write list:*,edit:*'],
    ['limitentry:0_abc12345|disableentitlement', 'write limitentry:0_abc12345,disableentitlement'],
    ['sview:https://kmc.kaltura.com/entry/0_abc12345', 'a URL is no ID: write sview:0_abc12345'],
    ['iprestrict:10.0.0.1:443', 'no ranges, networks, ports or host names'],
  ])('%s', (privileges, problem) => {
    const [name = '', ...value] = privileges.split(':');
    const field = `${name}=${encodeURIComponent(value.join(':'))}`;
    const problems = v2(`${field}&_e=${NOW_PLUS}&_t=0&_u=jo`).problems;
    expect(problems).toMatchObject([{ code: 'wrong-value', problem: expect.stringContaining(problem) }]);
  });
});

test('recognizes swapped expiry and type', () => {
  const { problems } = v1(`102;102;2;${NOW_PLUS};12345;jo;`);
  expect(problems).toMatchObject([{ code: 'fields-swapped', fields: ['expiry', 'type'] }]);
});

test.each([
  [`_e=0&_t=${NOW_PLUS}&_u=jo`, ['expiry', 'type'], true],
  [`_e=jo&_t=0&_u=${NOW_PLUS}`, ['expiry', 'user'], true],
  [`_e=${NOW_PLUS}&_t=jo&_u=2`, ['type', 'user'], false],
])('recognizes swapped fields of version 2: %s', (fields, swapped, refused) => {
  const explanation = v2(fields);
  expect(explanation.problems).toMatchObject([{ code: 'fields-swapped', fields: swapped }]);
  expect(isRefused(explanation)).toBe(refused);
  expect(problemParagraphs(explanation, 0).map(({ text }) => text)).toContain(
    'The fields are: _e (expiry), _t (type) and _u (user ID).',
  );
});

test.each([
  ['_t=undefined&_u=0', 'type-is-not-a-number'],
  ['_t=KalturaSessionType.ADMIN&_u=2', 'type-is-not-a-number'],
])('fields of version 2 with another mistake are not called swapped: %s', (fields, code) => {
  expect(v2(`_e=${NOW_PLUS}&${fields}`).problems.map((one) => one.code)).toEqual([code]);
});

test.each(['NaN', '2026-12-01', '2026-12-01T00:00:00Z'])(
  'does not call fields swapped with a phone number as the user ID and the expiry %s',
  (expiry) => {
    const { problems } = v2(`_e=${expiry}&_t=0&_u=4915123456`);
    expect(problems.map(({ code }) => code)).toEqual(['expiry-is-not-a-number']);
  },
);

test('swapped fields hide no problem of another field', () => {
  const { problems } = v2('_e=NaN&_t=jo&_u=2');
  expect(problems.map(({ code }) => code)).toEqual(['fields-swapped', 'expiry-is-not-a-number']);
});

test('recognizes capital letters in the names of the fields', () => {
  expect(v2(`_E=${NOW_PLUS}&_T=0&_U=jo`).problems).toMatchObject([
    { code: 'wrong-field-name', name: '_E', meant: '_e' },
    { code: 'wrong-field-name', name: '_T', meant: '_t' },
    { code: 'wrong-field-name', name: '_U', meant: '_u' },
  ]);
});

test.each(['2.0', ' 2', '2 '])('the type “%s” gets a warning', (type) => {
  const explanation = v2(`_e=${NOW_PLUS}&_t=${encodeURIComponent(type)}&_u=jo`);
  expect(explanation.problems).toMatchObject([{ code: 'unknown-type', text: type }]);
  expect(problemParagraphs(explanation, 0)[0]?.text).toContain('It is not written in digits only.');
});

test.each(['180000000086400', '18000000003600', '18000000002592000'])(
  'recognizes a time and a lifetime that were joined as text: %s',
  (expiry) => {
    const explanation = v2(`_e=${expiry}&_t=0&_u=jo`);
    const joined = { time: '1800000000', lifetime: expiry.slice(10) };
    expect(explanation.problems).toMatchObject([{ code: 'expiry-too-late', text: expiry, joined }]);
    expect(problemParagraphs(explanation, 0)[1]?.text).toContain(
      `joined the time 1800000000 and the lifetime ${expiry.slice(10)} as text`,
    );
  },
);

describe('the secret in place of the user ID is masked', () => {
  const swapped = '1234567;1234567;2000000000;0;12345;';
  test.each([
    ['version 2', v2(`_e=${NOW_PLUS}&_t=0&_u=${SECRET}`)],
    ['version 1', v1(`${swapped}${SECRET};`)],
    [
      'version 1, signed with the user ID',
      explained(v1Key(digest('sha1', 'jo', swapped).toString('hex'), `${swapped}${SECRET};`)),
    ],
  ])('%s', (_what, explanation) => {
    expect(JSON.stringify(explanation)).not.toContain(SECRET);
    expect(explanation.problems.map(({ code }) => code)).toContain('user-is-the-secret');
    expect(problemParagraphs(explanation, 0).map(({ tone }) => tone)).toContain('danger');
  });
});

test.each([
  ['the privileges', `_e=${NOW_PLUS}&_t=0&_u=jo&${SECRET}=`],
  ['the type', `_e=${NOW_PLUS}&_t=${SECRET}&_u=jo`],
])('the secret in %s is masked', (_what, fields) => {
  const explanation = v2(fields);
  expect(JSON.stringify(explanation)).not.toContain(SECRET);
  expect(JSON.stringify(problemParagraphs(explanation, 0))).not.toContain(SECRET);
});

test('says nothing about the role of the user if the user ID is the secret', () => {
  const warnings = explanationWarnings(v2(`_e=${NOW_PLUS}&_t=0&_u=${SECRET}`), 0, false).map(({ text }) => text);
  expect(warnings).toContainEqual(expect.stringContaining('The code passes the secret as the user ID.'));
  expect(warnings).not.toContainEqual(expect.stringContaining('user with a role'));
});

test('a shifted field is not a master partner', () => {
  expect(v1(`102;102;${NOW_PLUS};0;12345;jo;sview:0_abc12345;list:*`).masterPartnerId).toBeNull();
});

test('recognizes HTML references in the user', () => {
  // In version 1, the ; of a reference ends the field.
  const user = encodeURIComponent('jo&#64;example.com');
  const meant = 'jo@example.com';
  expect(v2(`_e=${NOW_PLUS}&_t=0&_u=${user}`).problems).toMatchObject([{ looksLike: 'html-encoded', meant }]);
});

describe('a version 1 key', () => {
  test.each<[string, string, Record<string, unknown>, boolean]>([
    [
      'without the second partner ID',
      `102;${NOW_PLUS};0;12345;jo;`,
      { code: 'field-missing', field: 'partner' },
      false,
    ],
    [
      'without the second partner ID, ADMIN',
      `102;${NOW_PLUS};2;12345;jo;list:*`,
      { code: 'field-missing', field: 'partner' },
      false,
    ],
    ['without an expiry', '102;102;0;12345;jo;', { code: 'field-missing', field: 'expiry' }, false],
    ['without a type', `102;102;${NOW_PLUS};12345;jo;;`, { code: 'field-missing', field: 'type' }, false],
    [
      'without a random number',
      `102;102;${NOW_PLUS};0;jo;sview:0_abc12345`,
      { code: 'field-missing', field: 'random' },
      false,
    ],
    [
      'without a random number or privileges',
      `102;102;${NOW_PLUS};0;jo;`,
      { code: 'field-missing', field: 'random' },
      false,
    ],
    ['without a user', `102;102;${NOW_PLUS};0;12345;list:*;`, { code: 'field-missing', field: 'user' }, false],
    [
      'with a third partner ID',
      `102;102;102;${NOW_PLUS};0;12345;jo;`,
      { code: 'field-extra', field: 'partner' },
      false,
    ],
    [
      'with two expiries',
      `102;102;${NOW_PLUS};${NOW_PLUS};0;12345;jo;`,
      { code: 'field-extra', field: 'expiry' },
      false,
    ],
    ['with two types', `102;102;${NOW_PLUS};0;0;12345;jo;`, { code: 'field-extra', field: 'type' }, false],
    [
      'with a ; in its user',
      `102;102;${NOW_PLUS};0;12345;smith;jo;list:*;`,
      { code: 'field-extra', field: null },
      false,
    ],
    [
      'with a ; between privileges',
      `102;102;${NOW_PLUS};0;12345;jo;sview:*;list:*;`,
      { code: 'field-extra', field: null },
      false,
    ],
  ])('%s', (_what, info, problem, refused) => {
    const explanation = v1(info);
    expect(explanation.problems).toMatchObject([problem]);
    expect(isRefused(explanation)).toBe(refused);
    // A version 1 key is readable without a secret.
    expect(explained(v1Key('a'.repeat(40), info), null).problems).toMatchObject([problem]);
  });

  test.each([
    `102;102;${NOW_PLUS};0;12345;;`,
    `102;102;${NOW_PLUS};2;0.123;jo;*;;`,
    `102;102;${NOW_PLUS};0;1700000000.1234;jo;sview:0_abc12345;101;more`,
    `102;102;${NOW_PLUS};0;6f9619ff-8b86-d011-b42d-00c04fc964ff;jo;`,
    `102;102;${NOW_PLUS};0;${NOW_PLUS};42;downloadasset:0_abc12345;;`,
    `1700000000;1700000000;${NOW_PLUS};0;1;jo;`,
  ])('%s is correct', (info) => {
    expect(v1(info).problems).toEqual([]);
  });
});

describe('the fields of a version 2 key', () => {
  test.each([
    [`expiry=${NOW_PLUS}&type=0&userId=jo`, ['wrong-field-name', 'wrong-field-name', 'wrong-field-name']],
    [`privileges=list%3A*&_e=${NOW_PLUS}&_t=0&_u=jo`, ['wrong-field-name']],
    [`${encodeURIComponent(`_e=${NOW_PLUS}&_t=0&_u=jo`)}=`, ['encoded-twice']],
    [`FEATURE_ENTITLEMENT=&_e=${NOW_PLUS}&_t=0&_u=jo`, ['permission-not-privilege']],
    [`PLAYBACK_BASE_ROLE=&_e=${NOW_PLUS}&_t=0&_u=jo`, ['role-not-privilege']],
    [`sviews=0_abc12345&_e=${NOW_PLUS}&_t=0&_u=jo`, ['unknown-privilege']],
    [`List=*&_e=${NOW_PLUS}&_t=0&_u=jo`, ['unknown-privilege']],
    [`sview=&edit=&_e=${NOW_PLUS}&_t=0&_u=jo`, ['empty-value', 'empty-value']],
    [`kmslogin=&genieid=7&_e=${NOW_PLUS}&_t=0&_u=jo`, []],
    [`all=%2A&disableentitlement=&_e=${NOW_PLUS}&_t=2&_u=jo`, []],
  ])('%s', (fields, codes) => {
    const found = v2(fields).problems.map(({ code }) => code);
    expect(found).toEqual(codes);
  });

  test.each([
    ['swiew', 'sview'],
    ['sviews', 'sview'],
    ['SView', 'sview'],
    ['disableEntitlement', 'disableentitlement'],
    ['disable_entitlement', 'disableentitlement'],
    ['privacycontex', 'privacycontext'],
    ['setroles', 'setrole'],
    ['ipRestrict', 'iprestrict'],
    ['something', null],
  ])('%s was probably meant to be %s', (name, meant) => {
    expect(v2(`${name}=1&_e=${NOW_PLUS}&_t=0&_u=jo`).problems).toMatchObject([
      { code: 'unknown-privilege', name, meant },
    ]);
  });
});

test.each(document.vectors)('the server’s own key $id has no problem with its fields', (vector) => {
  const { problems } = explained(vector.ks, vector.secret);
  // v2-7 has a full URL in urirestrict, which never matches.
  const known = ['empty-value', 'unknown-privilege', ...(vector.id === 'v2-7' ? ['wrong-value'] : [])];
  expect(problems.filter(({ code }) => !known.includes(code))).toEqual([]);
});

test.each([
  ['20331231235959', 'danger'],
  ['20331231', 'caution'],
])('the expiry %s is a %s, and only a valid key has to be revoked', (expiry, tone) => {
  const [what, fix] = problemParagraphs(v2(`_e=${expiry}&_t=0&_u=jo`), 1_790_000_000);
  expect(what).toMatchObject({ tone, text: expect.stringContaining(`${tone}: the expiry is ${expiry}`) });
  expect(fix?.text.includes('Revoke this key')).toBe(tone === 'danger');
});

test.each([
  ['%22list%3A%2A%22=', 'Write the privileges without quotes.'],
  ['list%E2%80%8B=*', 'Type the privilege again: the invisible character was probably copied with it.'],
  ['None=', 'Pass the privileges to the code that creates the key, or an empty text for none.'],
])('the fix of the privilege %s fits it', (field, fix) => {
  const texts = problemParagraphs(v2(`${field}&_e=${NOW_PLUS}&_t=0&_u=jo`), 0).map(({ text }) => text);
  expect(texts).toContain(fix);
});
