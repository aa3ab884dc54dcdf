import { expect, test } from 'vitest';
import type { Effect } from '../../source/wizard/engine/effect.js';
import { viewOf } from '../../source/wizard/engine/screens.js';
import { act, play } from '../wizard/play.js';
import { GALLERY } from './gallery.js';

const CHANGES: readonly Effect['do'][] = ['make-key', 'save-profile', 'rename-profile', 'remove-profile'];

/** Questions that change something on the server. */
const CHANGING_QUESTIONS: readonly string[] = ['end', 'add-token', 'delete-token'];

const isIrreversible = (effect: Effect): boolean =>
  CHANGES.includes(effect.do) || (effect.do === 'ask' && CHANGING_QUESTIONS.includes(effect.question.ask));

test.each(GALLERY)('$name: no letter shortcut does anything irreversible', ({ state }) => {
  const letters = (viewOf(state).actions ?? []).filter(({ key }) => /^[a-z]$/.test(key));
  const effects = letters.flatMap(({ id }) => play(state, act(id)).effects);
  expect(effects.filter(isIrreversible)).toEqual([]);
});
