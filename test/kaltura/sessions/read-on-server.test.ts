import { describe, expect, test } from 'vitest';
import { ApiError, NotKalturaError } from '../../../source/kaltura/api/errors.js';
import { ConnectionError, type Http } from '../../../source/kaltura/api/http.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { type KeyAnswer, readKeyOnServer } from '../../../source/kaltura/sessions/read-on-server.js';
import { createRecordedHttp, recording } from '../api/recorded-http.js';

const URL = 'https://www.kaltura.com';

const ask = async (name: string): Promise<KeyAnswer> => {
  const recorded = createRecordedHttp([{ name }]);
  const answer = await readKeyOnServer(URL, new Secret(recording(name).form['ks'] as string), recorded);
  recorded.assertAllUsed();
  return answer;
};

describe('the real server’s answers', () => {
  test.each<[string, KeyAnswer]>([
    ['152-get-user-ks', { answer: 'forbidden' }],
    ['213-widget-ks-session-get', { answer: 'forbidden' }],
    ['165-get-expired-ks-v2', { answer: 'ended', reason: 'EXPIRED' }],
    ['189-end-then-get', { answer: 'ended', reason: 'LOGOUT' }],
    ['199-end-sessionid-b-get', { answer: 'ended', reason: 'LOGOUT' }],
    ['201-end-v1-then-get', { answer: 'ended', reason: 'LOGOUT' }],
    ['133-get-actionslimit2-use3', { answer: 'ended', reason: 'EXCEEDED_ACTIONS_LIMIT' }],
    ['134-use-iprestrict-other', { answer: 'held-back', reason: 'EXCEEDED_RESTRICTED_IP' }],
    ['135-use-urirestrict-other', { answer: 'held-back', reason: 'EXCEEDED_RESTRICTED_URI' }],
    ['155-get-garbage-ks', { answer: 'refused' }],
    ['157-get-garbage-ks-base64', { answer: 'refused' }],
    ['162-get-ks-wrong-secret-v2', { answer: 'refused' }],
    ['164-get-ks-unknown-partner-v2', { answer: 'refused' }],
    ['170-get-ks-v1-tampered', { answer: 'refused' }],
  ])('%s', async (name, answer) => {
    expect(await ask(name)).toEqual(answer);
  });

  test.each([
    ['169-get-v1-ks', { partnerId: 103, userId: 'bob', type: 'ADMIN', privileges: '', expiresAt: 1795578190 }],
    ['183-get-type-10-ks', { partnerId: 102, userId: 'bob', type: 'ADMIN', privileges: '', expiresAt: 1795495391 }],
    [
      '131-get-actionslimit2-use1',
      { partnerId: 102, userId: '', type: 'ADMIN', privileges: 'actionslimit:2', expiresAt: 1795578189 },
    ],
  ])('%s', async (name, facts) => {
    expect(await ask(name)).toEqual({ answer: 'facts', facts });
  });

  test.each([
    ['181-get-ks-of-blocked-partner104', 'SERVICE_FORBIDDEN_CONTENT_BLOCKED'],
    ['400-use-ks-with-unknown-setrole', 'INVALID_OBJECT_ID'],
  ])('%s is not an answer about the key', async (name, code) => {
    const failure = await ask(name).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ code });
  });
});

describe('an answer from another server', () => {
  const ks = new Secret(recording('169-get-v1-ks').form['ks'] as string);
  const answering =
    (body: string): Http =>
    async () => ({ status: 200, headers: {}, body });

  test('is rejected if it has another shape', async () => {
    for (const body of ['null', 'true', '"djJ8"', '[]', '<html>', '{"sessionType":"x"}']) {
      await expect(readKeyOnServer(URL, ks, { http: answering(body) })).rejects.toBeInstanceOf(NotKalturaError);
    }
    const http: Http = () => Promise.reject(new ConnectionError('dns', 'x', 'ENOTFOUND'));
    await expect(readKeyOnServer(URL, ks, { http })).rejects.toBeInstanceOf(ConnectionError);
  });

  test('has no reason if it repeats the key or unknown words', async () => {
    const invalid = (KSID: string) =>
      answering(
        JSON.stringify({
          code: 'INVALID_KS',
          message: '',
          objectType: 'KalturaAPIException',
          args: { KSID, ERR_DESC: 'INVALID_STR' },
        }),
      );
    for (const word of [ks.reveal(), 'EXPIRED, or not', 'constructor', '']) {
      expect(await readKeyOnServer(URL, ks, { http: invalid(word) })).toEqual({ answer: 'refused' });
    }
  });
});
