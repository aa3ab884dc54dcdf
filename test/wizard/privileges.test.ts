import { describe, expect, test } from 'vitest';
import { HARMLESS_IN_PRACTICE } from '../../source/messages/practice-key.js';
import { ADMIN_SECRET, act, back, controlOf, enter, optionsOf, play, problemOf, set, start, viewText } from './play.js';

/** The step for privileges: tasks, the catalog, and text. Every screen of the step shows the current privileges. */

const USER = play(
  start(),
  enter({ region: 'eu' }),
  enter({ method: 'server' }),
  enter({ partnerId: '2345678', secret: ADMIN_SECRET }),
  enter({ holder: 'server' }),
  enter(),
).state;
const ADMIN = play(USER, back, back, enter({ holder: 'me' }), enter({ option: 'ADMIN' }), enter()).state;

test('a privilege that does not work gets the same messages as in the commands', () => {
  const text = viewText(
    play(USER, enter({ task: 'write' }), set('privileges', 'swiew:0_abc12345,list:0_abc12345')).view,
  );
  expect(text).toContain('Kaltura ignores “swiew”. Did you mean sview?');
  expect(text).toContain('list:0_abc12345 matters for cue points only');
});

test('a lifetime that may be in milliseconds gets the same message as in the commands', () => {
  const { view } = play(USER, back, set('lifetime', 'other'), set('otherLifetime', '86400000'));
  expect(viewText(view)).toContain('The key is valid for 1000 days. Did you mean 86400 seconds?');
});

describe('tasks that list everything', () => {
  test('are marked as a danger, in practice too', () => {
    const hintIn = (region: string) => {
      const typed = play(start(), enter({ region })).state;
      const { view } = play({ ...typed, screen: 'privileges', form: { ...typed.form, type: 'USER' } });
      const control = view.controls.find(({ id }) => id === 'task');
      return control?.kind === 'choice' ? control.options.find(({ value }) => value === 'look-around') : undefined;
    };
    for (const region of ['eu', 'practice'])
      expect(hintIn(region)).toMatchObject({ tone: 'danger', hint: 'danger: list:*,sview:*' });
    expect(hintIn('practice')?.detail).toContain(HARMLESS_IN_PRACTICE.text);
    expect(hintIn('eu')?.detail).not.toContain(HARMLESS_IN_PRACTICE.text);
  });
});

describe('tasks', () => {
  test('fit the type, and the catalog and text come last', () => {
    expect(optionsOf(play(USER).view, 'task')).toEqual([
      'nothing',
      'look-around',
      'play',
      'play-only',
      'list-all',
      'edit',
      'upload',
      'role',
      'see-all',
      'context',
      'choose',
      'write',
    ]);
    expect(optionsOf(play(ADMIN).view, 'task')).not.toContain('list-all');
  });

  test.each([
    ['nothing', {}, ''],
    ['play', { taskValue: '0_abc12345' }, 'sview:0_abc12345'],
    ['play', { taskValue: ' 0_abc12345, 0_def67890\n0_abc12345 ' }, 'sview:0_abc12345/0_def67890'],
    ['play-only', { taskValue: '0_abc12345' }, 'sview:0_abc12345,setrole:PLAYBACK_BASE_ROLE'],
    ['list-all', {}, 'list:*'],
    ['edit', { taskValue: '0_abc12345/0_def67890' }, 'edit:0_abc12345/0_def67890'],
    ['upload', {}, 'setrole:UPLOAD_BASE_ROLE'],
    ['role', { taskValue: '123456' }, 'setrole:123456'],
    ['context', { taskValue: 'MyPortal' }, 'privacycontext:MyPortal'],
    // A USER key also needs list:* (docs/kaltura-facts.md 5.10).
    ['see-all', {}, 'list:*,disableentitlement'],
  ])('%s with %j results in "%s"', (task, values, privileges) => {
    const { state } = play(USER, enter({ task, ...values }));
    expect(state.screen).toBe('review');
    expect(state.form.privileges).toBe(privileges);
  });

  test('an ADMIN key sees everything with only disableentitlement', () => {
    expect(play(ADMIN, enter({ task: 'see-all' })).state.form.privileges).toBe('disableentitlement');
  });

  test.each([
    ['play', ''],
    ['play', '  '],
    ['play', '0_a;b'],
    ['edit', '0_a*'],
    ['context', 'a,b'],
  ])('%s with %j is refused', (task, taskValue) => {
    expect(() => play(USER, enter({ task, taskValue }))).toThrow(/privileges has a problem/);
  });

  test('the field for a value has a label and an example', () => {
    const { view } = play(USER, set('task', 'play'));
    expect(controlOf(view, 'taskValue')).toMatchObject({ label: 'Entry IDs', placeholder: 'for example 0_abc12345' });
  });

  test('the step explains what entitlement hides', () => {
    expect(viewText(play(ADMIN).view)).toMatch(
      /Entitlement can hide categories and their entries, even from ADMIN keys \(CATEGORY_NOT_FOUND\)/,
    );
  });
});

describe('the catalog', () => {
  const open = play(USER, enter({ task: 'choose' }));
  const isTicked = (name: string, state = open.state): boolean => {
    const control = controlOf(play(state).view, 'catalogue');
    return control.kind === 'checklist' && control.items.some((item) => item.value === name && item.isTicked);
  };

  test('always shows the current privileges', () => {
    expect(open.state.screen).toBe('catalogue');
    expect(open.view.standing).toEqual({ label: 'privileges', value: '(none)' });
    const ticked = play(open.state, act('tick:disableentitlement'));
    expect(ticked.view.standing?.value).toBe('disableentitlement');
  });

  test('ticks and unticks a privilege without a value', () => {
    const ticked = play(open.state, act('tick:disableentitlement')).state;
    expect(isTicked('disableentitlement', ticked)).toBe(true);
    expect(ticked.screen).toBe('catalogue');
    const not = play(ticked, act('tick:disableentitlement')).state;
    expect(not.form.privileges).toBe('');
    expect(isTicked('disableentitlement', not)).toBe(false);
  });

  test('asks for the value of a privilege, and goes back to the same item', () => {
    const asked = play(open.state, act('tick:sview'));
    expect(asked.state.screen).toBe('value');
    const given = play(asked.state, enter({ privilegeValue: '0_abc12345/0_def67890' }));
    expect(given.state.screen).toBe('catalogue');
    expect(given.state.form.privileges).toBe('sview:0_abc12345/0_def67890');
    expect(controlOf(given.view, 'catalogue')).toMatchObject({ startAt: 'sview' });
  });

  test('Esc on the value does not add the privilege', () => {
    const left = play(open.state, act('tick:sview'), set('privilegeValue', '0_abc'), back);
    expect(left.state).toMatchObject({ screen: 'catalogue', form: { privileges: '' } });
  });

  test.each(['', 'a b', 'a;b', 'a,b'])('refuses the value %j', (value) => {
    expect(() => play(open.state, act('tick:edit'), enter({ privilegeValue: value }))).toThrow(/value has a problem/);
  });

  test('refuses a second privilege after a comma in a value', () => {
    expect(() => play(open.state, act('tick:edit'), enter({ privilegeValue: '0_abc,disableentitlement' }))).toThrow(
      /value has a problem/,
    );
  });

  test('warns of a dangerous value before it is accepted', () => {
    const { view } = play(open.state, act('tick:edit'), set('privilegeValue', '*'));
    expect(view.warnings?.[0]).toMatchObject({ tone: 'danger' });
  });

  test('keeps the order of ticking when a privilege is removed', () => {
    const { state } = play(
      open.state,
      act('tick:disableentitlement'),
      act('tick:sview'),
      enter({ privilegeValue: '0_a' }),
      act('tick:disableentitlement'),
    );
    expect(state.form.privileges).toBe('sview:0_a');
  });

  test('Enter goes to the review and Esc to the tasks, both with the ticked privileges', () => {
    const ticked = play(open.state, act('tick:disableentitlement')).state;
    expect(play(ticked, enter()).state).toMatchObject({
      screen: 'review',
      form: { privileges: 'disableentitlement' },
    });
    expect(play(ticked, back).state).toMatchObject({
      screen: 'privileges',
      form: { privileges: 'disableentitlement' },
    });
  });

  test('explains every privilege in one line, and marks dangers with a word', () => {
    const control = controlOf(open.view, 'catalogue');
    const items = control.kind === 'checklist' ? control.items : [];
    expect(items.length).toBeGreaterThanOrEqual(30);
    for (const item of items) {
      expect(item.hint.length, item.value).toBeGreaterThan(8);
      if (item.tone === 'danger') expect(item.hint).toMatch(/^danger: /);
    }
  });
});

describe('privileges as text', () => {
  const open = play(USER, enter({ task: 'write' })).state;

  test.each([
    ['list:*', 'list:*'],
    [' sview:0_a , sview:0_b ', 'sview:0_a/0_b'],
    ['', ''],
    ['*', '*'],
    ['myapp:1', 'myapp:1'],
  ])('%j is read as "%s"', (typed, privileges) => {
    const { state } = play(open, enter({ privileges: typed }));
    expect(state).toMatchObject({ screen: 'review', form: { privileges } });
  });

  test.each<[typed: string, problem: RegExp]>([
    ['list:*,', /comma/i],
    ['list:*,,edit:0_a', /comma/i],
    ['_e:1', /_/],
    ['a[b]:1', /\[/],
    ['sview:0_a;list:*', /;/],
    ['note:a;b', /;/],
    ['DisableEntitlement', /lower case/i],
    ['disableentitlement:*', /does nothing with a value/i],
    ['actionslimit:5,actionslimit:7', /twice/i],
    ['all:*;disableentitlement', /;/],
  ])('%j is refused in the field, and the text is kept', (typed, problem) => {
    const refused = play(open, set('privileges', typed));
    expect(problemOf(refused.view, 'privileges')).toMatch(problem);
    expect(refused.state.form.privileges).toBe(typed);
    expect(play(refused.state, back).state.form.privileges).toBe(typed);
  });

  test('invalid privileges must be corrected before a key is created', () => {
    const { state } = play(open, enter({ privileges: 'list:*' }));
    const tried = play({ ...state, form: { ...state.form, privileges: 'list:*,' } }, { type: 'submit' });
    expect(tried.effects).toEqual([]);
    expect(['privileges', 'write']).toContain(tried.state.screen);
  });

  test('each privilege is explained, and dangers are marked with a word', () => {
    const { view } = play(open, set('privileges', 'list:*,disableentitlement,myapp:1'));
    expect(view.warnings?.map((warning) => warning.text).join('\n')).toMatch(
      /danger: list:\* \(.+\ndanger: disableentitlement \(/,
    );
    expect(viewText(view)).toMatch(/Kaltura ignores “myapp”/);
  });
});

test('the step says that a key of an app token gets only the privileges of the token', () => {
  const { view } = play(
    start(),
    enter({ region: 'eu' }),
    enter({ method: 'app-token' }),
    enter({ partnerId: '102', tokenId: '0_ab12cd34', token: ADMIN_SECRET }),
    enter({ holder: 'server' }),
    enter(),
  );
  expect(viewText(view)).toMatch(/gets only the privileges of the token/);
});
