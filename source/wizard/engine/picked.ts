import type { Option } from '../../messages/paragraph.js';
import type { State } from './state.js';
import type { ChoiceControl } from './view.js';

/** What is picked of these: the first, where nothing of them is. */
export const selectedOption = ({ pick }: State, options: readonly Option[]): string =>
  (options.find(({ value }) => value === pick) ?? options[0])?.value ?? '';

/** The one list of a screen whose choice is not about the draft. */
export const optionControl = (state: State, options: readonly Option[], label = 'Then'): ChoiceControl => ({
  kind: 'choice',
  id: 'pick',
  label,
  value: selectedOption(state, options),
  options,
});
