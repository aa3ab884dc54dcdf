import { describe, expect, test } from 'vitest';
import { ApiError } from '../../source/kaltura/api/client.js';
import type { CheckReport } from '../../source/kaltura/sessions/check.js';
import { refusalOf } from '../../source/kaltura/sessions/check.js';
import { planCheck } from '../../source/kaltura/sessions/check-plan.js';
import { findRevealOptions } from '../../source/kaltura/sessions/entitlement.js';
import type { KeyFacts } from '../../source/kaltura/sign-in/key-request.js';
import { reportParagraphs } from '../../source/messages/check.js';
import { planParagraphs } from '../../source/messages/check-plan.js';
import {
  contextParagraphs,
  foundParagraphs,
  lookUpParagraphs,
  revealedParagraphs,
} from '../../source/messages/entitlement.js';
import type { Paragraph } from '../../source/messages/paragraph.js';

const NOW = 1_900_000_000;
const SERVER = 'https://api.eu.kaltura.com';

const key: KeyFacts = { partnerId: 102, userId: 'jane', type: 'USER', privileges: '', expiresAt: NOW + 7200 };

const text = (paragraphs: readonly Paragraph[]): string => paragraphs.map((one) => one.text).join('\n');

describe('the text before a check', () => {
  const plan = (privileges: string, type: KeyFacts['type'] = 'USER') =>
    planParagraphs(planCheck({ ...key, type, privileges }, SERVER));

  test('lists each call with its URL and parameters, but not the key itself', () => {
    expect(text(plan('', 'ADMIN')).split('\n')).toEqual([
      'Sent to api.eu.kaltura.com with the key. These calls change nothing:',
      `POST ${SERVER}/api_v3/service/session/action/get  reads the type, user, privileges and expiry of the key.  ks=(the key)`,
      `POST ${SERVER}/api_v3/service/baseEntry/action/count  counts the entries that the key can list.  ks=(the key)`,
      'Sent without the key, at no cost: system.getTime, to read the server’s clock.',
    ]);
  });

  test.each<[string, string]>([
    ['actionslimit:1', 'This check uses it up, and then the key no longer works.'],
    ['actionslimit:5', 'the key allows 5 calls, and this check uses one of them'],
    ['actionslimit:0', 'The API refuses every call with this key'],
    ['iprestrict:1.2.3.4', 'works only from 1.2.3.4. kaltura-ks doesn’t know which address'],
    ['urirestrict:/p/*', 'can’t be checked here'],
    ['setrole:null', 'The server will refuse the check, but its answer shows whether the key is valid'],
    ['setrole:4711', 'may forbid the check. That answer would also show that the key is valid'],
    ['setrole:PLAYBACK_BASE_ROLE', 'allows this check and little else'],
    ['restrictingrole:KMS_RESTRICTED_ROLE', 'may forbid the check'],
  ])('mentions %s', (privileges, message) => {
    expect(text(plan(privileges))).toContain(message);
  });

  test('has no escape codes from the key', () => {
    expect(text(plan('setrole:\u001b[2Jx'))).not.toContain('\u001b');
  });

  test('says how many calls a key may lose that can’t be read', () => {
    expect(text(planParagraphs(planCheck(null, SERVER)))).toContain(
      'If the key allows only a limited number of calls (actionslimit), this check uses up to 2 of them.',
    );
  });
});

describe('the text after a check', () => {
  const report: CheckReport = {
    serviceUrl: SERVER,
    verdict: 'works',
    serverFacts: { ...key, type: 'ADMIN' },
    knownFacts: null,
    differences: [],
    forbidden: [],
    refusal: null,
    entries: { total: 2, reach: 'everyone' },
    clockDifference: 0,
  };
  const reportText = (changes: Partial<CheckReport>): string => text(reportParagraphs({ ...report, ...changes }, NOW));

  const refused = (code: string, args: Record<string, string> = {}, changes: Partial<CheckReport> = {}): string => {
    const error = new ApiError({ code, answer: 'no', args, action: 'session.get' });
    return reportText({ verdict: 'refused', serverFacts: null, entries: null, refusal: refusalOf(error), ...changes });
  };

  test('describes a key that works', () => {
    expect(reportText({}).split('\n')).toEqual([
      '✔ The key works: the server accepts it.',
      expect.stringMatching(
        /^According to the server: ADMIN, partner 102, user jane, no privileges, expires .+ \(in 2 h\)\.$/,
      ),
      'The key can list 2 entries of the account. Entries that entitlement hides from it are not counted.',
      'This computer’s clock agrees with the server’s.',
    ]);
  });

  test('uses the server’s clock for the expiry if this computer’s clock is wrong', () => {
    const late = reportText({ clockDifference: 3600 });
    expect(late).toContain('(in 1 h)');
    expect(late).toContain('This computer’s clock is 1 h behind the server’s');
  });

  test('describes a USER key from the known facts', () => {
    const user = reportText({ serverFacts: null, knownFacts: key, entries: { total: 1, reach: 'own' } });
    expect(user).toContain('the key is neither expired nor revoked.');
    expect(user).toContain('Known about this key: USER, partner 102, user jane');
    expect(user).toContain(
      'The key can list 1 entry. A USER key lists only the entries of its own user, unless it has the privilege list:*, or * as its only privilege.',
    );
  });

  test('says that a player key without a user lists nothing, as expected', () => {
    const player = { ...key, userId: '', privileges: 'sview:0_abc12345' };
    const entries = { total: 0, reach: 'own' } as const;
    expect(reportText({ serverFacts: null, knownFacts: player, entries })).toContain(
      'The key lists no entries, as expected for a USER key without a user. It can play 0_abc12345 (sview).',
    );
    expect(reportText({ serverFacts: null, knownFacts: { ...player, userId: 'jane' }, entries })).toContain(
      'list 0 entries',
    );
  });

  test.each<[privileges: string, sentence: string]>([
    ['swiew:0_abc12345', 'Kaltura ignores “swiew”. Did you mean sview?'],
    ['sview:0_abc12345,0_def12345', 'Join values with / : sview:0_abc12345/0_def12345.'],
    ['list:0_abc12345', 'list:0_abc12345 matters for cue points only'],
  ])('explains the mistake in %s', (privileges, sentence) => {
    expect(reportText({ serverFacts: { ...key, privileges } })).toContain(sentence);
    expect(refused('INVALID_KS', { KSID: 'EXPIRED' }, { knownFacts: { ...key, privileges } })).not.toContain(sentence);
  });

  test('reports how the key differs from the expected facts', () => {
    const differs = reportText({ knownFacts: key, differences: ['type'] });
    expect(differs).toContain('Different type: kaltura-ks expected USER, but the server says ADMIN.');
  });

  test('explains an error that a call without a key also gets', () => {
    const genuine = reportText({
      verdict: 'genuine',
      serverFacts: null,
      entries: null,
      forbidden: ['baseEntry.count'],
    });
    const forbidden = reportText({
      verdict: 'forbidden',
      serverFacts: null,
      entries: null,
      forbidden: ['baseEntry.count'],
    });
    expect(forbidden).toContain('It is unknown whether the key works');
    for (const text of [genuine, forbidden]) {
      expect(text).not.toContain('The key works');
      expect(text).toContain('the same answer if no key arrives');
    }
    expect(genuine).toContain('baseEntry.count (SERVICE_FORBIDDEN)');
  });

  const invalid = (reason: string): string => refused('INVALID_KS', { KSID: reason, ERR_DESC: 'INVALID_STR' });

  test.each<[string, string, string[]]>([
    ['EXPIRED', invalid('EXPIRED'), ['The key has expired', 'Create a new one', 'The signature is valid']],
    ['LOGOUT', invalid('LOGOUT'), ['was revoked', 'sessionid', 'The signature is valid']],
    ['EXCEEDED_ACTIONS_LIMIT', invalid('EXCEEDED_ACTIONS_LIMIT'), ['no calls left', 'actionslimit']],
    ['EXCEEDED_RESTRICTED_IP', invalid('EXCEEDED_RESTRICTED_IP'), ['does not work from this network', 'iprestrict']],
    ['EXCEEDED_RESTRICTED_URI', invalid('EXCEEDED_RESTRICTED_URI'), ['urirestrict']],
    ['INVALID_SET_ROLE', refused('INVALID_SET_ROLE'), ['its role does not exist']],
    ['INVALID_OBJECT_ID', refused('INVALID_OBJECT_ID', { ID: 'N/A' }), ['its role does not exist']],
    ['INVALID_ACTIONS_LIMIT', refused('INVALID_ACTIONS_LIMIT'), ['actionslimit is not a positive number']],
    ['CONTENT_BLOCKED', refused('SERVICE_FORBIDDEN_CONTENT_BLOCKED'), ['blocked', 'support']],
    ['USER_BLOCKED', refused('USER_BLOCKED'), ['user of this key is blocked']],
  ])('explains %s with the cause and the next step', (_, words, parts) => {
    expect(words.startsWith('✖ ')).toBe(true);
    for (const part of parts) expect(words).toContain(part);
    expect(words).not.toContain('The key works');
  });

  test('names the region for a key that the server can’t read, and says nothing about its signature', () => {
    const words = invalid('djJ8…');
    expect(words).toContain('in another region (this is EU)');
    expect(words).not.toContain('The signature is valid');
  });
});

describe('the search for content', () => {
  const entry = { kind: 'entry', id: '0_abc12345' } as const;
  const category = { kind: 'category', id: '18' } as const;
  const absent = { found: false } as const;

  test('explains three meanings of “not found”', () => {
    const message = text(lookUpParagraphs(category, absent, null));
    for (const part of ['can’t find the category 18', 'entitlement hides', 'another account', 'does not exist']) {
      expect(message).toContain(part);
    }
    expect(text(lookUpParagraphs(entry, { found: true, name: 'A talk' }, null))).toBe(
      '✔ The key can see the entry 0_abc12345: “A talk”.',
    );
  });

  test.each([
    ['sview:0_other123/0_other456', true],
    ['sview:0_other123/0_abc12345', false],
    ['sview:*', false],
    ['list:*', false],
  ])(
    'says that sview hides no other entries if the key sees an entry that its sview leaves out: %s',
    (privileges, isSaid) => {
      const facts = { partnerId: 1234567, userId: '', type: 'USER', privileges, expiresAt: null } as const;
      const message = text(lookUpParagraphs(entry, { found: true, name: 'A talk' }, facts));
      expect(message.includes('sview doesn’t hide other entries')).toBe(isSaid);
    },
  );

  test('lists privileges for hidden content, the narrowest first', () => {
    const hidden = { verdict: 'hidden-by-entitlement', name: 'A talk', isRevoked: true } as const;
    const message = text(revealedParagraphs(entry, hidden, findRevealOptions(entry, { type: 'USER', privileges: '' })));
    const places = ['disableentitlementforentry:0_abc12345', 'privacycontext:', 'disableentitlement  '].map((part) =>
      message.indexOf(part),
    );
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(message).toContain('list:*,disableentitlement');
    expect(message).not.toContain('it works until it expires');
  });

  test.each<[string, Parameters<typeof foundParagraphs>[0], KeyFacts | null, string]>([
    [
      'content that does not exist',
      { id: category, outcome: absent, revealed: { verdict: 'not-there-either', name: null, isRevoked: false } },
      key,
      'can’t find it either: the category 18 does not exist, or belongs to another account.\nNo privilege will help. Check the ID and the account.\nThe one-minute key could not be revoked: it works until it expires.',
    ],
    [
      'content that a key with disableentitlement can’t find',
      { id: category, outcome: absent, revealed: null },
      { ...key, privileges: 'disableentitlement' },
      'The key bypasses entitlement: the category 18 does not exist',
    ],
    [
      'content that is missing in an account without entitlement',
      { id: category, outcome: absent, revealed: null, isEnforced: false },
      key,
      'does not enforce entitlement',
    ],
    [
      'an unknown result, because the login decides',
      { id: category, outcome: absent, revealed: { verdict: 'unknown', name: null, isRevoked: true } },
      key,
      'may have ignored its disableentitlement',
    ],
  ])('explains %s', (_, found, facts, message) => {
    expect(text(foundParagraphs(found, facts))).toContain(message);
  });

  test('does not blame a login or a missing secret for an unknown result', () => {
    const message = text(revealedParagraphs(category, { verdict: 'unknown', name: null, isRevoked: true }, []));
    expect(message).toContain('the server may have ignored its disableentitlement');
    expect(message).not.toMatch(/the login’s user|secret would tell/);
  });

  test('does not say that entitlement is off for a key with enableentitlement', () => {
    const found = { id: category, outcome: absent, revealed: null, isEnforced: false };
    const message = text(foundParagraphs(found, { ...key, privileges: 'enableentitlement' }));
    expect(message).not.toContain('does not enforce');
  });
});

test('says that privacycontext itself may hide the content, and offers a key without it first', () => {
  const id = { kind: 'category', id: '12' } as const;
  const facts = { type: 'ADMIN', privileges: 'privacycontext:Portal' } as const;
  const textOf = (paragraphs: readonly { readonly text: string }[]) => paragraphs.map((one) => one.text).join('\n');
  expect(textOf(contextParagraphs(id, facts.privileges))).toMatch(
    /privacycontext:Portal.*create a key without the privilege/,
  );
  expect(contextParagraphs(id, 'list:*')).toEqual([]);
  const revealed = { verdict: 'hidden-by-entitlement', name: null, isRevoked: true } as const;
  const message = textOf(revealedParagraphs(id, revealed, findRevealOptions(id, facts)));
  expect(message).toMatch(/^· no privacycontext:Portal .*\n· disableentitlement/m);
});
