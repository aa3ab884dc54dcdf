import { readContentId } from '../sessions/content-lookup.js';
import { trimText } from '../typed-values.js';
import type { PlaceholderId } from './placeholders.js';

type Finder = (url: string) => string | undefined;

const after =
  (pattern: RegExp): Finder =>
  (url) =>
    pattern.exec(url)?.[1];

const entryIn: Finder = (url) => readContentId(url, 'entry').id?.id;

/** Find a value in a URL of KMC, a player or a portal. */
const FINDERS: Readonly<Partial<Record<PlaceholderId, Finder>>> = {
  entry: entryIn,
  entries: entryIn,
  playlist: (url) => after(/playlist_?id[=/]([\w-]+)/i)(url) ?? entryIn(url),
  category: (url) => readContentId(url, 'category').id?.id,
  player: after(/uiconf_?id[=/](\d+)/i),
  kaf: (url) => (URL.canParse(url) ? new URL(url).host : undefined),
};

/** Whether a value can be read from a URL that contains it. */
export const canComeFromLink = (id: PlaceholderId): boolean => FINDERS[id] !== undefined;

/** Returns a typed value without the blanks around it. Of a URL that contains the value, returns only the value. */
export function valueFromLink(id: PlaceholderId, typed: string): string {
  const text = trimText(typed);
  if (!/^https?:\/\//i.test(text)) return text;
  return FINDERS[id]?.(text) ?? text;
}
