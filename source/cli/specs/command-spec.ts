/** The headings of the options in the help of a command. */
export const GROUP = {
  call: 'The call',
  key: 'Key options',
  given: 'Which key',
  secret: 'Secret',
  check: 'What to check',
  savedKey: 'Saved key',
  save: 'What to save',
  server: 'Server',
  confirm: 'Confirmation',
  output: 'Output',
  other: 'Options',
} as const;

export interface FlagSpec {
  /** As commander reads it: `-v, --verbose`, `--min-ttl <time>`. */
  readonly flag: string;
  /** A fragment that starts with a verb, or names the value, with the default in parentheses: `(default: 30s)`. */
  readonly help: string;
  readonly group?: (typeof GROUP)[keyof typeof GROUP];
  readonly isRepeated?: boolean;
}

/** A heading in the list of commands. */
type CommandGroup = 'Get a key' | 'Understand a key' | 'Manage' | 'Set up';

export interface CommandSpec {
  /** With its arguments: `token [profile]`. */
  readonly name: string;
  readonly group?: CommandGroup;
  /** One line that starts with a verb. */
  readonly description: string;
  /** The usage line, if it is not the name with `[options]`. */
  readonly usage?: string;
  /** Whether every answer of the wizard is a flag of it. */
  readonly takesAnswers?: boolean;
  /** Whether answers that are not named stay as they are: no variable, file or default replaces them, and the account can't change. */
  readonly keepsAnswers?: boolean;
  /** Whether the values of recipes are flags of it, although not every answer is. */
  readonly takesRecipe?: boolean;
  readonly flags?: readonly FlagSpec[];
  /** Paragraphs, separated by empty lines. The help wraps them. */
  readonly notes?: string;
  /** A line that ends with a backslash continues on the next one. */
  readonly examples?: readonly string[];
  readonly commands?: readonly CommandSpec[];
  /** Whether it runs if no other command of its group is named. */
  readonly isDefault?: boolean;
}

/** Returns the name of a command without its arguments. */
export const wordOf = ({ name }: CommandSpec): string => name.replace(/ .*/, '');
