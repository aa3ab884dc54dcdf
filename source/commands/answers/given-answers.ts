import { officialNameOf } from '../../kaltura/accounts/variable-names.js';
import { joinPair } from '../../kaltura/privileges/item.js';
import { privilegePairs } from '../../kaltura/privileges/privileges.js';
import type { RecipeAnswers } from '../../kaltura/recipes/fill.js';
import type { Env } from '../../operations/runtime.js';
import type { Flags } from '../shared/command-call.js';
import { notOneOf, UsageError } from '../shared/exit-codes.js';
import { ANSWER_FLAGS, type AnswerFlag, type AnswerName, flagOf, variableOf } from './answer-flags.js';
import { InputProblems } from './input-problems.js';
import { type NamedServer, readRegion, readServer, serverInVariables } from './server-variables.js';

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

/** Returns the variable that gives an answer, by our name or the official one. */
function variableFor(name: AnswerName, env: Env, usesOfficial: boolean): Given | UsageError | undefined {
  const own = variableOf(name);
  const official = usesOfficial ? officialNameOf(own) : null;
  const set = [official, own].flatMap((source) => {
    const text = source === null ? '' : (env[source] ?? '');
    return source === null || text === '' ? [] : [{ text, source, isFlag: false }];
  });
  const [first, second] = set;
  if (first === undefined || second === undefined || first.text.trim() === second.text.trim()) return first;
  return new UsageError(`${first.source} and ${second.source} differ. Unset one of them.`, 'conflicting-options');
}

function givenBy({ name, choices }: AnswerFlag, flags: Flags, env: Env, usesOfficial: boolean) {
  const typed = flags[name];
  const flag = Array.isArray(typed) ? typed.join(',') : typed;
  // An empty variable counts as not set; an empty flag means “none”.
  const given =
    typeof flag === 'string'
      ? { text: flag, source: flagOf(name), isFlag: true }
      : variableFor(name, env, usesOfficial);
  if (given === undefined || given instanceof UsageError || choices === undefined) return given;
  const choice = given.text.trim().toLowerCase();
  if (choices.includes(choice)) return { ...given, text: choice };
  return notOneOf(given.source, choices, given.text);
}

/** Region and URL are one answer: the flag of one replaces the variable of the other, even if that is invalid. */
export function givenServer(
  { region, url }: Flags,
  env: Env,
  usesOfficial: boolean,
): NamedServer | UsageError | undefined {
  if (typeof region === 'string' && typeof url === 'string') {
    return new UsageError('Use --region or --url, not both.', 'conflicting-options');
  }
  if (typeof region === 'string') return readRegion(region, flagOf('region'));
  return typeof url === 'string' ? readServer(url, flagOf('url')) : serverInVariables(env, usesOfficial);
}

/** Checks whether a flag names another account than KALTURA_PARTNER_ID. */
function flagNamesOtherAccount({ partner }: Flags, env: Env): boolean {
  const official = (env[officialNameOf(variableOf('partner')) ?? ''] ?? '').trim();
  return typeof partner === 'string' && official !== '' && partner.trim() !== official;
}

/**
 * Reads the answers of flags and variables; a flag has priority. The official names of variables describe one account together, so with a
 * profile, or a flag for another account, they don't count.
 */
export function readAnswers(flags: Flags, env: Env, hasProfile: boolean): ReadAnswers {
  const given: Partial<Record<AnswerName, Given>> = {};
  const invalid = new Map<AnswerName, UsageError>();
  const usesOfficial = !hasProfile && !flagNamesOtherAccount(flags, env);
  const server = givenServer(flags, env, usesOfficial);
  if (server instanceof UsageError) invalid.set('region', server);
  else if (server !== undefined) {
    given[server.name] = { ...server, isFlag: flags['region'] !== undefined || flags['url'] !== undefined };
  }
  for (const flag of ANSWER_FLAGS) {
    if (flag.name === 'region' || flag.name === 'url') continue;
    const found = givenBy(flag, flags, env, usesOfficial);
    if (found instanceof UsageError) invalid.set(flag.name, found);
    else if (found !== undefined) given[flag.name] = found;
  }
  return { given, invalid };
}

/**
 * Reads the answers of flags and variables of a command without a profile.
 * @throws {UsageError} with everything that is invalid
 */
export function givenAnswers(flags: Flags, env: Env): GivenAnswers {
  const { given, invalid } = readAnswers(flags, env, false);
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
  const privileges = [...kept.map(joinPair), added];
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
