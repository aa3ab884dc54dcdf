import { ApiError } from '../../kaltura/api/client.js';
import { type Advice, adviseOn } from '../../kaltura/diagnosis/diagnose.js';
import { actionsLimitIn } from '../../kaltura/privileges/limits.js';
import type { CheckReport } from '../../kaltura/sessions/check.js';
import type { ContentId } from '../../kaltura/sessions/content-lookup.js';
import {
  bypassesEntitlement,
  type CannotReveal,
  cannotRevealBy,
  findRevealOptions,
  isEntitlementEnforced,
  requestsEntitlement,
  revealHidden,
  revealingRequest,
} from '../../kaltura/sessions/entitlement.js';
import type { KeyFacts, Stage } from '../../kaltura/sign-in/key-request.js';
import {
  cannotRevealText,
  enforcementOfferParagraphs,
  notFoundParagraphs,
  revealedParagraphs,
  revealOfferParagraphs,
} from '../../messages/entitlement.js';
import { stageText } from '../../messages/probe.js';
import { adviceLines, adviceReport } from '../shared/diagnosis-report.js';
import { CommandError } from '../shared/exit-codes.js';
import type { CheckRun } from './check.js';
import { confirmHiddenLookUp } from './consent.js';

/** What the server said of the key goes before what was believed; of a login’s key, nobody knows without it. */
function privilegesOf({ serverFacts: told }: CheckReport, { key }: CheckRun): string | null {
  if (told !== null) return told.privileges;
  return key.profile?.method === 'login' ? null : (key.facts?.privileges ?? null);
}

/**
 * Whether entitlement hides from the key what it did not find, as far as that can be told and is agreed to.
 *
 * @returns null where it was not found out
 */
export async function isHidden(id: ContentId, checked: CheckReport, run: CheckRun): Promise<boolean | null> {
  const privileges = privilegesOf(checked, run);
  if (privileges !== null && bypassesEntitlement(privileges, id)) {
    run.print(notFoundParagraphs(id, 'sees-past'));
    return false;
  }
  const method = run.key.profile?.method;
  const why = method === undefined ? 'none' : cannotRevealBy(method);
  if (method === undefined || why !== null) return withoutCredentials(id, why ?? 'none', checked, run);
  if (!(await confirmHiddenLookUp(revealOfferParagraphs(id, method), run.flags, run.runtime, run.report))) return null;
  return askBehindEntitlement(id, checked, run);
}

async function askBehindEntitlement(id: ContentId, checked: CheckReport, run: CheckRun): Promise<boolean | null> {
  const { key, http, runtime, report } = run;
  const credentials = await key.credentials();
  const facts = checked.serverFacts ?? key.facts;
  const revealing = credentials === null ? null : revealingRequest(credentials, facts?.partnerId ?? null);
  if (revealing === null || 'cannot' in revealing) {
    return withoutCredentials(id, revealing?.cannot ?? 'none', checked, run);
  }
  const { request } = revealing;
  // A key of a minute that is signed here must begin by the server’s clock.
  const now = () => runtime.now() + (checked.clockDifference ?? 0) * 1000;
  const onStage = (stage: Stage): void => report.detail(stageText(stage));
  const revealed = await run.ask((signal) =>
    revealHidden(request, id, { http, signal, now, randomBytes: runtime.randomBytes, onStage }).catch((error) => {
      throw isOfMaking(error) ? notMade(adviseOn(error, { request, regionLabel: key.regionLabel })) : error;
    }),
  );
  run.print(revealedParagraphs(id, revealed, findRevealOptions(id, facts?.type ?? null)));
  return revealed.verdict === 'unknown' ? null : revealed.verdict === 'hidden-by-entitlement';
}

/** What goes wrong then is about the credentials, not about a key. */
const isOfMaking = (error: unknown): boolean =>
  error instanceof ApiError && /^(session\.start|user\.)/.test(error.action);

const notMade = (advice: Advice): CommandError =>
  new CommandError(adviceLines({ ...advice, isAnswerHelpful: false }).join('\n'), advice.code, adviceReport(advice));

/** An ADMIN key may at least ask whether the account hides anything at all. */
async function withoutCredentials(
  id: ContentId,
  why: CannotReveal | 'none',
  checked: CheckReport,
  run: CheckRun,
): Promise<boolean | null> {
  const { key, http, ask, flags, runtime, report } = run;
  const mayAsk = canAskAboutAccount(checked.serverFacts);
  if (mayAsk && (await confirmHiddenLookUp(enforcementOfferParagraphs(), flags, runtime, report))) {
    const isEnforced = await ask((signal) => isEntitlementEnforced(key.serviceUrl, key.ks, { http, signal }));
    if (isEnforced === false) {
      run.print(notFoundParagraphs(id, 'not-enforced'));
      return false;
    }
  }
  run.print([{ tone: 'plain', text: cannotRevealText(why) }]);
  return null;
}

/** The server told what the key is, so it may ask; none of its calls are counted, and it does not wish for entitlement itself. */
function canAskAboutAccount(told: KeyFacts | null): boolean {
  const privileges = told?.privileges ?? null;
  if (privileges === null) return false;
  return actionsLimitIn(privileges) === null && !requestsEntitlement(privileges);
}
