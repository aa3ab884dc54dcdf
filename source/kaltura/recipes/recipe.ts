import type { HolderId } from '../holders.js';
import type { SessionType } from '../ks/fields.js';
import type { PlaceholderId } from './placeholders.js';

export type RecipeGroup = 'play' | 'edit' | 'ai' | 'analytics' | 'events' | 'kaf' | 'admin' | 'agents';

export const RECIPE_GROUPS: Readonly<Record<RecipeGroup, string>> = {
  play: 'Play',
  edit: 'Upload and edit',
  ai: 'AI',
  analytics: 'Analytics',
  events: 'Events and rooms',
  kaf: 'KAF and LTI',
  admin: 'Administration and scripts',
  agents: 'MCP and agents',
};

/** The key that a product needs. */
export interface RecipeKey {
  readonly type: SessionType;
  /** Whether a USER key may work too, although the sources use ADMIN: see `doubts`. */
  readonly mayBeUser?: true;
  readonly user: UserNeed;
  /** Lifetime in seconds. */
  readonly lifetime: number;
  /**
   * Privileges with `<placeholder>` for values. An item, which may hold several privileges, is left out if one of its
   * optional values is not given.
   */
  readonly privileges: readonly string[];
  /** Who gets the key: decides which risks it has. */
  readonly holder: HolderId;
}

/** Whether the key needs a user ID. With `none`, a user ID would be wrong. */
export interface UserNeed {
  readonly need: 'required' | 'optional' | 'none';
  /** Whose ID it is, as part of a sentence: "the person who records". */
  readonly whose: string;
  /** What else to know about the user ID, in a sentence. */
  readonly hint?: string;
}

/** Where the key goes (docs/kaltura-products.md, "How to read the marks"). */
export type KeyPlacement = 'body' | 'bearer' | 'ks-header' | 'path' | 'query' | 'config' | 'environment' | 'none';

/**
 * What to do with the key. Texts have `{{…}}` for values: `{{ks}}`, `{{ks-encoded}}` in a URL, `{{partner}}`, `{{service}}`, `{{player-host}}`,
 * `{{kmc}}`, `{{host:genie}}`, `{{kaf}}`, `{{mcp-region}}`, `{{profile}}`, and each placeholder of the recipe, with a
 * default after `|`.
 */
export type NextTemplate =
  /** A URL, which contains the key where it has `{{ks}}`. `path` and `query` say where the key is in it. */
  | { readonly kind: 'link'; readonly url: string }
  /** HTML or JavaScript of a page, or a message to one. */
  | { readonly kind: 'page'; readonly lines: readonly string[] }
  /** A request to api_v3, as `service.action`, with the key in its body. `fields` are further parameters. */
  | { readonly kind: 'api'; readonly call: string; readonly fields?: Readonly<Record<string, string>> }
  /** A request with the key in the header Authorization. PATH is left to the user. */
  | {
      readonly kind: 'header';
      readonly scheme: 'Bearer' | 'KS';
      readonly method: 'GET' | 'POST';
      readonly url: string;
    }
  /** The configuration of an MCP client. It starts this program, so it contains no key. */
  | {
      readonly kind: 'mcp';
      readonly name: string;
      readonly command: readonly string[];
      readonly env: Readonly<Record<string, string>>;
    }
  /** Instructions without a key. */
  | { readonly kind: 'steps'; readonly lines: readonly string[] };

/** How much the sources can be trusted (docs/kaltura-products.md, "How to read the marks"). */
export type Confidence = 'observed on the server' | 'read in the server’s code' | 'from documents' | 'unconfirmed';

/** A harmless call that shows whether a key fits the recipe. */
export type TestCall = 'uploadToken.list' | 'baseEntry.count' | 'baseEntry.get' | 'category.list';

/** One use case: the key that it needs, and what to do with the key (docs/kaltura-products.md 1). */
export interface Recipe {
  readonly id: string;
  readonly group: RecipeGroup;
  /** In Kaltura's own words. */
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** null if the product takes no KS. */
  readonly key: RecipeKey | null;
  /** The required values. */
  readonly asks: readonly PlaceholderId[];
  /** Exactly one of these values is required; empty if there is no such choice. */
  readonly asksOneOf: readonly PlaceholderId[];
  readonly mayAsk: readonly PlaceholderId[];
  readonly placement: KeyPlacement;
  readonly next: NextTemplate;
  /** Privileges that make the key useless for the product. */
  readonly brokenBy: readonly string[];
  /** Common mistakes and risks, in sentences. */
  readonly mistakes: readonly string[];
  /** Contradictions of the sources, and what is not confirmed, in sentences. */
  readonly doubts: readonly string[];
  /** Where the facts come from, to follow “Source:”. */
  readonly source: string;
  readonly confidence: Confidence;
  /** null if api_v3 can't tell. */
  readonly testCall: TestCall | null;
}

export type KeyRecipe = Recipe & { readonly key: RecipeKey };

const userNeed =
  (need: UserNeed['need']) =>
  (whose: string, hint?: string): UserNeed => ({ need, whose, ...(hint === undefined ? {} : { hint }) });

export const required = userNeed('required');
export const optional = userNeed('optional');

type Given = Pick<Recipe, 'id' | 'title' | 'summary' | 'key' | 'next' | 'source'> & Partial<Recipe>;

/** Returns where the text of the next step has the key. */
function placementOf(next: NextTemplate): KeyPlacement {
  switch (next.kind) {
    case 'link':
    case 'page':
      if (/[?&]ks=\{\{ks/.test(JSON.stringify(next))) return 'query';
      return next.kind === 'link' ? 'path' : 'config';
    case 'api':
      return 'body';
    case 'header':
      return next.scheme === 'Bearer' ? 'bearer' : 'ks-header';
    case 'mcp':
      return 'environment';
    case 'steps':
      return 'none';
  }
}

/** Returns a record with the usual values for what it leaves out. */
export const recipesOf = (group: RecipeGroup, given: readonly Omit<Given, 'group'>[]): readonly Recipe[] =>
  given.map((one) => ({
    placement: placementOf(one.next),
    confidence: 'from documents',
    asks: [],
    asksOneOf: [],
    mayAsk: [],
    brokenBy: [],
    mistakes: [],
    doubts: [],
    testCall: null,
    ...one,
    group,
  }));
