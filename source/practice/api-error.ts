/** An error of the practice API (docs/kaltura-facts.md 3.4). Its HTTP status is always 200. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly args: Readonly<Record<string, string>>;

  constructor(
    readonly code: string,
    message: string,
    args: Readonly<Record<string, string>> = {},
  ) {
    super(withoutTags(message));
    this.args = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, withoutTags(value)]));
  }
}

/**
 * Removes tags up to the last `>` only: after it, the search for the end of a tag would scan the rest once for every
 * `<`.
 */
function withoutTags(text: string): string {
  const end = text.lastIndexOf('>') + 1;
  return text.slice(0, end).replaceAll(/<[^>]*>/g, '') + text.slice(end);
}

/**
 * @param subject the key as sent, or the reason why it is not valid: `EXPIRED`, `LOGOUT`… (docs/kaltura-facts.md 4.2)
 */
export const invalidKs = (subject: string): ApiError =>
  new ApiError('INVALID_KS', `Invalid KS "${subject}", Error "-1,INVALID_STR"`, {
    KSID: subject,
    ERR_CODE: '-1',
    ERR_DESC: 'INVALID_STR',
  });

/** @param action as the API spells it: `session->get` */
export const serviceForbidden = (action: string): ApiError =>
  new ApiError('SERVICE_FORBIDDEN', `The access to service [${action}] is forbidden`, { SERVICE: action });

export const contentBlocked = (): ApiError =>
  new ApiError(
    'SERVICE_FORBIDDEN_CONTENT_BLOCKED',
    'The access to this service is forbidden since the specified partner is blocked',
  );

export const missingParameter = (name: string): ApiError =>
  new ApiError('MISSING_MANDATORY_PARAMETER', `Missing parameter "${name}"`, { PARAM_NAME: name });

export const internalError = (): ApiError => new ApiError('INTERNAL_SERVERL_ERROR', 'Internal server error occurred');
