import { formatLifetime } from '../../kaltura/lifetime.js';
import { placeholdersIn } from '../../kaltura/recipes/fill.js';
import type { NextProblem, NextStep } from '../../kaltura/recipes/next.js';
import type { PlaceholderId } from '../../kaltura/recipes/placeholders.js';
import type { KeyPlacement, Recipe, RecipeKey, UserNeed } from '../../kaltura/recipes/recipe.js';

/** Where the key goes, as part of a table. */
const PLACEMENTS: Readonly<Record<KeyPlacement, string>> = {
  body: 'the parameter ks of each API call',
  bearer: 'the header Authorization: Bearer …',
  'ks-header': 'the header Authorization: KS …',
  path: 'the path of a link',
  query: 'the query of a link',
  config: 'the configuration in a page',
  environment: 'the environment variable KALTURA_KS',
  none: 'no key is needed',
};

/** Says whose user ID a key needs, and what to know about it: `the user ID of the person who records.` */
export const userIdText = ({ whose, hint }: UserNeed, usual?: string): string =>
  [`the user ID of ${whose}.`, hint ?? usual ?? ''].join(' ').trimEnd();

/** Says whose user ID the key needs, as part of a table. */
function userText({ user }: RecipeKey): string {
  if (user.need === 'none') return 'none';
  return user.need === 'required' ? user.whose : `${user.whose} (optional)`;
}

/** Lists the privileges of every key of a recipe, and those that depend on a value that can be left out. */
function privilegeFacts({ privileges }: RecipeKey, optional: readonly PlaceholderId[]) {
  const optionalIn = (item: string): PlaceholderId[] => placeholdersIn(item).filter((id) => optional.includes(id));
  const always = privileges.filter((item) => optionalIn(item).length === 0);
  const others = privileges.filter((item) => !always.includes(item));
  return [
    ['Privileges', always.join(',') || '(none)'] as const,
    ...others.map(
      (item) =>
        [
          '',
          `with ${optionalIn(item)
            .map((id) => `--${id}`)
            .join(' and ')}: ${item}`,
        ] as const,
    ),
  ];
}

/** Returns the facts about a recipe's key, by label. */
export const recipeFacts = ({
  key,
  placement,
  next,
  asksOneOf,
  mayAsk,
}: Recipe): readonly (readonly [label: string, value: string])[] => [
  ...(key === null
    ? []
    : [
        ['Type', key.type] as const,
        ['User', userText(key)] as const,
        ['Lifetime', formatLifetime(key.lifetime)] as const,
        ...privilegeFacts(key, [...asksOneOf, ...mayAsk]),
      ]),
  ['Key is in', placement === 'query' && next.kind === 'page' ? 'the code of your page' : PLACEMENTS[placement]],
];

/** Why a version 1 key can't be used in a link. */
export const VERSION_1_IN_PATH =
  'This is a version 1 key. It can contain / and +, which don’t work in the path of a link. Create a version 2 key.';

/** Says why there is no next step. */
export const nextProblemText = (problem: NextProblem): string =>
  problem.kind === 'version-1-in-path'
    ? VERSION_1_IN_PATH
    : `A self-hosted server has no service “${problem.service}”. Only Kaltura’s regions have it.`;

/** Says that the next step can't be tried in practice. */
export const exampleText = ({ template }: Pick<NextStep, 'template'>): string =>
  `Example only: the practice server has no such page, service or call, and a practice key works nowhere else.${/kaltura\.(com|ai)/.test(template) ? ' The URLs in it are those of the US region.' : ''}`;

/** Warns about a text that contains the key. */
export const containsKeyText = (kind: 'link' | 'page'): string =>
  kind === 'link'
    ? 'The link contains the key. Anyone who has it can use the key until it expires.'
    : 'The code contains the key. Anyone who sees the page can use the key until it expires. Create a new key for each visitor.';
