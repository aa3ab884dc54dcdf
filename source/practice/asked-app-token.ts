import { ApiError, missingParameter } from './api-error.js';
import { type Enumeration, type Parameters, SESSION_TYPES } from './parameters.js';
import type { AppToken } from './world.js';

const HASH_TYPES: Enumeration<AppToken['hashType']> = {
  type: 'KalturaAppTokenHashType',
  values: ['MD5', 'SHA1', 'SHA256', 'SHA512'],
};

/** Disabled, active, deleted. */
const STATUSES: Enumeration<1 | 2 | 3> = { type: 'KalturaAppTokenStatus', values: [1, 2, 3] };

/** Those that the server alone sets. */
const READ_ONLY = ['id', 'token', 'partnerId', 'createdAt', 'updatedAt', 'status'];

/** Of whom the server would make a user where he is none yet (facts 5.4). */
const USER_ID = /^[A-Za-z0-9,!#$%&'*+?^_`{|}~.@-]{1,320}$/;

/** What a request says of a token that is to be made. What is not sent is null and stays open: another thing than what is sent empty (facts 5.8). */
export interface AskedAppToken
  extends Pick<AppToken, 'hashType' | 'sessionType' | 'duration' | 'userId' | 'privileges' | 'description'> {
  /** As it was sent: epoch seconds, or a small number of seconds from now. */
  readonly expiry: number | null;
}

/** @throws {ApiError} where nothing is sent, or a field is none of its enumeration */
export function readAskedAppToken(parameters: Parameters): AskedAppToken {
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

/** @throws {ApiError} where a field is set that must not be, or no user is named that could be one */
export function checkAskedAppToken(parameters: Parameters, { userId }: AskedAppToken): void {
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
