import { type CurrentKey, goTo, type State, stay, type Transition } from '../engine/state.js';
import type { FormState } from '../form/form.js';
import type { KeyServer } from './inspection.js';
import { NO_CHECKING } from './key-use.js';

/** Opens the result screen. A new key is printed to the terminal; a saved one can also just be copied. */
export function presentKey(state: State, key: CurrentKey, how: 'show' | 'copy'): Transition {
  const shown = goTo(
    {
      ...state,
      key,
      lastKs: key.made.ks,
      subject: 'key',
      keyUse: { ...state.keyUse, checking: NO_CHECKING, ending: null },
    },
    'result',
  );
  const { ks } = key.made;
  return stay(shown, how === 'show' ? { do: 'show-key', ks, what: 'key' } : { do: 'copy', ks });
}

/** Returns the server of a key that was created or saved for these answers. */
export const serverOfForm = ({ region, address }: FormState): KeyServer => ({ region, address });
