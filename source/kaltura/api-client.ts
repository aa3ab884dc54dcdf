import { ApiError, NotKalturaError, type NotKalturaWhat } from './api-errors.js';
import type { Http, HttpResponse } from './http.js';
import { asShown } from './redact.js';
import { Secret } from './secret.js';

export { ApiError, NotKalturaError, type NotKalturaWhat } from './api-errors.js';

/** By name; what is undefined is not sent. Secrets are revealed here, where they are sent, and nowhere before. */
export type ApiParameters = Readonly<Record<string, string | Secret | undefined>>;

/** The address of an action (facts 3.1), such as `session.start`. */
export function urlOfAction(serviceUrl: string, action: string): string {
  const [service, name] = action.split('.');
  return `${serviceUrl.replace(/\/+$/, '')}/api_v3/service/${service}/action/${name}`;
}

/**
 * Calls an action of the API and gives its answer as it came (facts 3.3: a bare value). A `ks` goes out only where it is among the
 * parameters: a bad one breaks even the actions that need none (facts 3.1).
 *
 * @param serviceUrl without `/api_v3`
 * @param action such as `session.start`
 * @throws {ApiError} the server said no
 * @throws {NotKalturaError} something answered, but not the API
 * @throws {ConnectionError} nothing answered
 */
export async function callApi(
  http: Http,
  serviceUrl: string,
  action: string,
  parameters: ApiParameters,
  signal?: AbortSignal,
): Promise<unknown> {
  const form: Record<string, string> = { format: '1' };
  const secrets: Secret[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    if (value instanceof Secret) secrets.push(value);
    form[name] = value instanceof Secret ? value.reveal() : value;
  }
  const response = await http({ url: urlOfAction(serviceUrl, action), form, signal });
  const answer = jsonOf(response, secrets);
  if (isApiException(answer)) throw apiErrorOf(answer, action, response, secrets);
  // An answer that is no API error always has the status 200 (facts 3.4): the rest comes from what stands before the API.
  if (response.status >= 300) throw notKaltura('wrong-shape', response, secrets);
  return answer;
}

function jsonOf(response: HttpResponse, secrets: readonly Secret[]): unknown {
  const { status, headers, body } = response;
  if (status >= 300 && status < 400) throw notKaltura('redirect', response, secrets);
  if (body.trim() === '') throw notKaltura('empty', response, secrets);
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    const isHtml =
      /text\/html/i.test(headers['content-type'] ?? '') || /^\s*<(!doctype html|html|head|body)/i.test(body);
    throw notKaltura(isHtml ? 'html' : 'not-json', response, secrets);
  }
}

function notKaltura(what: NotKalturaWhat, response: HttpResponse, secrets: readonly Secret[]): NotKalturaError {
  const location = response.headers['location'];
  return new NotKalturaError({
    what,
    status: response.status,
    location: location === undefined ? undefined : asShown(location, secrets, 200),
    excerpt: asShown(response.body, secrets, 120),
    supportReference: supportReferenceOf(response),
  });
}

/** `X-Kaltura-Session`, which Kaltura's support can look up (facts 3.5). */
function supportReferenceOf(response: HttpResponse): string | null {
  const reference = response.headers['x-kaltura-session'];
  return reference === undefined ? null : asShown(reference, [], 60);
}

interface ApiException {
  readonly code: string;
  readonly message: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** An error is known by its `objectType` alone: the status is 200, and the order of the fields differs (facts 3.4). */
function isApiException(answer: unknown): answer is ApiException {
  if (typeof answer !== 'object' || answer === null) return false;
  const { objectType, code, message } = answer as Record<string, unknown>;
  return objectType === 'KalturaAPIException' && typeof code === 'string' && typeof message === 'string';
}

function apiErrorOf(
  exception: ApiException,
  action: string,
  response: HttpResponse,
  secrets: readonly Secret[],
): ApiError {
  const { code, message, args } = exception;
  // A map, or an empty list where there are none (facts 3.4): which has no entries either.
  const entries = Object.entries(args ?? {}).map(([name, value]) => [name, asShown(String(value), secrets, 200)]);
  return new ApiError({
    // A code of the usual form holds no secret; redacting it could make it unknown, should a password be one of its words.
    code: /^[A-Z][A-Z0-9_]{2,80}$/.test(code) ? code : asShown(code, secrets, 80),
    message: asShown(message, secrets, 300),
    args: Object.fromEntries(entries),
    supportReference: supportReferenceOf(response),
    action,
  });
}
