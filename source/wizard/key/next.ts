import { openTokens } from '../app-tokens/list.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { goTo, type ScreenId, type State, stay, type Transition } from '../engine/state.js';

/** Opens a screen about the key, with its first option selected. */
export const openFor =
  (screen: ScreenId) =>
  (state: State): Transition =>
    stay(goTo({ ...state, option: '' }, screen));

const CHECK: MenuOption = {
  value: 'check',
  label: 'Check it',
  hint: 'does it work, and what does it see?',
  choose: openFor('check'),
};
const FIND: MenuOption = {
  value: 'look-up',
  label: 'Look for an entry or a category',
  hint: 'and what hides it',
  choose: openFor('look-up'),
};
const USE: MenuOption = {
  value: 'use',
  label: 'Use it',
  hint: 'code in six forms, an .env file',
  choose: openFor('use'),
};
const EXPLAIN: MenuOption = {
  value: 'explain',
  label: 'Explain it',
  hint: 'privileges, risks, signature',
  choose: openFor('explain'),
};
const TOKENS: MenuOption = {
  value: 'tokens',
  label: 'App tokens',
  hint: 'stop sharing the account secret',
  choose: openTokens,
};
const END: MenuOption = {
  value: 'end',
  label: 'End it',
  hint: 'before its time',
  tone: 'caution',
  choose: openFor('end'),
};

/** Lists the options. Only ADMIN keys can manage app tokens (docs/kaltura-facts.md 3.2). */
const options = ({ key }: State): MenuOption[] => [
  CHECK,
  FIND,
  USE,
  EXPLAIN,
  ...(key?.made.facts.type === 'USER' ? [] : [TOKENS]),
  END,
];

/** Lists what can be done with the current key. */
export const next = menu({
  options,
  view: () => ({
    heading: 'the key',
    question: 'What do you want to do with this key?',
    help: [
      'Check it: the cheapest call that this kind of key is allowed, after a word on what it costs.',
      'Look for an entry or a category: where the server says “not found”, this tells whether entitlement hides it from the key, and offers the key that sees it.',
      'Use it: ready-to-run code for curl, PHP, Python, Node and Java, the address of the TestMe console, and KALTURA_KS in an .env file.',
      'Explain it: each privilege with its meaning and risk, when the key ends, and what ends with it.',
      'App tokens make keys without the account’s secret, with limits of their own, and can be deleted: give one to a script or a vendor instead of the secret. It takes an ADMIN key to manage them.',
      'End it: the server refuses the key from then on. What else ends with it is said before.',
    ],
    enter: 'go',
    escape: 'the key',
  }),
  back: (state) => stay(goTo(state, 'result')),
});
