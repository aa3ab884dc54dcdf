import { describe, expect, test } from 'vitest';
import { isParameterName, parametersInJson } from '../../../source/kaltura/calls/parameters.js';
import { isSecretName } from '../../../source/kaltura/calls/secret-names.js';
import { Secret } from '../../../source/kaltura/secret.js';

const read = (body: unknown) => parametersInJson(typeof body === 'string' ? body : JSON.stringify(body));

const pairsOf = (body: unknown) => {
  const reading = read(body);
  if (!reading.ok) throw new Error(reading.problem);
  return reading.parameters.map(({ name, value }) => [name, value]);
};

describe('a JSON body', () => {
  test('becomes form parameters with the names of nested values', () => {
    const body = {
      entry: { objectType: 'KalturaMediaEntry', name: 'A & B', tags: ['x', 'y'], isLive: false, width: 1.5 },
      pager: { pageSize: 1 },
      flag: true,
      empty: '',
    };
    expect(pairsOf(body)).toEqual([
      ['entry[objectType]', 'KalturaMediaEntry'],
      ['entry[name]', 'A & B'],
      ['entry[tags][0]', 'x'],
      ['entry[tags][1]', 'y'],
      ['entry[isLive]', '0'],
      ['entry[width]', '1.5'],
      ['pager[pageSize]', '1'],
      ['flag', '1'],
      ['empty', ''],
    ]);
  });

  test('sets a field to null by its name', () => {
    expect(pairsOf({ a: null, user: { screenName: null } })).toEqual([
      ['a__null', ''],
      ['user[screenName__null]', ''],
    ]);
  });

  test('keeps all digits of a number', () => {
    expect(pairsOf('{"id": 12345678901234567890, "list": [1.50]}')).toEqual([
      ['id', '12345678901234567890'],
      ['list[0]', '1.50'],
    ]);
  });

  test('wraps secrets in the type Secret', () => {
    const [[name, value] = []] = pairsOf({ partner: { adminSecret: 's3cr3t' } });
    expect(name).toBe('partner[adminSecret]');
    expect(value).toBeInstanceOf(Secret);
    expect((value as Secret).reveal()).toBe('s3cr3t');
  });

  test.each<[body: unknown, problem: string, where: string]>([
    ['{', 'not-json', ''],
    [[1], 'not-an-object', ''],
    ['null', 'not-an-object', ''],
    ['"text"', 'not-an-object', ''],
    [{ 'a b': 1 }, 'name', ''],
    [{ a: { 'b]': 1 } }, 'name', 'a'],
    ['{"width": 1e400}', 'exponent', 'width'],
    ['{"a": {"b": 1, "b": 2}}', 'twice', 'a[b]'],
    ['{"a": {"b": 1}, "\\u0061": {"c": 2}}', 'twice', 'a'],
    [JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`), 'too-deep', 'a'],
  ])('%j is refused: %s', (body, problem, where) => {
    expect(read(body)).toEqual({ ok: false, problem, where });
  });
});

test.each([
  'entryId',
  'filter[idIn]',
  'filter:idIn',
  'pager[0][x]',
  'a__null',
  'tags[]',
  '_x',
  '1[service]',
  '12:action',
])('%s is the name of a parameter', (name) => expect(isParameterName(name)).toBe(true));

test.each(['', '1x', '1', '1234[service]', 'a b', 'a[', 'a]b', 'a[b c]', 'a&b', 'a=b', 'a'.repeat(300)])(
  '%j is not the name of a parameter',
  (name) => expect(isParameterName(name)).toBe(false),
);

test.each([
  ['secret', true],
  ['partner[adminSecret]', true],
  ['partner:adminSecret', true],
  ['adminSecret__null', true],
  ['password', true],
  ['newPassword', true],
  ['sshPrivateKey', true],
  ['ks', true],
  ['token', true],
  ['otp', true],
  ['uploadTokenId', false],
  ['tokenHash', false],
  ['hideSecretsMode', false],
  ['tasks', false],
  ['secret[name]', true],
  ['partner[adminSecret][x]', true],
  ['accessToken', true],
  ['refresh_token', true],
  ['sessionToken', true],
  ['apiKey', true],
  ['secretKey', true],
  ['appTokenValue', true],
  ['passwordHash', true],
  ['AdminSecret ', true],
  ['authorization', true],
  ['tokenId', false],
  ['uploadToken[fileName]', false],
  ['appToken[expiry]', false],
  ['appTokenId', false],
  ['nextPageToken', false],
])('%s holds a secret: %s', (name, isSecret) => expect(isSecretName(name)).toBe(isSecret));
