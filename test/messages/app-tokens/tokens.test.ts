import { describe, expect, test } from 'vitest';
import { ConnectionError } from '../../../source/kaltura/api/http.js';
import type { AppToken, DeleteReport } from '../../../source/kaltura/app-tokens/manage.js';
import type { UseContext } from '../../../source/kaltura/diagnosis/diagnose.js';
import {
  deletedParagraphs,
  deletionParagraphs,
  newTokenWarnings,
  tokenDifferences,
  tokenFacts,
  tokenLine,
  tokenParagraphs,
} from '../../../source/messages/app-tokens/tokens.js';

const NOW = 1_800_000_000;
const DAY = 86_400;

const token = (change: Partial<AppToken> = {}): AppToken => ({
  id: '0_ab12cd34',
  description: 'nightly upload',
  type: 'USER',
  userId: 'upload-bot',
  privileges: 'list:*',
  duration: 3600,
  expiresAt: NOW + 30 * DAY,
  hash: 'SHA256',
  status: 'active',
  createdAt: NOW - DAY,
  ...change,
});

const context: UseContext = {
  action: 'appToken.delete',
  serviceUrl: 'https://www.kaltura.com',
  regionLabel: 'US',
  secrets: [],
};

test('describes a token in one line', () => {
  expect(tokenLine(token(), NOW)).toEqual({
    label: '0_ab12cd34  nightly upload',
    hint: 'USER, active, expires in 30 days',
    detail: 'USER, active, expires in 30 days, user upload-bot, list:*',
    tone: 'plain',
  });
});

test.each<[Partial<AppToken>, string, string]>([
  [{ expiresAt: null }, 'active, never expires', 'plain'],
  [{ type: 'ADMIN' }, 'ADMIN, active', 'caution'],
  [{ type: null, userId: null }, 'USER or ADMIN, active, expires in 30 days, any user', 'caution'],
  [{ expiresAt: NOW }, 'expired', 'dim'],
  [{ status: 'disabled' }, 'disabled', 'dim'],
  [{ duration: 0 }, 'its keys expire immediately', 'dim'],
])('describes a token with %o', (change, text, tone) => {
  const line = tokenLine(token(change), NOW);
  expect(line.detail).toContain(text);
  expect(line.tone).toBe(tone);
});

test('lists the facts of a token', () => {
  const facts = new Map(tokenFacts(token({ expiresAt: null, privileges: '' }), NOW).map((f) => [f.label, f.value]));
  expect(facts.get('Privileges')).toBe('(none)');
  expect(facts.get('Each key')).toBe('valid for 1 hour');
  expect(facts.get('The token')).toBe('active, never expires');
  expect([...facts.keys()]).toContain('Created');
});

test.each<[Partial<AppToken>, RegExp]>([
  [{ type: 'ADMIN' }, /creates ADMIN keys: it is nearly as powerful as the account’s secret/],
  [{ type: null }, /when asked for them/],
  [{ duration: 0 }, /expire immediately, because its key lifetime is 0/],
  [{ expiresAt: NOW }, /means “now” and not “never”/],
  [{ privileges: '*' }, /does nothing/],
])('warns about %o', (change, message) => {
  expect(
    tokenParagraphs(token(change), NOW)
      .map(({ text }) => text)
      .join('\n'),
  ).toMatch(message);
});

test('has no warning for an ordinary token', () => {
  expect(tokenParagraphs(token(), NOW)).toEqual([]);
});

const NEW_TOKEN = {
  description: '',
  type: 'USER',
  userId: 'jo',
  privileges: '',
  duration: 3600,
  expiresAt: null,
} as const;

test('warns about an ADMIN token before it is created', () => {
  const [first] = newTokenWarnings({ ...NEW_TOKEN, type: 'ADMIN' }, null);
  expect(first).toMatchObject({ tone: 'danger' });
  expect(newTokenWarnings(NEW_TOKEN, null).every(({ tone }) => tone === 'plain')).toBe(true);
});

test('reports how the created token differs from the request', () => {
  const made = token({ userId: 'jo', privileges: '', expiresAt: null });
  expect(tokenDifferences(NEW_TOKEN, made)).toEqual([]);
  expect(tokenDifferences(NEW_TOKEN, { ...made, duration: 60, type: 'ADMIN' }).map(({ text }) => text)).toEqual([
    'The server created the token with another type: ADMIN instead of USER.',
    'The server created the token with another key lifetime: 60 instead of 3600.',
  ]);
});

describe('deleting a token', () => {
  test('says which keys stop working', () => {
    expect(deletionParagraphs(token())[0]).toMatchObject({ tone: 'danger' });
    expect(deletionParagraphs(token())[0]?.text).toMatch(
      /^If you delete 0_ab12cd34, all keys that were created from it stop working immediately/,
    );
  });

  test.each<[DeleteReport, string, RegExp]>([
    [{ outcome: 'deleted', left: [] }, 'good', /no longer in the account’s list/],
    [{ outcome: 'deleted', left: null }, 'good', /no longer works/],
    [{ outcome: 'absent' }, 'caution', /no app token 0_x .*Nothing was deleted\.\n.*Check the list/],
    [{ outcome: 'still-there', left: [] }, 'danger', /still lists it\.\n.*in a minute/],
    [
      { outcome: 'deleted-unproved', why: new ConnectionError('dns', 'www.kaltura.com', 'ENOTFOUND') },
      'caution',
      /was not found \(ENOTFOUND\)\.\nCheck the list/,
    ],
  ])('explains %o', (report, tone, message) => {
    const paragraphs = deletedParagraphs('0_x', report, context);
    expect(paragraphs[0]?.tone).toBe(tone);
    expect(paragraphs.map(({ text }) => text).join('\n')).toMatch(message);
  });
});
