import { changeServer, entry, isOwnServer, type MakingContext } from './diagnosis.js';
import { loginOddities, wrongRegionCause } from './evidence.js';
import type { MakingTable } from './making.js';

/** Errors of `user.loginByLoginId`. Most of them appear only if the server does not mask its errors (docs/kaltura-facts.md 4.3). */
export const onLogin = {
  USER_WRONG_PASSWORD: (_, context) =>
    entry('login-refused', maskedCauses(context, wrongRegionCause(context)), [
      'change-login',
      changeServer(context),
      'change-sign-in',
    ]),
  MISSING_OTP: (_, { request: { signIn } }) =>
    entry(
      'code-required',
      [signIn.method === 'login' && signIn.code !== null ? 'code-lost' : 'no-code'],
      ['enter-code', 'change-sign-in'],
    ),
  // The server checks last whether the user belongs to the account (docs/kaltura-facts.md 4.3).
  INVALID_OTP: (_, { request: { signIn } }) =>
    entry(
      'wrong-code',
      [
        ...(signIn.method === 'login' && signIn.code !== null && !/^\d{6}$/.test(signIn.code.reveal())
          ? [{ id: 'code-length', values: { length: signIn.code.length } } as const]
          : []),
        'code-expired',
        'code-of-other-account',
        'phone-clock-wrong',
        ...(signIn.partnerId === null ? [] : (['user-of-other-account'] as const)),
      ],
      ['enter-other-code', 'change-sign-in'],
    ),
  PASSWORD_EXPIRED: () => entry('password-expired', ['password-too-old'], ['change-password', 'change-sign-in']),
  DIRECT_LOGIN_BLOCKED: () => entry('no-password-login', ['single-sign-on'], ['change-sign-in']),
  LOGIN_RETRIES_EXCEEDED: (_, context) => locked(context),
  LOGIN_BLOCKED: (_, context) => locked(context),
  USER_IS_BLOCKED: () => blocked,
  USER_BLOCKED: () => blocked,
  USER_NOT_FOUND: (_, context) => notFound(context),
  LOGIN_DATA_NOT_FOUND: (_, context) => notFound(context),
  ADMIN_KUSER_NOT_FOUND: (_, context) => notFound(context),
  USER_DATA_ERROR: (_, context) => notFound(context),
  INVALID_PARTNER_ID: () => otherAccount,
  NEW_LOGIN_REQUIRED: () => otherAccount,
  PARTNER_CHANGE_ACCOUNT_DISABLED: () => otherAccount,
  SERVICE_FORBIDDEN: (_, context) =>
    entry('login-forbidden', ['key-added', 'account-restricted'], [changeServer(context), 'change-sign-in']),
} satisfies MakingTable;

/**
 * Lists every problem that the server reports as a wrong password (docs/kaltura-facts.md 4.3).
 *
 * @param region where else the account may be; null if that is ruled out
 */
export const maskedCauses = ({ request }: MakingContext, region: ReturnType<typeof wrongRegionCause> | null) => [
  ...loginOddities(request),
  'wrong-password' as const,
  'no-such-login' as const,
  request.signIn.partnerId === null ? ('last-account-lost' as const) : ('user-of-other-account' as const),
  ...(region === null ? [] : [region]),
  ...adminConsole(request),
  'login-may-be-locked' as const,
  'user-or-account-blocked' as const,
];

/** On a self-hosted server, administrators often try the login of the admin console. */
const adminConsole = (request: MakingContext['request']) =>
  isOwnServer(request) ? (['admin-console-user'] as const) : [];

const locked = (context: MakingContext) =>
  entry('login-locked', ['too-many-attempts'], ['change-sign-in', changeServer(context)]);

const blocked = entry(
  'user-blocked',
  ['user-was-blocked', 'logins-not-allowed'],
  ['use-other-login', 'change-sign-in'],
);

const notFound = (context: MakingContext) =>
  entry(
    'unknown-login',
    [
      ...loginOddities(context.request),
      'email-mistyped',
      wrongRegionCause(context),
      ...adminConsole(context.request),
      'user-not-in-account',
    ],
    ['change-login', changeServer(context), 'change-sign-in'],
  );

const otherAccount = entry(
  'login-without-access',
  ['partner-id-mistyped', 'user-never-added', 'account-blocked'],
  ['check-partner-id', 'change-sign-in'],
);
