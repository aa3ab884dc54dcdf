import type { Runtime } from '../operations/runtime.js';
import { isPortTaken, isPracticeServer, PRACTICE_PORT, startPracticeServerOn } from '../practice/open-practice.js';
import { currentCode, PRACTICE_CREDENTIALS } from '../practice/practice-account.js';
import type { CommandRun } from './shared/command-call.js';
import { UsageError } from './shared/exit-codes.js';

type PracticeRuntime = Pick<Runtime, 'stderr' | 'now' | 'randomBytes' | 'untilStopped'>;

/** Reads the flags of the command, and runs it. */
export function runPractice({ flags, runtime }: CommandRun): Promise<number> {
  const typed = flags['port'];
  const port = typeof typed === 'string' ? Number(typed) : undefined;
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    throw new UsageError('--port needs a number from 1 to 65535.');
  }
  return practice(port === undefined ? {} : { port }, runtime);
}

/**
 * Runs a practice server until the user stops it.
 *
 * @returns the exit code: 0 after a stop, 1 if the port can't be opened
 */
export async function practice({ port = PRACTICE_PORT }: { port?: number }, runtime: PracticeRuntime): Promise<number> {
  try {
    const server = await startPracticeServerOn(runtime, port);
    // Listen for the signal before telling the user how to stop the server.
    const stopped = runtime.untilStopped();
    runtime.stderr.write(introduction(server.url, runtime.now()));
    await stopped;
    await server.close();
    runtime.stderr.write('The practice server has stopped.\n');
    return 0;
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    runtime.stderr.write(`${await portProblem(error, port)}\n`);
    return 1;
  }
}

async function portProblem(error: unknown, port: number): Promise<string> {
  if (error instanceof Error && 'code' in error && error.code === 'EACCES')
    return `Port ${port} can’t be opened by this user${port < 1024 ? ': ports below 1024 are reserved' : ''}. Choose another with --port.`;
  const url = `http://127.0.0.1:${port}`;
  return (await isPracticeServer(url))
    ? `A practice server already runs at ${url}. It stops when the wizard or command that started it ends. To run another one, choose a port with --port.`
    : `Port ${port} is in use. Choose another with --port, or stop the program that uses it.`;
}

const introduction = (url: string, now: number): string => `
The practice server is running at ${url}. Only this computer can reach it.

  Service URL           ${url}
  Partner ID            ${PRACTICE_CREDENTIALS.partnerId}
  Administrator Secret  ${PRACTICE_CREDENTIALS.adminSecret}
  User Secret           ${PRACTICE_CREDENTIALS.userSecret}
  Login                 ${PRACTICE_CREDENTIALS.loginId}, password ${PRACTICE_CREDENTIALS.password}
  With a code           ${PRACTICE_CREDENTIALS.otpLoginId}, the same password
                        Key for an authenticator app: ${PRACTICE_CREDENTIALS.codeSeed} (the code now: ${currentCode(now)})
  App token             ${PRACTICE_CREDENTIALS.tokenId}, value ${PRACTICE_CREDENTIALS.token}
  Blocked account       Partner ID ${PRACTICE_CREDENTIALS.blockedPartnerId}, the same secrets: the server refuses its keys
  Hidden content        Category ${PRACTICE_CREDENTIALS.hiddenCategoryId} and entry ${PRACTICE_CREDENTIALS.hiddenEntryId}: entitlement hides them

These accounts are invented and work only on this practice server. Try it:

  curl ${url}/api_v3/service/session/action/start -d format=1 -d type=2 \\
    -d partnerId=${PRACTICE_CREDENTIALS.partnerId} -d secret=${PRACTICE_CREDENTIALS.adminSecret}

Press Ctrl+C to stop the server.
`;
