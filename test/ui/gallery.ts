import { Secret } from '../../source/kaltura/secret.js';
import type { EnvAccount } from '../../source/profiles/env-account.js';
import type { SecretSource } from '../../source/secrets/source.js';
import { initialState } from '../../source/wizard/engine/initial-state.js';
import type { State } from '../../source/wizard/engine/state.js';
import {
  ADMIN_SECRET,
  act,
  back,
  enter,
  failed,
  made,
  madeKey,
  mark,
  NOW,
  OWN_CHOICE,
  play,
  refusal,
  SECONDS,
  sample,
  set,
  start,
  TO_REVIEW,
  TOKEN,
} from '../wizard/play.js';
import { ACCOUNT_SCENES } from './gallery-account.js';
import { CHECKING_SCENES } from './gallery-checking.js';
import { EXPLAINING_SCENES } from './gallery-explaining.js';
import { USING_SCENES } from './gallery-using.js';
import { at, key, pasted, type Scene, scene, typed } from './scene.js';

export { key, look, pasted, type Scene, typed } from './scene.js';

const IN_EU = enter({ region: 'eu' });
const BY_SERVER = enter({ method: 'server' });
const PROFILES = [
  sample({ savedKey: madeKey({ expiresAt: SECONDS + 11_520 }) }),
  sample({ name: 'staging', region: 'us', partnerId: 102, type: 'USER' }),
  sample({ name: 'practice', region: 'practice', partnerId: 1234567, lastKeyEndedAt: SECONDS - 172_800 }),
];
const COMMAND: SecretSource = {
  kind: 'command',
  command: ['op', 'read', 'op://it/kaltura prod/secret'],
  usesShell: false,
  isConfirmed: false,
};
const LONG_COMMAND: SecretSource = {
  kind: 'command',
  command: [`pass show kaltura${' '.repeat(300)}| tee /tmp/copy; ${'true; '.repeat(80)}`],
  usesShell: true,
  isConfirmed: false,
};
const VARIABLE: SecretSource = { kind: 'variable', name: 'AWS_SECRET_ACCESS_KEY', isConfirmed: false };
const imported = (secretSource: SecretSource) => sample({ secretSource, type: 'USER' });
/** A practice token whose value is not filled in. */
const TOKEN_PROFILE = sample({
  name: 'practice',
  region: 'practice',
  partnerId: 1234567,
  method: 'app-token',
  tokenId: '0_fixadmin',
});
const MANY = Array.from({ length: 40 }, (_, index) =>
  sample({ name: `profile ${String(index).padStart(2, '0')}`, partnerId: 1000 + index }),
);

const atRegion = at();
const ENV_ACCOUNT: EnvAccount = {
  partnerId: '2345678',
  server: { region: 'eu', address: '' },
  secret: new Secret(ADMIN_SECRET),
  userId: 'jane',
  privileges: '',
  path: '.env',
  text: new Secret(''),
};
const withEnvFile = initialState(atRegion.setting, { profiles: [], troubles: [] }, NOW, ENV_ACCOUNT);
const reviewFromEnv = play(
  withEnvFile,
  enter(),
  OWN_CHOICE,
  enter({ holder: 'server' }),
  enter(),
  enter({ task: 'nothing' }),
).state;
const atAddress = at(enter({ region: 'own' }));
const atCredentials = at(IN_EU, BY_SERVER);
const atPurpose = at(...TO_REVIEW.slice(0, 3));
const atType = play(atPurpose, OWN_CHOICE).state;
const FROM_LINK = [
  enter({ purpose: 'play' }),
  enter({ recipe: 'play-entry' }),
  set('entry', 'https://kmc.kaltura.com/index.php/kmcng/content/entries/entry/0_abc12345/metadata'),
  set('player', '54321098'),
];
const useCaseReview = play(atPurpose, ...FROM_LINK, enter({ context: 'MyPortal' })).state;
const atUser = at(...TO_REVIEW.slice(0, 3), enter({ holder: 'server' }));
const atPrivileges = play(atUser, enter()).state;
const inGroup = play(atPrivileges, { type: 'group-id', id: '8c1f0d5e2b7a9364' }, enter({ task: 'nothing' })).state;
const atCatalogue = play(atPrivileges, enter({ task: 'choose' })).state;
const atReview = at(...TO_REVIEW);
const atDanger = at(...TO_REVIEW.slice(0, -1), enter({ task: 'see-all' }));
const LONG =
  'sview:0_abc12345/0_def67890/0_ghi24680,setrole:PLAYBACK_BASE_ROLE,actionslimit:100,iprestrict:10.0.0.7/10.0.0.8';
const working = play(atReview, enter()).state;
const LOGIN = [IN_EU, enter({ method: 'login' }), enter({ loginId: 'jane@example.com', password: 'Pass-word 1' })];
const loggingIn = at(...LOGIN, enter({ holder: 'me' }), enter(), enter(), enter());
const atResult = play(working, made()).state;
const askedUser = play(atPrivileges, enter({ task: 'nothing' }), enter()).state;
const saving = play(atResult, act('save')).state;

/** The screen that moves the secret out of its .env file. */
const moving = (isKeychainUsable: boolean): State =>
  play(reviewFromEnv, enter(), made(), act('move'), {
    type: 'secret-sources',
    sources: {
      describe: ({ kind }) => (kind === 'keychain' ? 'system keychain' : '/home/jane/.config/kaltura-ks/secrets'),
      isKeychainUsable,
    },
  }).state;

const REGION_AND_SIGN_IN: readonly Scene[] = [
  scene('region', atRegion),
  scene('region, .env in the folder', withEnvFile),
  scene('review, session group', inGroup),
  scene('review, answers from .env', reviewFromEnv),
  scene('region, help', atRegion, ...typed('?')),
  scene('region, help scrolled', atRegion, ...typed('?'), ...key('down', 'down', 'pagedown')),
  scene('address', atAddress),
  scene('address, refused', atAddress, ...typed('ftp://video.example.com'), ...key('enter')),
  scene('address, long', atAddress, ...typed(`https://${'a-long-name.'.repeat(12)}example.com/api_v3`)),
  scene('plain http', play(atAddress, enter({ address: 'http://video.example.com:8080' })).state),
  scene('sign-in', at(IN_EU)),
  scene(
    'sign-in, only on this computer',
    play(atAddress, enter({ address: 'http://10.0.0.7' }), enter({ option: 'local' })).state,
  ),
  scene('version', at(IN_EU, enter({ method: 'local' }))),
];

const ACCOUNT: readonly Scene[] = [
  scene('credentials', atCredentials),
  scene('credentials, practice', at(enter(), enter())),
  scene('credentials, sub partner id', atCredentials, ...typed('234567800'), ...key('enter')),
  scene(
    'credentials, secret too short',
    atCredentials,
    ...typed('102'),
    ...key('enter'),
    ...pasted('0123456789abcdef'),
    ...key('tab'),
  ),
  scene('credentials, secret shown', atCredentials, ...key('tab'), ...pasted(ADMIN_SECRET), ...key('ctrl+r')),
  scene(
    'credentials, line break in the secret',
    atCredentials,
    ...typed('102'),
    ...key('enter'),
    ...pasted('0123\n4567'),
    ...key('enter'),
  ),
  scene('credentials, nothing typed', atCredentials, ...key('enter')),
  scene('credentials, login', at(IN_EU, enter({ method: 'login' })), ...typed('jane'), ...key('tab')),
  scene('credentials, app token', at(IN_EU, enter({ method: 'app-token' }))),
  scene('purpose', atPurpose),
  scene('purpose, practice', at(enter(), enter(), enter())),
  scene('purpose, searched', atPurpose, ...typed('/'), ...typed('room')),
  scene('use cases', play(atPurpose, enter({ purpose: 'play' })).state),
  scene('use cases, editing', play(atPurpose, enter({ purpose: 'edit' })).state, ...key('down', 'down')),
  scene('values', play(atPurpose, enter({ purpose: 'play' }), enter({ recipe: 'play-entry' })).state, ...key('tab')),
  scene(
    'values, refused',
    play(atPurpose, enter({ purpose: 'events' }), enter({ recipe: 'meeting-attendee' })).state,
    ...typed('jane'),
    ...key('enter', 'enter', 'enter', 'enter', 'enter'),
  ),
  scene(
    'values, role',
    play(atPurpose, enter({ purpose: 'kaf' }), enter({ recipe: 'kaf-gallery' })).state,
    ...typed('jane'),
    ...key('enter'),
  ),
  scene('values, from a link', play(atPurpose, ...FROM_LINK).state),
  scene('review, use case', useCaseReview),
  scene('privileges, use case', play(useCaseReview, act('privileges')).state),
  scene('type', atType),
  scene('type, chosen', atType, ...key('down', 'down', 'enter')),
  scene('type, help', atType, ...typed('?')),
  scene('type, login', at(...LOGIN, OWN_CHOICE)),
  scene(
    'type, app token',
    at(
      IN_EU,
      enter({ method: 'app-token' }),
      enter({ partnerId: '102', tokenId: '0_ab12cd34', token: TOKEN }),
      OWN_CHOICE,
    ),
  ),
  scene('admin', at(...TO_REVIEW.slice(0, 4))),
  scene('admin, for a browser', play(atType, enter({ holder: 'browser', type: 'ADMIN' })).state),
  scene('user', atUser),
  scene('user, lifetimes', atUser, ...typed('zoë@example.com'), ...key('enter')),
  scene(
    'user, other lifetime',
    play(atUser, set('lifetime', 'other'), set('otherLifetime', '36h')).state,
    ...key('tab', 'tab'),
  ),
  scene(
    'user, lifetime refused',
    play(atUser, set('lifetime', 'other'), set('otherLifetime', '0')).state,
    ...key('tab', 'tab', 'enter'),
  ),
];

const PRIVILEGES: readonly Scene[] = [
  scene('privileges', atPrivileges),
  scene('privileges, admin', at(...TO_REVIEW.slice(0, -1))),
  scene('privileges, entries', play(atPrivileges, set('task', 'play')).state, ...key('enter'), ...typed('0_abc12345')),
  scene('privileges, no entries', play(atPrivileges, set('task', 'play')).state, ...key('enter', 'enter')),
  scene('catalogue', atCatalogue),
  scene('catalogue, ticked and scrolled', atCatalogue, ...key('end'), ...key('up'), ...typed(' ')),
  scene('catalogue, search', atCatalogue, ...typed('/entitl')),
  scene('catalogue, search without results', atCatalogue, ...typed('/zzz')),
  scene('value', play(atCatalogue, act('tick:sview')).state),
  scene('value, danger', play(atCatalogue, act('tick:edit'), set('privilegeValue', '*')).state),
  scene('value, role', play(atCatalogue, act('tick:setrole')).state),
  scene('write', play(atPrivileges, enter({ task: 'write' })).state),
  scene(
    'write, explained',
    play(atPrivileges, enter({ task: 'write' }), set('privileges', 'list:*,disableentitlement,myapp:1')).state,
  ),
  scene('write, refused', play(atPrivileges, enter({ task: 'write' })).state, ...typed('list:*,'), ...key('enter')),
];

const REVIEW_AND_RESULT: readonly Scene[] = [
  scene('review', atReview),
  scene('review, practice', at(enter(), enter(), enter(), enter())),
  scene('review, danger', atDanger),
  scene('review, wrong word', atDanger, ...typed('yes'), ...key('enter')),
  scene('review, long privileges', play(atPrivileges, enter({ task: 'write' }), enter({ privileges: LONG })).state),
  scene('review, login', at(...LOGIN, enter({ holder: 'me' }), enter(), enter())),
  scene('review, incomplete', play(atReview, act('credentials'), set('secret', new Secret('')), back).state),
  scene('review, what is sent', atReview, ...typed('?')),
  scene('working', working),
  scene(
    'working, progress',
    play(working, { type: 'stage', attempt: working.waiting.attempt, text: 'Creating the key…' }).state,
  ),
  scene('code', play(loggingIn, failed(refusal('MISSING_OTP'))).state, ...typed('123 4')),
  scene('code, refused', play(loggingIn, failed(refusal('INVALID_OTP'))).state),
  scene('failure', play(working, failed(refusal('START_SESSION_ERROR'))).state),
  scene('failure, login', play(loggingIn, failed(refusal('USER_WRONG_PASSWORD'))).state),
  scene(
    'answer',
    play(
      working,
      failed(refusal('START_SESSION_ERROR', 'START_SESSION_ERROR\nError while starting session for partner [2345678]')),
      enter({ option: 'answer' }),
    ).state,
  ),
  scene('result', atResult),
  scene('result, stronger than requested', play(askedUser, made(madeKey({ expiresAt: SECONDS + 3600 }))).state),
  scene('result, not confirmed', play(working, made(madeKey({}, { confirmedBy: null }))).state),
  scene('result, copied', play(atResult, { type: 'copied', report: { how: 'terminal', through: null } }).state),
  scene(
    'result, not copied',
    play(atResult, { type: 'copied', report: { how: 'nothing', why: 'no clipboard program works (tried wl-copy)' } })
      .state,
  ),
  scene('save', saving),
  scene('save, keep the key', saving, ...key('enter')),
  scene('save, name taken', play({ ...saving, profiles: [sample({ name: 'eu-2345678' })] }).state, ...key('enter')),
  scene(
    'save, failed',
    play(saving, {
      type: 'profiles-failed',
      reason:
        'The profile can’t be saved: the disk is full (/home/jane/.config/kaltura-ks/profiles/eu-2345678.json). Free some space, and try again.',
      profiles: [],
    }).state,
  ),
  scene('quit', play(atRegion, back).state),
  scene('quit, answers typed', play(atCredentials, set('partnerId', '102'), back, back, back).state),
  scene('quit, a key was created', play(atResult, back).state),
  scene('move secret, keychain', moving(true)),
  scene('move secret, keychain, choosing', moving(true), ...key('tab', 'tab', 'tab')),
  scene('move secret, encrypted file', moving(false)),
  scene('move secret, encrypted file, passphrase', moving(false), ...key('tab', 'tab', 'tab')),
  scene('move secret, help', moving(true), ...key('function')),
];

const SAVED: readonly Scene[] = [
  scene('home', start(PROFILES)),
  scene(
    'home, use cases',
    start([
      sample({ name: 'course-pages', recipe: { id: 'play-entry', values: {} } }),
      sample({
        name: 'practice-1234567',
        region: 'practice',
        partnerId: 1234567,
        recipe: { id: 'kaf-gallery', values: {} },
      }),
    ]),
  ),
  scene('home, many', start(MANY), ...key('down', 'pagedown', 'down')),
  scene('home, search', start(MANY), ...typed('/1')),
  scene('home, search without results', start(MANY), ...typed('/nowhere')),
  scene('home, problems', {
    ...start(PROFILES),
    troubles: [
      {
        kind: 'damaged',
        file: '/home/jane/.config/kaltura-ks/profiles/old.json',
        movedTo: '/home/jane/.config/kaltura-ks/profiles/damaged/old.2026-11-24T152000.000Z.json',
        stays: null,
        why: 'The file isn’t valid JSON, or is incomplete.',
      },
      { kind: 'exposed', places: ['/home/jane/.config/kaltura-ks/profiles'], isClosed: true },
    ],
  }),
  scene('saved key', play(start(PROFILES), enter()).state),
  scene('home, imported command', start([imported(COMMAND)])),
  scene('review, imported command', play(start([imported(COMMAND)]), act('edit')).state),
  scene('confirm a command', play(start([imported(COMMAND)]), enter()).state),
  scene('confirm a long command', play(start([imported(LONG_COMMAND)]), enter()).state),
  scene('confirm a variable', play(start([imported(VARIABLE)]), enter()).state, ...key('down', 'down')),
  scene('result, saved key', play(start(PROFILES), enter(), enter()).state),
  scene('quick', play(start(PROFILES), mark('staging'), enter()).state),
  scene('quick, practice token', play(start([TOKEN_PROFILE]), enter()).state, ...key('enter')),
  scene('rename', play(start(PROFILES), act('rename')).state),
  scene('rename, taken', play(start(PROFILES), act('rename'), set('newName', 'staging')).state, ...key('enter')),
  scene('remove', play(start(PROFILES), act('remove')).state),
];

export const GALLERY: readonly Scene[] = [
  ...REGION_AND_SIGN_IN,
  ...ACCOUNT,
  ...PRIVILEGES,
  ...REVIEW_AND_RESULT,
  ...SAVED,
  ...CHECKING_SCENES,
  ...USING_SCENES,
  ...EXPLAINING_SCENES,
  ...ACCOUNT_SCENES,
];
