import type { ErrorText } from './error-text.js';

const USERS = 'KMC → Administration → Users';
const lockedLogin = (meaning: string): ErrorText => ({
  meaning,
  causes: ['There were too many wrong passwords or codes. Even the right password is then refused.'],
  fix: 'Wait until the login is unlocked (after 24 hours, according to the message), or ask an administrator. Don’t try again before that.',
});

/** Errors of logging in (docs/kaltura-facts.md 4.3). */
export const LOGIN_ERRORS = {
  USER_WRONG_PASSWORD: {
    meaning: 'The server did not accept this login. It gives this answer for almost every problem of a login.',
    causes: [
      'The password is wrong.',
      'No user has this login, or the user does not belong to the account.',
      'The account is in another region.',
      'The login is locked after too many failed attempts.',
      'The user or the account is blocked.',
    ],
    fix: 'Check the email address, the password, the partner ID and the region by logging in to KMC.',
  },
  USER_NOT_FOUND: {
    meaning: 'The server does not know this login.',
    causes: [
      'The email address is mistyped.',
      'The account is in another region.',
      'The user is not in the account that the call names.',
    ],
    fix: 'Use the email address that you use to sign in to KMC, and check the region and the partner ID.',
  },
  LOGIN_RETRIES_EXCEEDED: lockedLogin('This failed attempt locked the login.'),
  LOGIN_BLOCKED: lockedLogin('The login is locked.'),
  PASSWORD_EXPIRED: {
    meaning: 'The password is right, but has expired.',
    causes: ['The password is too old.'],
    fix: 'Log in to KMC and set a new password.',
  },
  USER_IS_BLOCKED: {
    meaning: 'The user is blocked, or the account does not allow logins at the moment.',
    causes: ['An administrator blocked the user.', 'The account is blocked.'],
    fix: `Ask an administrator to unblock the user (${USERS}), or sign in with an app token or the account secret.`,
  },
  DIRECT_LOGIN_BLOCKED: {
    meaning: 'The account does not allow logins with a password.',
    causes: ['Users of the account sign in through single sign-on only.'],
    fix: 'Create keys with an app token or the account secret.',
  },
  MISSING_OTP: {
    meaning: 'The login needs a one-time code, and none was sent.',
    causes: ['Two-factor login is on for this user. A missing code counts as a failed attempt.'],
    fix: 'Send the code from the authenticator app in the parameter otp.',
  },
  INVALID_OTP: {
    meaning: 'The server did not accept the one-time code.',
    causes: [
      'The code was too old when it arrived.',
      'The clock of the phone is wrong: codes depend on the time.',
      'The code is for another account in the authenticator app.',
      'The user does not belong to the account. The server checks that last.',
    ],
    fix: 'Enter the next code from the app, and check the partner ID. Each wrong code counts as a failed attempt.',
  },
  LOGIN_DATA_NOT_FOUND: {
    meaning: 'The user has no login.',
    causes: [
      'The user exists, but has no email address and password to sign in with.',
      'The login is mistyped (in older calls, such as adminUser.login).',
    ],
    fix: `Enable the login of the user (${USERS}), or use a user who has one.`,
  },
  USER_DATA_ERROR: {
    meaning: 'The user can’t switch to this account.',
    causes: [
      'The user does not exist in the other account, was deleted, or is not an administrator there.',
      'requestedPartnerId is negative.',
    ],
    fix: 'Use a key of a user who is an administrator in both accounts, or start a session in the other account.',
  },
  ADMIN_KUSER_NOT_FOUND: {
    meaning: 'The server does not know this login.',
    causes: ['The email address or the password is wrong, in an older call such as adminUser.login.'],
    fix: 'Check the login, or use user.loginByLoginId.',
  },
  NEW_LOGIN_REQUIRED: {
    meaning: 'The user must log in again to switch to this account.',
    causes: ['The other account requires single sign-on or two-factor login, and the key was created with a password.'],
    fix: 'Log in to the other account instead of switching to it with user.loginByKs.',
  },
  PARTNER_CHANGE_ACCOUNT_DISABLED: {
    meaning: 'The key does not allow switching to this account.',
    causes: ['The enablechangeaccount of the key does not list the account, or has no value.'],
    fix: 'Create a key whose enablechangeaccount lists the account.',
  },
} as const satisfies Readonly<Record<string, ErrorText>>;
