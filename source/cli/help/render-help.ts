import {
  ACCOUNT_ANSWERS,
  ANSWER_FLAGS,
  type AnswerFlag,
  flagOf,
  variableOf,
} from '../../commands/answers/answer-flags.js';
import { namesOf } from '../../kaltura/accounts/variable-names.js';
import { findRecipe } from '../../kaltura/recipes/recipes.js';
import { similarNames } from '../../kaltura/similar-names.js';
import { padTo, widestOf, widthOf, wrapText } from '../../terminal/width.js';
import { type CommandSpec, type FlagSpec, GROUP, wordOf } from '../specs/command-spec.js';
import { COMMON_FLAGS, CONFIRM_COMMAND } from '../specs/flags.js';
import { COMMANDS, PROGRAM } from '../specs/program.js';
import { RECIPE_FLAG } from '../specs/recipes.js';
import { HELP_TOPICS } from './help-topics.js';

/** Columns. Longer lines are hard to read. */
const WIDEST = 100;

/** Columns in a pipe or a file. */
const DEFAULT_WIDTH = 80;

const MARGIN = '  ';

/** A name or flag, and its description. */
type Row = readonly [term: string, description: string];

/** Breaks a text between words, and indents each row. */
const indented = (text: string, indent: string, width: number): string[] =>
  wrapText(text, width - indent.length).map((row) => indent + row);

/** Lays out rows in two columns. In a narrow window, the descriptions are below the terms. */
function table(rows: readonly Row[], width: number, widest: number): string[] {
  const column = Math.min(widest, 30) + 2;
  const indent = ' '.repeat(MARGIN.length + column);
  return rows.flatMap(([term, description]) => {
    if (indent.length > width / 2) {
      return [...indented(term, MARGIN, width), ...indented(description, `${MARGIN}    `, width)];
    }
    const [first = '', ...others] = indented(description, indent, width);
    if (widthOf(term) + 2 > column) return [MARGIN + term, first, ...others];
    return [MARGIN + padTo(term, column) + first.trimStart(), ...others];
  });
}

/** Groups rows under their headings, in the order of the headings. */
function grouped(rows: readonly { readonly heading: string; readonly row: Row }[], width: number): string[][] {
  const headings = [...new Set(rows.map(({ heading }) => heading))];
  const widest = widestOf(rows.map(({ row: [term] }) => term).filter((term) => widthOf(term) <= 30));
  return headings.map((heading) => [
    `${heading}:`,
    ...table(
      rows.filter((one) => one.heading === heading).map(({ row }) => row),
      width,
      widest,
    ),
  ]);
}

/** Wraps an item of a list. Its text is aligned after the number or the dot. */
function listItem(text: string, width: number): string[] {
  const [mark = ''] = /^(?:\d+\.|·) /.exec(text) ?? [];
  const rows = indented(text.slice(mark.length), MARGIN + ' '.repeat(mark.length), width);
  return rows.map((row, index) => (index === 0 ? MARGIN + mark + row.trimStart() : row));
}

/** Wraps paragraphs. Keeps indented lines as rows of a table or a list. */
function prose(text: string, width: number): string[] {
  return text.split('\n\n').flatMap((paragraph, index) => {
    const blank = index === 0 ? [] : [''];
    const lines = paragraph.split('\n');
    const first = lines.findIndex((line) => line.startsWith('  '));
    const end = first === -1 ? lines.length : first;
    const items = lines.slice(end).flatMap((line) => {
      const [, term = '', description] = /^ {2}(\S.*?) {2,}(.*)$/.exec(line) ?? [];
      return description === undefined ? listItem(line.trim(), width) : table([[term, description]], width, 28);
    });
    return [...blank, ...(end === 0 ? [] : wrapText(lines.slice(0, end).join(' '), width)), ...items];
  });
}

/** Breaks a command between words outside of quotes. Each row but the last ends with a backslash, so it can be copied. */
function commandRows(command: string, width: number): string[] {
  const joined = command.replaceAll(/ \\\n */g, ' ');
  if (widthOf(MARGIN + joined) <= width) return [MARGIN + joined];
  // An option stays with its value.
  const words = joined.match(/(?:--[a-z-]+ (?!-))?(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const rows: string[] = [];
  let row = ' ';
  for (const word of words) {
    if (row.trim() !== '' && widthOf(`${row} ${word} \\`) > width) {
      rows.push(`${row} \\`);
      row = '   ';
    }
    row += ` ${word}`;
  }
  return [...rows, row];
}

/** Joins the lines of an example that continue on the next one. */
export const examplesOf = ({ examples = [] }: CommandSpec): readonly string[] =>
  examples
    .join('\n')
    .split(/(?<! \\)\n/)
    .filter((example) => example !== '');

const answerFlagOf = ({ name, value, help }: AnswerFlag): FlagSpec => ({
  flag: `${flagOf(name)} <${value}>`,
  help: `${help} [${namesOf(variableOf(name)).join(', ')}]`,
  group: GROUP.key,
});

const HELP_FLAG: FlagSpec = { flag: '-h, --help', help: 'show this help' };

const ORDER: readonly string[] = Object.values(GROUP);

/** The help of a flag whose answer stays as it is if it is not named: without the default and the variables. */
const withoutDefault = (one: FlagSpec): FlagSpec => ({
  ...one,
  help: one.help.replace(/( \(default: [^)]*\))?( \[[^\]]*\])?$/, ''),
});

/** The flags of the answers that a command takes. It can describe some of them itself. */
function answerFlagsOf({ keepsAnswers, flags = [] }: CommandSpec): readonly FlagSpec[] {
  const isKept = keepsAnswers === true;
  return ANSWER_FLAGS.filter(({ name }) => !(isKept && ACCOUNT_ANSWERS.includes(name))).map((answer) => {
    const own = flags.find(({ flag }) => flag.startsWith(`${flagOf(answer.name)} `));
    return own ?? (isKept ? withoutDefault(answerFlagOf(answer)) : answerFlagOf(answer));
  });
}

function flagRows(spec: CommandSpec): { readonly heading: string; readonly row: Row }[] {
  const { takesAnswers, keepsAnswers, flags = [] } = spec;
  // Every command accepts the common flags. List them only for commands that read an account: those have --confirm-command.
  const readsAccount =
    (takesAnswers === true && keepsAnswers !== true) || flags.some(({ flag }) => flag === CONFIRM_COMMAND.flag);
  const common = readsAccount ? COMMON_FLAGS : [];
  const answers = takesAnswers === true ? answerFlagsOf(spec) : [];
  const recipe = takesAnswers === true ? [RECIPE_FLAG] : [];
  const others = flags.filter((flag) => !answers.includes(flag));
  const all = [...answers, ...recipe, ...others, ...common, HELP_FLAG];
  return all
    .map(({ flag, help, group = GROUP.other }) => ({ heading: group, row: [flag, help] as const }))
    .sort((a, b) => ORDER.indexOf(a.heading) - ORDER.indexOf(b.heading));
}

const commandRow = (spec: CommandSpec, isTop: boolean): Row => [
  isTop ? wordOf(spec) : spec.name,
  spec.isDefault === true ? `${spec.description} (default)` : spec.description,
];

function usageOf(spec: CommandSpec, path: readonly string[]): string {
  const before = ['kaltura-ks', ...path.slice(0, -1)].join(' ');
  const rest = spec.name.replace(/^\S+ ?/, '');
  const own = spec.commands === undefined ? `${wordOf(spec)} ${rest} [options]` : `${wordOf(spec)} [command] [options]`;
  return `${before} ${(spec.usage ?? own).replaceAll('  ', ' ')}`;
}

/** @param path the words of the command; none for the program */
function commandHelp(spec: CommandSpec, path: readonly string[], width: number): string {
  const isTop = path.length === 0;
  const commands = (spec.commands ?? []).map((child) => ({
    heading: child.group ?? 'Commands',
    row: commandRow(child, isTop),
  }));
  const examples = examplesOf(spec);
  const description = spec.description.replaceAll('\n', ' ');
  const sections = [
    wrapText(isTop ? description : `${description}.`, width),
    ['Usage:', ...indented(usageOf(spec, path), MARGIN, width)],
    ...grouped(commands, width),
    ...(spec.commands === undefined || isTop ? grouped(flagRows(spec), width) : []),
    ...(spec.notes === undefined ? [] : [prose(spec.notes, width)]),
    ...(examples.length === 0 ? [] : [['Examples:', ...examples.flatMap((example) => commandRows(example, width))]]),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const widthFor = (columns: number | undefined): number =>
  columns === undefined ? DEFAULT_WIDTH : Math.max(20, Math.min(columns - 1, WIDEST));

/** The specification of a command, by its words; undefined if there is none. */
function specAt(path: readonly string[]): CommandSpec | undefined {
  return path.reduce<CommandSpec | undefined>(
    (spec, word) => spec?.commands?.find((child) => wordOf(child) === word),
    PROGRAM,
  );
}

/**
 * Returns the help of a command.
 *
 * @param path the words of the command; none for the program
 * @param columns the columns of the terminal; undefined if the output isn't a terminal
 */
export function helpOfCommand(path: readonly string[], columns?: number): string {
  return commandHelp(specAt(path) ?? PROGRAM, path, widthFor(columns));
}

/** The words of a command and of those below it: `profiles`, `profiles add`. */
const commandNames = (spec: CommandSpec): string[] => [
  wordOf(spec),
  ...(spec.commands ?? []).map((child) => `${wordOf(spec)} ${wordOf(child)}`),
];

export type HelpAnswer =
  | { readonly text: string }
  | { readonly similar: readonly string[]; readonly topics: readonly string[] };

/** Returns the help of a topic or command; similar names if there is none. */
export function helpOfTopic(words: readonly string[], columns?: number): HelpAnswer {
  const width = widthFor(columns);
  const name = words.join(' ');
  if (words.length === 0) {
    const topics = Object.keys(HELP_TOPICS).map((topic) => `  kaltura-ks help ${topic}`);
    return { text: `${helpOfCommand([], columns)}\nTopics:\n${topics.join('\n')}\n` };
  }
  const [topic = ''] = words;
  if (words.length === 1 && Object.hasOwn(HELP_TOPICS, topic)) {
    return { text: `${prose(HELP_TOPICS[topic as keyof typeof HELP_TOPICS], width).join('\n')}\n` };
  }
  if (specAt(words) !== undefined) return { text: helpOfCommand(words, columns) };
  const topics = Object.keys(HELP_TOPICS);
  const known = [...topics, ...COMMANDS.flatMap(commandNames)];
  const recipe = findRecipe(name);
  return {
    topics,
    similar: recipe === undefined ? similarNames(name, known) : [`kaltura-ks recipes show ${recipe.id}`],
  };
}
