import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { viewOf } from '../../source/wizard/engine/screens.js';
import { FIELD_CASES } from '../fixtures/field-cases.js';
import { act, enter, play, start } from './play.js';

beforeAll(() => void vi.stubEnv('TZ', 'UTC'));
afterAll(() => void vi.unstubAllEnvs());

/** All texts of the screen, one per line. */
function textOf(state: ReturnType<typeof start>): string {
  const { facts = [], warnings = [], advice = [] } = viewOf(state);
  return [
    ...facts.map(({ label, value }) => `${label} ${value}`),
    ...[...warnings, ...advice].map(({ text }) => text),
  ].join('\n');
}

test.each(FIELD_CASES)('$id: the wizard explains the key', ({ text, secret, says, never }) => {
  const pasted = play(start(), act('inspect'), enter({ paste: text })).state;
  const canOpen = viewOf(pasted).controls.some(
    (control) => control.kind === 'choice' && control.options.some(({ value }) => value === 'open-key'),
  );
  const state = canOpen ? play(pasted, enter({ option: 'open-key' }), enter({ openingSecret: secret })).state : pasted;
  const shown = textOf(state);
  for (const sentence of says) expect(shown).toMatch(sentence);
  expect(shown).not.toMatch(never);
});
