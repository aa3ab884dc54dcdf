import { describe, expect, test } from 'vitest';
import { lifetimeWarning, privilegeWarnings, workingPrivileges } from '../../source/messages/privilege-mistakes.js';

describe('a warning for each privilege that does not work as written', () => {
  test.each<[privileges: string, warning: string]>([
    ['sview:0_abc12345,0_def12345', 'Join values with / : sview:0_abc12345/0_def12345.'],
    ['sview:0_abc12345,0_def12345,0_ghi12345', '“0_ghi12345” is a value, not a privilege. It does nothing in a key.'],
    ['download:0_abc12345,0_def12345', 'download takes one value.'],
    ['iprestrict:10.0.0.1,10.0.0.2', 'Join values with / : iprestrict:10.0.0.1/10.0.0.2.'],
    ['list:0_abc12345', 'list:0_abc12345 matters for cue points only: it lists those of this entry.'],
    ['swiew:0_abc12345', 'Did you mean sview?'],
    ['veiw:0_abc12345', 'Did you mean sview or view?'],
    ['setrole', 'setrole has no value, so session.start refuses it.'],
  ])('%s', (privileges, warning) => expect(privilegeWarnings(privileges).join('\n')).toContain(warning));

  test.each(['list:*', 'caption:0_abc12345', 'appId:kms-my.host', 'sview:0_abc12345/0_def12345', '*'])(
    'no warning for %s',
    (one) => expect(privilegeWarnings(one)).toEqual([]),
  );
});

test('privileges with a mistake are not explained again', () => {
  expect(workingPrivileges('swiew:0_abc12345,list:*,appid:x')).toEqual([
    ['list', '*'],
    ['appid', 'x'],
  ]);
});

test('warns about a lifetime that may be in milliseconds', () => {
  expect(lifetimeWarning(86_400_000)).toBe('The key is valid for 1000 days. Did you mean 86400 seconds?');
  expect(lifetimeWarning(30 * 24 * 3600)).toBeNull();
});
