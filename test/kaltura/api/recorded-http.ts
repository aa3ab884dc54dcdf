import type { Http, HttpRequest, HttpResponse } from '../../../source/kaltura/api/http.js';
import entitlement from '../../fixtures/entitlement.json' with { type: 'json' };
import recordings from '../../fixtures/recordings.json' with { type: 'json' };

/** One exchange with the real server. */
export interface Recording {
  readonly name: string;
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly response: HttpResponse;
  /** When the server answered, in epoch milliseconds. */
  readonly at: number;
}

interface RawRecording {
  readonly name: string;
  readonly request: { readonly path: string; readonly body: string };
  readonly response: {
    readonly status: number;
    readonly date: string;
    readonly headers: object;
    readonly body: string;
  };
}

function readable({ name, request, response }: RawRecording): Recording {
  const [path = '', query = ''] = request.path.split('?');
  const headers = Object.entries(response.headers).map(([key, value]) => [key.toLowerCase(), String(value)]);
  return {
    name,
    path,
    form: Object.fromEntries(new URLSearchParams(`${query}&${request.body}`)),
    response: { status: response.status, headers: Object.fromEntries(headers), body: response.body },
    at: Date.parse(response.date),
  };
}

export const allRecordings: readonly Recording[] = [...recordings, ...entitlement].map(readable);

/** @param name the full name, or only its number */
export function recording(name: string): Recording {
  const found = allRecordings.find((one) => one.name === name || one.name.startsWith(`${name}-`));
  if (found === undefined) throw new Error(`No recording is called ${name}.`);
  return found;
}

/** Lower-case `service.action`, or undefined if the path has no action. */
export function actionOf(path: string): string | undefined {
  const found = /\/service\/([^/]+)\/action\/([^/]+)$/.exec(path);
  return found === null ? undefined : `${found[1]}.${found[2]}`.toLowerCase();
}

/** A recording to answer with, and how the expected request differs from the recorded one. */
export interface Stub {
  readonly name: string;
  /** Parameters that are new or changed; undefined for parameters that are no longer sent. */
  readonly but?: Readonly<Record<string, string | undefined>>;
}

export interface RecordedHttp {
  readonly http: Http;
  readonly requests: readonly HttpRequest[];
  /** @throws if a stub was not used */
  readonly assertAllUsed: () => void;
}

/** Answers from the recordings, in this order. Throws if a request differs from the next expected one, and names the difference. */
export function createRecordedHttp(stubs: readonly Stub[]): RecordedHttp {
  const waiting = [...stubs];
  const requests: HttpRequest[] = [];
  return {
    requests,
    http: async (request) => {
      requests.push(request);
      const stub = waiting.shift();
      if (stub === undefined) throw new Error(`An unexpected request: ${request.url}`);
      const { path, form, response } = recording(stub.name);
      const expected = JSON.stringify(sorted({ ...form, ...uncached(path), ...stub.but }));
      const sent = JSON.stringify(sorted(request.form));
      const sentPath = new URL(request.url).pathname;
      if (sentPath !== path) throw new Error(`${stub.name} answers ${path}, not ${sentPath}`);
      if (sent !== expected) throw new Error(`${stub.name} answers\n${expected}\nnot\n${sent}`);
      return response;
    },
    assertAllUsed: () => {
      if (waiting.length > 0) throw new Error(`Never asked for: ${waiting.map((stub) => stub.name).join(', ')}`);
    },
  };
}

/** Most recorded sessions were opened without `nocache=1`, which this program always sends. */
const uncached = (path: string) => (/^session\.start/.test(actionOf(path) ?? '') ? { nocache: '1' } : {});

function sorted(form: Readonly<Record<string, string | undefined>>): [string, string | undefined][] {
  return Object.entries(form)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
