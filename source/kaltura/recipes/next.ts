import { HOSTED_REGIONS, type RegionId } from '../accounts/regions.js';
import type { KsVersion } from '../ks/fields.js';
import { quoteIfNeeded, shellQuote } from '../snippets/snippet.js';
import { trimText } from '../typed-values.js';
import { type Host, kafHost, kmcHost, mcpRegion, type Place, playerHost, urlOfService } from './hosts.js';
import type { PlaceholderId, PlaceholderValues } from './placeholders.js';
import type { NextTemplate, Recipe } from './recipe.js';

export interface NextContext extends Omit<Place, 'region'> {
  readonly region: RegionId;
  readonly partnerId: number | null;
  /** The version of the key; null if unknown. */
  readonly ksVersion: KsVersion | null;
  /** The name of the saved profile; null without one. */
  readonly profile: string | null;
  /** What `exec` needs beside the profile to make the key of the recipe: nothing if the profile has the recipe. */
  readonly execFlags?: readonly string[];
}

/** What to do with the key: a text to copy. */
export interface NextStep {
  readonly kind: NextTemplate['kind'];
  /** The text, with marks in place of the key: see `KEY_MARK`. */
  readonly template: string;
  /** Whether the text contains the key. If not, it reads the key from KALTURA_KS, or starts this program. */
  readonly containsKey: boolean;
  /** Whether the hosts are those of a real region, because the practice server has no such page or service. */
  readonly isExample: boolean;
  /** What is not certain, and what to replace: sentences. */
  readonly notes: readonly string[];
}

export type NextResult =
  | { readonly ok: true; readonly step: NextStep }
  | { readonly ok: false; readonly problem: NextProblem };

export type NextProblem =
  /** A version 1 key can contain `/` and `+`, so it breaks in a path (docs/kaltura-products.md 1.1). */
  | { readonly kind: 'version-1-in-path' }
  /** A self-hosted server has no such service (docs/kaltura-products.md 7). */
  | { readonly kind: 'no-service'; readonly service: string };

/** Stands for the key in a template; with `-encoded`, for the percent-encoded key in a URL. */
const KEY_MARK = /\{\{ks(-encoded)?\}\}/g;

/** What stands in the text in place of a key that is not shown. */
const NO_KEY = 'KALTURA_KS';

class MissingServiceError extends Error {
  constructor(readonly service: string) {
    super(service);
  }
}

/** Escapes a value for a JavaScript string in a page. */
const inPage = (text: string): string =>
  text.replaceAll(/[\\'"<>&\p{Cc}\u2028\u2029]/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Percent-encodes a value for a URL. The apostrophe too, which would end a quoted text around the URL. */
const inUrl = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');

/** Encodes the characters that a URL may contain, but that end a quoted text, start an entity or separate the parameters around it. */
const inText = (url: string): string =>
  url.replaceAll(/['&]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);

/**
 * Escapes a value for its place in a template: a part of a URL, a JavaScript string of a page, or plain text.
 *
 * @param before the template up to the value
 */
function escapeValue(value: string, kind: NextTemplate['kind'], before: string): string {
  if (/[=/&]$/.test(before)) return inUrl(value);
  return kind === 'page' ? inPage(value) : value;
}

/** Checks whether the text of the next step contains the key. */
export const containsKey = ({ next }: Recipe): boolean => JSON.stringify(next).includes('{{ks');

/** Checks whether the text of the next step runs `kaltura-ks exec` with a saved profile. */
export const needsExec = ({ next }: Recipe): boolean =>
  next.kind === 'mcp' || (next.kind === 'steps' && JSON.stringify(next).includes('{{profile}}'));

/** Checks whether the text of the next step contains a value. */
export const containsValue = ({ next }: Recipe, id: PlaceholderId): boolean =>
  new RegExp(`\\{\\{${id}[|}]`).test(JSON.stringify(next));

/** Checks whether the text has a word for the user to replace if the value is not given. */
export const leavesOpen = ({ next }: Recipe, id: PlaceholderId): boolean =>
  new RegExp(`\\{\\{${id}\\|[A-Z_]+\\}`).test(JSON.stringify(next));

/** The practice server has the API alone: no pages, no players and no other services. */
const namesHost = ({ next }: Recipe): boolean =>
  next.kind !== 'api' && /\{\{(service|player-host|kmc|kaf|mcp-region|host:)/.test(JSON.stringify(next));

/** The region whose hosts an example shows. */
const EXAMPLE_PLACE: Place = { region: 'us', serviceUrl: `https://${HOSTED_REGIONS.us.host}` };

type FillContext = Place & Omit<NextContext, 'region'>;

/** Replaces everything in a template but the key, and collects notes about the hosts. */
function createFiller(kind: NextTemplate['kind'], values: PlaceholderValues, context: FillContext, notes: Set<string>) {
  const host = ({ url, notes: added }: Host): string => {
    for (const note of added) notes.add(note);
    return url;
  };
  const fixed: Readonly<Record<string, () => string>> = {
    partner: () => {
      if (context.partnerId === null) notes.add('Replace PARTNER_ID with the number of your account.');
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
          if (found === null) throw new MissingServiceError(name.slice(5));
          return host(found);
        }
        const own = fixed[name];
        if (own !== undefined) return own();
        const value = trimText(values[name as PlaceholderId] ?? '') || usual;
        return value === undefined ? whole : escapeValue(value, kind, template.slice(0, offset));
      },
    );
}

/** curl takes the key through a pipe, because other users of the computer can see its arguments. */
const apiLines = (url: string, fields: readonly string[]): string[] => [
  `printf '%s' "$KALTURA_KS" |`,
  '  curl --silent --show-error --data-urlencode ks@- --data format=1 \\',
  ...fields.map((field) => `    --data-urlencode ${shellQuote(field)} \\`),
  `    ${shellQuote(url)}`,
];

const headerLines = (scheme: string, method: string, url: string): string[] => [
  `printf 'header = "Authorization: ${scheme} %s"\\n' "$KALTURA_KS" |`,
  `  curl --silent --show-error --config - --request ${method} ${shellQuote(url)}`,
];

const mcpConfig = (
  name: string,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  account: readonly string[],
) =>
  JSON.stringify(
    {
      mcpServers: {
        [name]: {
          command: 'kaltura-ks',
          args: ['exec', ...account, '--no-input', '--', ...command],
          ...(Object.keys(env).length === 0 ? {} : { env }),
        },
      },
    },
    null,
    2,
  );

function linesOf(
  { next, placement }: Recipe,
  fill: (template: string) => string,
  execFlags: readonly string[],
): string[] {
  switch (next.kind) {
    case 'link':
      return [fill(next.url)];
    case 'page':
    case 'steps':
      return next.lines.map(fill);
    case 'api': {
      const [service, action] = next.call.split('.');
      const fields = Object.entries(next.fields ?? {}).map(([name, value]) => `${name}=${fill(value)}`);
      return apiLines(fill(`{{service}}/api_v3/service/${service}/action/${action}`), fields);
    }
    case 'header':
      return headerLines(placement === 'bearer' ? 'Bearer' : 'KS', next.method, fill(next.url));
    case 'mcp': {
      const command = next.command.flatMap((word) => (word === '{{server}}' ? fill(word).split(/\s+/) : [fill(word)]));
      const env = Object.fromEntries(Object.entries(next.env).map(([name, value]) => [name, fill(value)]));
      return [mcpConfig(next.name, command, env, [fill('{{profile}}'), ...execFlags])];
    }
  }
}

/** Words in capitals that the user replaces. */
const TO_REPLACE = [
  'PATH',
  'ENTRY_ID',
  'SEARCH_TERM',
  'SERVICE',
  'ACTION',
  'APP_NAME',
  'KAF_HOST',
  'WIDGET_NAME',
  'PLAYER_NUMBER',
];

const replaceNotes = (text: string): string[] => {
  const words = TO_REPLACE.filter((word) => new RegExp(`(^|[^A-Z_])${word}([^A-Z_]|$)`).test(text));
  return words.length === 0 ? [] : [`Replace ${words.join(' and ')} with your own value.`];
};

/**
 * Returns the next step of a recipe: the text that uses the key. The values must be valid (`recipeProblems`).
 *
 * @returns a problem if this key or this server cannot be used for it
 */
export function nextStep(recipe: Recipe, values: PlaceholderValues, context: NextContext): NextResult {
  if (recipe.placement === 'path' && context.ksVersion === 1)
    return { ok: false, problem: { kind: 'version-1-in-path' } };
  const notes = new Set<string>();
  const { kind } = recipe.next;
  const isExample = context.region === 'practice' && namesHost(recipe);
  const place: FillContext = {
    ...context,
    ...(context.region === 'practice' ? { region: 'us' } : { region: context.region }),
    ...(isExample ? EXAMPLE_PLACE : { serviceUrl: inText(context.serviceUrl) }),
  };
  try {
    const template = linesOf(recipe, createFiller(kind, values, place, notes), context.execFlags ?? []).join('\n');
    for (const note of replaceNotes(template)) notes.add(note);
    const containsKey = template.search(KEY_MARK) >= 0;
    return { ok: true, step: { kind, template, containsKey, isExample, notes: [...notes] } };
  } catch (error) {
    if (!(error instanceof MissingServiceError)) throw error;
    return { ok: false, problem: { kind: 'no-service', service: error.service } };
  }
}

/** Returns the text of a step with `KALTURA_KS` in place of the key. */
export const textWithoutKey = ({ template }: NextStep): string => template.replaceAll(KEY_MARK, NO_KEY);

/**
 * Returns the text of a step with the key, percent-encoded where it is a URL.
 *
 * @param ks the text of the key
 */
export const textWithKey = ({ kind, template }: NextStep, ks: string): string =>
  template.replaceAll(KEY_MARK, (_, encoded?: string) =>
    kind === 'link' || encoded !== undefined ? encodeURIComponent(ks) : ks,
  );
