import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openKs } from '../../../source/kaltura/ks/open.js';
import { signKsV2 } from '../../../source/kaltura/ks/v2.js';
import { PRIVILEGES } from '../../../source/kaltura/privileges/catalogue.js';
import {
  checkPrivileges,
  joinValues,
  normalizePrivileges,
  privilegePairs,
  privilegeValue,
  withoutPrivilege,
  withPrivilege,
} from '../../../source/kaltura/privileges/privileges.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { anyCharacter } from '../../any-character.js';

const check = (text: string, ksVersion: 1 | 2 | null = null) => checkPrivileges(text, ksVersion);

/** [text, part of the problem, version] */
const REFUSED: [text: string, says: string, ksVersion?: 1 | 2 | null][] = [
  [',', 'comma'],
  [',list:*', 'beginning'],
  ['  ,list:*', 'beginning'],
  ['list:*,', 'end'],
  ['list:*, ', 'end'],
  ['list:*,,disableentitlement', 'two commas in a row'],
  ['list:*, ,disableentitlement', 'two commas in a row'],
  ['list[0]:*', '[ or ]'],
  ['list]:*', '[ or ]'],
  ['_e:1', 'begin with _'],
  ['list:*,_u:mallory', 'begin with _'],
  ['list disableentitlement', 'space'],
  ['sview :0_abc12345', 'before the colon'],
  ['sview=0_abc12345', 'Write a colon before the value: sview:0_abc12345.'],
  ['genie.id:1', 'letters, digits'],
  ['größe:1', 'letters, digits'],
  [':0_abc12345', 'name is missing'],
  ['list:*,:x', 'name is missing'],
  ['0', 'lone 0'],
  ['setrole', 'needs a value'],
  ['setrole:', 'needs a value'],
  ['list:*,setrole: ,edit:*', 'needs a value'],
  ['edit', 'needs a value'],
  ['disableentitlement:*', 'does nothing with a value'],
  ['enableentitlement:1', 'does nothing with a value'],
  ['DisableEntitlement', 'write disableentitlement.'],
  ['list:*,SView:0_abc12345', 'write sview.'],
  ['ALL:*', 'write all.'],
  ['all:x', 'all:*'],
  ['all:*;disableentitlement', 'commas', 2],
  ['all:*;disableentitlement', 'commas', 1],
  ['disableentitlement;list:*', 'commas', 2],
  ['privacycontext:a;sview:*', 'commas', 2],
  ['list;*', 'Write a colon before the value: list:*.'],
  ['list:*,sview; 0_welcome1', 'Write a colon before the value: sview:0_welcome1.', 2],
  ['list;edit:*', 'Separate privileges with commas'],
  ['edit;all', 'Separate privileges with commas'],
  ['edit;disableentitlement', 'Separate privileges with commas'],
  ['disableentitlement;x', 'Separate privileges with commas'],
  ['sview;0_welcome1;list:*', 'Separate privileges with commas'],
  ['privacycontext:a;b', 'version 1', 1],
  ['privacycontext:a;b', 'and this can become one', null],
  ['edit:0_abc12345;0_def12345', 'write edit:0_abc12345/0_def12345.'],
  ['sview:0_abc12345;mylonguserid', 'join values with / : write sview:0_abc12345/mylonguserid.', 2],
  ['sview:0_abc 12345', 'remove all spaces from the ID. Write sview:0_abc12345.', 2],
  ['sview: ;', 'sview needs a value (entry ID)'],
  ['sview:https://x.example/0_abc12345', 'a URL is no ID: write sview:0_abc12345.'],
  ['iprestrict:https://x.example/0_abc12345', 'IP addresses'],
  ['edit:0_abc12345;0_def12345', 'write edit:0_abc12345/0_def12345.', 2],
  ['edit:0_abc12345|0_def12345 | 0_ghi12345', 'write edit:0_abc12345/0_def12345/0_ghi12345.'],
  ['sview:0_abc12345, 0_def12345', 'join values with / : sview:0_abc12345/0_def12345.'],
  ['list:*,0_def12345', 'list takes one value.'],
  ['0_def12345', 'write for example sview:0_def12345.'],
  ['enablechangeaccount:102 103', 'write enablechangeaccount:102/103.'],
  ['iprestrict:10.0.0.1, 10.0.0.2', 'iprestrict:10.0.0.1/10.0.0.2.'],
  ['actionslimit:0', 'from 1'],
  ['actionslimit:-5', 'from 1'],
  ['actionslimit:ten', 'from 1'],
  ['actionslimit:1.5', 'from 1'],
  ['actionslimit:*', 'does not support *'],
  ['iprestrict:10.0.0.0/24', 'ranges'],
  ['iprestrict:10.0.0.1-10.0.0.9', 'ranges'],
  ['iprestrict:10.0.0.*', 'ranges'],
  ['iprestrict:300.0.0.1', 'addresses'],
  ['iprestrict:*', 'does not support *'],
  ['urirestrict:https://www.kaltura.com/api_v3/*', 'only the path'],
  ['urirestrict:/api_v3/*|http://x/', 'only the path'],
  ['urirestrict:api_v3', 'begins with /'],
  ['urirestrict:/a*b', 'end of a path'],
  ['setrole:-3', 'whole number'],
  ['setrole:0', 'whole number'],
  ['setrole:PARTNER_ADMIN_ROLE', 'setrole:Publisher Administrator'],
  ['setrole:playback_base_role', 'setrole:PLAYBACK_BASE_ROLE'],
  ['setrole:PLAYBACK_BASE_ROLE/UPLOAD_BASE_ROLE', 'one role'],
  ['limitentry:0_abc12345/0_def12345', 'one ID'],
  ['limitentry:*', 'does not support *'],
  ['privacycontext:a/b', 'before the /'],
  ['editadmintags:x', 'the only value that works is *'],
  ['edit:0_abc12345/*', 'not a wildcard'],
  ['edit:*/0_abc12345', 'not a wildcard'],
  ['edit:*x', 'wildcard'],
  ['edit:0_abc12345//0_def12345', 'missing'],
  ['edit:/0_abc12345', 'missing'],
  ['edit:0_abc12345/', 'missing'],
  ['edit:0_abc12345 0_def12345', 'write edit:0_abc12345/0_def12345.'],
  ['enablechangeaccount:me', 'whole number'],
  ['setrole:1,setrole:2', 'twice'],
  ['setrole:1,list:*,setrole:1', 'twice'],
  ['appid:a,appid:b', 'only the last'],
  ['list:\u0007*', 'invisible'],
  ['privacycontext:a\nb', 'invisible'],
  ['privacycontext:a\ud800', 'invisible'],
  ['li\u0000st:*', 'invisible'],
  ['privacycontext:a\ufffd', 'unreadable'],
];

describe('refuses with a reason', () => {
  test.each(REFUSED)('%j: %s', (text, says, ksVersion = null) => {
    const checked = check(text, ksVersion);
    expect(checked).toMatchObject({ ok: false, problem: expect.stringContaining(says) });
    if (!checked.ok) expect(checked.problem).toMatch(/^\S.*\.$/);
  });
});

const ACCEPTED: [text: string, privileges: string, note?: string | undefined, ksVersion?: 1 | 2 | null][] = [
  ['', ''],
  ['  \n', ''],
  ['*', '*'],
  ['all:*', 'all:*', 'version 2', null],
  ['all:*', 'all:*', 'does nothing', 1],
  ['all:*', '*', undefined, 2],
  ['*,disableentitlement', 'all:*,disableentitlement', 'does nothing'],
  ['all:*, disableentitlement', 'all:*,disableentitlement', 'does nothing'],
  [' list:* ,\n disableentitlement ', 'list:*,disableentitlement'],
  ['\u00a0list:*', 'list:*'],
  ['privacycontext: My Portal & Co', 'privacycontext:My Portal & Co'],
  ['disableentitlement:', 'disableentitlement'],
  ['edit:0_abc12345,edit:0_def12345', 'edit:0_abc12345/0_def12345', 'edit was given twice: merged with /'],
  ['edit:0_abc12345,list:*,edit:0_abc12345/0_def12345', 'edit:0_abc12345/0_def12345,list:*', 'merged'],
  ['edit:0_abc12345,edit:*', 'edit:*', 'covers the other'],
  ['disableentitlement,disableentitlement', 'disableentitlement', 'once is enough'],
  ['enableentitlement,disableentitlement', 'enableentitlement,disableentitlement', 'enableentitlement overrides'],
  ['iprestrict:10.0.0.1/10.0.0.2', 'iprestrict:10.0.0.1/10.0.0.2'],
  ['iprestrict:2001:db8::1', 'iprestrict:2001:db8::1'],
  ['urirestrict:/api_v3/*|/p/102/*', 'urirestrict:/api_v3/*|/p/102/*'],
  ['setrole:Publisher Administrator', 'setrole:Publisher Administrator'],
  ['setrole:null', 'setrole:null'],
  ['setrole:MY_OWN', 'setrole:MY_OWN'],
  ['appId:kms-my.host', 'appId:kms-my.host'],
  ['privacycontext:a;b', 'privacycontext:a;b', undefined, 2],
  ['playlist:*', 'playlist:*', 'read as list:*'],
  ['view:*,widget:1', 'view:*,widget:1'],
  ['caption:0_abc12345', 'caption:0_abc12345'],
];

describe('accepts and normalizes', () => {
  test.each(ACCEPTED)('%j as %j', (text, privileges, note, ksVersion = null) => {
    const checked = check(text, ksVersion);
    expect(checked).toMatchObject({ ok: true, privileges });
    if (!checked.ok) return;
    if (note === undefined) expect(checked.notes).toEqual([]);
    else expect(checked.notes.join(' ')).toContain(note);
    expect(check(privileges, ksVersion)).toMatchObject({ ok: true, privileges });
  });
});

test('adds, replaces and removes single privileges, and keeps the order', () => {
  expect(withPrivilege('', 'list', '*')).toBe('list:*');
  expect(withPrivilege('list:*', 'disableentitlement')).toBe('list:*,disableentitlement');
  expect(withPrivilege('edit:0_a,list:*', 'edit', '0_b/0_c')).toBe('edit:0_b/0_c,list:*');
  expect(withPrivilege('*', 'list', '*')).toBe('all:*,list:*');
  expect(withPrivilege('', '*')).toBe('*');
  expect(withoutPrivilege('edit:0_a,list:*', 'edit')).toBe('list:*');
  expect(withoutPrivilege('list:*', 'edit')).toBe('list:*');
  expect(withoutPrivilege('*', 'all')).toBe('');
  expect(privilegeValue('urirestrict:/a:b/*,list:*', 'urirestrict')).toBe('/a:b/*');
  expect(privilegeValue('disableentitlement', 'disableentitlement')).toBe('');
  expect(privilegeValue('', 'list')).toBeNull();
  expect(privilegeValue('*', 'all')).toBe('*');
  expect(joinValues([' 0_a ', '0_b/0_a', ''])).toBe('0_a/0_b');
  expect(joinValues(['0_a', '*'])).toBe('*');
});

const id = fc.stringMatching(/^[01]_[0-9a-z]{8}$/);
const plainText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => !/[,;/*\p{Cc}\p{Cs}\u2028\u2029]/u.test(text) && text.trim() === text && text !== '');

/** Privileges that the server and this program accept: known ones with valid values, unknown ones with any value. */
const item = fc.oneof(
  fc
    .tuple(fc.constantFrom('edit', 'sview', 'disableentitlementforentry'), fc.array(id, { minLength: 1, maxLength: 4 }))
    .map(([name, ids]) => `${name}:${ids.join('/')}`),
  fc.constantFrom(
    ...PRIVILEGES.map(({ name, value }) => (value.kind === 'none' ? name : `${name}:${value.example}`)),
    'list:*',
    'edit:*',
    'all:*',
    '*',
  ),
  plainText.map((text) => `privacycontext:${text}`),
  fc.tuple(fc.stringMatching(/^[a-z][a-z0-9-]{3,9}x$/), plainText).map(([name, value]) => `${name}:${value}`),
);
const typed = fc
  .tuple(fc.array(item, { maxLength: 6 }), fc.constantFrom(',', ', ', ' ,\t'))
  .map(([items, comma]) => items.join(comma));

const secret = new Secret('0123456789abcdef0123456789abcdef');

test('accepted privileges are unchanged in a version 2 key and after another check', () => {
  let taken = 0;
  fc.assert(
    fc.property(typed, fc.uint8Array({ minLength: 16, maxLength: 16 }), (text, random) => {
      const checked = check(text, 2);
      if (!checked.ok) {
        expect(checked.problem).toMatch(/twice|invisible character|unreadable character/);
        return;
      }
      taken++;
      const fields = { partnerId: 102, type: 0, expiresAt: 1893456000, userId: null, privileges: checked.privileges };
      expect(openKs(signKsV2(fields, secret, random), [secret]).privileges).toBe(checked.privileges);
      expect(check(checked.privileges, 2)).toMatchObject({ ok: true, privileges: checked.privileges });
    }),
    { numRuns: 1000 },
  );
  expect(taken).toBeGreaterThan(300);
});

test('never throws, and accepts only normalized text', () => {
  const text = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 60 }),
    fc
      .array(fc.oneof(item, fc.constantFrom(',', ';', ':', '*', '/', ' ', '_', '[', 'edit', '0')), { maxLength: 8 })
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(1, 2, null), (input, ksVersion) => {
      const checked = check(input, ksVersion);
      if (checked.ok) {
        if (input.trim() !== 'all:*')
          expect(checked.privileges).toBe(ksVersion === 2 ? star(input) : normalizePrivileges(input));
      }
      const once = normalizePrivileges(input);
      expect(normalizePrivileges(once)).toBe(once);
      expect(() => privilegePairs(input)).not.toThrow();
    }),
    { numRuns: 2000 },
  );
});

/** In version 2, `all:*` as the only privilege is `*`. */
function star(input: string): string {
  const text = normalizePrivileges(input);
  return text === 'all:*' ? '*' : text;
}

test.each([
  ['actionslimit:-1', true],
  ['actionslimit:3', true],
  ['actionslimit:0', false],
  ['actionslimit:abc', false],
  ['actionslimit:-2', false],
  ['actionslimit', false],
  ['actionslimit:', false],
])('%s is accepted: %s', (text, isAccepted) => {
  const checked = checkPrivileges(text, 2);
  expect(checked.ok).toBe(isAccepted);
  if (!checked.ok) expect(checked.problem).toContain('-1');
});
