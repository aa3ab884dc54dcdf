import { type ServerContext, secondsNow } from './action.js';
import { findAction } from './action-table.js';
import { ApiError, contentBlocked, internalError, invalidKs, serviceForbidden } from './api-error.js';
import { isMultirequest, performCalls } from './multirequest.js';
import { type Parameters, type PracticeRequest, readParameters } from './parameters.js';
import { type ApiValue, formatJson, formatXml } from './response-format.js';
import { checkSession, openSession, type Session, sessionReach } from './session.js';
import { findAccount, type PracticeData, type Reach } from './world.js';

/**
 * Performs one action, after the checks of the real server in their order (docs/kaltura-facts.md 3.2).
 *
 * @param checkKey checks that a key is valid and counts its use
 * @throws {ApiError}
 */
function performAction(parameters: Parameters, context: ServerContext, checkKey: (session: Session) => void): ApiValue {
  const { name, action } = findAction(parameters);
  try {
    const ks = parameters.raw('ks') ?? '';
    const session = ks === '' ? null : openSession(ks, context.data);
    if (ks !== '' && session === null) throw invalidKs(ks);
    const act = action.prepare(parameters);
    if (session !== null) checkKey(session);
    checkPartner(parameters, session, context.data, name);
    if (RANK[sessionReach(session, context.data)] < RANK[action.reach]) throw serviceForbidden(name);
    return act({ ...context, session });
  } catch (error) {
    throw error instanceof ApiError && action.mask !== undefined ? action.mask(error) : error;
  }
}

const RANK: Readonly<Record<Reach, number>> = { anyone: 0, uploads: 1, categories: 2, content: 3, account: 4 };

/** Whole numbers in any form that PHP reads: ` 140`, `+140`, `140.0`, `1e2` (docs/kaltura-facts.md 3.1). */
const isPartnerId = (text: string): boolean =>
  /^[+-]?\d+(\.\d*)?(e[+-]?\d+)?$/i.test(text) && Number.isInteger(Number(text));

/**
 * Checks the requested account and the key's account: they must exist, be active and be the same
 * (docs/kaltura-facts.md 4.1, 4.2).
 */
function checkPartner(parameters: Parameters, session: Session | null, data: PracticeData, actionName: string): void {
  const asked = (parameters.raw('partnerId') ?? parameters.raw('p') ?? '').trim();
  if (asked !== '' && !isPartnerId(asked)) throw serviceForbidden(actionName);
  const partnerId = asked === '' ? (session?.account.partnerId ?? 0) : Number(asked);
  // Zero and negative numbers belong to the server itself.
  if (partnerId > 0 && findAccount(data, partnerId)?.state !== 'active') throw contentBlocked();
  if (session === null) return;
  if (session.account.state !== 'active') throw contentBlocked();
  if (session.account.partnerId !== partnerId) throw serviceForbidden(actionName);
}

export interface PracticeAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** The answer formats. XML is the default (docs/kaltura-facts.md 3.1). */
const FORMATS = new Map([
  ['1', { contentType: 'application/json', write: formatJson }],
  ['2', { contentType: 'text/xml;charset=UTF-8', write: formatXml }],
]);

const EMPTY_ANSWER: PracticeAnswer = { contentType: 'text/html; charset=UTF-8', body: '' };

/**
 * Answers one request like the real server and updates the practice data. Never throws, and the HTTP status is always
 * 200 (docs/kaltura-facts.md 0.7).
 */
export function answer(request: PracticeRequest, context: ServerContext): PracticeAnswer {
  const parameters = readParameters(request);
  const format = FORMATS.get(parameters.raw('format') ?? '2');
  if (format === undefined || request.method === 'OPTIONS') return EMPTY_ANSWER;
  const perform = performer(request, context);
  const value = isMultirequest(parameters) ? performCalls(parameters, perform) : perform(parameters);
  const body = format.write(value, parameters.raw('ignoreNull') === '1');
  return { contentType: format.contentType, body: request.method === 'HEAD' ? '' : body };
}

/**
 * Returns a function that performs the calls of one request. It checks each key once: the calls of a multirequest count
 * as one use, and go on after one of them has ended the key (docs/kaltura-facts.md 5.5, 5.6).
 */
function performer(request: PracticeRequest, context: ServerContext): (parameters: Parameters) => ApiValue {
  const checked = new Set<string>();
  const checkKey = (session: Session): void => {
    if (checked.has(session.ks)) return;
    checkSession(session, request, context.data, secondsNow(context));
    checked.add(session.ks);
  };
  return (parameters) => {
    try {
      return performAction(parameters, context, checkKey);
    } catch (error) {
      return error instanceof ApiError ? error : internalError();
    }
  };
}
