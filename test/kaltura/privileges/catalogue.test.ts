import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { APPLICATION_PRIVILEGES } from '../../../source/kaltura/privileges/applications.js';
import {
  correctSpelling,
  findPrivilege,
  PRIVILEGES,
  type Weight,
} from '../../../source/kaltura/privileges/catalogue.js';
import { explainPrivilege, weightOf } from '../../../source/kaltura/privileges/effects.js';
import { checkPrivileges, privilegePairs } from '../../../source/kaltura/privileges/privileges.js';
import { ROLES } from '../../../source/kaltura/privileges/roles.js';
import recordings from '../../fixtures/entitlement.json' with { type: 'json' };
import others from '../../fixtures/recordings.json' with { type: 'json' };

/** The constants of the server's code (docs/kaltura-facts.md 2.3). */
const SERVER_NAMES = [
  'edit',
  'sview',
  'list',
  'download',
  'downloadasset',
  'editplaylist',
  'sviewplaylist',
  'actionslimit',
  'setrole',
  'restrictingrole',
  'limitentry',
  'iprestrict',
  'urirestrict',
  'enableentitlement',
  'disableentitlement',
  'disableentitlementforentry',
  'disableentitlementforplaylist',
  'privacycontext',
  'searchcontext',
  'enablecategorymoderation',
  'enablecaptionmoderation',
  'edituser',
  'editadmintags',
  'reftime',
  'sessionkey',
  'sessionid',
  'apptoken',
  'preview',
  'jobtype',
  'enablechangeaccount',
  'restrictexplicitliveview',
  'virtualeventid',
  'disablesessiontypecheck',
];

test('knows the 33 names of the server, and two of widget sessions', () => {
  expect(SERVER_NAMES).toHaveLength(33);
  expect(PRIVILEGES.map(({ name }) => name).sort()).toEqual([...SERVER_NAMES, 'view', 'widget'].sort());
});

test('accepts a list only for the privileges in the facts', () => {
  const lists = PRIVILEGES.filter(({ value }) => value.kind === 'required' && value.takes === 'list');
  expect(lists.map(({ name }) => name).sort()).toEqual(
    ['disableentitlementforentry', 'edit', 'edituser', 'enablechangeaccount', 'iprestrict', 'sview', 'view'].sort(),
  );
  const bare = PRIVILEGES.filter(({ value }) => value.kind === 'none').map(({ name }) => name);
  expect(bare.sort()).toEqual(
    [
      'enableentitlement',
      'disableentitlement',
      'enablecategorymoderation',
      'enablecaptionmoderation',
      'disablesessiontypecheck',
    ].sort(),
  );
});

describe.each(PRIVILEGES)('$name', ({ name, value, summary, detail }) => {
  const example = value.kind === 'none' ? '' : value.example;

  test('has a summary of one line', () => {
    expect(summary.length).toBeLessThanOrEqual(48);
    expect(detail).toMatch(/\.$/);
    expect(`${summary}${detail}`).not.toMatch(/[\n\t]/);
  });

  test('has a valid example, which is explained', () => {
    const text = example === '' ? name : `${name}:${example}`;
    expect(checkPrivileges(text, null)).toMatchObject({ ok: true, privileges: text });
    expect(explainPrivilege(name, example).summary).not.toBe('');
  });

  test('refuses a value that must not be there, and a missing value', () => {
    const wrong = value.kind === 'none' ? `${name}:*` : name;
    const checked = checkPrivileges(wrong, 2);
    expect(checked).toMatchObject({ ok: false });
    if (!checked.ok) expect(checked.problem).toContain(name);
  });

  test('refuses another case, and names the right spelling', () => {
    const typed = name.toUpperCase();
    expect(correctSpelling(typed)).toBe(name);
    const checked = checkPrivileges(`${typed}${example === '' ? '' : `:${example}`}`, 2);
    expect(checked).toMatchObject({ ok: false, problem: expect.stringContaining(`write ${name}.`) });
  });

  test('accepts * only if it means all', () => {
    if (value.kind === 'none') return;
    expect(checkPrivileges(`${name}:*`, 2).ok).toBe(value.allowsAny);
  });
});

const WEIGHTS: [name: string, value: string, weight: Weight][] = [
  ['*', '', 'danger'],
  ['all', '*', 'danger'],
  ['disableentitlement', '', 'danger'],
  ['disableentitlement', '*', 'neutral'],
  ['edit', '*', 'danger'],
  ['edit', '*/0_abc12345', 'danger'],
  ['edit', '0_abc12345', 'widens'],
  ['list', '*', 'danger'],
  ['list', '0_abc12345', 'widens'],
  ['download', '*', 'danger'],
  ['edituser', '*', 'danger'],
  ['sview', '*', 'caution'],
  ['sview', '0_abc12345/0_def12345', 'restricts'],
  ['editadmintags', '*', 'caution'],
  ['disablesessiontypecheck', '', 'caution'],
  ['enablechangeaccount', '*', 'caution'],
  ['enablechangeaccount', '102', 'restricts'],
  ['disableentitlementforentry', '0_abc12345', 'caution'],
  ['disableentitlementforplaylist', '0_abc12345', 'caution'],
  ['setrole', 'PLAYBACK_BASE_ROLE', 'restricts'],
  ['setrole', 'null', 'restricts'],
  ['setrole', 'Publisher Administrator', 'danger'],
  ['setrole', 'publisher administrator', 'danger'],
  ['setrole', 'PLAYBACK_BASE_ROLE/Publisher Administrator', 'danger'],
  ['setrole', '12345', 'caution'],
  ['setrole', 'MY_ROLE', 'caution'],
  ['setrole', 'SSO_ADMIN_ROLE', 'caution'],
  ['iprestrict', '10.0.0.1', 'restricts'],
  ['actionslimit', '5', 'restricts'],
  ['privacycontext', 'x', 'restricts'],
  ['sessionid', 'x', 'restricts'],
  ['appid', 'kms', 'neutral'],
  ['appid', '*', 'neutral'],
  // The server looks for the text `list:*` anywhere (docs/kaltura-facts.md 2.2).
  ['editplaylist', '*', 'danger'],
  ['playlist', '*', 'danger'],
];

test.each(WEIGHTS)('rates %s:%s as %s', (name, value, weight) => {
  expect(weightOf(name, value)).toBe(weight);
  expect(explainPrivilege(name, value).weight).toBe(weight);
});

test('explains unknown, misspelled and useless names', () => {
  expect(explainPrivilege('myapp', 'kms').summary).toContain('ignored by the server');
  expect(explainPrivilege('DisableEntitlement', '').summary).toContain('does nothing');
  expect(explainPrivilege('disableentitlement', '*').summary).toContain('does nothing with a value');
  expect(explainPrivilege('playlist', '*').summary).toContain('list:*');
});

describe('privileges of applications', () => {
  test('are all in the catalog, spelled as in the document', () => {
    const sheet = readFileSync('docs/kaltura-products.md', 'utf8');
    const section = sheet.slice(sheet.indexOf('\n## 2. '), sheet.indexOf('More about the names of facts 2.3'));
    const names = section
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
    expect(names).toContain('appId');
    const ours = APPLICATION_PRIVILEGES.map(({ name }) => name);
    expect(names.filter((name) => !ours.includes(name) && findPrivilege(name) === undefined)).toEqual([]);
    expect(ours.filter((name) => findPrivilege(name) !== undefined || !names.includes(name))).toEqual([]);
  });

  test.each(APPLICATION_PRIVILEGES)(
    '$name: names the application that reads it, in one line',
    ({ name, readBy, summary }) => {
      expect(summary.length).toBeLessThanOrEqual(48);
      const explained = explainPrivilege(name, 'x').summary;
      expect(explained).not.toContain('unknown');
      if (!['caption', 'disablechangeaccount'].includes(name)) {
        expect(explained).toBe(`not known to the server; read by ${readBy}: ${summary}`);
      }
    },
  );

  test('are rated by what they allow in the application', () => {
    expect(weightOf('role', 'viewerRole')).toBe('neutral');
    expect(weightOf('role', 'adminRole')).toBe('caution');
    expect(weightOf('role', 'constructor')).toBe('neutral');
    expect(weightOf('userContextualRole', '0')).toBe('caution');
    expect(weightOf('userContextualRole', '3')).toBe('neutral');
    expect(weightOf('kmslogin', '')).toBe('caution');
  });

  test('a value that an application would not understand gets a note', () => {
    for (const text of ['role:manager', 'userContextualRole:9', 'returnUrl:https://a.example', 'cncAuth:1']) {
      const checked = checkPrivileges(text, 2);
      expect(checked).toMatchObject({ ok: true, privileges: text });
      if (checked.ok) expect(checked.notes.join(' ')).toMatch(/It is one of|percent-encoded/);
    }
  });
});

test('only one role is an administrator role, with its exact name', () => {
  expect(ROLES.filter(({ administrator }) => administrator).map(({ name }) => name)).toEqual([
    'Publisher Administrator',
  ]);
  expect(new Set(ROLES.map(({ name }) => name)).size).toBe(ROLES.length);
});

test('explains all recorded privileges', () => {
  const texts = new Set<string>();
  for (const { key } of recordings as { key?: string }[]) {
    texts.add(/'(.*)'/.exec(key ?? '')?.[1] ?? '');
  }
  for (const { request } of [...recordings, ...others] as { request: { body?: unknown } }[]) {
    const body = typeof request.body === 'string' ? request.body : '';
    for (const [name, value] of new URLSearchParams(body)) if (/privileges/i.test(name)) texts.add(value);
  }
  expect(texts.size).toBeGreaterThan(30);
  expect(texts).toContain('all:*,disableentitlement');
  for (const text of texts) {
    for (const [name, value] of privilegePairs(text)) expect(explainPrivilege(name, value).summary).not.toBe('');
    expect(() => checkPrivileges(text, 1)).not.toThrow();
  }
});

test('finds a privilege only by its exact name', () => {
  expect(findPrivilege('Edit')).toBeUndefined();
  expect(correctSpelling('edit')).toBeUndefined();
  expect(correctSpelling('appId')).toBeUndefined();
});

test.each([
  ['list', '*;edit:*', 'read as list:* : the server looks for that text'],
  ['list', '*', 'list the entries of all users'],
  ['sview', '* ', 'read as sview:* : the server looks for that text'],
])('explains %s:%s as the server reads it', (name, value, summary) => {
  expect(explainPrivilege(name, value).summary).toBe(summary);
});
