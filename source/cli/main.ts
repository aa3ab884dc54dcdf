import type { Runtime } from '../operations/runtime.js';

const VERSION = ['--version', '-V', '-v'];

/**
 * Runs the command that the arguments name.
 *
 * @returns the exit code
 */
export async function main(argv: readonly string[], runtime: Runtime, version: string): Promise<number> {
  let fault: unknown;
  runtime.stdout.on('error', (error) => {
    fault ??= faultIn(error);
  });
  // There is no other stream to report it on.
  runtime.stderr.on('error', () => {});
  const code = await run(argv, runtime, version);
  // Wait until all output is written. Don't write if nothing is pending: on a full disk, even an empty write fails.
  if (runtime.stdout.writableLength > 0) await new Promise<void>((done) => runtime.stdout.write('', () => done()));
  fault ??= faultIn(runtime.stdout.errored);
  if (fault === undefined) return code;
  const { faultReason } = await import('../platform/files/file-fault.js');
  runtime.stderr.write(`kaltura-ks: Can’t write to standard output: ${faultReason(fault)[1]}.\n`);
  return code === 0 ? 1 : code;
}

/** Leaves out the error of a pipe whose reader ended early, which is no fault. */
const faultIn = (error: NodeJS.ErrnoException | null): unknown =>
  error?.code === 'EPIPE' ? undefined : (error ?? undefined);

async function run(argv: readonly string[], runtime: Runtime, version: string): Promise<number> {
  const [first = ''] = argv;
  // Nothing is loaded for it.
  if (argv.length === 1 && VERSION.includes(first)) {
    runtime.stdout.write(`${version}\n`);
    return 0;
  }
  try {
    return argv.length === 0 ? await runWizard({}, runtime) : await runArguments(argv, runtime, version);
  } catch (error) {
    // cli.tsx reports it, because the texts of errors can be missing too.
    if (isProgramFileMissing(error)) throw error;
    return await reportFailure(error, asksForJson(argv), runtime);
  } finally {
    runtime.leave();
  }
}

/** Checks whether a file of `dist/` could not be loaded. */
const isProgramFileMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';

/** Usage errors are reported before the flags are known, so this looks at the arguments. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? argv.length : end).includes('--json');
}

async function reportFailure(error: unknown, isJson: boolean, runtime: Runtime): Promise<number> {
  const { failureOf, failureJson } = await import('./failure.js');
  const failure = failureOf(error);
  const text = failure.lines.map((line, index) => `${index === 0 ? 'kaltura-ks: ' : ''}${line}\n`).join('');
  runtime.stderr.write(text);
  if (isJson) runtime.stdout.write(failureJson(failure));
  return failure.exit;
}

async function runArguments(argv: readonly string[], runtime: Runtime, version: string): Promise<number> {
  const { readCommandLine, runCommand } = await import('./run-command.js');
  const invocation = await readCommandLine(argv, runtime.stdout.isTTY ? runtime.stdout.columns || 80 : undefined);
  if (invocation.kind === 'text') {
    runtime.stdout.write(invocation.text);
    return 0;
  }
  if (invocation.command !== '') return runCommand(invocation, runtime, argv);
  if (invocation.flags['version'] === true) {
    runtime.stdout.write(`${version}\n`);
    return 0;
  }
  return runWizard(invocation.flags, runtime);
}

async function runWizard(flags: Readonly<Record<string, unknown>>, runtime: Runtime): Promise<number> {
  return (await import('./start-wizard.js')).startWizard(flags, runtime);
}
