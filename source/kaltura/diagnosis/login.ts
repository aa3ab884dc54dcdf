import { countOf } from '../typed-values.js';
import {
  type AdviceBody,
  type AdviceByCode,
  type AdviceContext,
  changeServer,
  changeSignIn,
  checkPartnerId,
  credentials,
  partnerName,
  type Remedy,
} from './advice.js';
import { loginOddities, wrongRegionCause } from './evidence.js';

const again = credentials('Enter the login again');
const anotherCode: Remedy = { label: 'Enter another code', goTo: 'code' };

/** Errors of `user.loginByLoginId`. Most of them appear only if the server does not mask its errors (docs/kaltura-facts.md 4.3). */
export const onLogin: AdviceByCode = {
  USER_WRONG_PASSWORD: (_, context) => ({
    headline: 'The server did not accept this login',
    explanation:
      'Kaltura gives the same answer for nearly every problem with a login. Each attempt can count towards a lock, ' +
      'so check these before you try again:',
    causes: maskedCauses(context, wrongRegionCause(context)),
    remedies: [again, changeServer(context), changeSignIn],
  }),
  MISSING_OTP: (_, { request: { signIn } }) => ({
    headline: 'Your account requires a one-time code',
    explanation: 'Two-factor authentication is on, so the password alone is not enough.',
    causes: [
      signIn.method === 'login' && signIn.code !== null
        ? 'the code did not reach the server: enter it again'
        : 'no code was sent: your authenticator app shows it',
    ],
    remedies: [{ label: 'Enter the code', goTo: 'code' }, changeSignIn],
  }),
  INVALID_OTP: (_, { request: { signIn } }) => ({
    headline: 'The one-time code was not accepted',
    explanation: 'The password is correct. A wrong code counts as a failed login, so wait for a new code.',
    causes: [
      ...(signIn.method === 'login' && signIn.code !== null && !/^\d{6}$/.test(signIn.code.reveal())
        ? [`yours has ${countOf(signIn.code.length, 'character')}; a code usually has 6 digits`]
        : []),
      'the code expired before it arrived: each code is valid for about 30 seconds',
      'the code is for another account in the authenticator app',
      'the phone’s clock is wrong: codes depend on the time',
    ],
    remedies: [anotherCode, changeSignIn],
  }),
  PASSWORD_EXPIRED: () => ({
    headline: 'The password has expired',
    explanation: 'The account requires a new password from time to time. Sign in to KMC and choose one.',
    causes: ['the password is correct, but too old'],
    remedies: [credentials('Enter the new password'), changeSignIn],
  }),
  DIRECT_LOGIN_BLOCKED: (_, { request }) => ({
    headline: 'This account does not allow a login with a password',
    explanation: 'Use an app token or the account secret instead.',
    causes: [`users of ${partnerName(request)} sign in through single sign-on only`],
    remedies: [changeSignIn],
  }),
  LOGIN_RETRIES_EXCEEDED: (_, context) => locked(context),
  LOGIN_BLOCKED: (_, context) => locked(context),
  USER_IS_BLOCKED: () => blocked,
  USER_BLOCKED: () => blocked,
  USER_NOT_FOUND: (_, context) => notFound(context),
  LOGIN_DATA_NOT_FOUND: (_, context) => notFound(context),
  ADMIN_KUSER_NOT_FOUND: (_, context) => notFound(context),
  USER_DATA_ERROR: (_, context) => notFound(context),
  INVALID_PARTNER_ID: (_, context) => otherAccount(context),
  NEW_LOGIN_REQUIRED: (_, context) => otherAccount(context),
  PARTNER_CHANGE_ACCOUNT_DISABLED: (_, context) => otherAccount(context),
  SERVICE_FORBIDDEN: (_, context) => ({
    headline: 'The server does not allow this login',
    explanation: 'A login needs no key, and none was sent.',
    causes: [
      'a proxy or firewall added a key of another account to the request',
      'the account is restricted: ask Kaltura support',
    ],
    remedies: [changeServer(context), changeSignIn],
  }),
};

/**
 * Lists every problem that the server reports as a wrong password (docs/kaltura-facts.md 4.3).
 *
 * @param place where else the account may be; null if that is ruled out
 */
export function maskedCauses(context: AdviceContext, place: string | null): readonly string[] {
  const { request } = context;
  return [
    ...loginOddities(context.request),
    'the password is wrong',
    'no user has this login, or it is mistyped',
    request.signIn.partnerId === null
      ? 'the user can no longer sign in to the account that this login used last: enter the partner ID'
      : `the user belongs to a different account than ${partnerName(request)}`,
    ...(place === null ? [] : [place]),
    'the login is locked after too many failed attempts: then even the correct password is refused',
    'the user is blocked (KMC → Administration → Users), or the account is blocked',
  ];
}

const locked = (context: AdviceContext): AdviceBody => ({
  headline: 'This login is locked',
  explanation: 'Even the correct password is refused now. More attempts can extend the lock.',
  causes: [
    'there were too many wrong passwords or codes: wait until the lock ends (after 24 hours, according to Kaltura), or ask an administrator',
  ],
  remedies: [changeSignIn, changeServer(context)],
});

const blocked: AdviceBody = {
  headline: 'This user is blocked',
  explanation: 'The login is correct, but the account does not let this user sign in.',
  causes: [
    'an administrator blocked the user (KMC → Administration → Users)',
    'the account does not allow logins at the moment',
  ],
  remedies: [credentials('Enter another login'), changeSignIn],
};

const notFound = (context: AdviceContext): AdviceBody => ({
  headline: 'The server does not know this login',
  explanation: 'A login exists only in its own region and account.',
  causes: [
    ...loginOddities(context.request),
    'the email address is mistyped',
    wrongRegionCause(context),
    `the user is not in ${partnerName(context.request)}`,
  ],
  remedies: [again, changeServer(context), changeSignIn],
});

const otherAccount = (context: AdviceContext): AdviceBody => ({
  headline: `This login has no access to ${partnerName(context.request)}`,
  explanation: 'The login exists, but it belongs to another account, or the account is blocked.',
  causes: ['the partner ID is mistyped', 'the user was never added to this account', 'the account is blocked'],
  remedies: [checkPartnerId, changeSignIn],
});
