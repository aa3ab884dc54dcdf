import { ConnectionError } from './http.js';

/**
 * Matches words in capitals joined by `_`, the form of all Kaltura codes (docs/kaltura-facts.md 4). Hex numbers and
 * most passwords do not match.
 */
const CODE = /^(?=.{3,64}$)[A-Z]+(_[A-Z0-9]+)+$/;

/** The server rejected a call. Only `answer` contains the server's own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /**
   * The error code, such as `START_SESSION_ERROR` (docs/kaltura-facts.md 4); '' if the server sent nothing in the form
   * of a code.
   */
  readonly code: string;
  /** The error's arguments. Only values known in advance are kept; all others are ''. */
  readonly args: Readonly<Record<string, string>>;
  /** The reference number that Kaltura's support can look up. */
  readonly supportReference: string | null;
  /** The action that was called, such as `session.start`. */
  readonly action: string;
  /**
   * The server's answer, one or more lines, with the sent secrets masked. Show it only on request: it can repeat what
   * was sent.
   */
  readonly answer: string;

  constructor(what: {
    readonly code: string;
    readonly args?: Readonly<Record<string, string>>;
    readonly supportReference?: string | null;
    readonly action: string;
    readonly answer?: string;
  }) {
    const code = CODE.test(what.code) ? what.code : '';
    super(code === '' ? 'an error without a usable code' : code);
    this.code = code;
    this.args = what.args ?? {};
    this.supportReference = what.supportReference ?? null;
    this.action = what.action;
    this.answer = what.answer ?? code;
  }
}

/** `wrong-shape`: JSON that is neither an API error nor a valid answer to the action. */
export type NotKalturaKind = 'html' | 'empty' | 'redirect' | 'not-json' | 'wrong-shape';

/** Something answered that is not the Kaltura API: a proxy, a login page, another server, or a crash (docs/kaltura-facts.md 3.4). */
export class NotKalturaError extends Error {
  override readonly name = 'NotKalturaError';
  readonly what: NotKalturaKind;
  readonly status: number;
  /** Whether a redirect points to an https URL. */
  readonly leadsToHttps: boolean;
  /** The start of the answer, one or more lines, with the sent secrets masked. Show it only on request. */
  readonly answer: string;

  constructor(what: {
    readonly what: NotKalturaKind;
    readonly status: number;
    readonly leadsToHttps?: boolean;
    readonly answer?: string;
  }) {
    super(`${what.what} (HTTP ${what.status})`);
    this.what = what.what;
    this.status = what.status;
    this.leadsToHttps = what.leadsToHttps ?? false;
    this.answer = what.answer ?? `HTTP ${what.status}\n(the answer is not shown: it can contain a session key)`;
  }
}

/** Returns the error for JSON that has another shape than the answer to the action. It doesn't take the answer, which can contain a key or a token's value. */
export const wrongShape = (): NotKalturaError => new NotKalturaError({ what: 'wrong-shape', status: 200 });

/** Everything that a request to a Kaltura server can end with, other than its answer. */
export type RequestError = ApiError | NotKalturaError | ConnectionError;

export const isRequestError = (error: unknown): error is RequestError =>
  error instanceof ApiError || error instanceof NotKalturaError || error instanceof ConnectionError;
