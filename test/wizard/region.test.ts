import { describe, expect, test } from 'vitest';
import { hostCaution } from '../../source/messages/host-caution.js';
import { addressNotes } from '../../source/wizard/steps/region.js';
import {
  ADMIN_SECRET,
  act,
  back,
  comparableForm,
  controlOf,
  controlValue,
  enter,
  factsOf,
  made,
  mark,
  messagesOf,
  NEW,
  optionsOf,
  PRACTICE_ACCOUNT,
  play,
  problemOf,
  sample,
  set,
  start,
  TO_REVIEW,
  viewText,
} from './play.js';

/** The region of the account: regions, self-hosted servers, plain http, practice. */

describe('the first screen', () => {
  test('starts with practice if no profile is saved, and says what a KS is', () => {
    const { view, state } = play(start());
    expect(state.screen).toBe('region');
    expect(optionsOf(view, 'region')).toEqual(['practice', 'us', 'eu', 'de', 'sg', 'ap', 'ca', 'unknown', 'own']);
    expect(controlValue(view, 'region')).toBe('practice');
    expect(view.lead).toMatch(/A Kaltura session \(KS\) is the key that most Kaltura API calls need/);
  });

  test('names every host', () => {
    const text = viewText(play(start()).view);
    for (const host of ['www', 'api.eu', 'api.de', 'api.sg', 'api.ap', 'api.ca'])
      expect(text).toContain(`${host}.kaltura.com`);
  });

  test('is Home if a profile is saved; a new key starts in the region of the profile', () => {
    expect(start([sample()]).screen).toBe('home');
    const { view } = play(start([sample()]), mark(NEW), { type: 'submit' });
    expect(optionsOf(view, 'region')[0]).toBe('practice');
    expect(controlValue(view, 'region')).toBe(sample().region);
  });

  test('the screen to quit warns only if something would be lost', () => {
    const lossAfter = (...moves: Parameters<typeof play>[1][]) => messagesOf(play(start(), ...moves).view);
    expect(lossAfter(back)).toBe('');
    expect(lossAfter(enter(), back, back)).toBe('');
    expect(lossAfter(enter({ region: 'eu' }), enter(), set('partnerId', '102'), back, back, back)).toMatch(/answers/);
    expect(lossAfter(...TO_REVIEW, enter(), made(), back)).toMatch(/Copy or save/);
  });

  test('Esc asks whether to quit, Esc again stays', () => {
    const asked = play(start(), back);
    expect(asked.state.screen).toBe('quit');
    expect(asked.effects).toEqual([]);
    expect(play(asked.state, back).state.screen).toBe('region');
    expect(play(asked.state, enter()).state.screen).toBe('region');
    expect(play(asked.state, enter({ option: 'quit' })).effects).toEqual([{ do: 'quit', how: 'done' }]);
  });
});

describe('a self-hosted server', () => {
  const atAddress = play(start(), enter({ region: 'own' })).state;

  test('is entered by its URL, which is cleaned up and shown', () => {
    expect(atAddress.screen).toBe('address');
    const typed = play(atAddress, set('address', 'video.example.com:8443/api_v3/'));
    expect(controlOf(typed.view, 'address')).toMatchObject({
      problem: null,
      note: 'API: https://video.example.com:8443/api_v3',
    });
    expect(play(typed.state, enter()).state.screen).toBe('sign-in');
  });

  test('of a single word gets a warning, because only a network of an organization has such hosts', () => {
    const { view } = play(atAddress, set('address', 'kaltura'));
    expect(controlOf(view, 'address')).toMatchObject({
      problem: null,
      warning: expect.stringMatching(/“kaltura” is a single word/),
    });
    expect(hostCaution('--url', 'http://kaltura:8080')).toMatch(/^--url: .+single word/);
    expect(hostCaution('--url', 'http://localhost:8080')).toBeNull();
  });

  test('the URL of a KMC page selects its region', () => {
    const typed = play(atAddress, set('address', 'https://kmc.cap2.ovp.kaltura.com/index.php/kmcng/'));
    expect(controlOf(typed.view, 'address')).toMatchObject({
      problem: null,
      note: 'region CA, API: api.ca.kaltura.com',
    });
    const { state } = play(typed.state, enter());
    expect([state.screen, state.form.region, state.form.address]).toEqual(['sign-in', 'ca', '']);
    expect(play(state, back).state.screen).toBe('region');
  });

  test('accepts a host of Kaltura without a region, with a warning', () => {
    const typed = play(atAddress, set('address', 'https://2345678.mediaspace.kaltura.com'));
    expect(controlOf(typed.view, 'address')).toMatchObject({
      warning: expect.stringContaining('doesn’t show the region'),
    });
    expect(play(typed.state, enter()).state.form.region).toBe('own');
  });

  test.each(['', 'ftp://x', 'https://jane:pw@example.com'])('refuses the URL %j', (typed) => {
    expect(problemOf(play(atAddress, set('address', typed)).view, 'address')).not.toBeNull();
  });

  test('with plain http gets an explanation before the wizard asks for secrets', () => {
    const { state, view } = play(atAddress, enter({ address: 'http://video.example.com:8080' }));
    expect(state.screen).toBe('plain-http');
    expect(optionsOf(view, 'option')).toEqual(['https', 'local', 'address']);
    expect(controlValue(view, 'option')).toBe('https');
    expect(viewText(view)).toMatch(/could read your secret/);
  });

  const atPlainHttp = play(atAddress, enter({ address: 'http://video.example.com:8080' })).state;

  test('can be changed to https with the same host and port', () => {
    const { state } = play(atPlainHttp, enter());
    expect(state.screen).toBe('sign-in');
    expect(state.form.address).toBe('https://video.example.com:8080');
    expect(optionsOf(play(state).view, 'method')).toHaveLength(4);
  });

  test('with plain http, signing on this computer is the only method', () => {
    const there = play(atPlainHttp, enter({ option: 'local' }));
    expect(there.state.screen).toBe('sign-in');
    expect(optionsOf(there.view, 'method')).toEqual(['local']);
    const review = play(
      there.state,
      enter(),
      enter(),
      enter({ partnerId: '102', secret: ADMIN_SECRET }),
      enter({ holder: 'server' }),
      enter(),
      enter({ task: 'nothing' }),
    );
    expect(review.state.screen).toBe('review');
    expect(factsOf(review.view)['Sign-in']).toMatch(/the URL uses http/);
    expect(viewText(review.view)).toMatch(/Nothing is sent/);
    expect(play(review.state, enter()).effects).toMatchObject([
      { do: 'make-key', request: { signIn: { method: 'local' } } },
    ]);
  });

  test('the option for another URL goes back to the field with the typed URL', () => {
    const { state } = play(atPlainHttp, enter({ option: 'address' }));
    expect(state.screen).toBe('address');
    expect(state.form.address).toBe('http://video.example.com:8080');
  });

  test('on this computer needs no https', () => {
    expect(play(atAddress, enter({ address: 'http://localhost:8080' })).state.screen).toBe('sign-in');
  });

  test('no secret is sent if the URL is changed to plain http on the review', () => {
    const review = play(start(), ...TO_REVIEW).state;
    const there = play(review, act('region'), enter({ region: 'own' }), enter({ address: 'http://10.0.0.7' }));
    expect(there.state.screen).toBe('plain-http');
    const again = play(there.state, back, back, back);
    expect(again.effects.filter((effect) => effect.do === 'make-key')).toEqual([]);
  });
});

describe('practice', () => {
  const inPractice = play(start(), enter());

  test('opens its server, and needs no input', () => {
    expect(inPractice.effects).toEqual([{ do: 'open-practice' }]);
    const made = play(inPractice.state, enter(), enter(), enter({}), enter(), enter(), enter());
    expect(made.state.screen).toBe('working');
    expect(made.effects).toMatchObject([
      { do: 'make-key', request: { serviceUrl: 'http://127.0.0.1:47102', signIn: { partnerId: 1234567 } } },
    ]);
  });

  test.each(['server', 'local', 'login', 'app-token'])(
    'fills in the practice account for %s, and says so',
    (method) => {
      const there = play(inPractice.state, enter({ method }), ...(method === 'local' ? [enter()] : []));
      expect(there.state.screen).toBe('credentials');
      expect(viewText(there.view)).toMatch(/Press Enter to use it/);
      expect(play(there.state, enter()).state.screen).toBe('purpose');
    },
  );

  test('uses the URL of the practice server that was opened', () => {
    const toReview = [enter(), enter(), enter({ holder: 'server' }), enter(), enter({ task: 'nothing' })];
    const { state } = play(inPractice.state, { type: 'practice-opened', url: 'http://127.0.0.1:5555' }, ...toReview);
    expect(factsOf(play(state).view)['Region']).toContain('http://127.0.0.1:5555');
    expect(play(state, enter()).effects).toMatchObject([{ request: { serviceUrl: 'http://127.0.0.1:5555' } }]);
  });

  test('practice credentials are not sent to a real server', () => {
    const real = play(inPractice.state, back, enter({ region: 'eu' })).state;
    expect(comparableForm(real.form)).toMatchObject({
      partnerId: '',
      secret: 'secret ',
      loginId: '',
      password: 'secret ',
      tokenId: '',
      token: 'secret ',
    });
  });

  test('practice credentials are removed if the region is changed on the review', () => {
    const review = play(
      inPractice.state,
      enter(),
      enter(),
      enter({ holder: 'server' }),
      enter(),
      enter({ task: 'nothing' }),
    ).state;
    const real = play(review, act('region'), enter({ region: 'us' }));
    expect(real.state.screen).toBe('credentials');
    expect(real.state.form.secret.reveal()).toBe('');
  });

  test('typed answers are kept when the region changes to a real one and back', () => {
    const typed = play(inPractice.state, enter(), set('partnerId', '102')).state;
    const real = play(typed, back, back, enter({ region: 'eu' })).state;
    expect(real.form.partnerId).toBe('102');
    const again = play(real, back, enter({ region: 'practice' })).state;
    expect(again.form.partnerId).toBe('102');
    expect(again.form.secret.reveal()).toBe(PRACTICE_ACCOUNT.secret.reveal());
  });

  test('a real secret is not replaced by the practice secret', () => {
    const typed = play(start(), ...TO_REVIEW).state;
    const practice = play(typed, act('region'), enter({ region: 'practice' })).state;
    expect(practice.form.secret.reveal()).toBe(ADMIN_SECRET);
    expect(viewText(play(practice, act('credentials')).view)).not.toMatch(/Press Enter to use it/);
  });
});

test.each([
  [
    'https://api.eu.k\u0430ltura.com',
    'The host name has non-ASCII letters, which can look like other letters. In ASCII, it is',
  ],
  ['www.kaltura.com.example.com', 'This host doesn’t belong to Kaltura'],
])('a URL that looks like another host gets a warning: %s', (address, warning) => {
  expect(addressNotes(address)).toEqual({ warning: expect.stringContaining(warning) });
});

test('a URL with a path gets a warning with the path', () => {
  expect(addressNotes('127.0.0.1:47103/kmc')).toEqual({ warning: expect.stringContaining('keeps the path /kmc.') });
  for (const address of ['https://video.example.com/', 'https://video.example.com/index.php/kmcng']) {
    expect(addressNotes(address)).toEqual({});
  }
});

test('the hint for Esc on the first step says where Esc leads', () => {
  const afterKey = play(start(), ...TO_REVIEW, enter(), made(), act('new'));
  const fromReview = play(start(), ...TO_REVIEW, act('region'));
  for (const { state, view, leadsTo } of [
    { ...play(start(), set('region', 'eu')), leadsTo: 'quit' },
    { ...afterKey, leadsTo: 'result' },
    { ...fromReview, leadsTo: 'review' },
  ]) {
    expect(state.screen).toBe('region');
    expect(play(state, back).state.screen).toBe(leadsTo);
    expect(view.escape).toBe(leadsTo === 'quit' ? 'quit' : 'back');
  }
});
