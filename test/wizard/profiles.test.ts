import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { Profile, SavedKey, Trouble } from '../../source/profiles/profile.js';
import { initialState } from '../../source/wizard/engine/initial-state.js';
import type { State } from '../../source/wizard/engine/state.js';
import type { View } from '../../source/wizard/engine/view.js';
import { formOf, profileOf, suggestedName } from '../../source/wizard/form/profile.js';
import { specOf } from '../../source/wizard/form/reading.js';
import {
  ADMIN_SECRET,
  act,
  back,
  controlValue,
  enter,
  FACTS,
  factsOf,
  made,
  mark,
  markedOption,
  messagesOf,
  NEW,
  optionsOf,
  PRACTICE_ACCOUNT,
  play,
  problemOf,
  SECONDS,
  sample,
  set,
  start,
  viewText,
} from './play.js';

/** Saved profiles: Home, creating keys from profiles, editing. */

const savedKey = (expiresAt: number | null): SavedKey => ({
  ks: new Secret('djJ8MjM0NTY3OHxLZXB0S2VwdEtlcHRLZXB0'),
  facts: { ...FACTS, expiresAt },
  confirmedBy: 'key',
});
const RISKY = { privileges: 'disableentitlement', acceptedRisks: ['admin-disableentitlement'] };

describe('Home', () => {
  test('shows how the profiles differ', () => {
    const profiles = [
      sample({ savedKey: savedKey(SECONDS + 11_520) }),
      sample({ name: 'old', lastKeyEndedAt: SECONDS - 172_800 }),
      sample({ name: 'mine', method: 'login', loginId: 'jane@example.com', partnerId: null }),
    ];
    const [list] = play(start(profiles)).view.controls;
    const hints = list?.kind === 'choice' ? list.options.map((option) => option.hint?.replaceAll(/ +/g, ' ')) : [];
    expect(hints).toEqual([
      'EU partner 2345678 ADMIN 3 h 12 min left',
      'EU partner 2345678 ADMIN key ended 2 days ago',
      'EU jane@example.com login no saved key',
      '',
      '',
    ]);
  });

  test('keeps the remaining time of saved keys current, and shows the time of expiry once it stops', () => {
    const begin = start([sample({ savedKey: savedKey(SECONDS + 11_520) })]);
    expect(play(begin).view.expiries).toEqual([SECONDS + 11_520]);
    const [list] = play({ ...begin, isCountdownStopped: true }).view.controls;
    const hint = list?.kind === 'choice' ? list.options[0]?.hint : '';
    expect(hint).toMatch(/until \w{3} \d+ \w{3}, \d\d:\d\d$/);
  });

  describe('with a profile that must not be used', () => {
    const why = 'Its region is US, but its service URL is https://evil.example.';
    const unusable = (name: string): Trouble => ({
      kind: 'unusable',
      profile: sample({ name, region: 'us', serviceUrl: 'https://evil.example', savedKey: savedKey(SECONDS + 60) }),
      file: '/x/evil.json',
      why,
      fix: 'Remove it.',
    });
    const begin = (...troubles: Trouble[]): State =>
      initialState(start().setting, { profiles: [], troubles }, SECONDS * 1000);

    test('lists it with the reason and the fix, and does not use it', () => {
      const state = begin(unusable('evil'));
      expect(state.screen).toBe('home');
      expect(optionsOf(play(state).view, 'selectedProfile')).toEqual(['evil', NEW, ' error']);
      expect(play(state).view.warnings).toEqual([
        { tone: 'caution', text: expect.stringContaining(`${why} Remove it.`) },
      ]);
      for (const event of [enter(), act('edit')]) {
        const used = play(state, event);
        expect(used.state).toMatchObject({ screen: 'home', notice: { text: expect.stringContaining(why) } });
        expect(used.effects).toEqual([]);
      }
    });

    test('renames and deletes it, and suggests a name without the invisible character', () => {
      const state = begin(unusable('ev\u200Bil'));
      expect(viewText(play(state).view)).toContain('ev{U+200B}il');
      const renamed = play(state, act('rename'), enter());
      expect(renamed.effects).toEqual([{ do: 'rename-profile', from: 'ev\u200Bil', to: 'evil' }]);
      const removed = play(state, act('remove'), enter({ option: 'remove' }));
      expect(removed.effects).toEqual([{ do: 'remove-profile', name: 'ev\u200Bil' }]);
    });

    test('shows only a count if there are several', () => {
      const { view } = play(begin(unusable('one'), unusable('two')));
      expect(view.warnings).toEqual([{ tone: 'caution', text: expect.stringContaining('2 profiles can’t be used.') }]);
    });
  });

  test('names a file with a newer format', () => {
    const { view } = play({ ...start([sample()]), troubles: [{ kind: 'newer', name: 'next', file: '/x/next.json' }] });
    expect(view.warnings).toEqual([{ tone: 'caution', text: expect.stringContaining('/x/next.json') }]);
  });

  test('e, r and d act on the marked profile, and do nothing on “Create a new key…”', () => {
    const profiles = [sample(), sample({ name: 'staging', partnerId: 102 })];
    const marked = play(start(profiles), mark('staging')).state;
    expect(play(marked, act('edit')).state).toMatchObject({
      screen: 'review',
      profileName: 'staging',
      form: { partnerId: '102' },
    });
    expect(play(marked, act('rename')).state).toMatchObject({ screen: 'rename', profileFlow: { newName: 'staging' } });
    expect(play(marked, act('remove')).state).toMatchObject({ screen: 'remove', profileName: 'staging' });
    for (const action of ['edit', 'rename', 'remove']) {
      expect(play(start(profiles), mark(NEW), act(action)).state.screen).toBe('home');
    }
  });

  test('Esc asks whether to quit, and the profile is still marked after “stay”', () => {
    const profiles = [sample(), sample({ name: 'staging' })];
    const asked = play(start(profiles), mark('staging'), back).state;
    expect(asked.screen).toBe('quit');
    for (const stay of [back, enter()]) {
      const home = play(asked, stay);
      expect(home.state.screen).toBe('home');
      expect(markedOption(home.view)).toBe('staging');
    }
  });

  test('deleting asks first, and keeping the profile is the default', () => {
    const asked = play(start([sample()]), act('remove'));
    expect(controlValue(asked.view, 'option')).toBe('keep');
    expect(play(asked.state, enter()).effects).toEqual([]);
    expect(play(asked.state, back).state.screen).toBe('home');
    expect(play(asked.state, enter({ option: 'remove' })).effects).toEqual([
      { do: 'remove-profile', name: 'production' },
    ]);
  });

  test('renaming refuses the name of another profile, but allows another case', () => {
    const asked = play(start([sample(), sample({ name: 'staging' })]), act('rename')).state;
    expect(problemOf(play(asked, set('newName', 'STAGING')).view, 'newName')).toMatch(/Another profile/);
    expect(play(asked, enter({ newName: 'Production' })).effects).toEqual([
      { do: 'rename-profile', from: 'production', to: 'Production' },
    ]);
    expect(play(asked, enter()).effects).toEqual([]);
  });

  test('goes to the first step when the last profile is gone, and then Esc asks to quit', () => {
    const gone = play(start([sample()]), {
      type: 'profiles',
      profiles: [],
      troubles: [],
      defaultName: null,
      notice: '✔ Deleted.',
      name: null,
      backTo: 'home',
    });
    expect(gone.state).toMatchObject({ screen: 'region', notice: { text: '✔ Deleted.' } });
    expect(play(gone.state, back).state.screen).toBe('quit');
  });

  test('marks the default profile, and no other', () => {
    const defaulted = { type: 'profiles', troubles: [], notice: '', name: 'b', backTo: 'home' } as const;
    const profiles = [sample({ name: 'a' }), sample({ name: 'b' })];
    const { view } = play(start(profiles), { ...defaulted, profiles, defaultName: 'B' });
    const hints = view.controls.flatMap((control) => (control.kind === 'choice' ? control.options : []));
    expect(hints.filter(({ hint }) => hint?.includes('default')).map(({ value }) => value)).toEqual(['b']);
  });

  test('marks the profile under its new name after renaming', () => {
    const { view } = play(start([sample()]), {
      type: 'profiles',
      profiles: [sample({ name: 'a' }), sample({ name: 'live' })],
      troubles: [],
      defaultName: null,
      notice: '✔ Renamed.',
      name: 'live',
      backTo: 'home',
    });
    expect(markedOption(view)).toBe('live');
  });
});

describe('using a profile', () => {
  test('rounds the time left down, as on Home and on the result', () => {
    const { view } = play(start([sample({ savedKey: savedKey(SECONDS + 3599) })]), enter());
    expect(viewText(view)).toContain('Copy the saved key (59 min left)');
  });

  test('offers to copy a valid saved key first, and copies it without printing', () => {
    const profile = sample({ savedKey: savedKey(SECONDS + 11_520) });
    const offered = play(start([profile]), enter());
    expect(offered.state.screen).toBe('saved-key');
    expect(controlValue(offered.view, 'option')).toBe('copy');
    expect(viewText(offered.view)).toMatch(/Copy the saved key \(3 h 12 min left\)/);
    const copied = play(offered.state, enter());
    expect(copied.effects).toEqual([{ do: 'copy', text: profile.savedKey?.ks, isTemporary: true }]);
    expect(copied.state).toMatchObject({ screen: 'result', key: { isShown: false } });
    expect(copied.view.actions?.map((action) => action.id)).toContain('show');
    expect(play(copied.state, act('show')).effects).toMatchObject([{ do: 'show-key', ks: profile.savedKey?.ks }]);
    expect(play(copied.state, back).state.screen).toBe('home');
    expect(markedOption(play(copied.state, back).view)).toBe('production');
  });

  test('prints the saved key or creates a new one on demand', () => {
    const offered = play(start([sample({ savedKey: savedKey(SECONDS + 60) })]), enter()).state;
    expect(play(offered, enter({ option: 'show' })).effects).toMatchObject([{ do: 'show-key' }]);
    expect(play(offered, enter({ option: 'new' })).state.screen).toBe('quick');
  });

  test.each([SECONDS, SECONDS - 1])('asks for the secret immediately if the saved key expired at %i', (end) => {
    expect(play(start([sample({ savedKey: savedKey(end) })]), enter()).state.screen).toBe('quick');
  });

  test('asks only for the missing secret, describes the key, and creates it', () => {
    const asked = play(start([sample(RISKY)]), enter());
    expect(asked.state.screen).toBe('quick');
    expect(asked.view.controls.map((control) => control.id)).toEqual(['secret']);
    expect(asked.view.lead).toBe(
      'An ADMIN key for partner 2345678 (EU), user jane@example.com, 24 hours, disableentitlement.',
    );
    const asking = play(asked.state, enter({ secret: ADMIN_SECRET }));
    expect(asking.effects).toMatchObject([
      {
        do: 'make-key',
        request: {
          serviceUrl: 'https://api.eu.kaltura.com',
          userId: 'jane@example.com',
          privileges: 'disableentitlement',
          type: 'ADMIN',
          lifetime: 86_400,
        },
      },
    ]);
    expect(() => play(asked.state, enter())).toThrow(/missing/);
  });

  test.each<[method: string, profile: Profile, controls: string[]]>([
    ['login', sample({ method: 'login', loginId: 'jane@example.com', partnerId: null }), ['password']],
    ['app token', sample({ method: 'app-token', tokenId: '0_ab12cd34' }), ['token']],
    ['local', sample({ method: 'local', ksVersion: 1 }), ['secret']],
  ])('asks for the secret of the sign-in method: %s', (_method, profile, controls) => {
    const asked = play(start([profile]), enter());
    expect(asked.state.screen).toBe('quick');
    expect(asked.view.controls.map((control) => control.id)).toEqual(controls);
  });

  test('shows the review if its risk was never accepted', () => {
    const asked = play(start([sample({ ...RISKY, acceptedRisks: [] })]), enter());
    expect(asked.state.screen).toBe('review');
    expect(asked.view).toMatchObject({
      question: 'The secret is missing',
      controls: [],
      enter: 'enter what is missing',
    });
    // First the missing secret, then the word, which is needed only once.
    const secret = play(asked.state, enter());
    expect(secret.state.screen).toBe('credentials');
    const word = play(secret.state, enter({ secret: ADMIN_SECRET }));
    expect(word.state.screen).toBe('review');
    expect(play(word.state, enter({ riskWord: 'admin' })).effects).toMatchObject([{ do: 'make-key' }]);
  });

  test('reads the secret from its source after the word, unless the account was changed', () => {
    const stored = sample({ ...RISKY, acceptedRisks: [], secretSource: { kind: 'keychain' } });
    const asked = play(start([stored]), enter());
    expect(asked.view.question).toBe('Ready to create this key');
    expect(factsOf(asked.view)['Account']).toBe('partner 2345678, secret not read yet');
    const reading = play(asked.state, enter({ riskWord: 'admin' }));
    expect(reading.effects).toMatchObject([{ do: 'read-secret', profile: { name: 'production' } }]);
    const attempt = reading.state.waiting.attempt;
    const made = play(reading.state, { type: 'secret-read', attempt, secret: new Secret(ADMIN_SECRET) });
    expect(made.effects).toMatchObject([{ do: 'make-key' }]);
    const other = play(asked.state, act('credentials'), set('partnerId', '102'), back);
    expect(other.view.question).toBe('The secret is missing');
  });

  test('asks whether an imported command may run, after the word', () => {
    const secretSource = { kind: 'command', command: ['pass'], usesShell: false, isConfirmed: false } as const;
    const imported = sample({ ...RISKY, acceptedRisks: [], secretSource });
    const asked = play(start([imported]), enter(), enter({ riskWord: 'admin' }));
    expect(asked.state.screen).toBe('confirm-source');
    expect(asked.effects).toEqual([]);
  });

  test.each([
    ['from the review', (state: State) => state],
    ['from the review after Esc on the save screen', (state: State) => play(state, act('save'), back).state],
  ])('Esc goes back to the list %s', (_when, leave) => {
    const unaccepted = sample({ ...RISKY, acceptedRisks: [] });
    expect(play(leave(play(start([unaccepted]), enter()).state), back).state.screen).toBe('home');
    expect(play(leave(play(start([sample()]), act('edit')).state), back).state.screen).toBe('home');
  });

  test('shows the review if a different risk was accepted', () => {
    const asked = play(start([sample({ ...RISKY, lifetime: 604_800 })]), enter());
    expect(asked.state.screen).toBe('review');
  });

  test('shows the review if its server uses plain http', () => {
    const asked = play(start([sample({ region: 'own', serviceUrl: 'http://video.example.com' })]), enter());
    expect(asked.state.screen).toBe('review');
    expect(play(asked.state, enter()).effects).toEqual([]);
  });

  test('needs no input for practice, and opens the practice server', () => {
    const asked = play(
      start([sample({ region: 'practice', serviceUrl: 'http://127.0.0.1:47102', partnerId: 1234567 })]),
      enter(),
    );
    expect(asked.effects).toEqual([{ do: 'open-practice' }]);
    expect(asked.state.screen).toBe('quick');
    expect(play(asked.state, enter()).effects).toMatchObject([
      { do: 'make-key', request: { serviceUrl: 'http://127.0.0.1:47102' } },
    ]);
  });

  test('ADMIN is confirmed again only for another account', () => {
    const edited = play(start([sample()]), act('edit'), act('user'), enter({ lifetime: '3600' }));
    expect(edited.state.screen).toBe('review');
    const other = play(
      start([sample()]),
      act('edit'),
      act('credentials'),
      enter({ partnerId: '102', secret: ADMIN_SECRET }),
    );
    expect(other.state.screen).toBe('admin');
  });

  test('Esc goes back to the list, at the same profile', () => {
    const left = play(start([sample()]), enter(), back);
    expect(left.state.screen).toBe('home');
    expect(markedOption(left.view)).toBe('production');
  });

  test('the secret typed for one profile is not used for the next', () => {
    const profiles = [sample(), sample({ name: 'staging', partnerId: 102 })];
    const used = play(start(profiles), enter(), enter({ secret: ADMIN_SECRET }), made(), act('new')).state;
    const next = play(used, mark('staging'), enter());
    expect(next.state.form.secret.reveal()).toBe('');
    expect(play(used, mark(NEW), enter()).state.form.secret.reveal()).toBe('');
  });
});

describe('a profile and its form', () => {
  const PROFILES: [what: string, profile: Profile][] = [
    ['sent', sample({ ...RISKY, savedAt: SECONDS })],
    ['signed locally, version 1', sample({ method: 'local', ksVersion: 1, type: 'USER', savedAt: SECONDS })],
    [
      'a login without an account',
      sample({ method: 'login', loginId: 'jane@example.com', partnerId: null, userId: '', savedAt: SECONDS }),
    ],
    ['an app token', sample({ method: 'app-token', tokenId: '0_ab12cd34', type: 'USER', savedAt: SECONDS })],
    [
      'a self-hosted server',
      sample({ region: 'own', serviceUrl: 'https://example.com:8443/kaltura', savedAt: SECONDS }),
    ],
    ['an odd lifetime', sample({ lifetime: 5401, savedAt: SECONDS })],
    ['a saved key', sample({ savedKey: savedKey(SECONDS + 60), savedAt: SECONDS })],
  ];

  test.each(PROFILES)('convert to each other without a loss: %s', (_what, profile) => {
    const state = {
      ...start([profile]),
      form: formOf(profile, PRACTICE_ACCOUNT),
      profileName: profile.name,
      profileFlow: { ...start().profileFlow, newName: profile.name, includesKey: profile.savedKey !== null },
      key:
        profile.savedKey === null
          ? null
          : {
              made: { ...profile.savedKey, ks: profile.savedKey.ks ?? new Secret('') },
              request: null,
              madeFor: specOf(formOf(profile, PRACTICE_ACCOUNT)),
              recipe: null,
              asOf: SECONDS,
              isShown: false,
              number: 1,
              openedAt: SECONDS,
              server: { region: profile.region, address: '' },
            },
    };
    expect(profileOf(state)).toEqual(profile);
  });

  test('accept a profile with an unknown holder', () => {
    expect(formOf(sample({ holder: 'martian' }), PRACTICE_ACCOUNT).holder).toBe('me');
    expect(formOf(sample({ holder: null }), PRACTICE_ACCOUNT).holder).toBe('me');
  });

  test('drop accepted risks that no longer apply', () => {
    const form = formOf(sample({ acceptedRisks: ['admin-exposed'] }), PRACTICE_ACCOUNT);
    const state = { ...start(), form, profileFlow: { ...start().profileFlow, newName: 'x' } };
    expect(profileOf(state).acceptedRisks).toEqual([]);
  });

  test('suggest a name from the region and account', () => {
    expect(suggestedName(formOf(sample(), PRACTICE_ACCOUNT))).toBe('eu-2345678');
    expect(suggestedName(formOf(sample({ method: 'login', loginId: 'j@example.com' }), PRACTICE_ACCOUNT))).toBe(
      'eu-j@example.com',
    );
  });

  test('show a lifetime with an odd number of seconds', () => {
    const edited = play(start([sample({ lifetime: 5401 })]), act('edit'));
    expect(factsOf(edited.view)['User']).toMatch(/, valid for 1 hour 30 minutes(, until| 1 second)/);
    expect(optionsOf(play(edited.state, act('user')).view, 'lifetime')).toContain('other');
  });
});

describe('a profile with a use case', () => {
  const recipe = { id: 'meeting-attendee', values: { resource: '987654', 'first-name': 'Jo', 'last-name': 'Doe' } };
  const privileges = 'resourceId:987654,role:viewerRole,userContextualRole:3,firstName:Jo,lastName:Doe';
  const saved = sample({ type: 'USER', userId: 'guest-1', privileges, recipe });

  test('shows it on Home', () => {
    expect(viewText(play(start([saved])).view)).toContain('Use case: Meeting room, attendee');
  });

  test('keeps it when the profile is edited and saved again', () => {
    const review = play(start([saved]), act('edit'));
    expect(review.view.question).toContain('for: Meeting room, attendee');
    expect(
      profileOf({ ...review.state, profileFlow: { ...review.state.profileFlow, newName: 'guests' } }).recipe,
    ).toEqual(recipe);
  });
});

test('a new key starts in the region that was saved last, and the list of regions keeps its order', () => {
  const regions = (...saved: Profile[]) => play(start(saved), enter({ selectedProfile: NEW })).view;
  const practice = sample({ name: 'a', region: 'practice', savedAt: SECONDS });
  const views = [
    play(start()).view,
    regions(practice),
    regions(practice, sample({ region: 'eu', savedAt: SECONDS + 1 })),
  ];
  expect(views.map((view) => controlValue(view, 'region'))).toEqual(['practice', 'practice', 'eu']);
  expect(new Set(views.map((view) => optionsOf(view, 'region').join())).size).toBe(1);
});

test('an option that is not a profile has no shortcuts for profiles', () => {
  const at = (value: string) => play(start([sample()]), mark(value)).view;
  const shortcuts = (view: View) => view.actions?.map(({ key }) => key);
  expect(shortcuts(at(sample().name))).toEqual(['e', 'r', 'd', 'i', 'x']);
  for (const value of [NEW, ' error']) {
    expect(shortcuts(at(value))).toEqual(['i', 'x']);
    expect(at(value).enter).toBe('continue');
  }
  expect(at(' error').standing).toEqual({
    label: 'Next',
    value: 'you paste the code, the message or the whole answer',
  });
});

test('saving in practice says that a real account also needs a secret source', () => {
  const messagesFor = (region: string, changes: Partial<Profile> = {}) => {
    const review = play(start([sample({ region: region as 'eu', serviceUrl: '', ...changes })]), act('edit'));
    return messagesOf(play(review.state, act('save')).view);
  };
  expect(messagesFor('practice')).toContain('For a real account, you also choose');
  expect(messagesFor('eu')).not.toContain('For a real account');
  expect(messagesFor('practice', { method: 'app-token', tokenId: '0_new00001' })).not.toContain(
    'practice secret is filled in',
  );
});

test('Esc discards the changes of a profile only when it is pressed again', () => {
  const edited = play(start([sample()]), act('edit'), act('user'), enter({ userId: 'someone-else' }));
  expect(edited.view.actions).toContainEqual({ key: 'ctrl+s', id: 'save', label: 'save the changes' });
  const asked = play(edited.state, back);
  expect(asked.state.screen).toBe('review');
  expect(asked.state.notice?.text).toMatch(/doesn’t have your changes yet/);
  expect(play(asked.state, back).state.screen).toBe('home');
  expect(play(play(start([sample()]), act('edit')).state, back).state.screen).toBe('home');
});
