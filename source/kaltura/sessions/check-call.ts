import { urlOfAction } from '../api/client.js';
import type { PlannedCall, PlannedParameter } from '../api/planned-calls.js';

/** A call with a key that there is already, as it is shown before it is sent. */
export function plannedWithKey(
  serviceUrl: string,
  action: string,
  purpose: string,
  parameters: Readonly<Record<string, string>> = {},
): PlannedCall {
  const ks: PlannedParameter = { name: 'ks', value: { comesFrom: 'the key' } };
  return planned(serviceUrl, action, purpose, [
    ks,
    ...Object.entries(parameters).map(([name, value]) => ({ name, value })),
  ]);
}

/** A call that anybody may make. */
export const plannedWithoutKey = (serviceUrl: string, action: string, purpose: string): PlannedCall =>
  planned(serviceUrl, action, purpose, []);

function planned(
  serviceUrl: string,
  action: string,
  purpose: string,
  parameters: readonly PlannedParameter[],
): PlannedCall {
  const url = urlOfAction(serviceUrl, action);
  return { host: new URL(url).host, url, action, purpose, parameters };
}
