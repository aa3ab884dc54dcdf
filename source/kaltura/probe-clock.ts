import { hostOf, otherPlace, retry } from './advice/advice.js';
import { clockAdvice } from './clock.js';
import type { AdviceContext } from './error-advice.js';
import { ConnectionError } from './http.js';
import { sayStretch } from './lifetime.js';
import { askedHost, type Finding, notFoundOut, type Probe, type ProbeDeps } from './probe.js';
import { askTime, NOTHING_BUT_THE_QUESTION, otherServer, timeCall } from './probe-time.js';

/** Where a certificate seems to be out of date, the server itself cannot be asked; where a key seems to be, it can. */
export const clockProbe = (context: AdviceContext, code: string | null): Probe => ({
  kind: 'clock',
  question: 'Is this computer’s clock right?',
  sends: [timeCall(clockServer(context, code))],
  sideEffect: NOTHING_BUT_THE_QUESTION,
  code,
});

const clockServer = (context: AdviceContext, code: string | null): string =>
  code === null ? otherServer(context) : context.request.serviceUrl;

/** @throws {ConnectionError} where the person gave it up */
export async function probeClock({ code }: Probe, context: AdviceContext, deps: ProbeDeps): Promise<Finding> {
  const server = clockServer(context, code);
  const host = hostOf({ serviceUrl: server });
  const asked = await askTime(server, deps);
  if ('failure' in asked) {
    const isSame = code === null && isOutOfDate(asked.failure);
    return isSame ? wrongBySight(host, context) : notFoundOut(asked.failure, context);
  }
  if (clockAdvice(asked.difference) !== null) return wrongClock(asked.difference, host);
  return code === null ? expiredCertificate(host, context) : rightClock(host);
}

/** A certificate that has run out, or does not count yet: by this computer's clock. */
export const isOutOfDate = (failure: unknown): boolean =>
  failure instanceof ConnectionError && failure.fault === 'tls' && /EXPIRED|NOT_YET_VALID/.test(failure.detail);

const SET_IT = 'set the clock, and let the system keep it: then try again';

const wrongClock = (difference: number, host: string): Finding => ({
  headline: `This computer’s clock is ${sayStretch(Math.abs(difference))} ${difference > 0 ? 'behind' : 'ahead'}`,
  explanation: `It was compared with that of ${host}. Certificates and keys are judged by the time.`,
  causes: [SET_IT],
  remedies: [retry],
  isSure: true,
  settles: true,
});

const wrongBySight = (host: string, context: AdviceContext): Finding => ({
  headline: 'This computer’s clock is wrong',
  explanation: `By it, the certificates of ${askedHost(context)} and of ${host} are both out of date, which they hardly are at once.`,
  causes: [SET_IT],
  remedies: [retry],
  isSure: true,
  settles: true,
});

const expiredCertificate = (host: string, context: AdviceContext): Finding => ({
  headline: `The certificate of ${askedHost(context)} is out of date`,
  explanation: `This computer’s clock is right: it agrees with that of ${host}.`,
  causes: [`whoever runs ${askedHost(context)} has to renew it: until then, nothing should be sent there`],
  remedies: [otherPlace(context), retry],
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
