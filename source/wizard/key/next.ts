import type { Option } from '../../messages/paragraph.js';
import { openTokens } from '../app-tokens/list.js';
import { optionControl, selectedOption } from '../engine/picked.js';
import type { Screen } from '../engine/screen.js';
import { goTo, type ScreenId, type State, stay } from '../engine/state.js';

const CHECK: Option = { value: 'check', label: 'Check it', hint: 'does it work, and what does it see?' };
const FIND: Option = { value: 'look-up', label: 'Look for an entry or a category', hint: 'and what hides it' };
const USE: Option = { value: 'use', label: 'Use it', hint: 'code in six forms, an .env file' };
const EXPLAIN: Option = { value: 'explain', label: 'Explain it', hint: 'privileges, risks, signature' };
const TOKENS: Option = { value: 'tokens', label: 'App tokens', hint: 'stop sharing the account secret' };
const END: Option = { value: 'end', label: 'End it', hint: 'before its time', tone: 'caution' };

/** Lists the options. Only ADMIN keys can manage app tokens (docs/kaltura-facts.md 3.2). */
const options = ({ key }: State): Option[] => [
  CHECK,
  FIND,
  USE,
  EXPLAIN,
  ...(key?.made.facts.type === 'USER' ? [] : [TOKENS]),
  END,
];

/** Lists what can be done with the current key. */
export const next: Screen = {
  view: (state) => ({
    heading: 'the key',
    question: 'What do you want to do with this key?',
    controls: [optionControl(state, options(state))],
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
  set: (state, _control, value) => ({ ...state, option: String(value) }),
  submit: (state) => {
    const option = selectedOption(state, options(state));
    return option === 'tokens' ? openTokens(state) : stay(openFor(state, option as ScreenId));
  },
  back: (state) => stay(goTo(state, 'result')),
};

/** Opens a screen about the subject, with its first option selected. */
export const openFor = (state: State, screen: ScreenId): State => ({
  ...goTo({ ...state, option: '' }, screen),
});
