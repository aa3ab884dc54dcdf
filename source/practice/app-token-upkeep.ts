import { Secret } from '../kaltura/secret.js';
import { type Action, type Call, secondsNow, sessionOf } from './action.js';
import type { ApiObject } from './answer-format.js';
import { checkAskedAppToken, readAskedAppToken } from './asked-app-token.js';
import { findAppToken } from './kept-app-tokens.js';
import { filtered, listAnswer } from './list-answer.js';
import { groupMark } from './session.js';
import type { AppToken } from './world.js';

/** Ten years, in seconds: a smaller time counts from now, and so does 0 (facts 5.8). */
const RELATIVE_BELOW = 315_360_000;

export const appTokenAdd: Action = {
  reach: 'account',
  prepare(parameters) {
    const asked = readAskedAppToken(parameters);
    return (call) => {
      checkAskedAppToken(parameters, asked);
      const { account } = sessionOf(call);
      const now = secondsNow(call);
      const { expiry, ...fields } = asked;
      const token: AppToken = {
        ...fields,
        id: newId(call),
        partnerId: account.partnerId,
        token: new Secret(Buffer.from(call.randomBytes(16)).toString('hex')),
        isActive: true,
        createdAt: now,
        expiresAt: expiry !== null && Math.abs(expiry) < RELATIVE_BELOW ? now + expiry : expiry,
        duration: asked.duration ?? account.maxLifetime,
      };
      call.world.memory.appTokens.set(token.id, token);
      return appTokenObject(token);
    };
  },
};

export const appTokenGet: Action = {
  reach: 'account',
  prepare(parameters) {
    const id = parameters.text('id');
    return (call) => appTokenObject(findAppToken(call, id));
  },
};

/** With the values of all tokens, as the real one: who asks must drop them (facts 5.8). */
export const appTokenList: Action = {
  reach: 'account',
  prepare: (parameters) => (call) => {
    const { partnerId } = sessionOf(call).account;
    const own = [...call.world.memory.appTokens.values()].filter((token) => token.partnerId === partnerId);
    const objects = own.sort((one, other) => (one.id < other.id ? -1 : 1)).map(appTokenObject);
    return listAnswer(filtered(objects, parameters), parameters, 'KalturaAppTokenListResponse');
  },
};

/** Ends the sessions made from the token too: they share its ID as their `sessionid` (facts 5.8). */
export const appTokenDelete: Action = {
  reach: 'account',
  prepare(parameters) {
    const asked = parameters.text('id');
    return (call) => {
      const { id, partnerId } = findAppToken(call, asked);
      call.world.memory.appTokens.delete(id);
      call.world.memory.ended.add(groupMark(partnerId, id));
      return null;
    };
  },
};

/** `0_` and eight of digits and small letters, as entries have (facts 7). */
const newId = ({ randomBytes }: Call): string =>
  `0_${[...randomBytes(8)].map((byte) => (byte % 36).toString(36)).join('')}`;

const appTokenObject = (token: AppToken): ApiObject => ({
  id: token.id,
  token: token.token.reveal(),
  partnerId: token.partnerId,
  createdAt: token.createdAt,
  updatedAt: token.createdAt,
  status: token.isActive ? 2 : 1,
  expiry: token.expiresAt,
  sessionType: token.sessionType,
  sessionUserId: token.userId,
  sessionDuration: token.duration,
  sessionPrivileges: token.privileges,
  hashType: token.hashType,
  description: token.description,
  objectType: 'KalturaAppToken',
});
