/** A role that every server has (docs/kaltura-facts.md 2.6). An account's own roles are addressed by number. */
export interface Role {
  /** The exact system name. `setrole` compares it with case and spaces. */
  readonly name: string;
  readonly meaning: string;
  readonly administrator: boolean;
  /** Whether the role is known to allow no more than a normal USER key. For most other roles only the name is known. */
  readonly narrow: boolean;
}

const role = (name: string, meaning: string): Role => ({ name, meaning, administrator: false, narrow: false });
const narrow = (name: string, meaning: string): Role => ({ ...role(name, meaning), narrow: true });

export const ROLES: readonly Role[] = [
  narrow('PLAYBACK_BASE_ROLE', 'playback only'),
  narrow('WIDGET_SESSION_ROLE', 'anonymous viewing'),
  narrow('UPLOAD_BASE_ROLE', 'uploading files, without media.add'),
  narrow('Basic User Session Role', 'what USER keys have anyway'),
  { ...role('Publisher Administrator', 'everything: what ADMIN keys have anyway'), administrator: true },
  narrow('No Session', 'only the actions that are always allowed'),
  role('CAPTURE_DEVICE_ROLE', 'capture devices'),
  role('WEBCAST_PRODUCER_DEVICE_ROLE', 'webcast devices'),
  role('CAPTIONS_EDITOR_ROLE', 'editing captions'),
  role('REPORT_VIEWER_ROLE', 'analytics reports'),
  role('KMC_ANALYTICS_ROLE', 'analytics in KMC'),
  role('EP_USER_ANALYTICS', 'analytics of events'),
  role('KMS_USER_ROLE', 'users of MediaSpace'),
  narrow('KMS_WEBCAST_WIDGET_SESSION_ROLE', 'webcast viewing in MediaSpace'),
  narrow('IVQ_WIDGET_SESSION_ROLE', 'viewing of video quizzes'),
  role('REACH_VENDOR_ROLE', 'vendors of captions and other services'),
  role('BULK_LOG_VIEWER', 'reading logs of bulk uploads'),
  role('EXTERNAL_INTEGRATION_SERVICES_ROLE', 'external integrations'),
  role('SSO_ADMIN_ROLE', 'managing single sign-on'),
  role('RESTORE_DELETED_ENTRY_ROLE', 'restoring deleted entries'),
  role('CONFIGURATION_EDITOR_ROLE', 'changing configurations'),
  role('CONFIGURATION_VIEW_ROLE', 'reading configurations'),
  role('KMS_RESTRICTED_ROLE', 'meant for restrictingrole, not for setrole'),
];

/** Checks whether a known role keeps an ADMIN key away from account secrets and most actions (docs/kaltura-facts.md 8a). */
export const isLimitingRole = (role: string): boolean =>
  role === 'null' || ROLES.some(({ name, administrator }) => name === role && !administrator);

export const ROLE_NAMES_WARNING =
  'Role names must be exact, including case and spaces: the administrator role is Publisher Administrator, and PARTNER_ADMIN_ROLE is unknown.';

/** Constant names in the server's code that look like system names but are not (docs/kaltura-facts.md 2.6, 5.10). */
const MISTAKEN = new Map([
  ['PARTNER_ADMIN_ROLE', 'Publisher Administrator'],
  ['BASE_USER_SESSION_ROLE', 'Basic User Session Role'],
]);

/**
 * Validates the value of `setrole`. Only the server knows whether the account has the role (docs/kaltura-facts.md
 * 2.5).
 */
export function checkRole(text: string): string | null {
  if (text.includes('/')) return 'Give one role: remove the / and the text after it.';
  if (/^[-+]?[\d.]+$/.test(text) && !/^[1-9]\d*$/.test(text)) return 'A role number is a whole number from 1.';
  const meant =
    MISTAKEN.get(text.toUpperCase()) ??
    ROLES.find((item) => item.name !== text && item.name.toLowerCase() === text.toLowerCase())?.name;
  return meant === undefined ? null : `Role names must be exact: write setrole:${meant}.`;
}
