import { Secret } from '../kaltura/secret.js';
import { type Action, type Call, secondsNow, sessionOf } from './action.js';
import { ApiError, missingParameter } from './api-error.js';
import { findAppToken } from './app-token-sessions.js';
import { filterObjects, listAnswer } from './content-actions.js';
import { type Enumeration, type Parameters, SESSION_TYPES } from './parameters.js';
import type { ApiObject } from './response-format.js';
import { groupMark } from './session.js';
import type { AppToken } from './world.js';

const HASH_TYPES: Enumeration<AppToken['hashType']> = {
  type: 'KalturaAppTokenHashType',
  values: ['MD5', 'SHA1', 'SHA256', 'SHA512'],
};

/** Disabled, active, deleted. */
const STATUSES: Enumeration<1 | 2 | 3> = { type: 'KalturaAppTokenStatus', values: [1, 2, 3] };

/** Fields that only the server sets. */
const READ_ONLY = ['id', 'token', 'partnerId', 'createdAt', 'updatedAt', 'status'];

/** User IDs that the server accepts for a user that it creates (docs/kaltura-facts.md 5.4). */
const USER_ID = /^[A-Za-z0-9,!#$%&'*+?^_`{|}~.@-]{1,320}$/;

/**
 * The fields of a requested token. A missing field is null and stays open, which differs from an empty one
 * (docs/kaltura-facts.md 5.8).
 */
export interface AskedAppToken
  extends Pick<AppToken, 'hashType' | 'sessionType' | 'duration' | 'userId' | 'privileges' | 'description'> {
  /** As sent: epoch seconds, or a small number of seconds from now. */
  readonly expiry: number | null;
}

/** @throws {ApiError} if nothing is sent, or a field has a value outside its enumeration */
function readAskedAppToken(parameters: Parameters): AskedAppToken {
  if (parameters.inner('appToken').length === 0) throw missingParameter('appToken');
  const isSent = (name: string): boolean => parameters.raw(`appToken:${name}`) !== undefined;
  const text = (name: string) => (isSent(name) ? parameters.text(`appToken:${name}`) : null);
  const number = (name: string) => (isSent(name) ? parameters.integer(`appToken:${name}`, 0) : null);
  parameters.choice('appToken:status', STATUSES);
  return {
    hashType: parameters.word('appToken:hashType', HASH_TYPES) ?? 'SHA1',
    sessionType: parameters.choice('appToken:sessionType', SESSION_TYPES) ?? null,
    expiry: number('expiry'),
    duration: number('sessionDuration'),
    userId: text('sessionUserId'),
    privileges: text('sessionPrivileges'),
    description: text('description'),
  };
}

/** @throws {ApiError} if a read-only field is set, or the user ID is missing or invalid */
function checkAskedAppToken(parameters: Parameters, { userId }: AskedAppToken): void {
  const readOnly = READ_ONLY.find((name) => parameters.raw(`appToken:${name}`) !== undefined);
  if (readOnly !== undefined) {
    const property = `KalturaAppToken::${readOnly}`;
    const message = `The property "${property}" cannot be updated`;
    throw new ApiError('PROPERTY_VALIDATION_NOT_UPDATABLE', message, { PROP_NAME: property });
  }
  if (userId === null || !USER_ID.test(userId)) {
    const message = 'value in field [sessionUserId] is not valid';
    throw new ApiError('INVALID_FIELD_VALUE', message, { FIELD_NAME: 'sessionUserId' });
  }
}

/** Ten years in seconds. Smaller values, including 0, count from now (docs/kaltura-facts.md 5.8). */
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
      call.data.memory.appTokens.set(token.id, token);
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

/**
 * Lists the tokens with their values, like the real server. Callers must drop the values (docs/kaltura-facts.md 5.8).
 */
export const appTokenList: Action = {
  reach: 'account',
  prepare: (parameters) => (call) => {
    const { partnerId } = sessionOf(call).account;
    const own = [...call.data.memory.appTokens.values()].filter((token) => token.partnerId === partnerId);
    const objects = own.sort((one, other) => (one.id < other.id ? -1 : 1)).map(appTokenObject);
    return listAnswer(filterObjects(objects, parameters), parameters, 'KalturaAppTokenListResponse');
  },
};

/**
 * Deletes a token and ends the sessions created from it, whose `sessionid` is the token's ID (docs/kaltura-facts.md
 * 5.8).
 */
export const appTokenDelete: Action = {
  reach: 'account',
  prepare(parameters) {
    const asked = parameters.text('id');
    return (call) => {
      const { id, partnerId } = findAppToken(call, asked);
      call.data.memory.appTokens.delete(id);
      call.data.memory.ended.add(groupMark(partnerId, id));
      return null;
    };
  },
};

/** Returns `0_` and eight digits or lower-case letters, the form of entry IDs (docs/kaltura-facts.md 7). */
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
