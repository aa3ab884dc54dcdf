import { isOnThisComputer } from '../accounts/regions.js';
import { ApiError, NotKalturaError } from '../api/client.js';
import { ConnectionError } from '../api/http.js';
import type { KeyRequest } from '../sign-in/key-request.js';
import { clockProbe, isOutOfDate, networkProbe, probeClock, probeNetwork } from './connection-probes.js';
import { hostnameOf, type MakingContext } from './diagnosis.js';
import { isOfToken } from './making.js';
import type { Finding, Probe, ProbeDeps } from './probe.js';
import { probeRegions, probeServer, regionProbe, serverProbe } from './region-probe.js';
import { probeRoles, probeSecret, rolesProbe, secretProbe } from './secret-probes.js';

/**
 * Lists the probes that can explain a failure, most useful first. Sends nothing. After a rejected login, no probe
 * sends a secret again, because each attempt can count towards a lock (docs/kaltura-facts.md 4.3).
 *
 * @param failure the error that `makeKey` threw
 */
export function probesFor(failure: unknown, context: MakingContext): readonly Probe[] {
  if (failure instanceof ApiError) return afterRefusal(failure, context);
  // The practice server runs on this computer, so a network probe makes no sense.
  if (isOnThisComputer(context.request.serviceUrl)) return [];
  if (failure instanceof NotKalturaError) return [networkProbe(context)];
  if (!(failure instanceof ConnectionError) || failure.fault === 'aborted') return [];
  return [isOutOfDate(failure) ? clockProbe(context, null) : networkProbe(context)];
}

/**
 * Codes that can mean a wrong region. The server sends the last three only if it does not mask login errors
 * (docs/kaltura-facts.md 4.3).
 */
const REGION_CODES: readonly string[] = [
  'SERVICE_FORBIDDEN_CONTENT_BLOCKED',
  'INVALID_WIDGET_ID',
  'APP_TOKEN_ID_NOT_FOUND',
  'USER_WRONG_PASSWORD',
  'USER_NOT_FOUND',
  'LOGIN_DATA_NOT_FOUND',
  'INVALID_PARTNER_ID',
];

function afterRefusal(error: ApiError, context: MakingContext): Probe[] {
  const { code, args } = error;
  const { request } = context;
  const { signIn } = request;
  if (code === 'START_SESSION_ERROR' && signIn.method === 'server' && args['PID'] !== '0') {
    const isAdmin = request.type === 'ADMIN';
    return [
      ...(isAdmin ? [secretProbe(request, signIn, code)] : []),
      ...(isKalturaServer(request) ? regionProbes(code, context) : []),
    ];
  }
  if (code === 'UNKNOWN_ROLE_ID' && signIn.method === 'server') return [rolesProbe(request, signIn, code)];
  if (code === 'INVALID_KS' && signIn.method === 'local' && args['KSID'] === 'EXPIRED')
    return [clockProbe(context, code)];
  if (!REGION_CODES.includes(code)) return [];
  // The server opened a public session for the account, so it knows the account.
  return isOfToken(error) && !isKalturaServer(request) ? [] : regionProbes(code, context);
}

/**
 * Returns whether the server is one of Kaltura’s own, also under a host name that is not a region's
 * (docs/kaltura-facts.md 6).
 */
const isKalturaServer = (request: KeyRequest): boolean => /(^|\.)kaltura\.com$/.test(hostnameOf(request));

function regionProbes(code: string, { request }: MakingContext): Probe[] {
  const { partnerId } = request.signIn;
  if (partnerId === null) return [];
  return [isKalturaServer(request) ? regionProbe(partnerId, code) : serverProbe(request.serviceUrl, partnerId, code)];
}

/**
 * Runs a probe.
 *
 * @param probe one of the results of `probesFor` for this context
 * @returns the finding, also if the probe itself failed
 * @throws {ConnectionError} `aborted` if `deps.signal` aborts
 */
export async function runProbe(probe: Probe, context: MakingContext, deps: ProbeDeps): Promise<Finding> {
  const { signIn } = context.request;
  const partnerId = signIn.partnerId ?? 0;
  switch (probe.kind) {
    case 'user-secret':
    case 'roles': {
      if (signIn.method !== 'server') throw new TypeError('This probe belongs to another way to sign in.');
      return probe.kind === 'roles' ? probeRoles(signIn, context, deps) : probeSecret(signIn, context, deps);
    }
    case 'region':
      return probeRegions(probe, partnerId, context, deps);
    case 'server':
      return probeServer(probe, partnerId, context, deps);
    case 'way-out':
      return probeNetwork(context, deps);
    case 'clock':
      return probeClock(probe, context, deps);
  }
}
