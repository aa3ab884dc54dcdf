import type { Secret } from '../secret.js';
import type { KeyRequest } from '../sign-in/key-request.js';
import { canFetchKeyFacts } from '../sign-in/login.js';
import { urlOfAction } from './client.js';
import {
  HASH_SESSION_LIFETIME,
  loginParameters,
  startParameters,
  tokenParameters,
  widgetParameters,
} from './parameters.js';

/** A value that becomes known only after an earlier call. */
export interface LaterValue {
  readonly comesFrom: string;
}

export interface PlannedParameter {
  readonly name: string;
  /** The display code must mask a `Secret`. */
  readonly value: string | Secret | LaterValue;
}

/** One call that creating a key will send. */
export interface PlannedCall {
  readonly host: string;
  readonly url: string;
  /** The action, such as `session.start`. */
  readonly action: string;
  /** The reason for the call, in one line. */
  readonly purpose: string;
  readonly parameters: readonly PlannedParameter[];
}

/** Lists the calls that `makeKey` sends for this request, in order; none if the key is signed on this computer. */
export function plannedCalls(request: KeyRequest): readonly PlannedCall[] {
  const { serviceUrl, signIn } = request;
  const call = (action: string, purpose: string, parameters: Planned): PlannedCall =>
    plannedCall(serviceUrl, action, purpose, parameters);
  switch (signIn.method) {
    case 'local':
      return [];
    case 'server':
      return [call('session.start', 'creates the key', startParameters(request, signIn))];
    case 'login': {
      const login = call('user.loginByLoginId', 'creates the key', loginParameters(request, signIn));
      if (!canFetchKeyFacts(request.privileges)) return [login];
      const ks = { comesFrom: 'the new key' };
      return [login, call('session.get', 'reads the details of the new key, unless they can be read here', { ks })];
    }
    case 'app-token': {
      const proof = {
        ks: { comesFrom: 'the public session of the first call' },
        tokenHash: { comesFrom: 'a hash of that session and the token; the token itself is not sent' },
      };
      return [
        call(
          'session.startWidgetSession',
          'opens a public session',
          widgetParameters(signIn.partnerId, HASH_SESSION_LIFETIME),
        ),
        call(
          'appToken.startSession',
          'creates the key: up to four times, once for each hash function that a token can have',
          tokenParameters(request, signIn, proof),
        ),
      ];
    }
  }
}

/** Describes one call as it will be sent. Undefined parameters are not sent. */
export function plannedCall(serviceUrl: string, action: string, purpose: string, parameters: Planned): PlannedCall {
  const url = urlOfAction(serviceUrl, action);
  return { host: new URL(url).host, url, action, purpose, parameters: toParameterList(parameters) };
}

/** Describes a call with an existing key. */
export const plannedWithKey = (
  serviceUrl: string,
  action: string,
  purpose: string,
  parameters: Readonly<Record<string, string>> = {},
): PlannedCall => plannedCall(serviceUrl, action, purpose, { ks: { comesFrom: 'the key' }, ...parameters });

type Planned = Readonly<Record<string, PlannedParameter['value'] | undefined>>;

function toParameterList(parameters: Planned): PlannedParameter[] {
  return Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
