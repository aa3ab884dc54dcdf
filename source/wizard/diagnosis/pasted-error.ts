import { readPastedError } from '../../kaltura/diagnosis/pasted-error.js';
import type { Secret } from '../../kaltura/secret.js';
import { errorTitle, explainError } from '../../messages/errors/explain-error.js';
import type { Fact } from '../../messages/paragraph.js';
import type { ScreenView } from '../engine/screen.js';
import type { ScreenId } from '../engine/screen-id.js';
import { changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import type { Action } from '../engine/view.js';
import { openPaste } from '../key/pasted-key.js';
import { NO_ERROR_PASTE } from './diagnosing.js';

/** The shortcut that asks for an error. */
export const EXPLAIN_ERROR: Action = { key: 'x', id: 'explain-error', label: 'explain error' };

/** Opens the screen that asks for an error to explain. */
export const openPasteError = (state: State): State =>
  goTo(state, 'paste-error', {
    profileFlow: { isForError: false },
    errorPaste: { ...NO_ERROR_PASTE, returnTo: state.screen },
  });

/** Opens the screen that explains a pasted text, with the text in its field; null if the text has neither an error nor a key. */
export function openPasted(state: State, text: Secret): Transition | null {
  const { errors, hasKey } = readPastedError(text);
  if (errors.length > 0) return stay(changeState(openPasteError(state), { errorPaste: { text } }));
  return hasKey ? stay(changeState(openPaste(state), { inspection: { paste: text } })) : null;
}

/** Says what was found in the text, and what Enter does with it. */
export function foundIn(pasted: Secret, wanted: 'key' | 'error'): Pick<ScreenView, 'standing' | 'enter'> {
  const { errors, hasKey, isKeySecret } = readPastedError(pasted);
  const codes = errors.map((error) => errorTitle(explainError(error))).join(', ');
  const isKey = hasKey && (wanted === 'key' || codes === '');
  if (isKey) {
    const standing =
      wanted === 'key' ? {} : { standing: found(isKeySecret ? 'what looks like a secret' : 'a session key') };
    return { enter: isKeySecret ? 'explain' : 'explain the key', ...standing };
  }
  if (codes === '') return { enter: 'explain' };
  return { enter: 'explain the error', standing: found(codes) };
}

const found = (value: string): Fact => ({ label: 'Found', value });

/** Shows the explanation of the first error in a pasted text. */
export const explainErrorsIn = (state: State, text: Secret, returnTo: ScreenId): Transition =>
  stay(showError(changeState(state, { errorPaste: { text, shown: 0, returnTo } }), 0));

export const showError = (state: State, shown: number): State =>
  goTo(state, 'explain-error', { errorPaste: { shown }, option: '' });
