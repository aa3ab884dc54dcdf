// The form encoding of PHP (`urlencode`, `http_build_query`, `parse_str`), which the fields of a version 2 KS use. It differs from
// `URLSearchParams` in what stays bare and in what names may hold. Source: docs/kaltura-facts.md 1.4.

/**
 * Encodes a text like PHP's `urlencode`: keeps letters, digits, `-`, `_` and `.`, changes a space to `+`, and encodes
 * other UTF-8 bytes as `%XX`.
 */
export function encodeFormText(text: string): string {
  let encoded = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9\-_.]/.test(character)) encoded += character;
    else if (character === ' ') encoded += '+';
    else encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

export function encodeForm(pairs: Iterable<readonly [string, string]>): string {
  return [...pairs].map(([name, value]) => `${encodeFormText(name)}=${encodeFormText(value)}`).join('&');
}

function decodeFormText(text: string): string {
  const bytes: number[] = [];
  const source = Buffer.from(text.replaceAll('+', ' '), 'utf8');
  for (let index = 0; index < source.length; index++) {
    const hex = source.toString('latin1', index + 1, index + 3);
    if (source[index] === 0x25 && /^[0-9A-Fa-f]{2}$/.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      index += 2;
    } else {
      bytes.push(source[index] as number);
    }
  }
  return Buffer.from(bytes).toString('utf8');
}

/**
 * Parses a form like PHP's `parse_str`, for flat names. The last of several equal names wins and keeps the position of
 * the first. In names, spaces and dots become `_`. Names with brackets become arrays in PHP and crash the server, so
 * they are an error here.
 *
 * @throws {SyntaxError} if a name contains `[`
 */
export function decodeForm(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const rawName = decodeFormText(equals === -1 ? part : part.slice(0, equals));
    const name = rawName.replace(/^ +/, '').replaceAll(/[ .]/g, '_');
    if (name === '') continue;
    if (name.includes('[')) throw new SyntaxError(`a field name with a bracket: ${name}`);
    fields.set(name, equals === -1 ? '' : decodeFormText(part.slice(equals + 1)));
  }
  return fields;
}
