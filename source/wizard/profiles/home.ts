import { regionLabel } from '../../kaltura/accounts/regions.js';
import { withoutInvisible } from '../../kaltura/invisible-characters.js';
import { formatRemaining, formatTime, formatTimeDifference } from '../../kaltura/lifetime.js';
import { findRecipe } from '../../kaltura/recipes/recipes.js';
import { countOf } from '../../kaltura/typed-values.js';
import { caution, type Fact, type Option, type Paragraph } from '../../messages/paragraph.js';
import { nameKey, shownName } from '../../profiles/name.js';
import { PRACTICE_SECRET_TEXT, type Profile, savedKeyExpiry, usesPracticeSecret } from '../../profiles/profile.js';
import { searchProfiles } from '../../profiles/search.js';
import { unusableIn } from '../../profiles/store.js';
import { sourceText } from '../../secrets/describe.js';
import { padTo, widestOf } from '../../terminal/width.js';
import { EXPLAIN_ERROR, openPasted, openPasteError } from '../diagnosis/pasted-error.js';
import type { Screen, ScreenView } from '../engine/screen.js';
import {
  backToEarlierKey,
  changeState,
  goTo,
  NEW_KEY,
  reasonNotUsed,
  type State,
  savedProfiles,
  stay,
  type Transition,
} from '../engine/state.js';
import type { Action } from '../engine/view.js';
import { ENV_ACCOUNT, envAccountOptions, fillFromEnv } from '../form/env-account.js';
import { formOf } from '../form/profile.js';
import { startAnew } from '../form/start-anew.js';
import { openPaste } from '../key/pasted-key.js';
import { troubleParagraphs } from '../steps/region.js';
import { use } from './use-profile.js';

/** Says how long the saved key is valid. The remaining time is left out while nothing updates it. */
function keyText(profile: Profile, now: number, isCountdownStopped: boolean): string {
  const expiry = savedKeyExpiry(profile);
  if (expiry !== null && expiry > now)
    return isCountdownStopped ? `until ${formatTime(expiry, now)}` : `${formatRemaining(expiry - now)} left`;
  if (expiry !== null) return `key expired ${formatTimeDifference(expiry, now)}`;
  // It expired or was revoked: the record doesn’t say which.
  const { lastKeyEndedAt } = profile;
  return lastKeyEndedAt === null ? 'no saved key' : `key ended ${formatTimeDifference(lastKeyEndedAt, now)}`;
}

/** Describes a profile beside its name, column by column. */
function cellsOf(profile: Profile, { now, isCountdownStopped, defaultName }: State): readonly string[] {
  const account = profile.partnerId === null ? (profile.loginId ?? '') : `partner ${profile.partnerId}`;
  const type = profile.method === 'login' ? 'login' : profile.type;
  const isDefault = defaultName !== null && nameKey(profile.name) === nameKey(defaultName);
  const key = keyText(profile, now / 1000, isCountdownStopped);
  const last = isDefault ? ['default', key] : [key];
  return [regionLabel(profile.region), account, type, last.join(' · ')];
}

const WIDEST_CELL = 24;

/** Names the use case below the list, because its title is too long for the row. */
function useCaseOf(profile: Profile): Pick<Option, 'detail'> {
  const useCase = profile.recipe === null ? undefined : findRecipe(profile.recipe.id);
  return useCase === undefined ? {} : { detail: `Use case: ${useCase.title}` };
}

/** No profile has this name, because names have no surrounding blanks. */
const ERROR_OPTION: Option = { value: ' error', label: 'Explain an error…', hint: '' };

function buildOptions(state: State): readonly Option[] {
  const { profiles, troubles } = state;
  const unusable = unusableIn(troubles).map(({ profile }) => profile);
  const rows = [
    ...profiles.map((profile) => ({ profile, cells: cellsOf(profile, state), more: useCaseOf(profile) })),
    ...unusable.map((profile) => ({ profile, cells: ['can’t be used'], more: {} })),
  ].map(({ profile, cells, more }) => ({ value: profile.name, label: shownName(profile.name), cells, more }));
  const widest = (texts: readonly string[]): number => Math.min(WIDEST_CELL, widestOf(texts));
  const labelWidth = widest(rows.map(({ label }) => label));
  const widths = [0, 1, 2].map((column) => widest(rows.map(({ cells }) => cells[column] ?? '')));
  const options = rows.map(({ value, label, cells, more }): Option => {
    const hint = cells.map((cell, index) => padTo(cell, widths[index] ?? 0)).join('  ');
    return { value, label: padTo(label, labelWidth), hint: hint.trimEnd(), ...more };
  });
  return [
    ...options,
    { value: NEW_KEY, label: 'Create a new key…', hint: '' },
    ...envAccountOptions(state),
    ERROR_OPTION,
  ];
}

const builtOptions = new WeakMap<State['profiles'], { readonly state: State; readonly options: readonly Option[] }>();

/** The rows of the list. Thousands of profiles may be saved, so they are built again only when a profile, a problem or the time has changed. */
function options(state: State): readonly Option[] {
  const built = builtOptions.get(state.profiles);
  const isSame =
    built?.state.troubles === state.troubles &&
    built.state.defaultName === state.defaultName &&
    built.state.now === state.now &&
    built.state.isCountdownStopped === state.isCountdownStopped;
  if (isSame) return built.options;
  const options = buildOptions(state);
  builtOptions.set(state.profiles, { state, options });
  return options;
}

const selected = (state: State): Profile | undefined =>
  savedProfiles(state).find((profile) => profile.name === state.profileFlow.selectedProfile);

/** Two or more reasons would fill the screen, so each is shown when its profile is chosen. */
function warnings({ troubles }: State): Paragraph[] {
  const count = unusableIn(troubles).length;
  if (count < 2) return troubleParagraphs(troubles);
  const text = `${count} profiles can’t be used. Choose one and press Enter to see the reason and the fix.`;
  return [caution(text), ...troubleParagraphs(troubles.filter(({ kind }) => kind !== 'unusable'))];
}

/** Stays on Home and shows the reason if the profile must not be used; null if it can be used. */
function refuseUnusable(state: State, profile: Profile): Transition | null {
  const text = reasonNotUsed(state, profile.name);
  return text === null ? null : stay({ ...state, notice: caution(text) });
}

/** Says what comes next for an error, or else where the secret comes from. */
function standingOf(state: State, profile: Profile | undefined): Fact {
  if (state.profileFlow.selectedProfile === ERROR_OPTION.value)
    return { label: 'Next', value: 'you paste the code, the message or the whole answer' };
  return { label: 'Secret', value: secretOf(state, profile) };
}

function secretOf(state: State, profile: Profile | undefined): string {
  if (state.profileFlow.selectedProfile === ENV_ACCOUNT && state.envAccount?.secret != null)
    return `read from ${state.envAccount.path}`;
  if (profile === undefined) return 'you enter it on the next screens';
  return usesPracticeSecret(profile)
    ? PRACTICE_SECRET_TEXT
    : profile.secretSource.kind === 'ask'
      ? 'not saved; you enter it each time'
      : sourceText(profile.secretSource, false);
}

const PROFILE_ACTIONS: readonly Action[] = [
  { key: 'e', id: 'edit', label: 'edit' },
  { key: 'r', id: 'rename', label: 'rename' },
  { key: 'd', id: 'remove', label: 'delete' },
];

/** Returns the view without the list, with a profile selected. */
const bodyOf = (state: State, profile: Profile | undefined): Omit<ScreenView, 'controls'> => ({
  heading: countOf(savedProfiles(state).length, 'profile'),
  question: 'Which profile do you want to use?',
  standing: standingOf(state, profile),
  warnings: warnings(state),
  help: [
    'A profile saves your answers, never the secret itself. Press Enter to use it. If it has a valid saved key, you can copy that. Otherwise, a new key is created: the secret is read from its source, or you enter it.',
    'e changes the answers of the profile. r renames it. d deletes it, after you confirm. / searches names, regions, partner IDs and users.',
    'i explains a key that you have: what it is, what it can do and when it expires. You can then check, use or revoke it.',
    'Anyone who can read your files can use a saved key. Save keys only on your own computer.',
  ],
  actions: [
    ...(profile === undefined ? [] : PROFILE_ACTIONS),
    { key: 'i', id: 'inspect', label: 'explain key' },
    EXPLAIN_ERROR,
  ],
  enter: profile === undefined ? 'continue' : 'use',
  escape: state.profileFlow.isForError || state.earlierKey !== null ? 'back' : 'quit',
});

function goBack(state: State): Transition {
  const { earlierKey } = state;
  if (!state.profileFlow.isForError && earlierKey !== null) return stay(backToEarlierKey(state, earlierKey));
  if (!state.profileFlow.isForError) return stay(goTo(state, 'quit', { returnTo: 'home', option: 'stay' }));
  return stay(goTo(state, 'explain-error', { profileFlow: { isForError: false }, option: 'profile' }));
}

export const home: Screen = {
  view: (state) => ({
    ...bodyOf(state, selected(state)),
    expiries: state.profiles.flatMap((profile) => savedKeyExpiry(profile) ?? []),
    controls: [
      {
        kind: 'choice',
        id: 'selectedProfile',
        label: 'Profile',
        value: state.profileFlow.selectedProfile,
        options: options(state),
        isSearchable: true,
        search: (query) => searchProfiles(savedProfiles(state), query).map((profile) => profile.name),
        preview: (name) => {
          const marked = changeState(state, { profileFlow: { selectedProfile: name } });
          return bodyOf(marked, selected(marked));
        },
      },
    ],
  }),
  set: (state, _control, value) => changeState(state, { profileFlow: { selectedProfile: String(value) } }),
  submit: (state) => {
    if (state.profileFlow.selectedProfile === ERROR_OPTION.value) return stay(openPasteError(state));
    if (state.profileFlow.selectedProfile === ENV_ACCOUNT) return stay(fillFromEnv(state));
    const profile = selected(state);
    if (profile === undefined) return stay(startAnew(state));
    return refuseUnusable(state, profile) ?? use(state, profile);
  },
  back: goBack,
  paste: openPasted,
  act: (state, action) => {
    if (action === 'inspect') return stay(openPaste(state));
    if (action === EXPLAIN_ERROR.id) return stay(openPasteError(state));
    const profile = selected(state);
    if (profile === undefined) return stay(state);
    const chosen = changeState(state, {
      profileName: profile.name,
      profileFlow: { newName: withoutInvisible(profile.name) },
    });
    if (action === 'rename') return stay(goTo(chosen, 'rename'));
    if (action === 'remove') return stay(goTo(chosen, 'remove', { option: 'keep' }));
    const refused = refuseUnusable(state, profile);
    if (refused !== null) return refused;
    const form = formOf(profile, state.setting.practiceAccount);
    return stay(goTo(chosen, 'review', { form, making: { hasReviewed: true, detour: null }, key: null }));
  },
};
