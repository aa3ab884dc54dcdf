import { type AppToken, listAppTokens } from '../../kaltura/app-tokens/manage.js';
import { readTokenId } from '../../kaltura/typed-values.js';
import { cutListText, deletedParagraphs, deletionParagraphs, tokenText } from '../../messages/app-tokens/tokens.js';
import { upperFirst } from '../../messages/paragraph.js';
import { deleteTokenAndKeys } from '../../operations/end-key.js';
import { askServer } from '../keys/ask-server.js';
import { dropRevoked } from '../keys/drop-revoked.js';
import { isPractice } from '../keys/key-server.js';
import { requireYes } from '../secrets/hidden-prompt.js';
import type { CommandRun } from '../shared/command-call.js';
import { CommandError, EXIT, UsageError } from '../shared/exit-codes.js';
import { printResult } from '../shared/report.js';
import { type AppTokenAccess, withAppTokenAccess } from './key.js';

/**
 * Returns the token's ID. The error never repeats the argument, which may be the token's value.
 * @throws {UsageError}
 */
function idIn(typed: string): string {
  const { text, problem } = readTokenId(typed);
  if (problem !== null) throw new UsageError('The argument is not an app token ID, such as 0_ab12cd34.');
  if (/^[0-9a-f]{32,}$/i.test(text)) {
    throw new UsageError(
      'The argument looks like the value of a token, and other users of this computer can see arguments. Give the ID instead, such as 0_ab12cd34.',
      'secret-in-arguments',
    );
  }
  return text;
}

/** Deletes an app token, says before what ends with it, and verifies the deletion. */
export async function deleteToken(run: CommandRun): Promise<number> {
  const { names, runtime, report } = run;
  const id = idIn(names[0] ?? '');
  return withAppTokenAccess(run, async (key) => {
    const token = await findToken(id, key, run);
    const now = runtime.now() / 1000;
    report.say(upperFirst(tokenText(token, now)));
    for (const { text } of deletionParagraphs(token)) report.say(text);
    await reportProfiles(id, key, run);
    await requireYes(`Delete the app token ${id}?`, 'The app token was not deleted', run);

    const { ks, serviceUrl, partnerId, http } = key;
    const context = key.contextOf('appToken.delete');
    const remove = (signal: AbortSignal) =>
      deleteTokenAndKeys(
        id,
        partnerId,
        { ks, serviceUrl, isPractice: isPractice(key) },
        { http, now: runtime.now, signal },
      );
    const { report: deleted, revoked } = await askServer(remove, context, run);
    const dropped = await dropRevoked(revoked, run);
    const lines = deletedParagraphs(id, deleted, context).map(({ text }) => text);
    printResult({ id, outcome: deleted.outcome, dropped }, lines, run);
    return revoked === null ? EXIT.failure : EXIT.ok;
  });
}

async function findToken(id: string, key: AppTokenAccess, run: CommandRun): Promise<AppToken> {
  const { ks, serviceUrl, http, contextOf } = key;
  const onCut = (total: number): void => run.report.say(cutListText(total));
  const list = (signal: AbortSignal) => listAppTokens(serviceUrl, ks, { http, signal, onTruncated: onCut });
  const tokens = await askServer(list, contextOf('appToken.list'), run);
  const token = tokens.find((one) => one.id === id && one.status !== 'deleted');
  if (token !== undefined) return token;
  throw new CommandError(
    `The account has no app token with this ID. The token was already deleted, the ID is mistyped, or it belongs to another account. See kaltura-ks app-tokens list.`,
    'app-token-not-found',
  );
}

/** Names the profiles that can't create keys any more. */
async function reportProfiles(
  id: string,
  { partnerId }: AppTokenAccess,
  { runtime, report }: CommandRun,
): Promise<void> {
  const { profiles } = await (await runtime.openStore()).load();
  const names = profiles
    .filter((profile) => profile.method === 'app-token' && profile.tokenId === id)
    .filter((profile) => partnerId === null || profile.partnerId === partnerId)
    .map(({ name }) => `“${name}”`);
  if (names.length > 0) report.say(`Saved profiles that create keys from this token: ${names.join(', ')}.`);
}
