import { formatDuration, formatLifetime } from '../../kaltura/lifetime.js';
import type { SignInMethod } from '../../kaltura/sign-in/key-spec.js';
import { type Profile, savedKeyExpiry } from '../../profiles/profile.js';
import { type Field, form, menu, secretField } from '../engine/build-screen.js';
import { goHome, inFlow, openDetour, type State, stay, type Transition } from '../engine/state.js';
import { CREDENTIALS, credentialsFor, lifetimeInSeconds, partnerIdOf, serverLabel } from '../form/reading.js';
import { credentialFields } from '../steps/credentials.js';
import { firstIncomplete, makeKey } from '../steps/steps.js';
import { createKeyFromProfile, outputSavedKey, profileInUse, readSecret } from './use-profile.js';

/** Asks for the passphrase of a profile's encrypted file. */
export const passphrase = form({
  fields: ({ profileFlow: { source } }) => [
    secretField({
      id: 'passphrase',
      label: 'Passphrase',
      value: source.passphrase,
      problem: source.passphrase.length === 0 ? 'Type the passphrase that the file was encrypted with.' : null,
      change: (state, typed) =>
        inFlow(state, 'profileFlow', { source: { ...state.profileFlow.source, passphrase: typed } }),
    }),
  ],
  view: (state) => ({
    heading: `profile ${state.profileName ?? ''}`,
    question:
      state.profileFlow.secretReading?.what === 'key'
        ? 'The kept key lies in an encrypted file'
        : 'The secret lies in an encrypted file',
    warnings:
      state.profileFlow.sourceProblem === null ? [] : [{ tone: 'caution', text: state.profileFlow.sourceProblem }],
    advice: [
      { tone: 'plain', text: 'It opens the file for this one key and is then forgotten. Nobody can restore it.' },
    ],
    help: [
      'The file was made when the profile was saved. Without its passphrase the secret can only be typed again: go back, press e on the profile, and save it anew.',
    ],
    enter: 'open',
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
  return formatDuration(Math.max(0, left));
}

/** Shows a profile that has a valid saved key. Copying it is the first option. */
export const savedKey = menu({
  options: (state) => [
    {
      value: 'copy',
      label: `Copy the kept key (${timeLeft(state)} left)`,
      choose: withProfile((now, profile) => outputSavedKey(now, profile, 'copy')),
    },
    {
      value: 'show',
      label: 'Show the kept key',
      hint: 'as a line on this terminal',
      choose: withProfile((now, profile) => outputSavedKey(now, profile, 'show')),
    },
    { value: 'new', label: 'Make a new one', choose: withProfile(createKeyFromProfile) },
  ],
  view: (state) => ({
    heading: `profile ${state.profileName ?? ''}`,
    question: 'This profile has a living key',
    help: [
      'The key was kept with the profile when it was saved, and is good until it ends, unless it was ended or used up elsewhere.',
      'Copying puts it into the clipboard without showing it. Showing writes it to the terminal as one line, where it stays in the scrollback.',
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
  return `${type} for ${account} (${serverLabel(form)}), ${formatLifetime(lifetimeInSeconds(form))}${privileges}.`;
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
  login: 'It is the one you log in to KMC with.',
  'app-token': 'Whoever made the token has its value; one that is lost is replaced by making another.',
};

/** Creates a key from a profile: asks one question and shows a line about the key. */
export const quick = form({
  fields: missingFields,
  view: (state) => ({
    heading: `profile ${state.profileName ?? ''}`,
    lead: whatIsMade(state),
    question: 'What is missing',
    advice: [
      {
        tone: 'plain',
        text: `It is used for this key and then forgotten. ${WHERE[state.form.method]}`,
      },
    ],
    help: [
      'A profile never holds a secret, a password or a token. This one has no place for it, or nothing was found there: so it is asked.',
      'To look at the whole request, or to change it, go back and press e on the profile.',
    ],
    enter: 'make the key',
  }),
  submit: makeOrReview,
  back: (state) => stay(goHome(state)),
});
