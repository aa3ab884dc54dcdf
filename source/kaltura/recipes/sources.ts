import type { Confidence, Recipe } from './recipe.js';

const named = (noun: string, names: readonly string[]): string =>
  `Kaltura’s ${noun}${names.length === 1 ? '' : 's'} ${names.join(', ').replace(/, ([^,]*)$/, ' and $1')}`;

export const guide = (...names: string[]): string =>
  `${named('guide', names)} (repository kaltura/kaltura-agents-api-guides)`;

export const sample = (...names: string[]): string => named('sample', names);

export const GUIDES = 'Kaltura’s guides (repository kaltura/kaltura-agents-api-guides)';
export const SERVER_CODE = 'the code of Kaltura’s server (repository kaltura/server)';

const CHECKED: Readonly<Record<Confidence, string>> = {
  'observed on the server': 'Tried on Kaltura’s server software.',
  'read in the server’s code': 'Checked against the code of Kaltura’s server.',
  'from documents': 'Not tried on Kaltura’s hosted service.',
  unconfirmed: 'Not confirmed.',
};

/** Says where the facts about a recipe come from, and whether they were checked. */
export const recipeSource = ({ source, confidence }: Recipe): string => `${source}. ${CHECKED[confidence]}`;
