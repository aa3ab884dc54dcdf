/** A part of a JSON text, exactly as it is written. */
export interface JsonToken {
  readonly kind: 'space' | 'punctuation' | 'string' | 'scalar';
  readonly text: string;
}

const TOKEN = /([ \t\r\n]+)|([{}[\],:])|("[^"\\]*(?:\\.[^"\\]*)*")|([^ \t\r\n{}[\],:"]+)/gsy;

/** Splits a valid JSON text. The texts of the tokens are together the whole text, so a value can be replaced and all else kept. */
export function* jsonTokens(text: string): Generator<JsonToken> {
  for (const [whole, space, punctuation, string] of text.matchAll(TOKEN)) {
    const kind =
      space !== undefined
        ? 'space'
        : punctuation !== undefined
          ? 'punctuation'
          : string !== undefined
            ? 'string'
            : 'scalar';
    yield { kind, text: whole };
  }
}

/** A JSON text has more levels than `DEEPEST_JSON`. */
export class TooDeepError extends Error {}

/** Levels. The time to format a text grows with the square of its depth. */
export const DEEPEST_JSON = 500;

/** A JSON token with its place. */
export interface JsonPart extends JsonToken {
  /** The names of the fields and the indexes of the items that lead to it. The list changes with the next token. */
  readonly path: readonly string[];
  readonly isName: boolean;
}

/**
 * Adds to each token where it stands.
 *
 * @throws {TooDeepError}
 */
export function* jsonParts(text: string): Generator<JsonPart> {
  const path: string[] = [];
  /** For each open object or list: the next index of a list; null for an object. */
  const open: (number | null)[] = [];
  let isName = false;
  for (const token of jsonTokens(text)) {
    if (token.kind === 'punctuation' && (token.text === '}' || token.text === ']')) {
      open.pop();
      path.pop();
    }
    const isOwnName = isName && token.kind === 'string';
    if (isOwnName) path[path.length - 1] = JSON.parse(token.text) as string;
    yield { ...token, path, isName: isOwnName };
    if (token.kind !== 'punctuation') continue;
    const index = open.at(-1);
    switch (token.text) {
      case '{':
        open.push(null);
        path.push('');
        isName = true;
        break;
      case '[':
        open.push(0);
        path.push('0');
        isName = false;
        break;
      case ',':
        isName = index === null;
        if (typeof index === 'number') {
          open[open.length - 1] = index + 1;
          path[path.length - 1] = String(index + 1);
        }
        break;
      case ':':
        isName = false;
        break;
      default:
    }
    if (path.length > DEEPEST_JSON) throw new TooDeepError();
  }
}
