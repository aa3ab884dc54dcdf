import type { Http } from '../kaltura/http.js';
import type { Paragraph } from '../wizard/paragraph.js';
import type { Flags } from './command-call.js';
import type { CommandRuntime } from './command-runtime.js';
import type { GivenKey } from './given-key.js';
import type { Report } from './report.js';

/** What every part of one check needs. */
export interface CheckRun {
  readonly key: GivenKey;
  readonly flags: Flags;
  readonly runtime: CommandRuntime;
  readonly report: Report;
  readonly http: Http;
  /** Ctrl-C gives it up, and what goes wrong is put in words. */
  readonly ask: <T>(act: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  /** To standard output, a line each; not where the result is for a program. */
  readonly print: (paragraphs: readonly Paragraph[]) => void;
}
