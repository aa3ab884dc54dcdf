import { type PlannedCall, plannedCalls } from '../../kaltura/api/planned-calls.js';
import { Secret } from '../../kaltura/secret.js';
import type { Fact } from '../../messages/paragraph.js';
import { masked } from '../../messages/paragraph.js';
import type { State } from '../engine/state.js';
import { requestOf, serviceUrlOf } from '../form/reading.js';

const valueText = (value: string | Secret | { readonly comesFrom: string }): string => {
  if (value instanceof Secret) return masked(value);
  return typeof value === 'string' ? value : `(${value.comesFrom})`;
};

const callText = (call: PlannedCall): string =>
  `POST ${call.url} ${call.purpose}. ${call.parameters.map(({ name, value }) => `${name}=${valueText(value)}`).join('  ')}`;

/** Describes every call that creating the key sends, with its values; one paragraph each. */
export function whatIsSent(state: State): string[] {
  if (serviceUrlOf(state.form, state.practiceUrl) === '') return [];
  const calls = plannedCalls(requestOf(state.form, state.practiceUrl));
  if (calls.length === 0) return ['Nothing is sent: the key is put together and signed on this computer.'];
  return ['What is sent, and where (secrets shortened here, never in an address):', ...calls.map(callText)];
}

/** Says in one line which calls go to which server. */
export function whereItGoes(state: State): Fact {
  if (serviceUrlOf(state.form, state.practiceUrl) === '')
    return { label: 'sent', value: 'nothing yet: the address is missing' };
  const host = serviceUrlOf(state.form, state.practiceUrl).replace(/^https?:\/\//, '');
  const calls = plannedCalls(requestOf(state.form, state.practiceUrl));
  if (calls.length === 0) return { label: 'sent', value: 'nothing: the key is signed on this computer' };
  return { label: `sent to ${host}`, value: calls.map((call) => call.action).join(', ') };
}
