import { canReadContent, SNIPPET_LANGUAGES, type Snippet, snippetFor } from '../../kaltura/snippets/snippets.js';
import { languageHint, languageLabel, snippetAdvice, snippetText } from '../../messages/use.js';
import { type MenuOption, menu, selectedOption } from '../engine/build-screen.js';
import { goTo, type State, stay, type Transition } from '../engine/state.js';
import { accessOf, backToKey, factsOf } from './subject.js';

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
