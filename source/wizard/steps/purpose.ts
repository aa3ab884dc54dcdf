import { formatLifetime } from '../../kaltura/lifetime.js';
import { RECIPE_GROUPS, type Recipe, type RecipeGroup } from '../../kaltura/recipes/recipe.js';
import { findRecipe, findRecipes, RECIPES } from '../../kaltura/recipes/recipes.js';
import type { Option } from '../../messages/paragraph.js';
import { form } from '../engine/build-screen.js';
import { type State, stay } from '../engine/state.js';
import type { FormState, PurposeId } from '../form/form.js';
import { offersLookAround } from '../form/practice.js';
import { choosePurpose, chooseRecipe, isGroup, recipeOf } from '../form/purpose.js';

/** Describes the groups: examples beside the label, and an explanation below the list. */
const GROUP_TEXTS: Readonly<Record<RecipeGroup, readonly [hint: string, detail: string]>> = {
  play: [
    'one video, a playlist, a link to a file',
    'Players on web pages, playback and download links, thumbnails. The viewer’s browser sees this key, so it can only play, and it expires soon.',
  ],
  edit: ['uploads, Express Recorder, captions', 'Keys for people or programs that add content or change it.'],
  ai: ['Genie, agents, Content Lab', 'Kaltura’s AI products: widgets in your pages, and their APIs.'],
  analytics: ['dashboards and reports', 'Keys that read analytics, or send the play events of your own player.'],
  events: [
    'meeting rooms, Events Platform, webcasts',
    'Links into rooms for attendees and moderators, and the APIs for events.',
  ],
  kaf: [
    'My Media, galleries, LTI, MediaSpace',
    'KAF pages inside your own site or learning system. Such a link works for one minute, because it signs the person in.',
  ],
  admin: [
    'moderation, users, categories, migrations',
    'Administration by API, from your own server or script. Most of these keys are ADMIN keys.',
  ],
  agents: [
    'MCP servers, coding assistants',
    'The configuration starts kaltura-ks, so the file contains no key and no secret.',
  ],
};

const GROUPS: readonly RecipeGroup[] = ['play', 'edit', 'kaf', 'events', 'ai', 'analytics', 'admin', 'agents'];

const LOOK_AROUND: Option = {
  value: 'look-around',
  label: 'Look around',
  hint: 'list and play the practice content',
  detail:
    'A USER key that lists and plays everything, and can’t change what other users own. Start with it: an ADMIN key could change and delete everything. Only the practice account has this option.',
};

const OTHERS: readonly Option[] = [
  {
    value: 'vendor',
    label: 'A vendor or another team',
    hint: 'an app token instead of your secret',
    detail:
      'Creates an app token and a text to send to the vendor, who creates keys from the token. You limit what the keys can do, and can delete the token.',
  },
  {
    value: 'other',
    label: 'Something else',
    hint: 'choose type and privileges yourself',
    detail: 'The next steps ask who will use the key, its type, user, lifetime and privileges.',
  },
];

/** Other words for a purpose, which a search finds. */
const OTHER_WORDS: Readonly<Record<string, string>> = { vendor: 'supplier partner agency contractor third-party' };

const groupOptions = (typed: FormState): readonly Option[] => [
  ...(offersLookAround(typed) ? [LOOK_AROUND] : []),
  ...GROUPS.map((group) => {
    const [hint, detail] = GROUP_TEXTS[group];
    return { value: group, label: RECIPE_GROUPS[group], hint, detail };
  }),
  ...OTHERS,
];

/** Says what comes of a use case: `USER · 1 hour · key in link`. A login decides the type itself. */
function outcomeText({ key, placement, next, confidence }: Recipe, isLogin: boolean): string {
  if (key === null) return 'no key needed';
  const isInLink = placement === 'path' || placement === 'query';
  // At 80 columns there is room for one remark beside the longest label.
  const remark =
    confidence === 'unconfirmed'
      ? ['unconfirmed']
      : isInLink
        ? [next.kind === 'page' ? 'key in page' : 'key in link']
        : [];
  return [...(isLogin ? [] : [key.type]), formatLifetime(key.lifetime), ...remark].join(' · ');
}

/** The longest label that leaves room for what comes of the use case, at 80 columns. */
const WIDEST_LABEL = 42;

/** Shortens a long title by its examples or its remark. */
function recipeLabel({ title }: Recipe): string {
  if (title.length <= WIDEST_LABEL) return title;
  const [start = title] = title.split(/: | \(/);
  return start.length <= WIDEST_LABEL ? start : `${start.slice(0, start.lastIndexOf(',', WIDEST_LABEL - 1))}…`;
}

const optionOf = (recipe: Recipe, isLogin: boolean): Option => ({
  value: recipe.id,
  label: recipeLabel(recipe),
  hint: outcomeText(recipe, isLogin),
  detail: recipe.summary,
});

const built = new Map<boolean, readonly Option[]>();

/** Returns the options of all use cases. Built once for each kind of sign-in, when they are first shown. */
function allOptions({ method }: FormState): readonly Option[] {
  const isLogin = method === 'login';
  const options = built.get(isLogin) ?? RECIPES.map((recipe) => optionOf(recipe, isLogin));
  built.set(isLogin, options);
  return options;
}

const searched = new Map<string, readonly Option[]>();

/** Returns what a search can find. Built once for each kind of sign-in, in practice and elsewhere. */
function searchedOptions(typed: FormState): readonly Option[] {
  const kind = `${typed.method} ${typed.region === 'practice'}`;
  const options = searched.get(kind) ?? [...allOptions(typed), ...groupOptions(typed)];
  searched.set(kind, options);
  return options;
}

const matches = ({ value, label, hint = '', detail = '' }: Option, query: string): boolean => {
  const text = [label, hint, detail, OTHER_WORDS[value] ?? ''].join('\n').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

/** Returns the values of the options that match: purposes without use cases, then use cases. Without any, the groups. */
function search(typed: FormState, query: string): readonly string[] {
  const found = groupOptions(typed).flatMap((option) => (matches(option, query) ? [option.value] : []));
  const others = found.filter((value) => !isGroup(value));
  const useCases = findRecipes(query).map(({ id }) => id);
  return [...others, ...(useCases.length > 0 ? useCases : found.filter(isGroup))];
}

const optionsOfGroup = (typed: FormState): readonly Option[] =>
  allOptions(typed).filter((_, index) => RECIPES[index]?.group === typed.purpose);

/** Returns the purpose to mark: the answer, or the first option. A use case that was found by a search is marked by its group. */
function markedPurpose(typed: FormState): string {
  const options = groupOptions(typed);
  const wanted = typed.purpose === 'search' ? recipeOf(typed)?.group : typed.purpose;
  return options.some(({ value }) => value === wanted) ? (wanted ?? '') : (options[0]?.value ?? '');
}

/** Handles a chosen purpose, or a use case that was found by a search. */
function choose(state: State, value: string): State {
  const recipe = findRecipe(value);
  const chosen =
    recipe === undefined ? choosePurpose(state.form, value as PurposeId) : chooseRecipe(state.form, recipe, 'search');
  return { ...state, form: chosen };
}

/** Says that a product takes no key, in place of the next step. */
function refuseWithoutKey(state: State) {
  const recipe = recipeOf(state.form);
  if (recipe === undefined || recipe.key !== null || isGroup(state.form.purpose) !== isUseCaseScreen(state))
    return stay(state);
  const text = `“${recipe.title}” needs no session key. To see what to do instead, run:`;
  return stay({ ...state, notice: { tone: 'caution', text, command: `kaltura-ks use ${recipe.id}` } });
}

const isUseCaseScreen = ({ screen }: State): boolean => screen === 'use-case';

/** Asks what the key is for: a group of use cases. */
export const purpose = form({
  step: {
    id: 'purpose',
    number: 4,
    // After a change of the region or the sign-in, “Look around” may not be in the list any more.
    isComplete: (typed) => typed.purpose !== 'look-around' || offersLookAround(typed),
  },
  fields: ({ form: typed }) => [
    {
      kind: 'choice',
      id: 'purpose',
      label: 'Purpose',
      value: markedPurpose(typed),
      options: groupOptions(typed),
      isSearchable: true,
      searched: { options: searchedOptions(typed), label: 'search all use cases' },
      search: (query) => search(typed, query),
      change: choose,
    },
  ],
  view: () => ({
    question: 'What is the key for?',
    help: [
      'Choose what you want to do. The next screen lists the use cases of that group, and each sets type, user, lifetime and privileges. You can change the last three on the review screen. To choose the type, too, choose “Something else”.',
      '/ searches all options and the use cases of all groups.',
    ],
  }),
  submit: refuseWithoutKey,
});

/** Returns the ID of the use case that is marked: the chosen one, or the first one of the group. */
function markedUseCase(typed: FormState): string {
  const options = optionsOfGroup(typed);
  return options.some(({ value }) => value === typed.recipe) ? typed.recipe : (options[0]?.value ?? '');
}

function chooseUseCase(state: State, id: string): State {
  const recipe = findRecipe(id);
  return recipe === undefined ? state : { ...state, form: chooseRecipe(state.form, recipe, recipe.group) };
}

/** Asks for the use case of the chosen group. */
export const useCase = form({
  step: {
    id: 'use-case',
    number: 4,
    isNeeded: ({ purpose }) => isGroup(purpose),
    isComplete: (typed) => recipeOf(typed)?.group === typed.purpose,
  },
  fields: ({ form: typed }) => {
    return [
      {
        kind: 'choice',
        id: 'recipe',
        label: 'Use case',
        value: markedUseCase(typed),
        options: optionsOfGroup(typed),
        isSearchable: true,
        change: chooseUseCase,
      },
    ];
  },
  view: ({ form: typed }) => ({
    question: isGroup(typed.purpose) ? `${RECIPE_GROUPS[typed.purpose as RecipeGroup]}: which use case?` : '',
    help: [
      typed.method === 'login'
        ? 'Next to each use case, you see how long the key is valid. You can change that on the review screen. The login decides the type: ADMIN for an administrator of the account, otherwise USER.'
        : 'Next to each use case, you see the type of the key and how long it is valid. You can change the lifetime on the review screen.',
      '“key in link” means that a URL contains the key, and “key in page” that the code of a page does. Everyone who sees the URL or the page can use the key until it expires.',
    ],
  }),
  submit: (state) => refuseWithoutKey(chooseUseCase(state, markedUseCase(state.form))),
});
