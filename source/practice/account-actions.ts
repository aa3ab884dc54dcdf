import { type Action, sessionOf } from './action.js';
import { ApiError } from './api-error.js';
import { listAnswer } from './lists.js';
import type { ApiValue } from './response-format.js';
import { findPermission, rolesOf } from './world.js';

/** The fields of `KalturaPartner`, in the order of the real server. In XML, those without a value are empty elements. */
const PARTNER_FIELDS = `
  id name website notificationUrl appearInSearch createdAt adminName adminEmail description commercialUse landingPage
  userLandingPage contentCategories type phone describeYourself adultContent defConversionProfileType notify status
  allowQuickEdit mergeEntryLists notificationsConfig allowedFromEmailWhiteList maxUploadSize partnerPackage secret
  adminSecret cmsPassword allowMultiNotification adminLoginUsersQuota adminUserId firstName lastName country state
  additionalParams publishersQuota partnerGroupType defaultEntitlementEnforcement defaultDeliveryType
  defaultEmbedCodeType deliveryTypes embedCodeTypes templatePartnerId ignoreSeoLinks useTwoFactorAuthentication useSso
  blockDirectLogin host cdnHost isFirstLogin logoutUrl partnerParentId crmId referenceId timeAlignedRenditions
  publisherEnvironmentType ovpEnvironmentUrl ottEnvironmentUrl eSearchLanguages authenticationType
  extendedFreeTrailExpiryReason extendedFreeTrailExpiryDate extendedFreeTrail extendedFreeTrailEndsWarning
  eightyPercentWarning usageLimitWarning lastFreeTrialNotificationDay monitorUsage passwordStructureValidations
  passwordStructureValidationsDescription passReplaceFreq maxLoginAttempts loginBlockPeriod numPrevPassToKeep
  allowDefaultPasswordRestrictions twoFactorAuthenticationMode isSelfServe allowedDomains excludedAdminRoleName
  eventPlatformAllowedTemplates verticalClassificationId recycleBinRetentionPeriod customAnalyticsDomain
  allowedEmailDomainsForAdmins externalIdentifier
`;

/**
 * Returns the account with its secrets to any ADMIN key, like the real server (docs/kaltura-facts.md 8a). Callers must
 * drop the secrets.
 */
export const partnerGetInfo: Action = {
  reach: 'account',
  prepare: () => (call) => {
    const { account } = sessionOf(call);
    const values: Readonly<Record<string, ApiValue | undefined>> = {
      ...account.info,
      id: account.partnerId,
      secret: account.userSecret.reveal(),
      adminSecret: account.adminSecret.reveal(),
      defaultEntitlementEnforcement: account.defaultEntitlementEnforcement,
    };
    const fields = PARTNER_FIELDS.trim().split(/\s+/);
    return {
      ...Object.fromEntries(fields.map((name) => [name, values[name] ?? null])),
      objectType: 'KalturaPartner',
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
    return listAnswer(roles, parameters, 'KalturaUserRoleListResponse');
  },
};
