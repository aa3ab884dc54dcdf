import {
  findAccountOnServer,
  findRegions,
  hasAccount,
  plannedRegionCalls,
  plannedServerCalls,
  type RegionAnswer,
  type RegionOutcome,
  regionVerdict,
} from '../accounts/find-region.js';
import { type HostedRegionId, regionLabel, serviceUrlOfRegion } from '../accounts/regions.js';
import { changeServer, entry, type Fix, hostOf, type MakingContext } from './diagnosis.js';
import { partnerIdCause, secretOddities } from './evidence.js';
import { maskedCauses } from './making-login.js';
import { type Finding, finding, inconclusive, isRegionConfirmed, type Probe, type ProbeDeps } from './probe.js';

export const regionProbe = (partnerId: number, code: string): Probe => ({
  kind: 'region',
  values: { partnerId },
  sends: plannedRegionCalls(partnerId),
  code,
});

export const serverProbe = (serviceUrl: string, partnerId: number, code: string): Probe => ({
  kind: 'server',
  values: { partnerId, host: hostOf({ serviceUrl }) },
  sends: plannedServerCalls(serviceUrl, partnerId),
  code,
});

/** @throws {ConnectionError} if the user cancels */
export async function probeServer({ code }: Probe, partnerId: number, context: MakingContext, deps: ProbeDeps) {
  const { outcome, failure } = await findAccountOnServer(context.request.serviceUrl, partnerId, deps);
  const server = hostOf(context.request) ?? '';
  switch (outcome) {
    case 'known':
    case 'exists':
      return accountExists(code, { server, outcome, unclear: [] }, context);
    case 'blocked':
      return accountBlocked(server, [], context);
    case 'unknown':
      return finding(
        entry(
          'server-without-account',
          [partnerIdCause(context.request), 'account-elsewhere'],
          ['check-partner-id', changeServer(context)],
        ),
        context,
      );
    default:
      return inconclusive(failure, context);
  }
}

/** @throws {ConnectionError} if the user cancels */
export async function probeRegions({ code }: Probe, partnerId: number, context: MakingContext, deps: ProbeDeps) {
  const answers = await findRegions(partnerId, deps);
  return { ...findingOf(code, answers, context), regions: answers };
}

function findingOf(code: string | null, answers: readonly RegionAnswer[], context: MakingContext): Finding {
  const verdict = regionVerdict(answers);
  const asked = answers.find(({ region }) => serviceUrlOfRegion(region) === context.request.serviceUrl);
  if (verdict.kind === 'all-unclear') return inconclusive((asked ?? answers[0])?.failure, context);
  const others = answers.filter((answer) => answer !== asked && hasAccount(answer));
  if (asked?.outcome === 'blocked') return accountBlocked(regionLabel(asked.region), others, context);
  if (asked?.outcome !== 'known' && asked?.outcome !== 'exists')
    return accountInOtherRegions(asked, others, verdict.unclear, context);
  return others.length === 0
    ? accountExists(
        code,
        { server: regionLabel(asked.region), outcome: asked.outcome, unclear: verdict.unclear },
        context,
      )
    : accountInSeveralRegions(asked.region, others, context);
}

/** Errors that the server sends only for active accounts. */
const OF_ACTIVE_ACCOUNTS: readonly (string | null)[] = ['START_SESSION_ERROR', 'APP_TOKEN_ID_NOT_FOUND'];

/**
 * Returns the finding that an earlier region search gives for this failure; null if a region did not answer, or if the
 * failure contradicts the finding.
 */
export function findingOfEarlierAnswers(
  { code }: Probe,
  answers: readonly RegionAnswer[],
  context: MakingContext,
): Finding | null {
  if (answers.some(({ outcome }) => !['known', 'blocked', 'unknown'].includes(outcome))) return null;
  const found = findingOf(code, answers, context);
  if (isRegionConfirmed(found) || found.topic === 'account-in-several-regions') return found;
  return found.isSure && !OF_ACTIVE_ACCOUNTS.includes(code) ? found : null;
}

const regionsOf = (answers: readonly RegionAnswer[]): readonly HostedRegionId[] => answers.map(({ region }) => region);

const chooseOne = (answers: readonly RegionAnswer[]): readonly Fix[] =>
  answers.map(({ region }) => ({ action: 'choose-region', region }));

/**
 * An account whose public session opens but cannot be used.
 *
 * @param server what has the account: the name of a region, or a host
 */
const accountBlocked = (server: string, others: readonly RegionAnswer[], context: MakingContext) =>
  finding(
    entry(
      'account-blocked-at',
      [
        'account-closed-why',
        ...others.map(({ region }) => ({ id: 'yours-is-in', values: { regions: [region] } }) as const),
      ],
      [...chooseOne(others), 'check-partner-id'],
      { server },
    ),
    context,
  );

/** An account number that exists in the chosen region and in others. */
const accountInSeveralRegions = (asked: HostedRegionId, others: readonly RegionAnswer[], context: MakingContext) =>
  finding(
    entry(
      'account-in-several-regions',
      ['yours-is-elsewhere', 'sent-with-number-wrong'],
      [...chooseOne(others), 'change-credentials'],
      { regions: [asked, ...regionsOf(others)], others: regionsOf(others), asked: [asked] },
    ),
    context,
    { isSure: false, settles: false },
  );

/** An account number that the chosen region does not know, or that could not be checked there. */
function accountInOtherRegions(
  asked: RegionAnswer | undefined,
  others: readonly RegionAnswer[],
  unclear: readonly HostedRegionId[],
  context: MakingContext,
) {
  const isSure = unclear.length === 0 && others.length < 2;
  if (others.length === 0) {
    return finding(
      entry(
        unclear.length === 0 ? 'account-in-no-region' : 'account-in-no-answering-region',
        [partnerIdCause(context.request), 'account-self-hosted'],
        ['check-partner-id', ...(unclear.length === 0 ? [] : (['retry'] as const)), changeServer(context)],
        { unclear },
      ),
      context,
      { isSure, settles: isSure },
    );
  }
  const blocked = regionsOf(others.filter(({ outcome }) => outcome === 'blocked'));
  return finding(
    entry(
      asked?.outcome === 'unknown' ? 'account-in-other-region-only' : 'account-found-in-region',
      [
        others.length === 1 ? 'account-is-there' : 'account-in-one-of-them',
        ...(blocked.length === 0 ? [] : (['blocked-there'] as const)),
        'number-of-other-account',
      ],
      [...chooseOne(others), 'check-partner-id'],
      { others: regionsOf(others), unclear, blocked },
    ),
    context,
    { isSure, settles: isSure },
  );
}

interface FoundAccount {
  /** What has the account: the name of a region, or a host. */
  readonly server: string;
  readonly outcome: RegionOutcome;
  readonly unclear: readonly HostedRegionId[];
}

/**
 * The remaining causes when the server knows the account, and did not say that it is blocked.
 *
 * @param code the error code that led to the probe
 */
function accountExists(code: string | null, { server, outcome, unclear }: FoundAccount, context: MakingContext) {
  const { signIn } = context.request;
  const values = { server, unclear };
  // The same number can be another account in a region that gave no clear answer.
  const rest = { isSure: unclear.length === 0, settles: false };
  if (code === 'SERVICE_FORBIDDEN_CONTENT_BLOCKED' || code === 'INVALID_WIDGET_ID') {
    const mayBeBlocked = outcome === 'exists';
    const what = entry(
      mayBeBlocked ? 'account-perhaps-blocked' : 'account-not-blocked',
      [...(mayBeBlocked ? (['account-closed-ask'] as const) : []), 'was-so-for-a-moment', 'other-account-meant'],
      ['retry', 'check-partner-id'],
      { server },
    );
    return finding(what, context, { isSure: false, settles: false });
  }
  switch (signIn.method) {
    case 'login': {
      const causes = maskedCauses(context, null);
      const what = entry('region-confirmed-login', causes, ['change-login', 'change-sign-in'], values);
      return finding(what, context, rest);
    }
    case 'app-token': {
      const causes = ['its-id-mistyped', 'it-was-deleted', 'partner-of-other-account'] as const;
      const what = entry('region-confirmed-token', causes, ['change-app-token', 'change-sign-in'], values);
      return finding(what, context, rest);
    }
    default: {
      const causes = [
        ...secretOddities(signIn.secret, 'secrets'),
        'is-secret-of-other',
        'is-old-or-miscopied',
      ] as const;
      return finding(entry('region-confirmed-secret', causes, ['change-secret'], values), context, rest);
    }
  }
}
