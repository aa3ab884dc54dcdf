import { describe, expect, test } from 'vitest';
import { HOLDERS, holderOf } from '../../../source/kaltura/holders.js';
import { checkPrivileges } from '../../../source/kaltura/privileges/privileges.js';
import {
  ENTITLEMENT_EXPLANATION,
  PRIVILEGE_TASKS,
  privilegesOfTask,
  type TaskId,
  taskOf,
  tasksFor,
  WILDCARD_WARNING,
} from '../../../source/kaltura/privileges/tasks.js';
import { confirmationWord } from '../../../source/kaltura/risks/risks.js';

const PRIVILEGES_OF_TASKS: [id: TaskId, type: 'USER' | 'ADMIN' | null, values: string[], privileges: string][] = [
  ['nothing', 'ADMIN', [], ''],
  ['play', 'USER', ['0_abc12345', ' 0_def12345 '], 'sview:0_abc12345/0_def12345'],
  ['play', 'USER', [], ''],
  ['play-only', 'USER', ['0_abc12345'], 'sview:0_abc12345,setrole:PLAYBACK_BASE_ROLE'],
  ['play-only', 'ADMIN', [], 'setrole:PLAYBACK_BASE_ROLE'],
  ['list-all', 'USER', [], 'list:*'],
  ['edit', 'USER', ['0_abc12345/0_def12345'], 'edit:0_abc12345/0_def12345'],
  ['upload', 'USER', [], 'setrole:UPLOAD_BASE_ROLE'],
  ['see-all', 'ADMIN', [], 'disableentitlement'],
  ['see-all', 'USER', [], 'list:*,disableentitlement'],
  ['see-all', null, [], 'list:*,disableentitlement'],
  ['context', 'USER', [' $& Portal '], 'privacycontext:$& Portal'],
];

test.each(PRIVILEGES_OF_TASKS)('%s for %s with %j', (id, type, values, privileges) => {
  expect(privilegesOfTask(taskOf(id), type, values)).toBe(privileges);
});

describe.each(PRIVILEGE_TASKS)('$id', (task) => {
  test('has a short label, and privileges in normalized form', () => {
    expect(task.label.length).toBeLessThanOrEqual(40);
    for (const type of ['USER', 'ADMIN'] as const) {
      const privileges = privilegesOfTask(task, type, [task.needs?.example ?? '']);
      expect(checkPrivileges(privileges, null)).toEqual({ ok: true, privileges, notes: [] });
      expect(task.advice[type].length).toBeGreaterThan(0);
    }
    expect(tasksFor('USER')).toContain(task);
  });

  test('is marked as a danger exactly if it requires a typed word', () => {
    const plan = {
      type: 'USER',
      privileges: privilegesOfTask(task, 'USER', [task.needs?.example ?? '']),
      lifetime: 3600,
      userId: '',
      holder: 'server',
      signIn: { method: 'server', partnerId: 102 },
      serviceUrl: 'https://www.kaltura.com',
    } as const;
    expect(confirmationWord(plan) !== null).toBe(task.weight === 'danger');
  });
});

test('offers no task for an ADMIN key that it can do anyway', () => {
  const offered = tasksFor('ADMIN').map(({ id }) => id);
  expect(offered).not.toContain('list-all');
  expect(offered).not.toContain('edit');
});

test('the explanations are short, name the fix and correct the Kaltura article', () => {
  const lesson = ENTITLEMENT_EXPLANATION.join(' ');
  for (const name of ['disableentitlement', 'list:*', 'privacycontext:', 'all:*', 'lower case', 'member']) {
    expect(lesson).toContain(name);
  }
  expect(WILDCARD_WARNING.join(' ')).toContain('all:*,disableentitlement is the same as disableentitlement');
  const sentences = [...ENTITLEMENT_EXPLANATION, ...WILDCARD_WARNING].flatMap((text) => text.split(/(?<=[.?]) /));
  for (const sentence of sentences) expect(sentence.length).toBeLessThanOrEqual(160);
});

test('suggests ADMIN only for the user’s own key, and never more than a day', () => {
  expect(HOLDERS.filter(({ suggests }) => suggests.type === 'ADMIN').map(({ id }) => id)).toEqual(['me']);
  for (const { suggests, advice, id } of HOLDERS) {
    expect(suggests.lifetime).toBeLessThanOrEqual(86400);
    expect(advice.length).toBeGreaterThan(0);
    expect(advice.length).toBeLessThanOrEqual(230);
    expect(holderOf(id).id).toBe(id);
  }
  expect(holderOf('browser').suggests.lifetime).toBeLessThanOrEqual(3600);
  expect(holderOf('vendor').advice).toContain('only Kaltura can change it');
});
