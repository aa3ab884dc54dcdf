import { quoteIfNeeded } from '../snippets/snippet.js';
import { trimText } from '../typed-values.js';
import { type Host, kafHost, kmcHost, mcpRegion, type Place, playerHost, urlOfService } from './hosts.js';
import type { PlaceholderId, PlaceholderValues } from './placeholders.js';
import type { NextTemplate } from './recipe.js';

/** Escapes a value for a JavaScript string in a page. */
const inPage = (text: string): string =>
  text.replaceAll(/[\\'"<>&\p{Cc}\u2028\u2029]/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Percent-encodes a value for a URL. The apostrophe too, which would end a quoted text around the URL. */
const inUrl = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');

/**
 * Escapes a value for its place in a template: a part of a URL, a JavaScript string of a page, or plain text.
 *
 * @param before the template up to the value
 */
function escapeValue(value: string, kind: NextTemplate['kind'], before: string): string {
  if (/[=/&]$/.test(before)) return inUrl(value);
  return kind === 'page' ? inPage(value) : value;
}

/** What the marks of a template stand for. */
export interface FillContext extends Place {
  readonly partnerId: number | null;
  /** The name of the saved profile; null without one. */
  readonly profile: string | null;
  /** What `exec` needs beside the profile to make the key of the recipe: nothing if the profile has the recipe. */
  readonly execFlags?: readonly string[];
}

/**
 * Returns a function that replaces the marks of a template, `{{…}}`, except those of the key. It adds sentences to `notes`: what is not
 * certain about the hosts, and what the user must replace.
 */
export function createFiller(
  kind: NextTemplate['kind'],
  values: PlaceholderValues,
  context: FillContext,
  notes: Set<string>,
) {
  const host = ({ url, notes: added }: Host): string => {
    for (const note of added) notes.add(note);
    return url;
  };
  const fixed: Readonly<Record<string, () => string>> = {
    partner: () => {
      if (context.partnerId === null) notes.add('Replace PARTNER_ID with your partner ID.');
      return String(context.partnerId ?? 'PARTNER_ID');
    },
    service: () => context.serviceUrl,
    'player-host': () => host(playerHost(context)),
    kmc: () => host(kmcHost(context)),
    kaf: () => trimText(values.kaf ?? '') || host(kafHost(context, String(context.partnerId ?? 'PARTNER_ID'))),
    profile: () => {
      if (context.profile === null) notes.add('Replace PROFILE with the name of a saved profile.');
      const name = context.profile ?? 'PROFILE';
      return kind === 'steps' ? [name, ...(context.execFlags ?? [])].map(quoteIfNeeded).join(' ') : name;
    },
    'mcp-region': () => {
      const name = mcpRegion(context);
      if (name === null) notes.add('The MCP server documents no name for your region. Replace REGION.');
      return name ?? 'REGION';
    },
  };
  return (template: string): string =>
    template.replaceAll(
      /\{\{([a-z:-]+)(?:\|([^}]*))?\}\}/g,
      (whole, name: string, usual: string | undefined, offset: number) => {
        if (name === 'ks' || name === 'ks-encoded') return whole;
        if (name.startsWith('host:')) {
          const found = urlOfService(name.slice(5), context);
          return found === null ? whole : host(found);
        }
        const own = fixed[name];
        if (own !== undefined) return own();
        const value = trimText(values[name as PlaceholderId] ?? '') || usual;
        return value === undefined ? whole : escapeValue(value, kind, template.slice(0, offset));
      },
    );
}
