import type { Runtime } from '../../operations/runtime.js';
import { splitCommandLine } from '../../secrets/command-line.js';
import { commandProblem, type SecretSource, variableProblem } from '../../secrets/source.js';
import type { Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';

const FLAGS = ['store', 'from-command', 'from-shell', 'from-variable'] as const;

function commandPlace(line: string, isWindows: boolean): SecretSource {
  const split = splitCommandLine(line, isWindows);
  switch (split.kind) {
    case 'command':
      return { kind: 'command', command: split.command, usesShell: false, isConfirmed: true };
    case 'empty':
      throw new UsageError('--from-command names no command.');
    case 'open-quote':
      throw new UsageError('--from-command: a quote or a backslash has no partner.');
    case 'needs-shell':
      throw new UsageError(`--from-command is run without a shell, which ${split.sign} needs: use --from-shell.`);
  }
}

function readPlace(flag: (typeof FLAGS)[number], value: string, isWindows: boolean): SecretSource {
  switch (flag) {
    case 'store':
      if (value === 'ask' || value === 'keychain' || value === 'file') return { kind: value };
      throw new UsageError('--store takes one of ask, keychain, file.');
    case 'from-command':
      return commandPlace(value, isWindows);
    case 'from-shell':
      return { kind: 'command', command: [value], usesShell: true, isConfirmed: true };
    case 'from-variable':
      return { kind: 'variable', name: value, isConfirmed: true };
  }
}

/**
 * Reads the secret source from flags; without any, the secret is asked for each time.
 * @throws {UsageError}
 */
export function chosenSource(flags: Flags, { isWindows }: Pick<Runtime, 'isWindows'>): SecretSource {
  const given = FLAGS.flatMap((flag) => {
    const value = flags[flag];
    return typeof value === 'string' ? [{ flag, value }] : [];
  });
  const [first, second] = given;
  if (first === undefined) return { kind: 'ask' };
  if (second !== undefined)
    throw new UsageError(`--${first.flag} and --${second.flag} exclude each other.`, 'conflicting-options');
  const place = readPlace(first.flag, first.value, isWindows);
  const problem =
    place.kind === 'command'
      ? commandProblem(place.command, place.usesShell)
      : place.kind === 'variable'
        ? variableProblem(place.name)
        : null;
  if (problem !== null) throw new UsageError(`--${first.flag}: ${problem}`);
  return place;
}
