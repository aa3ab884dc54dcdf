import type { HarmlessCall } from './harmless-call.js';

export const SNIPPET_LANGUAGES = ['curl', 'php', 'python', 'node', 'java', 'testme'] as const;

export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number];

export const SNIPPET_LABELS: Readonly<Record<SnippetLanguage, string>> = {
  curl: 'curl',
  php: 'PHP',
  python: 'Python',
  node: 'Node.js',
  java: 'Java',
  testme: 'TestMe console',
};

/** Code that uses a key, and runs as it stands. The key is never in it. */
export interface Snippet extends SnippetBody {
  readonly language: SnippetLanguage;
  readonly label: string;
}

export interface SnippetBody {
  /** What to call the file; null where nothing is to be saved. */
  readonly fileName: string | null;
  /** What has to be there first, as a command; null for nothing. */
  readonly install: string | null;
  /** How it is run, with the key in KALTURA_KS; null where it is not run. */
  readonly run: string | null;
  readonly lines: readonly string[];
  /** What is worth knowing besides: whole sentences. */
  readonly notes: readonly string[];
}

/** What all languages are told. */
export interface SnippetTask {
  /** Without `/api_v3`; of signs that an address may have and no others. */
  readonly serviceUrl: string;
  readonly call: HarmlessCall;
}

/** The address of the call. */
export const urlOfCall = ({ serviceUrl, call: { service, action } }: SnippetTask): string =>
  `${serviceUrl}/api_v3/service/${service}/action/${action}`;

/** The signs that RFC 3986 knows; brackets belong to the numbers of a host alone. */
const ALLOWED = /[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]/;

const encoded = (text: string): string =>
  [...text]
    .map((sign) => (ALLOWED.test(sign) ? sign : encodeURIComponent(sign)))
    .join('')
    .replaceAll(/%(?![0-9a-f]{2})/gi, '%25');

/** The same address in signs that every library takes: of an own server, anything may have been typed. */
export function encodeUrl(serviceUrl: string): string {
  const whole = serviceUrl.replaceAll(/\p{Surrogate}/gu, '');
  const [, start = '', host = '', rest = ''] = /^([a-z]+:\/\/)?(\[[0-9a-f:.]*\])?(.*)$/is.exec(whole) ?? [];
  return `${start}${host}${encoded(rest)}`.replace(/\/+$/, '');
}

/** As one word of sh. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Between the single quotes of JavaScript or PHP, which both read `\\` and `\'`, and nothing else that an address may have. */
export const singleQuote = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;

/** Between the double quotes of Java or Python. */
export const doubleQuote = (text: string): string => `"${text.replaceAll(/[\\"]/g, '\\$&')}"`;
