import { htmlDecoded } from '../ks/pasted/character-references.js';
import { containsSecret, sanitizeText } from '../redact.js';
import type { Secret } from '../secret.js';
import type { HttpResponse } from './http.js';

/** An error of the API, exactly as received. */
export interface ApiException {
  readonly code: string;
  readonly message: string;
  readonly args: unknown;
}

/**
 * Returns whether an answer is an API error. Only its `objectType` identifies it: the status is 200 and the order of
 * the fields varies (docs/kaltura-facts.md 3.4).
 */
export function isApiException(answer: unknown): answer is ApiException {
  if (typeof answer !== 'object' || answer === null) return false;
  const { objectType, code, message } = answer as Record<string, unknown>;
  return objectType === 'KalturaAPIException' && typeof code === 'string' && typeof message === 'string';
}

/** Kaltura's own errors have three arguments at most. */
const MAX_ARGUMENTS = 6;
/** Maximum line length in characters. */
const MAX_LINE_LENGTH = 300;

/**
 * Formats an error answer for display on request. Masks exact occurrences of the secrets; other encodings remain, so
 * show a warning with it.
 *
 * @returns lines without control characters
 */
export function answerLines(response: HttpResponse, answer: unknown, secrets: readonly Secret[]): string[] {
  const { status, headers, body } = response;
  const lines = isApiException(answer) ? exceptionLines(answer) : otherLines(status, headers['location'], body);
  const reference = headers['x-kaltura-session'];
  return [...lines, ...(reference === undefined ? [] : [`X-Kaltura-Session: ${reference}`])].map((line) =>
    sanitizeText(line, secrets, MAX_LINE_LENGTH),
  );
}

/** Formats an unparsed error answer; null if it is an API result, which is never shown. */
export function errorAnswerLines(response: HttpResponse, secrets: readonly Secret[]): string[] | null {
  const answer = parseBody(response.body);
  const isResult = answer !== undefined && response.status < 300 && !isApiException(answer);
  return isResult ? null : answerLines(response, answer, secrets);
}

/** Parses JSON with or without a byte order mark, or an API error in XML; undefined for any other text. */
export function parseBody(body: string): unknown {
  const text = body.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch {
    return exceptionInXml(text);
  }
}

const textOfElement = (xml: string, name: string): string | null => {
  const text = new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^<]{0,2000}?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1];
  return text === undefined ? null : htmlDecoded(text).trim();
};

/** Reads an error in XML, which some servers and proxies answer although JSON was requested (docs/kaltura-facts.md 3.4). */
function exceptionInXml(text: string): ApiException | undefined {
  const error = /^\s*(?:<\?xml[^>]{0,200}>\s*)?<xml>.{0,2000}?<error>(.{0,8000}?)<\/error>/s.exec(text)?.[1];
  if (error === undefined) return undefined;
  const code = textOfElement(error, 'code');
  const message = textOfElement(error, 'message');
  if (code === null || message === null) return undefined;
  return { objectType: 'KalturaAPIException', code, message, args: argumentsInXml(error) } as ApiException;
}

/** Reads the arguments, which are a list of items in XML (docs/kaltura-facts.md 0.8). */
function argumentsInXml(error: string): Record<string, string> {
  const items = (/<args>(.*?)<\/args>/s.exec(error)?.[1] ?? '').matchAll(/<item>(.*?)<\/item>/gs);
  const pairs = [...items].slice(0, MAX_ARGUMENTS).flatMap(([, item = '']) => {
    const name = textOfElement(item, 'name');
    return name === null ? [] : [[name, textOfElement(item, 'value') ?? ''] as const];
  });
  return Object.fromEntries(pairs);
}

function exceptionLines({ code, message, args }: ApiException): string[] {
  const all = typeof args === 'object' && args !== null ? Object.entries(args) : [];
  const more = all.length - MAX_ARGUMENTS;
  return [
    code,
    message,
    ...all.slice(0, MAX_ARGUMENTS).map(([name, value]) => `${name} = ${textOf(value)}`),
    ...(more > 0 ? [`(and ${more} more)`] : []),
  ];
}

const otherLines = (status: number, location: string | undefined, body: string): string[] => [
  `HTTP ${status}`,
  ...(location === undefined ? [] : [`Location: ${location}`]),
  body.trim() === '' ? '(nothing else)' : body,
];

/**
 * Kaltura sends strings. Write other values as JSON, because `String()` would call a `toString` property of the
 * answer.
 */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value);
  } catch {
    // The value is nested too deeply to serialize.
    return '…';
  }
}

/** A random number and the time in epoch seconds (docs/kaltura-facts.md 3.5). */
const SUPPORT_REFERENCE = /^\d{1,10}, ?\d{10}$/;

/** Returns the `X-Kaltura-Session` header, which Kaltura's support can look up; null if its form is unexpected. */
export function supportReferenceOf({ headers }: HttpResponse, secrets: readonly Secret[]): string | null {
  const reference = headers['x-kaltura-session'] ?? '';
  const isUsable =
    SUPPORT_REFERENCE.test(reference) && !reference.split(/, ?/).some((part) => containsSecret(part, secrets));
  return isUsable ? reference : null;
}
