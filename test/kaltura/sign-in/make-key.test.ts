import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ApiError, NotKalturaError } from '../../../source/kaltura/api/client.js';
import type { HttpResponse } from '../../../source/kaltura/api/http.js';
import { plannedCalls } from '../../../source/kaltura/api/planned-calls.js';
import { openKs } from '../../../source/kaltura/ks/open.js';
import { signKsV2 } from '../../../source/kaltura/ks/v2.js';
import { Secret } from '../../../source/kaltura/secret.js';
import type { KeyRequest, SignIn } from '../../../source/kaltura/sign-in/key-request.js';
import { type Stage, UnsuitableRequestError } from '../../../source/kaltura/sign-in/key-request.js';
import { type MakeKeyDeps, makeKey } from '../../../source/kaltura/sign-in/make-key.js';
import { createRecordedHttp, recording, type Stub } from '../api/recorded-http.js';

const adminSecret = new Secret('0123456789abcdef0123456789abcdef');
const userSecret = new Secret('fedcba9876543210fedcba9876543210');
const token = new Secret('00112233445566778899aabbccddeeff');
const NOW = recording('001').at;

function requestOf(signIn: SignIn, rest: Partial<KeyRequest> = {}): KeyRequest {
  return {
    serviceUrl: 'https://kaltura.example',
    type: 'ADMIN',
    userId: 'bob',
    lifetime: 86400,
    privileges: '',
    ...rest,
    signIn,
  };
}

function recordedWith(stubs: readonly Stub[], now = NOW) {
  const recorded = createRecordedHttp(stubs);
  const stages: Stage[] = [];
  const deps: MakeKeyDeps = {
    http: recorded.http,
    now: () => now,
    randomBytes: (count) => new Uint8Array(count).fill(7),
    onStage: (stage) => stages.push(stage),
  };
  return { deps, stages, ...recorded };
}

const bySecret = (secret: Secret, partnerId = 102): SignIn => ({ method: 'server', partnerId, secret });
const byLogin = (loginId: string, rest: { partnerId?: number; code?: string } = {}): SignIn => ({
  method: 'login',
  loginId,
  password: new Secret('Passw0rd!'),
  partnerId: rest.partnerId ?? null,
  code: rest.code === undefined ? null : new Secret(rest.code),
});
const byToken = (tokenId: string): SignIn => ({ method: 'app-token', partnerId: 102, tokenId, token });

test('with the admin secret, reads the facts in the key', async () => {
  const { deps, stages, assertAllUsed } = recordedWith([{ name: '001', but: { expiry: '86400' } }]);
  const made = await makeKey(requestOf(bySecret(adminSecret)), deps);
  assertAllUsed();
  expect(made.ks.reveal()).toMatch(/^djJ8MTAy/);
  expect(made.confirmedBy).toBe('key');
  const expiresAt = Math.floor(NOW / 1000) + 86400;
  expect(made.facts).toEqual({ partnerId: 102, userId: 'bob', type: 'ADMIN', privileges: '', expiresAt });
  expect(stages).toEqual([{ name: 'starting-session' }]);
});

test('reads a lifetime that the account shortened in the key', async () => {
  const { form, at } = recording('077');
  const { deps } = recordedWith([{ name: '077' }], at);
  const request = requestOf(bySecret(adminSecret, 105), { lifetime: Number(form['expiry']), userId: '' });
  const made = await makeKey(request, deps);
  expect(made.facts.expiresAt).toBe(Math.floor(at / 1000) + 3600);
});

test('with the user secret, uses the requested facts, because a version 2 key can’t be decrypted', async () => {
  const { deps } = recordedWith([{ name: '004', but: { expiry: '600' } }]);
  const made = await makeKey(requestOf(bySecret(userSecret), { type: 'USER', lifetime: 600 }), deps);
  expect(made.confirmedBy).toBeNull();
  expect(made.facts).toEqual({
    partnerId: 102,
    userId: 'bob',
    type: 'USER',
    privileges: '',
    expiresAt: Math.floor(NOW / 1000) + 600,
  });
});

test('reads a version 1 key without a secret', async () => {
  const { deps } = recordedWith([{ name: '007', but: { expiry: '86400' } }]);
  const made = await makeKey(requestOf(bySecret(adminSecret, 103), { privileges: 'edit:*' }), deps);
  expect(made).toMatchObject({ confirmedBy: 'key', facts: { partnerId: 103, privileges: 'edit:*', userId: 'bob' } });
});

test('rejects with the code, the arguments and the support reference of the error', async () => {
  const { deps } = recordedWith([{ name: '013', but: { expiry: '86400' } }]);
  const made = makeKey(requestOf(bySecret(userSecret), { userId: '' }), deps);
  await expect(made).rejects.toBeInstanceOf(ApiError);
  await expect(made).rejects.toMatchObject({
    code: 'START_SESSION_ERROR',
    args: { PID: '102' },
    supportReference: '1542869866, 1795491785',
    action: 'session.start',
  });
});

for (const ksVersion of [1, 2] as const) {
  test(`signs a version ${ksVersion} key locally without a request`, async () => {
    const { deps, requests, stages } = recordedWith([]);
    const signIn: SignIn = { method: 'local', partnerId: 102, secret: adminSecret, ksVersion };
    const made = await makeKey(requestOf(signIn, { privileges: 'sview:0_abcdefgh', type: 'USER' }), deps);
    expect(requests).toEqual([]);
    expect(stages).toEqual([{ name: 'signing' }]);
    expect(openKs(made.ks.reveal(), [adminSecret])).toMatchObject({
      version: ksVersion,
      partnerId: 102,
      type: 0,
      userId: 'bob',
      privileges: 'sview:0_abcdefgh',
      expiresAt: Math.floor(NOW / 1000) + 86400,
    });
    expect(made).toMatchObject({ confirmedBy: 'key', facts: { type: 'USER', userId: 'bob' } });
  });
}

test.each([
  [1, { userId: 'a;b' }, 'semicolon-in-user'],
  [1, { privileges: 'sview:a;b' }, 'semicolon-in-privileges'],
  [2, { privileges: '_e:1' }, 'privilege-name'],
  [2, { privileges: 'a[b:1' }, 'privilege-name'],
  [2, { lifetime: 0 }, 'lifetime'],
  [2, { lifetime: 1.5 }, 'lifetime'],
] as const)('refuses to sign version %i with %o: %s', async (ksVersion, rest, fault) => {
  const signIn: SignIn = { method: 'local', partnerId: 102, secret: adminSecret, ksVersion };
  const made = makeKey(requestOf(signIn, rest), recordedWith([]).deps);
  await expect(made).rejects.toBeInstanceOf(UnsuitableRequestError);
  await expect(made).rejects.toMatchObject({ fault });
});

test('reads the facts of the key from the server after a login', async () => {
  // There is no recording for this key, so the answer is for another ADMIN key.
  const login = recording('223');
  const ks = JSON.parse(login.response.body);
  const { deps, stages, assertAllUsed } = recordedWith([
    { name: '223', but: { expiry: '86400', privileges: '' } },
    { name: '246', but: { ks, session: undefined } },
  ]);
  const made = await makeKey(requestOf(byLogin('admin@example.com', { partnerId: 102 })), deps);
  assertAllUsed();
  expect(made.confirmedBy).toBe('server');
  expect(made.facts).toMatchObject({ type: 'ADMIN', partnerId: 102, userId: 'admin@example.com' });
  expect(stages.map((stage) => stage.name)).toEqual(['logging-in', 'reading-the-key']);
});

const forbidden: Stub = { name: '152' };
const garbage: Stub = { name: '389' };
test.each([forbidden, garbage])('a login succeeds if its key can’t read its facts ($name)', async (answer) => {
  const login = recording('225');
  const ks: string = JSON.parse(login.response.body);
  const { http } = createRecordedHttp([{ name: '225', but: { expiry: '60', privileges: '' } }]);
  const { deps } = recordedWith([], login.at);
  const made = await makeKey(requestOf(byLogin('viewer@example.com'), { lifetime: 60 }), {
    ...deps,
    http: async (request) => (request.url.endsWith('/get') ? recording(answer.name).response : http(request)),
  });
  expect(made.ks.reveal()).toBe(ks);
  expect(made.confirmedBy).toBeNull();
  // A key that can't read its own facts is a USER key. Without an answer, the type is unknown.
  const type = answer === forbidden ? 'USER' : null;
  const expiresAt = Math.floor(login.at / 1000) + 60;
  expect(made.facts).toEqual({ partnerId: 102, userId: null, type, privileges: '', expiresAt });
});

test.each(['actionslimit:2', 'urirestrict:/api_v3/*', 'iprestrict:10.0.0.1', 'setrole:PLAYBACK_BASE_ROLE'])(
  'sends no request for the facts of a login key with %s',
  async (privileges) => {
    const { deps, requests } = recordedWith([{ name: '225', but: { expiry: '86400', privileges } }]);
    const made = await makeKey(requestOf(byLogin('viewer@example.com'), { privileges }), deps);
    expect(requests).toHaveLength(1);
    expect(made).toMatchObject({ confirmedBy: null, facts: { privileges, type: null } });
  },
);

test('reads the facts in a version 1 login key', async () => {
  const { deps, requests } = recordedWith([{ name: '238', but: { expiry: '86400', privileges: '' } }]);
  const made = await makeKey(requestOf(byLogin('admin103@example.com')), deps);
  expect(requests).toHaveLength(1);
  // The server gave `*`, because the recorded request has no privileges.
  expect(made).toMatchObject({ confirmedBy: 'key', facts: { type: 'ADMIN', privileges: '*' } });
});

test('sends a one-time code if there is one, and does not repeat a wrong one', async () => {
  const { deps, requests } = recordedWith([{ name: '249', but: { expiry: '86400', privileges: '' } }]);
  const made = makeKey(requestOf(byLogin('otp@example.com', { code: '000000' })), deps);
  await expect(made).rejects.toMatchObject({ code: 'INVALID_OTP' });
  expect(requests).toHaveLength(1);
  expect(requests[0]?.form).toMatchObject({ otp: '000000', privileges: '' });
  expect(requests[0]?.form).not.toHaveProperty('partnerId');
});

const widgetKs: string = JSON.parse(recording('204').response.body).ks;
const hashOf = (name: string): string => createHash(name).update(`${widgetKs}${token.reveal()}`).digest('hex');

/** The recordings have the hash of another widget session, so this computes the expected hash. */
const tokenStub = (name: string, id: string, hash: string, rest: Record<string, string | undefined> = {}): Stub => ({
  name,
  but: { ks: widgetKs, id, tokenHash: hashOf(hash), type: '0', userId: 'bob', expiry: '86400', ...rest },
});
const widget: Stub = { name: '204', but: { expiry: '600' } };
const wrongHash = '279-apptoken-hash-other-algo';

test.each([
  ['0_sha256', ['sha256'], '269'],
  ['0_sha1', ['sha256', 'sha1'], '268'],
  ['0_sha512', ['sha256', 'sha1', 'sha512'], '271'],
  ['0_md5', ['sha256', 'sha1', 'sha512', 'md5'], '267'],
])('finds the hash of the app token %s by trying %o in one widget session', async (id, hashes, success) => {
  const names = hashes.map((_, index) => (index === hashes.length - 1 ? success : wrongHash));
  const { deps, stages, assertAllUsed } = recordedWith([
    widget,
    ...names.map((name, index) => tokenStub(name, id, hashes[index] as string)),
  ]);
  const made = await makeKey(requestOf(byToken(id), { type: 'USER' }), deps);
  assertAllUsed();
  expect(made).toMatchObject({ confirmedBy: 'server', facts: { type: 'USER', partnerId: 102, userId: 'bob' } });
  expect(made.facts.privileges).toBe(`sessionid:${id},apptoken:${id}`);
  expect(stages[0]).toEqual({ name: 'opening-widget-session' });
  expect(stages.slice(1)).toEqual(
    hashes.map((hash, index) => ({ name: 'trying-hash', hash: hash.toUpperCase(), attempt: index + 1, of: 4 })),
  );
});

test('rejects if no hash fits the token', async () => {
  const hashes = ['sha256', 'sha1', 'sha512', 'md5'];
  const { deps, assertAllUsed } = recordedWith([widget, ...hashes.map((hash) => tokenStub(wrongHash, '0_sha1', hash))]);
  const made = makeKey(requestOf(byToken('0_sha1'), { type: 'USER' }), deps);
  await expect(made).rejects.toMatchObject({ code: 'INVALID_APP_TOKEN_HASH' });
  assertAllUsed();
});

test('stops trying hashes after any other error', async () => {
  const { deps, requests } = recordedWith([widget, tokenStub('281', '0_disabled', 'sha256')]);
  const made = makeKey(requestOf(byToken('0_disabled'), { type: 'USER' }), deps);
  await expect(made).rejects.toMatchObject({ code: 'APP_TOKEN_NOT_ACTIVE' });
  expect(requests).toHaveLength(2);
});

test('returns the facts of a token key that is stronger than requested', async () => {
  const { deps } = recordedWith([widget, tokenStub('298', '0_fixed', 'sha256')]);
  const request = requestOf(byToken('0_fixed'), { type: 'USER', privileges: 'edit:5,list:*' });
  const made = await makeKey(request, deps);
  expect(made.facts).toMatchObject({
    type: 'ADMIN',
    userId: 'fixeduser',
    privileges: 'sessionid:0_fixed,apptoken:0_fixed,edit:5,disableentitlement',
  });
});

test.each<[string, HttpResponse]>([
  ['an object', { status: 200, headers: {}, body: '{"ks":"djJ8"}' }],
  ['an empty text', { status: 200, headers: {}, body: '""' }],
  ['the secret that was sent', { status: 200, headers: {}, body: JSON.stringify(adminSecret.reveal()) }],
  ['a text that is not a key', { status: 200, headers: {}, body: '"Welcome to our network"' }],
])('rejects an answer of the wrong shape: %s', async (_, response) => {
  const deps: MakeKeyDeps = { ...recordedWith([]).deps, http: async () => response };
  const made = makeKey(requestOf(bySecret(adminSecret)), deps);
  await expect(made).rejects.toBeInstanceOf(NotKalturaError);
  await expect(made).rejects.toMatchObject({ what: 'wrong-shape' });
});

/** A version 1 key without a valid signature. */
const keyOf = (userId: string, privileges = ''): string =>
  Buffer.from(`${'a'.repeat(40)}|102;102;1799999999;0;1;${userId};${privileges};;`, 'utf8').toString('base64');

const answering = (answer: unknown): MakeKeyDeps => ({
  ...recordedWith([]).deps,
  http: async () => ({ status: 200, headers: {}, body: JSON.stringify(answer) }),
});

test.each([
  ['as the user', keyOf(adminSecret.reveal())],
  ['as a privilege', keyOf('', `list:*,x${adminSecret.reveal()}`)],
  [
    'encrypted in a version 2 key',
    signKsV2(
      { partnerId: 102, userId: adminSecret.reveal(), type: 0, privileges: '', expiresAt: 1_799_999_999 },
      adminSecret,
      new Uint8Array(16),
    ),
  ],
])('rejects a key that contains the secret that was sent: %s', async (_, ks) => {
  const made = makeKey(requestOf(bySecret(adminSecret)), answering(ks));
  await expect(made).rejects.toMatchObject({ name: 'NotKalturaError', what: 'wrong-shape' });
});

test('rejects a readable key that contains the password in any field', async () => {
  const fields = `102;102;1799999999;0;1;jo;;;Passw0rd!`;
  const ks = Buffer.from(`${'a'.repeat(40)}|${fields}`, 'utf8').toString('base64');
  const made = makeKey(requestOf(byLogin('jo@example.com')), answering(ks));
  await expect(made).rejects.toMatchObject({ name: 'NotKalturaError', what: 'wrong-shape' });
});

test('accepts a key whose user ID looks like a secret', async () => {
  const userId = 'f'.repeat(32);
  const made = await makeKey(requestOf(bySecret(adminSecret)), answering(keyOf(userId)));
  expect(made.facts.userId).toBe(userId);
});

test('rejects facts that contain the key or a secret that was sent', async () => {
  const ks = keyOf('jo');
  const info = { sessionType: 0, partnerId: 102, expiry: 1_799_999_999, userId: 'jo', privileges: '' };
  const startWidget = { status: 200, headers: {}, body: JSON.stringify({ ks: keyOf('') }) };
  const answeringFacts = (facts: object): MakeKeyDeps => ({
    ...recordedWith([]).deps,
    http: async ({ url }) =>
      url.includes('Widget')
        ? startWidget
        : { status: 200, headers: {}, body: JSON.stringify({ ks, ...info, ...facts }) },
  });
  for (const facts of [{ userId: token.reveal() }, { privileges: `list:${token.reveal()}` }, { userId: ks }]) {
    await expect(makeKey(requestOf(byToken('0_abc')), answeringFacts(facts))).rejects.toMatchObject({
      what: 'wrong-shape',
    });
  }
  await expect(makeKey(requestOf(byToken('0_abc')), answeringFacts({}))).resolves.toMatchObject({
    facts: { userId: 'jo' },
  });
});

test('the planned calls are the calls that are sent', async () => {
  const request = requestOf(bySecret(adminSecret));
  const { deps, requests } = recordedWith([{ name: '001', but: { expiry: '86400' } }]);
  await makeKey(request, deps);
  const [planned] = plannedCalls(request);
  const names = planned?.parameters.map((parameter) => parameter.name);
  expect(['format', ...(names ?? [])].sort()).toEqual(Object.keys(requests[0]?.form ?? {}).sort());
  expect(planned).toMatchObject({ host: 'kaltura.example', action: 'session.start', url: requests[0]?.url });
  expect(JSON.stringify(planned)).not.toContain(adminSecret.reveal());
});

test('plans the calls of each sign-in method', () => {
  const local: SignIn = { method: 'local', partnerId: 102, secret: adminSecret, ksVersion: 2 };
  const actions = (signIn: SignIn, privileges = '') =>
    plannedCalls(requestOf(signIn, { privileges })).map((call) => call.action);
  expect(actions(local)).toEqual([]);
  expect(actions(byLogin('a@example.com'))).toEqual(['user.loginByLoginId', 'session.get']);
  expect(actions(byLogin('a@example.com'), 'actionslimit:1')).toEqual(['user.loginByLoginId']);
  expect(actions(byToken('0_sha1'))).toEqual(['session.startWidgetSession', 'appToken.startSession']);
});
