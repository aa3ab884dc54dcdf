import type { Hyperlink } from '../wizard/engine/hyperlinks.js';

/** OSC 8, ended by BEL: the form that Ink recognizes as having no width. */
const link = (url: string, text: string): string => `\x1b]8;;${url}\x07${text}\x1b]8;;\x07`;

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Makes the texts of links in a row clickable. The columns that the row takes stay the same. */
export function withHyperlinks(row: string, links: readonly Hyperlink[]): string {
  if (!links.some(({ text }) => row.includes(text))) return row;
  const texts = links.map(({ text }) => escapeRegExp(text)).join('|');
  return row.replaceAll(new RegExp(`(?<![\\w.])(?:${texts})(?!\\w)`, 'g'), (text) => {
    const found = links.find((one) => one.text === text);
    return found === undefined ? text : link(found.url, text);
  });
}
