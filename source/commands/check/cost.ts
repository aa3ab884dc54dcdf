import type { CheckCost } from '../../kaltura/sessions/check-plan.js';
import { costParagraphs } from '../../messages/check.js';
import type { Runtime } from '../../operations/runtime.js';
import { requireYes } from '../secrets/hidden-prompt.js';
import type { Flags } from '../shared/command-call.js';
import type { Report } from '../shared/report.js';

/**
 * Says what a check costs, and continues only if the user agrees.
 * @throws {UsageError} if the user can't be asked
 * @throws {CommandError} if the answer is no
 */
export async function confirmCost(cost: CheckCost, flags: Flags, runtime: Runtime, report: Report): Promise<void> {
  for (const { text } of costParagraphs(cost)) report.say(text);
  if (cost.kind === 'calls') await requireYes('Ask the server anyway?', 'nothing is sent', flags, runtime);
}
