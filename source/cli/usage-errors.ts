import type { Command, CommanderError } from 'commander';
import type { Flags } from '../commands/shared/command-call.js';
import { UsageError } from '../commands/shared/exit-codes.js';
import { similarNames } from '../kaltura/similar-names.js';
import { argumentInsteadOf } from './argument-hint.js';
import { spacedTimeAdvice } from './spaced-time.js';

/** Returns the suggestion in a message of commander. It contains only names of our own, never what was typed. */
const suggestionIn = (message: string): string | undefined =>
  /\(Did you mean (?:one of )?([a-z, -]+)\?\)/.exec(message)?.[1];

/** Returns the full name of a command: `profiles add`; '' for the program itself. */
export const pathOf = (command: Command): string =>
  command.parent === null ? '' : [pathOf(command.parent), command.name()].filter((part) => part !== '').join(' ');

/** Returns the flags by the names that the user types; commander has them in camel case. */
export const flagsOf = (command: Command): Flags =>
  Object.fromEntries(
    command.options.map((option) => [
      option.name().replace(/^no-/, ''),
      command.getOptionValue(option.attributeName()),
    ]),
  );

/** Returns an option without its value, or a command; null if it could be a secret. */
export function printableWord(typed: string): string | null {
  const [word = ''] = typed.split(/['=]/);
  return /^-{0,2}[a-z]{1,15}(-[a-z]{1,15}){0,3}$/i.test(word) ? word : null;
}

/** Returns the unknown option that a message of commander names; null if it could be a secret. */
const optionIn = (message: string): string | null => printableWord(/unknown option '(.*)/.exec(message)?.[1] ?? '');

const quotedName = (path: string): string => (path === '' ? 'kaltura-ks' : `“${path}”`);

const seeHelp = (path: string): string => `See kaltura-ks ${path === '' ? '' : `${path} `}--help.`;

/** Options with another name in another command. */
const OPTION_SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  '--file': ['--ks-file'],
  '--admin': ['--type admin'],
  '--lifetime': ['--expiry', '--session-length'],
};

/** Returns the commands of the program that have an option. */
function commandsWith(option: string, program: Command): string[] {
  const all = (one: Command): Command[] => [one, ...one.commands.flatMap(all)];
  return all(program)
    .filter(({ options }) => options.some(({ long }) => long === option))
    .map(pathOf)
    .filter((path) => path !== '');
}

/** Says which other commands have the option. */
function elsewhereText(option: string | null, program: Command): string {
  const paths = option === null ? [] : commandsWith(option, program);
  if (paths.length === 0) return '';
  const rest = paths.length > 4 ? ` and ${paths.length - 3} other commands` : '';
  return ` It is an option of ${paths.slice(0, rest === '' ? 4 : 3).join(', ')}${rest}.`;
}

/** Returns the option that was probably meant. commander compares an option together with its value. */
function similarOption(message: string, command: Command, program: Command): string | undefined {
  const culprit = optionIn(message);
  const known = command.options.map(({ long }) => long ?? '');
  const synonym = OPTION_SYNONYMS[culprit ?? '']?.find((option) => known.includes(option.split(' ')[0] ?? ''));
  if (synonym !== undefined) return synonym;
  if (culprit !== null && commandsWith(culprit, program).length > 0) return undefined;
  return suggestionIn(message) ?? (culprit === null ? undefined : similarNames(culprit, known)[0]);
}

/** Describes arguments that the command doesn't take. The program itself takes none, so the first one should be a command. */
function tooManyArguments(command: Command, argv: readonly string[]): UsageError {
  const path = pathOf(command);
  if (path === 'exec') {
    const text = 'Missing: -- before the command. Usage: kaltura-ks exec [profile] -- command…';
    return new UsageError(text, 'missing-argument', {
      fixes: [{ action: 'add-option', text: 'Put -- before the command', option: '--' }],
    });
  }
  const [first = ''] = command.args;
  const isGroup = command.commands.length > 0;
  const group = isGroup ? command : defaultGroup(command, argv);
  const spaced = spacedTimeAdvice(argv);
  if (spaced !== null) return new UsageError(spaced, 'too-many-arguments');
  if (group === null) {
    const { length: most } = command.registeredArguments;
    const isExact = command.registeredArguments.every(({ required }) => required);
    const takes =
      most === 0 ? 'no arguments' : `${isExact ? '' : 'at most '}${most === 1 ? 'one argument' : `${most} arguments`}`;
    const takesProfile = command.options.some(({ long }) => long === '--profile');
    const profile = takesProfile ? ' Name the profile with --profile.' : '';
    const text = `${quotedName(path)} takes ${takes}.${profile} ${seeHelp(path)}`;
    return new UsageError(text, 'too-many-arguments');
  }
  return unknownChild(group, first);
}

const unknownChild = (group: Command, word: string): UsageError =>
  unknownCommand(
    pathOf(group),
    word,
    group.commands.map((child) => child.name()),
  );

/** Returns the group of a default command that was not named: `profiles lst` is read as an argument of `profiles list`. */
const defaultGroup = (command: Command, argv: readonly string[]): Command | null =>
  command.parent === null || command.parent.parent === null || argv.includes(command.name()) ? null : command.parent;

/** Other words for commands, which their users know from the screens, from other commands or from other programs. */
const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    revoke: ['end'],
    generate: ['token'],
    create: ['token', 'create', 'add'],
    new: ['token', 'create', 'add'],
    make: ['token'],
    add: ['create'],
    decode: ['inspect'],
    parse: ['inspect'],
    delete: ['remove', 'forget'],
    remove: ['delete'],
    rm: ['remove', 'delete'],
    change: ['edit'],
    update: ['edit'],
    ls: ['list'],
  }),
);

/** @param path the command that has these commands; '' for the program itself */
export function unknownCommand(path: string, word: string, known: readonly string[]): UsageError {
  const synonym = SYNONYMS.get(word)?.find((name) => known.includes(name));
  const meant = synonym === undefined ? similarNames(word, known) : [synonym];
  const all = path === '' ? '' : ` Commands: ${known.join(', ')}.`;
  const hint = meant.length === 0 ? all : ` Did you mean ${meant.join(', ')}?`;
  const culprit = printableWord(word);
  return new UsageError(
    `Unknown command${culprit === null ? '' : ` “${culprit}”`}.${hint} ${seeHelp(path)}`,
    'unknown-command',
    { fixes: meant.length === 0 ? [] : [{ action: 'correct-spelling', text: hint.trim(), option: null }] },
  );
}

/** The required arguments, as the error about a missing one names them. */
const ARGUMENT_NOUNS: Readonly<Record<string, string>> = {
  name: 'the name of the profile',
  from: 'the name of the profile',
  to: 'the new name of the profile',
  file: 'the file to import',
  recipe: 'the ID of the recipe',
  'language-or-recipe': 'the language or recipe',
  action: 'the action',
  partner: 'the partner ID',
  shell: 'the shell',
  id: 'the ID of the app token',
};

/**
 * Describes an error of commander in our own words, because commander's repeat the argument.
 * @param program has all commands, also those that were not parsed
 */
export function usageError(
  { code, message }: CommanderError,
  command: Command,
  argv: readonly string[],
  program: Command,
): UsageError {
  const meant = similarOption(message, command, program);
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
      const argument = command.registeredArguments[command.args.length]?.name() ?? '';
      const what = ARGUMENT_NOUNS[argument] ?? 'an argument';
      return new UsageError(`Missing: ${what}. ${seeHelp(pathOf(command))}`, 'missing-argument');
    }
    case 'commander.unknownOption': {
      const group = defaultGroup(command, argv);
      const word = group === null ? undefined : argv[argv.indexOf(group.name()) + 1];
      // An option of the command that was meant is unknown to the default command.
      if (group !== null && word !== undefined && !word.startsWith('-')) return unknownChild(group, word);
      const culprit = optionIn(message);
      const misplaced = culprit === null ? null : argumentInsteadOf(culprit, command, pathOf(command), argv);
      if (misplaced !== null) return misplaced;
      return new UsageError(
        [
          'Unknown option',
          culprit,
          `for ${quotedName(pathOf(command))}.${hint === '' ? elsewhereText(culprit, program) : hint} ${seeHelp(pathOf(command))}`,
        ]
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
