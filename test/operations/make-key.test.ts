import { expect, test } from 'vitest';
import { ApiError } from '../../source/kaltura/api/errors.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { KeyRequest } from '../../source/kaltura/sign-in/key-request.js';
import { MakeKeyError, type Making, makeKeyAt, makeKeyWithCode } from '../../source/operations/make-key.js';
import { createPracticeServers } from '../../source/operations/practice-servers.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { deps } from '../practice/practice-calls.js';

const REQUEST: KeyRequest = {
  serviceUrl: 'https://kaltura.example',
  signIn: { method: 'login', partnerId: null, loginId: 'a@example.com', password: new Secret('password'), code: null },
  type: 'USER',
  userId: '',
  lifetime: 3600,
  privileges: '',
};

const refusal = (request: KeyRequest, code: string) =>
  new MakeKeyError(new ApiError({ code, action: 'user.loginByLoginId' }), request);

const codeIn = ({ signIn }: KeyRequest): string | null =>
  signIn.method === 'login' && signIn.code !== null ? signIn.code.reveal() : null;

/** A server that accepts one code. Returns the codes that it got. */
function serverThatAccepts(right: string) {
  const codes: (string | null)[] = [];
  const make = async (request: KeyRequest): Promise<Making> => {
    const code = codeIn(request);
    codes.push(code);
    if (code === null) throw refusal(request, 'MISSING_OTP');
    if (code !== right) throw refusal(request, 'INVALID_OTP');
    return {} as Making;
  };
  return { codes, make };
}

test('asks for a one-time code only if the server requires one, and again after a wrong one', async () => {
  const { codes, make } = serverThatAccepts('222222');
  const asked: boolean[] = [];
  const typed = ['111111', '222222'];
  await makeKeyWithCode(REQUEST, make, async (isRejected) => {
    asked.push(isRejected);
    return new Secret(typed.shift() ?? '');
  });
  expect(codes).toEqual([null, '111111', '222222']);
  expect(asked).toEqual([false, true]);
});

test('sends no more than two typed codes, because wrong codes lock the login', async () => {
  const { codes, make } = serverThatAccepts('none');
  const making = makeKeyWithCode(REQUEST, make, async () => new Secret('111111'));
  await expect(making).rejects.toThrow(MakeKeyError);
  expect(codes).toEqual([null, '111111', '111111']);
});

test('stops if the user cannot be asked for a code', async () => {
  const { codes, make } = serverThatAccepts('222222');
  await expect(makeKeyWithCode(REQUEST, make, async () => null)).rejects.toThrow(MakeKeyError);
  expect(codes).toEqual([null]);
});

test('the error names the practice server that was used', async () => {
  const practice = createPracticeServers({ ...deps, practicePort: 0 });
  const url = await practice.url('own');
  const request: KeyRequest = {
    ...REQUEST,
    signIn: { method: 'server', partnerId: PRACTICE_CREDENTIALS.partnerId, secret: new Secret('wrong') },
  };
  const http = async () => {
    throw new Error('no network');
  };
  const error = await makeKeyAt(request, 'own', { ...deps, http, practice }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MakeKeyError);
  expect((error as MakeKeyError).request.serviceUrl).toBe(url);
  await practice.close();
});
