import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

/** The output and files that are searched for secrets. */
interface Searched {
  readonly raw: string;
  readonly home: string;
  scrollback(): string[];
}

/** The length of the pieces to search for. It is longer than the ending of a secret that the wizard shows. */
const PIECE = 8;

export const inNumericHtml = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
export const inNamedHtml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // PHP, the language of Kaltura's server, escapes it like this.
    .replaceAll("'", '&#039;');
export const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** The text in all encodings in which it could have been written. */
const formsOf = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  encodeURIComponent(text).toLowerCase(),
  new URLSearchParams([['', text]]).toString().slice(1),
  inJson(text),
  inJson(inJson(text)),
  inNumericHtml(text),
  inNamedHtml(text),
  Buffer.from(text).toString('base64'),
  Buffer.from(text).toString('base64url'),
  Buffer.from(text).toString('hex'),
  [...text].reverse().join(''),
];

function piecesOf(text: string): Set<string> {
  const pieces = formsOf(text).flatMap((form) =>
    Array.from({ length: Math.max(1, form.length - PIECE + 1) }, (_, at) => form.slice(at, at + PIECE)),
  );
  return new Set(pieces);
}

export const pieceIn = (haystack: string, text: string): string | undefined => {
  for (const piece of piecesOf(text)) if (haystack.includes(piece)) return piece;
  return undefined;
};

/** Every file below the program's HOME and temporary folder, by its relative path. */
export function filesOf({ home }: Pick<Searched, 'home'>): Record<string, string> {
  const root = dirname(home);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(root.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

const outputsOf = (wizard: Searched): Record<string, string> => ({
  'the terminal': wizard.raw,
  'the screen': wizard.scrollback().join('\n'),
  ...filesOf(wizard),
});

/** Returns the lines that contain the text or a part of it, in any encoding. */
const placesOf = (wizard: Searched, text: string, others: Readonly<Record<string, string>>): string[] => {
  const found = Object.entries({ ...outputsOf(wizard), ...others }).flatMap(([place, content]) =>
    pieceIn(content, text) === undefined
      ? []
      : content.split(/\r?\n/).flatMap((line) => (pieceIn(line, text) ? [`${place}: ${JSON.stringify(line)}`] : [])),
  );
  return [...new Set(found)];
};

/** Expects no secret, and no part of one in any encoding, on the terminal, in a file or in `others`. */
export function expectNowhere(
  wizard: Searched,
  secrets: readonly string[],
  others: Readonly<Record<string, string>> = {},
): void {
  for (const text of secrets) expect(placesOf(wizard, text, others), text).toEqual([]);
}
