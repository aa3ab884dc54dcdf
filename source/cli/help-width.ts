import { widthOf, wrapText } from '../terminal/width.js';

/** Longer lines are hard to read. */
const WIDEST = 100;

/** Lines of a paragraph that are shorter were not broken for their length. */
const SHORTEST_BROKEN = 60;

const DEEPER = '      ';

/** Joins the lines of each paragraph, which the help texts break for a wide window. */
function paragraphs(lines: readonly string[]): string[] {
  const joined: string[] = [];
  let before = '';
  for (const line of lines) {
    const continues = before.length >= SHORTEST_BROKEN && /^\S/.test(before) && /^\S/.test(line);
    if (continues) joined[joined.length - 1] += ` ${line}`;
    else joined.push(line);
    before = line;
  }
  return joined;
}

/** Breaks an example so that it can still be copied: between words, outside of quotes, each line but the last with a backslash. */
function brokenCommand(line: string, width: number): string[] {
  const words = line.trim().match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
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

/** Breaks a line between words. The description of a flag or command stays in its column, or moves below the name. */
function brokenLine(line: string, width: number): string[] {
  const [, term = '', description = line.trim()] = /^( *\S.*? {2,})(\S.*)$/.exec(line) ?? [];
  const indented = (text: string, indent: string): string[] =>
    wrapText(text, width - indent.length).map((row) => indent + row);
  if (term === '') return indented(description, /^ */.exec(line)?.[0] ?? '');
  const column = ' '.repeat(widthOf(term));
  if (column.length > width / 2) return [...indented(term.trim(), '  '), ...indented(description, DEEPER)];
  const [first = '', ...others] = indented(description, column);
  return [term + first.trimStart(), ...others];
}

/** Fits a help text, made without line breaks inside its lists, to the columns of a terminal. */
export function fitHelp(text: string, columns: number): string {
  const width = Math.max(20, Math.min(columns - 1, WIDEST));
  const [head = '', examples] = text.split(/^Examples:$/m);
  const broken = paragraphs(head.split('\n')).flatMap((line) =>
    widthOf(line) <= width ? [line] : brokenLine(line, width),
  );
  if (examples === undefined) return broken.join('\n');
  const commands = examples.split(/(?<! \\)\n/).flatMap((command) => {
    const rows = command.split('\n');
    if (rows.every((row) => widthOf(row) <= width)) return rows;
    return brokenCommand(command.replaceAll(/ \\\n */g, ' '), width);
  });
  return `${broken.join('\n')}Examples:${commands.join('\n')}`;
}
