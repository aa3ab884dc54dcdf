import { describe, expect, test } from 'vitest';
import type { Key } from '../../../source/terminal/key.js';
import { createSession, type Session } from '../../../source/ui/session.js';
import type { State } from '../../../source/wizard/engine/state.js';
import vectors from '../../fixtures/ks-vectors.json' with { type: 'json' };
import { ADMIN_SECRET, enter, made, NOW, play, sample, start, TO_REVIEW } from '../../wizard/play.js';
import { key, pasted, typed } from '../gallery.js';

const PROFILES = [sample({ name: 'profile 06' }), sample({ name: 'profile 07' })];

function press(from: State, ...keys: readonly Key[]): Session {
  const session = createSession(from, { now: () => NOW, run: () => {} });
  for (const pressed of keys) session.press(pressed);
  return session;
}

const textOf = (session: Session): string => JSON.stringify([session.view(), session.state().notice]);

describe('a paste on a screen without a field', () => {
  const KS = vectors.vectors.find(({ id }) => id === 'v2-1')?.ks ?? '';
  const ANSWER = '{"code":"CATEGORY_NOT_FOUND","message":"Category id \\"123\\" not found"}';

  test.each([start(), start(PROFILES)])('opens the screen that explains it, and Esc goes back to $screen', (from) => {
    const withKey = press(from, ...pasted(`${KS}\n`));
    expect(withKey.state().screen).toBe('paste');
    expect(textOf(withKey)).not.toContain(KS.slice(0, 12));
    expect(press(withKey.state(), ...key('enter')).state().screen).toBe('explain');
    expect(press(withKey.state(), ...key('escape')).state().screen).toBe(from.screen);
    const withError = press(from, ...pasted(ANSWER));
    expect(withError.state().screen).toBe('paste-error');
    expect(press(withError.state(), ...key('enter')).view().question).toBe('CATEGORY_NOT_FOUND');
  });

  test('of a secret hides it, also in a search', () => {
    for (const search of [[], typed('/')]) {
      const session = press(start(PROFILES), ...search, ...pasted(ADMIN_SECRET));
      expect(session.state().screen).toBe('paste');
      expect(press(session.state(), ...key('enter')).view().question).toContain('secret');
      expect(textOf(session)).not.toContain(ADMIN_SECRET);
    }
  });

  test('of another text says that it has neither a key nor an error', () => {
    const session = press(start(), ...pasted('hello there'));
    expect(session.state()).toMatchObject({ screen: 'region', notice: { tone: 'caution' } });
    expect(textOf(session)).not.toContain('hello');
  });

  test('on a later screen says where keys are explained, and changes nothing else', () => {
    const atPrivileges = play(start(), ...TO_REVIEW.slice(0, -1)).state;
    const atCatalogue = play(atPrivileges, enter({ task: 'choose' })).state;
    for (const from of [atPrivileges, atCatalogue, play(start(), ...TO_REVIEW, enter(), made()).state]) {
      const state = press(from, ...pasted(KS)).state();
      expect(state.notice?.text).toContain('press i on the first screen');
      expect({ ...state, notice: null }).toEqual(from);
    }
  });

  test('goes into the search of a list', () => {
    expect(press(start(PROFILES), ...typed('/'), ...pasted('profile 07')).interaction().query?.text).toBe('profile 07');
  });
});
