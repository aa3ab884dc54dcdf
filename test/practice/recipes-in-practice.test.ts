import { expect, test } from 'vitest';
import { isInPractice } from '../../source/kaltura/recipes/next.js';
import { RECIPES } from '../../source/kaltura/recipes/recipes.js';
import { openServer, post } from './practice-calls.js';

test('a recipe says that it can be tried in practice if the practice server has its call', async () => {
  const url = await openServer();
  for (const one of RECIPES) {
    if (one.next.kind !== 'api' || one.next.call === 'SERVICE.ACTION') continue;
    const answer = await (await post(url, one.next.call, { format: '1' })).text();
    expect([one.id, isInPractice(one)]).toEqual([one.id, !/(SERVICE|ACTION)_DOES_NOT_EXISTS/.test(answer)]);
  }
});
