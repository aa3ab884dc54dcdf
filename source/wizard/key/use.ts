import { canReadContent, SNIPPET_LANGUAGES, type Snippet, snippetFor } from '../../kaltura/snippets/snippets.js';
import { languageHint, languageLabel, snippetAdvice, snippetText } from '../../messages/use.js';
import { openTokens } from '../app-tokens/tokens.js';
import { type MenuOption, menu, selectedOption } from '../engine/build-screen.js';
import { goTo, type ScreenId, type State, stay, type Transition } from '../engine/state.js';
import { accessOf, backToKey, factsOf } from './subject.js';

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
const TOKENS: Omit<MenuOption, 'choose'> = {
  value: 'tokens',
  label: 'App tokens',
  hint: 'stop sharing the account secret',
};

const ADMIN_NEEDED =
  'Only an ADMIN key can manage app tokens, and this is a USER key. Press Esc and then n to create an ADMIN key.';

/** Only ADMIN keys can manage app tokens (docs/kaltura-facts.md 3.2). For a USER key, the option says what is needed. */
const tokensOption = ({ key }: State): MenuOption =>
  key?.made.facts.type === 'USER'
    ? {
        ...TOKENS,
        hint: 'needs an ADMIN key',
        detail: ADMIN_NEEDED,
        choose: (state) => stay({ ...state, notice: { tone: 'caution', text: ADMIN_NEEDED } }),
      }
    : { ...TOKENS, choose: openTokens };
const END: MenuOption = {
  value: 'end',
  label: 'End it',
  hint: 'before its time',
  tone: 'caution',
  choose: openFor('end'),
};

const nextOptions = (state: State): MenuOption[] => [CHECK, FIND, USE, EXPLAIN, tokensOption(state), END];

/** Lists what can be done with the current key. */
export const next = menu({
  options: nextOptions,
  view: () => ({
    heading: 'the key',
    question: 'What do you want to do with this key?',
    help: [
      'Check it: the cheapest call that this kind of key is allowed, after a word on what it costs.',
      'Look for an entry or a category: where the server says “not found”, this tells whether entitlement hides it from the key, and offers the key that sees it.',
      'Use it: ready-to-run code for curl, PHP, Python, Node, Java, C# and PowerShell, the address of the TestMe console, and KALTURA_KS in an .env file.',
      'Explain it: each privilege with its meaning and risk, when the key ends, and what ends with it.',
      'App tokens make keys without the account’s secret, with limits of their own, and can be deleted: give one to a script or a vendor instead of the secret. It takes an ADMIN key to manage them.',
      'End it: the server refuses the key from then on. What else ends with it is said before.',
    ],
    enter: 'go',
    escape: 'the key',
  }),
  back: (state) => stay(goTo(state, 'result')),
});

const ENV_FILE: MenuOption = {
  value: 'env-file',
  label: 'Write it to an .env file…',
  hint: 'KALTURA_KS=, for your own code',
  choose: (state) => stay(goTo(state, 'env-file')),
};

const OPTIONS: readonly MenuOption[] = [
  ...SNIPPET_LANGUAGES.map((language) => ({
    value: language,
    label: languageLabel(language),
    hint: languageHint(language),
    choose: showCode,
  })),
  ENV_FILE,
];

/** Returns the code for the selected language; null if another option is selected. */
function snippetOf(state: State): Snippet | null {
  const access = accessOf(state);
  const selected = selectedOption(state, OPTIONS)?.value;
  const language = SNIPPET_LANGUAGES.find((one) => one === selected);
  if (access === null || language === undefined) return null;
  const facts = factsOf(state);
  const canList = canReadContent(facts?.privileges ?? null);
  return snippetFor(language, { serviceUrl: access.server.serviceUrl, type: facts?.type ?? null, canList });
}

/** Prints the code on the terminal. */
function showCode(state: State): Transition {
  const snippet = snippetOf(state);
  if (snippet === null) return stay(state);
  // The key isn't on the line above any more.
  const key = state.key === null ? null : { ...state.key, isShown: false };
  return stay({ ...state, key }, { do: 'show-text', text: snippetText(snippet) });
}

/** Shows code that uses the key, and offers to write the key to an .env file. */
export const use = menu({
  label: 'As',
  options: () => OPTIONS,
  view: (state) => {
    const snippet = snippetOf(state);
    return {
      heading: 'use the key',
      question: 'How do you want to use it?',
      // A fixed place under the list, so that the layout doesn't change with the selection.
      ...(snippet?.run == null ? {} : { standing: { label: 'Run', value: snippet.run } }),
      advice: snippet === null ? [] : snippetAdvice(snippet),
      help: [
        'Enter writes the code onto this terminal, above, ready to be run. It takes the key from the variable KALTURA_KS, so it can be kept and shared: no key stands in it.',
        'Set the variable with kaltura-ks exec <profile> -- <command>, with eval "$(kaltura-ks token <profile> --export)", or from an .env file.',
        'Pass the key in the body of the request rather than in its address, so that it does not end up in logs.',
      ],
      actions: snippet === null ? [] : [{ key: 'c', id: 'copy', label: 'copy the code' }],
      enter: 'go',
      escape: 'the key',
    };
  },
  back: backToKey,
  act: (state) => {
    const snippet = snippetOf(state);
    return snippet === null ? stay(state) : stay(state, { do: 'copy-text', text: snippetText(snippet) });
  },
});
