import { describe, expect, test } from 'vitest';
import type { KeyFacts, MadeKey } from '../../source/kaltura/sign-in/key-request.js';
import { copyNotice } from '../../source/wizard/engine/clipboard-notice.js';
import {
  act,
  back,
  changeAnswers,
  controlValue,
  enter,
  type Move,
  made,
  madeKey,
  mark,
  NEW,
  OWN_CHOICE,
  optionsOf,
  play,
  SECONDS,
  sample,
  set,
  start,
  TO_REVIEW,
  TOKEN,
  viewText,
} from './play.js';

/** The result: the created key, how it differs from the request, and what the user can do with it. */

const AS_USER: readonly Move[] = [
  ...TO_REVIEW.slice(0, 3),
  enter({ holder: 'server' }),
  enter({ userId: 'jane' }),
  enter({ task: 'nothing' }),
  enter(),
];
const creating = play(start(), ...TO_REVIEW, enter()).state;
const creatingForUser = play(start(), ...AS_USER).state;

/** The texts that report a difference from the request. */
const DIFFERENCE = /danger:|You asked for|longer than|did not ask for|lacks privileges|The key’s user is/;

const warningsFor = (from: typeof creating, facts: Partial<KeyFacts>, changes: Partial<MadeKey> = {}) =>
  play(from, made(madeKey(facts, changes))).view.warnings ?? [];

describe('the description of the key', () => {
  test('comes from the key itself', () => {
    const [validity, facts] = warningsFor(creating, {});
    expect(validity?.text).toMatch(/^✔ Session key 1 is valid for 24 h \(until .+, 16:20\)\.$/);
    expect(validity?.tone).toBe('good');
    expect(facts).toEqual({ tone: 'plain', text: 'ADMIN key, partner 2345678, no user, no privileges.' });
  });

  test('Esc after “new key” goes back to the key, with its answers', () => {
    const result = play(creating, made());
    const renewed = play(result.state, act('new'), set('region', 'us'), back);
    expect(renewed.state).toMatchObject({ screen: 'result', key: result.state.key, form: result.state.form });
    const fromHome = play({ ...result.state, profiles: [sample()] }, act('new'));
    expect(fromHome.view.escape).toBe('back');
    expect(play(fromHome.state, back).state).toMatchObject({ screen: 'result', key: result.state.key });
  });

  test('an expired key can be created again from the same answers', () => {
    const expired = play(creating, made(madeKey({ expiresAt: SECONDS - 1 })));
    expect(expired.view.warnings?.[0]?.text).toMatch(/^Session key 1 expired .* Press r to create it again\.$/);
    const { state } = play(expired.state, act('again'));
    expect(state.screen).toBe('review');
    expect(state.form).toEqual(creating.form);
  });

  test('does not say that an ADMIN key with a narrow role can do everything', () => {
    const text = warningsFor(creating, { privileges: 'setrole:KMC_ANALYTICS_ROLE' })
      .map((warning) => warning.text)
      .join();
    expect(text).toContain('Only setrole:KMC_ANALYTICS_ROLE limits what can be done with it.');
    expect(text).not.toContain('can do everything');
  });

  test('says who confirmed it if the key itself can’t be read', () => {
    expect(warningsFor(creating, {}, { confirmedBy: 'server' })[1]?.text).toMatch(/The server confirms it\./);
    const [, unsure] = warningsFor(creating, {}, { confirmedBy: null });
    expect(unsure).toMatchObject({
      tone: 'caution',
      text: expect.stringMatching(/This is what you asked for. It isn’t confirmed/),
    });
  });

  test('names unknown facts as unknown', () => {
    const facts = { partnerId: null, userId: null, type: null, privileges: null, expiresAt: null };
    const texts = warningsFor(creating, facts).map((warning) => warning.text);
    expect(texts.join(' ')).toMatch(/privileges unknown/);
    expect(texts.join(' ')).toMatch(/its expiry is unknown/);
    expect(texts.filter((text) => DIFFERENCE.test(text))).toEqual([]);
  });
});

describe('differences from the request', () => {
  test('are not shown if there are none', () => {
    expect(warningsFor(creating, {}).filter((one) => DIFFERENCE.test(one.text))).toEqual([]);
    const asUser = warningsFor(creatingForUser, { type: 'USER', userId: 'jane' });
    expect(asUser.filter((one) => DIFFERENCE.test(one.text))).toEqual([]);
  });

  test.each<[what: string, from: typeof creating, facts: Partial<KeyFacts>, tone: string, message: RegExp]>([
    [
      'a stronger type, as a danger',
      creatingForUser,
      { type: 'ADMIN', userId: 'jane' },
      'danger',
      /danger: this key can do more than you asked for.+ADMIN/,
    ],
    ['a weaker type', creating, { type: 'USER' }, 'caution', /asked for an ADMIN key, but this is a USER key/],
    [
      'a shorter lifetime',
      creating,
      { expiresAt: SECONDS + 3600 },
      'caution',
      /The account allows 1 hour, not the requested 24 hours/,
    ],
    ['an expired key', creating, { expiresAt: SECONDS }, 'caution', /already expired/],
    ['a longer lifetime', creating, { expiresAt: SECONDS + 90_000 }, 'caution', /longer than the 24 hours/],
    ['additional privileges', creating, { privileges: 'list:*' }, 'caution', /did not ask for: list:\*/],
    ['another user', creatingForUser, { type: 'USER', userId: 'joe' }, 'caution', /“joe”, not “jane”/],
    ['another account', creating, { partnerId: 99 }, 'danger', /partner 99, not 2345678/],
  ])('%s', (_what, from, facts, tone, message) => {
    const warning = warningsFor(from, facts).find((one) => message.test(one.text));
    expect(warning?.tone).toBe(tone);
  });

  test('name the missing privileges', () => {
    const from = play(
      start(),
      ...TO_REVIEW.slice(0, -1),
      enter({ task: 'see-all' }),
      enter({ riskWord: 'admin' }),
    ).state;
    expect(JSON.stringify(warningsFor(from, { privileges: '' }))).toMatch(
      /lacks privileges that you asked for: disableentitlement/,
    );
  });

  test('do not include the type of a login for the user’s own key', () => {
    const login = play(
      start(),
      enter({ region: 'eu' }),
      enter({ method: 'login' }),
      enter({ loginId: 'jane@example.com', password: 'x', partnerId: '2345678' }),
      enter({ holder: 'me' }),
      enter(),
      enter(),
      enter(),
    ).state;
    const warnings = warningsFor(login, { type: 'USER', userId: 'jane@example.com' });
    expect(warnings.filter((one) => DIFFERENCE.test(one.text))).toEqual([]);
  });

  test('warn of an ADMIN key from a login for a browser', () => {
    const login = play(
      start(),
      enter({ region: 'eu' }),
      enter({ method: 'login' }),
      enter({ loginId: 'jane@example.com', password: 'x' }),
      enter({ holder: 'browser' }),
      enter({}),
      enter({ task: 'nothing' }),
      enter(),
    ).state;
    const facts = { type: 'ADMIN', userId: 'jane@example.com', expiresAt: SECONDS + 3600 } as const;
    expect(warningsFor(login, facts).find((one) => one.tone === 'danger')).toMatchObject({
      tone: 'danger',
      text: expect.stringMatching(/this is an ADMIN key, because the user who signed in/),
    });
  });
});

describe('the actions', () => {
  const result = play(creating, made()).state;

  test('copy the key, and say whether that worked', () => {
    expect(play(result, act('copy')).effects).toEqual([{ do: 'copy', text: result.key?.made.ks, isTemporary: true }]);
    const copied = play(result, { type: 'copied', report: { how: 'tool', tool: 'wl-copy' } });
    expect(copied.state.notice).toEqual({ tone: 'good', text: '✔ Copied (wl-copy).' });
  });

  test('after a copy of the next step, v is not offered: it works only on the result', () => {
    const { text } = copyNotice({ how: 'terminal', through: null }, { ...result, screen: 'next-step' });
    expect(text).toMatch(/If you can’t paste it, choose “Print it above”, and select it\.$/);
  });

  test.each([
    [{ how: 'tool', tool: 'pbcopy' }, true, 'good', /^✔ Copied \(pbcopy\)\.$/],
    [{ how: 'tool', tool: 'pbcopy', clearsAfter: 45 }, true, 'good', /removed from the clipboard after 45 seconds/],
    [{ how: 'terminal', through: null }, true, 'good', /terminal\. If you can’t paste it, select the key above/],
    [{ how: 'terminal', through: 'tmux' }, true, 'good', /clipboard through tmux and your terminal/],
    [{ how: 'terminal', through: null }, false, 'good', /press v to print the key/],
    [{ how: 'nothing', why: 'no tool' }, true, 'caution', /^Not copied: no tool\. Instead, select the key above/],
    [{ how: 'nothing', why: 'no tool' }, false, 'caution', /press v/],
  ] as const)('after a copy %j, key printed: %s', (report, isShown, tone, message) => {
    const key = result.key === null ? null : { ...result.key, isShown };
    const notice = copyNotice(report, { ...result, key });
    expect(notice.tone).toBe(tone);
    expect(notice.text).toMatch(message);
    // Only a clipboard tool reports its success.
    expect(notice.text.includes('✔')).toBe(report.how === 'tool');
  });

  test.each([
    ['cleared', /^✔ The key was removed from the clipboard\.$/],
    ['replaced', null],
    ['failed', /could not be removed from the clipboard/],
  ] as const)('the notice about a copy is replaced when the clipboard was %s', (outcome, message) => {
    const report = { how: 'tool', tool: 'pbcopy', clearsAfter: 45 } as const;
    const over = { type: 'clipboard-cleared', result: outcome } as const;
    const { notice } = play(result, { type: 'copied', report }, over).state;
    if (message === null) expect(notice).toBeNull();
    else expect(notice?.text).toMatch(message);
    const other = { tone: 'good', text: '✔ Saved' } as const;
    if (outcome !== 'failed') expect(play({ ...result, notice: other }, over).state.notice).toBe(other);
  });

  test('a new key starts with empty answers in the region of this key', () => {
    const fresh = play(result, act('new')).state;
    expect(fresh.screen).toBe('region');
    expect(result.key?.server.region).toBe('eu');
    expect(fresh.form).toEqual({ ...start().form, region: 'eu' });
    expect(fresh.key).toBeNull();
  });

  test('Esc asks whether to quit, and Enter there creates no other key', () => {
    const { state, effects } = play(result, back, enter());
    expect(state).toMatchObject({ screen: 'result', key: result.key });
    expect(effects).toEqual([]);
  });

  test('the answers can be changed to create another key', () => {
    const other = play(result, ...changeAnswers, act('user'), enter({ lifetime: '3600' }), enter());
    expect(other.effects).toMatchObject([
      { do: 'make-key', request: { lifetime: 3600, signIn: { method: 'server' } } },
    ]);
  });

  test('quit asks first if the key was not printed and would be lost', () => {
    const key = result.key === null ? null : { ...result.key, isShown: false };
    const asking = play({ ...result, key }, act('quit'));
    expect(asking.state.screen).toBe('quit');
    expect(asking.effects).toEqual([]);
    const captured = { ...result, key, setting: { ...result.setting, isCaptured: true } };
    expect(play(captured, act('quit')).effects).toEqual([{ do: 'quit', how: 'done' }]);
  });

  test('quit quits; if the output is captured, its label says that the key is printed', () => {
    expect(play(result, act('quit')).effects).toEqual([{ do: 'quit', how: 'done' }]);
    const captured = play(start([], { isCaptured: true }), ...TO_REVIEW, enter(), made());
    expect(captured.view.actions?.find((action) => action.id === 'quit')?.label).toBe('quit and print the key');
  });

  test('no screen shows the key itself', () => {
    expect(viewText(play(result).view)).not.toContain(result.key?.made.ks.reveal().slice(0, 12));
  });
});

describe('saving', () => {
  const saving = play(creating, made(), act('save'));

  test('suggests a name, names the file, and does not save the key by default', () => {
    expect(controlValue(saving.view, 'newName')).toBe('eu-2345678');
    expect(viewText(saving.view)).toContain('/profiles/eu-2345678.json');
    expect(controlValue(saving.view, 'includesKey')).toBe('no');
    const { effects } = play(saving.state, enter());
    expect(effects).toMatchObject([
      { do: 'save-profile', isReplacing: false, backTo: 'result', profile: { name: 'eu-2345678', savedKey: null } },
    ]);
  });

  test('also saves the key when that is chosen', () => {
    const [effect] = play(saving.state, enter({ includesKey: 'yes' })).effects;
    expect(effect?.do === 'save-profile' && effect.profile.savedKey).toEqual(saving.state.key?.made);
  });

  test('never saves a secret', () => {
    const [effect] = play(saving.state, enter({ includesKey: 'yes' })).effects;
    const profile = effect?.do === 'save-profile' ? effect.profile : null;
    expect(Object.keys(profile ?? {}).sort()).toEqual(Object.keys(sample()).sort());
    expect(JSON.stringify(profile)).not.toContain('0123456789abcdef');
  });

  test.each(['', '   ', 'a'.repeat(65), 'a\nb'])('refuses the name %j', (newName) => {
    expect(() => play(saving.state, enter({ newName }))).toThrow(/save has a problem/);
  });

  test('does not save an expired key', () => {
    const over = play(creating, made(madeKey({ expiresAt: SECONDS - 1 })), act('save'), set('includesKey', 'yes'), {
      type: 'submit',
    });
    expect(over.effects.at(-1)).toMatchObject({ do: 'save-profile', profile: { savedKey: null } });
  });

  describe('under a name that is taken', () => {
    const taken = play(
      start([sample({ name: 'EU-2345678' })]),
      mark(NEW),
      { type: 'submit' },
      ...TO_REVIEW,
      enter(),
      made(),
      act('save'),
    );

    test('asks before it replaces a profile, whatever the case of the name', () => {
      expect(optionsOf(taken.view, 'option')).toEqual(['other', 'replace']);
      const other = play(taken.state, enter());
      expect(other.effects).toEqual([]);
      expect(other.state.screen).toBe('save');
    });

    test('replaces the profile when that is chosen', () => {
      expect(play(taken.state, enter({ option: 'replace' })).effects).toMatchObject([
        { do: 'save-profile', isReplacing: true },
      ]);
    });

    test('asks nothing for a free name, and asks again for a taken one', () => {
      const free = play(taken.state, set('option', 'replace'), set('newName', 'mine'));
      expect(free.view.controls.map((control) => control.id)).not.toContain('option');
      const again = play(free.state, set('newName', 'eu-2345678'));
      expect(controlValue(again.view, 'option')).toBe('other');
    });
  });

  test('shows a success on the result, and a failure on the same screen', () => {
    const done = play(saving.state, {
      type: 'profiles',
      profiles: [sample()],
      troubles: [],
      defaultName: null,
      notice: '✔ Saved “production”.',
      name: 'production',
      backTo: 'result',
    });
    expect(done.state).toMatchObject({ screen: 'result', notice: { tone: 'good', text: '✔ Saved “production”.' } });
    const failed = play(saving.state, { type: 'profiles-failed', reason: 'The disk is full.', profiles: [] });
    expect(failed.state).toMatchObject({ screen: 'save', notice: { tone: 'caution', text: 'The disk is full.' } });
  });

  test('Esc goes back to the key', () => {
    expect(play(saving.state, back).state.screen).toBe('result');
  });
});

test('removes escape codes and the secret from the facts of a new key', () => {
  const secret = (creating.form.secret as { reveal(): string }).reveal();
  const facts = { userId: `\u001B[31m${secret}\u202E`, privileges: `list:*,x${secret}` };
  const texts = warningsFor(creating, facts)
    .map(({ text }) => text)
    .filter((text) => DIFFERENCE.test(text))
    .join('\n');
  expect(texts).toContain('The key’s user is “[31m••••”');
  expect(texts).toContain('list:*, x••••');
  expect(texts).not.toContain(secret);
  expect(texts).not.toMatch(/[\u001B\u202E]/);
});

test('an expired key has no next step and no abilities', () => {
  const expired = made(madeKey({ type: 'USER', privileges: 'list:*,sview:*', expiresAt: SECONDS }));
  const { view } = play(creating, expired);
  expect(viewText(view)).toContain('expired');
  expect(viewText(view)).toContain('It was: USER key');
  expect(viewText(view)).not.toMatch(/Next:|It can list/);
});

describe('a key that can list nothing', () => {
  const review = play(
    start(),
    ...TO_REVIEW.slice(0, 3),
    enter({ holder: 'server' }),
    enter(),
    enter({ task: 'nothing' }),
  );
  const useless = play(review.state, enter()).state;

  test('is announced on the type step and on the review', () => {
    const atType = play(start(), ...TO_REVIEW.slice(0, 3), OWN_CHOICE, set('type', 'USER'));
    expect(viewText(atType.view)).toContain('A USER key can list nothing until you add a user or a privilege');
    expect(viewText(review.view)).toContain('Press 5 to add a user, or 6 to add a privilege.');
  });

  test('gets a caution, and the result has shortcuts to add what it lacks', () => {
    const { state, view } = play(useless, made(madeKey({ type: 'USER', userId: '' })));
    expect(view.warnings).toContainEqual({
      tone: 'caution',
      text: 'This key can list nothing: it has no user and no privileges. Press a to add a user, or p to add a privilege.',
    });
    expect(play(state, act('user')).state.screen).toBe('user');
    expect(play(state, act('privileges')).state.screen).toBe('privileges');
  });

  test('of an app token offers no privileges, because the token decides them', () => {
    const token = { partnerId: '102', tokenId: '0_ab12cd34', token: TOKEN };
    const byToken = play(
      start(),
      enter({ region: 'eu' }),
      enter({ method: 'app-token' }),
      enter(token),
      OWN_CHOICE,
      enter({ holder: 'server' }),
      enter(),
      enter({ task: 'nothing' }),
      enter(),
    );
    const tied = madeKey({ type: 'USER', userId: '', privileges: 'sessionid:x,apptoken:0_ab12cd34' });
    const { view } = play(byToken.state, made(tied));
    expect(viewText(view)).toContain(
      'The app token decides the privileges. Press a to add a user, or n to use another',
    );
    expect(view.actions?.map(({ id }) => id)).toContain('user');
    expect(view.actions?.map(({ id }) => id)).not.toContain('privileges');
  });

  test('does not include keys with a user or a privilege', () => {
    for (const facts of [{ userId: 'jane' }, { privileges: 'list:*' }])
      expect(viewText(play(useless, made(madeKey({ type: 'USER', userId: '', ...facts }))).view)).not.toContain(
        'can list nothing',
      );
  });
});

test('a key with only the privileges of an app token can list nothing', () => {
  const { view } = play(creating, made(madeKey({ type: 'USER', userId: '', privileges: 'sessionid:x,apptoken:0_x' })));
  expect(viewText(view)).toContain('can list nothing');
});

test('a revoked key is called revoked where it is copied and printed', () => {
  const key = madeKey();
  const { state } = play(creating, made(key));
  const revoked: typeof state = {
    ...state,
    revokeAttempts: [
      {
        question: {
          ask: 'end',
          ks: key.ks,
          server: { serviceUrl: 'https://api.eu.kaltura.com', practice: null },
          facts: null,
          profile: null,
        },
        report: { outcome: 'ended' },
      },
    ],
  };
  const { view } = play(revoked, set('', ''));
  expect(view.warnings?.[0]?.text).toContain('Session key 1 is revoked');
  expect(view.actions?.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['copy the revoked key', 'print the revoked key']),
  );
  expect(copyNotice({ how: 'tool', tool: 'pbcopy' }, revoked).text).toContain('this key is revoked');
  expect(play(revoked, act('show')).effects).toMatchObject([{ label: expect.stringContaining('REVOKED') }]);
});

test('a key from changed answers of a profile says that the profile has others', () => {
  const remark = /is unchanged/;
  const saved = sample({ region: 'practice', partnerId: 1234567 });
  const atReview = play(start([saved]), act('edit')).state;
  const created = (state: typeof atReview) => viewText(play(state, enter(), made(madeKey({}))).view);
  expect(created(atReview)).not.toMatch(remark);
  const changed = play(atReview, act('user'), enter({ userId: 'other' })).state;
  expect(created(changed)).toMatch(remark);
  const { state } = play(atReview, enter(), made(madeKey({})));
  const savedLater = { ...saved, userId: 'other', savedAt: SECONDS + 60 };
  const { view } = play({ ...state, profiles: [savedLater] });
  expect(viewText(view)).toContain(`The profile “${saved.name}” was changed after this key was created.`);
  expect(viewText(view)).not.toMatch(remark);
});
