import {
  canReadContent,
  SNIPPET_LANGUAGES,
  type SnippetLanguage,
  snippetFor,
} from '../../kaltura/snippets/snippets.js';
import type { Option } from '../../messages/paragraph.js';
import { languageHint, languageLabel, snippetAdvice, snippetText } from '../../messages/use.js';
import { optionControl, selectedOption } from '../engine/picked.js';
import type { Screen } from '../engine/screen.js';
import { goTo, type State, stay } from '../engine/state.js';
import { serverOf, subjectOf } from './subject.js';

const ENV_FILE: Option = {
  value: 'env-file',
  label: 'Write it to an .env file…',
  hint: 'KALTURA_KS=, for your own code',
};

const OPTIONS: readonly Option[] = [
  ...SNIPPET_LANGUAGES.map((language) => ({
    value: language,
    label: languageLabel(language),
    hint: languageHint(language),
  })),
  ENV_FILE,
];

const isLanguage = (option: string): option is SnippetLanguage =>
  SNIPPET_LANGUAGES.some((language) => language === option);

function snippetOf(state: State) {
  const subject = subjectOf(state);
  const language = selectedOption(state, OPTIONS);
  if (subject?.server == null || !isLanguage(language)) return null;
  const { serviceUrl } = serverOf(subject.server, state, null);
  const canList = canReadContent(subject.facts?.privileges ?? null);
  return snippetFor(language, { serviceUrl, type: subject.facts?.type ?? null, canList });
}

/** Shows code that uses the key, and offers to write the key to an .env file. */
export const use: Screen = {
  view: (state) => {
    const snippet = snippetOf(state);
    return {
      heading: 'use the key',
      question: 'How do you want to use it?',
      controls: [optionControl(state, OPTIONS, 'As')],
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
  set: (state, _control, value) => ({ ...state, option: String(value) }),
  submit: (state) => {
    if (state.option === 'env-file') return stay(goTo(state, 'env-file'));
    const snippet = snippetOf(state);
    if (snippet === null) return stay(state);
    // The key isn't on the line above any more.
    const key = state.key === null ? null : { ...state.key, isShown: false };
    return stay({ ...state, key }, { do: 'show-text', text: snippetText(snippet) });
  },
  back: (state) => stay(goTo(state, subjectOf(state)?.returnTo ?? 'home')),
  act: (state) => {
    const snippet = snippetOf(state);
    return snippet === null ? stay(state) : stay(state, { do: 'copy-text', text: snippetText(snippet) });
  },
};
