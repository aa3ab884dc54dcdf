import { ApiError, NotKalturaError } from '../../kaltura/api/errors.js';
import { ConnectionError } from '../../kaltura/api/http.js';
import { adviseOnUse, type UseContext } from '../../kaltura/diagnosis/diagnose.js';
import { abortOnSignal, isAborted } from '../../operations/abort.js';
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
    const isForeseen =
      error instanceof ApiError || error instanceof NotKalturaError || error instanceof ConnectionError;
    if (!isForeseen) throw error;
    const advice = adviseOnUse(error, context);
    const text = adviceLines(advice).join('\n');
    if (!isAborted(error)) throw new CommandError(text, advice.code, adviceReport(advice));
    report.say(text);
    throw new CancelledError();
  }
}
