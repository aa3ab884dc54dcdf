import type { SessionType } from '../ks/fields.js';
import { csharpSnippet } from './csharp.js';
import { curlSnippet } from './curl.js';
import { harmlessCall } from './harmless-call.js';
import { javaSnippet } from './java.js';
import { nodeSnippet } from './node.js';
import { phpSnippet } from './php.js';
import { powershellSnippet } from './powershell.js';
import { pythonSnippet } from './python.js';
import { encodeUrl, type Snippet, type SnippetBody, type SnippetLanguage, type SnippetTask } from './snippet.js';
import { testmeSnippet } from './testme.js';

export { canReadContent } from './harmless-call.js';
export { SNIPPET_LABELS, SNIPPET_LANGUAGES, type Snippet, type SnippetLanguage } from './snippet.js';

export interface SnippetRequest {
  /** The account's service URL, without `/api_v3`. */
  readonly serviceUrl: string;
  /** null if unknown. */
  readonly type: SessionType | null;
  /** Whether the key can read content (see `canReadContent`). Default: true. */
  readonly canList?: boolean;
}

const WRITERS: Readonly<Record<SnippetLanguage, (task: SnippetTask) => SnippetBody>> = {
  curl: curlSnippet,
  php: phpSnippet,
  python: pythonSnippet,
  node: nodeSnippet,
  java: javaSnippet,
  csharp: csharpSnippet,
  powershell: powershellSnippet,
  testme: testmeSnippet,
};

/**
 * Returns code that makes one harmless call, prints the answer, and ends with an exit code other than 0 for a Kaltura
 * error, which also has HTTP status 200 (docs/kaltura-facts.md 3.4). The code reads the key from the variable
 * KALTURA_KS.
 */
export function snippetFor(language: SnippetLanguage, { serviceUrl, type, canList = true }: SnippetRequest): Snippet {
  const body = WRITERS[language]({ serviceUrl: encodeUrl(serviceUrl), call: harmlessCall(type, canList) });
  return { language, fileName: null, install: null, run: null, ...body };
}
