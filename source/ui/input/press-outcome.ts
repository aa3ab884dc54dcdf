import type { WizardEvent } from '../../wizard/event.js';
import type { Interaction } from './interaction.js';
import type { Key } from './key.js';
import type { Edit } from './line-editor.js';

/** What a key press comes to: a change of the interaction, events for the wizard, and whether the control is done with. */
export interface Outcome {
  readonly interaction: Interaction;
  readonly events: readonly WizardEvent[];
  /** `forward` from this control: to the next one, or off the screen; `next` and `previous` only among the controls. */
  readonly leads?: 'forward' | 'next' | 'previous';
}

const EDITS: Readonly<Record<string, Edit>> = {
  left: { do: 'move', to: 'left' },
  right: { do: 'move', to: 'right' },
  home: { do: 'move', to: 'start' },
  end: { do: 'move', to: 'end' },
  'ctrl+a': { do: 'move', to: 'start' },
  'ctrl+e': { do: 'move', to: 'end' },
  'ctrl+b': { do: 'move', to: 'left' },
  'ctrl+f': { do: 'move', to: 'right' },
  'word-left': { do: 'move', to: 'word-left' },
  'word-right': { do: 'move', to: 'word-right' },
  backspace: { do: 'delete', what: 'before' },
  delete: { do: 'delete', what: 'at' },
  'ctrl+d': { do: 'delete', what: 'at' },
  'ctrl+u': { do: 'delete', what: 'to-start' },
  'ctrl+k': { do: 'delete', what: 'to-end' },
  'ctrl+w': { do: 'delete', what: 'word-before' },
};

/** What a key does to a line of text; undefined where it is no key of the line editor. */
export const editOf = (key: Key): Edit | undefined =>
  key.name === 'text' || key.name === 'paste' ? { do: 'insert', text: key.text } : EDITS[key.name];

/** Rows that a page key moves by. */
export const PAGE = 10;

/** The text that a key types; '' where it types none. */
export const typedText = (key: Key): string => (key.name === 'text' ? key.text : '');
