const LETTERS: Readonly<Record<string, string>> = {
  '❯': '>',
  '▸': '>',
  '✔': '+',
  '✖': 'x',
  '…': '...',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '→': '->',
  '↑': '^',
  '↓': 'v',
  '⏎': '\\n',
  '·': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '•': '*',
  '×': 'x',
  '\u00A0': ' ',
  '\uFFFD': '?',
};

const NOT_ASCII = /[^\x00-\x7f]/gu;

/** Replaces signs and punctuation with ASCII. Letters of other scripts stay. */
export const inLetters = (text: string): string => text.replaceAll(NOT_ASCII, (sign) => LETTERS[sign] ?? sign);

const escaped = (text: string): string =>
  text.replaceAll(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

function isJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A text for a terminal that is not UTF-8: bytes of other characters can start control sequences there. JSON keeps its meaning. */
export function asciiText(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text;
  return isJson(text) ? escaped(text) : text.replaceAll(NOT_ASCII, (sign) => LETTERS[sign] ?? '?');
}

/** Like `asciiText`, but each character takes as many columns as before: for frames that are laid out already. */
export const asciiOfSameWidth = (text: string, widthOf: (character: string) => number): string =>
  text.replaceAll(NOT_ASCII, (sign) => (LETTERS[sign]?.charAt(0) ?? '?').repeat(widthOf(sign)));
