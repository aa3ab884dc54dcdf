import { IN_KMC } from './causes.js';
import type { FindingTopic, MakingTopic } from './ids.js';

/** Two lines: a headline, and what is certain. `{host}` and the like are replaced, see `diagnosis.ts`. */
export type Text = `${string}\n${string}`;

const NOTHING_DONE = 'Nothing was signed or sent.';
const VERSION_1 = `In version 1, a ; starts the next field, so the key would mean something else. ${NOTHING_DONE}`;
const UNKNOWN =
  'If it happens again, contact Kaltura support{support reference}. The server’s message is not shown, because it can contain what was sent.';

const nothingSent = (headline: string): Text => `${headline}
  {nothing sent}`;
const noAnswer = (headline: string): Text => `${headline}
  The server did not answer. {what arrived}`;
const unreadable = (headline: string): Text => `${headline}
  The answer was not used, so {missed in lower case}. {what arrived}`;
const proxy = (headline: string): Text => `${headline}
  Nothing was sent to {host}. The variable {variable} sets the proxy and is read at startup: change it, and start again.`;

/** Errors of making a key, and calls without an answer from the API. */
export const MAKING_TEXTS: Readonly<Record<MakingTopic, Text>> = {
  'wrong-secret': `The server would not start a session for {partner}
    This server has an active account with this partner ID, so the secret does not match it.`,
  'no-partner-received': `The server would not start a session
    Its answer is about partner 0, so it did not receive the partner ID.`,
  'unknown-role': `The server does not know the role in setrole
    A key can have only a role of its own account, or one that all accounts have.`,
  'unknown-account': `The server does not know {partner}
    The account does not exist on this server. For a blocked account, the server sends another error.`,
  'no-public-session': `The server could not open the public session that the app token needs
    This is rare. The token was not sent yet, so it is not the cause.`,
  'unknown-app-token': `The account does not have the {token}
    The region is correct: this server has {partner}.`,
  'app-token-disabled': `The {token} is disabled
    The token exists, but can’t create keys.`,
  'app-token-expired': `The {token} has expired
    The token exists, but can’t create keys anymore.`,
  'wrong-token-value': `The token value is wrong for {token}
    The ID is correct and the token is active. All four hash types were tried, so the value is wrong.`,
  'invalid-field': `The server did not accept a value
    A field of the request or of the app token is not valid.`,
  'app-token-forbidden': `The server does not allow app tokens in a public session
    The server did not check the token itself.`,
  'login-refused': `The server did not accept this email address and password
    Kaltura gives the same answer for nearly every problem with a login. Too many attempts lock the login, so check these likely causes before you try again:`,
  'code-required': `Your account requires a one-time code
    Two-factor authentication is on, so the password alone is not enough.`,
  'wrong-code': `The one-time code was not accepted
    The password is correct. A wrong code counts as a failed login, so wait for a new code.`,
  'password-expired': `The password has expired
    The account requires a new password from time to time. Sign in to KMC and choose one.`,
  'no-password-login': `This account does not allow a login with a password
    Use an app token or the account secret instead.`,
  'login-locked': `This login is locked
    Even the correct password is refused now. More attempts can extend the lock.`,
  'user-blocked': `This user is blocked
    The login is correct, but the account does not let this user sign in.`,
  'unknown-login': `The server does not know this login
    A login exists only in its own region and account.`,
  'login-without-access': `This login has no access to {partner}
    The login exists, but it belongs to another account, or the account is blocked.`,
  'login-forbidden': `The server does not allow this login
    A login needs no key, and none was sent.`,
  'invalid-enum': `The server does not accept the value of {field}
    kaltura-ks sends only values that Kaltura documents.`,
  'missing-field': `The server did not receive {field}
    The request arrived, but a part of it is missing.`,
  'invalid-character': `The server does not accept a character in {field}
    Pasted text can contain invisible control characters.`,
  'unknown-action': `The server does not know this call
    The server is a Kaltura server, but it does not have the call that creates a key.`,
  'bad-actions-limit': `The key does not work: its actionslimit is not a positive number
    The server creates such a key, but rejects every call with it.`,
  'role-missing': `The key does not work: its role does not exist
    The server creates a key without checking the role, but rejects every call with it.`,
  'object-not-found': `The server did not find the {what} {id}
    The answer is the same if entitlement hides an existing object from the key.`,
  'account-surely-blocked': `The account of {partner} is blocked
    The region and the partner ID are correct: the server knows this account.`,
  'account-blocked-or-unknown': `The server refuses {partner} as blocked or unknown
    Kaltura also reports an account as blocked if it does not exist on this server.`,
  'request-forbidden': `The server does not allow this for {partner}
    It refused the request before it checked the secret.`,
  'network-not-allowed': `The account does not allow calls from this network
    The account restricts where and how it can be called. Your credentials may be correct.`,
  'key-of-other-account': `The key belongs to another account
    An account can’t read the keys of another account.`,
  'too-many-calls': `The server received too many of these calls
    The server limits how often it can be called. This limit is not the privilege actionslimit.`,
  'server-fault': `The server had an internal error
    It did not check the request.`,
  'key-in-request': `The server found an invalid key in the request
    This call needs no key, and none was sent.`,
  'public-session-rejected': `The server rejected the public session that it just opened
    An app token is used within a public session, which is opened first. The server did not check the token itself.`,
  'lifetime-not-positive': `The lifetime is not a positive number of seconds
    The key would already be expired. ${NOTHING_DONE}`,
  'semicolon-in-user': `The user ID of a version 1 key can’t contain a ;
    ${VERSION_1}`,
  'semicolon-in-privileges': `The privileges of a version 1 key can’t contain a ;
    ${VERSION_1}`,
  'unreadable-privileges': `The server could not read these privileges
    ${NOTHING_DONE}`,
  'internal-error': `An error occurred in kaltura-ks
    Your account is not the cause. Please report what you did.`,
  'unknown-error': `The server returned an unknown error
    kaltura-ks does not know this error. ${UNKNOWN}`,
  'error-without-code': `The server returned an error without a usable code
    The error has no code that could be looked up. ${UNKNOWN}`,
  'not-kaltura': `The answer from {host} is not a Kaltura API answer ({kind of answer}, HTTP {status})
    This does not show {about}.`,
  redirected: `The answer from {host} is not a Kaltura API answer ({kind of answer}, HTTP {status})
    The server redirects to another URL. kaltura-ks did not follow the redirect, because that would send {carried} there.`,
  'host-not-found': nothingSent('The host name {host} was not found'),
  'connection-refused': nothingSent('{host} does not accept connections'),
  'connection-reset': noAnswer('The connection to {host} was interrupted'),
  'no-answer': `{host} did not answer in time
    The time limit was reached. {what arrived}`,
  'no-connection-in-time': `{host} could not be reached in time
    The time limit was reached. {what arrived}`,
  'identity-unverified': nothingSent('The identity of {host} could not be verified'),
  cancelled: `Cancelled
    {missed}. {what arrived}`,
  'connection-lost': noAnswer('The connection to {host} failed'),
  'connection-failed': nothingSent('The connection to {host} failed'),
  'answer-too-long': unreadable('The answer from {host} is too long'),
  'too-many-headers': unreadable('{host} sent too many headers with its answer'),
  'not-decompressed': unreadable('The answer from {host} could not be decompressed'),
  'not-http': unreadable('{host} does not answer like a web server'),
  'proxy-unusable': proxy('{variable} does not contain a usable proxy URL'),
  'proxy-login': proxy('The proxy {proxy} requires a user name and password'),
  'proxy-upstream': proxy('The proxy {proxy} could not reach {host}'),
  'proxy-forbids': proxy('The proxy {proxy} does not allow connections to {host}'),
  'proxy-not-found': proxy('The proxy {proxy} was not found'),
  'proxy-unverified': proxy('The identity of the proxy {proxy} could not be verified'),
  'proxy-not-http': proxy('The proxy {proxy} does not answer like a proxy'),
  'proxy-timeout': proxy('The proxy {proxy} did not answer in time'),
  'proxy-refused': proxy('The proxy {proxy} does not accept connections'),
};

/** The results of probes. */
export const FINDING_TEXTS: Readonly<Record<FindingTopic, Text>> = {
  inconclusive: `The cause could not be found
    The check failed. {inner headline}.`,
  'clock-behind': `This computer’s clock is {difference} behind
    kaltura-ks compared it with the clock of {other}. Certificates and keys depend on the time.`,
  'clock-ahead': `This computer’s clock is {difference} ahead
    kaltura-ks compared it with the clock of {other}. Certificates and keys depend on the time.`,
  'clock-out-of-date': `This computer’s clock is probably wrong
    The certificates from {host} and {other} both seem to be out of date. It is unlikely that both are.`,
  'certificate-out-of-date': `The certificate from {host} is out of date
    This computer’s clock is correct: it agrees with the clock of {other}.`,
  'clock-right': `This computer’s clock is correct
    It agrees with the clock of {other}, so it is not the cause.`,
  'only-other-server-answers': `This computer reaches {other}, so the problem is with {host}
    The network, proxy and certificates work for {other}.`,
  'network-answers-instead': `The answer from {other} is not from Kaltura
    kaltura-ks asked it to compare it with {host}. The cause is probably this computer’s network.`,
  'no-way-out': `Neither {host} nor {other} can be reached from this computer
    The cause is probably this computer’s network, not one server. {inner headline}.`,
  'roles-listed': `The account has {count of roles} to choose from
    Write the number or the exact system name of a role in setrole. The roles:`,
  'roles-without-wanted': `The account has {count of roles} to choose from, and none of them is “{wanted}”
    Write the number or the exact system name of a role in setrole. The roles:`,
  'roles-with-wanted': `The account has a role “{wanted}” now
    The server did not know it a moment ago, so it may be new. Try again. The most similar roles:`,
  'roles-in-part': `The account has more roles than the server listed at once
    A role that is missing here can still exist. The most similar of {count of roles}:`,
  'roles-need-admin': `The roles could not be listed: the secret does not create ADMIN keys for {partner}
    The server looks up the role before it checks the secret, so it checked the secret only now.`,
  'is-user-secret': `This is the User Secret of {partner}
    It created a USER key but no ADMIN key, and only the User Secret does that. For an ADMIN key, enter the Administrator Secret, which is next to it in ${IN_KMC}.`,
  'is-no-secret': `{host} does not accept this as a secret of {partner}
    It also refused to create a USER key, which works with either secret of an account.`,
  'server-without-account': `{host} does not have {partner}
    It would say so if the account were only blocked.`,
  'account-blocked-at': `{server} has {partner}, but it is blocked
    It opens a public session for the account but refuses every call. No secret or password works until that changes:`,
  'account-in-several-regions': `More than one region has {partner}: {regions}
    These are different accounts. Compare the regions with the URL where you sign in to KMC.`,
  'account-in-no-region': `No region has {partner}
    Each region would say so if the account were only blocked.{unclear}`,
  'account-in-no-answering-region': `No region that answered has {partner}
    Each region would say so if the account were only blocked.{unclear}`,
  'account-found-in-region': `{Partner} is in {others}
    kaltura-ks asked all regions.{unclear}`,
  'account-in-other-region-only': `{Partner} is in {others}, not in {region}
    kaltura-ks asked all regions.{unclear}`,
  'account-perhaps-blocked': `{server} has {partner}, but it could not be checked whether it is blocked
    The region is correct, because only a server that has the account opens a public session for it.`,
  'account-not-blocked': `{server} has {partner}, and it is not blocked
    This contradicts the error a moment ago.`,
  'region-confirmed-login': `{server} has {partner}{region confirmed}
    The problem is probably the login itself.{unclear} The server gives the same answer for several problems.`,
  'region-confirmed-token': `{server} has {partner}{region confirmed}
    The problem is probably the app token. Only ADMIN keys can list app tokens.{unclear}`,
  'region-confirmed-secret': `{server} has {partner}{region confirmed}
    The problem is probably the secret.{unclear}`,
};
