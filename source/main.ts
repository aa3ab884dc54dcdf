import { parseArgs } from 'node:util';
import type { Runtime } from './runtime/runtime.js';

/** What scripts may rely on. */
const EXIT = { ok: 0, failure: 1, usage: 2, cancelled: 130 } as const;

const HELP = `kaltura-ks: a guided way to a Kaltura session key (KS)

  kaltura-ks                     walks you to a key, or to one of your saved profiles
  KS=$(kaltura-ks)               the same; leaving the result hands the key over
  kaltura-ks practice            runs a pretend Kaltura on this computer, to practise with
                                 (--port N: on another port than 47102)

  --no-color   no colours (NO_COLOR and FORCE_COLOR=0 do the same)
  --no-input   never asks: fails where it would have to
  --version    prints the version
  --help       prints this

Exit codes: 0 done, 1 failed, 2 wrong usage or no terminal, 130 cancelled.
`;

const OPTIONS = {
  port: { type: 'string' },
  'no-color': { type: 'boolean' },
  'no-input': { type: 'boolean' },
  version: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

const say = (runtime: Runtime, text: string): void => void runtime.stderr.write(`kaltura-ks: ${text}\n`);

/**
 * Runs the command that the arguments name.
 *
 * @returns the exit code
 */
export async function main(argv: readonly string[], runtime: Runtime, version: string): Promise<number> {
  let values: Values;
  let positionals: string[];
  try {
    ({ values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true }));
  } catch {
    // The parser's own message would repeat the argument, which may be a secret given in the wrong place.
    say(runtime, 'an option is unknown, or lacks its value. See kaltura-ks --help.');
    return EXIT.usage;
  }
  if (values.help === true) {
    runtime.stdout.write(HELP);
    return EXIT.ok;
  }
  if (values.version === true) {
    runtime.stdout.write(`${version}\n`);
    return EXIT.ok;
  }
  const [command, ...rest] = positionals;
  if (rest.length > 0 || (command !== undefined && command !== 'practice')) {
    say(runtime, 'there is no such command. See kaltura-ks --help.');
    return EXIT.usage;
  }
  if (command === 'practice') return runPractice(values.port, runtime);
  return runWizard(values, runtime);
}

async function runPractice(portText: string | undefined, runtime: Runtime): Promise<number> {
  const port = portText === undefined ? undefined : Number(portText);
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    say(runtime, '--port takes a number from 1 to 65535.');
    return EXIT.usage;
  }
  const { practice } = await import('./commands/practice.js');
  return practice(port === undefined ? {} : { port }, {
    write: (text) => void runtime.stderr.write(text),
    now: runtime.now,
    randomBytes: runtime.randomBytes,
    untilStopped: runtime.untilStopped,
  });
}

async function runWizard(values: Values, runtime: Runtime): Promise<number> {
  const { chooseTerminal } = await import('./runtime/terminal-choice.js');
  const choice = values['no-input'] === true ? noInput : chooseTerminal(runtime, values['no-color'] === true);
  if (!choice.ok) {
    say(
      runtime,
      `it asks its questions on a terminal, and ${choice.reason} To catch the key in a script’s terminal: KS=$(kaltura-ks)`,
    );
    return EXIT.usage;
  }
  // Before the first import of what draws: colours are settled when it is loaded.
  runtime.setColourLevel(choice.colourLevel);
  const { startWizard } = await import('./start-wizard.js');
  const { how, ks } = await startWizard(choice, runtime);
  if (how === 'cancelled') return EXIT.cancelled;
  if (!choice.isCaptured) return EXIT.ok;
  // A script that waits for a key must see that there is none.
  if (ks === null) return EXIT.cancelled;
  runtime.stdout.write(`${ks.reveal()}\n`);
  return EXIT.ok;
}

const noInput = { ok: false, reason: '--no-input forbids it.' } as const;
