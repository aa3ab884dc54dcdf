import { listAppTokens } from '../../kaltura/app-tokens/manage.js';
import { cutListText, TOKEN_COLUMNS, tokenParagraphs, tokenRow } from '../../messages/app-tokens/tokens.js';
import type { Runtime } from '../../operations/runtime.js';
import { padTo, widestOf, widthOf } from '../../terminal/width.js';
import { askServer } from '../keys/ask-server.js';
import type { CommandRun } from '../shared/command-call.js';
import { EXIT } from '../shared/exit-codes.js';
import { jsonText } from '../shared/report.js';
import { withAppTokenAccess } from './key.js';

const GAP = '  ';

/** The narrowest column that still says something. */
const NARROWEST = 8;

/** Returns the widths of the columns. The widest of the last three become narrower until the row fits. */
function widthsOf(rows: readonly (readonly string[])[], columns: number): readonly number[] {
  const widths = TOKEN_COLUMNS.map((_, column) => widestOf(rows.map((row) => row[column] ?? '')));
  const excess = (): number => widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length) - columns;
  while (excess() > 0) {
    const widest = Math.max(...widths.slice(-3));
    if (widest <= NARROWEST) break;
    widths[widths.lastIndexOf(widest)] = widest - 1;
  }
  return widths;
}

/** Cuts a text to a width, with … at its end. */
function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let cut = '';
  for (const sign of text) {
    if (widthOf(cut + sign) >= width) break;
    cut += sign;
  }
  return `${cut}…`;
}

/** Formats a table whose columns fit into the terminal; a pipe gets all of each text. */
function table(rows: readonly (readonly string[])[], { isTTY, columns }: Runtime['stdout']): string {
  const widths = widthsOf(rows, isTTY ? (columns || 80) - 1 : Number.POSITIVE_INFINITY);
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => padTo(cutTo(text, widths[column] ?? 0), widths[column] ?? 0))
      .join(GAP)
      .trimEnd();
  return rows.map((row) => `${line(row)}\n`).join('');
}

/** Lists the app tokens of an account, newest first, without their values. */
export async function listTokens(run: CommandRun): Promise<number> {
  const { flags, runtime, report } = run;
  return withAppTokenAccess(run, async ({ ks, serviceUrl, http, contextOf }) => {
    const onCut = (total: number): void => report.say(cutListText(total));
    const list = (signal: AbortSignal) => listAppTokens(serviceUrl, ks, { http, signal, onTruncated: onCut });
    const tokens = await askServer(list, contextOf('appToken.list'), run);
    const now = runtime.now() / 1000;
    if (flags['json'] === true) {
      runtime.stdout.write(`${jsonText(tokens)}\n`);
      return EXIT.ok;
    }
    if (tokens.length === 0) report.say('The account has no app tokens.');
    else {
      const text = table([TOKEN_COLUMNS, ...tokens.map((token) => tokenRow(token, now))], runtime.stdout);
      runtime.stdout.write(text);
      if (text.includes('…')) report.say('To see the texts that end with … in full, add --json.');
    }
    for (const token of tokens) {
      for (const { text } of tokenParagraphs(token, now)) report.detail(`${token.id}: ${text}`);
    }
    return EXIT.ok;
  });
}
