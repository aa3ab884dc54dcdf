import { containsSecret, redact } from '../redact.js';
import type { Secret } from '../secret.js';
import { type JsonPart, jsonParts } from './json-tokens.js';
import { isSecretName } from './secret-names.js';
import { MASK, maskSecretsInText } from './secrets-in-text.js';

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
 * Masks the secrets in a JSON text: values under the name of a secret at any depth, secrets in texts (JSON in a text too), and what was sent.
 * All other characters stay as they are, down to white space and escape codes.
 *
 * @throws {TooDeepError}
 */
export function maskAnswer(json: string, options: MaskOptions): MaskedAnswer {
  let count = 0;
  /** How deep the current field with the name of a secret is. Everything in it is masked. */
  let secretDepth = Number.POSITIVE_INFINITY;
  const texts: string[] = [];
  for (const part of jsonParts(json)) {
    const depth = part.path.length;
    if (depth < secretDepth) secretDepth = Number.POSITIVE_INFINITY;
    if (part.isName && depth <= secretDepth) {
      secretDepth = isSecretName(part.path.at(-1) ?? '') ? depth : Number.POSITIVE_INFINITY;
    }
    const masked = maskedPart(part, depth >= secretDepth, options);
    if (masked !== part.text) count += 1;
    texts.push(masked);
  }
  return { text: texts.join(''), count };
}

function maskedPart({ kind, text, isName }: JsonPart, isSecret: boolean, options: MaskOptions): string {
  const { sent, showsSecrets } = options;
  if (kind !== 'string' && kind !== 'scalar') return text;
  const isNamed = !showsSecrets && !isName && isSecret;
  if (kind === 'scalar') {
    return (isNamed && /\d/.test(text)) || containsSecret(text, sent) ? JSON.stringify(MASK) : text;
  }
  const value = JSON.parse(text) as string;
  if (value === '') return text;
  if (isNamed) return JSON.stringify(MASK);
  const masked = withoutSecrets(redact(value, sent, MASK), options);
  return masked === value ? text : JSON.stringify(masked);
}

/** Masks the secrets in the value of a string, which can be JSON again. */
function withoutSecrets(text: string, options: MaskOptions): string {
  if (isJson(text)) return maskAnswer(text, options).text;
  return options.showsSecrets ? text : maskSecretsInText(text);
}

function isJson(text: string): boolean {
  if (!/^\s*["[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
