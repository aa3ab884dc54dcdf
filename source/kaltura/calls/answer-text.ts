import { type JsonToken, jsonParts, jsonTokens } from './json-tokens.js';

/** Returns the text of one value of a JSON text: `['objects', '0', 'id']`; null if there is none. Numbers keep all of their digits. */
export function valueAt(json: string, path: readonly string[]): string | null {
  let value = '';
  for (const part of jsonParts(json)) {
    const isInside = path.every((name, index) => part.path[index] === name);
    const isOwnLevel = part.path.length === path.length;
    if (isInside && isOwnLevel && (part.isName || part.text === ':')) continue;
    // The value ends before a comma, and before what closes the object or list around it.
    const isAfter = !isInside || (isOwnLevel && part.kind === 'punctuation' && part.text === ',');
    if (isAfter && value.trim() !== '') break;
    if (!isAfter) value += part.text;
  }
  return value.trim() === '' ? null : value.trim();
}

/** Returns the names of the fields, or the indexes, on one level of a JSON text; none if the path leads nowhere or to a simple value. */
export function namesAt(json: string, path: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const { kind, path: place } of jsonParts(json)) {
    const isBelow = place.length > path.length && path.every((name, index) => place[index] === name);
    const name = place[path.length];
    if (isBelow && kind !== 'punctuation' && kind !== 'space' && name !== undefined && name !== '') names.add(name);
  }
  return [...names];
}

const isOpening = ({ text }: JsonToken): boolean => text === '{' || text === '[';
const isClosing = ({ text }: JsonToken): boolean => text === '}' || text === ']';

/** Formats a JSON text on several lines. Numbers keep all of their digits; escape codes become characters. */
export function formatJsonText(json: string): string {
  const tokens = [...jsonTokens(json)].filter(({ kind }) => kind !== 'space');
  let [text, depth] = ['', 0];
  const newLine = (): string => `\n${'  '.repeat(depth)}`;
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (token.kind !== 'punctuation') {
      text += token.kind === 'string' ? JSON.stringify(JSON.parse(token.text)) : token.text;
    } else if (isOpening(token)) {
      text += token.text;
      if (next !== undefined && next.kind === 'punctuation' && isClosing(next)) return;
      depth += 1;
      text += newLine();
    } else if (isClosing(token)) {
      const before = tokens[index - 1];
      const isEmpty = before !== undefined && before.kind === 'punctuation' && isOpening(before);
      if (!isEmpty) {
        depth -= 1;
        text += newLine();
      }
      text += token.text;
    } else text += token.text === ',' ? `,${newLine()}` : ': ';
  });
  return text;
}
