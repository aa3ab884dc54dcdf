import { readPastedError } from '../../kaltura/diagnosis/pasted-error.js';
import { Secret } from '../../kaltura/secret.js';
import { visibleText } from '../../kaltura/typed-values.js';
import { noErrorText } from '../../messages/errors/explain-error.js';
import { plain } from '../../messages/paragraph.js';
import { type Field, form, secretField, textField } from '../engine/build-screen.js';
import { changeState, goHome, goTo, type State, stay } from '../engine/state.js';
import { explainKeyIn } from '../key/pasted-key.js';
import { NO_ERROR_PASTE } from './diagnosing.js';
import { explainErrorsIn, foundIn } from './pasted-error.js';

const change = (state: State, text: Secret): State => changeState(state, { errorPaste: { text } });

/** A text that contains a secret is hidden; other text is visible. */
function errorField({ errorPaste }: State): Field {
  const { reason, hasSecret } = readPastedError(errorPaste.text);
  const field = {
    id: 'error',
    label: 'Error',
    placeholder: 'a code, a message, or the whole answer',
    problem: reason === null || reason === 'key' || reason === 'secret' ? null : noErrorText[reason],
  };
  if (hasSecret) return secretField({ ...field, value: errorPaste.text, change });
  return textField({
    ...field,
    value: visibleText(errorPaste.text),
    change: (state, text) => change(state, new Secret(text)),
  });
}

const HIDDEN = plain('The text is hidden, because it seems to contain a key or a secret.');

const withoutText = (state: State): State => changeState(state, { errorPaste: NO_ERROR_PASTE });

/** Asks for an error code, a message, or a whole answer. */
export const pasteError = form({
  fields: (state) => [errorField(state)],
  view: ({ errorPaste }) => ({
    heading: 'explain an error',
    lead: 'Nothing is sent: the text is read on this computer.',
    question: 'Which error do you want to explain?',
    warnings: readPastedError(errorPaste.text).hasSecret ? [HIDDEN] : [],
    advice: [plain('Paste the code, such as CATEGORY_NOT_FOUND, the message, or the whole answer in JSON or XML.')],
    help: [
      'When a call fails, Kaltura’s answer contains an error code and a message. Paste one of them, or the whole answer. The HTTP status of such an answer is 200, as if the call had worked.',
      'You see what the error means, its likely causes and the fix. From there you can check a key or create another one.',
      'kaltura-ks takes only error codes, IDs and keys from the text. It forgets the text when you go back.',
    ],
    ...foundIn(errorPaste.text, 'error'),
  }),
  submit: (state) => {
    const { text, returnTo } = state.errorPaste;
    return readPastedError(text).errors.length > 0
      ? explainErrorsIn(state, text, returnTo)
      : explainKeyIn({ ...withoutText(state), returnTo }, text);
  },
  back: (state) => {
    const next = withoutText(state);
    return stay(state.errorPaste.returnTo === 'region' ? goTo(next, 'region') : goHome(next));
  },
});
