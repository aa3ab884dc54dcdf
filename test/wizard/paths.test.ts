import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { KeyRequest } from '../../source/kaltura/sign-in/key-request.js';
import type { ScreenId } from '../../source/wizard/engine/screen-id.js';
import {
  ADMIN_SECRET,
  back,
  enter,
  factsOf,
  type Move,
  OWN_CHOICE,
  play,
  start,
  TO_REVIEW,
  TOKEN,
  viewText,
} from './play.js';

/** The paths from the first screen to the key, for each sign-in method. */
const PATHS: [way: string, moves: Move[], screens: ScreenId[]][] = [
  [
    'the account secret, sent',
    [...TO_REVIEW, enter()],
    ['sign-in', 'credentials', 'purpose', 'type', 'admin', 'user', 'privileges', 'review', 'working'],
  ],
  [
    'the account secret, signed locally',
    [
      enter({ region: 'us' }),
      enter({ method: 'local' }),
      enter({ ksVersion: '1' }),
      enter({ partnerId: '102', secret: ADMIN_SECRET }),
      enter({ holder: 'server' }),
      enter({ userId: 'jane' }),
      enter({ task: 'nothing' }),
      enter(),
    ],
    ['sign-in', 'version', 'credentials', 'purpose', 'type', 'user', 'privileges', 'review', 'working'],
  ],
  [
    'email and password',
    [
      enter({ region: 'de' }),
      enter({ method: 'login' }),
      enter({ loginId: 'jane@example.com', password: 'pass word' }),
      enter({ holder: 'me' }),
      enter(),
      enter(),
      enter(),
    ],
    ['sign-in', 'credentials', 'purpose', 'type', 'user', 'privileges', 'review', 'working'],
  ],
  [
    'an app token',
    [
      enter({ region: 'sg' }),
      enter({ method: 'app-token' }),
      enter({ partnerId: '102', tokenId: '0_ab12cd34', token: TOKEN }),
      enter({ holder: 'browser' }),
      enter(),
      enter({ taskValue: '0_abc12345' }),
      enter(),
    ],
    ['sign-in', 'credentials', 'purpose', 'type', 'user', 'privileges', 'review', 'working'],
  ],
];

describe('the path', () => {
  test.each(PATHS)('with %s shows its screens in order', (_name, moves, screens) => {
    expect(play(start(), ...moves).screens).toEqual(screens);
  });

  test.each(PATHS)('with %s can be gone back, and then the wizard asks whether to quit', (_name, moves) => {
    const there = play(start(), ...moves.slice(0, -1));
    const passed = ['region', ...there.screens].filter((screen) => screen !== 'admin');
    const home = play(there.state, ...passed.map(() => back));
    expect(home.screens).toEqual([...passed.slice(0, -1).reverse(), 'quit']);
  });

  test.each(PATHS)('with %s shows the current step on each screen', (_name, moves) => {
    for (let count = 0; count < moves.length; count++) {
      const { view } = play(start(), ...moves.slice(0, count));
      expect(view.heading).toMatch(/^Step [1-7] of 7 · /);
      expect(view.path).toHaveLength(7);
      expect(view.path?.filter((item) => item.state === 'here')).toHaveLength(1);
    }
  });

  test('shows the answers', () => {
    const { view } = play(start(), ...TO_REVIEW);
    expect(view.path?.map((item) => item.label)).toEqual([
      'EU',
      'Account secret',
      '2345678',
      'ADMIN',
      '24 hours',
      'No privileges',
      'Review',
    ]);
  });
});

/** The request at the end of each path. */
const REQUESTS: Readonly<Record<string, Partial<KeyRequest>>> = {
  'the account secret, sent': {
    serviceUrl: 'https://api.eu.kaltura.com',
    signIn: { method: 'server', partnerId: 2345678, secret: new Secret(ADMIN_SECRET) },
    type: 'ADMIN',
    userId: '',
    lifetime: 86_400,
    privileges: '',
  },
  'the account secret, signed locally': {
    serviceUrl: 'https://www.kaltura.com',
    signIn: { method: 'local', partnerId: 102, secret: new Secret(ADMIN_SECRET), ksVersion: 1 },
    type: 'USER',
    userId: 'jane',
    lifetime: 86_400,
    privileges: '',
  },
  'email and password': {
    serviceUrl: 'https://api.de.kaltura.com',
    signIn: {
      method: 'login',
      partnerId: null,
      loginId: 'jane@example.com',
      password: new Secret('pass word'),
      code: null,
    },
    userId: '',
    lifetime: 86_400,
    privileges: '',
  },
  'an app token': {
    serviceUrl: 'https://api.sg.kaltura.com',
    signIn: { method: 'app-token', partnerId: 102, tokenId: '0_ab12cd34', token: new Secret(TOKEN) },
    type: 'USER',
    userId: '',
    lifetime: 3600,
    privileges: 'sview:0_abc12345,setrole:PLAYBACK_BASE_ROLE',
  },
};

/** The request with the text of its secrets, because all secrets compare as equal. */
const withPlainSecrets = (request: Partial<KeyRequest> | undefined): unknown => ({
  ...request,
  signIn: Object.entries(request?.signIn ?? {}).map(([name, value]) => [
    name,
    value instanceof Secret ? value.reveal() : value,
  ]),
});

test.each(PATHS)('the request of %s', (name, moves) => {
  const asked = play(start(), ...moves).effects.find((effect) => effect.do === 'make-key')?.request;
  expect(withPlainSecrets(asked)).toMatchObject(withPlainSecrets(REQUESTS[name]) as object);
});

describe('a login', () => {
  const [, moves] = PATHS[2] as (typeof PATHS)[number];

  test('asks for no user and no type, because the login decides both', () => {
    const type = play(start(), ...moves.slice(0, 3), OWN_CHOICE).view;
    expect(type.controls.map((control) => control.id)).toEqual(['holder']);
    expect(viewText(type)).toMatch(/login decides the type/i);
    const user = play(start(), ...moves.slice(0, 4)).view;
    expect(user.controls.map((control) => control.id)).not.toContain('userId');
    const review = play(start(), ...moves.slice(0, -1)).view;
    expect(review.help.join(' ')).toMatch(/There is no user ID/);
    expect(factsOf(review)['Type']).toMatch(/decided by the login/);
  });

  test('a user ID for another sign-in method is kept, but not sent', () => {
    const withUser = play(
      start(),
      enter({ region: 'eu' }),
      enter({ method: 'server' }),
      enter({ partnerId: '102', secret: ADMIN_SECRET }),
      enter({ holder: 'server' }),
      enter({ userId: 'jane' }),
    ).state;
    const login = play(
      withUser,
      back,
      back,
      back,
      back,
      back,
      enter({ method: 'login' }),
      enter({ loginId: 'j@example.com', password: 'x' }),
    );
    const asked = play(login.state, OWN_CHOICE, enter(), enter(), enter({ task: 'nothing' }), enter()).effects.at(-1);
    expect(asked).toMatchObject({ do: 'make-key', request: { userId: '' } });
    expect(login.state.form.userId).toBe('jane');
  });
});
