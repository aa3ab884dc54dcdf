import { Command, CommanderError, Option } from 'commander';
import { ACCOUNT_ANSWERS, ANSWER_FLAGS, flagOf, variableOf } from '../commands/answers/answer-flags.js';
import type { Flags, Invocation } from '../commands/shared/command-call.js';
import { UsageError } from '../commands/shared/exit-codes.js';
import { shellNamed } from '../commands/shared/shell-quoting.js';
import { refusalOfSecret } from './refused-flags.js';
import { type CommandSpec, type FlagSpec, wordOf } from './specs/command-spec.js';
import { COMMON_FLAGS } from './specs/flags.js';
import { COMMANDS, PROGRAM } from './specs/program.js';
import { RECIPE_FLAG, RECIPE_VALUE_FLAGS } from './specs/recipes.js';
import { flagsOf, pathOf, printableWord, unknownCommand, usageError } from './usage-errors.js';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function addFlag(command: Command, { flag, help, isRepeated }: FlagSpec, isHidden = false): void {
  const option = new Option(flag, help).hideHelp(isHidden);
  command.addOption(isRepeated === true ? option.argParser(collect) : option);
}

const answerSpecs: readonly FlagSpec[] = ANSWER_FLAGS.map(({ name, value, help }) => ({
  flag: `${flagOf(name)} <${value}>`,
  help: `${help} [${variableOf(name)}]`,
  isRepeated: name === 'privilege',
}));

/** `profiles edit` refuses these with a reason, so they are not offered. */
const ACCOUNT_FLAGS = ACCOUNT_ANSWERS.map(flagOf);

type OnFound = (command: string, names: readonly string[], flags: Flags) => void;

const nameOf = ({ flag }: FlagSpec): string => flag.replace(/ .*/, '');

/** Returns the flags that the command doesn't describe itself: `--entry` means more in `check`. */
const otherFlags = ({ flags = [] }: CommandSpec, all: readonly FlagSpec[]): readonly FlagSpec[] =>
  all.filter((one) => !flags.some((own) => nameOf(own) === nameOf(one)));

function addCommand(parent: Command, path: string, spec: CommandSpec, onFound: OnFound): void {
  const command = parent.command(spec.name, spec.isDefault === true ? { isDefault: true } : {});
  const full = [path, command.name()].filter((part) => part !== '').join(' ');
  command.description(spec.description);
  if (spec.takesAnswers === true)
    for (const flag of otherFlags(spec, [...answerSpecs, RECIPE_FLAG, ...RECIPE_VALUE_FLAGS]))
      addFlag(command, flag, spec.keepsAnswers === true && ACCOUNT_FLAGS.includes(nameOf(flag)));
  if (spec.takesRecipe === true)
    for (const flag of otherFlags(spec, [RECIPE_FLAG, ...RECIPE_VALUE_FLAGS])) addFlag(command, flag);
  const common = spec.commands === undefined ? COMMON_FLAGS : [];
  for (const flag of [...(spec.flags ?? []), ...common]) addFlag(command, flag);
  for (const child of spec.commands ?? []) addCommand(command, full, child, onFound);
  if (spec.commands === undefined) command.action(() => onFound(full, command.args, flagsOf(command)));
}

/**
 * Declares all commands and flags to commander. The parser and the completion use them.
 *
 * @param onHelp called with the command whose help was requested
 * @param commands the commands to declare, if not all
 */
export function createProgram(
  onFound: OnFound,
  onHelp: (command: Command) => void = () => {},
  commands: readonly CommandSpec[] = COMMANDS,
): Command {
  const program = new Command('kaltura-ks');
  // Set before the commands are made: they inherit it.
  program
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .configureHelp({
      formatHelp: (command) => {
        onHelp(command);
        return '';
      },
    })
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .enablePositionalOptions()
    .allowExcessArguments(false)
    .description(PROGRAM.description);
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

/**
 * `--env-file` means `--dotenv`. It is not offered, because Node 20 reads an option of this name itself before the program starts, and obeys
 * NODE_OPTIONS in the file.
 */
const withDotenv = (argv: readonly string[]): string[] =>
  argv.map((argument) => argument.replace(/^--env-file(?==|$)/, '--dotenv'));

/** Returns the command that the first argument names, because declaring the flags of all commands takes time; else all commands. */
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
  const before = withDotenv(end === -1 ? argv : argv.slice(0, end));
  const refusal = refusalOfSecret(before);
  if (refusal !== null) throw new UsageError(refusal, 'secret-in-arguments');
  let helped: Command | null = null;
  let found: Invocation | null = null;
  const [first] = before;
  const isCommand = first === undefined || first.startsWith('-') || COMMANDS.some((spec) => wordOf(spec) === first);
  // Otherwise commander names an option that follows, or shows the help.
  if (!isCommand) throw unknownCommand('', first, COMMANDS.map(wordOf));
  const program = createProgram(
    (command, names, flags) => {
      const after = end === -1 ? null : argv.slice(end + 1);
      found = { kind: 'command', command, names, flags: withGlobals(flags, program), after };
    },
    (command) => {
      helped = command;
    },
    candidateCommands(before),
  );
  const args = withExplicitShell(before);
  throwUsageErrors(program, args);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Help ends the parsing too, with exit code 0.
    if (!(error instanceof CommanderError)) throw error;
  }
  if (found !== null) return (await helpAskedFor(found, columns)) ?? found;
  const { helpOfCommand } = await import('./help/render-help.js');
  return {
    kind: 'text',
    text: helpOfCommand(helped === null ? [] : pathOf(helped).split(' ').filter(Boolean), columns),
  };
}

/**
 * Returns the text for `kaltura-ks help`; null for other commands.
 * @throws {UsageError} if there is no such topic
 */
async function helpAskedFor(found: Invocation, columns: number | undefined): Promise<Invocation | null> {
  if (found.kind === 'text' || found.command !== 'help') return null;
  const { helpOfTopic } = await import('./help/render-help.js');
  const answer = helpOfTopic(found.names, columns);
  if ('text' in answer) return { kind: 'text', text: answer.text };
  const { similar, topics } = answer;
  const hint = similar.length === 0 ? `Topics: ${topics.join(', ')}.` : `Did you mean ${similar.join(', ')}?`;
  const fixes = similar.length === 0 ? [] : [{ action: 'correct-spelling', text: hint, option: null }];
  const culprit = printableWord(found.names.join(' '));
  throw new UsageError(
    `Unknown help topic${culprit === null ? '' : ` “${culprit}”`}. ${hint} See kaltura-ks help.`,
    'invalid-value',
    { fixes },
  );
}

/** `kaltura-ks --no-input token` means the same as `kaltura-ks token --no-input`. */
const withGlobals = (flags: Flags, program: Command): Flags => ({
  ...flags,
  ...(program.getOptionValue('input') === false ? { input: false } : {}),
  ...(program.getOptionValue('color') === false ? { color: false } : {}),
  ...(flags['dotenv'] === undefined ? { dotenv: program.getOptionValue('dotenv') } : {}),
});

function throwUsageErrors(command: Command, argv: readonly string[]): void {
  command.exitOverride((error) => {
    throw error.exitCode === 0
      ? error
      : usageError(
          error,
          command,
          argv,
          createProgram(() => {}),
        );
  });
  for (const child of command.commands) throwUsageErrors(child, argv);
}
