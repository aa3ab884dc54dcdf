import { credentials, makeUser, otherPlace, partnerName, WHERE_IN_KMC } from './advice/advice.js';
import { oddities } from './advice/evidence.js';
import { ksIn } from './api-answers.js';
import { ApiError, callApi } from './api-client.js';
import { type SecretSignIn, startParameters } from './call-parameters.js';
import type { AdviceContext } from './error-advice.js';
import type { KeyRequest } from './key-request.js';
import { plannedCall } from './planned-calls.js';
import { askedHost, type Finding, notFoundOut, type Probe, type ProbeDeps, throwUnlessOfServer } from './probe.js';

/** As short and as weak as a session can be: a second, for nobody, for nothing. */
const shortest = (request: KeyRequest, signIn: SecretSignIn) =>
  startParameters({ ...request, type: 'USER', userId: '', lifetime: 1, privileges: '' }, signIn);

const ACTION = 'session.start';

/** After an ADMIN session was refused: both secrets of an account open a USER session (facts 5.1). */
export const secretProbe = (request: KeyRequest, signIn: SecretSignIn, code: string): Probe => ({
  kind: 'user-secret',
  question: 'Is it the User Secret?',
  sends: [plannedCall(request.serviceUrl, ACTION, 'asks for a USER key of one second', shortest(request, signIn))],
  sideEffect: 'If it is, a USER key is made that ends after a second, and is thrown away.',
  code,
});

export async function probeSecret(
  signIn: SecretSignIn,
  context: AdviceContext,
  { http, signal }: ProbeDeps,
): Promise<Finding> {
  const { request } = context;
  try {
    const answer = await callApi(http, request.serviceUrl, ACTION, shortest(request, signIn), signal);
    ksIn(answer, [signIn.secret]);
    return userSecret(context);
  } catch (failure) {
    throwUnlessOfServer(failure);
    const isRefused = failure instanceof ApiError && failure.code === 'START_SESSION_ERROR';
    return isRefused ? noSecret(signIn, context) : notFoundOut(failure, context);
  }
}

const userSecret = ({ request }: AdviceContext): Finding => ({
  headline: `It is the User Secret of ${partnerName(request)}`,
  explanation: 'It opened a USER session, and no ADMIN session: only the User Secret does that.',
  causes: [`an ADMIN key needs the Administrator Secret, which stands beside it in ${WHERE_IN_KMC}`],
  remedies: [credentials('Enter the Administrator Secret'), makeUser],
  isSure: true,
  settles: true,
});

const noSecret = (signIn: SecretSignIn, context: AdviceContext): Finding => ({
  headline: `It is no secret of ${partnerName(context.request)}`,
  explanation: `On ${askedHost(context)} it opens no USER session either, which both secrets of the account do. So`,
  causes: [
    ...oddities(signIn.secret, 'secrets'),
    'it is the secret of another account, or of an account of this number in another region',
    `it is an old one, or was copied wrongly: compare it with ${WHERE_IN_KMC}`,
  ],
  remedies: [credentials('Enter the secret again'), otherPlace(context)],
  isSure: true,
  settles: false,
});
