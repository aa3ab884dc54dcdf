import type { SessionType } from '../ks/fields.js';
import { curlSnippet } from './curl.js';
import { harmlessCall } from './harmless-call.js';
import { javaSnippet } from './java.js';
import { nodeSnippet } from './node.js';
import { phpSnippet } from './php.js';
import { pythonSnippet } from './python.js';
import {
  encodeUrl,
  SNIPPET_LABELS,
  type Snippet,
  type SnippetBody,
  type SnippetLanguage,
  type SnippetTask,
} from './snippet.js';
import { testmeSnippet } from './testme.js';

export { canReadContent } from './harmless-call.js';
export { SNIPPET_LABELS, SNIPPET_LANGUAGES, type Snippet, type SnippetLanguage } from './snippet.js';

export interface SnippetRequest {
  /** The server of the account, without `/api_v3`. */
  readonly serviceUrl: string;
  /** null where it is not known. */
  readonly type: SessionType | null;
  /** Whether the key may read content (`canReadContent`); so it is unless a role was set. */
  readonly canList?: boolean;
}

const WRITERS: Readonly<Record<SnippetLanguage, (task: SnippetTask) => SnippetBody>> = {
  curl: curlSnippet,
  php: phpSnippet,
  python: pythonSnippet,
  node: nodeSnippet,
  java: javaSnippet,
  testme: testmeSnippet,
};

/**
 * Code that makes one harmless call which the key is allowed, prints the answer, and tells an error of Kaltura, which comes with HTTP status 200
 * too (docs/kaltura-facts.md 3.4), from success: it ends with another exit code than 0. The key comes from the variable KALTURA_KS.
 */
export function snippetFor(language: SnippetLanguage, { serviceUrl, type, canList = true }: SnippetRequest): Snippet {
  const body = WRITERS[language]({ serviceUrl: encodeUrl(serviceUrl), call: harmlessCall(type, canList) });
  return { language, label: SNIPPET_LABELS[language], ...body };
}
