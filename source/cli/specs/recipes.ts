import { flagOf } from '../../commands/answers/answer-flags.js';
import { PLACEHOLDER_IDS, type Placeholder, placeholderOf } from '../../kaltura/recipes/placeholders.js';
import { type CommandSpec, type FlagSpec, GROUP } from './command-spec.js';
import { JSON_FLAG } from './flags.js';

export const RECIPE_FLAG: FlagSpec = {
  flag: '--recipe <recipe>',
  help: 'a recipe (a use case): what the key is for. Each recipe has more options, such as --entry; see kaltura-ks recipes',
  group: GROUP.key,
};

const choicesText = ({ choices }: Placeholder): string =>
  choices === undefined ? 'value' : Object.keys(choices).join('|');

/** The values of recipes. The help leaves them out: `recipes show` lists those of one recipe. */
export const RECIPE_VALUE_FLAGS: readonly FlagSpec[] = PLACEHOLDER_IDS.map((id) => ({
  flag: `${flagOf(id)} <${choicesText(placeholderOf(id))}>`,
  help: `a recipe’s ${placeholderOf(id).noun}`,
}));

export const RECIPES: readonly CommandSpec[] = [
  {
    name: 'list',
    description: 'List all recipes (use cases), by group',
    flags: [JSON_FLAG],
    examples: ['kaltura-ks recipes'],
    isDefault: true,
  },
  {
    name: 'show <recipe>',
    description: 'Show the key that a recipe needs, its options and common mistakes',
    flags: [JSON_FLAG],
    examples: ['kaltura-ks recipes show play-entry'],
  },
];
