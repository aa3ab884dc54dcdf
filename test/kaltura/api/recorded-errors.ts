import { ApiError, type ApiParameters, callApi, NotKalturaError } from '../../../source/kaltura/api/client.js';
import { knownArguments } from '../../../source/kaltura/api/known-arguments.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { actionOf, allRecordings, type Recording } from './recorded-http.js';

/** An error of the real server, with its request. A multirequest can have several. */
export interface RecordedError {
  readonly name: string;
  /** The action in lower case, such as `session.start`, or `(none)` if the request has none. */
  readonly action: string;
  readonly form: Readonly<Record<string, string>>;
  readonly failure: ApiError | NotKalturaError;
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly args: Readonly<Record<string, string>>;
}

const ENTITIES: Readonly<Record<string, string>> = { '&quot;': '"', '&lt;': '<', '&gt;': '>', '&amp;': '&' };

const decoded = (xml: string): string => xml.replaceAll(/&(quot|lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity);

const tag = (xml: string, name: string): string =>
  decoded(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1] ?? '');

/** The `<error>` elements of an answer, by position in a multirequest (docs/kaltura-facts.md 3.4). */
function inXml(body: string): (Refusal | null)[] {
  const items = body.includes('<result><item>') ? body.split(/(?<=<result>|<\/item>)(?=<item>)/).slice(1) : [body];
  return items.map((item) => {
    const error = /<error>([\s\S]*)<\/error>/.exec(item)?.[1];
    if (error === undefined) return null;
    const args = [...error.matchAll(/<name>([^<]*)<\/name><value>([^<]*)<\/value>/g)];
    return {
      code: tag(error, 'code'),
      message: tag(error, 'message'),
      args: Object.fromEntries(args.map(([, key = '', value = '']) => [key, decoded(value)])),
    };
  });
}

/** Reads PHP's serialization format, `s:4:"code";s:19:"…";`. The arguments are in a map of their own. */
function inPhp(body: string): Refusal {
  const pairs = [...body.matchAll(/s:\d+:"([^"]*)";s:\d+:"([^"]*)";/g)].map(([, key = '', value = '']) => [key, value]);
  const { code = '', message = '', objectType: _, ...args } = Object.fromEntries(pairs);
  return { code, message, args };
}

const isError = (value: unknown): value is Refusal =>
  (value as { objectType?: unknown } | null)?.objectType === 'KalturaAPIException';

function refusalsIn(body: string): (Refusal | null)[] {
  if (body.includes('<error>')) return inXml(body);
  if (/^[a-z]:\d/.test(body)) return [inPhp(body)];
  // JSONP wraps the answer in a call.
  const answer: unknown = JSON.parse(body.replace(/^\w+\((.*)\);$/s, '$1'));
  return (Array.isArray(answer) ? answer : [answer]).map((item) => (isError(item) ? item : null));
}

const actionAt = (recording: Recording, index: number): string => {
  const { form, path } = recording;
  const inMulti = form[`${index + 1}:service`];
  return (
    (inMulti === undefined ? actionOf(path) : `${inMulti}.${form[`${index + 1}:action`]}`)?.toLowerCase() ?? '(none)'
  );
};

const SECRETS = ['secret', 'password', 'ks', 'session', 'tokenHash', 'otp'];

const parametersOf = ({ form }: Recording): ApiParameters =>
  Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, SECRETS.includes(name) ? new Secret(value) : value]),
  );

/** The error that this program reads from an answer, or null if there is none. */
async function failureOf(recording: Recording, action: string): Promise<ApiError | NotKalturaError | null> {
  try {
    await callApi(async () => recording.response, 'https://api.eu.kaltura.com', action, parametersOf(recording));
    return null;
  } catch (failure) {
    if (failure instanceof ApiError || failure instanceof NotKalturaError) return failure;
    throw failure;
  }
}

/** Whether the answer is an error in any format, or is empty. */
const isRefusal = ({ response }: Recording): boolean =>
  /KalturaAPIException/.test(response.body) ||
  response.status >= 300 ||
  (response.headers['x-kaltura'] ?? '').startsWith('error-');

async function errorsIn(recording: Recording): Promise<RecordedError[]> {
  const { name, form, response } = recording;
  // A plain error in JSON, or an unreadable one: use what the program reads.
  const isOurs = form['format'] === '1' && !response.body.startsWith('[');
  if (isOurs || response.body === '') {
    const action = actionAt(recording, 0);
    const failure = await failureOf(recording, action);
    return failure === null ? [] : [{ name, action, form, failure }];
  }
  return refusalsIn(response.body).flatMap((refusal, index) => {
    if (refusal === null) return [];
    const action = actionAt(recording, index);
    const supportReference = response.headers['x-kaltura-session'] ?? null;
    const args = knownArguments(refusal.args, parametersOf(recording));
    const answer = `${refusal.code}\n${refusal.message}\nX-Kaltura-Session: ${supportReference}`;
    return [
      { name, action, form, failure: new ApiError({ code: refusal.code, args, answer, action, supportReference }) },
    ];
  });
}

/** Every recorded error, of every action and in every format. */
export const recordedErrors = async (): Promise<readonly RecordedError[]> =>
  (await Promise.all(allRecordings.filter(isRefusal).map(errorsIn))).flat();
