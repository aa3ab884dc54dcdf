import { ApiError, type NotKalturaError } from '../api-errors.js';
import { asShown } from '../redact.js';
import type { Secret } from '../secret.js';

/** Kaltura's own errors have three at most; what sends more must not fill the window. */
const MOST_ARGUMENTS = 6;

const LONGEST_LINE = 300;

/** The server's own words, redacted, a line each. */
export function serverAnswerOf(error: ApiError | NotKalturaError, secrets: readonly Secret[]): string {
  const shown = (line: string): string => asShown(line, secrets, LONGEST_LINE);
  const lines = error instanceof ApiError ? refusal(error, shown) : foreign(error, shown);
  const reference = error.supportReference;
  return [...lines, ...(reference === null ? [] : [`X-Kaltura-Session: ${shown(reference)}`])].join('\n');
}

type Shown = (line: string) => string;

/** The code and the action are words of Kaltura's, not of the person's: masking pieces of them would give a simple password away. */
function refusal(error: ApiError, shown: Shown): string[] {
  const args = Object.entries(error.args).map(([name, value]) => `${name} = ${value}`);
  const lines = [error.message, ...args.slice(0, MOST_ARGUMENTS)].map(shown);
  const more = args.length > MOST_ARGUMENTS ? [`(and ${args.length - MOST_ARGUMENTS} more)`] : [];
  return [error.code, ...lines, ...more, `action: ${error.action}`];
}

function foreign(error: NotKalturaError, shown: Shown): string[] {
  const location = error.location === undefined ? [] : [`Location: ${error.location}`];
  const excerpt = error.excerpt === '' ? '(nothing else)' : error.excerpt;
  return [`HTTP ${error.status}`, ...[...location, excerpt].map(shown)];
}
