import type { Command } from 'commander';
import type { CommandCall } from '../../commands/shared/command-call.js';
import { EXIT, UsageError } from '../../commands/shared/exit-codes.js';
import { KNOWN_ACTIONS } from '../../kaltura/calls/actions.js';
import type { Runtime } from '../../operations/runtime.js';
import { createProgram } from '../command-line.js';
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { zshScript } from './zsh.js';

export interface CompletedFlag {
  readonly name: string;
  readonly help: string;
  readonly takesValue: boolean;
  readonly takesFile: boolean;
  /** The values that it can have, where they are few. */
  readonly values: readonly string[];
}

/** One command as completion offers it. */
export interface CompletedCommand {
  /** Its name and those of the commands around it; none for the program itself. */
  readonly path: readonly string[];
  readonly help: string;
  /** The names of the commands in it. */
  readonly commands: readonly string[];
  readonly flags: readonly CompletedFlag[];
  readonly takesProfile: boolean;
  readonly takesFile: boolean;
  /** What may stand as its argument, where it is one of a few words. */
  readonly words: readonly string[];
}

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** What the scripts ask for while one types. */
const NAMES = 'names';

/** The words that an argument can be, by the name of the argument. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  shell: Object.keys(SCRIPTS),
  action: KNOWN_ACTIONS,
};

/** The values of a flag, where its help lists them: `--region <us|eu>`. */
const valuesOf = (flags: string): readonly string[] => /<([^>]*\|[^>]*)>/.exec(flags)?.[1]?.split('|') ?? [];

function completed(command: Command, path: readonly string[]): CompletedCommand[] {
  const flags = command.options.map((option) => ({
    name: option.long ?? option.short ?? '',
    help: option.description,
    takesValue: option.required,
    takesFile: option.flags.includes('<path>'),
    values: valuesOf(option.flags),
  }));
  const [argument] = command.registeredArguments;
  const takes = argument?.name() ?? '';
  const here: CompletedCommand = {
    path,
    help: command.description().split('\n')[0] ?? '',
    commands: command.commands.map((child) => child.name()),
    flags: [...flags, { name: '--help', help: 'help with examples', takesValue: false, takesFile: false, values: [] }],
    takesProfile: ['profile', 'name', 'names', 'from'].includes(takes) && path.at(-1) !== 'add',
    takesFile: takes === 'file',
    words: WORDS[takes] ?? [],
  };
  return [here, ...command.commands.flatMap((child) => completed(child, [...path, child.name()]))];
}

/** Prints a script for the shell, or, for that script, the names of the profiles: without keychain and network. */
export async function completion({ names }: CommandCall, runtime: Runtime): Promise<number> {
  const [shell = ''] = names;
  if (shell === NAMES) {
    runtime.stdout.write((await runtime.profileNames()).map((name) => `${name}\n`).join(''));
    return EXIT.ok;
  }
  if (!Object.hasOwn(SCRIPTS, shell)) throw new UsageError('completion takes one of bash, zsh, fish.');
  const commands = completed(
    createProgram(() => {}),
    [],
  );
  runtime.stdout.write(SCRIPTS[shell as keyof typeof SCRIPTS](commands));
  return EXIT.ok;
}
