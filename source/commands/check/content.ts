import { ApiError } from '../../kaltura/api/client.js';
import { type CheckReport, type Refusal, refusalOf } from '../../kaltura/sessions/check.js';
import { type ContentId, type LookUp, lookUp, readContentId } from '../../kaltura/sessions/content-lookup.js';
import { refusalParagraphs } from '../../messages/check.js';
import { lookUpParagraphs } from '../../messages/entitlement.js';
import { plain } from '../../messages/paragraph.js';
import { practiceEntriesText } from '../../messages/practice-key.js';
import { isPractice } from '../keys/key-server.js';
import type { Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';
import type { CheckRun } from './check.js';
import { isHidden } from './hidden.js';
import { print } from './print-and-confirm.js';

/**
 * Reads `--entry` or `--category`.
 * @throws {UsageError} without repeating the value
 */
export function contentIn(flags: Flags, report: Report): ContentId | null {
  const { entry, category } = flags;
  if (entry !== undefined && category !== undefined)
    throw new UsageError('Use --entry or --category, not both.', 'conflicting-options');
  const kind = category === undefined ? 'entry' : 'category';
  const typed = entry ?? category;
  if (typeof typed !== 'string') {
    if (flags['look-behind'] === true)
      throw new UsageError('--look-behind needs --entry or --category.', 'conflicting-options');
    return null;
  }
  const { id, problem, warning } = readContentId(typed, kind);
  if (problem !== null) throw new UsageError(`--${kind}: ${problem}`);
  if (warning !== null) report.say(`caution: --${kind}: ${warning}`);
  return id;
}

/** What is known about one ID. */
export interface CheckedContent {
  readonly id: ContentId;
  /** null if the key may not ask. */
  readonly outcome: LookUp | null;
  readonly refusal: Refusal | null;
  /** null if unknown. */
  readonly isHidden: boolean | null;
}

/** Looks up an ID with the key. If it is not found and the user agrees, finds out whether entitlement hides it. */
export async function checkContent(id: ContentId, checked: CheckReport, run: CheckRun): Promise<CheckedContent> {
  const { key, http, ask } = run;
  const { outcome, refusal } = await ask((signal) => outcomeOf(lookUp(key.serviceUrl, key.ks, id, { http, signal })));
  const facts = checked.serverFacts ?? key.facts;
  print(refusal === null ? lookUpParagraphs(id, outcome, facts) : refusalParagraphs(refusal, key.serviceUrl), run);
  if (id.kind === 'entry' && outcome?.found === false && isPractice(key)) print([plain(practiceEntriesText())], run);
  const hidden = outcome === null ? null : !outcome.found && (await isHidden(id, checked, run));
  return { id, outcome, refusal, isHidden: hidden };
}

type Outcome =
  | { readonly outcome: LookUp; readonly refusal: null }
  | { readonly outcome: null; readonly refusal: Refusal };

/** Returns a refusal as a result. */
async function outcomeOf(looking: Promise<LookUp>): Promise<Outcome> {
  try {
    return { outcome: await looking, refusal: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { outcome: null, refusal: refusalOf(error) };
  }
}
