import type { HarmlessCall } from './harmless-call.js';

export const SNIPPET_LANGUAGES = ['curl', 'php', 'python', 'node', 'java', 'csharp', 'powershell', 'testme'] as const;

export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number];

export const SNIPPET_LABELS: Readonly<Record<SnippetLanguage, string>> = {
  curl: 'curl',
  php: 'PHP',
  python: 'Python',
  node: 'Node.js',
  java: 'Java',
  csharp: 'C#',
  powershell: 'PowerShell',
  testme: 'TestMe console',
};

/** Complete code that uses a key. It never contains the key. */
export interface Snippet {
  readonly language: SnippetLanguage;
  /** The file name; null if there is no file to save. */
  readonly fileName: string | null;
  /** The install command; null if nothing has to be installed. */
  readonly install: string | null;
  /** The command that runs it with the key in KALTURA_KS; null if it is not run. */
  readonly run: string | null;
  readonly lines: readonly string[];
  /** Further notes, as complete sentences. */
  readonly notes: readonly string[];
}

/** A snippet as its writer returns it: what is null can be left out. */
export type SnippetBody = Pick<Snippet, 'lines' | 'notes'> & Partial<Snippet>;

/** The input of every snippet. */
export interface SnippetTask {
  /** Without `/api_v3`, and with URL characters only. */
  readonly serviceUrl: string;
  readonly call: HarmlessCall;
}

/** Returns the URL of the call. */
export const urlOfCall = ({ serviceUrl, call: { service, action } }: SnippetTask): string =>
  `${serviceUrl}/api_v3/service/${service}/action/${action}`;

/** The parameters of the call after the key, in the form of a body. */
export const formTail = ({ isList }: HarmlessCall): string => `&format=1${isList ? '&pager%5BpageSize%5D=1' : ''}`;

/** The characters of RFC 3986. Brackets are allowed only around an IPv6 address. */
const ALLOWED = /[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]/;

const encoded = (text: string): string =>
  [...text]
    .map((sign) => (ALLOWED.test(sign) ? sign : encodeURIComponent(sign)))
    .join('')
    .replaceAll(/%(?![0-9a-f]{2})/gi, '%25');

/**
 * Percent-encodes every character that is not allowed in a URL. The URL of a self-hosted server can contain any typed
 * text.
 */
export function encodeUrl(serviceUrl: string): string {
  const whole = serviceUrl.replaceAll(/\p{Surrogate}/gu, '');
  const [, start = '', host = '', rest = ''] = /^([a-z]+:\/\/)?(\[[0-9a-f:.]*\])?(.*)$/is.exec(whole) ?? [];
  return `${start}${host}${encoded(rest)}`.replace(/\/+$/, '');
}

/** Quotes a text as one word for sh. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Quotes a text for sh only if it has characters that a shell reads. */
export const quoteIfNeeded = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : shellQuote(text));

/** Quotes a text with single quotes for JavaScript or PHP. Both read `\\` and `\'` the same way. */
export const singleQuote = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;

/** Quotes a text for PowerShell. A URL has no typographic quotes, which PowerShell treats like the straight one. */
export const powershellQuote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Quotes a text with double quotes for Java, C# or Python. */
export const doubleQuote = (text: string): string => `"${text.replaceAll(/[\\"]/g, '\\$&')}"`;
