import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AppToken } from '../../source/kaltura/app-tokens/manage.js';
import type { Finding } from '../../source/kaltura/diagnosis/probe.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { CheckReport } from '../../source/kaltura/sessions/check.js';
import { refusalOf } from '../../source/kaltura/sessions/check.js';
import type { EnvFileState } from '../../source/profiles/env-file.js';
import type { WizardEvent } from '../../source/wizard/engine/event.js';
import type { Answer } from '../../source/wizard/engine/question.js';
import { viewOf } from '../../source/wizard/engine/screens.js';
import type { State } from '../../source/wizard/engine/state.js';
import { update } from '../../source/wizard/engine/update.js';
import type { Control, View } from '../../source/wizard/engine/view.js';
import vectors from '../fixtures/ks-vectors.json' with { type: 'json' };
import { runs } from '../sizes.js';
import {
  act,
  answered,
  back,
  CONNECTION_RESET,
  comparableForm,
  enter,
  FACTS,
  failed,
  made,
  madeKey,
  NOW,
  OWN_CHOICE,
  play,
  refusal,
  sample,
  set,
  start,
  TO_REVIEW,
  withKey,
} from './play.js';

/** Properties of every path through the wizard. Random events find the paths. */

/** Texts for any field: valid, invalid and hostile ones. */
const TYPED = [
  '',
  '102',
  '234567800',
  '0123456789abcdef0123456789abcdef',
  'jane@example.com',
  '0_ab12cd34',
  'video.example.com',
  'http://10.0.0.7:8080/api_v3',
  '90m',
  '-1',
  'list:*,disableentitlement',
  'list:*,,',
  'a;b',
  'admin',
  ' é👍\n',
  '__proto__',
];

/** A random event. Its number selects the control, option or action on the current screen. */
type RandomEvent = { readonly kind: 'set' | 'submit' | 'back' | 'act' | 'answer' | 'late'; readonly n: number };

const randomEvents = fc.array(
  fc.record({
    kind: fc.constantFrom<RandomEvent['kind'][]>(
      'set',
      'set',
      'set',
      'submit',
      'submit',
      'submit',
      'back',
      'act',
      'answer',
      'late',
    ),
    n: fc.nat(10_000),
  }),
  { maxLength: 60 },
);

const pickOf = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];

function changeOf(control: Control, n: number): WizardEvent | undefined {
  if (control.kind === 'checklist') {
    const item = pickOf(control.items, n);
    return item && { type: 'act', action: `tick:${item.value}` };
  }
  const value = control.kind === 'choice' ? pickOf(control.options, n)?.value : pickOf(TYPED, n);
  if (value === undefined) return undefined;
  const isSecret = control.kind === 'text' && control.value instanceof Secret;
  return { type: 'set', control: control.id, value: isSecret ? new Secret(value) : value };
}

const hasProblem = (view: View): boolean =>
  view.controls.some((control) => control.kind === 'text' && control.problem != null);

function eventOf(state: State, { kind, n }: RandomEvent): WizardEvent | undefined {
  const view = viewOf(state);
  switch (kind) {
    case 'set': {
      const control = pickOf(view.controls, n);
      return control && changeOf(control, Math.floor(n / 7));
    }
    // The screen doesn't submit a field with a problem.
    case 'submit':
      return hasProblem(view) ? undefined : { type: 'submit' };
    case 'back':
      return back;
    case 'act': {
      const action = pickOf(view.actions ?? [], n);
      return action && { type: 'act', action: action.id };
    }
    case 'answer': {
      const {
        waiting: { attempt },
      } = state;
      if (state.screen === 'asking') return answerFor(state, n);
      const code = pickOf(['MISSING_OTP', 'INVALID_OTP', 'START_SESSION_ERROR', 'constructor'], n) ?? '';
      return n % 2 === 0
        ? { type: 'made', attempt, key: madeKey() }
        : { type: 'failed', attempt, failure: refusal(code) };
    }
    case 'late':
      return { type: 'made', attempt: state.waiting.attempt - 1 - (n % 3), key: madeKey() };
  }
}

/** An answer to the running question, or a failure. */
function answerFor({ waiting: { attempt, lastQuestion: asked } }: State, n: number): WizardEvent | undefined {
  if (asked === null) return undefined;
  const answers = ANSWERS.filter(({ to }) => to === asked.question.ask);
  const answer = n % 4 === 0 ? undefined : pickOf(answers, Math.floor(n / 4));
  const cause = pickOf(
    [CONNECTION_RESET, refusal('SERVICE_FORBIDDEN'), refusal('INVALID_KS'), new Error('unexpected')],
    n,
  );
  return answer === undefined ? { type: 'unanswered', attempt, cause } : { type: 'answered', attempt, answer };
}

/** All states after these random events. Answers come only while a request is running. */
function statesOf(first: State, moves: readonly RandomEvent[]): State[] {
  const states = [first];
  for (const random of moves) {
    const state = states.at(-1) as State;
    if (random.kind === 'answer' && state.screen !== 'working' && state.screen !== 'asking') continue;
    const event = eventOf(state, random);
    if (event !== undefined) states.push(update(state, event, NOW).state);
  }
  return states;
}

const PROFILES = [
  sample({ savedKey: madeKey() }),
  sample({ name: 'staging', method: 'login', loginId: 'jane@example.com', partnerId: null }),
  sample({ name: 'lab', region: 'own', serviceUrl: 'http://10.0.0.7', privileges: 'disableentitlement' }),
];

/** Possible answers: several for each question. */
const REPORT: CheckReport = {
  serviceUrl: 'https://api.eu.kaltura.com',
  verdict: 'works',
  serverFacts: FACTS,
  knownFacts: FACTS,
  differences: [],
  forbidden: [],
  refusal: null,
  entries: { total: 2, reach: 'everyone' },
  clockDifference: 300,
};
const APP_TOKEN: AppToken = {
  id: '0_ab12cd34',
  description: 'nightly upload',
  type: 'USER',
  userId: 'upload-bot',
  privileges: 'list:*',
  duration: 3600,
  expiresAt: null,
  hash: 'SHA256',
  status: 'active',
  createdAt: null,
};
const FILE: EnvFileState = {
  path: '/home/jane/.env',
  target: '/home/jane/.env',
  isLink: false,
  leadsAway: false,
  exists: true,
  isOpenToOthers: true,
  hasKey: true,
  git: 'tracked',
  problem: null,
};
const REFUSED = refusalOf(refusal('INVALID_KS'));
const FINDING: Finding = {
  code: 'is-user-secret',
  topic: 'is-user-secret',
  values: { partnerId: 2345678 },
  detail: null,
  causes: [],
  fixes: [{ action: 'use-admin-secret' }],
  serverAnswer: null,
  isAnswerHelpful: false,
  isSure: true,
  settles: false,
};
const ANSWERS: readonly Answer[] = [
  { to: 'check', is: REPORT },
  {
    to: 'check',
    is: { ...REPORT, verdict: 'refused', serverFacts: null, refusal: REFUSED, entries: null, clockDifference: null },
  },
  { to: 'check', is: { ...REPORT, verdict: 'genuine', serverFacts: null, forbidden: ['session.get'], entries: null } },
  { to: 'look-up', is: { found: false } },
  { to: 'look-up', is: { found: true, name: 'A talk' } },
  { to: 'find-hidden', is: { verdict: 'hidden-by-entitlement', name: 'A talk', isRevoked: true } },
  { to: 'find-hidden', is: { verdict: 'not-there-either', name: null, isRevoked: false } },
  { to: 'find-hidden', is: { verdict: 'unknown', name: null, isRevoked: true } },
  { to: 'enforcement', is: true },
  { to: 'enforcement', is: false },
  { to: 'enforcement', is: null },
  { to: 'read-key', is: { answer: 'facts', facts: FACTS } },
  { to: 'read-key', is: { answer: 'forbidden' } },
  { to: 'read-key', is: { answer: 'refused' } },
  { to: 'read-key', is: { answer: 'ended', reason: 'LOGOUT' } },
  { to: 'end', is: { report: { outcome: 'ended' }, profiles: [] } },
  { to: 'end', is: { report: { outcome: 'still-works' }, profiles: null } },
  { to: 'end', is: { report: { outcome: 'refused', error: refusal('INVALID_KS') }, profiles: null } },
  {
    to: 'tokens',
    is: {
      list: [APP_TOKEN, { ...APP_TOKEN, id: '0_other001', type: null, userId: null, status: 'disabled' }],
      cutAt: null,
    },
  },
  { to: 'tokens', is: { list: [], cutAt: null } },
  { to: 'add-token', is: { token: APP_TOKEN, value: new Secret('f00dfeedf00dfeedf00dfeedf00dfeed') } },
  { to: 'delete-token', is: { report: { outcome: 'deleted', left: null }, profiles: null } },
  { to: 'delete-token', is: { report: { outcome: 'absent' }, profiles: null } },
  { to: 'regions', is: [{ region: 'eu', outcome: 'known', failure: null }] },
  { to: 'regions', is: [{ region: 'us', outcome: 'unreachable', failure: CONNECTION_RESET }] },
  { to: 'regions', is: [] },
  { to: 'probe', is: FINDING },
  { to: 'secret-of', is: new Secret('b1946ac92492d2347c6235b4d2611184') },
  { to: 'env-file', is: FILE },
  { to: 'env-file', is: { ...FILE, git: 'ignored', problem: 'the folder does not exist' } },
  {
    to: 'write-env-file',
    is: { ok: true, path: FILE.path, target: FILE.path, outcome: 'added', access: 'closed', idleLines: 2 },
  },
  { to: 'write-env-file', is: { ok: false, path: FILE.path, why: 'the disk is full' } },
];

/** The first screens, and some that random events would rarely reach. */
const ASKED = play(start(), ...TO_REVIEW, enter()).state;
const LOGGING_IN = play(
  start(),
  enter({ region: 'eu' }),
  enter({ method: 'login' }),
  enter({ loginId: 'jane@example.com', password: 'x' }),
  OWN_CHOICE,
  ...[enter(), enter(), enter(), enter()],
).state;
const STORED = PROFILES.map((profile) => ({ ...profile, secretSource: { kind: 'file' } as const }));
const ENCRYPTED_KEY = vectors.vectors.find(({ id }) => id === 'v2-1')?.ks ?? '';
const ENCRYPTED = play(start(), act('inspect'), enter({ paste: ENCRYPTED_KEY })).state;
const LISTED = play(
  withKey(),
  act('next'),
  enter({ option: 'tokens' }),
  answered({ to: 'tokens', is: { list: [APP_TOKEN], cutAt: null } }),
).state;
const NOT_FOUND = play(
  withKey(),
  act('next'),
  enter({ option: 'look-up' }),
  enter({ typedId: '0_abc12345' }),
  answered({ to: 'look-up', is: { found: false } }),
).state;
const CREATED = answered({
  to: 'add-token',
  is: { token: APP_TOKEN, value: new Secret('f00dfeedf00dfeedf00dfeedf00dfeed') },
});
const NEW_TOKEN = play(LISTED, enter({ option: ' new' }), set('userId', 'upload-bot')).state;
const FOR_VENDOR = play(start(), ...TO_REVIEW.slice(0, 3), enter({ purpose: 'vendor' })).state;
const VENDOR_FORM = play(FOR_VENDOR, enter(), made(madeKey({ type: 'ADMIN' }))).state;
const STARTS: readonly State[] = [
  start(),
  start([], { isCaptured: true }),
  start(PROFILES),
  ...['edit', 'rename', 'remove'].map((action) => play(start(PROFILES), act(action)).state),
  ...TO_REVIEW.map((_, count) => play(start(), ...TO_REVIEW.slice(0, count + 1)).state),
  ...['choose', 'see-all', 'write'].map((task) => play(start(), ...TO_REVIEW.slice(0, -1), enter({ task })).state),
  play(start(), enter({ region: 'own' }), enter({ address: 'http://10.0.0.7' })).state,
  ASKED,
  LOGGING_IN,
  play(LOGGING_IN, failed(refusal('MISSING_OTP'))).state,
  play(ASKED, failed(refusal('START_SESSION_ERROR'))).state,
  play(ASKED, made()).state,
  ...['check', 'use', 'next'].map((action) => play(withKey(), act(action)).state),
  play(withKey(), act('use'), enter({ option: 'env-file' })).state,
  play(start(), ...TO_REVIEW.slice(0, 3), enter({ purpose: 'events' })).state,
  ...['look-up', 'explain', 'tokens', 'end'].map((option) => play(withKey(), act('next'), enter({ option })).state),
  LISTED,
  NEW_TOKEN,
  play(NEW_TOKEN, enter(), CREATED).state,
  FOR_VENDOR,
  play(FOR_VENDOR, enter({ option: 'needs-admin' })).state,
  VENDOR_FORM,
  play(VENDOR_FORM, enter(), CREATED).state,
  NOT_FOUND,
  play(start(PROFILES), act('inspect')).state,
  play(start(PROFILES), act('explain-error'), enter({ error: 'Category id "123" not found' })).state,
  play(start(), act('explain-error'), enter({ error: 'START_SESSION_ERROR' })).state,
  play(withKey(), act('use'), enter({ option: 'env-file' })).state,
  ENCRYPTED,
  play(start(STORED), act('inspect'), enter({ paste: ENCRYPTED_KEY })).state,
  play(ENCRYPTED, enter({ option: 'ask' })).state,
  play(start(), enter({ region: 'unknown' }), set('partnerId', '102')).state,
];
const starts = fc.constantFrom(...STARTS);

const STEPS = [
  'region',
  'address',
  'plain-http',
  'sign-in',
  'version',
  'credentials',
  'purpose',
  'use-case',
  'values',
  'type',
  'admin',
  'user',
  'privileges',
  'catalogue',
  'write',
];

/** Presses Enter on all controls of the screen. Null if a control has a problem. */
function afterEnter(state: State): State | null {
  try {
    return play(state, enter()).state;
  } catch {
    return null;
  }
}

describe('on every path', () => {
  test('every screen has a heading, a question or a message, help, and unique control IDs', () => {
    fc.assert(
      fc.property(starts, randomEvents, (first, moves) => {
        for (const state of statesOf(first, moves)) {
          const view = viewOf(state);
          expect(view.heading, state.screen).not.toBe('');
          expect(view.question || view.warnings?.[0]?.text, state.screen).toBeTruthy();
          expect(view.help.length, state.screen).toBeGreaterThan(0);
          expect(view.help, state.screen).not.toContain('');
          const ids = view.controls.map((control) => control.id);
          expect(new Set(ids).size).toBe(ids.length);
          for (const control of view.controls) {
            if (control.kind !== 'choice') continue;
            // The initial value of a list must be one of its options: Enter would submit it otherwise.
            expect(
              control.options.map((option) => option.value),
              `${state.screen}.${control.id}`,
            ).toContain(control.value);
          }
        }
      }),
      { numRuns: runs(400) },
    );
  });

  test('Esc never changes an answer, except to restore those of the review after an unfinished choice', () => {
    fc.assert(
      fc.property(starts, randomEvents, (first, moves) => {
        for (const state of statesOf(first, moves).filter(
          // After “new key”, Esc goes back to the earlier key, with its answers.
          ({ screen, earlierKey }) => (STEPS.includes(screen) || screen === 'review') && earlierKey === null,
        )) {
          const { detour, answersOnReview } = state.making;
          const isLeft = detour === state.screen && state.screen !== 'type';
          const expected = (isLeft ? answersOnReview : null) ?? state.form;
          expect(comparableForm(play(state, back).state.form)).toEqual(comparableForm(expected));
        }
      }),
      { numRuns: runs(150) },
    );
  });

  test('Esc keeps all typed fields and the current key', () => {
    const typedIn = ({ tokens, checking, envWriting, regionSearch }: State) => ({
      id: checking.typedId,
      token: tokens.form,
      path: envWriting.path,
      partnerId: regionSearch.partnerId,
    });
    fc.assert(
      fc.property(starts, randomEvents, (first, moves) => {
        for (const state of statesOf(first, moves)) {
          const after = play(state, back).state;
          expect(typedIn(after), state.screen).toEqual(typedIn(state));
          // After “new key”, there is no current key, and Esc restores the earlier one.
          if (state.key !== null) expect(after.key, state.screen).toBe(state.key);
        }
      }),
      { numRuns: runs(150) },
    );
  });

  test('Esc sends no request, except to read the app tokens again if one may have been created', () => {
    fc.assert(
      fc.property(starts, randomEvents, (first, moves) => {
        for (const state of statesOf(first, moves)) {
          const asked = update(state, back, NOW).effects.filter((effect) => effect.do !== 'abort');
          // The token may exist although no answer came, so Esc reads the list again.
          const readsList =
            state.screen === 'new-token' && state.waiting.unanswered !== null && !state.tokens.isForVendor;
          expect(asked).toEqual(
            readsList && asked.length > 0
              ? [expect.objectContaining({ question: expect.objectContaining({ ask: 'tokens' }) })]
              : [],
          );
        }
      }),
      { numRuns: runs(150) },
    );
  });

  test('Enter, Esc, Enter is the same as Enter', () => {
    fc.assert(
      fc.property(starts, randomEvents, (first, moves) => {
        const state = statesOf(first, moves).at(-1) as State;
        // Esc skips the steps “admin” and “plain-http” once they are answered.
        if (!STEPS.includes(state.screen) || ['admin', 'plain-http'].includes(state.screen)) return;
        const there = afterEnter(state);
        if (there === null || there.screen === 'review' || there.screen === state.screen) return;
        const again = play(there, back).state;
        expect(comparableForm(again.form)).toEqual(comparableForm(there.form));
        // After the review, and on a detour, Enter skips complete steps, and Esc doesn't.
        if (state.making.hasReviewed || state.making.detour !== null) return;
        // “A vendor or another team” is also a purpose: Esc goes back to the step where it can be changed.
        if (state.screen === 'type' && state.form.purpose === 'vendor') return;
        expect(again.screen).toBe(state.screen);
        const twice = afterEnter(again);
        expect(twice?.screen).toBe(there.screen);
        expect(comparableForm((twice as State).form)).toEqual(comparableForm(there.form));
      }),
      { numRuns: runs(400) },
    );
  });

  test('going back several steps with Esc and forward with Enter changes no answer', () => {
    fc.assert(
      fc.property(starts, randomEvents, fc.integer({ min: 2, max: 6 }), (first, moves, steps) => {
        const from = statesOf(first, moves).at(-1) as State;
        if (!STEPS.includes(from.screen) || from.making.detour !== null || from.making.hasReviewed) return;
        let state = from;
        for (let count = 0; count < steps && state.screen !== 'region'; count++) state = play(state, back).state;
        for (let count = 0; count < STEPS.length && state.screen !== from.screen; count++) {
          // Steps that were skipped without an answer are shown again.
          if (state.screen === 'admin' || state.screen === 'plain-http') return;
          const next = afterEnter(state);
          if (next === null || next.screen === 'review') return;
          state = next;
        }
        // In practice, Enter on the region fills in emptied fields of the practice account again.
        const isRefilled = ([name, value]: [string, unknown]): boolean =>
          from.form.region === 'practice' && (value === '' || value === 'secret ') && name in state.form;
        // In practice, Enter on the region replaces an ADMIN type that was not confirmed.
        const isSuggested = (name: string): boolean =>
          from.form.region === 'practice' &&
          from.form.type === 'ADMIN' &&
          from.form.adminMeantFor === null &&
          (name === 'type' || name === 'task');
        for (const [name, value] of Object.entries(comparableForm(from.form)).filter((entry) => !isRefilled(entry))) {
          if (isSuggested(name)) continue;
          expect(comparableForm(state.form)[name], name).toEqual(value);
        }
      }),
      { numRuns: runs(600) },
    );
  });

  test('a late answer changes nothing', () => {
    fc.assert(
      fc.property(starts, randomEvents, fc.integer({ min: 1, max: 3 }), (first, moves, attemptsAgo) => {
        const state = statesOf(first, moves).at(-1) as State;
        const attempt = state.waiting.attempt - attemptsAgo;
        for (const event of [
          { type: 'made', attempt, key: madeKey() } as const,
          { type: 'unanswered', attempt, cause: CONNECTION_RESET } as const,
          ...ANSWERS.map((answer) => ({ type: 'answered', attempt, answer }) as const),
        ]) {
          const late = update(state, event, NOW);
          expect(late.state).toEqual(state);
          expect(late.effects).toEqual([]);
        }
      }),
    );
  });

  test('no key is requested before its answers are complete and its risk is accepted', () => {
    fc.assert(
      fc.property(starts, randomEvents, (first, moves) => {
        for (const state of statesOf(first, moves).filter(({ screen }) => screen === 'review')) {
          if (hasProblem(viewOf(state))) continue;
          const { effects } = update(state, { type: 'submit' }, NOW);
          for (const effect of effects) {
            if (effect.do !== 'make-key') continue;
            const { request } = effect;
            expect(request.lifetime).toBeGreaterThan(0);
            if (request.signIn.method !== 'login') expect(request.signIn.partnerId).toBeGreaterThan(0);
            const isLoopback = request.serviceUrl.startsWith('http://127.0.0.1');
            if (request.signIn.method !== 'local' && !isLoopback) expect(request.serviceUrl).toMatch(/^https:/);
          }
        }
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('secrets', () => {
  const PLANTED = 'PLANTED-7f3a9c';

  /** A state with a secret in every field that can contain one. */
  const withPlantedSecrets = (state: State): State => {
    const { inspection, tokens } = state;
    const secret = (what: string) => new Secret(`${PLANTED}-${what}-ends`);
    const form = {
      ...state.form,
      secret: secret('secret'),
      password: secret('password'),
      token: secret('token'),
      code: secret('code'),
    };
    const key = state.key && { ...state.key, made: { ...state.key.made, ks: secret('ks') } };
    return {
      ...state,
      form,
      key,
      profileFlow: { ...state.profileFlow, source: { ...state.profileFlow.source, passphrase: secret('passphrase') } },
      lastKs: secret('last-ks'),
      inspection: {
        ...inspection,
        paste: secret('paste'),
        openingSecret: secret('openingSecret'),
        ks: inspection.ks && secret('pasted-ks'),
      },
      tokens: { ...tokens, created: tokens.created && { ...tokens.created, value: secret('token-value') } },
    };
  };

  test('are in no view of any state', () => {
    fc.assert(
      fc.property(starts, randomEvents, (first, moves) => {
        for (const state of statesOf(first, moves)) {
          expect(JSON.stringify(viewOf(withPlantedSecrets(state))), state.screen).not.toContain(PLANTED);
        }
      }),
      { numRuns: runs(200) },
    );
  });

  test('are in effects only as the type Secret', () => {
    fc.assert(
      fc.property(starts, randomEvents, (first, moves) => {
        for (const state of statesOf(first, moves).filter((one) => !hasProblem(viewOf(one)))) {
          const { effects } = update(withPlantedSecrets(state), { type: 'submit' }, NOW);
          expect(JSON.stringify(effects)).not.toContain(PLANTED);
        }
      }),
      { numRuns: runs(100) },
    );
  });
});

test('the random events reach every screen', () => {
  const reached = new Set<string>();
  for (const first of STARTS) {
    for (const moves of fc.sample(randomEvents, { numRuns: runs(120), seed: 7 })) {
      for (const { screen } of statesOf(first, moves)) reached.add(screen);
    }
  }
  const all = [
    ...STEPS,
    'review',
    'home',
    'saved-key',
    'quick',
    'rename',
    'remove',
    'value',
    'working',
    'code',
    'failure',
    'answer',
    'result',
    'save',
    'quit',
    'asking',
    'next',
    'paste',
    'explain',
    'paste-error',
    'explain-error',
    'open-key',
    'key-region',
    'check',
    'look-up',
    'found',
    'use',
    'env-file',
    'end',
    'tokens',
    'token',
    'new-token',
    'created-token',
    'vendor',
    'needs-admin',
    'vendor-token',
    'find-region',
    'regions',
    'probe',
  ];
  expect(all.filter((screen) => !reached.has(screen))).toEqual([]);
});
