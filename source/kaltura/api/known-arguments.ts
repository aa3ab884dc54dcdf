import type { ApiParameters } from './client.js';

/** The arguments that advice on an error depends on (docs/kaltura-facts.md 4). */
const NAMES = [
  'KSID',
  'ERR_DESC',
  'PID',
  'ID',
  'ENTRY_ID',
  'PARAM_NAME',
  'FIELD_NAME',
  'PROP_NAME',
  'XML_FIELD',
] as const;

/** Words that Kaltura uses in arguments (docs/kaltura-facts.md 4.2). */
const WORDS = [
  'EXPIRED',
  'LOGOUT',
  'EXCEEDED_ACTIONS_LIMIT',
  'EXCEEDED_RESTRICTED_IP',
  'EXCEEDED_RESTRICTED_URI',
  'INVALID_TYPE',
  'INVALID_PARTNER',
  'INVALID_USER',
  'LKS_DISABLED',
  'INVALID_STR',
  'N/A',
  '0',
];

/** The fields of the calls that this program makes, and of the recorded calls. */
const FIELDS = [
  'category',
  'description',
  'entryId',
  'expiry',
  'hashType',
  'id',
  'impersonatedPartnerId',
  'ks',
  'loginId',
  'otp',
  'partnerId',
  'password',
  'privileges',
  'secret',
  'session',
  'sessionDuration',
  'sessionPrivileges',
  'sessionType',
  'sessionUserId',
  'status',
  'tokenHash',
  'type',
  'userId',
  'widgetId',
];

/**
 * Returns the arguments of an error that have a value known beforehand: a word of Kaltura's, the name of a field, or a value that was
 * sent and is not secret. Any other value becomes '', because a server can repeat what it received, in any encoding.
 */
export function knownArguments(args: unknown, sent: ApiParameters): Readonly<Record<string, string>> {
  if (typeof args !== 'object' || args === null) return {};
  const known = new Set([...WORDS, ...FIELDS, ...Object.values(sent).filter((value) => typeof value === 'string')]);
  const fields = args as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    NAMES.filter((name) => Object.hasOwn(fields, name)).map((name) => {
      // Drop the class name in `KalturaAppToken::partnerId`.
      const value = typeof fields[name] === 'string' ? fields[name].replace(/^KalturaAppToken::/, '') : '';
      return [name, known.has(value) ? value : ''];
    }),
  );
}
