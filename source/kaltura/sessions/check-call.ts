import { urlOfAction } from '../api/client.js';
import type { PlannedCall, PlannedParameter } from '../api/planned-calls.js';

/** Describes a call with an existing key, for display before it is sent. */
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

/** Describes the call that reads the server’s clock, which needs no key. */
export const plannedClockCall = (serviceUrl: string): PlannedCall =>
  planned(serviceUrl, 'system.getTime', 'reads the server’s clock', []);

function planned(
  serviceUrl: string,
  action: string,
  purpose: string,
  parameters: readonly PlannedParameter[],
): PlannedCall {
  const url = urlOfAction(serviceUrl, action);
  return { host: new URL(url).host, url, action, purpose, parameters };
}
