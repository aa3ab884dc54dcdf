import { type CurrentKey, goTo, type State, stay, type Transition } from '../engine/state.js';
import type { FormState } from '../form/form.js';
import { NO_CHECKING } from './checking.js';
import type { PlaceOfKey } from './inspection.js';

/** Shows the result with a key: written raw to the terminal, or, for one that was kept, just copied. */
export function presentKey(state: State, key: CurrentKey, how: 'show' | 'copy'): Transition {
  const shown = goTo(
    { ...state, key, lastKs: key.made.ks, subject: 'key', checking: NO_CHECKING, ending: null },
    'result',
  );
  const { ks } = key.made;
  return stay(shown, how === 'show' ? { do: 'show-key', ks, what: 'key' } : { do: 'copy', ks });
}

/** Where a key that was made or kept for these answers belongs. */
export const placeOfForm = ({ region, address }: FormState): PlaceOfKey => ({ region, address });
