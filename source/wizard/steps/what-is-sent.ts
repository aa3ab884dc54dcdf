import { serviceUrlAt } from '../../kaltura/accounts/regions.js';
import { type PlannedCall, plannedCalls } from '../../kaltura/api/planned-calls.js';
import { Secret } from '../../kaltura/secret.js';
import { type Fact, masked } from '../../messages/paragraph.js';
import type { State } from '../engine/state.js';
import { requestOf } from '../form/reading.js';

const valueText = (value: string | Secret | { readonly comesFrom: string }): string => {
  if (value instanceof Secret) return masked(value);
  return typeof value === 'string' ? value : `(${value.comesFrom})`;
};

const callText = (call: PlannedCall): string =>
  `POST ${call.url} ${call.purpose}. ${call.parameters.map(({ name, value }) => `${name}=${valueText(value)}`).join('  ')}`;

/** Describes every call that creating the key sends, with its values; one paragraph each. */
export function whatIsSent(state: State): string[] {
  if (serviceUrlAt(state.form, state.practiceUrl) === '') return [];
  const calls = plannedCalls(requestOf(state.form, state.practiceUrl));
  if (calls.length === 0) return ['Nothing is sent: the key is created and signed on this computer.'];
  return ['What is sent, and where (secrets are shortened here, and are never part of a URL):', ...calls.map(callText)];
}

/** Says in one line which calls go to which server. */
export function whereItGoes(state: State): Fact {
  if (serviceUrlAt(state.form, state.practiceUrl) === '')
    return { label: 'Requests', value: 'none yet, because the URL is missing' };
  const host = serviceUrlAt(state.form, state.practiceUrl).replace(/^https?:\/\//, '');
  const actions = plannedCalls(requestOf(state.form, state.practiceUrl)).map(({ action }) => action);
  if (actions.length === 0) return { label: 'Requests', value: 'none, because the key is signed on this computer' };
  const count = actions.length === 1 ? 'one request' : `${actions.length} requests`;
  return { label: `This sends ${count} to ${host}`, value: actions.join(', ') };
}
