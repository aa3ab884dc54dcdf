import { listAppTokens } from '../../kaltura/app-tokens/manage.js';
import { cutListText, tokenParagraphs, tokenRow } from '../../messages/app-tokens/tokens.js';
import { padTo, widestOf } from '../../terminal/width.js';
import { askServer } from '../keys/ask-server.js';
import type { CommandRun } from '../shared/command-call.js';
import { EXIT } from '../shared/exit-codes.js';
import { jsonText } from '../shared/report.js';
import { withAppTokenAccess } from './key.js';

const HEADINGS = ['ID', 'STATE', 'TYPE', 'USER', 'EACH KEY', 'PRIVILEGES', 'FOR'];

/** Formats a table. Each column is as wide as its widest text; the last one has no padding. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = HEADINGS.map((_, column) => widestOf(rows.map((row) => row[column] ?? '')));
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => padTo(text, widths[column] ?? 0))
      .join('  ')
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
    else runtime.stdout.write(table([HEADINGS, ...tokens.map((token) => tokenRow(token, now))]));
    for (const token of tokens) {
      for (const { text } of tokenParagraphs(token, now)) report.detail(`${token.id}: ${text}`);
    }
    return EXIT.ok;
  });
}
