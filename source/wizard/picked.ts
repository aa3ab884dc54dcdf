import type { State } from './state.js';
import type { Option } from './view.js';

/** What is picked of these: the first, where nothing of them is. */
export const pickedIn = ({ pick }: State, options: readonly Option[]): string =>
  (options.find(({ value }) => value === pick) ?? options[0])?.value ?? '';
