import { isRequestError } from '../../kaltura/api/errors.js';
import { isAborted } from '../../kaltura/api/http.js';
import { adviseOnUse, type UseContext } from '../../kaltura/diagnosis/diagnose.js';
import { abortOnSignal } from '../../operations/abort.js';
import type { Runtime } from '../../operations/runtime.js';
import { adviceLines, adviceReport } from '../shared/diagnosis-report.js';
import { CancelledError, CommandError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';

/**
 * Sends requests with an existing key. Ctrl-C aborts them. Explains a failure to the user.
 *
 * @throws {CommandError} with the cause and the next step
 * @throws {CancelledError} after the user was told whether the request may have been carried out
 */
export async function askServer<T>(
  act: (signal: AbortSignal) => Promise<T>,
  context: UseContext,
  runtime: Runtime,
  report: Report,
): Promise<T> {
  try {
    return await abortOnSignal(runtime, act);
  } catch (error) {
    if (!isRequestError(error)) throw error;
    const advice = adviseOnUse(error, context);
    const text = adviceLines(advice).join('\n');
    if (!isAborted(error)) throw new CommandError(text, advice.code, adviceReport(advice));
    report.say(text);
    throw new CancelledError();
  }
}
