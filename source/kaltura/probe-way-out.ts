import { hostOf, isOwnServer, otherPlace, retry } from './advice/advice.js';
import { LOGIN_PAGE } from './advice/on-foreign-answer.js';
import { type AdviceContext, adviseOnUse } from './error-advice.js';
import { ConnectionError } from './http.js';
import { askedHost, type Finding, type Probe, type ProbeDeps } from './probe.js';
import { askTime, NOTHING_BUT_THE_QUESTION, otherServer, TIME_ACTION, timeCall } from './probe-time.js';

export const wayOutProbe = (context: AdviceContext): Probe => ({
  kind: 'way-out',
  question: `Is it this computer’s way out, or ${askedHost(context)} alone?`,
  sends: [timeCall(otherServer(context))],
  sideEffect: NOTHING_BUT_THE_QUESTION,
  code: null,
});

/** @throws {ConnectionError} where the person gave it up */
export async function probeWayOut(context: AdviceContext, deps: ProbeDeps): Promise<Finding> {
  const other = otherServer(context);
  const otherHost = hostOf({ serviceUrl: other });
  const host = askedHost(context);
  const asked = await askTime(other, deps);
  if ('difference' in asked) return onlyThere(otherHost, context);
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

function onlyThere(otherHost: string, context: AdviceContext): Finding {
  const host = askedHost(context);
  const own = isOwnServer(context.request);
  return {
    headline: `This computer reaches ${otherHost}, so it is ${host} alone`,
    explanation: 'The network, the proxy and the certificates of this computer are in order. So',
    causes: [
      ...(own ? [`the address is mistyped: ${host}`, `${host} can be reached in an office network or VPN only`] : []),
      `${host} is down, or being worked on: ${own ? 'ask whoever runs it' : 'Kaltura’s support can tell'}`,
      `a firewall or proxy on the way does not let ${host} through`,
    ],
    remedies: [retry, otherPlace(context)],
    isSure: true,
    settles: true,
  };
}
