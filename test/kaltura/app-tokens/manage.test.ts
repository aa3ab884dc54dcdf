import { describe, expect, test } from 'vitest';
import { ConnectionError, type Http } from '../../../source/kaltura/api/http.js';
import {
  type AppToken,
  addAppToken,
  deleteAppToken,
  listAppTokens,
  type NewAppToken,
} from '../../../source/kaltura/app-tokens/manage.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { createRecordedHttp, recording, type Stub } from '../api/recorded-http.js';

const SERVER = 'https://kaltura.test';
const KS = new Secret(recording('431').form['ks'] ?? '');
/** The value of all tokens in the recorded list, except the newest one. */
const VALUE = '00112233445566778899aabbccddeeff';
const NEW_VALUE = '21d4a38229d41ef377a5ef0f00401e4c';

const PAGE = { 'pager:pageSize': '500', 'pager:pageIndex': '1' };

async function recorded<T>(stubs: readonly Stub[], act: (http: Http) => Promise<T>): Promise<T> {
  const { http, assertAllUsed } = createRecordedHttp(stubs);
  const result = await act(http);
  assertAllUsed();
  return result;
}

const listed = (stubs: readonly Stub[] = [{ name: '431', but: PAGE }]): Promise<readonly AppToken[]> =>
  recorded(stubs, (http) => listAppTokens(SERVER, KS, { http }));

describe('the list of app tokens', () => {
  test('has all tokens, without their values', async () => {
    const tokens = await listed();
    expect(tokens.map(({ id }) => id)).toEqual([
      '0_7urnfovf',
      '0_disabled',
      '0_expired',
      '0_fixed',
      '0_md5',
      '0_sha1',
      '0_sha256',
      '0_sha512',
      '0_user',
    ]);
    const text = JSON.stringify(tokens);
    expect(text).not.toContain(VALUE);
    expect(text).not.toContain(NEW_VALUE);
  });

  test('has the properties of each token', async () => {
    const tokens = await listed();
    const found = (id: string) => tokens.find((token) => token.id === id);
    expect(found('0_fixed')).toEqual({
      id: '0_fixed',
      description: '',
      type: 'ADMIN',
      userId: 'fixeduser',
      privileges: 'edit:*,disableentitlement',
      duration: 1800,
      expiresAt: null,
      hash: 'SHA256',
      status: 'active',
      createdAt: 1_795_491_784,
    });
    expect(found('0_7urnfovf')).toMatchObject({ description: 'made through the API', userId: 'tokuser' });
    expect(found('0_disabled')).toMatchObject({ status: 'disabled', type: null, userId: null });
    expect(found('0_expired')).toMatchObject({ status: 'active', expiresAt: 1_795_488_184 });
    expect(found('0_user')).toMatchObject({ type: 'USER', duration: 600 });
    expect(found('0_md5')).toMatchObject({ hash: 'MD5' });
  });

  /** A server with `total` tokens that ignores the requested page size. */
  const paged = (total: number, size: number, asked: string[] = []): Http => {
    return async ({ form }) => {
      const page = Number(form['pager:pageIndex']);
      asked.push(`${page}`);
      const ids = Array.from({ length: total }, (_, index) => `0_${index}`).slice((page - 1) * size, page * size);
      const objects = ids.map((id) => ({ id, token: VALUE, status: 2, hashType: 'SHA256' }));
      return { status: 200, headers: {}, body: JSON.stringify({ totalCount: total, objects }) };
    };
  };

  test.each([
    [0, 30, 1],
    [30, 30, 1],
    [31, 30, 2],
    [95, 30, 4],
  ])('of %s tokens, %s per page, is complete after %s calls', async (total, size, calls) => {
    const asked: string[] = [];
    expect(await listAppTokens(SERVER, KS, { http: paged(total, size, asked) })).toHaveLength(total);
    expect(asked).toHaveLength(calls);
  });

  test('ends at the last page if the server counts more tokens than it returns', async () => {
    const http: Http = async (request) => {
      const answer = await paged(5, 3)(request);
      return { ...answer, body: answer.body.replace('"totalCount":5', '"totalCount":9999') };
    };
    expect(await listAppTokens(SERVER, KS, { http })).toHaveLength(5);
  });

  /** A server that returns one token per page, without end. */
  const endless: Http = async ({ url, form }) => {
    const token = { id: `0_${form['pager:pageIndex']}`, token: VALUE, status: 2 };
    const body = url.endsWith('/list') ? { totalCount: 1_000_000, objects: [token] } : null;
    return { status: 200, headers: {}, body: JSON.stringify(body) };
  };

  test('is cut off after 100 pages, with a notice', async () => {
    const totals: number[] = [];
    const onTruncated = (total: number): void => void totals.push(total);
    expect(await listAppTokens(SERVER, KS, { http: endless, onTruncated })).toHaveLength(100);
    expect(totals).toEqual([1_000_000]);
    await listAppTokens(SERVER, KS, { http: paged(95, 30), onTruncated });
    expect(totals).toHaveLength(1);
  });

  test('does not confirm a deletion if it is cut off', async () => {
    const report = await deleteAppToken(SERVER, KS, '0_gone', { http: endless });
    expect(report).toMatchObject({ outcome: 'deleted-unproved' });
  });

  test('never contains the value of a token, not even a disguised one', async () => {
    const other = 'ffeeddccbbaa99887766554433221100';
    const hash = '5eb63bbbe01eeed093cb22bb8f5acdc3';
    const disguised = other.split('').join('\u200B');
    const objects = [
      { id: '0_a', token: VALUE, status: 2, sessionUserId: disguised, sessionPrivileges: `list:${disguised}` },
      { id: '0_b', token: other, status: 2, sessionUserId: `x${KS.reveal()}`, sessionPrivileges: `view:${VALUE}` },
      { id: '0_c', token: 'ab'.repeat(16), status: 2, sessionUserId: hash, hashType: `\u001B[31m${other}\u202E` },
    ];
    const http: Http = async () => ({
      status: 200,
      headers: {},
      body: JSON.stringify({ totalCount: 3, objects }),
    });
    const tokens = await listAppTokens(SERVER, KS, { http });
    const text = JSON.stringify(tokens).replaceAll(/[\u200B]/g, '');
    for (const secret of [VALUE, other, KS.reveal()]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/\u001B|\\u001b|\u202E/);
    expect(tokens.find(({ id }) => id === '0_c')?.userId).toBe(hash);
  });

  test('starts with the newest token, and has no escape codes or values from the server', async () => {
    const objects = [
      { id: '0_old', token: VALUE, status: 2, createdAt: 1 },
      { id: '0_new', token: VALUE, status: 9, createdAt: 2, description: `\u001b[2J for ${VALUE}\nand ${KS.reveal()}` },
    ];
    const http: Http = async () => ({
      status: 200,
      headers: {},
      body: JSON.stringify({ totalCount: 2, objects }),
    });
    const [first, second] = await listAppTokens(SERVER, KS, { http });
    expect([first?.id, second?.id]).toEqual(['0_new', '0_old']);
    expect(first?.description).toBe('[2J for •••• and ••••');
    expect(first).toMatchObject({ status: 'disabled', hash: 'SHA1' });
  });

  test('keeps a user ID that looks like a secret, unless it is the value', async () => {
    const hash = '5d41402abc4b2a76b9719d911017c592';
    const objects = [
      { id: '0_a', token: VALUE, sessionUserId: hash, sessionPrivileges: `privacycontext:${hash}` },
      { id: '0_b', token: VALUE, sessionUserId: VALUE, sessionPrivileges: `sview:\u202e${VALUE}` },
    ];
    const body = JSON.stringify({ totalCount: 2, objects });
    const tokens = await listAppTokens(SERVER, KS, { http: async () => ({ status: 200, headers: {}, body }) });
    expect(tokens[0]).toMatchObject({ userId: hash, privileges: `privacycontext:${hash}` });
    expect(tokens[1]).toMatchObject({ userId: '••••', privileges: 'sview:••••' });
  });

  test.each([
    ['no list', 'true'],
    ['a list of something else', '{"objects":[true],"totalCount":1}'],
    ['tokens without an ID', `{"objects":[{"token":"${VALUE}"}],"totalCount":1}`],
    ['no count', '{"objects":[]}'],
    ['an ID that contains the value', `{"objects":[{"id":{"token":"${VALUE}"}}],"totalCount":1}`],
  ])('refuses an answer with %s, and does not quote it', async (_what, body) => {
    const failed = listAppTokens(SERVER, KS, { http: async () => ({ status: 200, headers: {}, body }) });
    const error = await failed.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'NotKalturaError', what: 'wrong-shape' });
    expect(JSON.stringify(error)).not.toContain(VALUE);
  });
});

const NEW_TOKEN: NewAppToken = {
  description: 'made through the API',
  type: 'ADMIN',
  userId: 'tokuser',
  privileges: 'list:*',
  duration: 3600,
  expiresAt: null,
};

const add = (newToken: NewAppToken, stub: Stub) =>
  recorded([stub], (http) =>
    addAppToken(SERVER, new Secret(recording(stub.name).form['ks'] ?? ''), newToken, { http }),
  );

describe('a new token', () => {
  test('is created with the given properties and SHA256', async () => {
    const { token, value } = await add(NEW_TOKEN, { name: '428' });
    expect(value.reveal()).toBe(NEW_VALUE);
    expect(token).toMatchObject({ id: '0_7urnfovf', type: 'ADMIN', duration: 3600, hash: 'SHA256', expiresAt: null });
    expect(JSON.stringify({ token, value })).not.toContain(NEW_VALUE);
  });

  test('without an expiry sends none, because 0 would mean now', async () => {
    const bare = { ...NEW_TOKEN, type: 'USER', description: '', privileges: '' } as const;
    const type = { 'appToken:sessionType': '0' };
    const never = await add({ ...bare, duration: 60 }, { name: '2453', but: type });
    expect(never.token).toMatchObject({ duration: 60, expiresAt: null });
    const future = await add({ ...bare, duration: 600, expiresAt: 1_795_495_222 }, { name: '2469', but: type });
    expect(future.token).toMatchObject({ duration: 600, expiresAt: 1_795_495_222 });
  });

  const REFUSED =
    '{"code":"INVALID_FIELD_VALUE","message":"","objectType":"KalturaAPIException","args":{"FIELD_NAME":"sessionUserId"}}';
  const MADE = JSON.stringify({ id: '0_a', token: VALUE, status: 2 });

  test.each([
    ['no user', [MADE], [undefined]],
    ['an empty user, if the server requires one', [REFUSED, MADE], [undefined, '']],
    ['neither, if the server refuses both', [REFUSED, REFUSED], [undefined, '']],
  ])('without a user sends %s', async (_what, answers, users) => {
    const waiting = [...answers];
    const sent: (string | undefined)[] = [];
    const http: Http = async ({ form }) => {
      sent.push(form['appToken:sessionUserId']);
      return { status: 200, headers: {}, body: waiting.shift() ?? '' };
    };
    const made = addAppToken(SERVER, KS, { ...NEW_TOKEN, userId: '' }, { http });
    if (answers.at(-1) === MADE) await made;
    else await expect(made).rejects.toMatchObject({ args: { FIELD_NAME: 'sessionUserId' } });
    expect(sent).toEqual(users);
  });

  test('with a user is not requested again if the server refuses the user', async () => {
    let count = 0;
    const http: Http = async () => {
      count += 1;
      return { status: 200, headers: {}, body: REFUSED };
    };
    await expect(addAppToken(SERVER, KS, { ...NEW_TOKEN, userId: 'a b' }, { http })).rejects.toThrow();
    expect(count).toBe(1);
  });

  test.each([
    ['no value', { id: '0_a', status: 2 }],
    ['a value with a line end', { id: '0_a', token: `${VALUE}\n` }],
    ['the key that was sent', { id: '0_a', token: KS.reveal() }],
    ['no token', null],
  ])('is not read from an answer with %s', async (_what, answer) => {
    const http: Http = async () => ({ status: 200, headers: {}, body: JSON.stringify(answer) });
    await expect(addAppToken(SERVER, KS, NEW_TOKEN, { http })).rejects.toMatchObject({ what: 'wrong-shape' });
  });
});

describe('deleting an app token', () => {
  const ID = '0_7urnfovf';

  const remove = (...answers: readonly (string | Error)[]) => {
    const asked: string[] = [];
    const http: Http = async ({ url }) => {
      const answer = answers[asked.push(url.split('/').at(-1) ?? '') - 1] ?? 'unexpected';
      if (answer instanceof Error) throw answer;
      return { status: 200, headers: {}, body: answer };
    };
    return { report: deleteAppToken(SERVER, KS, ID, { http }), asked };
  };
  const list = recording('431').response.body;
  const without = list.replace(ID, '0_another1');

  test('sends the ID, and reads the list again', async () => {
    const report = await recorded([{ name: '433' }, { name: '431', but: PAGE }], (http) =>
      deleteAppToken(SERVER, KS, ID, { http }),
    );
    // The list was recorded before the deletion.
    expect(report).toMatchObject({ outcome: 'still-there' });
    expect(JSON.stringify(report)).not.toContain(VALUE);
  });

  test('is confirmed by a list without the token', async () => {
    const { report, asked } = remove('null', without);
    expect(await report).toMatchObject({ outcome: 'deleted' });
    expect(asked).toEqual(['delete', 'list']);
  });

  test('is confirmed by a list that marks the token as deleted', async () => {
    const marked = list.replace('"status":2', '"status":3');
    expect(await remove('null', marked).report).toMatchObject({ outcome: 'deleted' });
  });

  test('is confirmed by the end of the key if the key was created from that token', async () => {
    const ended = recording('191').response.body;
    expect(await remove('null', ended).report).toEqual({ outcome: 'deleted', left: null });
  });

  test('reports a token that does not exist', async () => {
    const { report, asked } = remove(recording('283').response.body);
    expect(await report).toEqual({ outcome: 'absent' });
    expect(asked).toEqual(['delete']);
  });

  test('does not report the token as deleted without confirmation', async () => {
    const broken = new ConnectionError('reset', 'kaltura.test', 'ECONNRESET');
    expect(await remove('null', broken).report).toMatchObject({ outcome: 'deleted-unproved', why: broken });
    await expect(remove(broken).report).rejects.toBe(broken);
  });
});
