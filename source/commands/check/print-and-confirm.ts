import type { CheckCost } from '../../kaltura/sessions/check-plan.js';
import { costParagraphs } from '../../messages/check-plan.js';
import { indentedItem, type Paragraph } from '../../messages/paragraph.js';
import { requireYes } from '../secrets/hidden-prompt.js';
import type { CommandRun } from '../shared/command-call.js';

/** Prints to standard output, one line each; does nothing with `--json`. */
export function print(paragraphs: readonly Paragraph[], { flags, runtime }: CommandRun): void {
  if (flags['json'] === true) return;
  for (const { text } of paragraphs) runtime.stdout.write(`${indentedItem(text)}\n`);
}

/**
 * Says what a check costs, and continues only if the user agrees.
 * @throws {UsageError} if the user can't be asked
 * @throws {CommandError} if the answer is no
 */
export async function confirmCost(cost: CheckCost, run: CommandRun): Promise<void> {
  for (const { text } of costParagraphs(cost)) run.report.say(text);
  if (cost.kind === 'calls') await requireYes('Ask the server anyway?', 'nothing is sent', run);
}
