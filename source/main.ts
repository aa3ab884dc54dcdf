import type { Runtime } from './runtime/runtime.js';

const NEVER_ASKS = { ok: false, reason: '--no-input forbids it.' } as const;

const VERSION = ['--version', '-V', '-v'];

/**
 * Runs the command that the arguments name.
 *
 * @returns the exit code
 */
export async function main(argv: readonly string[], runtime: Runtime, version: string): Promise<number> {
  let fault: unknown;
  // Whoever reads our output may leave early; what was made is not the worse for it.
  runtime.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') fault ??= error;
  });
  // It cannot be said anywhere.
  runtime.stderr.on('error', () => {});
  const code = await run(argv, runtime, version);
  // What is on its way may still fail.
  await new Promise<void>((done) => runtime.stdout.write('', () => done()));
  if (fault === undefined) return code;
  const { faultReason } = await import('./runtime/file-fault.js');
  runtime.stderr.write(`kaltura-ks: standard output cannot be written: ${faultReason(fault)[1]}.\n`);
  return code === 0 ? 1 : code;
}

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
    const { failureOf } = await import('./commands/failure-text.js');
    const { code, lines } = failureOf(error);
    const text = lines.map((line, index) => `${index === 0 ? 'kaltura-ks: ' : ''}${line}\n`).join('');
    runtime.stderr.write(text);
    return code;
  } finally {
    runtime.leave();
  }
}

async function runArguments(argv: readonly string[], runtime: Runtime, version: string): Promise<number> {
  const { readCommandLine } = await import('./commands/command-line.js');
  const invocation = await readCommandLine(argv);
  if (invocation.kind === 'text') {
    runtime.stdout.write(invocation.text);
    return 0;
  }
  if (invocation.command !== '') return (await import('./commands/run-command.js')).runCommand(invocation, runtime);
  if (invocation.flags['version'] === true) {
    runtime.stdout.write(`${version}\n`);
    return 0;
  }
  return runWizard(invocation.flags, runtime);
}

interface WizardFlags {
  readonly [flag: string]: unknown;
}

async function runWizard(flags: WizardFlags, runtime: Runtime): Promise<number> {
  const { chooseTerminal, wantsLines } = await import('./runtime/terminal-choice.js');
  const choice = flags['input'] === false ? NEVER_ASKS : chooseTerminal(runtime, flags['color'] === false);
  if (!choice.ok) {
    const { UsageError } = await import('./commands/exit-codes.js');
    throw new UsageError(
      `it asks its questions on a terminal, and ${choice.reason} Scripts make the same key from flags: kaltura-ks token --help. To catch a key in a script’s terminal: KS=$(kaltura-ks)`,
    );
  }
  // Before the first import of what draws: colours are settled when it is loaded.
  runtime.setColourLevel(choice.colourLevel);
  const { startWizard } = await import('./start-wizard.js');
  const { EXIT } = await import('./commands/exit-codes.js');
  const { how, ks } = await startWizard(choice, runtime, wantsLines(runtime.env, flags['accessible'] === true));
  if (how === 'cancelled') return EXIT.cancelled;
  if (!choice.isCaptured) return EXIT.ok;
  // A script that waits for a key must see that there is none.
  if (ks === null) return EXIT.cancelled;
  runtime.stdout.write(`${ks.reveal()}\n`);
  return EXIT.ok;
}
