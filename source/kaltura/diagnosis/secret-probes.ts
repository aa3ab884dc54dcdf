import { ApiError, callApi, NotKalturaError } from '../api/client.js';
import { type SecretSignIn, startParameters } from '../api/parameters.js';
import { plannedCall } from '../api/planned-calls.js';
import { parseKs } from '../api/responses.js';
import { sanitizeText } from '../redact.js';
import type { Secret } from '../secret.js';
import type { KeyRequest } from '../sign-in/key-request.js';
import { countOf } from '../typed-values.js';
import {
  changePrivileges,
  changeServer,
  credentials,
  makeUser,
  partnerName,
  secretsOf,
  WHERE_IN_KMC,
} from './advice.js';
import type { AdviceContext } from './diagnose.js';
import { secretOddities, valuesOf } from './evidence.js';
import {
  type Finding,
  inconclusive,
  type Probe,
  type ProbeDeps,
  requestHost,
  rethrowUnlessServerFailure,
} from './probe.js';

/**
 * Returns the request for an ADMIN key, which listing roles requires (docs/kaltura-facts.md 3.2). It is valid for one
 * minute and one call.
 */
const adminRequest = (request: KeyRequest, signIn: SecretSignIn) =>
  startParameters({ ...request, type: 'ADMIN', userId: '', lifetime: 60, privileges: 'actionslimit:1' }, signIn);

const ALL_ROLES = { 'pager:pageSize': '100' };

export const rolesProbe = (request: KeyRequest, signIn: SecretSignIn, code: string): Probe => ({
  kind: 'roles',
  question: 'Which roles does the account have?',
  sends: [
    plannedCall(request.serviceUrl, 'session.start', 'makes an ADMIN key of a minute', adminRequest(request, signIn)),
    plannedCall(request.serviceUrl, 'userRole.list', 'lists the roles', {
      ks: { comesFrom: 'that key' },
      ...ALL_ROLES,
    }),
  ],
  sideEffect: 'The ADMIN key is good for this one call, ends after a minute, and is thrown away.',
  code,
});

export async function probeRoles(
  signIn: SecretSignIn,
  context: AdviceContext,
  { http, signal }: ProbeDeps,
): Promise<Finding> {
  const { request } = context;
  try {
    const started = await callApi(http, request.serviceUrl, 'session.start', adminRequest(request, signIn), signal);
    const ks = parseKs(started, [signIn.secret]);
    const listed = await callApi(http, request.serviceUrl, 'userRole.list', { ks, ...ALL_ROLES }, signal);
    return listOf(parseRoles(listed, [signIn.secret, ks]), context);
  } catch (failure) {
    rethrowUnlessServerFailure(failure);
    const isUserSecret = failure instanceof ApiError && failure.code === 'START_SESSION_ERROR';
    return isUserSecret ? needsAdmin : inconclusive(failure, context);
  }
}

/** The states of blocked and deleted roles. One of the server's default roles is listed with 0, which is neither. */
const UNUSABLE: readonly unknown[] = [2, 3];

interface ListedRole {
  readonly id: number;
  readonly name: string;
  readonly systemName: string;
  /** Whether the role belongs to the account. The other roles are the same for all accounts. */
  readonly isOwn: boolean;
}

/** @throws {NotKalturaError} if the answer is not a list of roles */
function parseRoles(answer: unknown, sent: readonly Secret[]): ListedRole[] {
  const shown = (text: unknown): string => (typeof text === 'string' ? sanitizeText(text, sent, 60) : '');
  const objects = typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>)['objects'] : null;
  if (!Array.isArray(objects)) throw new NotKalturaError({ what: 'wrong-shape', status: 200 });
  return objects.flatMap((object: unknown) => {
    const { id, name, systemName, status, partnerId } = (object ?? {}) as Record<string, unknown>;
    if (typeof id !== 'number' || UNUSABLE.includes(status)) return [];
    return [{ id, name: shown(name), systemName: shown(systemName), isOwn: partnerId !== 0 }];
  });
}

/** Maximum number of rows shown. */
const MAX_ROWS = 10;

function listOf(roles: readonly ListedRole[], context: AdviceContext): Finding {
  const wanted = valuesOf('setrole', context.request).filter((role) => role !== '');
  const unlike =
    wanted.length === 0
      ? ''
      : `, and none of them is “${sanitizeText(wanted.join(', '), secretsOf(context.request), 40)}”`;
  const ranked = [...roles].sort((a, b) => rank(b, wanted) - rank(a, wanted));
  const rows = ranked.slice(0, MAX_ROWS).map(rowOf);
  const more = ranked.length - rows.length;
  return {
    headline: `The account has ${countOf(roles.length, 'role')} to choose from${unlike}`,
    explanation: 'These may stand in setrole, by their number or by their system name, spelt exactly so:',
    causes: [...rows, ...(more > 0 ? [`and ${more} more, in KMC → Administration → Roles`] : [])],
    remedies: [changePrivileges],
    isSure: true,
    settles: true,
  };
}

const rowOf = ({ id, name, systemName }: ListedRole): string => {
  const called = name === '' || name === systemName ? '' : ` (“${name}”)`;
  return systemName === '' ? `setrole:${id}${called}` : `setrole:${id} or setrole:${systemName}${called}`;
};

/** Sorts roles that resemble the typed name first, then the account's own. */
function rank({ name, systemName, isOwn }: ListedRole, wanted: readonly string[]): number {
  const words = [name, systemName].map(bare).filter((word) => word !== '');
  const isLike = wanted
    .map(bare)
    .some((want) => want !== '' && words.some((word) => word.includes(want) || want.includes(word)));
  return (isLike ? 2 : 0) + (isOwn ? 1 : 0);
}

const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]|role/g, '');

const needsAdmin: Finding = {
  headline: 'The roles can only be listed with the Administrator Secret',
  explanation: 'This secret makes USER keys alone: it is the User Secret, which may not ask for them.',
  causes: ['the roles stand in KMC → Administration → Roles'],
  remedies: [changePrivileges, credentials('Enter the Administrator Secret')],
  isSure: true,
  settles: true,
};

/** Returns the request for the shortest and weakest session: one second, no user, no privileges. */
const shortestRequest = (request: KeyRequest, signIn: SecretSignIn) =>
  startParameters({ ...request, type: 'USER', userId: '', lifetime: 1, privileges: '' }, signIn);

const ACTION = 'session.start';

/**
 * Builds the probe to run after an ADMIN session was rejected: both secrets of an account open a USER session
 * (docs/kaltura-facts.md 5.1).
 */
export const secretProbe = (request: KeyRequest, signIn: SecretSignIn, code: string): Probe => ({
  kind: 'user-secret',
  question: 'Is it the User Secret?',
  sends: [
    plannedCall(request.serviceUrl, ACTION, 'asks for a USER key of one second', shortestRequest(request, signIn)),
  ],
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
    const answer = await callApi(http, request.serviceUrl, ACTION, shortestRequest(request, signIn), signal);
    parseKs(answer, [signIn.secret]);
    return userSecret(context);
  } catch (failure) {
    rethrowUnlessServerFailure(failure);
    const isRefused = failure instanceof ApiError && failure.code === 'START_SESSION_ERROR';
    return isRefused ? noSecret(signIn, context) : inconclusive(failure, context);
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
  explanation: `On ${requestHost(context)} it opens no USER session either, which both secrets of the account do. So`,
  causes: [
    ...secretOddities(signIn.secret, 'secrets'),
    'it is the secret of another account, or of an account of this number in another region',
    `it is an old one, or was copied wrongly: compare it with ${WHERE_IN_KMC}`,
  ],
  remedies: [credentials('Enter the secret again'), changeServer(context)],
  isSure: true,
  settles: false,
});
