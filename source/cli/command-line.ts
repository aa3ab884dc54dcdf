import { Command, CommanderError, Option } from 'commander';
import { ANSWER_FLAGS, flagOf, variableOf } from '../commands/answers/answer-flags.js';
import type { Flags, Invocation } from '../commands/shared/command-call.js';
import { UsageError } from '../commands/shared/exit-codes.js';
import { shellNamed } from '../commands/shared/shell-quoting.js';
import { similarNames } from '../kaltura/typed-values.js';
import { argumentInsteadOf } from './argument-hint.js';
import { refusalOfSecret } from './refused-flags.js';
import type { CommandSpec, FlagSpec } from './specs/command-spec.js';
import { COMMON_FLAGS } from './specs/flags.js';
import { COMMANDS, PROGRAM } from './specs/program.js';
import { RECIPE_FLAG, RECIPE_VALUE_FLAGS } from './specs/recipes.js';

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

const nameOf = ({ flag }: FlagSpec): string => flag.replace(/ .*/, '');

/** Returns the flags that the command doesn't describe itself: `--entry` means more in `check`. */
const otherFlags = ({ flags = [] }: CommandSpec, all: readonly FlagSpec[]): readonly FlagSpec[] =>
  all.filter((one) => !flags.some((own) => nameOf(own) === nameOf(one)));

function addCommand(parent: Command, path: string, spec: CommandSpec, onFound: OnFound): void {
  const command = parent.command(spec.name, spec.isDefault === true ? { isDefault: true } : {});
  const full = [path, command.name()].filter((part) => part !== '').join(' ');
  command.description(spec.description);
  if (spec.takesAnswers === true)
    for (const flag of [...answerSpecs, RECIPE_FLAG, ...RECIPE_VALUE_FLAGS]) addFlag(command, flag);
  if (spec.takesRecipe === true)
    for (const flag of otherFlags(spec, [RECIPE_FLAG, ...RECIPE_VALUE_FLAGS])) addFlag(command, flag);
  const common = spec.commands === undefined ? COMMON_FLAGS : [];
  for (const flag of [...(spec.flags ?? []), ...common]) addFlag(command, flag);
  for (const child of spec.commands ?? []) addCommand(command, full, child, onFound);
  if (spec.commands === undefined) command.action(() => onFound(full, command.args, flagsOf(command)));
}

/**
 * All commands and flags, as commander knows them: what is parsed and what completion offers.
 *
 * @param onHelp called with the command whose help was asked for
 * @param commands those that can be meant; all unless told
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
    `Unknown help topic${culprit === null ? '' : ` "${culprit}"`}. ${hint} See kaltura-ks help.`,
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
    throw error.exitCode === 0 ? error : usageError(error, command, argv);
  });
  for (const child of command.commands) throwUsageErrors(child, argv);
}

/** commander has no other place for its suggestions than its texts. They contain only names of our own, never what was typed. */
const suggestionIn = (message: string): string | undefined =>
  /\(Did you mean (?:one of )?([a-z, -]+)\?\)/.exec(message)?.[1];

/** Returns the full name of a command: `profiles add`; '' for the program itself. */
const pathOf = (command: Command): string =>
  command.parent === null ? '' : [pathOf(command.parent), command.name()].filter((part) => part !== '').join(' ');

/** Returns an option without its value, or a command; null if it could be a secret. */
function printableWord(typed: string): string | null {
  const [word = ''] = typed.split(/['=]/);
  return /^(--)?[a-z]{1,15}(-[a-z]{1,15}){0,3}$/i.test(word) ? word : null;
}

/** Returns the unknown option that a message of commander names; null if it could be a secret. */
const optionIn = (message: string): string | null => printableWord(/unknown option '(.*)/.exec(message)?.[1] ?? '');

const quotedName = (path: string): string => (path === '' ? 'kaltura-ks' : `"${path}"`);

/** Options with another name in another command. */
const OPTION_SYNONYMS: Readonly<Record<string, string>> = { '--file': '--ks-file', '--ks-file': '--file' };

/** Returns the option that was probably meant. commander compares an option together with its value. */
function similarOption(message: string, command: Command): string | undefined {
  const culprit = optionIn(message);
  const known = command.options.map(({ long }) => long ?? '');
  const synonym = OPTION_SYNONYMS[culprit ?? ''];
  if (synonym !== undefined && known.includes(synonym)) return synonym;
  return suggestionIn(message) ?? (culprit === null ? undefined : similarNames(culprit, known)[0]);
}

/** Describes arguments that the command doesn't take. The program itself takes none, so the first one should be a command. */
function tooManyArguments(command: Command, argv: readonly string[]): UsageError {
  const path = pathOf(command);
  if (path === 'exec') {
    const text = '-- is missing before the command: kaltura-ks exec [profile] -- command…';
    return new UsageError(text, 'missing-argument', {
      fixes: [{ action: 'add-option', text: 'Put -- before the command', option: '--' }],
    });
  }
  const [first = ''] = command.args;
  const isGroup = command.commands.length > 0;
  const group = isGroup ? command : defaultGroup(command, argv);
  if (group === null) {
    const most = command.registeredArguments.length;
    const takes = most === 0 ? 'no arguments' : most === 1 ? 'one argument' : `${most} arguments`;
    return new UsageError(`${quotedName(path)} takes ${takes}. See kaltura-ks ${path} --help.`, 'too-many-arguments');
  }
  return unknownCommand(
    pathOf(group),
    first,
    group.commands.map((child) => child.name()),
  );
}

/** Returns the group of a default command that was not named: `profiles lst` is read as an argument of `profiles list`. */
const defaultGroup = (command: Command, argv: readonly string[]): Command | null =>
  command.parent === null || command.parent.parent === null || argv.includes(command.name()) ? null : command.parent;

/** Other words for commands, which their users know from the screens or from other programs. */
const SYNONYMS: Readonly<Record<string, string>> = { revoke: 'end' };

/** @param path the command that has these commands; '' for the program itself */
function unknownCommand(path: string, word: string, known: readonly string[]): UsageError {
  const synonym = path === '' ? SYNONYMS[word] : undefined;
  const meant = synonym === undefined ? similarNames(word, known) : [synonym];
  const all = path === '' ? '' : ` Commands: ${known.join(', ')}.`;
  const hint = meant.length === 0 ? all : ` Did you mean ${meant.join(', ')}?`;
  const culprit = printableWord(word);
  const help = ['See kaltura-ks', path, '--help.'].filter((part) => part !== '').join(' ');
  return new UsageError(
    `Unknown command${culprit === null ? '' : ` "${culprit}"`}.${hint} ${help}`,
    'unknown-command',
    { fixes: meant.length === 0 ? [] : [{ action: 'correct-spelling', text: hint.trim(), option: null }] },
  );
}

/** Describes an error of commander in our own words, because commander's repeat the argument. */
function usageError({ code, message }: CommanderError, command: Command, argv: readonly string[]): UsageError {
  const meant = similarOption(message, command);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  const option = meant?.startsWith('--') && !meant.includes(',') ? meant : null;
  const fixes = meant === undefined ? [] : [{ action: 'correct-spelling', text: hint.trim(), option }];
  switch (code) {
    case 'commander.optionMissingArgument': {
      // A value is missing only after the last argument.
      const flag = command.options.find(({ long, short }) => [long, short].includes(argv.at(-1)))?.long;
      return new UsageError(`${flag ?? 'An option'} needs a value.`, 'missing-argument');
    }
    case 'commander.missingArgument': {
      const missing = command.registeredArguments[command.args.length]?.name();
      return new UsageError(`${missing ?? 'An argument'} is missing. See --help.`, 'missing-argument');
    }
    case 'commander.unknownOption': {
      const culprit = optionIn(message);
      const misplaced = culprit === null ? null : argumentInsteadOf(culprit, command, pathOf(command), argv);
      if (misplaced !== null) return misplaced;
      return new UsageError(
        ['Unknown option', culprit, `for ${quotedName(pathOf(command))}.${hint} See --help.`]
          .filter((part) => part !== null)
          .join(' '),
        'unknown-option',
        { fixes },
      );
    }
    case 'commander.unknownCommand':
    case 'commander.excessArguments':
      return tooManyArguments(command, argv);
    default:
      return new UsageError('The arguments can’t be read. See kaltura-ks --help.');
  }
}
