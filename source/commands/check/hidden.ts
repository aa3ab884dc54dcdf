import { ApiError } from '../../kaltura/api/client.js';
import { type Diagnosis, diagnoseMaking } from '../../kaltura/diagnosis/diagnose.js';
import { actionsLimitIn } from '../../kaltura/privileges/limits.js';
import type { CheckReport } from '../../kaltura/sessions/check.js';
import type { ContentId } from '../../kaltura/sessions/content-lookup.js';
import {
  bypassesEntitlement,
  findRevealOptions,
  isEntitlementEnforced,
  requestsEntitlement,
} from '../../kaltura/sessions/entitlement.js';
import {
  type CannotReveal,
  cannotRevealBy,
  revealHidden,
  revealingRequest,
} from '../../kaltura/sessions/hidden-content.js';
import type { KeyFacts, Stage } from '../../kaltura/sign-in/key-request.js';
import {
  cannotRevealText,
  contextParagraphs,
  enforcementOfferParagraphs,
  notFoundParagraphs,
  revealedParagraphs,
  revealOfferParagraphs,
} from '../../messages/entitlement.js';
import { plain } from '../../messages/paragraph.js';
import { stageText } from '../../messages/stage.js';
import { askYesNo, canAsk } from '../secrets/hidden-prompt.js';
import type { CommandRun } from '../shared/command-call.js';
import { diagnosisLines, errorReport } from '../shared/diagnosis-report.js';
import { CommandError } from '../shared/exit-codes.js';
import type { CheckRun } from './check.js';
import { print } from './print-and-confirm.js';

/**
 * Returns the privileges of the key: from the server if it returned them, else as the key was requested. null for the key of a login if the
 * server returned none.
 */
function privilegesOf({ serverFacts }: CheckReport, { key }: CheckRun): string | null {
  if (serverFacts !== null) return serverFacts.privileges;
  return key.profile?.method === 'login' ? null : (key.facts?.privileges ?? null);
}

/**
 * Finds out whether entitlement hides what the key did not find, if that is possible and the user agrees.
 * @returns null if unknown
 */
export async function isHidden(id: ContentId, checked: CheckReport, run: CheckRun): Promise<boolean | null> {
  const privileges = privilegesOf(checked, run);
  if (privileges !== null && bypassesEntitlement(privileges, id)) {
    print(notFoundParagraphs(id, 'sees-past'), run);
    return false;
  }
  print(contextParagraphs(id, privileges), run);
  const method = run.key.account()?.method;
  const why = method === undefined ? 'none' : cannotRevealBy(method);
  if (method === undefined || why !== null) return withoutCredentials(id, why ?? 'none', checked, run);
  if (!(await confirmHiddenLookUp(revealOfferParagraphs(id, method), run))) return null;
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
  // A one-minute key that is signed here must use the server’s clock.
  const now = () => runtime.now() + (checked.clockDifference ?? 0) * 1000;
  const onStage = (stage: Stage): void => report.detail(stageText(stage));
  const revealed = await run.ask((signal) =>
    revealHidden(request, id, { http, signal, now, randomBytes: runtime.randomBytes, onStage }).catch((error) => {
      throw isOfMaking(error) ? notMade(diagnoseMaking(error, { request, regionLabel: key.regionLabel })) : error;
    }),
  );
  print(revealedParagraphs(id, revealed, findRevealOptions(id, facts ?? { type: null, privileges: null })), run);
  return revealed.verdict === 'unknown' ? null : revealed.verdict === 'hidden-by-entitlement';
}

/** Checks whether the error is from creating a key. Then the credentials are at fault, not the checked key. */
const isOfMaking = (error: unknown): boolean =>
  error instanceof ApiError && /^(session\.start|user\.)/.test(error.action);

const notMade = (diagnosis: Diagnosis): CommandError =>
  new CommandError(
    diagnosisLines({ ...diagnosis, isAnswerHelpful: false }).join('\n'),
    diagnosis.code,
    errorReport(diagnosis),
  );

/** Asks with an ADMIN key whether the account enforces entitlement at all. */
async function withoutCredentials(
  id: ContentId,
  why: CannotReveal | 'none',
  checked: CheckReport,
  run: CheckRun,
): Promise<boolean | null> {
  const { key, http, ask } = run;
  const mayAsk = canAskAboutAccount(checked.serverFacts);
  if (mayAsk && (await confirmHiddenLookUp(enforcementOfferParagraphs(), run))) {
    const isEnforced = await ask((signal) => isEntitlementEnforced(key.serviceUrl, key.ks, { http, signal }));
    if (isEnforced === false) {
      print(notFoundParagraphs(id, 'not-enforced'), run);
      return false;
    }
  }
  print([plain(cannotRevealText(why))], run);
  return null;
}

/** Checks whether the key may ask: the server returned its facts, its calls are not limited, and it doesn't enable entitlement itself. */
function canAskAboutAccount(serverFacts: KeyFacts | null): boolean {
  const privileges = serverFacts?.privileges ?? null;
  if (privileges === null) return false;
  return actionsLimitIn(privileges) === null && !requestsEntitlement(privileges);
}

/** Checks whether the second request may be sent: `--look-behind` allows it, else the user is asked. */
async function confirmHiddenLookUp(offer: readonly { readonly text: string }[], run: CommandRun): Promise<boolean> {
  const { flags, runtime, report } = run;
  const isAllowed = flags['look-behind'] === true;
  if (!isAllowed && !canAsk(run)) {
    report.say('To find out which, add --look-behind.');
    return false;
  }
  for (const { text } of offer) report.say(text);
  if (isAllowed) return true;
  return askYesNo('Continue? Type y for yes', runtime);
}
