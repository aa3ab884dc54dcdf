import { CommandError, EXIT, UsageError } from '../commands/shared/exit-codes.js';
import { writeKey } from '../commands/shared/standard-output.js';
import { createPracticeServers } from '../operations/practice-servers.js';
import type { Runtime } from '../operations/runtime.js';
import { REQUEST_TIMEOUT } from '../operations/timeouts.js';
import { exitOnHangUp, firstUncaughtError } from '../platform/signals.js';
import { chooseTerminal, type TerminalChoice, usesLineMode } from '../platform/terminal/choice.js';
import { PRACTICE_ACCOUNT } from '../practice/practice-account.js';
import { envAccountIn } from '../profiles/env-account.js';
import type { WizardEnding } from '../ui/session.js';
import { createWizardClipboard } from './wizard-clipboard.js';

/** The flags of the command line, without dashes. `--no-x` is `x: false`. */
interface WizardFlags {
  readonly [flag: string]: unknown;
}

type Terminal = Extract<TerminalChoice, { ok: true }>;

/** Set to anything, it does the same as `--keep-clipboard`. */
const KEEP_CLIPBOARD = 'KALTURA_KEEP_CLIPBOARD';

interface WizardOptions extends Pick<Runtime, 'readEnvAccount'> {
  readonly isLineByLine: boolean;
  /** Whether a copied ADMIN key stays in the clipboard. */
  readonly keepsCopies: boolean;
}

const NO_INPUT_ERROR = { ok: false, reason: '--no-input forbids it.' } as const;

/**
 * Runs the wizard, and writes the new key to standard output if that is captured.
 *
 * @returns the exit code
 * @throws {UsageError} if there is no terminal, or with `--no-input`
 */
export async function startWizard(flags: WizardFlags, runtime: Runtime): Promise<number> {
  const choice = flags['input'] === false ? NO_INPUT_ERROR : terminalOf(runtime, flags['color'] === false);
  if (!choice.ok) {
    throw new UsageError(
      `The wizard needs a terminal, and ${choice.reason} In a script, create the key from options: kaltura-ks token --help. To run the wizard in a script and store its key: KS=$(kaltura-ks)`,
      'no-terminal',
    );
  }
  // Before the UI is imported, because chalk chooses its colors when it is loaded.
  runtime.setColorLevel(choice.colorLevel);
  const keepsCopies = flags['keep-clipboard'] === true || Boolean(runtime.env[KEEP_CLIPBOARD]);
  const readEnvAccount = await envAccountReader(flags['dotenv'], runtime);
  const isLineByLine = usesLineMode(runtime.env, flags['accessible'] === true);
  const { how, ks } = await runWizard(choice, runtime, { isLineByLine, keepsCopies, readEnvAccount });
  if (how === 'cancelled') return EXIT.cancelled;
  if (!choice.isCaptured) return EXIT.ok;
  // Tells a script that there is no key.
  if (ks === null) return EXIT.cancelled;
  await writeKey(`${ks.reveal()}\n`, runtime);
  return EXIT.ok;
}

/**
 * Reads the account of `--dotenv`; without that option, the wizard reads `.env` of the current folder.
 * @throws {CommandError} if the file can't be read, or has no account
 */
async function envAccountReader(path: unknown, runtime: Runtime): Promise<Runtime['readEnvAccount']> {
  if (typeof path !== 'string') return runtime.readEnvAccount;
  const reading = await runtime.readText(path);
  if (!reading.ok) throw new CommandError(`The .env file can’t be read: ${reading.why}.`, 'unreadable-input');
  const account = envAccountIn(reading.text, path);
  if (account === null) {
    throw new CommandError(
      'The file of --dotenv has no account for the wizard. It needs KALTURA_PARTNER_ID, and may have KALTURA_ADMIN_SECRET and KALTURA_SERVICE_URL.',
    );
  }
  return async () => account;
}

/** Chooses the terminal. If standard output is closed, no program reads the key there, so it is only shown on the screen. */
function terminalOf(runtime: Runtime, isColorOff: boolean): TerminalChoice {
  const choice = chooseTerminal(runtime, isColorOff);
  return choice.ok && runtime.outputState() === 'closed' ? { ...choice, isCaptured: false } : choice;
}

/** Runs the wizard with the services of the runtime. */
async function runWizard(
  { screen, isCaptured, isPlain, isUtf8, knowsPaste, hasHyperlinks }: Terminal,
  runtime: Runtime,
  { isLineByLine, keepsCopies, readEnvAccount }: WizardOptions,
): Promise<WizardEnding> {
  const fault = firstUncaughtError();
  exitOnHangUp(runtime.stdin, screen);
  const practice = createPracticeServers(runtime);
  const clipboard = createWizardClipboard(() => runtime.openClipboard(screen), keepsCopies);
  try {
    // In parallel, because loading the UI waits for the disk and for the compilation of its WebAssembly.
    const [run, store] = await Promise.all([
      isLineByLine
        ? import('../ui/accessible/run-lines.js').then(({ runLines }) => runLines)
        : import('../ui/run-wizard.js').then(({ runWizard }) => runWizard),
      runtime.openStore(),
    ]);
    return await run(
      {
        stdin: runtime.stdin,
        screen,
        isPlain,
        isUtf8,
        knowsPaste,
        hasHyperlinks,
        guardTerminal: runtime.guardTerminal,
        fault,
      },
      {
        http: runtime.httpWithin(REQUEST_TIMEOUT),
        now: runtime.now,
        wakeIn: runtime.wakeIn,
        randomBytes: runtime.randomBytes,
        copy: clipboard.copy,
        store,
        openSecretKeeper: runtime.openSecretKeeper,
        openEnvFiles: runtime.openEnvFiles,
        readEnvAccount,
        practice,
      },
      { isCaptured, fileOf: (name) => store.fileOf(name), practiceAccount: PRACTICE_ACCOUNT },
    );
  } catch (error) {
    // On any error, turn raw mode off so that the terminal echoes input again, and stop waiting for keys.
    if (runtime.stdin.isRaw) runtime.stdin.setRawMode(false);
    runtime.stdin.unref();
    throw error;
  } finally {
    const note = await clipboard.close();
    if (note !== null) screen.write(`${note}\n`);
    await practice.close();
  }
}
