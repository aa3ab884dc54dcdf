import { ConnectionError } from '../../source/kaltura/api/http.js';
import type { RevokeReport } from '../../source/kaltura/sessions/end.js';
import { PRACTICE_CREDENTIALS as ACCOUNT } from '../../source/practice/practice-account.js';
import { createPracticeData } from '../../source/practice/practice-world.js';
import type { EnvFileState } from '../../source/profiles/env-file.js';
import type { State } from '../../source/wizard/engine/state.js';
import { act, answered, enter, type Move, play, SECONDS, start } from '../wizard/play.js';
import {
  adminKey,
  afterRevoke,
  appTokenKey,
  brokenNetwork,
  createUserKey,
  forbidden,
  userKey,
  withFacts,
} from './sample-keys.js';
import { key, type Scene, scene, typed } from './scene.js';
import { kaltura, playWithAnswers } from './simulated-kaltura.js';

/** Screens that use or revoke the current key. */

const at = (state: State, ...moves: readonly Move[]): State => play(state, ...moves).state;

const USE: readonly Move[] = [act('use')];
const file = (change: Partial<EnvFileState> = {}): EnvFileState => ({
  path: '/home/jane/site/.env',
  target: '/home/jane/site/.env',
  isLink: false,
  leadsAway: false,
  exists: false,
  isOpenToOthers: false,
  hasKey: false,
  git: 'ignored',
  problem: null,
  ...change,
});
const TO_FILE: readonly Move[] = [...USE, enter({ option: 'env-file' })];
const withFileState = (change: Partial<EnvFileState> = {}): State =>
  at(adminKey, ...TO_FILE, enter(), answered({ to: 'env-file', is: file(change) }));
const WRITTEN = { path: '/home/jane/site/.env', target: '/home/jane/site/.env' };

const USING: readonly Scene[] = [
  ...['curl', 'php', 'python', 'node', 'java', 'csharp', 'powershell', 'testme', 'env-file'].map((name, index) =>
    scene(`use, ${name}`, at(adminKey, ...USE), ...Array.from({ length: index }, () => key('down')).flat()),
  ),
  scene('use, user', at(userKey, ...USE)),
  scene('use, help', at(adminKey, ...USE), ...typed('?')),
  scene('env-file', at(adminKey, ...TO_FILE)),
  scene('env-file, new', withFileState()),
  scene('env-file, existing key', withFileState({ exists: true, hasKey: true, isOpenToOthers: true, isLink: true })),
  scene('env-file, would be committed', withFileState({ git: 'would-be-committed' })),
  scene('env-file, tracked', withFileState({ exists: true, git: 'tracked' })),
  scene('env-file, git unknown', withFileState({ git: 'unknown' })),
  scene('env-file, problem', withFileState({ problem: 'its folder does not exist; create it, or use another path' })),
  scene(
    'env-file, not written',
    at(
      withFileState(),
      enter(),
      answered({
        to: 'write-env-file',
        is: { ok: false, path: WRITTEN.path, why: 'the disk is full' },
      }),
    ),
  ),
  scene(
    'use, written',
    at(
      withFileState(),
      enter(),
      answered({
        to: 'write-env-file',
        is: { ok: true, ...WRITTEN, outcome: 'created', access: 'private', idleLines: 0 },
      }),
    ),
  ),
];

/** The next step of a key that was created for a use case. */
const nextStepOf = async (purpose: string, recipe: string, values: readonly Move[], version = '2'): Promise<State> =>
  playWithAnswers(
    kaltura(),
    start(),
    enter({ region: 'eu' }),
    enter({ method: 'local' }),
    enter({ ksVersion: version }),
    enter({ partnerId: String(ACCOUNT.partnerId), secret: ACCOUNT.adminSecret }),
    enter({ purpose }),
    enter({ recipe }),
    ...values,
    enter(),
    act('use'),
  );
const DOWNLOAD: readonly Move[] = [enter({ entry: '0_abc12345' })];

const NEXT_STEPS: readonly Scene[] = [
  scene('next step, link', await nextStepOf('play', 'download-url', DOWNLOAD)),
  scene('next step, link, help', await nextStepOf('play', 'download-url', DOWNLOAD), ...typed('?')),
  scene('next step, version one', await nextStepOf('play', 'download-url', DOWNLOAD, '1')),
  scene(
    'next step, page',
    await nextStepOf('play', 'play-entry', [enter({ entry: '0_abc12345', player: '54321098' })]),
  ),
  scene('next step, command', await nextStepOf('edit', 'upload-only', [enter({ userId: 'jane' })])),
  scene(
    'next step, word',
    await nextStepOf('kaf', 'kmc-login', [enter({ userId: 'jane@example.com' }), enter({ option: 'ADMIN' })]),
  ),
];

const REVOKE: readonly Move[] = [act('next'), enter({ option: 'end' })];
const REVOKE_NOW: readonly Move[] = [...REVOKE, enter({ option: 'end' })];
const withReport = (report: RevokeReport): State =>
  at(adminKey, ...REVOKE_NOW, answered({ to: 'end', is: { report, profiles: null } }));
const ofWidget = withFacts(userKey, { userId: '', privileges: 'widget:1,view:*' });

const REVOKING: readonly Scene[] = [
  scene('revoke', at(adminKey, ...REVOKE)),
  scene('revoke, help', at(adminKey, ...REVOKE), ...typed('?')),
  scene('revoke, group', at(await createUserKey('sessionid:nightly-jobs'), ...REVOKE)),
  scene('revoke, app token', at(appTokenKey, ...REVOKE)),
  scene('revoke, unknown privileges', at(withFacts(userKey, { privileges: null }), ...REVOKE)),
  scene('revoke, limited key', at(await createUserKey('iprestrict:10.0.0.7,actionslimit:3'), ...REVOKE)),
  scene('revoke, widget', at(ofWidget, ...REVOKE)),
  scene('revoke, not allowed', at(await createUserKey('urirestrict:/p/*,sessionid:nightly-jobs'), ...REVOKE)),
  scene('menu, expired key', at(withFacts(userKey, { expiresAt: SECONDS - 60 }), act('next'))),
  scene('revoke, done', await playWithAnswers(kaltura(), adminKey, ...REVOKE_NOW)),
  scene('revoke, already revoked', withReport({ outcome: 'already-ended', reason: 'LOGOUT' })),
  scene('revoke, already expired', withReport({ outcome: 'already-ended', reason: 'EXPIRED' })),
  scene('revoke, still works', withReport({ outcome: 'still-works' })),
  scene(
    'revoke, not verified',
    withReport({ outcome: 'ended-unproved', why: new ConnectionError('reset', 'api.eu.kaltura.com', 'ECONNRESET') }),
  ),
  scene('revoke, refused', withReport({ outcome: 'refused', error: forbidden('session.end') })),
  scene('revoke, unreadable', await playWithAnswers(kaltura(createPracticeData([])), adminKey, ...REVOKE_NOW)),
  scene('revoke, no answer', await playWithAnswers(brokenNetwork, adminKey, ...REVOKE_NOW)),
  scene('result, revoked', await afterRevoke(adminKey)),
];

export const USING_SCENES: readonly Scene[] = [...USING, ...NEXT_STEPS, ...REVOKING];
