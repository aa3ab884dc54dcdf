import { partnerGetInfo, permissionGet, userRoleList } from './account-actions.js';
import { type Action, secondsNow } from './action.js';
import { ApiError } from './api-error.js';
import { appTokenAdd, appTokenDelete, appTokenGet, appTokenList, appTokenUpdate } from './app-token-management.js';
import { appTokenStartSession } from './app-token-sessions.js';
import {
  baseEntryCount,
  baseEntryGet,
  baseEntryList,
  categoryGet,
  categoryList,
  mediaList,
  uploadTokenList,
} from './content-actions.js';
import { userLoginByLoginId } from './login-action.js';
import type { Parameters } from './parameters.js';
import { sessionEnd, sessionGet, sessionStart, sessionStartWidgetSession } from './session-actions.js';

const ACTIONS: Readonly<Record<string, Readonly<Record<string, Action>>>> = {
  session: {
    start: sessionStart,
    startWidgetSession: sessionStartWidgetSession,
    get: sessionGet,
    end: sessionEnd,
  },
  user: { loginByLoginId: userLoginByLoginId },
  appToken: {
    startSession: appTokenStartSession,
    add: appTokenAdd,
    get: appTokenGet,
    list: appTokenList,
    update: appTokenUpdate,
    delete: appTokenDelete,
  },
  category: { get: categoryGet, list: categoryList },
  baseEntry: { get: baseEntryGet, list: baseEntryList, count: baseEntryCount },
  media: { list: mediaList },
  uploadToken: { list: uploadTokenList },
  partner: { getInfo: partnerGetInfo },
  permission: { get: permissionGet },
  userRole: { list: userRoleList },
  system: {
    ping: { reach: 'anyone', prepare: () => () => true },
    getTime: { reach: 'anyone', prepare: () => secondsNow },
  },
};

/**
 * Finds the requested action and its name as errors spell it: `session->get`. Names ignore case; an error about them
 * shows them in lower case (docs/kaltura-facts.md 4.2).
 *
 * @throws {ApiError} if there is no such service or action
 */
export function findAction(parameters: Parameters): { readonly name: string; readonly action: Action } {
  const serviceAsked = parameters.raw('service')?.toLowerCase() ?? '';
  const actionAsked = parameters.raw('action')?.toLowerCase() ?? '';
  if (serviceAsked === '') {
    throw new ApiError('SERVICE_NOT_SPECIFIED', 'Service name was not specified, please specify one');
  }
  const [serviceName, service] = entryOf(ACTIONS, serviceAsked);
  if (service === undefined) {
    throw new ApiError('SERVICE_DOES_NOT_EXISTS', `Service "${serviceAsked}" does not exists`, {
      SRV_NAME: serviceAsked,
    });
  }
  const [actionName, action] = entryOf(service, actionAsked);
  if (action === undefined) {
    throw new ApiError(
      'ACTION_DOES_NOT_EXISTS',
      `Action "${actionAsked}" does not exists for service "${serviceAsked}"`,
      { ACTION_NAME: actionAsked, SERVICE_NAME: serviceAsked },
    );
  }
  return { name: `${serviceName}->${actionName}`, action };
}

const entryOf = <T>(table: Readonly<Record<string, T>>, lowerCaseName: string): [string, T | undefined] =>
  Object.entries(table).find(([name]) => name.toLowerCase() === lowerCaseName) ?? ['', undefined];
