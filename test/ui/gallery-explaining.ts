import { SESSION_TYPE_NUMBERS, type SessionType } from '../../source/kaltura/ks/fields.js';
import { signKsV1 } from '../../source/kaltura/ks/v1.js';
import { signKsV2 } from '../../source/kaltura/ks/v2.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { KeyAnswer } from '../../source/kaltura/sessions/read-on-server.js';
import { PRACTICE_CREDENTIALS as ACCOUNT } from '../../source/practice/practice-account.js';
import { SecretSourceError } from '../../source/secrets/source-error.js';
import type { State } from '../../source/wizard/engine/state.js';
import vectors from '../fixtures/ks-vectors.json' with { type: 'json' };
import { act, answered, enter, type Move, play, SECONDS, sample, start, unanswered } from '../wizard/play.js';
import { adminKey, appTokenKey, brokenNetwork, userKey } from './sample-keys.js';
import { key, pasted, type Scene, scene, typed } from './scene.js';
import { kaltura, playWithAnswers } from './simulated-kaltura.js';

/** Screens that explain a pasted key, the current key or an error. */

const at = (state: State, ...moves: readonly Move[]): State => play(state, ...moves).state;

/** Returns a key that the real server’s code created, and its secret. */
function vector(id: string): { readonly ks: string; readonly secret: string } {
  const found = vectors.vectors.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no vector ${id}`);
  return found;
}

const PROFILES = [
  sample({ secretSource: { kind: 'keychain' } }),
  sample({ name: 'nightly', method: 'local', secretSource: { kind: 'file' } }),
];

const atPaste = at(start(), act('inspect'));
const explained = (text: string, from: State = atPaste): State => at(from, enter({ paste: text }));
const openedWith = (id: string, secret = vector(id).secret): State =>
  at(explained(vector(id).ks), enter({ option: 'open-key' }), enter({ openingSecret: secret }));

const signed = (type: SessionType, userId: string, privileges: string, expiresAt = SECONDS + 7200): string =>
  signKsV1(
    {
      partnerId: 102,
      userId,
      type: SESSION_TYPE_NUMBERS[type],
      privileges,
      expiresAt,
      masterPartnerId: null,
      additionalData: null,
    },
    new Secret(vector('v1-1').secret),
    '1700000000.5',
  );

const withServerAnswer = (is: KeyAnswer): State =>
  at(explained(vector('v2-2').ks), enter({ option: 'ask' }), enter({ region: 'eu' }), answered({ to: 'read-key', is }));

const withProfiles = explained(vector('v2-1').ks, at(start(PROFILES), act('inspect')));
const ofPractice = signKsV2(
  {
    partnerId: ACCOUNT.partnerId,
    userId: 'jane',
    type: 0,
    privileges: 'list:*',
    expiresAt: SECONDS + 3600,
    masterPartnerId: null,
    additionalData: null,
  },
  new Secret(ACCOUNT.adminSecret),
  new Uint8Array(16),
);
const SECOND = vector('v1-2').ks;

const atError = at(start(), act('explain-error'));
const error = (text: string, from: State = atError): State => at(from, enter({ error: text }));

export const EXPLAINING_SCENES: readonly Scene[] = [
  scene('paste', atPaste),
  scene('paste, help', atPaste, ...key('function')),
  scene('paste, nothing', atPaste, ...key('enter')),
  scene('paste, no key', atPaste, ...pasted('no key at all'), ...key('enter')),
  scene('explain, current key', at(adminKey, act('next'), enter({ option: 'explain' }))),
  scene('explain, current user key', at(userKey, act('next'), enter({ option: 'explain' }))),
  scene('explain, key of an app token', at(appTokenKey, act('next'), enter({ option: 'explain' }))),
  scene('explain, version one', explained(vector('v1-1').ks)),
  scene('explain, version one with privileges', explained(SECOND)),
  scene('explain, version one and dangerous', explained(vector('v1-3').ks)),
  scene('explain, version one with a wrong secret', openedWith('v1-2', vector('v2-1').secret)),
  scene('explain, for another account', openedWith('v1-5')),
  scene('explain, widget', explained(signed('USER', '0', 'widget:1,view:*'))),
  scene('explain, group', explained(signed('USER', 'jane', 'sessionid:nightly-jobs,list:*'))),
  scene('explain, expired', explained(signed('ADMIN', 'jane', 'disableentitlement', SECONDS - 172_800))),
  scene('explain, encrypted', explained(vector('v2-1').ks)),
  scene('explain, encrypted, help', explained(vector('v2-1').ks), ...typed('?')),
  scene('explain, decrypted', openedWith('v2-2')),
  scene('explain, decrypted with limits', openedWith('v2-5')),
  scene('explain, wrong secret', openedWith('v2-1', vector('v2-8').secret)),
  scene('explain, practice', explained(ofPractice)),
  scene('explain, with profiles', withProfiles),
  scene(
    'explain, keychain locked',
    at(
      withProfiles,
      enter({ option: 'open:production' }),
      unanswered(
        new SecretSourceError(
          'locked',
          'The keychain is locked.',
          'Unlock it (in Seahorse, KWalletManager or KeePassXC), or sign in to the desktop again, and try again.',
        ),
      ),
    ),
  ),
  scene(
    'explain, in a url',
    explained(`https://cdn.example.com/p/102/sp/10200/raw?ks=${encodeURIComponent(SECOND)} ${vector('v1-1').ks}`),
  ),
  scene(
    'explain, details from the server',
    withServerAnswer({
      answer: 'facts',
      facts: {
        partnerId: 2345678,
        userId: 'admin@example.com',
        type: 'ADMIN',
        privileges: 'all:*,disableentitlement',
        expiresAt: SECONDS + 7200,
      },
    }),
  ),
  scene('explain, server forbids reading', withServerAnswer({ answer: 'forbidden' })),
  scene('explain, server refuses the key', withServerAnswer({ answer: 'refused' })),
  scene('explain, server says revoked', withServerAnswer({ answer: 'ended', reason: 'LOGOUT' })),
  scene('explain, other addresses only', withServerAnswer({ answer: 'held-back', reason: 'EXCEEDED_RESTRICTED_IP' })),
  scene(
    'explain, no answer',
    await playWithAnswers(
      brokenNetwork,
      explained(vector('v2-2').ks),
      enter({ option: 'ask' }),
      enter({ region: 'eu' }),
    ),
  ),
  scene('explain, cut off', explained(vector('v2-2').ks.slice(0, 40))),
  scene('explain, shortened', explained('djJ8MjM0NTY3OHz…xQ9A')),
  scene('explain, a secret', explained(vector('v1-1').secret)),
  scene('open-key', at(explained(vector('v2-1').ks), enter({ option: 'open-key' }))),
  scene(
    'open-key, too short',
    at(explained(vector('v2-1').ks), enter({ option: 'open-key' })),
    ...pasted('b1946ac9'),
    ...key('enter'),
  ),
  scene('open-key, passphrase', at(withProfiles, enter({ option: 'open:nightly' })), ...key('enter')),
  scene('key-region', at(explained(vector('v2-1').ks), enter({ option: 'ask' }))),
  scene(
    'key-region, own',
    at(explained(vector('v2-1').ks), enter({ option: 'ask' })),
    ...key('end', 'enter'),
    ...typed('http://video.example.com'),
    ...key('enter'),
  ),
  scene('key-region, unknown', at(explained(vector('v2-1').ks), enter({ option: 'ask' })), ...key('end', 'up')),
  scene('check, encrypted key', at(explained(vector('v2-1').ks), enter({ option: 'check' }), enter({ region: 'eu' }))),
  scene('revoke, encrypted key', at(explained(vector('v2-1').ks), enter({ option: 'end' }), enter({ region: 'eu' }))),
  scene(
    'not found, pasted key',
    await playWithAnswers(kaltura(), explained(ofPractice), enter({ option: 'check' }), enter({ option: 'look-up' })),
  ),
  scene('error', atError),
  scene('error, help', atError, ...key('function')),
  scene('error, typed', atError, ...typed('CATEGORY_NOT_FOUND')),
  scene('error, no error', atError, ...pasted('no error at all'), ...key('enter')),
  scene('error, hidden', atError, ...pasted(`ks=${SECOND} {"code":"INVALID_KS"}`)),
  scene('error, a key', atError, ...pasted(SECOND)),
  scene('paste, an error', atPaste, ...pasted('CATEGORY_NOT_FOUND')),
  scene('explain-error, category', error('Category id "123" not found')),
  scene('explain-error, entry', error('Entry id "0_abc12345" not found', at(start(PROFILES), act('explain-error')))),
  scene('explain-error, invalid key', error(`ks=${SECOND} {"code":"INVALID_KS"} EXPIRED {"code":"USER_BLOCKED"}`)),
  scene('explain-error, wrong secret', error('Error while starting session for partner [2345678]')),
  scene('explain-error, unknown', error('CATEGORY_NOT_FUOND')),
  scene('explain-error, long', error('SERVICE_FORBIDDEN')),
  scene(
    'explain-error, with a key',
    error('SERVICE_FORBIDDEN', at({ ...adminKey, screen: 'region' }, act('explain-error'))),
  ),
];
