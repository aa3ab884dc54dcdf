import { explainKs } from '../../kaltura/ks/explain.js';
import { findKs, type KsFinding } from '../../kaltura/ks/pasted/find.js';
import type { Secret } from '../../kaltura/secret.js';
import { foundTexts } from '../../messages/explanation/explanation.js';
import { goTo, type State, stay, type Transition } from '../engine/state.js';
import { NO_CHECKING, NO_INSPECTION } from './key-use.js';

/** Opens the screen that asks for a key to explain. */
export const openPaste = (state: State): State =>
  goTo(state, 'paste', { subject: 'paste', inspection: NO_INSPECTION, returnTo: state.screen });

/** Finds the key in a pasted text. */
export const findPastedKey = (pasted: Secret): KsFinding => findKs(pasted.reveal());

/** Explains the key in a pasted text. */
export function explainKeyIn(state: State, pasted: Secret): Transition {
  const finding = findPastedKey(pasted);
  if (!finding.found) return stay(state);
  const { ks } = finding;
  const reading = explainKs(ks, null);
  const isPractice = reading.readable && reading.explanation.signature === 'valid';
  const { typedId } = state.checking;
  return stay(
    goTo(state, 'explain', {
      subject: 'paste',
      option: '',
      // The ID may come from an error that was explained before.
      checking: { ...NO_CHECKING, typedId },
      keyUse: { trail: [state.screen] },
      inspection: {
        ...NO_INSPECTION,
        paste: pasted,
        ks,
        foundTexts: foundTexts(finding),
        reading,
        server: isPractice ? { region: 'practice', address: '' } : null,
      },
    }),
  );
}
