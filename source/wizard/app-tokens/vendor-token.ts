import { Secret } from '../../kaltura/secret.js';
import { vendorText } from '../../messages/app-tokens/vendor-text.js';
import { caution, good, plain } from '../../messages/paragraph.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import { startNewKey } from '../form/start-anew.js';
import { accessOf } from '../key/subject.js';
import { vendorHeading } from '../steps/heading.js';
import { createdFacts, differencesIn, isPractice, saveOptions } from './created.js';

/** Returns the text to send; null if there is no new token. */
function textOf(state: State): string | null {
  const { key, tokens } = state;
  const access = accessOf(state);
  if (key === null || access === null || tokens.created === null) return null;
  const { serviceUrl } = access.server;
  return vendorText(
    { region: key.server.region, serviceUrl, partnerId: key.made.facts.partnerId },
    tokens.created.token,
  );
}

function showText(state: State): Transition {
  const text = textOf(state);
  if (text === null) return stay(state);
  const notice = good('✔ The text is printed above. Scroll up to read all of it, or press c to copy it.');
  return stay({ ...state, notice }, { do: 'show-text', text, label: 'Text for the vendor' });
}

const startAgain = (state: State): Transition => stay(startNewKey(changeState(state, { tokens: { created: null } })));

const options = (state: State): readonly MenuOption[] => [
  { value: 'text', label: 'Show the text for the vendor', hint: 'without the value', choose: showText },
  ...saveOptions(state),
  { value: 'new', label: 'Create another key or token…', choose: startAgain },
];

const TWO_CHANNELS = caution(
  'Send the text and the value through different channels, for example by email and with a password manager. kaltura-ks doesn’t store the value and won’t show it again.',
);

const ONLY_PRACTICE = caution(
  'This token ends with the practice server. Send a real token’s text and value through different channels, for example by email and with a password manager. kaltura-ks doesn’t store the value and won’t show it again.',
);

/** Shows the new app token for a vendor, and the text to send. The value of the token is printed above, only this once. */
export const vendorToken = menu({
  options,
  view: (state) => ({
    heading: vendorHeading(6),
    question: 'The app token is ready. Its value is printed above.',
    facts: createdFacts(state),
    warnings: [...differencesIn(state), isPractice(state) ? ONLY_PRACTICE : TWO_CHANNELS],
    advice: [
      plain('To delete the token later, create an ADMIN key, press m on the result and choose “Manage app tokens”.'),
    ],
    help: [
      'The text says what the token is, for which account, when it expires, and how to create a key: with kaltura-ks, or with two calls of the API.',
      'You can also delete the token with this command:',
      'kaltura-ks app-tokens delete <token ID> --profile <profile>',
      'The ADMIN key that created the token was used only for that. It expires by itself.',
    ],
    actions: [
      { key: 'c', id: 'copy-text', label: 'copy the text' },
      { key: 't', id: 'copy-value', label: 'copy the value' },
    ],
    scrolledAway: 'The value has scrolled away. Press t to copy it.',
    enter: 'go',
    escape: 'quit',
  }),
  back: (state) => stay(goTo(state, 'quit', { returnTo: 'vendor-token', option: 'stay' })),
  act: (state, action) => {
    const { created } = state.tokens;
    const text = textOf(state);
    if (created === null || text === null) return stay(state);
    const copied = action === 'copy-value' ? created.value : new Secret(text);
    return stay(state, { do: 'copy', text: copied, isTemporary: false });
  },
});
