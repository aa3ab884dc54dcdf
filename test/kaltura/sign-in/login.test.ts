import { expect, test } from 'vitest';
import { ConnectionError, type Http, type HttpRequest } from '../../../source/kaltura/api/http.js';
import { Secret } from '../../../source/kaltura/secret.js';
import type { KeyRequest, MakeKeyDeps } from '../../../source/kaltura/sign-in/key-request.js';
import { signInWithLogin } from '../../../source/kaltura/sign-in/login.js';
import { recording } from '../api/recorded-http.js';

const login = recording('223');
const signIn = {
  method: 'login',
  partnerId: 102,
  loginId: 'admin@example.com',
  password: new Secret('Passw0rd!'),
  code: null,
} as const;
const request: KeyRequest = {
  serviceUrl: 'https://kaltura.example',
  signIn,
  type: 'ADMIN',
  userId: '',
  lifetime: 60,
  privileges: '',
};

const isQuestion = ({ url }: HttpRequest) => url.endsWith('/session/action/get');

/** Logs in immediately, but never answers the request for the facts of the key. */
function silentHttp(onQuestion: (signal: AbortSignal) => void = () => {}): Http {
  return async (sent) => {
    const { signal } = sent;
    if (!isQuestion(sent) || signal === undefined) return login.response;
    onQuestion(signal);
    return new Promise((_, reject) => {
      const giveUp = () => reject(new ConnectionError('aborted', 'kaltura.example', 'ABORT_ERR'));
      if (signal.aborted) giveUp();
      else signal.addEventListener('abort', giveUp);
    });
  };
}

const depsOf = (http: Http, signal?: AbortSignal): MakeKeyDeps => ({
  http,
  now: () => login.at,
  randomBytes: (count) => new Uint8Array(count),
  signal,
});

test('returns the key if the server doesn’t return its facts', async () => {
  const made = await signInWithLogin(request, signIn, depsOf(silentHttp()), 1);
  expect(made.ks.reveal()).toBe(JSON.parse(login.response.body));
  expect(made).toMatchObject({ confirmedBy: null, facts: { partnerId: 102, type: null, userId: null } });
});

test('stops immediately when it is canceled', async () => {
  const person = new AbortController();
  const http = silentHttp(() => person.abort());
  // The limit is out of reach of any test.
  const made = await signInWithLogin(request, signIn, depsOf(http, person.signal), 2 ** 31 - 1);
  expect(made.confirmedBy).toBeNull();
});

test('the login request has no time limit of its own', async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const http: Http = async (sent) => {
    signals.push(sent.signal);
    return login.response;
  };
  await signInWithLogin(request, signIn, depsOf(http), 1);
  expect(signals[0]).toBeUndefined();
  expect(signals[1]).toBeInstanceOf(AbortSignal);
});

test.each(['Passw0rd!', '012345'])('a password or code in the answer is not a key: %s', async (answer) => {
  const withCode = { ...signIn, code: new Secret('012345') };
  const http: Http = async () => ({ status: 200, headers: {}, body: JSON.stringify(answer) });
  await expect(signInWithLogin({ ...request, signIn: withCode }, withCode, depsOf(http))).rejects.toMatchObject({
    what: 'wrong-shape',
  });
});

test('a key that can’t read its own facts is a USER key', async () => {
  const http: Http = async ({ url }) =>
    url.endsWith('/session/action/get') ? recording('213').response : login.response;
  const made = await signInWithLogin({ ...request, type: 'ADMIN' }, signIn, depsOf(http));
  expect(made).toMatchObject({ confirmedBy: null, facts: { partnerId: 102, type: 'USER' } });
});
