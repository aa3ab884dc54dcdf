import type { Action } from './action.js';
import { ApiError } from './api-error.js';
import { makeKey } from './make-key.js';
import { isCorrectCode } from './practice-account.js';
import { findAccount } from './world.js';

const wrongPassword = (): ApiError => new ApiError('USER_WRONG_PASSWORD', 'Wrong password supplied');

/** The codes of errors that don't look like a wrong password. */
const UNMASKED = new Set(['PASSWORD_EXPIRED', 'MISSING_OTP', 'INVALID_OTP', 'DIRECT_LOGIN_BLOCKED']);

/**
 * Logs a user in. All failures but four look like a wrong password, including unknown, locked and blocked logins, and
 * even a missing parameter (docs/kaltura-facts.md 4.3).
 */
export const userLoginByLoginId: Action = {
  reach: 'anyone',
  mask: (error) => (UNMASKED.has(error.code) ? error : wrongPassword()),
  prepare(parameters) {
    const loginId = parameters.text('loginId');
    const password = parameters.text('password');
    const partnerId = parameters.integer('partnerId', 0);
    const expiry = parameters.integer('expiry', 86_400);
    // A missing value means everything, an empty one means nothing (docs/kaltura-facts.md 8a).
    const privileges = parameters.text('privileges', '*');
    const code = parameters.text('otp', '');
    return (call) => {
      const { logins, memory } = call.data;
      const login = logins.find((one) => one.loginId === loginId);
      const place = login?.accounts.find((one) => partnerId === 0 || one.partnerId === partnerId);
      const account = findAccount(call.data, place?.partnerId ?? partnerId);
      if (login === undefined || account?.state !== 'active') throw wrongPassword();

      const wrongBefore = memory.wrongLogins.get(loginId) ?? 0;
      const isLocked = account.maxWrongLogins !== null && wrongBefore >= account.maxWrongLogins;
      if (isLocked || login.state === 'locked') throw wrongPassword();
      const refuse = (error: ApiError): ApiError => {
        memory.wrongLogins.set(loginId, wrongBefore + 1);
        return error;
      };
      if (password !== login.password) throw refuse(wrongPassword());
      // Whether the user belongs to the account comes last (docs/kaltura-facts.md 4.3).
      if (account.singleSignOnOnly) {
        throw new ApiError('DIRECT_LOGIN_BLOCKED', 'Direct login is blocked on this partner');
      }
      if (account.hasTwoFactors && (place === undefined || login.codeSeed !== null)) {
        if (code === '') throw refuse(new ApiError('MISSING_OTP', 'OTP is missing'));
        if (login.codeSeed === null || !isCorrectCode(code, login.codeSeed, call.now())) {
          throw refuse(new ApiError('INVALID_OTP', 'OTP provided failed to validate'));
        }
      }
      memory.wrongLogins.delete(loginId);
      if (login.state === 'password-expired') throw new ApiError('PASSWORD_EXPIRED', 'Current password has expired');
      if (place === undefined || login.state === 'blocked') throw wrongPassword();
      const lifetime = Math.min(expiry, account.maxLifetime || expiry);
      return makeKey({ account, type: place.isAdmin ? 2 : 0, userId: loginId, privileges, lifetime }, call).ks;
    };
  },
};
