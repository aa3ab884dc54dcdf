import type { FoundError } from '../../kaltura/diagnosis/find-errors.js';
import { readPastedError } from '../../kaltura/diagnosis/pasted-error.js';
import { Secret } from '../../kaltura/secret.js';
import { ENTITLEMENT_TEXT } from '../../messages/entitlement.js';
import { type ExplainedError, errorTitle, explainError } from '../../messages/errors/explain-error.js';
import { causeParagraphs, type Paragraph, plain } from '../../messages/paragraph.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import { explainKeyIn } from '../key/pasted-key.js';
import { NO_ERROR_PASTE } from './diagnosing.js';
import { checksFor } from './error-checks.js';
import { explainErrorsIn, showError } from './pasted-error.js';

const errorsOf = ({ errorPaste }: State): readonly FoundError[] => readPastedError(errorPaste.text).errors;

const shownError = (state: State): FoundError | undefined => errorsOf(state)[state.errorPaste.shown];

/** Offers the other errors in the text, and the key in it. */
function otherOptions(state: State): MenuOption[] {
  const { text, shown, returnTo } = state.errorPaste;
  const others = errorsOf(state).map(
    (error, index): MenuOption => ({
      value: `error:${index}`,
      label: `Explain ${errorTitle(explainError(error))}`,
      hint: 'also in the text',
      choose: (now) => stay(showError(now, index)),
    }),
  );
  const key: MenuOption = {
    value: 'key',
    label: 'Explain the key in the text',
    hint: 'the key stays hidden',
    choose: (now) => explainKeyIn({ ...now, returnTo }, text),
  };
  return [...others.filter((_, index) => index !== shown), ...(readPastedError(text).hasKey ? [key] : [])];
}

const ANOTHER: MenuOption = {
  value: 'another',
  label: 'Explain another error…',
  choose: (state) => {
    const { returnTo } = state.errorPaste;
    return backToField(changeState(state, { errorPaste: { ...NO_ERROR_PASTE, returnTo } }));
  },
};

/** Offers the codes that an unknown one was probably meant to be. */
const similarOptions = ({ similar }: FoundError): MenuOption[] =>
  similar.map((code) => ({
    value: `similar:${code}`,
    label: `Explain ${code}`,
    hint: 'a similar code',
    choose: (state) => explainErrorsIn(state, new Secret(code), state.errorPaste.returnTo),
  }));

function options(state: State): MenuOption[] {
  const error = shownError(state);
  return [
    ...(error === undefined ? [] : [...checksFor(error, state), ...similarOptions(error)]),
    ...otherOptions(state),
    ANOTHER,
  ];
}

function paragraphsOf({ meaning, similar, causes, fix }: ExplainedError): readonly Paragraph[] {
  const meant = similar.length === 0 ? '' : ` Did you mean ${similar.join(', ')}?`;
  return [plain(`${meaning}${meant}`), plain(`Fix: ${fix}`), ...causeParagraphs(causes)];
}

const backToField = (state: State): Transition => stay(goTo(state, 'paste-error'));

/** Explains an error: what it means, the fix, the likely causes, and what can be checked. */
export const explainErrorScreen = menu({
  options,
  view: (state) => {
    const error = shownError(state);
    const explained = error === undefined ? null : explainError(error);
    return {
      heading: 'explain an error',
      question: explained === null ? '' : errorTitle(explained),
      warnings: explained === null ? [] : paragraphsOf(explained),
      help: [
        'The most likely cause comes first.',
        ...(explained?.causes.some((cause) => /entitlement/i.test(cause)) === true ? [ENTITLEMENT_TEXT] : []),
        'kaltura-ks explain prints the same in a script: it takes the code, the message, or the whole answer on standard input.',
      ],
      enter: 'go',
    };
  },
  back: backToField,
});
