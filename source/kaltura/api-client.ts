import { ApiError, NotKalturaError, type NotKalturaWhat } from './api-errors.js';
import type { Http, HttpResponse } from './http.js';
import { asShown, isSecret } from './redact.js';
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
    supportReference: supportReferenceOf(response, secrets),
  });
}

/** `X-Kaltura-Session`, which Kaltura's support can look up (facts 3.5). */
function supportReferenceOf(response: HttpResponse, secrets: readonly Secret[]): string | null {
  const reference = response.headers['x-kaltura-session'];
  return reference === undefined ? null : asShown(reference, secrets, 60);
}

interface ApiException {
  readonly code: string;
  readonly message: string;
  readonly args: unknown;
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
  return new ApiError({
    code: wordOf(code, secrets),
    message: asShown(message, secrets, 300),
    args: argumentsOf(args, secrets),
    supportReference: supportReferenceOf(response, secrets),
    action,
  });
}

/** A code, or the name of an argument. Redacting one of the usual form could make it unknown, should a password be a piece of it. */
function wordOf(word: string, secrets: readonly Secret[]): string {
  const isUsual = /^[A-Z][A-Z0-9_]{1,80}$/.test(word) && !isSecret(word, secrets);
  return isUsual ? word : asShown(word, secrets, 80);
}

/** Kaltura's own errors have three at most. */
const MOST_ARGUMENTS = 20;

/** A map, or an empty list where there are none (facts 3.4): which has no entries either. */
function argumentsOf(args: unknown, secrets: readonly Secret[]): Readonly<Record<string, string>> {
  if (typeof args !== 'object' || args === null) return {};
  const entries = Object.entries(args).slice(0, MOST_ARGUMENTS);
  return Object.fromEntries(
    entries.map(([name, value]) => [wordOf(name, secrets), asShown(textOf(value), secrets, 200)]),
  );
}

/** Kaltura sends texts. What else came is written as JSON: a text made in any other way would run what came, `toString` first of all. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value);
  } catch {
    // Nested more deeply than can be written.
    return '…';
  }
}
