import type { Command, Option } from 'commander';
import { HOSTED_REGION_IDS } from '../../kaltura/accounts/regions.js';
import { KNOWN_ACTIONS } from '../../kaltura/calls/actions.js';
import { ERROR_CODES } from '../../kaltura/diagnosis/error-codes.js';
import { RECIPES } from '../../kaltura/recipes/recipes.js';
import { SNIPPET_LANGUAGES } from '../../kaltura/snippets/snippets.js';
import { createProgram } from '../command-line.js';
import { HELP_TOPICS } from '../help/help-topics.js';
import { wordOf } from '../specs/command-spec.js';
import { COMMANDS } from '../specs/program.js';

/** The shells that have a completion script. */
export const COMPLETED_SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export interface OfferedWord {
  readonly value: string;
  /** One line; empty if there is nothing to say. */
  readonly help: string;
}

/** What can stand at the cursor. `command` means a command line of its own, which the shell completes. */
type Offer =
  | { readonly kind: 'words'; readonly words: readonly OfferedWord[] }
  | { readonly kind: 'profiles' }
  | { readonly kind: 'files' }
  | { readonly kind: 'command' };

/** The offer for the value at the cursor. `before` is the start of the word that stays: `--region=`. */
export interface Completion {
  readonly offer: Offer;
  readonly before: string;
}

const wordsOf = (values: readonly string[]): Offer => ({
  kind: 'words',
  words: values.map((value) => ({ value, help: '' })),
});

const NOTHING = wordsOf([]);
const PROFILES: Offer = { kind: 'profiles' };
const FILES: Offer = { kind: 'files' };

/** The values of arguments and flags, by their placeholder in the help. */
const BY_PLACEHOLDER: Readonly<Record<string, Offer>> = {
  action: wordsOf(KNOWN_ACTIONS),
  file: FILES,
  path: FILES,
  profile: PROFILES,
  'language-or-recipe': wordsOf([...SNIPPET_LANGUAGES, ...RECIPES.map(({ id }) => id)]),
  recipe: wordsOf(RECIPES.map(({ id }) => id)),
  region: wordsOf([...HOSTED_REGION_IDS, 'practice']),
  shell: wordsOf(COMPLETED_SHELLS),
  error: wordsOf(Object.keys(ERROR_CODES)),
  topic: wordsOf([...Object.keys(HELP_TOPICS), ...COMMANDS.map(wordOf)]),
};

/** The arguments that name a saved profile in the commands of `profiles`. */
const SAVED_NAMES = ['name', 'names', 'from'];

function ofArgument(command: Command, index: number): Offer {
  const declared = command.registeredArguments;
  const last = declared.at(-1);
  const argument = declared[index] ?? (last?.variadic === true ? last : undefined);
  if (argument === undefined) return NOTHING;
  if (command.name() !== 'add' && SAVED_NAMES.includes(argument.name())) return PROFILES;
  return BY_PLACEHOLDER[argument.name()] ?? NOTHING;
}

function ofOption({ flags, long }: Option): Offer {
  if (long === '--profile') return PROFILES;
  if (long === '--export') return wordsOf(['sh', 'fish', 'powershell']);
  const placeholder = /<(.*)>/.exec(flags)?.[1] ?? '';
  // The help lists the values of some flags: `--type <user|admin>`.
  if (placeholder.includes('|')) return wordsOf(placeholder.split('|'));
  return BY_PLACEHOLDER[placeholder] ?? NOTHING;
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const flagsOf = (command: Command): Offer => ({
  kind: 'words',
  words: [
    ...command.options
      .filter(({ hidden }) => !hidden)
      .map(({ long, short, description }) => ({ value: long ?? short ?? '', help: description })),
    { value: '--help', help: 'help with examples' },
  ],
});

const commandsIn = (command: Command): Offer => ({
  kind: 'words',
  words: command.commands.map((child) => ({ value: child.name(), help: firstLine(child.description()) })),
});

const optionNamed = (command: Command, word: string): Option | undefined =>
  command.options.find(({ long, short }) => [long, short].includes(word));

/**
 * Returns what can stand at the cursor.
 * @param words the complete words between `kaltura-ks` and the word at the cursor
 * @param current the word at the cursor, up to the cursor
 */
export function completionOf(words: readonly string[], current: string): Completion {
  let command = createProgram(() => {});
  let argumentCount = 0;
  let open: Option | undefined;
  for (const word of words) {
    if (open !== undefined) {
      open = undefined;
    } else if (word === '--') {
      return { offer: command.name() === 'exec' ? { kind: 'command' } : NOTHING, before: '' };
    } else if (word.startsWith('-')) {
      const option = optionNamed(command, word);
      open = option?.required === true ? option : undefined;
    } else {
      const child = command.commands.find((one) => one.name() === word);
      if (child === undefined) argumentCount += 1;
      else command = child;
    }
  }
  if (open !== undefined) return { offer: ofOption(open), before: '' };
  const [, flag] = /^(--[^=]+)=/.exec(current) ?? [];
  if (flag !== undefined) {
    const option = optionNamed(command, flag);
    const takesValue = option?.required === true || option?.optional === true;
    return { offer: takesValue ? ofOption(option) : NOTHING, before: `${flag}=` };
  }
  if (current.startsWith('-')) return { offer: flagsOf(command), before: '' };
  if (command.commands.length > 0) return { offer: argumentCount === 0 ? commandsIn(command) : NOTHING, before: '' };
  return { offer: ofArgument(command, argumentCount), before: '' };
}
