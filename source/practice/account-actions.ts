import { type Action, sessionOf } from './action.js';
import { ApiError } from './api-error.js';
import { filterObjects, listAnswer } from './content-actions.js';
import { findPermission, rolesOf } from './world.js';

/**
 * Returns the account with its secrets to any ADMIN key, like the real server (docs/kaltura-facts.md 8a). Callers must
 * drop the secrets.
 */
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

/**
 * Returns a permission. For a feature that the account doesn't have, the ID is unknown (docs/kaltura-facts.md 5.10).
 */
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

/** Lists the roles that `setrole` can name: the account's own and the server's. */
export const userRoleList: Action = {
  reach: 'account',
  prepare: (parameters) => (call) => {
    const roles = rolesOf(call.data, sessionOf(call).account.partnerId).map(({ object }) => object);
    return listAnswer(filterObjects(roles, parameters), parameters, 'KalturaUserRoleListResponse');
  },
};
