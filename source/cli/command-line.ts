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
 * @param helpWidth columns of the help
 */
export function createProgram(
  onFound: OnFound,
  write: (text: string) => void = () => {},
  commands: readonly CommandSpec[] = COMMANDS,
  helpWidth = 100,
): Command {
  const program = new Command('kaltura-ks');
  // Set before the commands are made: they inherit it.
  program
    .exitOverride()
    .configureOutput({
      writeOut: write,
      writeErr: () => {},
      getOutHelpWidth: () => helpWidth,
      getOutHasColors: () => false,
    })
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
 * @param columns the columns of the terminal that shows the help; undefined if it isn't a terminal
 * @throws {UsageError} which never repeats an argument
 */
export async function readCommandLine(argv: readonly string[], columns?: number): Promise<Invocation> {
  const end = argv.indexOf('--');
  const before = end === -1 ? argv : argv.slice(0, end);
  const refusal = refusalOfSecret(before);
  if (refusal !== null) throw new UsageError(refusal, 'secret-in-arguments');
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
    columns === undefined ? undefined : Number.MAX_SAFE_INTEGER,
  );
  const args = withExplicitShell(before);
  throwUsageErrors(program, args);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Help ends the parsing too, with exit code 0.
    if (!(error instanceof CommanderError)) throw error;
  }
  if (found !== null) return found;
  return {
    kind: 'text',
    text: columns === undefined ? text : (await import('./help-width.js')).fitHelp(text, columns),
  };
}

/** `kaltura-ks --no-input token` means the same as `kaltura-ks token --no-input`. */
const withGlobals = (flags: Flags, program: Command): Flags => ({
  ...flags,
  ...(program.getOptionValue('input') === false ? { input: false } : {}),
  ...(program.getOptionValue('color') === false ? { color: false } : {}),
});

function throwUsageErrors(command: Command, argv: readonly string[]): void {
  command.exitOverride((error) => {
    throw error.exitCode === 0 ? error : usageError(error, command, argv);
  });
  for (const child of command.commands) throwUsageErrors(child, argv);
}

/** commander has no other place for its suggestions than its texts. They contain only names of our own, never what was typed. */
const suggestionIn = (message: string): string | undefined =>
  /\(Did you mean (?:one of )?([a-z, -]+)\?\)/.exec(message)?.[1];

/** Describes an error of commander in our own words, because commander's repeat the argument. */
function usageError({ code, message }: CommanderError, command: Command, argv: readonly string[]): UsageError {
  const meant = suggestionIn(message);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  const option = meant?.startsWith('--') && !meant.includes(',') ? meant : null;
  const fixes = meant === undefined ? [] : [{ action: 'correct-spelling', text: hint.trim(), option }];
  switch (code) {
    case 'commander.optionMissingArgument': {
      // A value is missing only after the last argument.
      const flag = command.options.find(({ long, short }) => [long, short].includes(argv.at(-1)))?.long;
      return new UsageError(`${flag ?? 'an option'} lacks its value.`, 'missing-argument');
    }
    case 'commander.missingArgument': {
      const missing = command.registeredArguments[command.args.length]?.name();
      return new UsageError(`${missing ?? 'an argument'} is missing. See --help.`, 'missing-argument');
    }
    case 'commander.unknownOption':
      return new UsageError(`an option is unknown here.${hint} See --help.`, 'unknown-option', { fixes });
    case 'commander.unknownCommand':
      return new UsageError(`there is no such command.${hint} See kaltura-ks --help.`, 'unknown-command', { fixes });
    case 'commander.excessArguments':
      return new UsageError(
        'there is no such command, or an argument too many. See kaltura-ks --help.',
        'too-many-arguments',
      );
    default:
      return new UsageError('the arguments cannot be read. See kaltura-ks --help.');
  }
}
