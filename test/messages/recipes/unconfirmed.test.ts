import { expect, test } from 'vitest';
import { RECIPES } from '../../../source/kaltura/recipes/recipes.js';
import { unconfirmedHelp, unconfirmedLine } from '../../../source/messages/recipes/unconfirmed.js';

test('names unconfirmed details in one line of 80 columns, and lists them in the help', () => {
  for (const one of RECIPES) {
    const lines = unconfirmedLine(one).map(({ text }) => text);
    expect(lines.length).toBeLessThanOrEqual(1);
    for (const line of lines) expect(`! ${line}`.length).toBeLessThan(80);
    expect([one.id, unconfirmedHelp(one).length > 0]).toEqual([one.id, lines.length > 0]);
    expect(unconfirmedHelp(one).length).toBeGreaterThanOrEqual(one.doubts.length);
  }
});

test('shows a short doubt itself, and counts longer ones', () => {
  const lineOf = (id: string): string | undefined =>
    unconfirmedLine(RECIPES.find((one) => one.id === id) ?? (RECIPES[0] as never))[0]?.text;
  expect(lineOf('kaf-my-media')).toBe('2 details of this use case are not confirmed. Press F1 to see them.');
  expect(lineOf('room-analytics')).toBe('Not confirmed: Kaltura doesn’t say whether the key needs a user ID.');
});
