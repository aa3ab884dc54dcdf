import { HOSTED_REGION_IDS, serviceUrlOfRegion } from '../accounts/regions.js';
import { wrongShape } from '../api/client.js';
import { clockAdvice, fetchClockDifference } from '../api/clock.js';
import { ConnectionError } from '../api/http.js';
import { type PlannedCall, plannedCall } from '../api/planned-calls.js';
import { diagnoseUse } from './diagnose.js';
import { changeServer, entry, hostOf, isOwnServer, type MakingContext } from './diagnosis.js';
import { finding, inconclusive, type Probe, type ProbeDeps, rethrowUnlessServerFailure } from './probe.js';

const TIME_ACTION = 'system.getTime';

/**
 * The call that reads the server's time. It needs no key (docs/kaltura-facts.md 3.2) and is the smallest check that a
 * server answers.
 */
const timeCall = (serviceUrl: string): PlannedCall =>
  plannedCall(serviceUrl, TIME_ACTION, 'reads the server’s time, which needs no key', {});

/** Returns the host of a Kaltura server other than the one that failed. */
function otherServer({ request }: MakingContext): string {
  const others = HOSTED_REGION_IDS.map(serviceUrlOfRegion).filter(
    (url) => hostOf({ serviceUrl: url }) !== hostOf(request),
  );
  return others[0] ?? request.serviceUrl;
}

/**
 * @returns the clock difference in seconds, as from `clockDifference`, or the error
 * @throws {ConnectionError} if the user cancels
 */
async function fetchClockAnswer(serviceUrl: string, { http, now, signal }: ProbeDeps) {
  try {
    const difference = await fetchClockDifference(http, serviceUrl, now, signal);
    return difference === null ? { failure: wrongShape() } : { difference };
  } catch (failure) {
    rethrowUnlessServerFailure(failure);
    return { failure };
  }
}

/**
 * Builds the clock probe. If a certificate seems out of date, the probe asks another server; if a key does, it asks
 * the same one.
 */
export const clockProbe = (context: MakingContext, code: string | null): Probe => ({
  kind: 'clock',
  values: {},
  sends: [timeCall(clockServer(context, code))],
  code,
});

const clockServer = (context: MakingContext, code: string | null): string =>
  code === null ? otherServer(context) : context.request.serviceUrl;

/** For a finding that is likely and has other explanations. */
const UNSURE = { isSure: false } as const;

/** @throws {ConnectionError} if the user cancels */
export async function probeClock({ code }: Probe, context: MakingContext, deps: ProbeDeps) {
  const server = clockServer(context, code);
  const values = { other: hostOf({ serviceUrl: server }) };
  const asked = await fetchClockAnswer(server, deps);
  if ('failure' in asked) {
    const isSame = code === null && isOutOfDate(asked.failure);
    return isSame
      ? finding(
          entry('clock-out-of-date', ['set-clock', 'old-certificate-in-between'], ['retry'], values),
          context,
          UNSURE,
        )
      : inconclusive(asked.failure, context);
  }
  const { difference } = asked;
  if (clockAdvice(difference) !== null) {
    const topic = difference > 0 ? 'clock-behind' : 'clock-ahead';
    return finding(entry(topic, ['set-clock'], ['retry'], { ...values, seconds: Math.abs(difference) }), context);
  }
  return code === null
    ? finding(
        entry(
          'certificate-out-of-date',
          ['renew-certificate', 'old-certificate-in-between'],
          [changeServer(context), 'retry'],
          values,
        ),
        context,
      )
    : finding(
        entry('clock-right', ['key-lifetime-over', 'clock-was-wrong', 'stored-refusal'], ['retry'], values),
        context,
      );
}

/** Returns whether the failure is a certificate that has expired or is not valid yet by this computer's clock. */
export const isOutOfDate = (failure: unknown): boolean =>
  failure instanceof ConnectionError && failure.fault === 'tls' && /EXPIRED|NOT_YET_VALID/.test(failure.detail);

export const networkProbe = (context: MakingContext): Probe => ({
  kind: 'way-out',
  values: { host: hostOf(context.request) },
  sends: [timeCall(otherServer(context))],
  code: null,
});

/** @throws {ConnectionError} if the user cancels */
export async function probeNetwork(context: MakingContext, deps: ProbeDeps) {
  const other = otherServer(context);
  const values = { other: hostOf({ serviceUrl: other }) };
  const asked = await fetchClockAnswer(other, deps);
  if ('difference' in asked) {
    const causes = isOwnServer(context.request)
      ? ([
          'address-of-host-mistyped',
          'host-in-office-only',
          'own-host-down',
          'host-not-let-through',
          'was-so-for-a-moment',
        ] as const)
      : (['kaltura-host-down', 'host-not-let-through', 'was-so-for-a-moment'] as const);
    return finding(entry('only-other-server-answers', causes, ['retry', changeServer(context)], values), context);
  }
  if (!(asked.failure instanceof ConnectionError)) {
    return finding(
      entry('network-answers-instead', ['login-page', 'company-page', 'maintenance'], ['retry'], values),
      context,
      UNSURE,
    );
  }
  const inner = diagnoseUse(asked.failure, { action: TIME_ACTION, serviceUrl: other, regionLabel: '', secrets: [] });
  // Two servers that fail at the same time rule these out.
  const causes = inner.causes.filter(({ id }) => id !== 'server-restarted' && id !== 'server-down');
  return finding(entry('no-way-out', [], ['retry'], values), context, { inner: { ...inner, causes } });
}
