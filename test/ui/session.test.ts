import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { Key } from '../../source/terminal/key.js';
import { createSession, type Session } from '../../source/ui/session.js';
import type { Effect } from '../../source/wizard/engine/effect.js';
import type { State } from '../../source/wizard/engine/state.js';
import { runs } from '../sizes.js';
import {
  ADMIN_SECRET,
  act,
  back,
  comparableForm,
  enter,
  made,
  NOW,
  play,
  sample,
  set,
  start,
  TO_REVIEW,
} from '../wizard/play.js';
import { key, pasted, typed } from './gallery.js';

/** Key presses on the screens: where they lead, and what they change. */

interface Pressed {
  readonly session: Session;
  readonly state: State;
  readonly effects: readonly Effect[];
}

function press(from: State, ...keys: readonly Key[]): Pressed {
  const effects: Effect[] = [];
  const session = createSession(from, { now: () => NOW, run: (effect) => effects.push(effect) });
  for (const pressed of keys) session.press(pressed);
  return { session, state: session.state(), effects };
}

const at = (...moves: Parameters<typeof play>[1][]): State => play(start(), ...moves).state;
const atCredentials = at(enter({ region: 'eu' }), enter({ method: 'server' }));
const atReview = at(...TO_REVIEW);
const atPrivileges = at(...TO_REVIEW.slice(0, 3), enter({ holder: 'server' }), enter());
const atCatalogue = play(atPrivileges, enter({ task: 'choose' })).state;
const MANY = Array.from({ length: 40 }, (_, index) =>
  sample({ name: `profile ${String(index).padStart(2, '0')}`, partnerId: 9000 }),
);

describe('fields', () => {
  test('Enter moves to the next field, and continues after the last one', () => {
    const { state } = press(
      atCredentials,
      ...typed('102'),
      ...key('enter'),
      ...pasted(`${ADMIN_SECRET}\n`),
      ...key('enter'),
    );
    expect(state.screen).toBe('purpose');
    expect(state.form.partnerId).toBe('102');
    expect(state.form.secret.reveal()).toBe(ADMIN_SECRET);
  });

  test('Tab, Down, Up and Shift+Tab move between fields; Shift+Tab on the first one goes back', () => {
    const focusAfter = (...keys: Key[]) => press(atCredentials, ...keys).session.interaction().focus;
    expect(focusAfter()).toBe('partnerId');
    expect(focusAfter(...key('tab'))).toBe('secret');
    expect(focusAfter(...key('tab', 'tab'))).toBe('partnerId');
    expect(focusAfter(...key('down'))).toBe('secret');
    expect(focusAfter(...key('tab', 'up'))).toBe('partnerId');
    expect(focusAfter(...key('tab', 'shift+tab'))).toBe('partnerId');
    expect(press(atCredentials, ...key('shift+tab')).state.screen).toBe('sign-in');
  });

  test('a warning about an edited text is shown before Enter continues, even if the text was refused before', () => {
    const atWrite = play(atPrivileges, enter({ task: 'write' })).state;
    const refused = [...typed('a b'), ...key('enter', 'ctrl+u')];
    expect(press(atWrite, ...refused, ...typed('sveiw:0_a'), ...key('enter')).state.screen).toBe('write');
    expect(press(atWrite, ...refused, ...typed('sveiw:0_a'), ...key('enter', 'enter')).state.screen).toBe('review');
  });

  test('typing replaces the values of the practice account in each field', () => {
    const atPractice = at(enter(), enter());
    const { state } = press(atPractice, ...typed('102'), ...key('tab'), ...typed('abc'));
    expect(state.form.partnerId).toBe('102');
    expect(state.form.secret.reveal()).toBe('abc');
    expect(press(atPractice, ...typed('102'), ...key('tab', 'tab'), ...typed('3')).state.form.partnerId).toBe('1023');
  });

  test('a problem stops Enter and is shown from then on; Tab still moves on', () => {
    const { session, state } = press(atCredentials, ...typed('abc'), ...key('enter'));
    expect(state.screen).toBe('credentials');
    expect(session.interaction()).toMatchObject({ focus: 'partnerId', touched: ['partnerId'] });
    expect(press(atCredentials, ...typed('abc'), ...key('tab')).session.interaction().focus).toBe('secret');
  });

  test('no problem is shown before the user leaves the field', () => {
    expect(press(atCredentials, ...typed('abc')).session.interaction().touched).toEqual([]);
  });

  test('Enter on the last field goes back to an earlier field with a problem', () => {
    const { session, state } = press(atCredentials, ...key('tab'), ...pasted(ADMIN_SECRET), ...key('enter'));
    expect(state.screen).toBe('credentials');
    expect(session.interaction().focus).toBe('partnerId');
  });

  test('the cursor starts in the first field that is empty or has a problem', () => {
    const focusWith = (...moves: Parameters<typeof play>[1][]) =>
      press(play(atCredentials, ...moves, back).state, ...key('enter')).session.interaction().focus;
    expect(focusWith(set('partnerId', '2345678'))).toBe('secret');
    expect(focusWith(set('partnerId', 'x'), set('secret', new Secret(ADMIN_SECRET)))).toBe('partnerId');
    expect(press(play(atReview, act('credentials')).state).session.interaction().focus).toBe('partnerId');
  });

  test('Ctrl+Y moves a secret that was typed after the partner ID into its field', () => {
    const { state } = press(atCredentials, ...typed(`2345678${ADMIN_SECRET}`), ...key('enter', 'ctrl+y'));
    expect(state.form).toMatchObject({ partnerId: '2345678' });
    expect(state.form.secret.reveal()).toBe(ADMIN_SECRET);
  });

  test('Ctrl+Y uses the suggestion, also from the next field', () => {
    expect(press(atCredentials, ...typed('234567800'), ...key('ctrl+y')).state.form.partnerId).toBe('234567800');
    // The first Enter shows the warning.
    const shown = press(atCredentials, ...typed('234567800'), ...key('enter'));
    expect(shown.session.interaction()).toMatchObject({ focus: 'partnerId', touched: ['partnerId'] });
    expect(press(atCredentials, ...typed('234567800'), ...key('enter', 'ctrl+y')).state.form.partnerId).toBe('2345678');
    const after = press(atCredentials, ...typed('234567800'), ...key('enter', 'enter', 'ctrl+y'));
    expect(after.state.form.partnerId).toBe('2345678');
    expect(after.session.interaction().focus).toBe('secret');
  });

  test('Ctrl+R shows and hides secrets, and types nothing', () => {
    const shown = press(atCredentials, ...key('ctrl+r'));
    expect(shown.session.interaction().isRevealed).toBe(true);
    expect(press(atCredentials, ...key('ctrl+r', 'ctrl+r')).session.interaction().isRevealed).toBe(false);
    expect(comparableForm(shown.state.form)).toEqual(comparableForm(atCredentials.form));
  });

  test('a secret that was shown is masked again on the next visit', () => {
    const { session } = press(atCredentials, ...key('ctrl+r'), ...key('escape'), ...key('enter'));
    expect(session.state().screen).toBe('credentials');
    expect(session.interaction().isRevealed).toBe(false);
  });

  test('letters that are shortcuts elsewhere are typed; F1 opens the help', () => {
    const { session, state } = press(atCredentials, ...key('tab'), ...typed('?/qced'));
    expect(state.form.secret.reveal()).toBe('?/qced');
    session.press({ name: 'function' });
    expect(session.interaction().isHelpOpen).toBe(true);
  });

  test('editing keys edit the text', () => {
    const keys = [
      ...typed('one two'),
      ...key('ctrl+w', 'ctrl+a'),
      ...typed('x'),
      ...key('ctrl+e', 'backspace'),
      ...typed('y'),
    ];
    expect(press(atCredentials, ...keys).state.form.partnerId).toBe('xoney');
  });

  test('a paste of 10,000 characters is complete', () => {
    const long = 'abcdefghij'.repeat(1000);
    expect(press(atCredentials, ...key('tab'), ...pasted(long)).state.form.secret.reveal()).toBe(long);
  });
});

describe('key presses that arrive together', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom<Key>(
        ...key('enter', 'tab', 'left', 'right', 'home', 'end', 'backspace', 'up', 'down', 'escape', 'ctrl+w', 'ctrl+u'),
      ),
      fc.stringMatching(/^[a-z0-9?/ :,*@.-]{1,8}$/).map((text): Key => ({ name: 'text', text })),
    ),
    { maxLength: 25 },
  );
  const oneByOneKeys = (keys: readonly Key[]): Key[] =>
    keys.flatMap((one) => (one.name === 'text' ? [...one.text].map((text): Key => ({ name: 'text', text })) : [one]));
  const starts = fc.constantFrom(start(), start(MANY.slice(0, 3)), atCredentials, atPrivileges, atCatalogue, atReview);

  test('have the same effect as single key presses', () => {
    fc.assert(
      fc.property(starts, pieces, (from, keys) => {
        const together = press(from, ...keys);
        const oneByOne = press(from, ...oneByOneKeys(keys));
        expect(together.state.screen).toBe(oneByOne.state.screen);
        expect(comparableForm(together.state.form)).toEqual(comparableForm(oneByOne.state.form));
        expect(together.session.interaction()).toEqual(oneByOne.session.interaction());
        expect(together.effects.map((effect) => effect.do)).toEqual(oneByOne.effects.map((effect) => effect.do));
      }),
      { numRuns: runs(300) },
    );
  });

  test('after Enter are not typed on the next screen', () => {
    const { state } = press(
      atCredentials,
      ...typed('102'),
      ...key('enter'),
      ...typed(ADMIN_SECRET),
      ...key('enter'),
      ...typed('q'),
    );
    expect(state.screen).toBe('purpose');
    expect(state.form.secret.reveal()).toBe(ADMIN_SECRET);
  });
});

describe('lists', () => {
  test('arrows wrap around; Enter chooses the marked option', () => {
    expect(press(start(), ...key('down', 'down', 'enter')).state.form.region).toBe('eu');
    expect(press(start(), ...key('up', 'enter')).state).toMatchObject({ screen: 'address' });
    expect(press(start(), ...key('end', 'home', 'enter')).state.form.region).toBe('practice');
  });

  test('moving the mark changes no answer', () => {
    expect(press(start(), ...key('down')).state.form.region).toBe('practice');
  });

  test('letters act on the marked option', () => {
    const home = start([sample(), sample({ name: 'staging' })]);
    expect(press(home, ...key('down'), ...typed('d')).state).toMatchObject({
      screen: 'remove',
      profileName: 'staging',
    });
    expect(press(home, ...key('down'), ...typed('r')).state).toMatchObject({
      screen: 'rename',
      profileFlow: { newName: 'staging' },
    });
  });

  test('a digit in the list of lifetimes starts a custom lifetime', () => {
    const { session, state } = press(play(atReview, act('user')).state, ...key('tab'), ...typed('8h'));
    expect(state.form).toMatchObject({ lifetime: 'other', otherLifetime: '8h' });
    expect(session.interaction().focus).toBe('otherLifetime');
  });

  test('a digit that opens a step is not typed into its first field', () => {
    expect(press(atReview, ...typed('5')).state.screen).toBe('user');
  });
});

describe('searching', () => {
  test('filters while the user types; Enter chooses the marked option; Esc ends only the search', () => {
    const home = start(MANY);
    const used = press(home, ...typed('/profile 17'), ...key('enter'));
    expect(used.state).toMatchObject({ screen: 'quick', profileName: 'profile 17' });
    const ended = press(home, ...typed('/17'), ...key('escape'));
    expect(ended.state.screen).toBe('home');
    expect(ended.session.interaction().query).toBeNull();
  });

  test('letters that are shortcuts are typed into the search', () => {
    const { session, state } = press(start(MANY), ...typed('/red'));
    expect(state.screen).toBe('home');
    expect(session.interaction().query?.text).toBe('red');
  });

  test('Backspace on an empty search ends it', () => {
    expect(press(start(MANY), ...typed('/a'), ...key('backspace', 'backspace')).session.interaction().query).toBeNull();
  });

  test('Enter on nothing found does nothing', () => {
    expect(press(start(MANY), ...typed('/zzz'), ...key('enter')).state.screen).toBe('home');
  });

  test('a privilege that the search finds can be selected', () => {
    const { session } = press(atCatalogue, ...typed('/enableentitlement'), ...key('escape'), ...typed(' '));
    expect(session.state().form.privileges).toBe('enableentitlement');
  });

  test('after a value is entered, the same privilege stays marked', () => {
    const { state } = press(
      atCatalogue,
      ...key('down', 'down'),
      ...typed(' '),
      ...pasted('0_abc'),
      ...key('enter'),
      ...typed(' '),
    );
    // The second Space clears the same privilege.
    expect(state.form.privileges).toBe('');
  });
});

describe('the help', () => {
  test('opens with ? or F1, and closes with any other key, which has no other effect', () => {
    for (const closing of [...key('escape', 'enter', 'tab', 'function'), ...typed('q'), ...pasted('x')]) {
      const { session, state } = press(start(), ...typed('?'), closing);
      expect(session.interaction().isHelpOpen).toBe(false);
      expect(state.screen).toBe('region');
    }
  });

  test('does not scroll past its end', () => {
    const { session } = press(start(), ...typed('?'));
    session.limitScroll({ up: 0, down: 7 });
    for (const one of key('pagedown', 'pagedown', 'down')) session.press(one);
    expect(session.interaction().offset).toBe(7);
    session.press({ name: 'up' });
    expect(session.interaction().offset).toBe(6);
    for (const one of key('pageup', 'up')) session.press(one);
    expect(session.interaction().offset).toBe(0);
  });

  test('Ctrl+C cancels while it is open', () => {
    expect(press(start(), ...typed('?'), ...key('ctrl+c')).effects).toContainEqual({ do: 'quit', how: 'cancelled' });
  });
});

describe('the word that confirms a danger', () => {
  const atDanger = at(...TO_REVIEW.slice(0, -1), enter({ task: 'see-all' }));

  test('is typed while digits still open the steps', () => {
    expect(press(atDanger, ...typed('admin'), ...key('enter')).state.screen).toBe('working');
    expect(press(atDanger, ...typed('adm3')).state.screen).toBe('credentials');
    expect(press(atDanger, ...typed('yes'), ...key('enter')).state.screen).toBe('review');
  });
});

test('Ctrl+C cancels on every kind of screen', () => {
  for (const from of [start(), start(MANY), atCredentials, atCatalogue, atReview, play(atReview, enter()).state]) {
    expect(press(from, ...key('ctrl+c')).effects).toEqual([{ do: 'abort' }, { do: 'quit', how: 'cancelled' }]);
  }
});

test('a long body scrolls under its field with Page Up and Page Down', () => {
  const long = play(atPrivileges, enter({ task: 'write' }), set('privileges', 'list:*,disableentitlement')).state;
  const { session } = press(long);
  session.limitScroll({ up: 2, down: 3 });
  session.press({ name: 'pagedown' });
  expect(session.interaction().offset).toBe(3);
  session.press({ name: 'pageup' });
  expect(session.interaction().offset).toBe(-2);
  expect(session.state().form.privileges).toBe('list:*,disableentitlement');
});

test('a larger window scrolls back if the whole text fits', () => {
  const { session } = press(play(atReview, enter(), made()).state);
  session.limitScroll({ up: 0, down: 3 });
  session.press({ name: 'down' });
  expect(session.interaction().offset).toBe(1);
  session.limitScroll({ up: 0, down: 0 });
  session.limitScroll({ up: 0, down: 3 });
  expect(session.interaction().offset).toBe(0);
});

test('an action that the screen does not have is ignored', () => {
  expect(press(start(), ...typed('ced')).state).toEqual(start());
  expect(play(atReview, act('review')).state.screen).toBe('review');
});
