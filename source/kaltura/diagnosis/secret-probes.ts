import { ApiError, callApi, wrongShape } from '../api/client.js';
import { type SecretSignIn, startParameters } from '../api/parameters.js';
import { plannedCall } from '../api/planned-calls.js';
import { parseKs } from '../api/responses.js';
import { sanitizeText } from '../redact.js';
import type { Secret } from '../secret.js';
import { type KeyRequest, secretsOf } from '../sign-in/key-request.js';
import { changeServer, entry, type MakingContext } from './diagnosis.js';
import { secretOddities, valuesOf } from './evidence.js';
import { finding, inconclusive, type Probe, type ProbeDeps, rethrowUnlessServerFailure } from './probe.js';

const START = 'session.start';

/**
 * Returns the request for an ADMIN key, which listing roles requires (docs/kaltura-facts.md 3.2). It is valid for one
 * minute and one call.
 */
const adminRequest = (request: KeyRequest, signIn: SecretSignIn) =>
  startParameters({ ...request, type: 'ADMIN', userId: '', lifetime: 60, privileges: 'actionslimit:1' }, signIn);

const ALL_ROLES = { 'pager:pageSize': '100' };

export const rolesProbe = (request: KeyRequest, signIn: SecretSignIn, code: string): Probe => ({
  kind: 'roles',
  values: {},
  sends: [
    plannedCall(request.serviceUrl, START, 'creates an ADMIN key for one minute', adminRequest(request, signIn)),
    plannedCall(request.serviceUrl, 'userRole.list', 'lists the roles', {
      ks: { comesFrom: 'that key' },
      ...ALL_ROLES,
    }),
  ],
  code,
});

export async function probeRoles(signIn: SecretSignIn, context: MakingContext, { http, signal }: ProbeDeps) {
  const { request } = context;
  try {
    const started = await callApi(http, request.serviceUrl, START, adminRequest(request, signIn), signal);
    const ks = parseKs(started, [signIn.secret]);
    const listed = await callApi(http, request.serviceUrl, 'userRole.list', { ks, ...ALL_ROLES }, signal);
    return listOf(parseRoles(listed, [signIn.secret, ks]), context);
  } catch (failure) {
    rethrowUnlessServerFailure(failure);
    return isSecretRefused(failure) ? noAdminSession(signIn, context) : inconclusive(failure, context);
  }
}

/** Checks whether `session.start` did not accept the secret (docs/kaltura-facts.md 4.1). */
const isSecretRefused = (failure: unknown): boolean =>
  failure instanceof ApiError && failure.code === 'START_SESSION_ERROR';

/**
 * The server looks up the role before it checks the secret, so the secret may be the User Secret or simply wrong
 * (docs/kaltura-facts.md 4.1).
 */
const noAdminSession = (signIn: SecretSignIn, context: MakingContext) =>
  finding(
    entry(
      'roles-need-admin',
      [
        ...secretOddities(signIn.secret, 'secrets'),
        'perhaps-user-secret',
        'secret-of-other-or-region',
        'old-or-miscopied',
        'roles-in-kmc',
      ],
      ['use-admin-secret', 'change-privileges', changeServer(context)],
    ),
    context,
    { settles: false },
  );

/** The states of blocked and deleted roles. One of the server's default roles is listed with 0, which is neither. */
const UNUSABLE: readonly unknown[] = [2, 3];

interface ListedRole {
  readonly id: number;
  readonly name: string;
  readonly systemName: string;
  /** Whether the role belongs to the account. The other roles are the same for all accounts. */
  readonly isOwn: boolean;
}

/**
 * @returns the usable roles, and whether the server listed all roles of the account
 * @throws {NotKalturaError} if the answer is not a list of roles
 */
function parseRoles(answer: unknown, sent: readonly Secret[]) {
  const shown = (text: unknown): string => (typeof text === 'string' ? sanitizeText(text, sent, 60) : '');
  const { objects, totalCount } = (answer ?? {}) as Record<string, unknown>;
  if (!Array.isArray(objects)) throw wrongShape();
  const roles = objects.flatMap((object: unknown): ListedRole[] => {
    const { id, name, systemName, status, partnerId } = (object ?? {}) as Record<string, unknown>;
    if (typeof id !== 'number' || UNUSABLE.includes(status)) return [];
    return [{ id, name: shown(name), systemName: shown(systemName), isOwn: partnerId !== 0 }];
  });
  return { roles, isComplete: typeof totalCount === 'number' && totalCount <= objects.length };
}

/** Maximum number of rows shown. */
const MAX_ROWS = 10;

function listOf({ roles, isComplete }: ReturnType<typeof parseRoles>, context: MakingContext) {
  const wanted = valuesOf('setrole', context.request).filter((role) => role !== '');
  const ranked = [...roles].sort((a, b) => rank(b, wanted) - rank(a, wanted));
  const more = ranked.length - MAX_ROWS;
  const values = { count: roles.length, wanted: sanitizeText(wanted.join(', '), secretsOf(context.request), 40) };
  const isListed = roles.some(({ id, systemName }) => wanted.includes(String(id)) || wanted.includes(systemName));
  const complete = wanted.length === 0 ? 'roles-listed' : 'roles-without-wanted';
  return finding(
    entry(
      isListed ? 'roles-with-wanted' : isComplete ? complete : 'roles-in-part',
      [...ranked.slice(0, MAX_ROWS).map(rowOf), ...(more > 0 ? [{ id: 'more-roles', values: { more } } as const] : [])],
      ['change-privileges'],
      values,
    ),
    context,
  );
}

function rowOf({ id, name, systemName }: ListedRole) {
  const isNamed = name !== '' && name !== systemName;
  const values = { role: id, name, systemName };
  if (systemName === '') return { id: isNamed ? 'role-row-named' : 'role-row', values } as const;
  return { id: isNamed ? 'role-row-both-named' : 'role-row-both', values } as const;
}

/** Sorts roles that resemble the typed name first, then the account's own. */
function rank({ name, systemName, isOwn }: ListedRole, wanted: readonly string[]): number {
  const words = [name, systemName].map(bare).filter((word) => word !== '');
  const isLike = wanted
    .map(bare)
    .some((want) => want !== '' && words.some((word) => word.includes(want) || want.includes(word)));
  return (isLike ? 2 : 0) + (isOwn ? 1 : 0);
}

const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]|role/g, '');

/** Returns the request for the shortest and weakest session: one second, no user, no privileges. */
const shortestRequest = (request: KeyRequest, signIn: SecretSignIn) =>
  startParameters({ ...request, type: 'USER', userId: '', lifetime: 1, privileges: '' }, signIn);

/**
 * Builds the probe to run after an ADMIN session was rejected: both secrets of an account open a USER session
 * (docs/kaltura-facts.md 5.1).
 */
export const secretProbe = (request: KeyRequest, signIn: SecretSignIn, code: string): Probe => ({
  kind: 'user-secret',
  values: {},
  sends: [
    plannedCall(request.serviceUrl, START, 'asks for a USER key of one second', shortestRequest(request, signIn)),
  ],
  code,
});

export async function probeSecret(signIn: SecretSignIn, context: MakingContext, { http, signal }: ProbeDeps) {
  const { request } = context;
  try {
    const answer = await callApi(http, request.serviceUrl, START, shortestRequest(request, signIn), signal);
    parseKs(answer, [signIn.secret]);
    return finding(entry('is-user-secret', [], ['use-admin-secret', 'change-type']), context);
  } catch (failure) {
    rethrowUnlessServerFailure(failure);
    return isSecretRefused(failure) ? isNoSecret(signIn, context) : inconclusive(failure, context);
  }
}

const isNoSecret = (signIn: SecretSignIn, context: MakingContext) =>
  finding(
    entry(
      'is-no-secret',
      [...secretOddities(signIn.secret, 'secrets'), 'secret-of-other-or-region', 'old-or-miscopied'],
      ['change-secret', changeServer(context)],
    ),
    context,
    { settles: false },
  );
