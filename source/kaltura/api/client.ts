import { codeRepeatsSecret } from '../redact.js';
import { Secret } from '../secret.js';
import { ApiError, NotKalturaError, type NotKalturaKind } from './errors.js';
import type { Http, HttpResponse } from './http.js';
import { knownArguments } from './known-arguments.js';
import { type ApiException, answerLines, isApiException, parseBody, supportReferenceOf } from './server-answer.js';

export { ApiError, NotKalturaError, type NotKalturaKind } from './errors.js';

/** By name; what is undefined is not sent. Secrets are revealed here, where they are sent, and nowhere before. */
export type ApiParameters = Readonly<Record<string, string | Secret | undefined>>;

/** The address of an action (docs/kaltura-facts.md 3.1), such as `session.start`. */
export function urlOfAction(serviceUrl: string, action: string): string {
  const [service, name] = action.split('.');
  return `${serviceUrl.replace(/\/+$/, '')}/api_v3/service/${service}/action/${name}`;
}

/**
 * Calls an action of the API and gives its answer as it came (docs/kaltura-facts.md 3.3: a bare value). A `ks` goes out only where it is among the
 * parameters: a bad one breaks even the actions that need none (docs/kaltura-facts.md 3.1).
 *
 * @param serviceUrl without `/api_v3`
 * @param action such as `session.start`
 * @param unsentSecrets secrets that the server knows, but that are not sent in this call
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
  unsentSecrets: readonly Secret[] = [],
): Promise<unknown> {
  const form: Record<string, string> = { format: '1' };
  const secrets: Secret[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    if (value instanceof Secret) secrets.push(value);
    form[name] = value instanceof Secret ? value.reveal() : value;
  }
  const response = await http({
    url: urlOfAction(serviceUrl, action),
    form,
    secrets: [...secrets, ...unsentSecrets],
    signal,
  });
  const exchange: Exchange = { action, parameters, response, secrets: [...secrets, ...unsentSecrets] };
  const answer = jsonOf(exchange);
  if (isApiException(answer)) throw apiErrorOf(answer, exchange);
  // An answer that is no API error always has the status 200 (docs/kaltura-facts.md 3.4): the rest comes from what stands before the API.
  if (response.status >= 300) throw notKaltura('wrong-shape', exchange);
  return answer;
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
    supportReference: supportReferenceOf(response, secrets),
    answer: answerLines(response, null, secrets).join('\n'),
  });
}

function apiErrorOf(exception: ApiException, { action, parameters, response, secrets }: Exchange): ApiError {
  // A code that we know has letters only, and may contain a simple password by chance.
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
