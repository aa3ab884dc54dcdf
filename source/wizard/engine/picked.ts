import type { Option } from '../../messages/paragraph.js';
import type { State } from './state.js';
import type { ChoiceControl } from './view.js';

/** Returns the selected option; the first one if the selection is not in the list. */
export const selectedOption = ({ option }: State, options: readonly Option[]): string =>
  (options.find(({ value }) => value === option) ?? options[0])?.value ?? '';

/** Creates the list of a screen whose choice is not a field of the form. */
export const optionControl = (state: State, options: readonly Option[], label = 'Then'): ChoiceControl => ({
  kind: 'choice',
  id: 'option',
  label,
  value: selectedOption(state, options),
  options,
});
