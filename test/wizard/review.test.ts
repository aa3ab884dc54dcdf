import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { HARMLESS_IN_PRACTICE } from '../../source/messages/practice-key.js';
import type { ScreenId } from '../../source/wizard/engine/screen-id.js';
import { viewOf } from '../../source/wizard/engine/screens.js';
import {
  ADMIN_SECRET,
  act,
  back,
  changeAnswers,
  comparableForm,
  controlOf,
  controlValue,
  enter,
  factsOf,
  type Move,
  made,
  play,
  problemOf,
  sample,
  set,
  start,
  TO_REVIEW,
  viewText,
} from './play.js';

/** The review: shortcuts to every step, the word for a dangerous key, and the request that will be sent. */

const atReview = play(start(), ...TO_REVIEW).state;
const DANGEROUS: readonly Move[] = [...TO_REVIEW.slice(0, -1), enter({ task: 'see-all' })];
const atDanger = play(start(), ...DANGEROUS).state;

describe('the shortcuts to the steps', () => {
  test('have the number of their step, except for the type', () => {
    const { view } = play(atReview);
    expect(view.facts?.map(({ number, label }) => `${number ?? '-'} ${label}`)).toEqual([
      '1 Region',
      '2 Sign-in',
      '3 Account',
      '4 Purpose',
      '- Type',
      '5 User',
      '6 Privileges',
    ]);
    expect(factsOf(view)).toMatchObject({
      Region: 'EU  https://api.eu.kaltura.com',
      Account: 'partner 2345678, secret …cdef',
      Privileges: '(none)',
    });
    expect(view.actions?.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6', 'ctrl+s']);
  });

  const SHORTCUTS: [number: string, screen: ScreenId, answers: Record<string, string>][] = [
    ['1', 'region', { region: 'eu' }],
    ['2', 'sign-in', { method: 'server' }],
    ['3', 'credentials', { partnerId: '2345678', secret: ADMIN_SECRET }],
    ['5', 'user', { lifetime: '900' }],
    ['6', 'privileges', { task: 'upload' }],
  ];

  test.each(SHORTCUTS)('%s opens %s; Esc and Enter both go back', (number, screen, answers) => {
    const id = play(atReview).view.actions?.find((action) => action.key === number)?.id ?? '';
    const opened = play(atReview, act(id));
    expect(opened.state.screen).toBe(screen);
    expect(play(opened.state, back).state).toMatchObject({ screen: 'review', form: atReview.form });
    expect(play(opened.state, enter(answers)).state.screen).toBe('review');
  });

  test('4 opens the type that the user chose, and Esc goes to the purposes and then to the review', () => {
    const id = play(atReview).view.actions?.find(({ key }) => key === '4')?.id ?? '';
    const opened = play(atReview, act(id));
    expect(opened.screens.at(-1)).toBe('type');
    expect(play(opened.state, enter({ type: 'USER' })).state.screen).toBe('review');
    const { screens, state } = play(opened.state, back, enter(), back, back);
    expect(screens.slice(-4)).toEqual(['purpose', 'type', 'purpose', 'review']);
    expect(state.form).toEqual(atReview.form);
  });

  test('4 opens the purposes if a use case decides the type', () => {
    const { state } = play(
      atReview,
      act('purpose'),
      enter({ purpose: 'edit' }),
      enter({ recipe: 'upload-only' }),
      enter({ userId: 'jane' }),
    );
    expect(play(state).view.actions?.find(({ key }) => key === '4')?.id).toBe('purpose');
  });

  test('a use case with all its values leads back to the review', () => {
    const { screens, state } = play(
      atReview,
      act('purpose'),
      enter({ purpose: 'edit' }),
      enter({ recipe: 'upload-only' }),
      enter({ userId: 'jane' }),
    );
    expect(screens).toEqual(['purpose', 'use-case', 'values', 'review']);
    expect(state.form).toMatchObject({ type: 'USER', lifetime: '14400', privileges: 'setrole:UPLOAD_BASE_ROLE' });
  });

  test('lead only through steps with missing answers', () => {
    const { screens } = play(
      atReview,
      act('sign-in'),
      enter({ method: 'login' }),
      enter({ loginId: 'jane@example.com', password: 'x' }),
    );
    expect(screens).toEqual(['sign-in', 'credentials', 'review']);
  });

  test('lead through all screens of their own step', () => {
    expect(play(atReview, act('sign-in'), enter({ method: 'local' }), enter()).screens).toEqual([
      'sign-in',
      'version',
      'review',
    ]);
    expect(
      play(atReview, act('privileges'), enter({ task: 'choose' }), act('tick:disableentitlement'), enter()).screens,
    ).toEqual(['privileges', 'catalogue', 'review']);
  });

  test('Esc goes back through the screens of the step to the review', () => {
    const { screens } = play(atReview, act('region'), enter({ region: 'own' }), back, back);
    expect(screens).toEqual(['region', 'address', 'region', 'review']);
  });

  test.each(['choose', 'write'])('Esc from the privileges of a use case goes back step by step: %s', (task) => {
    const ofUseCase = play(
      atReview,
      act('type'),
      back,
      enter({ purpose: 'edit' }),
      enter({ recipe: 'upload-only' }),
      enter({ userId: 'jane' }),
    );
    const { screens, state } = play(ofUseCase.state, act('privileges'), enter({ task }), back, back);
    expect([screens.at(-2), screens.at(-1)]).toEqual(['privileges', 'review']);
    expect(state.form).toEqual(ofUseCase.state.form);
  });

  test('Esc from another use case or task restores the answers of the review', () => {
    const { state } = play(atReview, act('privileges'), enter({ task: 'write' }), enter({ privileges: 'list:*' }));
    expect(state).toMatchObject({ screen: 'review', form: { task: 'write', privileges: 'list:*' } });
    const moves = [
      [act('purpose'), enter({ purpose: 'edit' }), enter({ recipe: 'upload-only' }), set('userId', 'jo'), back, back],
      [act('type'), back, enter({ purpose: 'edit' }), enter({ recipe: 'upload-only' }), back, back],
      [act('privileges'), enter({ task: 'choose' }), act('tick:disableentitlement'), back],
    ];
    for (const abandoned of moves) {
      const later = play(state, ...abandoned, back).state;
      expect(later).toMatchObject({ screen: 'review', form: state.form });
      expect(later.making.answersOnReview).toBeNull();
    }
  });

  test('the review works without the URL of a self-hosted server, and asks for it', () => {
    // Tab selects the marked region without continuing. After Esc, the review has no URL to show.
    const { state } = play(atReview, act('region'), set('region', 'own'), back);
    expect(state.screen).toBe('review');
    expect(() => viewOf(state)).not.toThrow();
    expect(play(state, { type: 'submit' }).state.screen).toBe('address');
  });

  test('an invalid answer must be corrected before the key is created', () => {
    const broken = play(atReview, act('credentials'), set('partnerId', ''), back);
    expect(broken.state.screen).toBe('review');
    expect(factsOf(broken.view)['Account']).toBe('missing: partner ID');
    expect(broken.view.question).toBe('The partner ID is missing');
    const wrong = play(atReview, act('credentials'), set('partnerId', 'abc'), back);
    expect(wrong.view.question).toBe('The partner ID is missing or invalid');
    const submitted = play(broken.state, enter());
    expect(submitted.effects).toEqual([]);
    expect(submitted.state.screen).toBe('credentials');
  });
});

describe('Enter on a step', () => {
  test('skips complete steps only after the review was shown', () => {
    const early = play(start(), ...TO_REVIEW.slice(0, 4), back, back, back, back, back);
    expect(early.state.screen).toBe('region');
    expect(play(early.state, enter()).state.screen).toBe('sign-in');
    const late = play(atReview, back, back, back, back, back, back, back);
    expect(late.state.screen).toBe('region');
    expect(play(late.state, enter()).state.screen).toBe('review');
  });
});

describe('the key that practice suggests', () => {
  const atPractice = play(start(), enter({ region: 'practice' }), enter(), enter(), enter()).view;

  test('is explained without a warning', () => {
    expect(atPractice.warnings?.every(({ tone }) => tone === 'plain')).toBe(true);
    expect(viewText(atPractice)).toMatch(/list:\* lists all entries/);
    expect(atPractice.warnings).toContainEqual(HARMLESS_IN_PRACTICE);
  });

  test('explains its terms to a user who only presses Enter', () => {
    const views = [0, 1, 2, 3, 4].map((count) => play(start(), ...Array.from({ length: count }, () => enter())).view);
    const text = views.map(viewText).join('\n');
    for (const explanation of [
      /A Kaltura session \(KS\) is the key that/,
      /A USER key acts as one user, or as no user/,
      /This key needs no user/,
      /Privileges extend or limit that/,
      /Entitlement is an account setting that hides categories/,
    ])
      expect(text).toMatch(explanation);
  });

  test('has a caution about other risks, such as a long lifetime', () => {
    const long = play(start(), enter({ region: 'practice' }), enter(), enter(), enter(), act('user'));
    const { view } = play(long.state, enter({ lifetime: 'other', otherLifetime: '365d' }));
    expect(view.warnings?.[0]).toMatchObject({ tone: 'caution', text: expect.stringMatching(/more than 30 days/) });
    expect(viewText(view)).toContain(HARMLESS_IN_PRACTICE.text);
  });

  test('doesn’t say that it needs no user once it has one', () => {
    const atUser = play(start(), enter({ region: 'practice' }), enter(), enter(), enter(), act('user')).state;
    const text = viewText(play(atUser, enter({ userId: 'jo' })).view);
    expect(text).not.toMatch(/needs no user/);
    expect(text).toMatch(/list:\* lists all entries/);
  });

  test('has no other explanation of its privileges', () => {
    expect(viewText(atPractice)).not.toMatch(/Its privileges/);
  });

  test('lists no danger in the help', () => {
    expect(atPractice.help.join('\n')).not.toMatch(/danger:|caution:/);
  });

  test('has an explanation of entitlement in the help', () => {
    expect(atPractice.help.join('\n')).toMatch(/Entitlement hides categories/);
  });
});

test('the review of a use case says what the key is for and what each privilege means', () => {
  const moves = [enter({ region: 'practice' }), enter(), enter(), enter({ purpose: 'play' }), enter()];
  const { view } = play(start(), ...moves, enter({ entry: '0_welcome1' }));
  expect(view.advice?.map(({ text }) => text)).toEqual([
    'A player on your page plays one entry, even if an access rule requires a key.',
    'Its privileges: play chosen entries, protected ones too; role: playback only. sview doesn’t hide other entries.',
  ]);
});

test('the review of a USER key without privileges says what its user can do', () => {
  const moves = [
    ...TO_REVIEW.slice(0, 3),
    enter({ purpose: 'other' }),
    enter({ holder: 'me', type: 'USER' }),
    enter({ userId: 'jo' }),
    enter({ task: 'nothing' }),
  ];
  expect(viewText(play(start(), ...moves).view)).toMatch(
    /lists only the entries of its user, and can change only those/,
  );
});

test('the review names privileges that do nothing', () => {
  const { view } = play(
    start(),
    ...TO_REVIEW.slice(0, -1),
    enter({ task: 'write' }),
    enter({ privileges: 'sveiw:0_a' }),
  );
  expect(viewText(view)).toMatch(/Kaltura ignores .sveiw.+Did you mean sview/);
});

describe('a dangerous key', () => {
  test('requires a typed word, and says which and why', () => {
    const { view } = play(atDanger);
    expect(controlOf(view, 'riskWord')).toMatchObject({ placeholder: 'type “admin” to create this key' });
    expect(viewText(view)).toMatch(/danger: ADMIN with disableentitlement/);
    expect(() => play(atDanger, enter())).toThrow(/Type the word “admin” to create this key/);
    expect(() => play(atDanger, enter({ riskWord: 'adm' }))).toThrow(/Type the word “admin” to create this key/);
  });

  test.each(['admin', ' Admin ', 'ADMIN'])('is created with the word %j', (word) => {
    const { effects, state } = play(atDanger, enter({ riskWord: word }));
    expect(effects).toMatchObject([{ do: 'make-key', request: { privileges: 'disableentitlement' } }]);
    expect(state.form.acceptedRisks).toEqual(['admin-disableentitlement']);
  });

  test('needs no word when it is created again', () => {
    const again = play(atDanger, enter({ riskWord: 'admin' }), made(), ...changeAnswers);
    expect(again.state.screen).toBe('review');
    expect(again.view.controls).toEqual([]);
  });

  test.each<[what: string, moves: Move[], word: string]>([
    ['another region', [act('region'), enter({ region: 'us' }), enter({ option: 'ADMIN' })], 'admin'],
    ['another account', [act('credentials'), enter({ partnerId: '102' }), enter({ option: 'ADMIN' })], 'admin'],
    ['another lifetime', [act('user'), enter({ lifetime: '604800' })], 'admin'],
    ['another user', [act('user'), enter({ userId: 'jane' })], 'admin'],
    ['another type', [act('type'), enter({ type: 'USER' })], 'everything'],
    [
      'other privileges',
      [act('privileges'), enter({ task: 'write' }), enter({ privileges: 'disableentitlement,list:*' })],
      'admin',
    ],
    [
      'another user of the key',
      [act('type'), enter({ holder: 'browser', type: 'ADMIN' }), enter({ option: 'ADMIN' })],
      'admin',
    ],
  ])('requires the word again for %s', (_what, moves, word) => {
    const accepted = play(atDanger, enter({ riskWord: 'admin' }), made(), ...changeAnswers).state;
    const changed = play(accepted, ...moves);
    expect(changed.state.screen).toBe('review');
    expect(changed.state.form.acceptedRisks).toEqual([]);
    expect(controlOf(changed.view, 'riskWord')).toMatchObject({
      value: '',
      placeholder: `type “${word}” to create this key`,
    });
  });

  test('does not require the word again without a change, or for another secret', () => {
    const accepted = play(atDanger, enter({ riskWord: 'admin' }), made(), ...changeAnswers).state;
    expect(play(accepted, act('user'), enter()).view.controls).toEqual([]);
    expect(play(accepted, act('credentials'), enter({ secret: ADMIN_SECRET.replace('0', '1') })).view.controls).toEqual(
      [],
    );
  });

  test('accepts a word typed on the review when the answers are saved without creating the key', () => {
    const saving = play(atDanger, set('riskWord', 'Admin'), act('save'));
    expect(saving.view.controls.map(({ id }) => id)).not.toContain('riskWord');
    expect(play(saving.state, enter()).effects).toMatchObject([
      { do: 'save-profile', profile: { acceptedRisks: ['admin-disableentitlement'] } },
    ]);
  });

  test('can be accepted on the save screen, which takes no other word', () => {
    const saving = play(atDanger, act('save')).state;
    expect(() => play(saving, enter({ riskWord: 'adm' }))).toThrow(/Type the word “admin”, or nothing/);
    const acceptedWith = (riskWord: string) => play(saving, enter({ riskWord })).effects;
    expect(acceptedWith('admin')).toMatchObject([{ profile: { acceptedRisks: ['admin-disableentitlement'] } }]);
    expect(acceptedWith('')).toMatchObject([{ profile: { acceptedRisks: [] } }]);
  });

  test('drops a typed word after a change', () => {
    const typed = play(atDanger, set('riskWord', 'admin'), act('user'), enter({ lifetime: '604800' }));
    expect(controlValue(typed.view, 'riskWord')).toBe('');
  });
});

describe('the texts', () => {
  test('show each request with its URL, and the secret shortened', () => {
    const { help } = play(atReview).view;
    const sent = help.find((text) => text.startsWith('POST '));
    expect(sent).toContain('https://api.eu.kaltura.com/api_v3/service/session/action/start');
    expect(sent).toContain('secret=…cdef');
    expect(sent).not.toContain(ADMIN_SECRET.slice(0, 8));
  });

  test('have no field for a harmless key: Enter creates it', () => {
    const { view } = play(atReview);
    expect(view.controls).toEqual([]);
    expect(view.enter).toBe('create the key');
  });

  test('show cautions as warnings', () => {
    const { view } = play(atReview);
    expect(view.warnings?.map((warning) => warning.tone)).toEqual(['caution']);
    expect(view.warnings?.[0]?.text).toMatch(/^caution: an ADMIN key/);
  });
});

describe('saving without creating a key', () => {
  test('names the file before it is written, and needs no secret', () => {
    const noSecret = play(atReview, act('credentials'), set('secret', new Secret('')), back, act('save'));
    expect(noSecret.state.screen).toBe('save');
    expect(viewText(noSecret.view)).toContain('/home/jane/.config/kaltura-ks/profiles/eu-2345678.json');
    expect(noSecret.effects.map((effect) => effect.do)).not.toContain('save-profile');
    expect(play(noSecret.state, enter({ newName: 'mine' })).effects).toMatchObject([
      {
        do: 'save-profile',
        profile: { name: 'mine', partnerId: 2345678, savedKey: null },
        isReplacing: false,
        backTo: 'home',
      },
    ]);
  });

  test('asks for an answer that a profile requires', () => {
    const { state } = play(atReview, act('credentials'), set('partnerId', 'x'), back, act('save'));
    expect(state.screen).toBe('credentials');
    expect(state.focusOn).toBe('partnerId');
  });

  test('does not offer to save a key that was created from other answers', () => {
    const changed = play(
      atReview,
      enter(),
      made(),
      ...changeAnswers,
      act('user'),
      enter({ lifetime: '900' }),
      act('save'),
    );
    expect(changed.state.screen).toBe('save');
    expect(changed.view.controls.map((control) => control.id)).not.toContain('includesKey');
    expect(play(changed.state, enter()).effects).toMatchObject([
      { do: 'save-profile', profile: { lifetime: 900, savedKey: null } },
    ]);
  });

  test('Esc goes back to the review', () => {
    expect(play(atReview, act('save'), back).state).toMatchObject({ screen: 'review', form: atReview.form });
  });

  test('an edited profile can keep its name', () => {
    const edited = play(start([sample()]), act('edit'), act('user'), enter({ lifetime: '900' }), act('save'));
    expect(controlValue(edited.view, 'newName')).toBe('production');
    expect(problemOf(edited.view, 'newName')).toBeNull();
    expect(play(edited.state, enter()).effects).toMatchObject([
      { do: 'save-profile', isReplacing: true, profile: { name: 'production', lifetime: 900 } },
    ]);
  });
});

test('Esc from the review goes to the last step, and keeps all answers', () => {
  const stepped = play(atReview, back);
  expect(stepped.state.screen).toBe('privileges');
  expect(comparableForm(stepped.state.form)).toEqual(comparableForm(atReview.form));
});
