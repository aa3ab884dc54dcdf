import { codeRepeatsSecret } from '../redact.js';
import { Secret } from '../secret.js';
import { ApiError, NotKalturaError, type NotKalturaKind } from './errors.js';
import type { Http, HttpRequest, HttpResponse } from './http.js';
import { knownArguments } from './known-arguments.js';
import { type ApiException, answerLines, isApiException, parseBody, supportReferenceOf } from './server-answer.js';

export { ApiError, NotKalturaError, wrongShape } from './errors.js';

/** Parameters by name. Undefined values are not sent. `callApi` reveals secrets only when it builds the request. */
export type ApiParameters = Readonly<Record<string, string | Secret | undefined>>;

/** Returns the URL of an action such as `session.start` (docs/kaltura-facts.md 3.1). */
export function urlOfAction(serviceUrl: string, action: string): string {
  const [service, name] = action.split('.');
  return `${serviceUrl.replace(/\/+$/, '')}/api_v3/service/${service}/action/${name}`;
}

/**
 * Calls an API action and returns its parsed answer, a bare value (docs/kaltura-facts.md 3.3). Sends a `ks` only if it
 * is among the parameters: an invalid one makes even public actions fail (docs/kaltura-facts.md 3.1).
 *
 * @param serviceUrl without `/api_v3`
 * @param action such as `session.start`
 * @param unsentSecrets secrets that the server knows and this call does not send; they are masked in errors too
 * @throws {ApiError} if the server rejects the call
 * @throws {NotKalturaError} if the answer is not from the API
 * @throws {ConnectionError} if there is no answer
 */
export async function callApi(
  http: Http,
  serviceUrl: string,
  action: string,
  parameters: ApiParameters,
  signal?: AbortSignal,
  unsentSecrets: readonly Secret[] = [],
): Promise<unknown> {
  return (await requestApi(http, { serviceUrl, action, parameters, signal, unsentSecrets })).answer;
}

export interface ApiRequest extends Pick<HttpRequest, 'files' | 'largestAnswer' | 'signal'> {
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  readonly action: string;
  readonly parameters: ApiParameters;
  readonly unsentSecrets?: readonly Secret[];
}

/** Does the same as `callApi`, and also returns the answer as the server wrote it. */
export async function requestApi(
  http: Http,
  { serviceUrl, action, parameters, unsentSecrets = [], ...rest }: ApiRequest,
): Promise<{ readonly answer: unknown; readonly body: string }> {
  const form: Record<string, string> = { format: '1' };
  const secrets: Secret[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    if (value instanceof Secret) secrets.push(value);
    form[name] = value instanceof Secret ? value.reveal() : value;
  }
  const known = [...secrets, ...unsentSecrets];
  const response = await http({ ...rest, url: urlOfAction(serviceUrl, action), form, secrets: known });
  const exchange: Exchange = { action, parameters, response, secrets: known };
  const answer = jsonOf(exchange);
  if (isApiException(answer)) throw apiErrorOf(answer, exchange);
  // The API always answers with status 200 (docs/kaltura-facts.md 3.4). Any other status comes from a proxy or web
  // server in front of it.
  if (response.status >= 300) throw notKaltura('wrong-shape', exchange);
  return { answer, body: response.body };
}

interface Exchange {
  readonly action: string;
  readonly parameters: ApiParameters;
  readonly response: HttpResponse;
  readonly secrets: readonly Secret[];
}

function jsonOf(exchange: Exchange): unknown {
  const { status, headers, body } = exchange.response;
  if (status >= 300 && status < 400) throw notKaltura('redirect', exchange);
  if (body.trim() === '') throw notKaltura('empty', exchange);
  const answer = parseBody(body);
  if (answer !== undefined) return answer;
  const isHtml = /text\/html/i.test(headers['content-type'] ?? '') || /^\s*<(!doctype html|html|head|body)/i.test(body);
  throw notKaltura(isHtml ? 'html' : 'not-json', exchange);
}

function notKaltura(what: NotKalturaKind, { response, secrets }: Exchange): NotKalturaError {
  const location = response.headers['location'] ?? '';
  return new NotKalturaError({
    what,
    status: response.status,
    leadsToHttps: location.startsWith('https://'),
    answer: answerLines(response, null, secrets).join('\n'),
  });
}

function apiErrorOf(exception: ApiException, { action, parameters, response, secrets }: Exchange): ApiError {
  // A known code contains letters only, so it can match a simple password by chance.
  const isSecret =
    secrets.some((secret) => secret.reveal() === exception.code) ||
    (/\d/.test(exception.code) && codeRepeatsSecret(exception.code, secrets));
  return new ApiError({
    code: isSecret ? '' : exception.code,
    args: knownArguments(exception.args, parameters),
    supportReference: supportReferenceOf(response, secrets),
    action,
    answer: answerLines(response, exception, secrets).join('\n'),
  });
}
