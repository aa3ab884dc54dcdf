import { type Action, sessionOf } from './action.js';
import { ApiError } from './api-error.js';
import { filterObjects, listAnswer } from './content-actions.js';
import { findPermission, rolesOf } from './world.js';

/** It tells the account's secrets to any ADMIN key, as the real one does (docs/kaltura-facts.md 8a): who asks must drop them. */
export const partnerGetInfo: Action = {
  reach: 'account',
  prepare: () => (call) => {
    const { account } = sessionOf(call);
    return {
      ...account.info,
      id: account.partnerId,
      secret: account.userSecret.reveal(),
      adminSecret: account.adminSecret.reveal(),
      defaultEntitlementEnforcement: account.defaultEntitlementEnforcement,
    };
  },
};

/** A feature that the account does not have is an ID that is not known (docs/kaltura-facts.md 5.10). */
export const permissionGet: Action = {
  reach: 'account',
  prepare(parameters) {
    const name = parameters.text('permissionName');
    return (call) => {
      const permission = findPermission(sessionOf(call).account, name);
      if (permission === undefined)
        throw new ApiError('INVALID_OBJECT_ID', `Invalid object id [${name}]`, { ID: name });
      return permission;
    };
  },
};

/** The roles that `setrole` may name: the account's own, and the server's. */
export const userRoleList: Action = {
  reach: 'account',
  prepare: (parameters) => (call) => {
    const roles = rolesOf(call.data, sessionOf(call).account.partnerId).map(({ object }) => object);
    return listAnswer(filterObjects(roles, parameters), parameters, 'KalturaUserRoleListResponse');
  },
};
