import { HOSTED_REGION_IDS, serviceUrlOfRegion } from '../accounts/find-region.js';
import { NotKalturaError } from '../api/client.js';
import { clockAdvice, fetchClockDifference } from '../api/clock.js';
import { ConnectionError } from '../api/http.js';
import { type PlannedCall, plannedCall } from '../api/planned-calls.js';
import { formatDuration } from '../lifetime.js';
import { changeServer, hostOf, isOwnServer, retry } from './advice.js';
import { type AdviceContext, adviseOnUse } from './diagnose.js';
import { LOGIN_PAGE } from './foreign-answer.js';
import {
  type Finding,
  inconclusive,
  type Probe,
  type ProbeDeps,
  requestHost,
  rethrowUnlessServerFailure,
} from './probe.js';

const TIME_ACTION = 'system.getTime';
const NOTHING_BUT_THE_QUESTION = 'Nothing but the question itself is sent.';

/**
 * The call that reads the server's time. It needs no key (docs/kaltura-facts.md 3.2) and is the smallest check that a
 * server answers.
 */
const timeCall = (serviceUrl: string): PlannedCall =>
  plannedCall(serviceUrl, TIME_ACTION, 'asks for the time, as anyone may', {});

/** Returns the host of a Kaltura server other than the one that failed. */
function otherServer({ request }: AdviceContext): string {
  const others = HOSTED_REGION_IDS.map(serviceUrlOfRegion).filter(
    (url) => hostOf({ serviceUrl: url }) !== hostOf(request),
  );
  return others[0] ?? request.serviceUrl;
}

/** The clock difference in seconds, as from `clockDifference`, or the error. */
export type ClockAnswer = { readonly difference: number } | { readonly failure: unknown };

/** @throws {ConnectionError} if the user cancels */
async function fetchClockAnswer(serviceUrl: string, { http, now, signal }: ProbeDeps): Promise<ClockAnswer> {
  try {
    const difference = await fetchClockDifference(http, serviceUrl, now, signal);
    if (difference !== null) return { difference };
    return { failure: new NotKalturaError({ what: 'wrong-shape', status: 200 }) };
  } catch (failure) {
    rethrowUnlessServerFailure(failure);
    return { failure };
  }
}

/**
 * Builds the clock probe. If a certificate seems out of date, the probe asks another server; if a key does, it asks
 * the same one.
 */
export const clockProbe = (context: AdviceContext, code: string | null): Probe => ({
  kind: 'clock',
  question: 'Is this computer’s clock right?',
  sends: [timeCall(clockServer(context, code))],
  sideEffect: NOTHING_BUT_THE_QUESTION,
  code,
});

const clockServer = (context: AdviceContext, code: string | null): string =>
  code === null ? otherServer(context) : context.request.serviceUrl;

/** @throws {ConnectionError} if the user cancels */
export async function probeClock({ code }: Probe, context: AdviceContext, deps: ProbeDeps): Promise<Finding> {
  const server = clockServer(context, code);
  const host = hostOf({ serviceUrl: server });
  const asked = await fetchClockAnswer(server, deps);
  if ('failure' in asked) {
    const isSame = code === null && isOutOfDate(asked.failure);
    return isSame ? clockOutOfDate(host, context) : inconclusive(asked.failure, context);
  }
  if (clockAdvice(asked.difference) !== null) return wrongClock(asked.difference, host);
  return code === null ? expiredCertificate(host, context) : rightClock(host);
}

/** Returns whether the failure is a certificate that has expired or is not valid yet by this computer's clock. */
export const isOutOfDate = (failure: unknown): boolean =>
  failure instanceof ConnectionError && failure.fault === 'tls' && /EXPIRED|NOT_YET_VALID/.test(failure.detail);

const SET_IT = 'set the clock, and let the system keep it: then try again';

const wrongClock = (difference: number, host: string): Finding => ({
  headline: `This computer’s clock is ${formatDuration(Math.abs(difference))} ${difference > 0 ? 'behind' : 'ahead'}`,
  explanation: `It was compared with that of ${host}. Certificates and keys are judged by the time.`,
  causes: [SET_IT],
  remedies: [retry],
  isSure: true,
  settles: true,
});

const clockOutOfDate = (host: string, context: AdviceContext): Finding => ({
  headline: 'This computer’s clock is wrong',
  explanation: `By it, the certificates of ${requestHost(context)} and of ${host} are both out of date, which they hardly are at once.`,
  causes: [SET_IT],
  remedies: [retry],
  isSure: true,
  settles: true,
});

const expiredCertificate = (host: string, context: AdviceContext): Finding => ({
  headline: `The certificate of ${requestHost(context)} is out of date`,
  explanation: `This computer’s clock is right: it agrees with that of ${host}.`,
  causes: [`whoever runs ${requestHost(context)} has to renew it: until then, nothing should be sent there`],
  remedies: [changeServer(context), retry],
  isSure: true,
  settles: true,
});

const rightClock = (host: string): Finding => ({
  headline: 'This computer’s clock is right',
  explanation: `It agrees with that of ${host}. So it is not the clock:`,
  causes: ['the key has lived as long as it was made for: make a new one'],
  remedies: [retry],
  isSure: true,
  settles: true,
});

export const networkProbe = (context: AdviceContext): Probe => ({
  kind: 'way-out',
  question: `Is it this computer’s way out, or ${requestHost(context)} alone?`,
  sends: [timeCall(otherServer(context))],
  sideEffect: NOTHING_BUT_THE_QUESTION,
  code: null,
});

/** @throws {ConnectionError} if the user cancels */
export async function probeNetwork(context: AdviceContext, deps: ProbeDeps): Promise<Finding> {
  const other = otherServer(context);
  const otherHost = hostOf({ serviceUrl: other });
  const host = requestHost(context);
  const asked = await fetchClockAnswer(other, deps);
  if ('difference' in asked) return onlyOtherServerAnswers(otherHost, context);
  if (!(asked.failure instanceof ConnectionError)) {
    return {
      headline: `Something answers in the place of ${otherHost} too`,
      explanation: 'What came from both is no answer of Kaltura’s. So it is the network that this computer is in:',
      causes: [LOGIN_PAGE, 'a company proxy or firewall answers with a page of its own: ask whoever runs it'],
      remedies: [retry],
      isSure: true,
      settles: true,
    };
  }
  const { headline, causes } = adviseOnUse(asked.failure, timeContext(other));
  return {
    headline: `Neither ${host} nor ${otherHost} can be reached from this computer`,
    explanation: `So it is the way out, and not one server. Of ${otherHost}: ${headline}.`,
    causes,
    remedies: [retry],
    isSure: true,
    settles: true,
  };
}

const timeContext = (serviceUrl: string) => ({ action: TIME_ACTION, serviceUrl, regionLabel: '', secrets: [] });

function onlyOtherServerAnswers(otherHost: string, context: AdviceContext): Finding {
  const host = requestHost(context);
  const own = isOwnServer(context.request);
  return {
    headline: `This computer reaches ${otherHost}, so it is ${host} alone`,
    explanation: 'The network, the proxy and the certificates of this computer are in order. So',
    causes: [
      ...(own ? [`the address is mistyped: ${host}`, `${host} can be reached in an office network or VPN only`] : []),
      `${host} is down, or being worked on: ${own ? 'ask whoever runs it' : 'Kaltura’s support can tell'}`,
      `a firewall or proxy on the way does not let ${host} through`,
    ],
    remedies: [retry, changeServer(context)],
    isSure: true,
    settles: true,
  };
}
