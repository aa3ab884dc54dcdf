import { ConnectionError, type Http } from '../../source/kaltura/api/http.js';
import type { AppToken } from '../../source/kaltura/app-tokens/manage.js';
import { PRACTICE_CREDENTIALS as ACCOUNT } from '../../source/practice/practice-account.js';
import { createPracticeData } from '../../source/practice/practice-world.js';
import type { State } from '../../source/wizard/engine/state.js';
import { failing, networkOf, serverOf } from '../kaltura/api/many-servers.js';
import {
  act,
  answered,
  back,
  enter,
  failed,
  type Move,
  NOW,
  play,
  refusal,
  SECONDS,
  set,
  start,
  TO_REVIEW,
} from '../wizard/play.js';
import { adminKey, brokenNetwork, forbidden } from './sample-keys.js';
import { key, type Scene, scene, typed } from './scene.js';
import { kaltura, playWithAnswers } from './simulated-kaltura.js';

/** Screens of app tokens, of the search for a region, and of checks after a failure. */

const at = (state: State, ...moves: readonly Move[]): State => play(state, ...moves).state;

const TO_TOKENS: readonly Move[] = [act('next'), enter({ option: 'tokens' })];
const token = (change: Partial<AppToken> = {}): AppToken => ({
  id: '0_ab12cd34',
  description: 'nightly upload',
  type: 'USER',
  userId: 'upload-bot',
  privileges: 'list:*',
  duration: 3600,
  expiresAt: SECONDS + 30 * 86_400,
  hash: 'SHA256',
  status: 'active',
  createdAt: SECONDS - 86_400,
  ...change,
});
const LIST = [
  token(),
  token({ id: '0_admin001', description: 'reports', type: 'ADMIN', privileges: 'disableentitlement' }),
  token({ id: '0_over0001', description: 'trial of a vendor', expiresAt: SECONDS - 86_400 }),
  token({ id: '0_zero0001', description: '', duration: 0, privileges: '*', expiresAt: null }),
];
const listed = at(adminKey, ...TO_TOKENS, answered({ to: 'tokens', is: { list: LIST, cutAt: null } }));
const chosen = (id: string): State => at(listed, enter({ option: id }));
const deleting = (id: string): State => at(chosen(id), enter({ option: 'delete' }));
const atNew = at(listed, enter({ option: ' new' }));
const filled = at(atNew, set('description', 'nightly upload'), set('userId', 'upload-bot'));
const asAdmin = at(filled, set('type', 'ADMIN'));

const TOKENS: readonly Scene[] = [
  scene('tokens', await playWithAnswers(kaltura(), adminKey, ...TO_TOKENS)),
  scene('tokens, many kinds', listed),
  scene('tokens, help', listed, ...typed('?')),
  scene('tokens, empty', at(adminKey, ...TO_TOKENS, answered({ to: 'tokens', is: { list: [], cutAt: null } }))),
  scene('tokens, no answer', await playWithAnswers(brokenNetwork, adminKey, ...TO_TOKENS)),
  scene(
    'tokens, not allowed',
    at(adminKey, ...TO_TOKENS, ({ dispatch, state }) =>
      dispatch({ type: 'unanswered', attempt: state().waiting.attempt, cause: forbidden('appToken.list') }),
    ),
  ),
  scene(
    'tokens, deleted',
    await playWithAnswers(
      kaltura(),
      adminKey,
      ...TO_TOKENS,
      enter({ option: ACCOUNT.tokenId }),
      enter({ option: 'delete' }),
    ),
  ),
  scene('token', chosen('0_ab12cd34')),
  scene('token, admin', chosen('0_admin001')),
  scene('token, expired', chosen('0_over0001')),
  scene('token, keys expire immediately', chosen('0_zero0001')),
  scene(
    'token, not in the list',
    at(deleting('0_ab12cd34'), answered({ to: 'delete-token', is: { report: { outcome: 'absent' }, profiles: null } })),
  ),
  scene(
    'token, still there',
    at(
      deleting('0_ab12cd34'),
      answered({ to: 'delete-token', is: { report: { outcome: 'still-there', left: LIST }, profiles: null } }),
    ),
  ),
  scene(
    'token, deletion not verified',
    at(
      deleting('0_ab12cd34'),
      answered({
        to: 'delete-token',
        is: {
          report: {
            outcome: 'deleted-unproved',
            why: new ConnectionError('reset', 'api.eu.kaltura.com', 'ECONNRESET'),
          },
          profiles: null,
        },
      }),
    ),
  ),
  scene('new-token', atNew),
  scene('new-token, filled', filled),
  scene('new-token, type', filled, ...key('tab', 'tab')),
  scene(
    'new-token, problems',
    at(atNew, set('userId', ''), set('privileges', '*'), set('sessionLength', '0'), set('expires', '0')),
    ...key('tab', 'tab', 'tab', 'tab', 'tab', 'enter'),
  ),
  scene('new-token, admin', asAdmin, ...key('tab', 'tab', 'tab', 'tab', 'tab', 'tab')),
  scene(
    'new-token, admin not confirmed',
    asAdmin,
    ...key('tab', 'tab', 'tab', 'tab', 'tab', 'tab'),
    ...typed('yes'),
    ...key('enter'),
  ),
  scene('new-token, no answer', await playWithAnswers(brokenNetwork, filled, enter())),
  scene('created-token', await playWithAnswers(kaltura(), filled, enter())),
];

const atVendor = at(start(), ...TO_REVIEW.slice(0, 3), enter({ purpose: 'vendor' }));
const WITH_ADMIN_KEY: readonly Move[] = [
  enter({ region: 'eu' }),
  enter({ method: 'server' }),
  enter({ partnerId: String(ACCOUNT.partnerId), secret: ACCOUNT.adminSecret }),
  enter({ purpose: 'vendor' }),
  enter(),
];
const forVendor = await playWithAnswers(kaltura(), start(), ...WITH_ADMIN_KEY);

const VENDOR: readonly Scene[] = [
  scene('vendor', atVendor),
  scene('vendor, help', atVendor, ...typed('?')),
  scene('vendor, existing key', at(forVendor, back)),
  scene('vendor, refused', at(atVendor, enter(), failed(refusal('START_SESSION_ERROR')))),
  scene('needs-admin', at(atVendor, enter({ option: 'needs-admin' }))),
  scene('new-token, vendor', forVendor),
  scene('new-token, vendor access', forVendor, ...key('tab', 'tab', 'tab', 'down', 'down')),
  scene('new-token, vendor no answer', await playWithAnswers(brokenNetwork, forVendor, enter())),
  scene(
    'new-token, vendor not allowed',
    at(forVendor, enter(), ({ dispatch, state }) =>
      dispatch({ type: 'unanswered', attempt: state().waiting.attempt, cause: forbidden('appToken.add') }),
    ),
  ),
  scene('vendor-token', await playWithAnswers(kaltura(), start(), ...WITH_ADMIN_KEY, enter())),
];

/** A region of Kaltura with these accounts. */
const regionWith = (ids: readonly number[]): Http => serverOf(createPracticeData(ids), () => NOW);
const known = regionWith([ACCOUNT.partnerId]);
const unreachable = failing('timeout', 'ETIMEDOUT');
const atFind = at(start(), enter({ region: 'unknown' }));
const searched = (servers: Parameters<typeof networkOf>[0], partnerId = String(ACCOUNT.partnerId)): Promise<State> =>
  playWithAnswers(networkOf(servers).http, atFind, enter({ partnerId }));

const REGIONS: readonly Scene[] = [
  scene('find-region', atFind),
  scene('find-region, sub partner id', atFind, ...typed('234567800'), ...key('enter')),
  scene('find-region, help', atFind, ...key('function')),
  scene('regions, one', await searched({ eu: known })),
  scene('regions, several', await searched({ eu: known, ca: known })),
  scene('regions, none', await searched({})),
  scene(
    'regions, blocked',
    await searched({ eu: regionWith([ACCOUNT.blockedPartnerId]) }, String(ACCOUNT.blockedPartnerId)),
  ),
  scene('regions, some not reached', await searched({ eu: known, sg: unreachable, ap: unreachable })),
  scene(
    'regions, none reached',
    await playWithAnswers(failing('dns', 'ENOTFOUND'), atFind, enter({ partnerId: '102' })),
  ),
];

const OWN: readonly Move[] = [
  enter({ region: 'own' }),
  enter({ address: 'https://video.example.com' }),
  ...TO_REVIEW.slice(1),
];
const asked = at(start(), ...TO_REVIEW, enter());
const askedOwn = at(start(), ...OWN, enter());
const refused = at(asked, failed(refusal('START_SESSION_ERROR')));
const blocked = at(askedOwn, failed(refusal('SERVICE_FORBIDDEN_CONTENT_BLOCKED')));
const unconnected = at(asked, failed(new ConnectionError('dns', 'api.eu.kaltura.com', 'ENOTFOUND')));
const outOfDate = at(asked, failed(new ConnectionError('tls', 'api.eu.kaltura.com', 'CERT_HAS_EXPIRED')));
const unknownRole = at(
  start(),
  ...TO_REVIEW.slice(0, -1),
  enter({ task: 'write' }),
  enter({ privileges: 'setrole:EDITORS' }),
  enter(),
  failed(refusal('UNKNOWN_ROLE_ID')),
);
const probing = (state: State, kind: string): State => at(state, enter({ option: `probe:${kind}` }));

/** An ADMIN key that the server refuses because of the User Secret. */
const withUserSecret = await playWithAnswers(
  kaltura(),
  start(),
  enter({ region: 'eu' }),
  enter({ method: 'server' }),
  enter({ partnerId: String(ACCOUNT.partnerId), secret: ACCOUNT.userSecret }),
  ...TO_REVIEW.slice(3),
  enter(),
);
const withWrongSecret = await playWithAnswers(
  kaltura(),
  start(),
  enter({ region: 'eu' }),
  enter({ method: 'server' }),
  enter({ partnerId: String(ACCOUNT.partnerId), secret: '0'.repeat(32) }),
  ...TO_REVIEW.slice(3),
  enter(),
);

const PROBES: readonly Scene[] = [
  scene('probe, secret', probing(refused, 'user-secret')),
  scene('probe, region', probing(refused, 'region')),
  scene('probe, server', probing(blocked, 'server')),
  scene('probe, roles', probing(unknownRole, 'roles')),
  scene('probe, network', probing(unconnected, 'way-out')),
  scene('probe, clock', probing(outOfDate, 'clock')),
  scene('probe, help', probing(refused, 'user-secret'), ...typed('?')),
  scene('failure, not connected', unconnected),
  scene('failure, unknown role', unknownRole),
  scene('failure, user secret', await playWithAnswers(kaltura(), probing(withUserSecret, 'user-secret'), enter())),
  scene('failure, wrong secret', await playWithAnswers(kaltura(), probing(withWrongSecret, 'user-secret'), enter())),
  scene(
    'failure, in another region',
    await playWithAnswers(networkOf({ ca: known }).http, probing(withWrongSecret, 'region'), enter()),
  ),
  scene(
    'failure, in several regions',
    await playWithAnswers(networkOf({ eu: known, ca: known }).http, probing(withWrongSecret, 'region'), enter()),
  ),
  scene('failure, network blocked', await playWithAnswers(brokenNetwork, probing(unconnected, 'way-out'), enter())),
  scene('failure, check failed', await playWithAnswers(brokenNetwork, probing(refused, 'user-secret'), enter())),
];

export const ACCOUNT_SCENES: readonly Scene[] = [...TOKENS, ...VENDOR, ...REGIONS, ...PROBES];
