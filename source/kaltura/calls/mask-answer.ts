import { containsSecret, redact } from '../redact.js';
import type { Secret } from '../secret.js';
import { type JsonPart, jsonParts } from './json-tokens.js';
import { isKeyOfHolder, isSecretName, KEY_HOLDER, MENTIONS_KEY_HOLDER } from './secret-names.js';
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
  const holders = keyHolders(json);
  /** How deep the current field with the name of a secret is. Everything in it is masked. */
  let secretDepth = Number.POSITIVE_INFINITY;
  const texts: string[] = [];
  for (const part of jsonParts(json)) {
    const depth = part.path.length;
    if (depth < secretDepth) secretDepth = Number.POSITIVE_INFINITY;
    if (part.isName && depth <= secretDepth) {
      secretDepth = isSecretField(part, holders) ? depth : Number.POSITIVE_INFINITY;
    }
    const masked = maskedPart(part, depth >= secretDepth, options);
    if (masked !== part.text) count += 1;
    texts.push(masked);
  }
  return { text: texts.join(''), count };
}

const pathOf = (path: readonly string[]): string => JSON.stringify(path);

/** Returns the paths of the objects whose type makes their `key` and `iv` secrets. The type follows the other fields. */
function keyHolders(json: string): ReadonlySet<string> {
  const holders = new Set<string>();
  // Most answers have none: don't parse them twice.
  if (!MENTIONS_KEY_HOLDER.test(json)) return holders;
  for (const { kind, text, isName, path } of jsonParts(json)) {
    const isType = kind === 'string' && !isName && path.at(-1) === 'objectType';
    if (isType && KEY_HOLDER.test(JSON.parse(text) as string)) holders.add(pathOf(path.slice(0, -1)));
  }
  return holders;
}

function isSecretField({ path }: JsonPart, holders: ReadonlySet<string>): boolean {
  const name = path.at(-1) ?? '';
  return isSecretName(name) || (isKeyOfHolder(name) && holders.has(pathOf(path.slice(0, -1))));
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
