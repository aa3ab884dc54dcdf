import { caution, plain } from '../../messages/paragraph.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { goTo, openDetour, type State, stay, type Transition } from '../engine/state.js';
import { changeForm } from '../form/form.js';
import { choosePurpose, lifetimeAnswers } from '../form/purpose.js';
import { partnerIdOf } from '../form/reading.js';

/** Opens the screen that says who can create an app token. */
export const openNeedsAdmin = (state: State, reason?: string): State => {
  const shown = goTo(state, 'needs-admin', { option: '' });
  return reason === undefined ? shown : { ...shown, notice: caution(reason) };
};

/** Leads to the other ways, for users who can't create an ADMIN key. */
export const NO_ADMINISTRATOR: MenuOption = {
  value: 'needs-admin',
  label: 'I’m not an administrator…',
  hint: 'what you can do instead',
  choose: (state) => stay(openNeedsAdmin(state)),
};

/** Seconds. What a key for a vendor usually gets. */
const VENDOR_USER_KEY_LIFETIME = 3600;

/** Continues with a USER key that is given to the vendor itself. */
function createUserKey(state: State): Transition {
  const form = changeForm(choosePurpose(state.form, 'other'), {
    holder: 'vendor',
    type: 'USER',
    ...lifetimeAnswers(VENDOR_USER_KEY_LIFETIME),
  });
  return stay(goTo(state, 'user', { form }));
}

const back = (state: State): Transition => stay(goTo(state, 'vendor', { option: '' }));

/** Says that only an administrator can create an app token, and offers the other ways. */
export const needsAdmin = menu({
  options: ({ form }) => [
    {
      value: 'user-key',
      label: form.method === 'login' ? 'Create a key for the vendor instead' : 'Create a USER key for the vendor',
      hint: 'valid for an hour',
      choose: createUserKey,
    },
    {
      value: 'sign-in',
      label: 'Sign in again',
      hint: 'as an administrator',
      choose: (state) => stay(openDetour(state, 'sign-in')),
    },
    { value: 'back', label: 'Back to the app token', choose: back },
  ],
  view: ({ form }) => {
    const partnerId = partnerIdOf(form);
    return {
      heading: 'app token for a vendor',
      question: 'Only an administrator can create an app token',
      warnings: [
        plain(
          `Ask an administrator of ${partnerId === null ? 'the account' : `partner ${partnerId}`} to run kaltura-ks and to choose “A vendor or another team”. It takes a minute.`,
        ),
        plain(
          'An administrator can also add a user for the vendor in KMC. The vendor then signs in with email and password, and an administrator can block this user at any time.',
        ),
      ],
      help: [
        'Creating an app token needs an ADMIN key. Only the Administrator Secret, the login of an administrator, or an ADMIN app token can create one. The User Secret can’t.',
        'Don’t give your secret or your password to the vendor: anyone who has it can do what you can.',
      ],
      enter: 'go',
    };
  },
  back,
});
