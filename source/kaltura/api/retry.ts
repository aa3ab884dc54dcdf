import { ConnectionError, type ConnectionFault, type Http } from './http.js';

/**
 * The calls that do no harm when they are answered twice, in small letters. A second `session.start`, `startWidgetSession` or
 * `appToken.startSession` makes one more key, which nobody gets to see; the others only look. Not among them:
 *
 * - `user.loginByLoginId`, `user.login`: a wrong password or code counts each time, and locks the person out (docs/kaltura-facts.md 4.3).
 * - `session.end`, `appToken.delete`: where the first one arrived, the second is refused (`INVALID_KS`: the key has ended; or
 *   `APP_TOKEN_ID_NOT_FOUND`), which would read as a failure.
 * - `appToken.add`: each time makes one more, which lives on and which nobody knows the value of.
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

/** Whether an action such as `session.start`, in whatever case, may be sent a second time. What is not known may not. */
export const isSafeToRepeat = (action: string): boolean => REPEATABLE.includes(action.toLowerCase());

/**
 * Failures that may be over a moment later. Not among them: `timeout`, for whoever set a time limit would wait twice as long; `tls`, for
 * trust does not grow by asking again; `proxy`, which has said no; `aborted`, as the person wished.
 */
const TRANSIENT_FAULTS: readonly ConnectionFault[] = ['dns', 'refused', 'reset'];

/**
 * Sends a request once more, at once, where the connection failed and the action may be sent twice. An answer, whatever it says, is never
 * asked for again; a second failure is final.
 *
 * @param isSafe says of an action such as `session.start` whether it may be sent twice
 */
export function withOneRetry(http: Http, isSafe: (action: string) => boolean = isSafeToRepeat): Http {
  return async (request) => {
    try {
      return await http(request);
    } catch (error) {
      const isPassing = error instanceof ConnectionError && TRANSIENT_FAULTS.includes(error.fault);
      const action = actionOfUrl(request.url);
      if (!isPassing || action === null || !isSafe(action) || request.signal?.aborted) throw error;
      return http(request);
    }
  };
}

/** The action in an address as `urlOfAction` makes it, such as `session.start`, or null. */
function actionOfUrl(url: string): string | null {
  const [, service, action] = /^[^?#]+\/api_v3\/service\/([^/?#]+)\/action\/([^/?#]+)$/.exec(url) ?? [];
  return service === undefined ? null : `${service}.${action}`;
}
