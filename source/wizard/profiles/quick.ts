import { formatLifetime } from '../../kaltura/lifetime.js';
import type { SignInMethod } from '../../kaltura/sign-in/key-spec.js';
import { type Field, form } from '../engine/build-screen.js';
import { goHome, openDetour, type State, stay, type Transition } from '../engine/state.js';
import { CREDENTIALS, credentialsFor, lifetimeInSeconds, partnerIdOf, serverLabel } from '../form/reading.js';
import { credentialFields } from '../steps/credentials.js';
import { firstIncomplete, makeKey } from '../steps/steps.js';

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
