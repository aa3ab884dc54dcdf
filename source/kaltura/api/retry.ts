import { ConnectionError, type ConnectionFault, type Http } from './http.js';

/**
 * Actions that are safe to send twice, in lower case. A second `session.start`, `startWidgetSession` or
 * `appToken.startSession` only creates an unused key; the others only read. Not in the list:
 *
 * - `user.loginByLoginId`, `user.login`: each wrong password or code counts towards a lock (docs/kaltura-facts.md
 *   4.3).
 * - `session.end`, `appToken.delete`: if the first call arrived, the second one fails (`INVALID_KS` or
 *   `APP_TOKEN_ID_NOT_FOUND`) and would look like an error.
 * - `appToken.add`: each call creates one more permanent token whose value was never shown.
 */
const REPEATABLE: readonly string[] = [
  'session.start',
  'session.startwidgetsession',
  'apptoken.startsession',
  'session.get',
  'system.ping',
  'system.gettime',
  'system.getversion',
  'baseentry.count',
  'baseentry.list',
  'baseentry.get',
  'category.get',
  'apptoken.list',
  'partner.getinfo',
  'permission.get',
  'userrole.list',
];

/** Returns whether an action such as `session.start`, in any case, is safe to send twice. Unknown actions are not. */
export const isSafeToRepeat = (action: string): boolean => REPEATABLE.includes(action.toLowerCase());

/**
 * Failures that can disappear on a second attempt. Not in the list: `timeout` (the user would wait twice as long as
 * the limit), `tls` (a retry doesn't fix a certificate), `proxy` (it rejected the request) and `aborted` (the user
 * cancelled).
 */
const TRANSIENT_FAULTS: readonly ConnectionFault[] = ['dns', 'refused', 'reset'];

/**
 * Retries a request once, immediately, if the connection failed and the action is safe to send twice. Any answer is
 * final, and so is the second failure.
 */
export function withOneRetry(http: Http): Http {
  return async (request) => {
    try {
      return await http(request);
    } catch (error) {
      const isPassing = error instanceof ConnectionError && TRANSIENT_FAULTS.includes(error.fault);
      const action = actionOfUrl(request.url);
      if (!isPassing || action === null || !isSafeToRepeat(action) || request.signal?.aborted) throw error;
      return http(request);
    }
  };
}

/** Returns the action in a URL built by `urlOfAction`, such as `session.start`; otherwise null. */
function actionOfUrl(url: string): string | null {
  const [, service, action] = /^[^?#]+\/api_v3\/service\/([^/?#]+)\/action\/([^/?#]+)$/.exec(url) ?? [];
  return service === undefined ? null : `${service}.${action}`;
}
