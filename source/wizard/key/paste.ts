import { readPastedError } from '../../kaltura/diagnosis/pasted-error.js';
import { notFoundText } from '../../messages/explanation/explanation.js';
import { plain } from '../../messages/paragraph.js';
import { explainErrorsIn, foundIn } from '../diagnosis/pasted-error.js';
import { form, secretField } from '../engine/build-screen.js';
import { changeState, goHome, goTo, type State, stay, type Transition } from '../engine/state.js';
import { NO_INSPECTION } from './key-use.js';
import { explainKeyIn, findPastedKey } from './pasted-key.js';

/** Says why there is nothing to explain; null if there is a key, or an error, which another screen explains. */
function problemOf({ inspection: { paste } }: State): string | null {
  const finding = findPastedKey(paste);
  if (finding.found || readPastedError(paste).errors.length > 0) return null;
  return finding.why === 'empty' ? 'Paste a key first.' : notFoundText(finding.why);
}

function goBack(state: State): Transition {
  const { returnTo } = state;
  return stay(returnTo === 'region' || returnTo === 'explain-error' ? goTo(state, returnTo) : goHome(state));
}

const TO_EXPLAIN = {
  heading: 'explain a key',
  lead: 'Nothing is sent: the key is read on this computer.',
  question: 'Which key do you want to explain?',
};

/** After an error, the next screen offers the check. */
const TO_CHECK = {
  heading: 'check with a key',
  lead: 'Nothing is sent yet: the key is first read on this computer.',
  question: 'Which key do you want to check with?',
};

/** Asks for an existing key to explain or to check with. */
export const paste = form({
  fields: (state) => [
    secretField({
      id: 'paste',
      label: 'Key (KS)',
      noun: 'key',
      value: state.inspection.paste,
      problem: problemOf(state),
      change: (now, text) => ({ ...now, inspection: { ...NO_INSPECTION, paste: text } }),
    }),
  ],
  view: (state) => ({
    ...(state.returnTo === 'explain-error' ? TO_CHECK : TO_EXPLAIN),
    advice: [
      plain(
        'Paste only the key, or a text that contains it: a URL, a header, code, or an answer. The key is not shown.',
      ),
    ],
    help: [
      'Anyone can read a version 1 key. A version 2 key is encrypted: only its partner ID can be read without the account’s Administrator Secret. Kaltura’s server can read it too.',
      'A valid key can be used by anyone who has it. Paste it only into programs that you trust. kaltura-ks forgets it when you go back.',
    ],
    ...foundIn(state.inspection.paste, 'key'),
  }),
  submit: (state) => {
    const { paste: pasted } = state.inspection;
    return findPastedKey(pasted).found
      ? explainKeyIn(state, pasted)
      : explainErrorsIn(changeState(state, { inspection: NO_INSPECTION }), pasted, state.returnTo);
  },
  back: goBack,
});
