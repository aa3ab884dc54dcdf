import type { KsVersion, SessionType } from '../ks/fields.js';
import { acceptsList } from '../privileges/catalogue.js';
import { weightOf } from '../privileges/effects.js';
import { joinPair } from '../privileges/item.js';
import { actionsLimitIn, addressesIn, pathsIn } from '../privileges/limits.js';
import { checkPrivileges, privilegePairs } from '../privileges/privileges.js';
import type { KeyFacts } from '../sign-in/key-request.js';
import { fillPrivilege, isGiven, placeholdersIn } from './fill.js';
import { type PlaceholderValues, placeholderOf } from './placeholders.js';
import type { KeyRecipe, RecipeKey } from './recipe.js';

/** Why a key can't be used for a recipe. */
export type FitProblem =
  | { readonly kind: 'type'; readonly needed: SessionType }
  | { readonly kind: 'no-user'; readonly whose: string }
  /** `privilege` has `<placeholder>` where the value is not given. */
  | { readonly kind: 'missing'; readonly privilege: string }
  | { readonly kind: 'missing-one-of'; readonly privileges: readonly string[] }
  | { readonly kind: 'value'; readonly name: string; readonly value: string; readonly needed: string }
  | { readonly kind: 'broken-by'; readonly privilege: string }
  /** The API refuses every call (docs/kaltura-products.md 0.1). */
  | { readonly kind: 'unusable-limit' }
  /** A value that must be percent-encoded. */
  | { readonly kind: 'not-encoded'; readonly name: string }
  | { readonly kind: 'version-1-in-path' }
  | { readonly kind: 'expired' };

/** What should be different, although the key may work. */
export type FitCaution =
  /** The key is ADMIN, and USER is enough. */
  | { readonly kind: 'admin' }
  /** The key is USER. The sources use ADMIN, and don't say that USER fails. */
  | { readonly kind: 'maybe-admin' }
  | { readonly kind: 'user'; readonly userId: string }
  /** Without the role, the key can do more than it needs. */
  | { readonly kind: 'not-narrowed'; readonly role: string }
  | { readonly kind: 'extra'; readonly privilege: string }
  | { readonly kind: 'other-role'; readonly role: string }
  | { readonly kind: 'limits'; readonly names: readonly string[] }
  /** In seconds. */
  | { readonly kind: 'short' | 'long'; readonly left: number; readonly usual: number }
  /** `problem` is a sentence. */
  | { readonly kind: 'reserved'; readonly problem: string };

/** How a key fits a recipe, as far as that is visible without the server. */
export interface Fit {
  readonly problems: readonly FitProblem[];
  readonly cautions: readonly FitCaution[];
}

interface CheckedKey {
  readonly facts: KeyFacts;
  /** null if unknown. */
  readonly version: KsVersion | null;
}

/** ADMIN keys pass the checks of these privileges without them (docs/kaltura-facts.md 2.2). */
const ADMIN_PASSES: readonly string[] = ['edit', 'sview', 'sviewplaylist', 'list', 'download'];

/** Roles that only take permissions away from such a key: it works without them. */
const NARROWING: readonly string[] = ['PLAYBACK_BASE_ROLE', 'UPLOAD_BASE_ROLE', 'KMC_ANALYTICS_ROLE'];

/** One privilege that the recipe asks for. `value` is null if its value is not given. */
interface Needed {
  readonly text: string;
  readonly name: string;
  readonly value: string | null;
  readonly isEncoded: boolean;
}

/** Returns what the recipe asks for. A required value that is not given stays open; an optional one is left out. */
function neededPrivileges({ asks, key }: KeyRecipe, values: PlaceholderValues): Needed[] {
  return key.privileges
    .filter((item) => placeholdersIn(item).every((id) => asks.includes(id) || isGiven(values, id)))
    .flatMap((item) => {
      const isEncoded = /%7B/.test(item) || placeholdersIn(item).some((id) => placeholderOf(id).isEncoded === true);
      return privilegePairs(fillPrivilege(item, values)).map(([name, value]) => ({
        text: joinPair([name, value]),
        name,
        value: placeholdersIn(value).length > 0 ? null : value,
        isEncoded,
      }));
    });
}

/** Checks whether a value of the key includes what is needed, as the server compares it (docs/kaltura-facts.md 2.2). */
function includes(name: string, value: string, needed: string): boolean {
  if (value === needed) return true;
  if (!acceptsList(name)) return false;
  const parts = value.split('/');
  return parts.includes('*') || needed.split('/').every((one) => parts.includes(one));
}

/**
 * Checks without the server whether a key can be used for a recipe.
 * @param values may be incomplete
 * @param now in epoch seconds
 */
export function fitOf(recipe: KeyRecipe, values: PlaceholderValues, key: CheckedKey, now: number): Fit {
  const { facts, version } = key;
  const parts = [
    fitOfTypeAndUser(recipe.key, facts),
    fitOfPrivileges(recipe, values, key),
    fitOfLifetime(recipe.key, facts, now),
  ];
  const problems = parts.flatMap((part) => part.problems);
  if (recipe.placement === 'path' && version === 1) problems.push({ kind: 'version-1-in-path' });
  return { problems, cautions: parts.flatMap((part) => part.cautions) };
}

function fitOfTypeAndUser({ type, mayBeUser, user }: RecipeKey, facts: KeyFacts): Fit {
  const problems: FitProblem[] = [];
  const cautions: FitCaution[] = [];
  const hasUser = facts.userId !== null && facts.userId !== '' && facts.userId !== '0';
  if (type === 'ADMIN' && facts.type === 'USER') {
    if (mayBeUser === true) cautions.push({ kind: 'maybe-admin' });
    else problems.push({ kind: 'type', needed: type });
  }
  if (type === 'USER' && facts.type === 'ADMIN') cautions.push({ kind: 'admin' });
  if (user.need === 'required' && !hasUser) problems.push({ kind: 'no-user', whose: user.whose });
  if (user.need === 'none' && hasUser) cautions.push({ kind: 'user', userId: facts.userId ?? '' });
  return { problems, cautions };
}

function fitOfLifetime({ lifetime, holder }: RecipeKey, { expiresAt }: KeyFacts, now: number): Fit {
  if (expiresAt === null) return { problems: [], cautions: [] };
  const left = Math.floor(expiresAt - now);
  if (left <= 0) return { problems: [{ kind: 'expired' }], cautions: [] };
  if (left < lifetime / 2) return { problems: [], cautions: [{ kind: 'short', left, usual: lifetime }] };
  const isLong = holder === 'browser' && left > 2 * lifetime;
  return { problems: [], cautions: isLong ? [{ kind: 'long', left, usual: lifetime }] : [] };
}

function fitOfPrivileges(recipe: KeyRecipe, values: PlaceholderValues, { facts, version }: CheckedKey): Fit {
  const text = facts.privileges ?? '';
  const isWildcard = text.trim() === '*' || (version === 2 && text.trim() === 'all:*');
  const has = new Map(privilegePairs(text));
  const problems: FitProblem[] = [];
  const cautions: FitCaution[] = [];
  for (const one of neededPrivileges(recipe, values)) {
    const value = has.get(one.name);
    const passes = ADMIN_PASSES.includes(one.name) && (facts.type === 'ADMIN' || isWildcard);
    if (one.name === 'setrole' && value === undefined && isOptionalRole(one.value, facts)) {
      if (one.value !== null) cautions.push({ kind: 'not-narrowed', role: one.value });
    } else if (value === undefined) {
      if (!passes) problems.push({ kind: 'missing', privilege: one.text });
    } else if (one.isEncoded && /[^\w.~%-]/.test(value)) problems.push({ kind: 'not-encoded', name: one.name });
    else if (one.value !== null && !passes && !includes(one.name, value, one.value)) {
      problems.push({ kind: 'value', name: one.name, value, needed: one.value });
    }
  }
  problems.push(...missingChoice(recipe, values, has));
  const brokenBy = recipe.brokenBy.filter((privilege) =>
    privilegePairs(privilege).every(([name, value]) => has.get(name) === value),
  );
  problems.push(...brokenBy.map((privilege): FitProblem => ({ kind: 'broken-by', privilege })));
  const names = recipe.key.privileges.flatMap((item) => privilegePairs(item)).map(([name]) => name);
  if (!names.includes('actionslimit') && actionsLimitIn(text) === 'unusable') problems.push({ kind: 'unusable-limit' });
  cautions.push(...extras(has, names, brokenBy), ...limitsIn(text, names));
  const reading = checkPrivileges(text, version);
  if (!reading.ok && problems.length === 0) cautions.push({ kind: 'reserved', problem: reading.problem });
  return { problems, cautions };
}

/** Without a narrowing role, a key still works; an ADMIN key doesn't need a widening one. */
const isOptionalRole = (role: string | null, { type }: KeyFacts): boolean =>
  type === 'ADMIN' || (role !== null && NARROWING.includes(role));

/** Checks the privileges of which exactly one is needed, if none of their values is given. */
function missingChoice(
  { asksOneOf, key }: KeyRecipe,
  values: PlaceholderValues,
  has: ReadonlyMap<string, string>,
): FitProblem[] {
  if (asksOneOf.length === 0 || asksOneOf.some((id) => isGiven(values, id))) return [];
  const choices = key.privileges.filter((item) => placeholdersIn(item).some((id) => asksOneOf.includes(id)));
  const isThere = choices.some((item) => privilegePairs(item).every(([name]) => has.has(name)));
  return isThere ? [] : [{ kind: 'missing-one-of', privileges: choices }];
}

/** Finds risky privileges and roles that the recipe doesn't ask for. */
function extras(has: ReadonlyMap<string, string>, names: readonly string[], reported: readonly string[]): FitCaution[] {
  return [...has]
    .filter(([name, value]) => !names.includes(name) && !reported.includes(joinPair([name, value])))
    .flatMap(([name, value]): FitCaution[] => {
      const privilege = joinPair([name, value]);
      const weight = weightOf(name, value);
      if (weight === 'caution' || weight === 'danger') return [{ kind: 'extra', privilege }];
      return name === 'setrole' ? [{ kind: 'other-role', role: value }] : [];
    });
}

/** Finds limits of the key that the recipe doesn't ask for. */
function limitsIn(text: string, names: readonly string[]): FitCaution[] {
  const limit = actionsLimitIn(text);
  const found = [
    ...(typeof limit === 'number' ? ['actionslimit'] : []),
    ...(pathsIn(text) === null ? [] : ['urirestrict']),
    ...(addressesIn(text) === null ? [] : ['iprestrict']),
  ].filter((name) => !names.includes(name));
  return found.length === 0 ? [] : [{ kind: 'limits', names: found }];
}
