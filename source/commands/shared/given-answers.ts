import { readAddress } from '../../kaltura/accounts/hosts.js';
import { privilegePairs } from '../../kaltura/privileges/privileges.js';
import type { RecipeAnswers } from '../../kaltura/recipes/fill.js';
import type { Env } from '../../operations/runtime.js';
import { ANSWER_FLAGS, type AnswerFlag, type AnswerName, flagOf, variableOf } from './answer-flags.js';
import type { Flags } from './command-call.js';
import { UsageError } from './exit-codes.js';
import { InputProblems } from './input-problems.js';

/** A given answer and its source: `--type`, `KALTURA_TYPE`. */
export interface Given {
  readonly text: string;
  readonly source: string;
  readonly isFlag: boolean;
}

export type GivenAnswers = Partial<Readonly<Record<AnswerName, Given>>>;

/** What flags and variables say. */
export interface ReadAnswers {
  readonly given: GivenAnswers;
  /** The given answers that are invalid; they are not in `given`. */
  readonly invalid: ReadonlyMap<AnswerName, UsageError>;
}

function givenBy({ name, choices }: AnswerFlag, flags: Flags, env: Env): Given | UsageError | undefined {
  const typed = flags[name];
  const [flag, variable] = [Array.isArray(typed) ? typed.join(',') : typed, env[variableOf(name)]];
  const isFlag = typeof flag === 'string';
  // An empty variable counts as not set; an empty flag means “none”.
  const text = isFlag ? flag : variable === '' ? undefined : variable;
  if (text === undefined) return undefined;
  const source = isFlag ? flagOf(name) : variableOf(name);
  if (choices === undefined) return { text, source, isFlag };
  const choice = text.trim().toLowerCase();
  if (choices.includes(choice)) return { text: choice, source, isFlag };
  const region = name === 'region' ? regionIn({ text, source, isFlag }) : null;
  return region ?? new UsageError(`${source} takes one of ${choices.join(', ')}.`);
}

/** Returns the region whose host the address names; null if it names none. */
function regionIn(address: Given): Given | null {
  const reading = readAddress(address.text);
  return reading.kind === 'region' ? { ...address, text: reading.region } : null;
}

/** Reads the answers of flags and variables; a flag has priority. The address of a hosted region, such as that of a KMC page, is its region. */
export function readAnswers(flags: Flags, env: Env): ReadAnswers {
  const given: Partial<Record<AnswerName, Given>> = {};
  const invalid = new Map<AnswerName, UsageError>();
  // Region and URL are one answer: the flag of one replaces the variable of the other, even if that is invalid.
  const replaced = ['region', 'url'].filter((name) => flags[name === 'url' ? 'region' : 'url'] !== undefined);
  for (const flag of ANSWER_FLAGS) {
    if (replaced.includes(flag.name) && flags[flag.name] === undefined) continue;
    const found = givenBy(flag, flags, env);
    if (found instanceof UsageError) invalid.set(flag.name, found);
    else if (found !== undefined) given[flag.name] = found;
  }
  const { region, url } = given;
  if (region !== undefined && url !== undefined) {
    invalid.set(
      'region',
      new UsageError(`${region.source} and ${url.source} exclude each other.`, 'conflicting-options'),
    );
  }
  const hosted = url === undefined ? null : regionIn(url);
  if (hosted === null) return { given, invalid };
  delete given.url;
  return { given: { ...given, region: hosted }, invalid };
}

/**
 * Reads the answers of flags and variables.
 * @throws {UsageError} with everything that is invalid
 */
export function givenAnswers(flags: Flags, env: Env): GivenAnswers {
  const { given, invalid } = readAnswers(flags, env);
  const problems = new InputProblems();
  for (const problem of invalid.values()) problems.add(problem);
  problems.assertNone();
  return given;
}

/**
 * Adds the answers of a recipe. A flag beside it replaces its answer; `--privilege` adds privileges, and replaces those of the same name.
 * A variable is replaced by the recipe, which is a flag.
 */
export function withRecipe(given: GivenAnswers, recipe: RecipeAnswers, source: string): GivenAnswers {
  const { privilege } = given;
  const added = privilege?.isFlag === true ? privilege.text : '';
  const names = privilegePairs(added).map(([name]) => name);
  const kept = privilegePairs(recipe.privileges).filter(([name]) => !names.includes(name));
  const privileges = [...kept.map(([name, value]) => (value === '' ? name : `${name}:${value}`)), added];
  const ofRecipe: GivenAnswers = {
    holder: { text: recipe.holder, source, isFlag: true },
    type: { text: recipe.type.toLowerCase(), source, isFlag: true },
    expiry: { text: String(recipe.lifetime), source, isFlag: true },
  };
  const flags = Object.fromEntries(Object.entries(given).filter(([, answer]) => answer.isFlag));
  return {
    ...given,
    ...ofRecipe,
    ...flags,
    privilege: {
      text: privileges.filter((text) => text.trim() !== '').join(','),
      source: added === '' ? source : `${source} and --privilege`,
      isFlag: true,
    },
  };
}
