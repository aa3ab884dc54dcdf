/** Actions and services that the practice server does not have: it is for making keys and trying them. */
const OTHER_ACTIONS = [
  'adminUser/login',
  'baseEntry/addFromUploadedFile',
  'baseEntry/flag',
  'baseEntry/getContextData',
  'baseEntry/getPlaybackContext',
  'baseEntry/update',
  'category/add',
  'media/add',
  'media/addContent',
  'media/addFromUploadedFile',
  'media/update',
  'partner/count',
  'partner/get',
  'partner/getPublicInfo',
  'partner/list',
  'partner/listFeatureStatus',
  'partner/listPartnersForUser',
  'permission/getCurrentPermissions',
  'permission/list',
  'session/impersonate',
  'session/impersonateByKs',
  'user/get',
  'user/login',
  'user/loginByKs',
];

const OTHER_SERVICES = [
  'accessControlProfile',
  'annotation_annotation',
  'caption_captionAsset',
  'cuePoint_cuePoint',
  'elasticsearch_eSearch',
  'playlist',
  'stats',
  'uploadToken',
];

export function isOfOtherAction(path: string): boolean {
  const [, service, action] = /\/service\/(\w+)\/action\/(\w+)/.exec(path) ?? [];
  return OTHER_SERVICES.includes(service ?? '') || OTHER_ACTIONS.includes(`${service}/${action}`);
}

/** Recordings of the actions that the server has, which it answers differently, by reason. */
const LEFT_OUT_BY_REASON: Readonly<Record<string, readonly string[]>> = {
  'odd web-server feature: a multipart body': ['012-start-multipart'],
  'this project refuses to sign a ; in version 1, which shifts the later fields': [
    '128-start-v1-priv-semicolon-special',
  ],
  "odd web-server feature: a response in PHP's serialized form": [
    '149-get-self-php-format3',
    '342-format-3-error',
    '2506-p102-system.getTime-php',
  ],
  'odd web-server feature: a response wrapped in a callback': ['340-format-9-GET-callback-error'],
  'the real server had no search engine beside it, which the list needs': ['355-category-list-no-sphinx'],
  'ran with the error map switched off, so that failed logins differ': [
    '402-nomap-login-unknown-user',
    '404-nomap-login-locked-right-pass',
    '405-nomap-login-kuser-blocked',
    '406-nomap-login-wrong-partner103',
    '407-nomap-login-unknown-partner',
    '408-nomap-login-blocked-partner104',
    '416-nomap-login-ks-other-partner',
    '420-nomap-login-retry-4',
  ],
  'depends on an exchange that was not kept: the response with the value of the app token': [
    '2361-p102-appToken.startSession-type0',
    '2364-p102-appToken.startSession-type0-with-expiry-3600',
    '2367-p102-appToken.startSession-type0-with-expiry-0',
    '2370-p102-appToken.delete-type0',
    '2408-p102-appToken.startSession-durationEmpty',
    '2411-p102-appToken.startSession-durationEmpty-with-expiry-3600',
    '2414-p102-appToken.startSession-durationEmpty-with-expiry-0',
    '2419-p102-appToken.startSession-expiryEmpty',
    '2425-p102-appToken.startSession-expiryEmpty-with-expiry-0',
    '2430-p102-appToken.startSession-durationNeg',
    '2433-p102-appToken.startSession-durationNeg-with-expiry-3600',
    '2436-p102-appToken.startSession-durationNeg-with-expiry-0',
    '2439-p102-appToken.delete-durationNeg',
    '2444-p102-appToken.startSession-expiryNeg-with-expiry-3600',
    '2447-p102-appToken.startSession-expiryNeg-with-expiry-0',
    '2450-p102-appToken.delete-expiryNeg',
  ],
  'needs several accounts, which the practice server does not have yet: parents, children, one login in many accounts':
    [
      '2689-p120-loginByKs-121-to-120-then-session.get',
      '2691-p120-loginByKs-121-to-126-then-session.get',
      '2748-p120-impersonate-ADMIN-then-session.get',
      '2749-p120-impersonate-ADMIN-then-partner.getInfo',
      '2751-p120-impersonate-ADMIN-then-session.end',
      '2752-p120-impersonate-ADMIN-then-ended',
      '2754-p120-impersonate-USER-then-baseEntry.count',
      '2759-p120-impersonate-ADMIN-privileges-then-session.get',
      '2761-p120-impersonate-ADMIN-setrole-PLAYBACK-then-getInfo',
      '2773-p120-impersonate-child-v1-then-session.get',
      '2775-p120-impersonate-child-hides-secrets-then-getInfo',
      '2777-p120-impersonate-child-read-only-then-getInfo',
      '2827-p120-loginByKs-refusals-password-expired-by-password',
    ],
  'the status of the token was set in the database, because no action sets it': [
    '2998-p131-token-startSession-disabled',
    '2999-p131-token-startSession-disabled-get',
    '3000-p131-token-startSession-disabled-list',
  ],
  'depends on an action that the practice server does not have: it added or changed the entries': [
    '3694-p140-upload-USER-baseEntry.list',
    '3731-p140-upload-PLAYBACK_BASE_ROLE-baseEntry.list',
    '3745-p140-upload-USER-no-user-baseEntry.list',
    '4104-p140-widget-cache-first-key-works',
    '4216-p140-widget-cache-after-62-s-nocache-key-used',
  ],
  'the server read the request in the second before the date of its response': ['4219-p131-token-pause-json-pause'],
  'took the fast path of session.start, which checks less and formats XML differently': [
    '326-start-query-and-body',
    '370-warm-admin-xml',
    '371-warm-admin-noformat',
    '372-warm-admin-php-format3',
    '389-warm-expiry-abc',
    '395-warm-expiry-999999999',
    '397-warm-expiry-99999-partner105-max3600',
    '399-warm-setrole-unknown',
    '4192-p138-start-setrole-plain-ok',
    '4195-p138-start-setrole-plain-unknown-setrole-right-secret',
    '4199-p138-start-setrole-plain-setrole-bare-right-secret',
    '4202-p138-start-setrole-plain-expiry-864000',
    '4204-p138-start-setrole-plain-expiry-text',
    '4205-p138-start-setrole-plain-ks-unreadable-beside',
    '4206-p138-start-setrole-plain-ks-expired-beside',
  ],
  'a stored response, whose key had expired': ['4213-p140-widget-cache-after-62-s'],
};

/** The names of these recordings. */
export const LEFT_OUT: ReadonlySet<string> = new Set(Object.values(LEFT_OUT_BY_REASON).flat());
