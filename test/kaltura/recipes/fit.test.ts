import { describe, expect, test } from 'vitest';
import type { KsVersion } from '../../../source/kaltura/ks/fields.js';
import { takesKey } from '../../../source/kaltura/recipes/fill.js';
import { fitOf } from '../../../source/kaltura/recipes/fit.js';
import type { PlaceholderValues } from '../../../source/kaltura/recipes/placeholders.js';
import { RECIPES } from '../../../source/kaltura/recipes/recipes.js';
import type { KeyFacts } from '../../../source/kaltura/sign-in/key-request.js';
import { answersFor, minimalValues, recipe } from './examples.js';

const NOW = 1_800_000_000;

const facts = (given: Partial<KeyFacts>): KeyFacts => ({
  partnerId: 2345678,
  userId: 'jo',
  type: 'USER',
  privileges: '',
  expiresAt: NOW + 3600,
  ...given,
});

function fitted(id: string, given: Partial<KeyFacts>, values: PlaceholderValues = {}, version: KsVersion = 2) {
  const one = recipe(id);
  if (!takesKey(one)) throw new Error(`${id} needs no key`);
  return fitOf(one, values, { facts: facts(given), version }, NOW);
}

const problemsOf = (...given: Parameters<typeof fitted>) => fitted(...given).problems;
const kinds = (found: readonly { readonly kind: string }[]): string[] => found.map(({ kind }) => kind);

test.each(RECIPES.filter(takesKey).map((one) => [one.id, one] as const))('the key of %s fits its recipe', (_, one) => {
  const { type, privileges, lifetime } = answersFor(one);
  const userId = one.key.user.need === 'none' ? '' : 'jo';
  const key = facts({ type, privileges, userId, expiresAt: NOW + lifetime });
  for (const values of [minimalValues(one), {}]) {
    const { problems, cautions } = fitOf(one, values, { facts: key, version: 2 }, NOW);
    expect(problems).toEqual([]);
    expect(kinds(cautions).filter((kind) => kind !== 'extra')).toEqual([]);
  }
});

describe('missing parts', () => {
  test('the type, if ADMIN is needed', () => {
    expect(problemsOf('moderation', { privileges: 'disableentitlement' })).toEqual([{ kind: 'type', needed: 'ADMIN' }]);
    expect(kinds(fitted('upload', { type: 'ADMIN', expiresAt: null }).cautions)).toEqual(['admin']);
  });

  test('no type, if the sources don’t say whether USER works', () => {
    const { problems, cautions } = fitted('agent-conversation', { privileges: 'agentid:a' }, { agent: 'a' });
    expect(problems).toEqual([]);
    expect(kinds(cautions)).toContain('maybe-admin');
  });

  test('the user, if one is required', () => {
    expect(kinds(problemsOf('upload', { userId: '0' }))).toEqual(['no-user']);
    expect(kinds(fitted('video-editor-preview', { privileges: '' }).cautions)).toContain('user');
  });

  test('privileges, with their values if they are given', () => {
    expect(problemsOf('play-entry', {})).toEqual([{ kind: 'missing', privilege: 'sview:<entry>' }]);
    expect(problemsOf('play-entry', {}, { entry: '0_a' })).toEqual([{ kind: 'missing', privilege: 'sview:0_a' }]);
    expect(problemsOf('express-recorder', { privileges: 'editadmintags:x' })).toEqual([
      { kind: 'value', name: 'editadmintags', value: 'x', needed: '*' },
    ]);
    expect(kinds(problemsOf('meeting-attendee', { privileges: 'role:viewerRole' }))).toContain('missing-one-of');
  });

  test('not an entry in a list, and not what * or ADMIN includes', () => {
    for (const privileges of ['sview:0_b/0_a', 'sview:*', '*']) {
      expect([privileges, problemsOf('play-entry', { privileges }, { entry: '0_a' })]).toEqual([privileges, []]);
    }
    expect(problemsOf('play-entry', { type: 'ADMIN' }, { entry: '0_a' })).toEqual([]);
    expect(kinds(problemsOf('play-entry', { privileges: 'sview:0_ab' }, { entry: '0_a' }))).toEqual(['value']);
    expect(kinds(problemsOf('play-entry', { privileges: 'all:*' }, { entry: '0_a' }, 1))).toEqual(['missing']);
  });

  test('a role that extends the key; a missing role that only limits it is a caution', () => {
    expect(kinds(problemsOf('captions-editor', { privileges: 'edit:0_a' }))).toEqual(['missing']);
    expect(problemsOf('captions-editor', { type: 'ADMIN', privileges: '' })).toEqual([]);
    expect(kinds(fitted('play-entry', { privileges: 'sview:0_a' }).cautions)).toEqual(['not-narrowed']);
  });
});

describe('problems and cautions', () => {
  test('a role or limit that breaks the product', () => {
    expect(problemsOf('upload', { privileges: 'setrole:UPLOAD_BASE_ROLE' })).toEqual([
      { kind: 'broken-by', privilege: 'setrole:UPLOAD_BASE_ROLE' },
    ]);
    expect(problemsOf('upload', { privileges: 'sview:0_abc12345,setrole:PLAYBACK_BASE_ROLE' })).toEqual([
      { kind: 'broken-by', privilege: 'setrole:PLAYBACK_BASE_ROLE' },
    ]);
    expect(kinds(problemsOf('upload', { privileges: 'actionslimit:-1' }))).toEqual(['unusable-limit']);
    expect(problemsOf('kaf-my-media', { privileges: 'actionslimit:-1,role:viewerRole' })).toEqual([]);
    expect(kinds(fitted('upload', { privileges: 'iprestrict:10.0.0.1,setrole:12' }).cautions)).toContain('limits');
  });

  test('a version 1 key in a path, and a value that is not percent-encoded', () => {
    expect(kinds(problemsOf('play-url', { privileges: 'sview:0_a' }, {}, 1))).toEqual(['version-1-in-path']);
    const privileges = 'actionslimit:-1,role:adminRole,returnUrl:https://www.example.com/done';
    expect(problemsOf('kaf-picker', { privileges })).toEqual([{ kind: 'not-encoded', name: 'returnUrl' }]);
  });

  test('more privileges than needed', () => {
    expect(fitted('upload', { privileges: 'list:*,disableentitlement', expiresAt: null }).cautions).toEqual([
      { kind: 'extra', privilege: 'list:*' },
      { kind: 'extra', privilege: 'disableentitlement' },
    ]);
  });

  test('the remaining lifetime', () => {
    expect(kinds(problemsOf('upload', { expiresAt: NOW }))).toEqual(['expired']);
    expect(fitted('upload', { expiresAt: NOW + 60 }).cautions).toEqual([{ kind: 'short', left: 60, usual: 14_400 }]);
    const privileges = 'actionslimit:-1,role:viewerRole';
    expect(kinds(fitted('kaf-my-media', { privileges }).cautions)).toEqual(['long']);
  });
});
