import type { ErrorText } from './error-text.js';

const OTHER_REGION = 'The account is in another region: each account is in one region only.';
const SECRETS = 'KMC → Settings → Integration settings → Account info';

/** Errors of starting a session, and about the account (docs/kaltura-facts.md 4.1). */
export const SESSION_ERRORS = {
  START_SESSION_ERROR: {
    meaning: 'The account exists, but the secret does not match it.',
    causes: [
      'The User Secret was used for an ADMIN key, which needs the Administrator Secret.',
      'The secret is mistyped, incomplete, or belongs to another account.',
      'The partner ID is missing. The message then says “partner [0]”.',
      'The account is in another region, where a different account has the same partner ID.',
      'With session.impersonate: the other account does not belong to this one, or is blocked.',
    ],
    fix: `Copy the Administrator Secret again (${SECRETS}), and make sure that the partner ID and region match.`,
  },
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: {
    meaning: 'The server does not know the account, or the account is blocked or deleted.',
    causes: [OTHER_REGION, 'The partner ID is mistyped.', 'Kaltura has blocked or closed the account.'],
    fix: 'Check the partner ID and the region first. If both are right, ask Kaltura support whether the account is blocked.',
  },
  UNKNOWN_ROLE_ID: {
    meaning: 'The role in setrole does not exist. The secret was not checked.',
    causes: [
      'The name is not the exact system name of a role: case and spaces matter.',
      'The role was deleted, or belongs to another account.',
      'setrole has no value.',
    ],
    fix: 'Use the number of a role of this account (KMC → Administration → Roles), or an exact system name.',
  },
  INVALID_WIDGET_ID: {
    meaning: 'The server has no widget with this ID.',
    causes: [OTHER_REGION, 'The ID is mistyped. The widget of an account is _ and its partner ID: _2345678.'],
    fix: 'Use _ and the partner ID as the widget ID, and check the region.',
  },
  START_WIDGET_SESSION_ERROR: {
    meaning: 'The server could not start a public session for this widget.',
    causes: ['The server has a temporary problem. This error is rare.'],
    fix: 'Try again.',
  },
  SERVICE_ACCESS_CONTROL_RESTRICTED: {
    meaning: 'The account does not allow calls from this network, this country, or by plain http.',
    causes: [
      'The request was sent by http, but the account requires https.',
      'The account allows certain IP addresses or countries only.',
    ],
    fix: 'Use an https URL, and call from a network that the account allows, such as your office network or VPN.',
  },
  PARTNER_ACCESS_FORBIDDEN: {
    meaning: 'A key of one account was used to read a key of another account.',
    causes: ['session.get was called with keys of two accounts.'],
    fix: 'Use an ADMIN key of the account that the other key belongs to.',
  },
  ACTION_BLOCKED: {
    meaning: 'A rate limit of the server blocks this call.',
    causes: ['Too many requests were sent. This limit has nothing to do with the privilege actionslimit.'],
    fix: 'Wait, and then send fewer requests.',
  },
  ACCESS_UNAUTHORIZED: {
    meaning: 'One of Kaltura’s own accounts was used from an IP address that is not allowed.',
    causes: ['The call names an internal account (a partner ID below 1).'],
    fix: 'Send the partner ID of your own account.',
  },
  ACCESS_FORBIDDEN_FROM_UNKNOWN_IP: {
    meaning: 'The account does not allow calls from this IP address.',
    causes: [
      'The call used the old partnerservices2 API. api_v3 sends SERVICE_ACCESS_CONTROL_RESTRICTED or INVALID_KS.',
    ],
    fix: 'Call from an allowed network, and use api_v3.',
  },
  UNKNOWN_PARTNER_ID: {
    meaning: 'The call asks for an account that can’t exist.',
    causes: ['user.loginByKs was called with requestedPartnerId 0.'],
    fix: 'Send the partner ID of the account that you want to switch to.',
  },
  INVALID_PARTNER_ID: {
    meaning: 'The account does not exist, or the caller may not use it.',
    causes: [
      'partner.get was called without an id. The message then names partner “0”.',
      'The account is neither the key’s own account nor one that belongs to it.',
      'When logging in: the login belongs to another account, or the account is blocked.',
    ],
    fix: 'Check the partner ID. To read the key’s own account, use partner.getInfo.',
  },
  PARTNER_REGISTRATION_ERROR: {
    meaning: 'The account may not create other accounts.',
    causes: ['partner.register was called with a key of an account that is not a parent account (VAR or group).'],
    fix: 'Use a key of the parent account, or ask Kaltura support to make the account a parent account.',
  },
} as const satisfies Readonly<Record<string, ErrorText>>;
