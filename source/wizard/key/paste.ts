import { explainKs } from '../../kaltura/ks/explain.js';
import { findKs } from '../../kaltura/ks/find.js';
import { foundTexts, notFoundText } from '../../messages/explanation.js';
import { form, secretField } from '../engine/build-screen.js';
import { goHome, goTo, type State, stay } from '../engine/state.js';
import { NO_CHECKING, NO_INSPECTION } from './key-use.js';

/** Opens the screen that asks for a key to explain. */
export const openPaste = (state: State): State =>
  goTo({ ...state, subject: 'paste', inspection: NO_INSPECTION, returnTo: state.screen }, 'paste');

function problemOf(state: State): string | null {
  const finding = findKs(state.inspection.paste.reveal());
  return finding.found ? null : notFoundText(finding.why);
}

/** Asks for an existing key to explain. */
export const paste = form({
  fields: (state) => [
    secretField({
      id: 'paste',
      label: 'Key (KS)',
      value: state.inspection.paste,
      problem: problemOf(state),
      change: (now, text) => ({ ...now, inspection: { ...NO_INSPECTION, paste: text } }),
    }),
  ],
  view: () => ({
    heading: 'explain a key',
    lead: 'Nothing is sent: what can be read of a key is read on this computer.',
    question: 'Which key?',
    advice: [
      {
        tone: 'plain',
        text: 'Paste it as you have it: alone, in quotes, in an address, in a header or behind ks=. It is not shown.',
      },
    ],
    help: [
      'A key of version 1 can be read by anyone. One of version 2 is encrypted: its account alone can be read, unless the account’s admin secret is given or its server is asked.',
      'A key that lives is worth as much as what it may do: paste it nowhere that you do not trust. Here it is forgotten when you leave.',
    ],
    enter: 'explain',
  }),
  submit: (state) => {
    const finding = findKs(state.inspection.paste.reveal());
    if (!finding.found) return stay(state);
    const { ks } = finding;
    const reading = explainKs(ks, null);
    const isPractice = reading.readable && reading.explanation.signature === 'valid';
    return stay(
      goTo(
        {
          ...state,
          option: '',
          keyUse: { ...state.keyUse, checking: NO_CHECKING, ending: null },
          inspection: {
            ...state.inspection,
            ks,
            foundTexts: foundTexts(finding),
            reading,
            server: isPractice ? { region: 'practice', address: '' } : null,
          },
        },
        'explain',
      ),
    );
  },
  back: (state) => stay(state.returnTo === 'region' ? goTo(state, 'region') : goHome(state)),
});
