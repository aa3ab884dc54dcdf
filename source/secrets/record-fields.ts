import { hasControlCharacter } from '../kaltura/invisible-characters.js';
import { LATEST_MOMENT } from '../kaltura/lifetime.js';

/** Reports an invalid field of a saved record. Its message never quotes the value, which may be a key. */
export class FieldProblem extends Error {
  override readonly name = 'FieldProblem';
}

export type RecordFields = Readonly<Record<string, unknown>>;

type Check<T> = (value: unknown) => value is T;

/** Parses the bytes of a file as JSON; undefined if they are not JSON in valid UTF-8. The parser's message would quote the text, which may be a key. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Checks whether a value is an object with named fields. */
export const isRecord = (value: unknown): value is RecordFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws {FieldProblem} if the value is not an object with named fields */
export function fieldsOf(value: unknown, what: string): RecordFields {
  if (!isRecord(value)) throw new FieldProblem(`${what} is not an object.`);
  return value;
}

/** Reads one field. Ignores inherited ones. `wanted` is a noun, or the choices. */
function read<T>(fields: RecordFields, name: string, wanted: string | readonly unknown[], is: Check<T>): T {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (value === undefined) throw new FieldProblem(`The field “${name}” is missing.`);
  if (!is(value)) {
    const what = typeof wanted === 'string' ? wanted : `one of ${wanted.join(', ')}`;
    throw new FieldProblem(`The field “${name}” is not ${what}.`);
  }
  return value;
}

/** Reads a required field of any type. */
export const present = (fields: RecordFields, name: string): unknown =>
  read(fields, name, 'there', (_value): _value is unknown => true);

const isText: Check<string> = (value): value is string => typeof value === 'string';

/** Reads a text without control characters, because anyone may have written the file. */
export function text(fields: RecordFields, name: string): string {
  const value = read(fields, name, 'a text', isText);
  if (!hasControlCharacter(value)) return value;
  throw new FieldProblem(`The field “${name}” has a control character.`);
}

export const textOrNull = (fields: RecordFields, name: string): string | null =>
  fields[name] === null ? null : text(fields, name);

/** Reads a whole number of at least `least`. */
export const wholeNumber = (fields: RecordFields, name: string, least: number): number =>
  read(
    fields,
    name,
    `a whole number from ${least} up`,
    (value): value is number => Number.isSafeInteger(value) && (value as number) >= least,
  );

const secondsFrom =
  (least: number, expected: string) =>
  (fields: RecordFields, name: string): number =>
    read(
      fields,
      name,
      expected,
      (value): value is number =>
        Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= LATEST_MOMENT,
    );

/** Reads a length of time in whole seconds, from 1 to the range of `Date`. */
export const duration = secondsFrom(1, 'a length of time in seconds');

/** Reads a moment in epoch seconds, within the range of `Date`. */
export const epochSeconds = secondsFrom(0, 'a moment in seconds since 1970');

export const epochSecondsOrNull = (fields: RecordFields, name: string): number | null =>
  fields[name] === null ? null : epochSeconds(fields, name);

export const wholeNumberOrNull = (fields: RecordFields, name: string, least: number): number | null =>
  fields[name] === null ? null : wholeNumber(fields, name, least);

export const oneOf = <T extends string | number | null>(fields: RecordFields, name: string, choices: readonly T[]): T =>
  read(fields, name, choices, (value): value is T => (choices as readonly unknown[]).includes(value));

const ID = /^[\x21-\x7e]{1,200}$/;

/** Reads a list of short identifiers. */
export const ids = (fields: RecordFields, name: string): readonly string[] =>
  read(
    fields,
    name,
    'a list of short texts',
    (value): value is string[] => Array.isArray(value) && value.every((item) => isText(item) && ID.test(item)),
  );
