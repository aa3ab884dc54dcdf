import { formatLifetime } from '../../kaltura/lifetime.js';
import { caution, plain } from '../../messages/paragraph.js';
import { NO_ADMINISTRATOR } from '../app-tokens/needs-admin.js';
import { hasVendorKey, openVendorForm } from '../app-tokens/vendor-key.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { openDetour, stay } from '../engine/state.js';
import { lastStepOf, VENDOR_KEY_LIFETIME } from '../form/purpose.js';
import { isUnsafeServer } from '../form/reading.js';
import { whereItGoes } from './what-is-sent.js';

const LIFETIME = formatLifetime(VENDOR_KEY_LIFETIME);

const CHANGE_ADDRESS: MenuOption = {
  value: 'address',
  label: 'Change the URL',
  hint: 'to an https URL',
  choose: (state) => stay(openDetour(state, 'address')),
};

const UNSAFE = caution(
  'The server’s URL uses http, so nothing secret can be sent to it. An app token can be created only over https.',
);

const IN_PRACTICE = plain('In practice, the token ends with the practice server, so only you can try it.');

/** Explains the app token for a vendor. Takes the place of the review: Enter creates the ADMIN key that creates the token. */
export const vendor = menu({
  step: { id: 'vendor', number: 4, isNeeded: (form) => lastStepOf(form) === 'vendor', isComplete: () => false },
  options: (now) => [
    isUnsafeServer(now.form)
      ? CHANGE_ADDRESS
      : {
          value: 'continue',
          label: hasVendorKey(now) ? 'Continue with the app token' : 'Create the ADMIN key and continue',
          hint: hasVendorKey(now) ? 'the ADMIN key is still valid' : `valid for ${LIFETIME}`,
          choose: (state) => (hasVendorKey(state) ? openVendorForm(state) : stay(state)),
        },
    NO_ADMINISTRATOR,
  ],
  view: (state) => ({
    question: 'Give the vendor an app token, not your secret',
    warnings: [
      ...(isUnsafeServer(state.form) ? [UNSAFE] : []),
      plain(
        'The vendor creates keys from the token. You limit what these keys can do, and you can delete the token at any time. Only Kaltura can change your secret, so keep it to yourself.',
      ),
      plain(
        `Only an ADMIN key can create an app token. The wizard ${hasVendorKey(state) ? 'has created such a key' : `creates an ADMIN key for ${LIFETIME}`}, uses it only for that, and doesn’t show it. You describe the token on the next screen.`,
      ),
    ],
    advice: state.form.region === 'practice' ? [IN_PRACTICE] : [],
    ...(isUnsafeServer(state.form) || hasVendorKey(state) ? {} : { standing: whereItGoes(state) }),
    help: [
      'The token is created by another request (appToken.add), after you have described it: the user, type, privileges and lifetime of its keys, and when the token expires. Then you get a text to send to the vendor.',
      'kaltura-ks shows the value of the token only once. Send it to the vendor through a different channel than the text.',
      'If you delete the token, all keys that were created from it stop working.',
    ],
  }),
});
