import { describe, expect, test } from 'vitest';
import { takesKey } from '../../../source/kaltura/recipes/fill.js';
import { RECIPES } from '../../../source/kaltura/recipes/recipes.js';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import recordings from '../../fixtures/accounts-and-tokens.json' with { type: 'json' };
import { call, openServer, startKey } from '../../practice/practice-calls.js';
import { answersFor, minimalValues, recipe } from './examples.js';

interface Recorded {
  readonly name: string;
  readonly key?: string;
  readonly request: { readonly path: string; readonly body?: unknown };
  readonly response: { readonly body: string };
}

/** The answers of the real server to a key: the error code, or `ok`. */
function outcomes(key: string): Readonly<Record<string, string>> {
  const made = (recordings as Recorded[]).filter((one) => one.key === key);
  return Object.fromEntries(
    made.map(({ request, response }) => {
      const [, service, action] = /\/service\/(\w+)\/action\/(\w+)/.exec(request.path) ?? [];
      return [`${service}.${action}`, /"code":"(\w+)"/.exec(response.body)?.[1] ?? 'ok'];
    }),
  );
}

/** The description of a key in the recordings. */
const keyOf = (id: string, partner: number, user: string, values?: Parameters<typeof answersFor>[1]): string => {
  const { type, privileges } = answersFor(recipe(id), values);
  return `${partner} ${type} / user '${user}' / ${privileges === '' ? 'none' : privileges}`;
};

describe('on the real server', () => {
  test('the key of “upload, official flow” can make all calls of the flow', () => {
    expect(outcomes(keyOf('upload', 140, 'recorder'))).toMatchObject({
      'uploadToken.add': 'ok',
      'uploadToken.upload': 'ok',
      'media.add': 'ok',
      'media.addContent': 'ok',
    });
  });

  test('the key of “upload only” can’t make all of them', () => {
    expect(outcomes(keyOf('upload-only', 140, 'recorder'))).toMatchObject({
      'uploadToken.add': 'ok',
      'media.add': 'SERVICE_FORBIDDEN',
      'media.addFromUploadedFile': 'ok',
      'baseEntry.list': 'SERVICE_FORBIDDEN',
    });
  });

  test('the key of the Express Recorder writes admin tags', () => {
    expect(outcomes(keyOf('express-recorder', 140, 'recorder'))).toMatchObject({ 'media.add': 'ok' });
  });

  test('the key of the Captions Editor saves captions', () => {
    const key = keyOf('captions-editor', 140, 'editor', { entry: '0_0tyvunka', asset: '0_x' });
    expect(outcomes(key)).toMatchObject({
      'caption_captionAsset.add': 'ok',
      'caption_captionAsset.setContent': 'ok',
      'caption_captionAsset.update': 'ok',
    });
  });

  test('the key for an access rule can get the playback context', () => {
    const key = keyOf('access-rule', 140, 'outsider', { entry: '0_t5hlaegw' });
    expect(outcomes(key)).toMatchObject({ 'baseEntry.getPlaybackContext': 'ok' });
  });

  test('the API refuses the keys for KAF', () => {
    const key = "140 USER / user 'owner' / actionslimit:-1,role:viewerRole";
    expect(answersFor(recipe('kaf-my-media'), { role: 'viewerRole' }).privileges).toBe(
      'actionslimit:-1,role:viewerRole',
    );
    expect(outcomes(key)).toEqual({ 'session.end': 'INVALID_ACTIONS_LIMIT' });
  });
});

describe('uploadToken.list', () => {
  test.each([
    ['PLAYBACK_BASE_ROLE', "140 USER / user 'outsider' / setrole:PLAYBACK_BASE_ROLE"],
    ['upload', keyOf('upload', 140, 'recorder')],
    ['upload-only', keyOf('upload-only', 140, 'recorder')],
  ])('works with the key of %s', (_, key) => {
    expect(outcomes(key)).toMatchObject({ 'uploadToken.list': 'ok' });
  });
});

test('the practice server has the test call of every recipe, and allows it for the key of the recipe', async () => {
  const url = await openServer();
  for (const one of RECIPES.filter(takesKey)) {
    if (one.testCall === null) continue;
    const values = { ...minimalValues(one), 'role-id': String(PRACTICE_CREDENTIALS.roleId), entry: '0_welcome1' };
    const asked = [...one.asks, ...one.asksOneOf];
    const needed = Object.fromEntries(Object.entries(values).filter(([id]) => asked.some((own) => own === id)));
    const { type, privileges } = answersFor(one, needed);
    const userId = one.key.user.need === 'none' ? '' : 'jo';
    const ks = await startKey(url, { type: type === 'ADMIN' ? '2' : '0', userId, privileges });
    const answer = await call(url, one.testCall, { ks, entryId: '0_welcome1' });
    expect([one.id, answer]).not.toEqual([one.id, expect.objectContaining({ code: expect.anything() })]);
  }
});

/** The error for keys that are not allowed to list entries, by recipe. */
const REFUSED: Readonly<Record<string, string>> = { 'upload-only': 'SERVICE_FORBIDDEN' };

test('the practice server creates the key of every recipe, and allows its calls', async () => {
  const url = await openServer();
  for (const one of RECIPES.filter(takesKey)) {
    const values = { ...minimalValues(one), 'role-id': String(PRACTICE_CREDENTIALS.roleId), entry: '0_welcome1' };
    const needed = Object.fromEntries(
      Object.entries(values).filter(([id]) => [...one.asks, ...one.asksOneOf].some((asked) => asked === id)),
    );
    const { type, lifetime, privileges } = answersFor(one, needed);
    const ks = await startKey(url, {
      type: type === 'ADMIN' ? '2' : '0',
      userId: one.key.user.need === 'none' ? '' : 'jo',
      expiry: String(lifetime),
      privileges,
    });
    expect([one.id, typeof ks]).toEqual([one.id, 'string']);
    const answer = await call(url, 'baseEntry.count', { ks });
    const isForKaf = privileges.includes('actionslimit:-1');
    const expected = isForKaf ? 'INVALID_ACTIONS_LIMIT' : (REFUSED[one.id] ?? 'ok');
    const found = typeof answer === 'number' ? 'ok' : answer.code;
    if (one.id === 'play-from-address') expect(found).toBe('INVALID_KS');
    else expect([one.id, found]).toEqual([one.id, expected]);
  }
});
