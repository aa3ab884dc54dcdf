import type { PracticeAccount } from '../../source/kaltura/accounts/practice-account.js';
import { ApiError } from '../../source/kaltura/api/errors.js';
import { ConnectionError } from '../../source/kaltura/api/http.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { KeyFacts, MadeKey } from '../../source/kaltura/sign-in/key-request.js';
import type { Profile } from '../../source/profiles/profile.js';
import type { Effect } from '../../source/wizard/engine/effect.js';
import type { WizardEvent } from '../../source/wizard/engine/event.js';
import { initialState } from '../../source/wizard/engine/initial-state.js';
import type { Answer, Question } from '../../source/wizard/engine/question.js';
import type { ScreenId } from '../../source/wizard/engine/screen-id.js';
import { viewOf } from '../../source/wizard/engine/screens.js';
import type { Setting, State } from '../../source/wizard/engine/state.js';
import { update } from '../../source/wizard/engine/update.js';
import type { Control, View } from '../../source/wizard/engine/view.js';
import type { FormState } from '../../source/wizard/form/form.js';

/** Tuesday, 24 November 2026, 16:20 UTC, in milliseconds. */
export const NOW = Date.UTC(2026, 10, 24, 16, 20);
export const SECONDS = NOW / 1000;

export const ADMIN_SECRET = '0123456789abcdef0123456789abcdef';
export const TOKEN = 'fedcba9876543210fedcba9876543210';

export const PRACTICE_ACCOUNT: PracticeAccount = {
  partnerId: '1234567',
  secret: new Secret('c0ffee00c0ffee00c0ffee00c0ffee00'),
  loginId: 'admin@practice.example',
  password: new Secret('Practice-1!'),
  tokenId: '0_rehearse',
  token: new Secret('7ea7ea7ea7ea7ea7ea7ea7ea7ea7ea7e'),
  entryIds: ['0_welcome1', '0_staffday'],
  currentCode: () => '012345',
};

const SETTING: Setting = {
  isCaptured: false,
  fileOf: (name) => `/home/jane/.config/kaltura-ks/profiles/${name}.json`,
  practiceAccount: PRACTICE_ACCOUNT,
};

/** The state of the wizard at the start, with these saved profiles. */
export const start = (profiles: readonly Profile[] = [], setting: Partial<Setting> = {}): State =>
  initialState({ ...SETTING, ...setting }, { profiles, troubles: [] }, NOW);

/** The result of some moves: the state, the screens that were shown, and the effects that were requested. */
export interface Outcome {
  readonly state: State;
  readonly view: View;
  readonly screens: readonly ScreenId[];
  readonly effects: readonly Effect[];
}

/** One action of the user: an event, or several events that depend on the screen. */
export type Move = WizardEvent | ((player: Player) => void);

interface Player {
  readonly state: () => State;
  readonly view: () => View;
  readonly dispatch: (event: WizardEvent) => void;
}

/** Applies the moves to a state. */
export function play(from: State, ...moves: readonly Move[]): Outcome {
  let state = from;
  const screens: ScreenId[] = [];
  const effects: Effect[] = [];
  const player: Player = {
    state: () => state,
    view: () => viewOf(state),
    dispatch: (event) => {
      const { visit } = state;
      const transition = update(state, event, NOW);
      state = transition.state;
      if (state.visit !== visit) screens.push(state.screen);
      effects.push(...transition.effects);
    },
  };
  for (const move of moves) {
    if (typeof move === 'function') move(player);
    else player.dispatch(move);
  }
  return { state, view: viewOf(state), screens, effects };
}

export const back: WizardEvent = { type: 'back' };

/** Goes from the result back to the review. */
export const changeAnswers: readonly Move[] = [
  { type: 'act', action: 'next' },
  { type: 'set', control: 'option', value: 'change' },
  { type: 'submit' },
];
export const act = (action: string): WizardEvent => ({ type: 'act', action });
export const set = (control: string, value: string | Secret): WizardEvent => ({ type: 'set', control, value });

const answerTo = (control: Control, given: string | undefined): string | Secret | null => {
  if (control.kind === 'checklist') return null;
  if (given === undefined) return control.kind === 'choice' ? control.value : null;
  return control.kind === 'text' && control.value instanceof Secret ? new Secret(given) : given;
};

/** Marks an option of the only list on the screen: a profile on Home, or “Create a new key…”. */
export const mark =
  (value: string): Move =>
  ({ view, dispatch }) => {
    const [list] = view().controls;
    if (list?.kind !== 'choice') throw new Error(`no list on “${view().question}”`);
    dispatch(set(list.id, value));
  };

/** The marked option of the only list on the screen. */
export const markedOption = ({ controls: [list] }: View): string | null =>
  list?.kind === 'choice' ? list.value : null;

/** The option “Create a new key…” on Home. */
export const NEW = ' new';

/**
 * Presses Enter on each control of the screen, with these answers or the current ones. An answer can add or remove controls after it.
 * Throws if a control has a problem, because the wizard doesn't continue then.
 */
export const enter =
  (answers: Readonly<Record<string, string>> = {}): Move =>
  (player) => {
    const { view, dispatch, state } = player;
    // Only “Something else” leads to the question who will use the key.
    if (state().screen === 'purpose' && answers['holder'] !== undefined) chooseOther(player);
    const { screen } = state();
    const seen = new Set<string>();
    const next = (): Control | undefined => view().controls.find((control) => !seen.has(control.id));
    for (let control = next(); control !== undefined; control = next()) {
      seen.add(control.id);
      const answer = answerTo(control, answers[control.id]);
      if (answer !== null) dispatch(set(control.id, answer));
    }
    const unasked = Object.keys(answers).filter((id) => !seen.has(id));
    if (unasked.length > 0) throw new Error(`${screen} does not ask for ${unasked.join(', ')}`);
    const problems = view().controls.flatMap((one) =>
      one.kind === 'text' && one.problem != null ? [one.problem] : [],
    );
    if (problems.length > 0) throw new Error(`${screen} has a problem: ${problems.join(' ')}`);
    dispatch({ type: 'submit' });
  };

function chooseOther({ dispatch }: Player): void {
  dispatch(set('purpose', 'other'));
  dispatch({ type: 'submit' });
}

/** Answers “What is the key for?” with “Something else”, so that the wizard asks for everything. */
export const OWN_CHOICE: Move = chooseOther;

/** Goes to the review with the account's secret, and keeps all other defaults. */
export const TO_REVIEW: readonly Move[] = [
  enter({ region: 'eu' }),
  enter({ method: 'server' }),
  enter({ partnerId: '2345678', secret: ADMIN_SECRET }),
  enter({ holder: 'me', type: 'ADMIN' }),
  enter({ option: 'ADMIN' }),
  enter({}),
  enter({ task: 'nothing' }),
];

export const FACTS: KeyFacts = {
  partnerId: 2345678,
  userId: '',
  type: 'ADMIN',
  privileges: '',
  expiresAt: SECONDS + 86_400,
};

export const madeKey = (facts: Partial<KeyFacts> = {}, changes: Partial<MadeKey> = {}): MadeKey => ({
  ks: new Secret('djJ8MjM0NTY3OHxV0LFbnCkrbT4yBaoNrSNCwT2CbEyiscgFxI3'),
  facts: { ...FACTS, ...facts },
  confirmedBy: 'key',
  ...changes,
});

/** The server creates the key of the running attempt. */
export const made =
  (key: MadeKey = madeKey()): Move =>
  ({ dispatch, state }) =>
    dispatch({ type: 'made', attempt: state().waiting.attempt, key });

export const failed =
  (failure: unknown): Move =>
  ({ dispatch, state }) =>
    dispatch({ type: 'failed', attempt: state().waiting.attempt, failure });

/** The running question gets this answer. */
export const answered =
  (answer: Answer): Move =>
  ({ dispatch, state }) =>
    dispatch({ type: 'answered', attempt: state().waiting.attempt, answer });

/** The running question gets no answer. */
export const unanswered =
  (cause: unknown): Move =>
  ({ dispatch, state }) =>
    dispatch({ type: 'unanswered', attempt: state().waiting.attempt, cause });

/** The result screen with a key that was created in EU with the account’s secret. */
export const withKey = (facts: Partial<KeyFacts> = {}): State =>
  play(start(), ...TO_REVIEW, enter(), made(madeKey(facts))).state;

/** The only question among the effects. */
export function questionIn({ effects }: Pick<Outcome, 'effects'>): Question {
  const asked = effects.flatMap((effect) => (effect.do === 'ask' ? [effect.question] : []));
  if (asked.length !== 1 || asked[0] === undefined) throw new Error(`${asked.length} questions, not 1`);
  return asked[0];
}

export const CONNECTION_RESET = new ConnectionError('reset', 'api.eu.kaltura.com', 'ECONNRESET');

/** The text of all warnings and advice. */
export const messagesOf = ({ warnings, advice }: View): string =>
  [...(warnings ?? []), ...(advice ?? [])].map(({ text }) => text).join('\n');

export const refusal = (code: string, answer = `${code}\n${code} said the server`): ApiError =>
  new ApiError({ code, answer, action: 'session.start' });

export const sample = (changes: Partial<Profile> = {}): Profile => ({
  name: 'production',
  region: 'eu',
  serviceUrl: 'https://api.eu.kaltura.com',
  method: 'server',
  ksVersion: 2,
  partnerId: 2345678,
  loginId: null,
  tokenId: null,
  holder: 'me',
  type: 'ADMIN',
  userId: 'jane@example.com',
  lifetime: 86_400,
  privileges: '',
  recipe: null,
  acceptedRisks: [],
  secretSource: { kind: 'ask' },
  savedKey: null,
  lastKeyEndedAt: null,
  savedAt: SECONDS - 3600,
  ...changes,
});

/** The form with the text of its secrets, because two objects of the type Secret are never equal. */
export const comparableForm = (form: FormState): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, value instanceof Secret ? `secret ${value.reveal()}` : value]),
  );

/** Everything in a view, as one text. */
export const viewText = (view: View): string => JSON.stringify(view);

export const controlOf = (view: View, id: string): Control => {
  const found = view.controls.find((control) => control.id === id);
  if (found === undefined) throw new Error(`no ${id} on “${view.question}”`);
  return found;
};

/** The text of a field, or the selected option of a list. */
export const controlValue = (view: View, id: string): string | Secret | null => {
  const control = controlOf(view, id);
  return control.kind === 'checklist' ? null : control.value;
};

export const problemOf = (view: View, id: string): string | null => {
  const control = controlOf(view, id);
  return control.kind === 'text' ? (control.problem ?? null) : null;
};

export const optionsOf = (view: View, id: string): string[] => {
  const control = controlOf(view, id);
  return control.kind === 'choice' ? control.options.map((option) => option.value) : [];
};

export const factsOf = (view: View): Record<string, string> =>
  Object.fromEntries((view.facts ?? []).map(({ label, value }) => [label, value]));
