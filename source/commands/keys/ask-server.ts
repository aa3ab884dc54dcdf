import { ApiError, NotKalturaError } from '../../kaltura/api/errors.js';
import { ConnectionError } from '../../kaltura/api/http.js';
import { adviseOnUse, type UseContext } from '../../kaltura/diagnosis/diagnose.js';
import type { Runtime } from '../../operations/runtime.js';
import { CancelledError, CommandError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';

/** For errors that the server's answer may explain. */
export const SHOW_ANSWER_HINT = 'To see the server’s answer, add --show-answer.';

/**
 * Does something with a key that there is already. It is given up with Ctrl-C; what goes wrong is put in words.
 *
 * @throws {CommandError} with the cause and the next step
 * @throws {CancelledError} once it is said whether something may have been done all the same
 */
export async function askServer<T>(
  act: (signal: AbortSignal) => Promise<T>,
  context: UseContext,
  runtime: Runtime,
  report: Report,
): Promise<T> {
  const abort = new AbortController();
  const forget = runtime.onSignal(() => abort.abort());
  try {
    return await act(abort.signal);
  } catch (error) {
    const isForeseen =
      error instanceof ApiError || error instanceof NotKalturaError || error instanceof ConnectionError;
    if (!isForeseen) throw error;
    const lines = adviceLines(error, context);
    if (!(error instanceof ConnectionError) || error.fault !== 'aborted') throw new CommandError(lines.join('\n'));
    report.say(lines.join('\n'));
    throw new CancelledError();
  } finally {
    forget();
  }
}

function adviceLines(error: unknown, context: UseContext): readonly string[] {
  const { headline, explanation, causes, isAnswerHelpful } = adviseOnUse(error, context);
  return [
    `${headline}.`.replace(/([.!?])\.$/, '$1'),
    explanation,
    ...causes.map((cause) => `  · ${cause}`),
    ...(isAnswerHelpful ? [SHOW_ANSWER_HINT] : []),
  ];
}
