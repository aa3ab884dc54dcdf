import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  explainKs,
  type KsExplanation,
  type UnreadableKs,
  withServerAnswer,
} from '../../../source/kaltura/ks/explain.js';
import type { KsFields } from '../../../source/kaltura/ks/fields.js';
import { signKsV1 } from '../../../source/kaltura/ks/v1.js';
import { signKsV2 } from '../../../source/kaltura/ks/v2.js';
import { Secret } from '../../../source/kaltura/secret.js';
import type { KeyAnswer } from '../../../source/kaltura/sessions/read-on-server.js';
import {
  explanationFacts,
  explanationWarnings,
  faultParagraphs,
  foundTexts,
  notFoundText,
  privilegeParagraphs,
  serverParagraphs,
  wrappingText,
} from '../../../source/messages/explanation/explanation.js';
import type { Fact, Paragraph } from '../../../source/messages/paragraph.js';
import { HARMLESS_IN_PRACTICE } from '../../../source/messages/practice-key.js';
import { given } from '../../kaltura/given-secret.js';

const SECRET = new Secret('0123456789abcdef0123456789abcdef');
const NOW = Date.UTC(2026, 10, 24, 16, 20) / 1000;
const DAY = 86_400;

beforeAll(() => void vi.stubEnv('TZ', 'UTC'));
afterAll(() => void vi.unstubAllEnvs());

const FIELDS: KsFields = { partnerId: 2345678, type: 0, expiresAt: NOW + 3600, userId: 'jo', privileges: '' };

interface Making {
  readonly version?: 1 | 2;
  readonly random?: string;
  readonly secret?: Secret | null;
}

function explained(
  fields: Partial<KsFields>,
  { version = 2, random = '1', secret = SECRET }: Making = {},
): KsExplanation {
  const all = { ...FIELDS, ...fields };
  const ks = version === 1 ? signKsV1(all, SECRET, random) : signKsV2(all, SECRET, new Uint8Array(16));
  const reading = explainKs(new Secret(ks), given(secret));
  if (!reading.readable) throw new Error(reading.fault);
  return reading.explanation;
}

const rows = (facts: readonly Fact[]): Record<string, string> =>
  Object.fromEntries(facts.map(({ label, value }) => [label, value]));
const texts = (paragraphs: readonly Paragraph[]): string[] => paragraphs.map(({ text }) => text);
const factsOf = (explanation: KsExplanation) => rows(explanationFacts(explanation, NOW));
const warningsOf = (explanation: KsExplanation) => explanationWarnings(explanation, NOW, false);
const privilegesOf = (explanation: KsExplanation) => texts(privilegeParagraphs(explanation)).slice(1);

describe('the facts of a key', () => {
  test('with a known secret have all details', () => {
    expect(factsOf(explained({ type: 2, privileges: 'list:*' }))).toEqual({
      Version: '2 (encrypted)',
      Partner: '2345678',
      Type: 'ADMIN',
      User: 'jo',
      Expires: 'Tue 24 Nov, 17:20 (in 1 h)',
      Signature: 'valid: signed with the secret that you entered',
    });
  });

  test('show an expiry in the far future as a number', () => {
    const { Expires } = factsOf(explained({ expiresAt: 2 ** 63 }, { version: 1 }));
    expect(Expires).toBe('9223372036854776000 (never, in practice)');
  });

  test('without a secret have only the version and the account', () => {
    expect(factsOf(explained({}, { secret: null }))).toEqual({
      Version: '2 (encrypted)',
      Partner: '2345678',
      Signature: 'not checked',
    });
  });

  test('from the server name the server as the source', () => {
    const facts = { partnerId: 2345678, userId: '', type: 'ADMIN', privileges: '', expiresAt: NOW + 60 } as const;
    const explanation = withServerAnswer(explained({}, { secret: null }), { answer: 'facts', facts });
    expect(factsOf(explanation)).toMatchObject({
      User: 'no user',
      Signature: 'valid: the server accepts the key',
      'Details from': 'the server',
    });
  });

  test('from the request name the request as the source', () => {
    const facts = { partnerId: 2345678, userId: null, type: null, privileges: null, expiresAt: null };
    const asked = { ...explained({}, { secret: null }), facts };
    expect(factsOf(asked)).toMatchObject({
      Type: 'unknown',
      User: 'unknown',
      Expires: 'unknown',
      Signature: 'not checked',
      'Details from': 'the request, not confirmed by the server',
    });
    expect(texts(privilegeParagraphs(asked))).toEqual(['Its privileges are unknown.']);
  });

  test('include details that only some keys have', () => {
    const v1 = explained(
      {
        userId: '*',
        type: 10,
        privileges: 'sessionid:visit-42,apptoken:0_abc12345',
        expiresAt: NOW - 3 * DAY,
        masterPartnerId: '-2',
        additionalData: 'x=1',
      },
      { version: 1, random: `${NOW - 4 * DAY}.25` },
    );
    expect(factsOf(v1)).toMatchObject({
      Version: '1 (anyone can read it)',
      Type: 'ADMIN (the key has 10; the server treats 1 and more as ADMIN)',
      User: '* (any user)',
      Created: 'Fri 20 Nov, 16:20 (4 days ago)',
      Expires: 'Sat 21 Nov, 16:20 (expired 3 days ago)',
      'Session group': 'visit-42',
      'App token': '0_abc12345',
      'Created by': 'Kaltura’s admin console (partner -2)',
      'Extra data': 'x=1',
    });
    expect(factsOf(explained({ userId: '0', privileges: 'view:*,widget:1' }))['Type']).toContain(
      'public session (widget session)',
    );
  });
});

describe('each privilege has a line that explains its effect in this key', () => {
  test.each<[string, string, Partial<KsFields>, Making, readonly string[]]>([
    [
      'a danger',
      'list:*,sview:0_a',
      {},
      {},
      [
        '· danger: list:* (list the entries of all users)',
        '· sview:0_a (play chosen entries, protected ones too)',
        'sview doesn’t hide other entries: the key can also read them by their ID, unless entitlement hides them.',
      ],
    ],
    ['a caution', 'sview:*', {}, {}, ['· caution: sview:* (play every entry, protected ones too)']],
    ['a wildcard', '*', {}, {}, ['· danger: * (passes every privilege check)']],
    ['a wildcard of version 1', '*', {}, { version: 1 }, ['· danger: * (passes every privilege check)']],
    [
      'all:* alone, in version 1',
      'all:*',
      {},
      { version: 1 },
      ['· all:* (does nothing here: * works only when it is the only privilege)'],
    ],
    ['a wildcard on ADMIN', '*', { type: 2 }, {}, ['· * (does nothing here: an ADMIN key passes these checks anyway)']],
    [
      'the article’s own text (docs/kaltura-facts.md 0.9)',
      'all:*,disableentitlement',
      {},
      {},
      [
        '· all:* (does nothing here: * works only when it is the only privilege)',
        '· danger: disableentitlement (see everything, hidden or not)',
      ],
    ],
    [
      'contradicting privileges',
      'disableentitlement,enableentitlement',
      {},
      {},
      [
        '· disableentitlement (does nothing here: enableentitlement wins)',
        '· enableentitlement (enforce entitlement for this key)',
      ],
    ],
    [
      'a privilege that ADMIN has anyway',
      'edit:*',
      { type: 2 },
      {},
      ['· edit:* (edit every entry; an ADMIN key can do this anyway)'],
    ],
    [
      'a space in version 1',
      'edit:0_a, list:*',
      {},
      { version: 1 },
      [
        '· edit:0_a (edit chosen entries of other owners)',
        '· danger: list:* (read as list:* : the server looks for that text)',
      ],
    ],
    [
      'a privilege that only an application reads',
      'genieid:7',
      {},
      {},
      ['· genieid:7 (not known to the server; read by Genie: the Genie workspace)'],
    ],
  ])('%s', (_what, privileges, fields, making, lines) => {
    expect(privilegesOf(explained({ ...fields, privileges }, making))).toEqual(lines);
  });

  test('with the tone of its risk', () => {
    const tones = privilegeParagraphs(explained({ privileges: 'list:*,sview:*,sview2:x' })).map(({ tone }) => tone);
    expect(tones).toEqual(['plain', 'danger', 'caution', 'plain']);
  });

  test('without a danger in the key that practice suggests', () => {
    const suggested = explained({ privileges: 'list:*,sview:*' });
    const tones = (explanation: KsExplanation) => privilegeParagraphs(explanation).map(({ tone }) => tone);
    expect(tones(suggested)).toEqual(['plain', 'danger', 'caution']);
    const inPractice: KsExplanation = { ...suggested, checkedWith: { from: 'practice' } };
    expect(tones(inPractice)).toEqual(['plain', 'plain', 'plain', 'plain']);
    expect(privilegeParagraphs(inPractice).at(-1)).toEqual(HARMLESS_IN_PRACTICE);
    expect(tones({ ...explained({ privileges: 'list:*' }), checkedWith: { from: 'practice' } })).toEqual([
      'plain',
      'danger',
    ]);
  });

  test('but an empty list has one line, and a long list is cut off', () => {
    expect(texts(privilegeParagraphs(explained({})))).toEqual([
      'Privileges: none. The key lists only the entries of its user, and can change only those.',
    ]);
    expect(texts(privilegeParagraphs(explained({ userId: '' })))).toEqual([
      'Privileges: none. This key can list nothing: it has no user and no privileges.',
    ]);
    expect(texts(privilegeParagraphs(explained({ type: 2 })))).toEqual(['Privileges: none']);
    expect(privilegeParagraphs(explained({}, { secret: null }))).toEqual([]);
    const many = Array.from({ length: 100 }, (_, index) => `p${index}:1`).join(',');
    expect(privilegesOf(explained({ privileges: many })).at(-1)).toBe('· and 40 more');
    expect(texts(privilegeParagraphs(explained({ privileges: `sview:0_a,${many}` }))).slice(-2)).toEqual([
      '· and 41 more',
      expect.stringMatching(/^sview doesn’t hide other entries/),
    ]);
  });
});

describe('the warnings', () => {
  test.each<[string, Partial<KsFields>, Making, RegExp]>([
    ['ADMIN', { type: 2 }, {}, /^caution: an ADMIN key can read, change and delete everything in partner 2345678/],
    ['ADMIN for long', { type: 2, expiresAt: NOW + 40 * DAY }, {}, /^danger: this ADMIN key is valid for over 30 days/],
    ['a lifetime of days', { expiresAt: NOW + 3 * DAY }, {}, /^caution: this key is valid for more than 24 hours/],
    [
      'an administrator’s role',
      { privileges: 'setrole:Publisher Administrator' },
      {},
      /^danger: setrole:Publisher Administrator makes it an administrator key/,
    ],
    ['no user', { userId: null }, {}, /^This key has no user, so what it uploads has no owner/],
    ['a user who may have a role', {}, {}, /^If “jo” is a user with a role, the key has that role/],
    [
      'a star among others',
      { privileges: '*,edit:0_a' },
      {},
      /^all:\*,edit:0_a: the all:\* does nothing, because it works only when it is the only privilege/,
    ],
    ['all:* in version 1', { privileges: 'all:*' }, { version: 1 }, /^all:\* does nothing in a version 1 key/],
    [
      'a key that lists only its own entries',
      { privileges: 'disableentitlement' },
      {},
      /still lists only its own entries/,
    ],
    ['a group', { privileges: 'sessionid:a' }, {}, /^Revoking this key revokes every key of its session group/],
    ['an app token', { privileges: 'sessionid:a,apptoken:0_a' }, {}, /^Deleting its app token revokes this key/],
    ['a widget session', { userId: null, privileges: 'widget:1' }, {}, /session.end does not revoke a public session/],
    [
      'a useless limit',
      { privileges: 'actionslimit:0' },
      {},
      /^caution: actionslimit: the value must be a whole number from 1/,
    ],
    ['a name twice', { privileges: 'sview:0_a,sview:0_b' }, { version: 1 }, /^sview: given more than once/],
    ['expired', { expiresAt: NOW - 3 * DAY }, {}, /^caution: the key expired 3 days ago\. It no longer works/],
    [
      'version 1, unchecked',
      {},
      { version: 1, secret: null },
      /^caution: signature not checked. Anyone could have forged these details/,
    ],
    [
      'version 2, encrypted',
      {},
      { secret: null },
      /^To read more, use the Administrator Secret of partner 2345678, or ask the server/,
    ],
    ['another secret', {}, { secret: new Secret('x') }, /^· the secret is not the Administrator Secret of partner/],
    [
      'another secret, version 1',
      {},
      { version: 1, secret: new Secret('x') },
      /^danger: the details of this key may be forged\.$/,
    ],
  ])('%s', (_what, fields, making, line) => {
    expect(texts(warningsOf(explained(fields, making))).filter((text) => line.test(text))).toHaveLength(1);
  });

  test('have no danger for an expired key, but explain its privileges', () => {
    const paragraphs = warningsOf(explained({ type: 2, privileges: '*', expiresAt: NOW }));
    expect(paragraphs.map(({ tone }) => tone)).not.toContain('danger');
    expect(texts(paragraphs).join()).toContain('* does nothing in an ADMIN key');
    expect(texts(paragraphs).join()).not.toContain('can read, change and delete');
  });

  test('ignore a privilege with a stray space in a version 1 key', () => {
    const paragraphs = texts(warningsOf(explained({ privileges: '*, disableentitlement' }, { version: 1 }))).join();
    expect(paragraphs).not.toContain('lists only its own');
  });
});

describe('the text that contained the key', () => {
  test('is described, unless it was only the key', () => {
    expect(wrappingText('none')).toBeNull();
    expect(wrappingText('address')).toContain('in a URL');
    const ks = new Secret('x');
    expect(foundTexts({ found: true, ks, wrapping: 'none', isRepaired: false, unwrapped: [], others: 0 })).toEqual([]);
    const all = foundTexts({ found: true, ks, wrapping: 'lines', isRepaired: true, unwrapped: [], others: 2 });
    expect(all).toHaveLength(3);
    expect(all[2]).toBe('The text contains 2 other keys. Only the first key is explained.');
    for (const why of ['empty', 'no-ks', 'too-long'] as const) expect(notFoundText(why)).toMatch(/\.$/);
  });
});

describe('a key that can’t be read', () => {
  const v2 = signKsV2(FIELDS, SECRET, new Uint8Array(16));
  const broken = (ks: string): UnreadableKs => {
    const reading = explainKs(new Secret(ks), given(SECRET));
    if (reading.readable) throw new Error('The key can be read.');
    return reading;
  };
  test.each([
    ['cut off', v2.slice(0, -4), 'The key is damaged', 'version 2, partner 2345678'],
    [
      'a character that no key has',
      `${v2.slice(0, 30)}!${v2.slice(31)}`,
      'it contains “!” after 30 characters',
      'version 2',
    ],
    ['an invisible character', `${v2.slice(0, 30)}\x07${v2.slice(31)}`, 'it contains U+0007', 'version 2'],
    ['a soft hyphen', `${v2.slice(0, 30)}\u00AD${v2.slice(31)}`, 'it contains U+00AD', 'version 2'],
    ['a wrong character at the beginning', `!${v2}`, 'at the beginning', 'Copy the whole key again'],
    ['shortened', 'djJ8Mj…9af1', 'its middle is missing', 'The missing part can’t be restored'],
    ['wrong padding', `${v2}=`, 'too many = at its end', 'Copy the whole key again'],
    ['a secret', 'a'.repeat(32), 'This looks like a secret', 'Don’t paste it into chats'],
    ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'a JWT', 'Kaltura'],
    ['short', 'garbage', 'too short for a key', 'Copy the whole key again'],
    [
      'base64 of anything',
      Buffer.from('some text of some length, and no key').toString('base64'),
      'This is not a key',
      'djJ8',
    ],
  ])('%s', (_what, ks, what, more) => {
    const paragraphs = faultParagraphs(broken(ks));
    expect(paragraphs[0]?.text).toContain(what);
    expect(paragraphs[0]?.tone).toMatch(/caution|danger/);
    expect(texts(paragraphs).join(' ')).toContain(more);
    expect(paragraphs.length).toBeGreaterThanOrEqual(3);
    expect(texts(paragraphs).join(' ')).not.toContain(ks.slice(0, 20).padEnd(20, '#'));
  });

  test('has an explanation if it is signed but unreadable', () => {
    const ks = signKsV2({ ...FIELDS, privileges: 'a[b:1' }, SECRET, new Uint8Array(16));
    expect(texts(faultParagraphs(broken(ks))).join(' ')).toContain('contains a [');
  });
});

describe('the answer of the server', () => {
  const facts = { partnerId: 1, userId: '', type: 'ADMIN', privileges: '', expiresAt: NOW + 60 } as const;
  test.each<[KeyAnswer, Paragraph['tone'], RegExp]>([
    [{ answer: 'facts', facts }, 'good', /The key works/],
    [{ answer: 'forbidden' }, 'caution', /unknown whether the key works.*same answer if no key arrives/],
    [{ answer: 'ended', reason: 'EXPIRED' }, 'caution', /has expired.*create a new one/],
    [{ answer: 'ended', reason: 'LOGOUT' }, 'caution', /was revoked/],
    [{ answer: 'ended', reason: 'EXCEEDED_ACTIONS_LIMIT' }, 'caution', /used up/],
    [{ answer: 'held-back', reason: 'EXCEEDED_RESTRICTED_IP' }, 'caution', /doesn’t work from here/],
    [{ answer: 'held-back', reason: 'EXCEEDED_RESTRICTED_URI' }, 'caution', /urirestrict/],
    [{ answer: 'refused' }, 'caution', /another region/],
  ])('%j', (answer, tone, text) => {
    const paragraphs = serverParagraphs(answer, NOW);
    expect(paragraphs[0]?.tone).toBe(tone);
    expect(texts(paragraphs).join(' ')).toMatch(text);
  });

  test('names a wrong clock if the key is valid on the server but expired on this computer', () => {
    const paragraphs = serverParagraphs({ answer: 'facts', facts: { ...facts, expiresAt: NOW - 300 } }, NOW);
    expect(texts(paragraphs).join(' ')).toContain('expired 5 min ago. The clock');
  });
});

test('shows the contents of a hostile key on short lines without control characters', () => {
  const inner = signKsV2(FIELDS, SECRET, new Uint8Array(16));
  const userId = `\x1b[31m\u202E${inner}\n${'f'.repeat(32)}`;
  const privileges = `list:${inner},setrole:\x9b2J${inner},sessionid:\u2028${inner},${'\u200b'}x:\n1`;
  for (const version of [1, 2] as const) {
    for (const secret of [SECRET, null, new Secret('x')]) {
      const explanation = explained(
        { userId, privileges, type: 2, additionalData: inner, masterPartnerId: inner },
        { version, secret },
      );
      const shown = [
        ...explanationFacts(explanation, NOW).map(({ value }) => value),
        ...texts(privilegeParagraphs(explanation)),
        ...texts(warningsOf(explanation)),
      ];
      for (const text of shown) {
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(text.length).toBeLessThan(400);
      }
    }
  }
});
