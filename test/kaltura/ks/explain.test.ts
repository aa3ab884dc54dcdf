import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  explainKs,
  type KsExplanation,
  withServerAnswer,
  withServerFacts,
} from '../../../source/kaltura/ks/explain.js';
import { findKs } from '../../../source/kaltura/ks/pasted/find.js';
import { signKsV1 } from '../../../source/kaltura/ks/v1.js';
import { signKsV2 } from '../../../source/kaltura/ks/v2.js';
import { Secret } from '../../../source/kaltura/secret.js';
import entitlement from '../../fixtures/entitlement.json' with { type: 'json' };
import document from '../../fixtures/ks-vectors.json' with { type: 'json' };
import recordings from '../../fixtures/recordings.json' with { type: 'json' };
import { allRecordings, recording } from '../api/recorded-http.js';
import { given } from '../given-secret.js';

const SECRET = new Secret('0123456789abcdef0123456789abcdef');
const OTHER = new Secret('f'.repeat(32));

const explained = (ks: string, secret: Secret | null): KsExplanation => {
  const reading = explainKs(new Secret(ks), given(secret));
  if (!reading.readable) throw new Error(reading.fault);
  return reading.explanation;
};

const NOTHING = {
  madeWith: null,
  facts: null,
  factsFrom: null,
  typeNumber: null,
  madeAt: null,
  sessionGroup: null,
  appTokenId: null,
  masterPartnerId: null,
  additionalData: null,
  isWidget: false,
};

describe.each(document.vectors)('$id', (vector) => {
  const { ks, version, expected_parse: expected } = vector;
  const facts = {
    partnerId: vector.partner_id,
    userId: expected.user ?? '',
    type: vector.type === 2 ? 'ADMIN' : 'USER',
    privileges: expected.privileges,
    expiresAt: vector.expiry,
  };

  test('is explained with its secret', () => {
    expect(explained(ks, new Secret(vector.secret))).toMatchObject({
      version,
      partnerId: vector.partner_id,
      signature: 'valid',
      facts,
      factsFrom: 'key',
      typeNumber: vector.type,
      masterPartnerId: expected.master_partner_id || null,
      additionalData: expected.additional_data || null,
      isWidget: false,
    });
  });

  test.each([
    ['without a secret', null, 'unchecked'],
    ['with a wrong secret', OTHER, 'invalid'],
  ] as const)('%s', (_how, secret, signature) => {
    const explanation = explained(ks, secret);
    if (version === 1) expect(explanation).toMatchObject({ signature, facts, factsFrom: 'key' });
    else
      expect(explanation).toEqual({
        ...NOTHING,
        version,
        partnerId: vector.partner_id,
        signature,
        problems: signature === 'invalid' ? [{ kind: 'text', code: 'signature-invalid' }] : [],
        checkedWith: given(secret)?.source ?? null,
      });
  });
});

test.each(document.other_cases)('$id, which is $expect for the server: $why', ({ ks, admin_secret, expect: word }) => {
  const reading = explainKs(new Secret(ks), given(new Secret(admin_secret)));
  const isValid = reading.readable && reading.explanation.signature === 'valid';
  expect(isValid).toBe(word !== 'rejected');
});

describe('tells a damaged key from a key of another secret', () => {
  const v2 = document.vectors.find(({ id }) => id === 'v2-1')?.ks as string;
  const v1 = document.vectors.find(({ id }) => id === 'v1-1')?.ks as string;
  const text = 'just some text of some length, and nothing else at all';

  test.each([
    ['cut off', v2.slice(0, -4), 'cut-off', 2, 2345678, undefined],
    ['cut off at a length that no base64 has', v2.slice(0, 61), 'cut-off', 2, 2345678, undefined],
    ['cut off inside the partner ID', 'djJ8MjM0NTY=', 'cut-off', 2, null, 'too-short'],
    ['almost completely cut off', v2.slice(0, 38), 'cut-off', 2, 2345678, 'too-short'],
    ['an extra character', `${v2.slice(0, 70)}A${v2.slice(70)}`, 'not-base64', 2, 2345678, 'padding'],
    ['an invalid character', `${v2.slice(0, 60)}é${v2.slice(61)}`, 'not-base64', 2, 2345678, 'foreign-character'],
    ['shortened', 'djJ8Mj…9af1', 'not-base64', 2, null, 'shortened'],
    ['padded too much', `${v2}=`, 'not-base64', 2, 2345678, 'padding'],
    ['version 1, cut off within its signature', v1.slice(0, 40), 'cut-off', 1, null, undefined],
    ['version 1, cut off within its fields', v1.slice(0, 88), 'cut-off', 1, 102, undefined],
    ['a secret', '0123456789abcdef0123456789abcdef', 'not-a-ks', null, null, 'permanent-secret'],
    ['a token of another kind', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'not-base64', null, null, 'web-token'],
    ['base64 of something else', Buffer.from(text).toString('base64'), 'not-a-ks', null, null, undefined],
  ])('%s', (_what, ks, fault, version, partnerId, oddity) => {
    const reading = explainKs(new Secret(ks), null);
    expect(reading).toMatchObject({ readable: false, fault, version, partnerId });
    expect(reading.readable ? undefined : reading.oddity?.kind).toBe(oddity);
  });

  const privileges = 'sview:0_abc12345/0_def12345,setrole:PLAYBACK_BASE_ROLE,edit:0_abc12345';
  const fields = { partnerId: 102, type: 0, expiresAt: 1893456000, userId: 'jo', privileges };
  const long = Buffer.from(signKsV2(fields, SECRET, Buffer.alloc(16, 7)), 'base64url');
  const textOf = (bytes: Buffer): Secret => new Secret(bytes.toString('base64url'));

  test.each([48, 64, 96])(
    'version 2, cut off after %i encrypted bytes, which is visible only with the secret',
    (length) => {
      const ks = textOf(long.subarray(0, 'v2|102|'.length + length));
      expect(explainKs(ks, given(SECRET))).toMatchObject({ readable: false, fault: 'cut-off', partnerId: 102 });
      expect(explainKs(ks, given(OTHER))).toMatchObject({ readable: true, explanation: { signature: 'invalid' } });
      expect(explainKs(ks, null)).toMatchObject({ readable: true, explanation: { signature: 'unchecked' } });
    },
  );

  test.each([50, 70, 90])('the privileges of a key that was changed at byte %i are unknown', (at) => {
    const changed = Buffer.from(long);
    changed[at] = (changed[at] as number) ^ 1;
    expect(explainKs(textOf(changed), given(SECRET))).toMatchObject({
      readable: true,
      explanation: { signature: 'invalid', madeWith: given(SECRET)?.source, facts: { userId: 'jo', privileges: null } },
    });
  });

  test('reports the position of an invalid character', () => {
    const reading = explainKs(new Secret(`${v2.slice(0, 60)}é${v2.slice(61)}`), null);
    expect(reading).toMatchObject({ oddity: { character: 'é', at: 60 } });
  });

  test('a signed key with a bracket in a name is unreadable, because it crashes the server', () => {
    const fields = { partnerId: 102, type: 0, expiresAt: 1893456000, userId: 'jo', privileges: 'a[b:1' };
    const reading = explainKs(new Secret(signKsV2(fields, SECRET, new Uint8Array(16))), given(SECRET));
    expect(reading).toMatchObject({ readable: false, fault: 'bad-fields', version: 2, partnerId: 102 });
  });

  test('accepts a signed key with few fields', () => {
    const info = '102;102;1893456000;2';
    const signature = createHash('sha1').update(`${SECRET.reveal()}${info}`).digest('hex');
    const ks = new Secret(Buffer.from(`${signature}|${info}`).toString('base64'));
    expect(explainKs(ks, given(SECRET))).toMatchObject({
      readable: true,
      explanation: { signature: 'valid', typeNumber: 2 },
    });
    expect(explainKs(ks, given(OTHER))).toMatchObject({
      readable: false,
      fault: 'cut-off',
      version: 1,
      partnerId: 102,
    });
  });
});

describe('the creation time of a key', () => {
  const madeAt = (random: string, privileges = '', expiresAt = 1893456000): number | null => {
    const fields = { partnerId: 102, type: 0, expiresAt, userId: 'jo', privileges };
    return explained(signKsV1(fields, SECRET, random), null).madeAt;
  };

  test('is in version 1 keys of the server', () => {
    expect(madeAt('1700000000.1234')).toBe(1_700_000_000);
    const { form, at } = recording('169-get-v1-ks');
    expect(explained(form['ks'] as string, null).madeAt).toBe(Math.floor(at / 1000));
  });

  test('is not read from other random numbers or from the expiry of a download key', () => {
    expect(madeAt('12345')).toBeNull();
    expect(madeAt('3141592653')).toBeNull();
    expect(madeAt('1893456000', 'downloadasset:1_a')).toBeNull();
  });
});

describe('the group of a key', () => {
  const ofV1 = (privileges: string, more: object = {}) =>
    explained(
      signKsV1({ partnerId: 102, type: 0, expiresAt: 1893456000, userId: '', ...more, privileges }, SECRET, '1'),
      null,
    );

  test('has the first name of sessionid, and the app token', () => {
    expect(ofV1('sessionid:a/b,apptoken:0_x')).toMatchObject({ sessionGroup: 'a', appTokenId: '0_x' });
    expect(ofV1('sessionid,edit:*')).toMatchObject({ sessionGroup: null, appTokenId: null });
    // In version 1, the space is a part of the name.
    expect(ofV1('edit:*, sessionid:a')).toMatchObject({ sessionGroup: null });
  });

  test('marks a widget session, which is a USER key without a user', () => {
    expect(ofV1('view:*,widget:1').isWidget).toBe(true);
    expect(ofV1('view:*,widget:1', { userId: '0' }).isWidget).toBe(true);
    expect(ofV1('view:*,widget:1', { userId: 'jo' }).isWidget).toBe(false);
    expect(ofV1('view:*,widget:1', { type: 2 }).isWidget).toBe(false);
    expect(ofV1('view:*').isWidget).toBe(false);
  });
});

describe('the answer of the server', () => {
  const facts = {
    partnerId: 2345678,
    userId: 'jo',
    type: 'ADMIN',
    privileges: 'sessionid:x,apptoken:0_y',
    expiresAt: 1893456000,
  } as const;
  const encrypted = explained(document.vectors.find(({ id }) => id === 'v2-1')?.ks as string, OTHER);

  test('replaces the facts and confirms the signature', () => {
    const known = {
      ...encrypted,
      signature: 'valid',
      problems: [],
      checkedWith: null,
      factsFrom: 'server',
      facts,
      sessionGroup: 'x',
      appTokenId: '0_y',
    };
    expect(withServerFacts(encrypted, facts)).toEqual(known);
    expect(withServerAnswer(encrypted, { answer: 'facts', facts })).toEqual(known);
  });

  test('confirms the signature if the server could read the key, but says nothing if it could not', () => {
    expect(withServerAnswer(encrypted, { answer: 'ended', reason: 'LOGOUT' })).toEqual({
      ...encrypted,
      signature: 'valid',
      problems: [],
      checkedWith: null,
      isRefusedNow: true,
    });
    expect(withServerAnswer(encrypted, { answer: 'refused' })).toEqual(encrypted);
  });

  test('says nothing about the signature after a forbidden call', () => {
    expect(withServerAnswer(encrypted, { answer: 'forbidden' })).toEqual(encrypted);
  });
});

describe('every key in the recordings of the real server', () => {
  const LONG = /djJ8[A-Za-z0-9_-]+=*|[A-Za-z0-9+/]{70,}={0,2}/g;
  const isKey = (text: string): boolean =>
    text.startsWith('djJ8') || /^[0-9a-f]{40}\|/.test(Buffer.from(text, 'base64').toString('latin1'));
  const sent = [...recordings, ...entitlement].map(({ request: { path, body } }) =>
    decodeURIComponent(`${path} ${body}`.replaceAll('+', ' ').replaceAll(/%(?![0-9A-Fa-f]{2})/g, '%25')),
  );
  const answered = allRecordings.map(({ response }) => response.body.replaceAll('\\/', '/'));
  const keys = new Set([...sent, ...answered].flatMap((text) => text.match(LONG) ?? []).filter(isKey));

  test('is found and decrypted with the account’s secret, except for two invalid ones', () => {
    const refused = ['162-get-ks-wrong-secret-v2', '170-get-ks-v1-tampered'].map((name) => recording(name).form['ks']);
    let [opened, wrong] = [0, 0];
    for (const ks of keys) {
      const finding = findKs(ks);
      expect(finding.found && finding.ks.reveal()).toBe(ks);
      const { signature } = explained(ks, SECRET);
      expect(signature).toBe(refused.includes(ks) ? 'invalid' : 'valid');
      if (signature === 'valid') opened += 1;
      else wrong += 1;
    }
    expect({ opened, wrong }).toEqual({ opened: 223, wrong: 2 });
  });

  test('explains texts that are not keys', () => {
    for (const [name, fault] of [
      ['155-get-garbage-ks', 'not-a-ks'],
      ['157-get-garbage-ks-base64', 'not-a-ks'],
      ['158-get-garbage-ks-nonb64', 'not-base64'],
      ['177-get-empty-ks', 'not-base64'],
    ] as const) {
      const ks = new Secret(recording(name).form['ks'] as string);
      expect(explainKs(ks, given(SECRET))).toMatchObject({ readable: false, fault, version: null, partnerId: null });
    }
  });

  test('agrees with the facts that the server returned', () => {
    const asked = allRecordings.filter(
      ({ form, path, response }) =>
        /session\/action\/get$/.test(path) &&
        form['session'] === undefined &&
        form['ks'] !== undefined &&
        response.body.startsWith('{"sessionType"'),
    );
    expect(asked.length).toBeGreaterThan(8);
    for (const { form, response } of asked) {
      const info = JSON.parse(response.body) as Record<string, string>;
      const { facts, typeNumber } = explained(form['ks'] as string, SECRET);
      expect({ ...facts, type: String(typeNumber) }).toEqual({
        partnerId: Number(info['partnerId']),
        userId: info['userId'],
        type: info['sessionType'],
        privileges: info['privileges'],
        expiresAt: Math.floor(Number(info['expiry'])),
      });
    }
  });
});
