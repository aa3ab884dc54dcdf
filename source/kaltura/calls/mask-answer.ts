import { isKsText } from '../ks/peek.js';
import { containsSecret, redact } from '../redact.js';
import type { Secret } from '../secret.js';
import { type JsonPart, jsonParts } from './json-tokens.js';
import { isSecretName } from './secret-names.js';

const MASK = '[secret]';

/** A key of version 2 anywhere in a text, and a key of any version in a URL: `?ks=…`, `/ks/…` (docs/kaltura-facts.md 1.1, 1.2). */
const KEYS_IN_TEXT = [/()djJ8[\w+-]{30,}(?:={1,2}|(?:%3D){1,2})?/gi, /([?&/;]ks(?:[=/]|%3D|%2F))[^&/?#\s"'<>]{8,}/gi];

const withoutKeys = (text: string): string =>
  isKsText(text) ? MASK : KEYS_IN_TEXT.reduce((masked, pattern) => masked.replaceAll(pattern, `$1${MASK}`), text);

export interface MaskOptions {
  /** Secrets that were sent. They are masked in any case. */
  readonly sent: readonly Secret[];
  /** Whether to keep the secrets of the answer itself. */
  readonly showsSecrets: boolean;
}

export interface MaskedAnswer {
  readonly text: string;
  /** The number of values that were masked. */
  readonly count: number;
}

/**
 * Masks the secrets in a JSON text: values under the name of a secret at any depth, keys (KS) in any text, and what was sent. All other
 * characters stay as they are, down to white space and escape codes.
 */
export function maskAnswer(json: string, options: MaskOptions): MaskedAnswer {
  let count = 0;
  const texts: string[] = [];
  for (const part of jsonParts(json)) {
    const masked = maskedPart(part, options);
    if (masked !== part.text) count += 1;
    texts.push(masked);
  }
  return { text: texts.join(''), count };
}

function maskedPart(part: JsonPart, { sent, showsSecrets }: MaskOptions): string {
  const { kind, text, path, isName } = part;
  if (kind !== 'string' && kind !== 'scalar') return text;
  const isNamed = !showsSecrets && !isName && path.some(isSecretName);
  if (kind === 'scalar') {
    return (isNamed && /\d/.test(text)) || containsSecret(text, sent) ? JSON.stringify(MASK) : text;
  }
  const value = JSON.parse(text) as string;
  if (value === '') return text;
  if (isNamed) return JSON.stringify(MASK);
  const unsent = redact(value, sent, MASK);
  const masked = showsSecrets ? unsent : withoutKeys(unsent);
  return masked === value ? text : JSON.stringify(masked);
}
