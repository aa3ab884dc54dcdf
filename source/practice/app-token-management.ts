import { Secret } from '../kaltura/secret.js';
import { type Action, type Call, secondsNow, sessionOf } from './action.js';
import { ApiError, missingParameter } from './api-error.js';
import { findAppToken } from './app-token-sessions.js';
import { listAnswer } from './lists.js';
import { type Enumeration, type Parameters, SESSION_TYPES } from './parameters.js';
import type { ApiObject } from './response-format.js';
import { groupMark } from './session.js';
import type { Account, AppToken, PracticeData } from './world.js';

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

/** The fields that a request can set. One that is null stays open, which differs from an empty one. */
type Settings = Pick<
  AppToken,
  'hashType' | 'expiresAt' | 'sessionType' | 'userId' | 'duration' | 'privileges' | 'description'
>;

const NO_SETTINGS: Settings = {
  hashType: 'SHA1',
  expiresAt: null,
  sessionType: null,
  userId: null,
  duration: null,
  privileges: null,
  description: null,
};

/**
 * Reads the settings of a token. Those that are not sent stay as they are (docs/kaltura-products.md 5).
 *
 * @param now epoch seconds
 * @throws {ApiError} if nothing is sent, or a field has a value outside its enumeration
 */
function readSettings(parameters: Parameters, present: Settings, now: number): Settings {
  if (parameters.inner('appToken').length === 0) throw missingParameter('appToken');
  const field = <T>(name: string, read: (name: string) => T, value: T | null): T | null => {
    const fullName = `appToken:${name}`;
    if (parameters.isNull(fullName)) return null;
    return parameters.raw(fullName) === undefined ? value : read(fullName);
  };
  const text = (name: string): string => parameters.text(name);
  parameters.choice('appToken:status', STATUSES);
  return {
    hashType: parameters.word('appToken:hashType', HASH_TYPES) ?? present.hashType,
    sessionType: field('sessionType', (name) => parameters.choice(name, SESSION_TYPES) ?? null, present.sessionType),
    expiresAt: field('expiry', (name) => readTime(parameters, name, now), present.expiresAt),
    duration: field('sessionDuration', (name) => parameters.integer(name, 0), present.duration),
    userId: field('sessionUserId', text, present.userId),
    privileges: field('sessionPrivileges', text, present.privileges),
    description: field('description', text, present.description),
  };
}

/** Ten years in seconds. */
const RELATIVE_BELOW = 315_360_000;

/** Reads a time. Small numbers, including 0, count from now; an empty text is 0, and -1 stays -1 (docs/kaltura-facts.md 5.8). */
function readTime(parameters: Parameters, name: string, now: number): number {
  const time = parameters.integer(name, 0);
  const isRelative = parameters.raw(name) !== '' && time !== -1 && Math.abs(time) < RELATIVE_BELOW;
  return isRelative ? now + time : time;
}

/**
 * @param present the token before an update. Sending its values again is allowed
 * @throws {ApiError} if a read-only field is changed
 */
function checkReadOnly(parameters: Parameters, present?: ApiObject): void {
  const changed = READ_ONLY.find((name) => {
    const sent = parameters.raw(`appToken:${name}`);
    return sent !== undefined && sent !== String(present?.[name]);
  });
  if (changed === undefined) return;
  const property = `KalturaAppToken::${changed}`;
  const message = `The property "${property}" cannot be updated`;
  throw new ApiError('PROPERTY_VALIDATION_NOT_UPDATABLE', message, { PROP_NAME: property });
}

/** @throws {ApiError} if the account neither has this user nor can create it (docs/kaltura-facts.md 5.8) */
function checkUser({ anonymousUser }: Account, userId: string | null): void {
  const isAnonymous = (userId === null && anonymousUser === 'null') || (userId === '' && anonymousUser === 'empty');
  if (isAnonymous || (userId !== null && USER_ID.test(userId))) return;
  const message = 'value in field [sessionUserId] is not valid';
  throw new ApiError('INVALID_FIELD_VALUE', message, { FIELD_NAME: 'sessionUserId' });
}

export const appTokenAdd: Action = {
  reach: 'account',
  prepare(parameters) {
    readSettings(parameters, NO_SETTINGS, 0);
    return (call) => {
      checkReadOnly(parameters);
      const { account } = sessionOf(call);
      const now = secondsNow(call);
      const settings = readSettings(parameters, NO_SETTINGS, now);
      checkUser(account, settings.userId);
      const token: AppToken = {
        ...settings,
        duration: settings.duration ?? account.maxLifetime,
        id: newId(call),
        partnerId: account.partnerId,
        token: new Secret(call.data.tokenValueOf(call.randomBytes(16))),
        isActive: true,
        createdAt: now,
        updatedAt: now,
      };
      call.data.memory.appTokens.set(token.id, token);
      return appTokenObject(token);
    };
  },
};

export const appTokenUpdate: Action = {
  reach: 'account',
  prepare(parameters) {
    const id = parameters.text('id');
    readSettings(parameters, NO_SETTINGS, 0);
    return (call) => {
      const present = findAppToken(call, id);
      checkReadOnly(parameters, appTokenObject(present));
      const now = secondsNow(call);
      const settings = readSettings(parameters, present, now);
      checkUser(sessionOf(call).account, settings.userId);
      const isChanged = Object.entries(settings).some(([name, value]) => value !== present[name as keyof Settings]);
      const token = { ...present, ...settings, updatedAt: isChanged ? now : present.updatedAt };
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
    const objectType = 'KalturaAppTokenListResponse';
    const userId = parameters.raw('filter:sessionUserIdEqual');
    // For a user whom the account does not know, there is not even an empty list (docs/kaltura-products.md 5).
    if (userId !== undefined && !isKnownUser(userId, own, partnerId, call.data)) {
      return { totalCount: 0, objects: null, objectType };
    }
    const objects = own.sort((one, other) => (one.id < other.id ? -1 : 1)).map(appTokenObject);
    return listAnswer(objects, parameters, objectType);
  },
};

const isKnownUser = (userId: string, tokens: readonly AppToken[], partnerId: number, { logins }: PracticeData) =>
  tokens.some((token) => token.userId === userId) ||
  logins.some((login) => login.loginId === userId && login.accounts.some((place) => place.partnerId === partnerId));

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
  updatedAt: token.updatedAt,
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
