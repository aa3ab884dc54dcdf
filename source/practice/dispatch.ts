import { type Stage, secondsNow } from './action.js';
import { findAction } from './action-table.js';
import type { ApiValue } from './answer-format.js';
import { ApiError, contentBlocked, invalidKs, serviceForbidden } from './api-error.js';
import type { Parameters } from './parameters.js';
import type { PracticeRequest } from './read-parameters.js';
import { checkSession, openSession, type Session, sessionReach } from './session.js';
import { findAccount, type Reach, type World } from './world.js';

/**
 * Does what is asked, after the checks in the order of the real dispatcher (facts 3.2).
 *
 * @throws {ApiError}
 */
export function perform(request: PracticeRequest, parameters: Parameters, stage: Stage): ApiValue {
  const { name, action } = findAction(parameters);
  try {
    const ks = parameters.raw('ks') ?? '';
    const session = ks === '' ? null : openSession(ks, stage.world);
    if (ks !== '' && session === null) throw invalidKs(ks);
    const act = action.prepare(parameters);
    if (session !== null) checkSession(session, request, stage.world, secondsNow(stage));
    checkPartner(parameters, session, stage.world, name);
    if (RANK[sessionReach(session, stage.world)] < RANK[action.reach]) throw serviceForbidden(name);
    return act({ ...stage, session });
  } catch (error) {
    throw error instanceof ApiError && action.mask !== undefined ? action.mask(error) : error;
  }
}

const RANK: Readonly<Record<Reach, number>> = { anyone: 0, content: 1, account: 2 };

/** The account meant and the account of the key: here, not blocked, and the same (facts 4.1, 4.2). */
function checkPartner(parameters: Parameters, session: Session | null, world: World, actionName: string): void {
  const asked = (parameters.raw('partnerId') ?? parameters.raw('p') ?? '').trim();
  if (asked !== '' && !/^-?\d+$/.test(asked)) throw serviceForbidden(actionName);
  const partnerId = asked === '' ? (session?.account.partnerId ?? 0) : Number(asked);
  // Zero and the negative ones are the server's own.
  if (partnerId > 0 && findAccount(world, partnerId)?.state !== 'active') throw contentBlocked();
  if (session === null) return;
  if (session.account.state !== 'active') throw contentBlocked();
  if (session.account.partnerId !== partnerId) throw serviceForbidden(actionName);
}
