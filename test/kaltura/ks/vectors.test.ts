import { expect, test } from 'vitest';
import { KsError, type KsFields } from '../../../source/kaltura/ks/fields.js';
import { openKs } from '../../../source/kaltura/ks/open.js';
import { peekKs } from '../../../source/kaltura/ks/peek.js';
import { signKsV1 } from '../../../source/kaltura/ks/v1.js';
import { signKsV2 } from '../../../source/kaltura/ks/v2.js';
import { Secret } from '../../../source/kaltura/secret.js';
import document from '../../fixtures/ks-vectors.json' with { type: 'json' };

// The real server's code created and read these keys, so they define the format.
for (const vector of document.vectors) {
  const secret = new Secret(vector.secret);
  const expected = vector.expected_parse;
  const fields: KsFields = {
    partnerId: vector.partner_id,
    type: vector.type,
    expiresAt: vector.expiry,
    userId: vector.user_id,
    privileges: vector.privileges,
    masterPartnerId: vector.master_partner_id ?? null,
    additionalData: vector.additional_data ?? null,
  };

  test(`${vector.id} is created byte for byte: ${vector.description}`, () => {
    const ks =
      vector.version === 1
        ? signKsV1(fields, secret, vector.rand_field as string)
        : signKsV2(fields, secret, Buffer.from(vector.random_hex as string, 'hex'));
    expect(ks).toBe(vector.ks);
  });

  test(`${vector.id} is read as the server reads it`, () => {
    expect(openKs(vector.ks, [new Secret('x'.repeat(32)), secret])).toEqual({
      version: vector.version,
      partnerId: Number(expected.partner_id),
      expiresAt: Number(expected.valid_until),
      type: Number(expected.type),
      userId: expected.user,
      privileges: expected.privileges,
      masterPartnerId: expected.master_partner_id,
      additionalData: expected.additional_data,
      random: expected.rand,
      hash: expected.hash,
    });
    expect(peekKs(vector.ks)).toEqual({ version: vector.version, partnerId: vector.partner_id });
  });
}

for (const other of document.other_cases) {
  test(`${other.id} is ${other.expect}: ${other.why}`, () => {
    const open = () => openKs(other.ks, [new Secret(other.admin_secret)]);
    if (other.expect === 'rejected') expect(open).toThrow(KsError);
    else if (other.expect === 'accepted') expect(open().expiresAt).toBe(1893456000);
    else expect(open().expiresAt).toBe(1600000000);
  });
}
