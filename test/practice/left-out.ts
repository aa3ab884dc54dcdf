/** Actions that the practice server does not have: it is a stage for making keys and trying them, no more. */
const OTHER_ACTIONS = [
  'adminUser/login',
  'category/add',
  'partner/get',
  'partner/getPublicInfo',
  'partner/listFeatureStatus',
  'permission/getCurrentPermissions',
  'permission/list',
  'session/impersonate',
  'session/impersonateByKs',
  'user/get',
  'user/login',
];

export function isOfOtherAction(path: string): boolean {
  const [, service, action] = /\/service\/(\w+)\/action\/(\w+)/.exec(path) ?? [];
  return OTHER_ACTIONS.includes(`${service}/${action}`);
}

const TOKEN_NOT_KEPT = 'hangs on an earlier exchange: the answer that gave the app token was not kept';
const ERROR_MAP_OFF = 'ran with the error map off, under which failed logins are told apart';
const MULTIREQUEST = 'odd web-server feature: several actions in one request';
const PHP_FORMAT = 'odd web-server feature: an answer in the serialised form of PHP';

/** Recordings of the actions that the server has, which it answers differently, and why. */
export const LEFT_OUT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '012-start-multipart': 'odd web-server feature: a multipart body',
    '128-start-v1-priv-semicolon-special':
      'this project refuses to sign a ; in version 1, which shifts the later fields',
    '149-get-self-php-format3': PHP_FORMAT,
    '340-format-9-GET-callback-error': 'odd web-server feature: an answer wrapped in a callback',
    '342-format-3-error': PHP_FORMAT,
    '355-category-list-no-sphinx': 'the real server had no search engine beside it, which that list needs',
    '402-nomap-login-unknown-user': ERROR_MAP_OFF,
    '404-nomap-login-locked-right-pass': ERROR_MAP_OFF,
    '405-nomap-login-kuser-blocked': ERROR_MAP_OFF,
    '406-nomap-login-wrong-partner103': ERROR_MAP_OFF,
    '407-nomap-login-unknown-partner': ERROR_MAP_OFF,
    '408-nomap-login-blocked-partner104': ERROR_MAP_OFF,
    '416-nomap-login-ks-other-partner': ERROR_MAP_OFF,
    '420-nomap-login-retry-4': ERROR_MAP_OFF,
    '437-multirequest-first-fails': MULTIREQUEST,
    '438-multirequest-first-fails-xml': MULTIREQUEST,
    '439-multirequest-login': MULTIREQUEST,
    '2361-p102-appToken.startSession-type0': TOKEN_NOT_KEPT,
    '2364-p102-appToken.startSession-type0-with-expiry-3600': TOKEN_NOT_KEPT,
    '2367-p102-appToken.startSession-type0-with-expiry-0': TOKEN_NOT_KEPT,
    '2370-p102-appToken.delete-type0': TOKEN_NOT_KEPT,
    '2408-p102-appToken.startSession-durationEmpty': TOKEN_NOT_KEPT,
    '2411-p102-appToken.startSession-durationEmpty-with-expiry-3600': TOKEN_NOT_KEPT,
    '2414-p102-appToken.startSession-durationEmpty-with-expiry-0': TOKEN_NOT_KEPT,
    '2419-p102-appToken.startSession-expiryEmpty': TOKEN_NOT_KEPT,
    '2425-p102-appToken.startSession-expiryEmpty-with-expiry-0': TOKEN_NOT_KEPT,
    '2430-p102-appToken.startSession-durationNeg': TOKEN_NOT_KEPT,
    '2433-p102-appToken.startSession-durationNeg-with-expiry-3600': TOKEN_NOT_KEPT,
    '2436-p102-appToken.startSession-durationNeg-with-expiry-0': TOKEN_NOT_KEPT,
    '2439-p102-appToken.delete-durationNeg': TOKEN_NOT_KEPT,
    '2444-p102-appToken.startSession-expiryNeg-with-expiry-3600': TOKEN_NOT_KEPT,
    '2447-p102-appToken.startSession-expiryNeg-with-expiry-0': TOKEN_NOT_KEPT,
    '2450-p102-appToken.delete-expiryNeg': TOKEN_NOT_KEPT,
    '2506-p102-system.getTime-php': PHP_FORMAT,
  }),
);
