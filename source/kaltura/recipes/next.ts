import { type RegionId, serviceUrlOfRegion } from '../accounts/regions.js';
import type { KsVersion } from '../ks/fields.js';
import { shellQuote } from '../snippets/snippet.js';
import { createFiller, type FillContext } from './fill-template.js';
import { urlOfService } from './hosts.js';
import type { PlaceholderId, PlaceholderValues } from './placeholders.js';
import type { NextTemplate, Recipe } from './recipe.js';

export interface NextContext extends Omit<FillContext, 'region'> {
  readonly region: RegionId;
  /** The version of the key; null if unknown. */
  readonly ksVersion: KsVersion | null;
}

/** What to do with the key: a text to copy. */
export interface NextStep {
  readonly kind: NextTemplate['kind'];
  /** The text, with marks in place of the key: see `KEY_MARK`. */
  readonly template: string;
  /** Whether the text contains the key. If not, it reads the key from KALTURA_KS, or starts this program. */
  readonly containsKey: boolean;
  /** Whether the hosts are those of a real region, because the practice server has no such page, service or call. */
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

/** The calls of recipes that the practice server answers. */
const CALLS_IN_PRACTICE: readonly string[] = ['baseEntry.list', 'category.list'];

/** Checks whether the next step can be tried in practice, which has only a part of the API: no pages, no players and no other services. */
export const isInPractice = (recipe: Recipe): boolean => {
  const { next } = recipe;
  if (next.kind === 'api') return CALLS_IN_PRACTICE.includes(next.call);
  // Other steps need a product or a mail of Kaltura.
  if (next.kind === 'steps') return needsExec(recipe);
  return !/\{\{(service|player-host|kmc|kaf|mcp-region|host:)/.test(JSON.stringify(next));
};

/** Encodes the characters that a URL may contain, but that end a quoted text, start an entity or separate the parameters around it. */
const inText = (url: string): string =>
  url.replaceAll(/['&]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);

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

function linesOf({ next }: Recipe, fill: (template: string) => string, execFlags: readonly string[]): string[] {
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
      return headerLines(next.scheme, next.method, fill(next.url));
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
  const isExample = context.region === 'practice' && !isInPractice(recipe);
  const place: FillContext = {
    ...context,
    region: context.region === 'practice' ? 'us' : context.region,
    serviceUrl: isExample ? serviceUrlOfRegion('us') : inText(context.serviceUrl),
  };
  const service = /\{\{host:([a-z-]+)\}\}/.exec(JSON.stringify(recipe.next))?.[1];
  if (service !== undefined && urlOfService(service, place) === null) {
    return { ok: false, problem: { kind: 'no-service', service } };
  }
  const template = linesOf(recipe, createFiller(kind, values, place, notes), context.execFlags ?? []).join('\n');
  for (const note of replaceNotes(template)) notes.add(note);
  const containsKey = template.search(KEY_MARK) >= 0;
  return { ok: true, step: { kind, template, containsKey, isExample, notes: [...notes] } };
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
