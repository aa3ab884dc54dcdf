import { countOf } from '../typed-values.js';
import {
  type AdviceContext,
  type Counsel,
  type CounselByCode,
  checkPartnerId,
  credentials,
  otherPlace,
  otherSignIn,
  partnerName,
  type Remedy,
} from './advice.js';
import { loginOddities, placeCause } from './evidence.js';

const again = credentials('Enter the login again');
const anotherCode: Remedy = { label: 'Enter another code', goTo: 'code' };

/** What `user.loginByLoginId` says no with; most of it only where the server does not mask its errors (facts 4.3). */
export const onLogin: CounselByCode = {
  USER_WRONG_PASSWORD: (_, context) => ({
    headline: 'The server did not accept this login',
    explanation:
      'Kaltura gives this one answer for nearly everything that can be wrong with a login. Each try may count ' +
      'towards a lock, so look before you try again. It may be that',
    causes: maskedCauses(context, placeCause(context)),
    remedies: [again, otherPlace(context), otherSignIn],
  }),
  MISSING_OTP: (_, { request: { signIn } }) => ({
    headline: 'Your account asks for a one-time code',
    explanation: 'It has two-factor login: the password alone is not enough.',
    causes: [
      signIn.method === 'login' && signIn.code !== null
        ? 'the code did not reach the server: enter it again'
        : 'the code is still missing: your authenticator app shows it',
    ],
    remedies: [{ label: 'Enter the code', goTo: 'code' }, otherSignIn],
  }),
  INVALID_OTP: (_, { request: { signIn } }) => ({
    headline: 'The one-time code was not accepted',
    explanation: 'The password is right. A wrong code counts as a failed login, so wait for a fresh one.',
    causes: [
      ...(signIn.method === 'login' && signIn.code !== null && !/^\d{6}$/.test(signIn.code.reveal())
        ? [`yours has ${countOf(signIn.code.length, 'character')}; a code is 6 digits as a rule`]
        : []),
      'the code ran out before it arrived: each is good for about half a minute',
      'it is the code of another account in the authenticator app',
      'the clock of the phone is wrong: codes are made from the time',
    ],
    remedies: [anotherCode, otherSignIn],
  }),
  PASSWORD_EXPIRED: () => ({
    headline: 'The password has expired',
    explanation: 'The account wants a new password from time to time. Log in to KMC and choose one.',
    causes: ['the password is right, but too old'],
    remedies: [credentials('Enter the new password'), otherSignIn],
  }),
  DIRECT_LOGIN_BLOCKED: (_, { request }) => ({
    headline: 'This account does not allow a login with a password',
    explanation: 'An app token or the account’s secret still makes a key.',
    causes: [`users of ${partnerName(request)} log in through single sign-on only`],
    remedies: [otherSignIn],
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
    headline: 'The server forbids this login',
    explanation: 'A login needs no key, and none was sent.',
    causes: [
      'something between here and the server added a key of another account',
      'the account is limited in what it may do: ask Kaltura’s support',
    ],
    remedies: [otherPlace(context), otherSignIn],
  }),
};

/**
 * All that the server hides behind a wrong password (facts 4.3).
 *
 * @param place where else the account may live; null once that is ruled out
 */
export function maskedCauses(context: AdviceContext, place: string | null): readonly string[] {
  const { request } = context;
  return [
    ...loginOddities(context.request),
    'the password is wrong',
    'no user has this login, or it is spelt otherwise',
    request.signIn.partnerId === null
      ? 'the account that this login used last no longer lets the user in: name the partner ID'
      : `the user belongs to another account than ${partnerName(request)}`,
    ...(place === null ? [] : [place]),
    'the login is locked after too many wrong tries: then even the right password is refused',
    'the user is blocked (KMC → Administration → Users), or the account is',
  ];
}

const locked = (context: AdviceContext): Counsel => ({
  headline: 'This login is locked',
  explanation: 'Even the right password is refused now. Further tries only make it worse.',
  causes: [
    'there were too many wrong passwords or codes: wait as long as the account has set (24 hours, says Kaltura), or ask an administrator',
  ],
  remedies: [otherSignIn, otherPlace(context)],
});

const blocked: Counsel = {
  headline: 'This user is blocked',
  explanation: 'The login is right, but the account does not let this user in.',
  causes: ['an administrator blocked the user (KMC → Administration → Users)', 'the account does not allow logins now'],
  remedies: [credentials('Enter another login'), otherSignIn],
};

const notFound = (context: AdviceContext): Counsel => ({
  headline: 'The server does not know this login',
  explanation: 'A login is known in its own region and account only.',
  causes: [
    ...loginOddities(context.request),
    'the e-mail address is mistyped',
    placeCause(context),
    `the user is not in ${partnerName(context.request)}`,
  ],
  remedies: [again, otherPlace(context), otherSignIn],
});

const otherAccount = (context: AdviceContext): Counsel => ({
  headline: `This login does not open ${partnerName(context.request)}`,
  explanation: 'The login exists, but it belongs to another account, or the account is blocked.',
  causes: ['the partner ID is mistyped', 'the user was never added to this account', 'the account is blocked'],
  remedies: [checkPartnerId, otherSignIn],
});
