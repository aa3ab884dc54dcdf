import { type ReportedFix, UsageError } from './exit-codes.js';

/** A value that a command needs, and where it can come from: `the partner ID`, `--partner or KALTURA_PARTNER_ID`. */
export interface MissingValue {
  readonly what: string;
  readonly from: string;
}

/**
 * Returns the error about missing values: one in the line of the error, several in lines of their own.
 * @param more what else helps, as a sentence
 */
export function missing(
  values: readonly MissingValue[],
  { more = '', fixes = [] }: { readonly more?: string; readonly fixes?: readonly ReportedFix[] } = {},
): UsageError {
  const [first] = values;
  const hint = more === '' ? '' : ` ${more}`;
  if (first !== undefined && values.length === 1) {
    return new UsageError(`Missing: ${first.what} (${first.from}).${hint}`, 'missing-input', { fixes });
  }
  const lines = values.map(({ what, from }) => `${what}: ${from}`);
  const message = ['Missing:', ...lines.map((line) => `  ${line}`), ...(more === '' ? [] : [more])].join('\n');
  const headline = `Missing: ${values.map(({ what }) => what).join(', ')}`;
  return new UsageError(message, 'missing-input', { headline, causes: lines, fixes });
}
