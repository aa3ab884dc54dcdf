import { formatLifetime, formatRemaining } from '../../kaltura/lifetime.js';
import type { SignInMethod } from '../../kaltura/sign-in/key-spec.js';
import { caution, good, plain } from '../../messages/paragraph.js';
import { type Profile, savedKeyExpiry } from '../../profiles/profile.js';
import { type Field, form, menu, secretField } from '../engine/build-screen.js';
import { changeState, goHome, openDetour, profileInUse, type State, stay, type Transition } from '../engine/state.js';
import { usesPracticeAccount } from '../form/practice.js';
import { CREDENTIALS, credentialsFor, lifetimeInSeconds, partnerIdOf, serverLabel } from '../form/reading.js';
import { credentialFields } from '../steps/credentials.js';
import { firstIncomplete, makeKey } from '../steps/steps.js';
import { readSecret } from './fetch-secret.js';
import { SECRET_LABELS } from './source-controls.js';
import { createKeyFromProfile, outputSavedKey } from './use-profile.js';

/** Asks for the passphrase of a profile's encrypted file. */
export const passphrase = form({
  fields: ({ profileFlow: { source } }) => [
    secretField({
      id: 'passphrase',
      label: 'Passphrase',
      value: source.passphrase,
      problem: source.passphrase.length === 0 ? 'Type the passphrase that the file was encrypted with.' : null,
      change: (state, typed) =>
        changeState(state, { profileFlow: { source: { ...state.profileFlow.source, passphrase: typed } } }),
    }),
  ],
  view: (state) => ({
    heading: `profile ${state.profileName ?? ''}`,
    question:
      state.profileFlow.secretReading?.what === 'key'
        ? 'The saved key is in an encrypted file'
        : 'The secret is in an encrypted file',
    warnings: state.profileFlow.sourceProblem === null ? [] : [caution(state.profileFlow.sourceProblem)],
    advice: [plain('The passphrase is used for this key and then forgotten. A lost passphrase can’t be recovered.')],
    help: [
      'The file was created when the profile was saved. If you don’t know the passphrase, go back, press e on the profile, enter the secret again and save the profile again.',
    ],
    enter: 'open the file',
  }),
  submit: readSecret,
  back: (state) => stay(goHome(state)),
});

/** Continues with the profile in use. */
const withProfile =
  (go: (state: State, profile: Profile) => Transition) =>
  (state: State): Transition => {
    const profile = profileInUse(state);
    return profile === undefined ? stay(goHome(state)) : go(state, profile);
  };

function timeLeft(state: State): string {
  const profile = profileInUse(state);
  const left = profile === undefined ? 0 : (savedKeyExpiry(profile) ?? 0) - state.now / 1000;
  return formatRemaining(left);
}

/** Shows a profile that has a valid saved key. Copying it is the first option. */
export const savedKey = menu({
  options: (state) => [
    {
      value: 'copy',
      label: `Copy the saved key (${timeLeft(state)} left)`,
      choose: withProfile((now, profile) => outputSavedKey(now, profile, 'copy')),
    },
    {
      value: 'show',
      label: 'Print the saved key',
      hint: 'as one line on this terminal',
      choose: withProfile((now, profile) => outputSavedKey(now, profile, 'show')),
    },
    { value: 'new', label: 'Create a new key', choose: withProfile(createKeyFromProfile) },
  ],
  view: (state) => ({
    heading: `profile ${state.profileName ?? ''}`,
    question: 'This profile has a valid key',
    help: [
      'The key was saved with the profile. It is valid until it expires, unless it was revoked or used up elsewhere.',
      'Copying puts the key into the clipboard without showing it. Printing writes it to the terminal as one line, which stays in the scrollback.',
    ],
  }),
  back: (state) => stay(goHome(state)),
});

function whatIsMade({ form }: State): string {
  const type =
    form.method === 'login' ? 'A key of the login’s type' : `${form.type === 'ADMIN' ? 'An ADMIN' : 'A USER'} key`;
  const partner = partnerIdOf(form);
  const account = partner === null ? form.loginId : `partner ${partner}`;
  const privileges = form.privileges === '' ? '' : `, ${form.privileges}`;
  const userId = form.userId.trim();
  // A login is for the user who signs in, and names it as the account.
  const user = form.method === 'login' ? [] : [userId === '' ? 'no user' : `user ${userId}`];
  const details = [...user, formatLifetime(lifetimeInSeconds(form))].join(', ');
  return `${type} for ${account} (${serverLabel(form)}), ${details}${privileges}.`;
}

/** Asks only for the missing secrets of a profile, and for values of the profile that can't be used. */
function missingFields(state: State): readonly Field[] {
  const isSecret = (control: Field): boolean => control.kind === 'text' && typeof control.value !== 'string';
  const isBroken = (control: Field): boolean => {
    const name = credentialsFor(state.form).find((candidate) => candidate === control.id);
    return name !== undefined && CREDENTIALS[name](state.form).problem !== null;
  };
  return credentialFields(state).filter((control) => isSecret(control) || isBroken(control));
}

/** Creates the key. Opens the step of any other invalid value, which an edited file or another version can contain. */
function makeOrReview(state: State): Transition {
  const missing = firstIncomplete(state.form);
  return missing === 'review' ? makeKey(state) : stay(openDetour(state, missing));
}

/** Says where the user finds the missing value. */
const WHERE: Readonly<Record<SignInMethod, string>> = {
  server: 'In KMC: Settings → Integration settings → Account info.',
  local: 'In KMC: Settings → Integration settings → Account info.',
  login: 'It is the password of your KMC login.',
  'app-token': 'The person who created the token has its value. If it is lost, create another token.',
};

/** What to say in practice, where nothing is missing. */
const PRACTICE_SECRET = {
  question: 'Create a key with the practice account?',
  isFilledIn: true,
  advice: [good('Practice account. Press Enter to create the key.')],
} as const;

/** Creates a key from a profile: asks one question and shows a line about the key. */
export const quick = form({
  fields: missingFields,
  view: (state) => ({
    heading: `profile ${state.profileName ?? ''}`,
    lead: whatIsMade(state),
    ...(usesPracticeAccount(state.form, state.setting.practiceAccount)
      ? PRACTICE_SECRET
      : {
          question: 'One answer is missing',
          advice: [
            plain(
              `${SECRET_LABELS[state.form.method]} is used for this key and then forgotten. ${WHERE[state.form.method]}`,
            ),
          ],
        }),
    help: [
      'A profile never contains an account secret, password or app token. This profile has no secret source, or its source is empty, so you enter the secret here.',
      'To see or change all answers, go back and press e on the profile.',
    ],
    enter: 'create the key',
  }),
  submit: makeOrReview,
  back: (state) => stay(goHome(state)),
});
