import { Secret } from '../../kaltura/secret.js';
import { canReadContent, SNIPPET_LANGUAGES, type Snippet, snippetFor } from '../../kaltura/snippets/snippets.js';
import { caution, lowerFirst, plain } from '../../messages/paragraph.js';
import { languageHint, languageLabel, SET_VARIABLE_HELP, snippetAdvice, snippetText } from '../../messages/use.js';
import { openTokens } from '../app-tokens/tokens.js';
import { type MenuOption, menu, selectedOption } from '../engine/build-screen.js';
import { changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import { isKeyExpired, nameOf } from './current-key.js';
import { revokeOption } from './end.js';
import { CREATE_NEW_KEY } from './new-key.js';
import { accessOf, backToReview, factsOf } from './subject.js';
import { isKeyRevoked } from './summary.js';
import { goBackOnTrail, openKeyScreen } from './trail.js';

const CHECK: MenuOption = {
  value: 'check',
  label: 'Check the key',
  hint: 'does it work, and what can it see?',
  choose: openKeyScreen('check'),
};
const FIND: MenuOption = {
  value: 'look-up',
  label: 'Look for an entry or a category…',
  hint: 'and find out what hides it',
  choose: openKeyScreen('look-up'),
};
const USE: MenuOption = {
  value: 'use',
  label: 'Use the key',
  hint: 'code, the TestMe console, an .env file',
  choose: openKeyScreen('use'),
};
const EXPLAIN: MenuOption = {
  value: 'explain',
  label: 'Explain the key',
  hint: 'privileges, risks, signature',
  choose: openKeyScreen('explain'),
};
const TOKENS: Omit<MenuOption, 'choose'> = {
  value: 'tokens',
  label: 'Manage app tokens',
  hint: 'they replace the account secret',
};

const ADMIN_NEEDED = 'Only an ADMIN key can manage app tokens, and this is a USER key.';

/** Only ADMIN keys can manage app tokens (docs/kaltura-facts.md 3.2). For a USER key, the option says what is needed. */
const tokensOption = ({ key }: State): MenuOption =>
  key?.made.facts.type === 'USER'
    ? {
        ...TOKENS,
        hint: 'needs an ADMIN key',
        detail: ADMIN_NEEDED,
        choose: (state) => stay({ ...state, notice: caution('Press Esc and then n to create an ADMIN key.') }),
      }
    : { ...TOKENS, choose: openTokens };
const CHANGE: MenuOption = {
  value: 'change',
  label: 'Change the answers…',
  hint: 'and create another key',
  choose: (state) => stay(backToReview(state)),
};

const QUIT: MenuOption = { value: 'quit', label: 'Quit', choose: (state) => stay(state, { do: 'quit', how: 'done' }) };

const isExpired = ({ key, now }: State): boolean => key !== null && isKeyExpired(key, now / 1000);

/** Lists the options. A key that the server refuses can only be explained. */
function nextOptions(state: State): MenuOption[] {
  if (isKeyRevoked(state)) return [CREATE_NEW_KEY, EXPLAIN, QUIT];
  // By this computer's clock, which can be wrong: the check asks the server.
  return isExpired(state) ? [CREATE_NEW_KEY, EXPLAIN, CHECK, QUIT] : optionsOfUse(state);
}

/** Says why only few options are left. */
function nextQuestion(state: State): string {
  const isOver = isKeyRevoked(state) ? 'is revoked' : isExpired(state) ? 'has expired' : null;
  return isOver === null ? 'What do you want to do with this key?' : `This key ${isOver}. What do you want to do?`;
}

const optionsOfUse = (state: State): MenuOption[] => [
  CHECK,
  FIND,
  USE,
  EXPLAIN,
  tokensOption(state),
  ...(state.key?.request == null ? [] : [CHANGE]),
  revokeOption(state, openKeyScreen('end')),
];

/** Lists what can be done with the current key. */
export const next = menu({
  options: nextOptions,
  view: (state) => ({
    heading: 'the key',
    question: nextQuestion(state),
    help: [
      'Check the key: sends one or two small requests that the key is allowed to make. You see them before they are sent.',
      'Look for an entry or a category: if the server says “not found”, you learn whether entitlement hides it from this key. You can then create a key that sees it.',
      'Use the key: code that you can run (curl, PHP, Python, Node, Java, C# and PowerShell), the URL of the TestMe console, and KALTURA_KS in an .env file.',
      'Explain the key: the meaning and risk of each privilege, when the key expires, and what is revoked with it.',
      'App tokens create keys without the account’s secret. They have limits of their own and can be deleted: give one to a script or a vendor instead of the secret. Managing them needs an ADMIN key.',
      'Revoke the key: from then on, the server refuses it. You see first what else is revoked with it.',
    ],
    enter: 'go',
  }),
  back: goBackOnTrail,
});

const ENV_FILE: MenuOption = {
  value: 'env-file',
  label: 'Write it to an .env file…',
  hint: 'KALTURA_KS=, for your own code',
  choose: (state) => stay(goTo(state, 'env-file')),
};

const ENV_FILE_TEXT = plain(
  'Writes the key into the file as the variable KALTURA_KS, from which your programs can read it.',
);

const options = (): readonly MenuOption[] => [
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
  const selected = selectedOption(state, options())?.value;
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
  return stay(changeState(state, { keyUse: { isCodePrinted: true } }), {
    do: 'show-text',
    text: snippetText(snippet),
    label: `Code: ${languageLabel(snippet.language)}`,
  });
}

/** Says how to get back the text that was printed last: the code, or the key. */
function scrolledAwayText({ subject, key, keyUse }: State): string | undefined {
  if (keyUse.isCodePrinted) return 'The start of the code has scrolled away. c copies the code.';
  if (subject !== 'key' || key === null || !key.isShown) return undefined;
  return `The start of ${lowerFirst(nameOf(key))} has scrolled away. On the result, v prints it again.`;
}

/** Shows code that uses the key, and offers to write the key to an .env file. */
export const use = menu({
  label: 'As',
  options,
  view: (state) => {
    const snippet = snippetOf(state);
    const scrolledAway = scrolledAwayText(state);
    return {
      heading: 'use the key',
      question: 'How do you want to use the key?',
      ...(scrolledAway === undefined ? {} : { scrolledAway }),
      isAboutLastPrinted: true,
      advice: snippet === null ? [ENV_FILE_TEXT] : snippetAdvice(snippet),
      help: [
        'Enter prints the code above this menu, ready to run. The code reads the key from the variable KALTURA_KS and doesn’t contain it, so you can save and share the code.',
        SET_VARIABLE_HELP,
        'With a saved profile, kaltura-ks sets the variable, for one command or for the shell:',
        'kaltura-ks exec <profile> -- <command>',
        'eval "$(kaltura-ks token <profile> --export)"',
        'Send the key in the body of the request, not in the URL: URLs end up in logs.',
      ],
      actions:
        snippet === null
          ? []
          : [{ key: 'c', id: 'copy', label: snippet.language === 'testme' ? 'copy the URL' : 'copy the code' }],
      enter: snippet === null ? 'go' : snippet.language === 'testme' ? 'print the URL' : 'print',
    };
  },
  back: goBackOnTrail,
  act: (state) => {
    const snippet = snippetOf(state);
    if (snippet === null) return stay(state);
    return stay(state, { do: 'copy', text: new Secret(snippetText(snippet)), isTemporary: false });
  },
});
