import { formatLifetime } from '../../kaltura/lifetime.js';
import type { SignInMethod } from '../../kaltura/sign-in/key-request.js';
import type { Screen } from '../engine/screen.js';
import { goHome, openDetour, type State, stay, type Transition } from '../engine/state.js';
import type { Control } from '../engine/view.js';
import { CREDENTIALS, credentialsFor, lifetimeInSeconds, partnerIdOf, serverLabel } from '../form/reading.js';
import { credentials } from '../steps/credentials.js';
import { asScreen, firstIncomplete, makeKey } from '../steps/steps.js';

function whatIsMade({ draft }: State): string {
  const type =
    draft.method === 'login' ? 'A key of the login’s type' : `${draft.type === 'ADMIN' ? 'An ADMIN' : 'A USER'} key`;
  const partner = partnerIdOf(draft);
  const account = partner === null ? draft.loginId : `partner ${partner}`;
  const privileges = draft.privileges === '' ? '' : `, ${draft.privileges}`;
  return `${type} for ${account} (${serverLabel(draft)}), ${formatLifetime(lifetimeInSeconds(draft))}${privileges}.`;
}

/** Asks only for the missing secrets of a profile, and for values of the profile that can't be used. */
function missingControls(state: State): Control[] {
  const all = asScreen(credentials).view(state).controls;
  const isSecret = (control: Control): boolean => control.kind === 'text' && typeof control.value !== 'string';
  const isBroken = (control: Control): boolean => {
    const name = credentialsFor(state.draft).find((candidate) => candidate === control.id);
    return name !== undefined && CREDENTIALS[name](state.draft).problem !== null;
  };
  return all.filter((control) => isSecret(control) || isBroken(control));
}

/** Creates the key. Opens the step of any other invalid value, which an edited file or another version can contain. */
function makeOrReview(state: State): Transition {
  const missing = firstIncomplete(state.draft);
  return missing.id === 'review' ? makeKey(state) : stay(openDetour(state, missing.id));
}

/** Says where the user finds the missing value. */
const WHERE: Readonly<Record<SignInMethod, string>> = {
  server: 'In KMC: Settings → Integration settings → Account info.',
  local: 'In KMC: Settings → Integration settings → Account info.',
  login: 'It is the one you log in to KMC with.',
  'app-token': 'Whoever made the token has its value; one that is lost is replaced by making another.',
};

/** Creates a key from a profile: asks one question and shows a line about the key. */
export const quick: Screen = {
  view: (state) => ({
    heading: `profile ${state.profileName ?? ''}`,
    lead: whatIsMade(state),
    question: 'What is missing',
    controls: missingControls(state),
    advice: [
      {
        tone: 'plain',
        text: `It is used for this key and then forgotten. ${WHERE[state.draft.method]}`,
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
};
