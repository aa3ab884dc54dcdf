import { isRequestError } from '../../kaltura/api/errors.js';
import { isAborted } from '../../kaltura/api/http.js';
import { diagnoseUse, type UseContext } from '../../kaltura/diagnosis/diagnose.js';
import { abortOnSignal } from '../../operations/abort.js';
import type { CommandRun } from '../shared/command-call.js';
import { diagnosisLines, errorReport } from '../shared/diagnosis-report.js';
import { CancelledError, CommandError } from '../shared/exit-codes.js';

/**
 * Sends requests with an existing key. Ctrl-C aborts them. Explains a failure to the user.
 *
 * @throws {CommandError} with the cause and the next step
 * @throws {CancelledError} after the user was told whether the request may have been carried out
 */
export async function askServer<T>(
  act: (signal: AbortSignal) => Promise<T>,
  context: UseContext,
  { runtime, report }: CommandRun,
): Promise<T> {
  try {
    return await abortOnSignal(runtime, act);
  } catch (error) {
    if (!isRequestError(error)) throw error;
    const diagnosis = diagnoseUse(error, context);
    const text = diagnosisLines(diagnosis).join('\n');
    if (!isAborted(error)) throw new CommandError(text, diagnosis.code, errorReport(diagnosis));
    report.say(text);
    throw new CancelledError();
  }
}
