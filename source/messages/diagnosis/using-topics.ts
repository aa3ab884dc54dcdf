import type { UsingTopic } from './ids.js';
import type { Text } from './making-topics.js';

/** Three lines: a headline, what is certain, and what the user can do outside kaltura-ks. */
type UseText = `${Text}\n${string}`;

const READABLE = 'The server could read the key.';
const UNTOUCHED = 'The server accepted the key. Nothing was changed.';
const NOT_ALLOWED = 'Usually, the key is a USER key or has a restricted role.';
const USE_ADMIN = 'Use an ADMIN key without a restricted role.';
const NO_TOKEN_KEYS = 'The token exists, but can’t create keys.';
const OTHER_TOKEN = 'Use another app token, or ask an administrator to change this one.';
const AGAIN_LATER = 'Try again in a minute. If the error happens again, ask Kaltura support.';
const notAllowed = (action: string): UseText => `The key is not allowed to ${action}
  ${NOT_ALLOWED}
  ${USE_ADMIN}`;

/** Errors of calls that use a key. */
export const USING_TEXTS: Readonly<Record<UsingTopic, UseText>> = {
  'hidden-object': `The server did not find the {what} {id}
    The answer is the same if entitlement hides an existing object from the key.
    Try again with a key that has disableentitlement. If that key finds it, entitlement hid it.`,
  'unknown-user': `The account does not have this user
    The server accepted the key, but did not find the user.
    Check the user ID in KMC → Administration → Users.`,
  'call-without-partner': `The call names no partner ID
    The server accepted the key, but does not know the account in the call.
    Send the partner ID of the key’s own account.`,
  'unknown-partner': `The server does not know partner {id}
    The server accepted the key, but does not know the account in the call.
    Send the partner ID of the key’s own account.`,
  'read-only-field': `{Field} can’t be set
    ${UNTOUCHED}
    Leave the field out. The server sets it.`,
  'token-needs-user': `The server requires a user for the app token
    No token was created. Without a user, a token can only be created in an account that has an anonymous user. The server refused both forms: no user, and an empty one.
    Enter a user for the token.`,
  'unfit-value': `The server did not accept the value of {field}
    ${UNTOUCHED}
    Change the value, and send the call again.`,
  'unfit-enum': `The server does not accept the value of {field}
    ${UNTOUCHED}
    Send one of the values that Kaltura defines, or leave the field out.`,
  'call-lacks-field': `The server did not receive {field}
    The call arrived, but a part of it is missing. Nothing was changed.
    Fill the field, and send the call again.`,
  'call-has-character': `The server does not accept a character in {field}
    Nothing was changed. Pasted text can contain invisible control characters.
    Type the value by hand.`,
  'app-token-not-found': `The account does not have the app token {id}
    ${UNTOUCHED}
    Look for the ID in the account’s list of app tokens.`,
  'token-is-disabled': `The app token is disabled
    ${NO_TOKEN_KEYS}
    ${OTHER_TOKEN}`,
  'token-is-expired': `The app token has expired
    ${NO_TOKEN_KEYS}
    ${OTHER_TOKEN}`,
  'unknown-call': `The server does not know the call {action}
    The server is a Kaltura server, but it does not have this call.
    Check the URL of your Kaltura server.`,
  'unknown-call-in-practice': `The practice server does not know the call {action}
    It has only the calls that are needed to try keys, not all of Kaltura.
    If the name is spelled correctly, try this call with a real account.`,
  'not-in-group': `The server would not start a session for the other account
    An account can do this only for the accounts of its own group.
    Create the key with the secret of the other account.`,
  'secret-rejected': `The server would not start a session with this secret
    This server has an active account with this partner ID, so the secret does not match it.
    Compare it with the one in KMC → Settings → Integration settings → Account info.`,
  'role-unknown-to-server': `The server does not know the role in setrole
    No key was created. A key can have only a role of its own account, or one that all accounts have.
    Use another role: its number or its exact system name (KMC → Administration → Roles).`,
  'account-unknown': `The server does not know this account
    For a blocked account, the server sends another error.
    Check the region and the partner ID.`,
  'account-refused': `The server refuses this account as blocked or unknown
    Kaltura also reports an account as blocked if it does not exist on this server.
    Check the region and the partner ID.`,
  'no-public-session-now': `The server could not open a public session
    This is rare. No secret was sent, so the secret is not the cause.
    Try again in a minute.`,
  'key-details-forbidden': `The key is not allowed to read details of a key
    ${NOT_ALLOWED}
    ${USE_ADMIN} Or read the key on this computer with the Administrator Secret, without the server.`,
  'end-forbidden': `The server refused to revoke the key
    Usually, every key can revoke itself.
    The key works until it expires. If it has leaked, ask Kaltura support.`,
  'kaltura-only': `Only Kaltura’s own accounts can make this call
    The server refuses it for all other accounts.
    Create a key for the other account with its own secret.`,
  'app-tokens-forbidden': notAllowed('manage app tokens'),
  'settings-forbidden': notAllowed('read the account’s settings'),
  'features-forbidden': notAllowed('read the account’s features'),
  'roles-forbidden': notAllowed('read the account’s roles'),
  'users-forbidden': notAllowed('read the account’s users'),
  'call-forbidden': notAllowed('call {action}'),
  'content-forbidden': `The key is not allowed to read content
    Usually, the key has a restricted role.
    Create a key with another role or without a role: even a plain USER key can read content.`,
  'key-expired': `The key has expired
    An expired key can’t be extended.
    Create a new one.`,
  'key-already-expired': `The key had already expired
    ${READABLE}
    You do not need to revoke it: it does not work any more.`,
  'key-revoked': `The key was revoked
    A revoked key can’t be made valid again.
    Create a new one. If it has a session group (sessionid), use another group: the old one can stay blocked for 24 hours.`,
  'key-already-revoked': `The key had already been revoked
    ${READABLE}
    You do not need to revoke it again: it does not work any more.`,
  'no-calls-left': `The key has no calls left
    Its actionslimit allows a fixed number of calls. Every call counts, even one that fails.
    Create a new key with a greater actionslimit or without one.`,
  'ip-not-allowed': `The key does not work from this network
    Its iprestrict does not include the IP address that the server sees for this computer.
    Use it from an allowed address, or create a key with this computer’s address or without iprestrict.`,
  'uri-not-allowed': `The key does not allow this call
    Its urirestrict does not include the path of this call.
    Use it for the calls that it allows, or create a key without urirestrict.`,
  'object-of-other-user': `The key can’t change objects of another user
    A USER key can change only the objects of its own user.
    Create a key for the owner of the object, or a key with the privilege edit:<entry>.`,
  'key-of-other-user': `The key belongs to a different user than the call
    The server could read the key, but does not accept it for this user.
    Create a key for that user, or a key without a user.`,
  'light-key': `The account does not accept light keys (LKS) any more
    The account has disabled this type of key.
    Create an ordinary session key.`,
  'key-unreadable': `The server can’t read the key
    This does not show whether the key is valid.
    Make sure that the key is complete and that its account is on this server.`,
  'key-not-received': `The server did not receive a key
    This call needs a key.
    Send the call again. If that does not help, use another network.`,
  'account-of-key-blocked': `The account of this key is blocked
    The server could read the key, so the account exists here and the region is correct.
    Ask Kaltura support: only they can see the reason and change it.`,
  'user-of-key-blocked': `The user of this key is blocked
    The key is valid, but the account does not allow its user.
    Create a key for another user, or ask an administrator to unblock this one (KMC → Administration → Users).`,
  'actions-limit-invalid': `The key does not work: its actionslimit is not a positive number
    The server creates such a key, but rejects every call with it.
    Create a new key with an actionslimit of 1 or more, or without one.`,
  'not-in-account': `The account does not have {object}
    The server accepted the key, but did not find the object in the account.
    If it is a feature that you need, ask Kaltura support to enable it.`,
  'keys-differ': `The two keys belong to different accounts
    The server read both keys. A key can read only keys of its own account.
    Use an ADMIN key of the account that the other key belongs to.`,
  'call-not-allowed-here': `The account does not allow calls from this network
    The account restricts where and how it can be called. The key may be valid.
    Use your office network or VPN, and https.`,
  'calls-limited': `The server received too many of these calls
    The server limits how often it can be called. This limit is not the privilege actionslimit.
    Wait a few minutes, and try again.`,
  'role-of-key-missing': `The key does not work: its role does not exist
    The server creates a key without checking the role, but rejects every call with it.
    Create a new key with a role that the account has (KMC → Administration → Roles).`,
  'fault-about-key': `The server had an internal error
    The server also gives this answer about a key that it can’t read.
    ${AGAIN_LATER}`,
  'fault-at-end': `The server had an internal error
    The answer has no details.
    Check the key: it may have been revoked in spite of the error.`,
  fault: `The server had an internal error
    The answer has no details.
    ${AGAIN_LATER}`,
};
