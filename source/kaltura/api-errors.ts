/** The server said no. All texts are redacted already: it echoes keys and secrets in its messages (facts 4.2). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** `START_SESSION_ERROR`…; facts section 4. */
  readonly code: string;
  readonly args: Readonly<Record<string, string>>;
  /** What Kaltura's support can look the request up by. */
  readonly supportReference: string | null;
  /** The action that was called, such as `session.start`. */
  readonly action: string;

  constructor(what: {
    readonly code: string;
    readonly message: string;
    readonly args?: Readonly<Record<string, string>>;
    readonly supportReference?: string | null;
    readonly action: string;
  }) {
    super(what.message);
    this.code = what.code;
    this.args = what.args ?? {};
    this.supportReference = what.supportReference ?? null;
    this.action = what.action;
  }
}

/** `wrong-shape`: JSON, but neither an error of the API nor what the action answers. */
export type NotKalturaWhat = 'html' | 'empty' | 'redirect' | 'not-json' | 'wrong-shape';

/** Something answered that is not the Kaltura API: a proxy, a login page, another server, or a crash (facts 3.4). */
export class NotKalturaError extends Error {
  override readonly name = 'NotKalturaError';
  readonly what: NotKalturaWhat;
  readonly status: number;
  /** Where a redirect points. */
  readonly location: string | undefined;
  /** The beginning of the answer, printable and redacted. */
  readonly excerpt: string;
  readonly supportReference: string | null;

  constructor(what: {
    readonly what: NotKalturaWhat;
    readonly status: number;
    readonly location?: string | undefined;
    readonly excerpt: string;
    readonly supportReference?: string | null;
  }) {
    super(`${what.what} (HTTP ${what.status})`);
    this.what = what.what;
    this.status = what.status;
    this.location = what.location;
    this.excerpt = what.excerpt;
    this.supportReference = what.supportReference ?? null;
  }
}
