import { formatJsonText, namesAt, valueAt } from '../../kaltura/calls/answer-text.js';
import { DEEPEST_JSON, TooDeepError } from '../../kaltura/calls/json-tokens.js';
import { type MaskedAnswer, type MaskOptions, maskAnswer } from '../../kaltura/calls/mask-answer.js';
import { sanitizeText } from '../../kaltura/redact.js';
import { similarNames } from '../../kaltura/similar-names.js';
import type { CommandRun, Flags } from '../shared/command-call.js';
import { CommandError, UsageError } from '../shared/exit-codes.js';
import { printableJson } from '../shared/report.js';

/** Returns the parts of `--field objects.0.id`; null without the flag. @throws {UsageError} */
export function fieldPath(flags: Flags): readonly string[] | null {
  const field = flags['field'];
  if (typeof field !== 'string') return null;
  const path = field.split('.');
  if (path.some((part) => part === '')) {
    throw new UsageError('--field needs names and indexes joined by dots, such as objects.0.id.');
  }
  return path;
}

const LONGEST_NAME = 60;

interface PrintOptions extends MaskOptions {
  /** The field to print; null for the whole answer. */
  readonly path: readonly string[] | null;
  /** Whether the key lists only the entries of its user. */
  readonly listsOwnEntries: boolean;
}

/**
 * Prints an answer: formatted on a terminal, and as the server wrote it elsewhere. Masks the secrets.
 * @throws {CommandError} if the answer doesn't have the field, the field is masked, or the answer is too deeply nested
 */
export function printAnswer(body: string, options: PrintOptions, { runtime, report }: CommandRun): void {
  const { stdout } = runtime;
  const { path } = options;
  const json = body.replace(/^\uFEFF/, '');
  const { text: masked, count } = maskedAnswer(json, options);
  const show = (shown: string): string => (stdout.isTTY ? `${printableJson(formatJsonText(shown))}\n` : shown);
  if (path !== null) {
    if (valueAt(masked, path) === null) throw fieldNotFound(masked, path, options);
    stdout.write(fieldText(valueAt(masked, path) ?? '', valueAt(json, path), show));
  }
  if (path === null) stdout.write(show(masked));
  const isMasked = path === null ? count > 0 : valueAt(masked, path) !== valueAt(json, path);
  if (!isMasked) return;
  report.say(
    options.showsSecrets
      ? 'The answer repeats the key or another secret that was sent. It is masked as [secret].'
      : 'Secrets in the answer are masked as [secret]. --show-secrets prints them, except for the key of this call.',
  );
}

function maskedAnswer(json: string, options: MaskOptions): MaskedAnswer {
  try {
    return maskAnswer(json, options);
  } catch (error) {
    if (!(error instanceof TooDeepError)) throw error;
    throw new CommandError(
      `The answer has more than ${DEEPEST_JSON} levels, so its secrets can’t be masked.`,
      'answer-too-deep',
    );
  }
}

const MOST_NAMED = 8;

/** Names the fields that the answer has at the first part of the path that is wrong. */
function fieldNotFound(json: string, path: readonly string[], options: PrintOptions): CommandError {
  const wrong = path.findIndex((_, index) => valueAt(json, path.slice(0, index + 1)) === null);
  const before = path.slice(0, wrong);
  const ofList = beyondList(json, before, path[wrong] ?? '', options);
  if (ofList !== null) return new CommandError(ofList, 'field-not-found');
  const names = namesAt(json, before).map((name) => sanitizeText(name, [], LONGEST_NAME));
  const similar = similarNames(path[wrong] ?? '', names);
  const shown = similar.length > 0 ? similar : names.slice(0, MOST_NAMED);
  const full = shown.map((name) => [...before, name].join('.'));
  const more = similar.length === 0 && names.length > MOST_NAMED ? ', …' : '';
  const hint =
    full.length === 0
      ? ''
      : similar.length > 0
        ? ` Did you mean ${full.join(' or ')}?`
        : ` It has: ${full.join(', ')}${more}.`;
  return new CommandError(`The answer has no field with the name in --field.${hint}`, 'field-not-found');
}

/** Says how long a list is that has no such index; null if it is no list, or the part of the path is no index. */
function beyondList(
  json: string,
  path: readonly string[],
  index: string,
  { listsOwnEntries }: PrintOptions,
): string | null {
  const isList = (path.length === 0 ? json : (valueAt(json, path) ?? '')).trimStart().startsWith('[');
  if (!isList || !/^\d+$/.test(index)) return null;
  const list = path.length === 0 ? 'The list' : `The list ${sanitizeText(path.join('.'), [], LONGEST_NAME)}`;
  const { length } = namesAt(json, path);
  if (length > 0) return `${list} in the answer has no index ${index}: its last index is ${length - 1}.`;
  const total = valueAt(json, ['totalCount']) === '0' ? ' (totalCount 0)' : '';
  const reason = listsOwnEntries ? ' A USER key lists only the entries of its user, unless it has list:*.' : '';
  return `${list} in the answer is empty${total}.${reason}`;
}

function fieldText(masked: string, original: string | null, show: (json: string) => string): string {
  const isWhole = /^[[{]/.test(masked);
  if (!isWhole && masked !== original) {
    throw new CommandError('The field contains a secret. To print it, add --show-secrets.', 'field-is-secret');
  }
  return masked.startsWith('"') ? `${JSON.parse(masked)}\n` : `${show(masked).trimEnd()}\n`;
}
