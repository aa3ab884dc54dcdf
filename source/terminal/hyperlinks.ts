/** A text, and the page that it stands for. */
export interface Hyperlink {
  readonly text: string;
  readonly url: string;
}

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

/** An address, without the punctuation that follows it in a sentence. */
const ADDRESS = /https?:\/\/[^\s"'`<>“”()[\]]*[^\s"'`<>“”()[\].,;:!?]/g;

/** The addresses that are linked: host and path only, with no part as long as a key or a secret. A login or query could contain one. */
const HARMLESS = /^https?:\/\/[\w.-]{1,100}(:\d+)?(\/[\w.~-]{0,31})*$/;

/** Makes the texts of links, and the addresses in a text, clickable. The text itself stays the same. */
export function withAllLinks(text: string, links: readonly Hyperlink[]): string {
  const parts = text.split(ADDRESS);
  const addresses = text.match(ADDRESS) ?? [];
  return parts
    .map((part, index) => {
      const address = addresses[index] ?? '';
      return `${withHyperlinks(part, links)}${HARMLESS.test(address) ? link(address, address) : address}`;
    })
    .join('');
}
