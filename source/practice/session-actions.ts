import { DAY } from '../kaltura/lifetime.js';
import { privilegePairs } from '../kaltura/privileges/privileges.js';
import { type Action, sessionOf } from './action.js';
import { ApiError, internalError } from './api-error.js';
import { makeKey } from './make-key.js';
import { SESSION_TYPES } from './parameters.js';
import { openSession, sessionMarks } from './session.js';
import { type Account, findAccount, findRole } from './world.js';

const isRightSecret = ({ adminSecret, userSecret }: Account, secret: string, type: number): boolean =>
  secret === adminSecret.reveal() || (type === 0 && secret === userSecret.reveal());

/**
 * Starts a session like the real action, which shortens a long lifetime and checks `setrole` (docs/kaltura-facts.md
 * 5.3, 2.5).
 */
export const sessionStart: Action = {
  reach: 'anyone',
  prepare(parameters) {
    const secret = parameters.text('secret');
    const userId = parameters.text('userId', '');
    const type = parameters.choice('type', SESSION_TYPES) ?? 0;
    const partnerId = parameters.integer('partnerId', 0);
    const expiry = parameters.integer('expiry', DAY);
    const privileges = parameters.text('privileges', '');
    return (call) => {
      // The role comes before the secret (docs/kaltura-facts.md 2.5).
      const roleNames = privilegePairs(privileges).flatMap(([name, value]) => (name === 'setrole' ? [value] : []));
      if (roleNames.some((name) => name !== 'null' && findRole(call.data, partnerId, name) === undefined)) {
        throw new ApiError('UNKNOWN_ROLE_ID', 'Unknown role id');
      }
      const account = findAccount(call.data, partnerId);
      if (account === undefined || !isRightSecret(account, secret, type)) {
        throw new ApiError('START_SESSION_ERROR', `Error while starting session for partner [${partnerId}]`, {
          PID: String(partnerId),
        });
      }
      const lifetime = Math.min(expiry, account.maxLifetime || DAY);
      return makeKey({ account, type, userId, privileges, lifetime }, call).ks;
    };
  },
};

/**
 * Opens a public session. Needs no secret and works for blocked accounts, so it shows whether an account exists
 * (docs/kaltura-facts.md 5.7).
 */
export const sessionStartWidgetSession: Action = {
  reach: 'anyone',
  prepare(parameters) {
    const widgetId = parameters.text('widgetId');
    const expiry = parameters.integer('expiry', DAY);
    return (call) => {
      const account = /^_\d+$/.test(widgetId) ? findAccount(call.data, Number(widgetId.slice(1))) : undefined;
      if (account === undefined) {
        throw new ApiError('INVALID_WIDGET_ID', `Unknown widget [${widgetId}]`, { WIDGET_ID: widgetId });
      }
      const lifetime = Math.min(expiry, account.maxLifetime || expiry);
      const widget = { account, type: 0, userId: '0', privileges: 'view:*,widget:1', lifetime };
      const { ks } = makeKey(widget, call);
      return { partnerId: account.partnerId, ks, userId: 0, objectType: 'KalturaStartWidgetSessionResponse' };
    };
  },
};

/**
 * Returns the fields of a key, all as text. For another key of the account, it doesn't say whether that key is still
 * valid (docs/kaltura-facts.md 3.2).
 */
export const sessionGet: Action = {
  reach: 'account',
  prepare(parameters) {
    const asked = parameters.text('session', '');
    return (call) => {
      const own = sessionOf(call);
      const session = asked === '' ? own : openSession(asked, call.data);
      if (session === null) throw internalError();
      const { fields } = session;
      if (fields.partnerId !== own.fields.partnerId) {
        const [accessing, accessed] = [String(own.fields.partnerId), String(fields.partnerId)];
        throw new ApiError('PARTNER_ACCESS_FORBIDDEN', `Partner [${accessing}] cannot access partner [${accessed}]`, {
          ACCESSING_PID: accessing,
          ACCESSED_PID: accessed,
        });
      }
      return {
        ks: null,
        sessionType: String(fields.type),
        partnerId: String(fields.partnerId),
        userId: fields.userId,
        expiry: String(fields.expiresAt),
        privileges: fields.privileges,
        objectType: 'KalturaSessionInfo',
      };
    };
  },
};

export const sessionEnd: Action = {
  reach: 'anyone',
  prepare: () => (call) => {
    if (call.session !== null) for (const mark of sessionMarks(call.session)) call.data.memory.ended.add(mark);
    return null;
  },
};
