import { expect, test } from 'vitest';
import { factsInKey } from '../../../source/kaltura/ks/facts.js';
import { signKsV2 } from '../../../source/kaltura/ks/v2.js';
import { Secret } from '../../../source/kaltura/secret.js';

const secret = new Secret('0123456789abcdef0123456789abcdef');

const v1With = (expiry: string, type: string) =>
  new Secret(Buffer.from(`${'a'.repeat(40)}|102;102;${expiry};${type};1;bob;edit:*`).toString('base64'));

/** Signs numbers that the types of this program don't allow. */
const v2With = (expiry: string, type: string) => {
  const fields = {
    partnerId: 102,
    expiresAt: expiry as never,
    type: type as never,
    userId: 'bob',
    privileges: 'edit:*',
  };
  return new Secret(signKsV2(fields, secret, new Uint8Array(16)));
};

for (const [version, keyWith] of [
  [1, v1With],
  [2, v2With],
] as const) {
  test.each(['', 'NaN', 'Infinity', '1e300', '1.', '0x10', '1,5', ' 7', '9'.repeat(13), 'abc'])(
    `version ${version}: an expiry or a type of “%s” is unknown`,
    (odd) => {
      const facts = { partnerId: 102, userId: 'bob', privileges: 'edit:*', type: null, expiresAt: null };
      expect(factsInKey(keyWith(odd, odd), [secret])).toEqual(facts);
    },
  );

  test.each([
    ['-1', 'USER'],
    ['0', 'USER'],
    ['1', 'ADMIN'],
    ['2', 'ADMIN'],
    ['7', 'ADMIN'],
  ])(`version ${version}: the type %s is %s`, (type, expected) => {
    expect(factsInKey(keyWith('999999999999', type), [secret])).toMatchObject({
      type: expected,
      expiresAt: 999_999_999_999,
    });
  });
}

test('rounds a fractional expiry down', () => {
  for (const ks of [v1With('1795495405.5', '2'), v2With('1795495405.5', '2')]) {
    expect(factsInKey(ks, [secret])).toMatchObject({ type: 'ADMIN', expiresAt: 1_795_495_405 });
  }
  expect(factsInKey(v2With('7', '1.5'), [secret])).toMatchObject({ type: null });
});

test('the last possible expiry is a valid date', () => {
  expect(new Date(999_999_999_999 * 1000).toISOString()).toContain('33658');
});

test('a key with an impossible partner ID is not a key', () => {
  const info = `${'9'.repeat(30)};1;1;0;1;bob;`;
  expect(factsInKey(new Secret(Buffer.from(`${'a'.repeat(40)}|${info}`).toString('base64')), [])).toBeNull();
});
