import { Command, CommanderError, Option } from 'commander';
import { ANSWER_FLAGS, flagOf, variableOf } from '../commands/shared/answer-flags.js';
import type { Flags, Invocation } from '../commands/shared/command-call.js';
import { UsageError } from '../commands/shared/exit-codes.js';
import { shellNamed } from '../commands/shared/shell-quoting.js';
import { COMMANDS, type CommandSpec, type FlagSpec, PROGRAM } from './command-specs.js';
import { refusalOfSecret } from './refused-flags.js';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function addFlag(command: Command, { flag, help, isRepeated }: FlagSpec): void {
  const option = new Option(flag, help);
  command.addOption(isRepeated === true ? option.argParser(collect) : option);
}

const answerSpecs: readonly FlagSpec[] = ANSWER_FLAGS.map(({ name, value, help }) => ({
  flag: `${flagOf(name)} <${value}>`,
  help: `${help} [${variableOf(name)}]`,
  isRepeated: name === 'privilege',
}));

type OnFound = (command: string, names: readonly string[], flags: Flags) => void;

/** commander's own names for flags are in camel case; here they are called as they are typed. */
const flagsOf = (command: Command): Flags =>
  Object.fromEntries(
    command.options.map((option) => [
      option.name().replace(/^no-/, ''),
      command.getOptionValue(option.attributeName()),
    ]),
  );

function addCommand(parent: Command, path: string, spec: CommandSpec, onFound: OnFound): void {
  const command = parent.command(spec.name, spec.isDefault === true ? { isDefault: true } : {});
  const full = [path, command.name()].filter((part) => part !== '').join(' ');
  command.description(spec.description);
  if (spec.takesAnswers === true) for (const flag of answerSpecs) addFlag(command, flag);
  for (const flag of spec.flags ?? []) addFlag(command, flag);
  if (spec.notes !== undefined) command.addHelpText('after', `\n${spec.notes}`);
  if (spec.examples !== undefined) command.addHelpText('after', `\nExamples:\n${indented(spec.examples)}`);
  for (const child of spec.commands ?? []) addCommand(command, full, child, onFound);
  if (spec.commands === undefined) command.action(() => onFound(full, command.args, flagsOf(command)));
}

const indented = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n');

/**
 * All commands and flags, as commander knows them: what is parsed, what the help shows and what completion offers.
 *
 * @param commands those that can be meant; all unless told
 */
export function createProgram(
  onFound: OnFound,
  write: (text: string) => void = () => {},
  commands: readonly CommandSpec[] = COMMANDS,
): Command {
  const program = new Command('kaltura-ks');
  // Set before the commands are made: they inherit it.
  program
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: () => {}, getOutHelpWidth: () => 100, getOutHasColors: () => false })
    .showSuggestionAfterError(true)
    .enablePositionalOptions()
    .allowExcessArguments(false)
    .description(PROGRAM.description)
    .addHelpText('after', `\n${PROGRAM.notes}`);
  for (const flag of PROGRAM.flags) addFlag(program, flag);
  program.action(() => onFound('', [], flagsOf(program)));
  for (const spec of commands) addCommand(program, '', spec, onFound);
  return program;
}

/** `--export` may stand alone before a profile's name, which is then not the shell. */
const withExplicitShell = (argv: readonly string[]): string[] =>
  argv.map((argument, index) =>
    argument === '--export' && shellNamed(argv[index + 1] ?? '') === undefined ? '--export=auto' : argument,
  );

const wordOf = ({ name }: CommandSpec): string => name.replace(/ .*/, '');

/** Where the first argument names a command, no other can be meant, and making the flags of all takes time. */
function candidateCommands([first]: readonly string[]): readonly CommandSpec[] {
  const named = COMMANDS.filter((spec) => wordOf(spec) === first);
  return named.length === 0 ? COMMANDS : named;
}

/**
 * Reads the arguments of the program.
 *
 * @throws {UsageError} which never repeats an argument
 */
export async function readCommandLine(argv: readonly string[]): Promise<Invocation> {
  const end = argv.indexOf('--');
  const before = end === -1 ? argv : argv.slice(0, end);
  const refusal = refusalOfSecret(before);
  if (refusal !== null) throw new UsageError(refusal);
  let text = '';
  let found: Invocation | null = null;
  const program = createProgram(
    (command, names, flags) => {
      const after = end === -1 ? null : argv.slice(end + 1);
      found = { kind: 'command', command, names, flags: withGlobals(flags, program), after };
    },
    (written) => {
      text += written;
    },
    candidateCommands(before),
  );
  try {
    await program.parseAsync(withExplicitShell(before), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new UsageError(usageProblem(error));
  }
  return found ?? { kind: 'text', text };
}

/** `kaltura-ks --no-input token` means the same as `kaltura-ks token --no-input`. */
const withGlobals = (flags: Flags, program: Command): Flags => ({
  ...flags,
  ...(program.getOptionValue('input') === false ? { input: false } : {}),
  ...(program.getOptionValue('color') === false ? { color: false } : {}),
});

/** In words of our own: commander's would repeat the argument. Only the names of flags that exist are taken from it. */
function usageProblem({ code, message }: CommanderError): string {
  const flag = /option '(?:-\w, )?(--[a-z-]+)/.exec(message)?.[1];
  // One of our own names, never what was typed.
  const meant = /\(Did you mean (?:one of )?([a-z, -]+)\?\)/.exec(message)?.[1];
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  switch (code) {
    case 'commander.optionMissingArgument':
      return `${flag ?? 'an option'} lacks its value.`;
    case 'commander.missingArgument':
      return `${/argument '([a-z-]+)'/.exec(message)?.[1] ?? 'an argument'} is missing. See --help.`;
    case 'commander.unknownOption':
      return `an option is unknown here.${hint} See --help.`;
    case 'commander.unknownCommand':
      return `there is no such command.${hint} See kaltura-ks --help.`;
    case 'commander.excessArguments':
      return 'there is no such command, or an argument too many. See kaltura-ks --help.';
    default:
      return 'the arguments cannot be read. See kaltura-ks --help.';
  }
}
