/** The values that a privilege accepts. */
export type PrivilegeValue =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'required';
      /** The kind of value in words, such as "entry ID". */
      readonly noun: string;
      readonly example: string;
      /** One value, or several joined with `/` (docs/kaltura-facts.md 2.3). */
      readonly takes: 'one' | 'list';
      /** Whether `*` can stand for all values. */
      readonly allowsAny: boolean;
      /** The most common value. */
      readonly defaultValue?: '*';
      /** Returns what is wrong with one value, in a sentence; null if it is valid. */
      readonly check?: (text: string) => string | null;
    };

export const isWholeNumber = (text: string): boolean => /^(0|[1-9]\d*)$/.test(text);

/**
 * Requires a number of at least 1. For 0 or text, the server rejects the first use with INVALID_ACTIONS_LIMIT
 * (docs/kaltura-facts.md 2.5).
 */
export const checkPositive = (text: string): string | null =>
  /^[1-9]\d*$/.test(text) ? null : 'The value must be a whole number from 1, in digits.';

/** Accepts -1, which KAF modules want: they take the key, and the API refuses every call with it (docs/kaltura-facts.md 5.6). */
export const checkActionsLimit = (text: string): string | null =>
  text === '-1' || checkPositive(text) === null
    ? null
    : 'The value must be a whole number from 1, or -1 for a key that only KAF accepts: the API refuses every call with -1.';

export const checkNumber = (text: string): string | null =>
  isWholeNumber(text) ? null : 'The value must be a whole number, in digits.';

/** Rejects spaces, separators and wildcards in an ID. */
export const checkId = (text: string): string | null => {
  if (text.includes('*')) return 'A * is a wildcard only on its own: write * or whole IDs.';
  if (/\s/.test(text)) return 'An ID contains no spaces.';
  const separator = /[;|]/.exec(text)?.[0];
  return separator === undefined ? null : `An ID contains no ${separator} : separate privileges with a comma.`;
};

/** Checks for a data center number and usually eight characters. Old entries may have other forms (docs/kaltura-facts.md 7). */
export const looksLikeEntryId = (text: string): boolean => /^\d+_[0-9a-z]{8,10}$/.test(text);

/** Returns an entry ID with the spaces inside it removed (`0_abc 12345`); null if the text isn't one. */
export function brokenEntryId(text: string): string | null {
  const parts = text.split(/\s+/);
  const whole = parts.join('');
  return parts.length > 1 && looksLikeEntryId(whole) && !parts.some(looksLikeEntryId) ? whole : null;
}

/** What people write between values in place of the `/`. */
const SEPARATOR = /\s*[;|，；、]\s*|\s+/;

/** Matches another privilege after a wrong separator: `name:value`, or one without a value, such as `disableentitlement`. */
const OTHER_PRIVILEGE = /^[a-z]{4,}:|^(?:dis|en)able[a-z]{8,}$/;

/** The address of a page or file that has an entry ID in it. */
const URL_WITH_ID = /^https?:\/\/.*\b(\d+_[0-9a-z]{8})\b/i;

/** Finds a wrong separator between the values of a list, and shows the right one; null if there is none. */
function separatorProblem(name: string, text: string): string | null {
  if (!SEPARATOR.test(text)) return null;
  const broken = brokenEntryId(text);
  if (broken !== null) return `${name}: remove all spaces from the ID. Write ${name}:${broken}.`;
  const values = text.split(SEPARATOR).filter((part) => part !== '');
  const [first = '', ...rest] = values;
  if (rest.length === 0) return `${name}: write ${name}:${first}, without spaces or separators.`;
  return joinedProblem(name, text) ?? `${name}: join values with / : write ${name}:${values.join('/')}.`;
}

/** Finds another privilege in a value, after a wrong separator; null if there is none. */
function joinedProblem(name: string, text: string): string | null {
  const [first = '', ...rest] = text.split(SEPARATOR).filter((part) => part !== '');
  if (!rest.some((part) => OTHER_PRIVILEGE.test(part))) return null;
  return `${name}: separate privileges with commas: write ${[`${name}:${first}`, ...rest].join(',')}.`;
}

export const checkOneId = (text: string): string | null =>
  text.includes('/') ? 'Give one ID: remove the / and the text after it.' : checkId(text);

/**
 * Requires a single value. The server splits every value at `/` and uses only the first part of these
 * (docs/kaltura-facts.md 2.3, 5.5).
 */
export const checkFirstOnly = (text: string): string | null =>
  text.includes('/') ? 'Only the part before the / would count: remove the / and the text after it.' : null;

const isAddress = (text: string): boolean =>
  /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/.test(text) ||
  /^(?=.*:.*:)[0-9A-Fa-f:]+(\.\d+){0,3}$/.test(text);

/** Requires IP addresses. The server compares them as text: no ranges, no networks (docs/kaltura-facts.md 2.3). */
export const checkAddress = (text: string): string | null =>
  isAddress(text)
    ? null
    : 'Only whole IP addresses work, no ranges, networks, ports or host names: write each one, joined with / (10.0.0.7/10.0.0.8).';

/**
 * Requires paths. The server compares the path and query of the request, never the host (docs/kaltura-facts.md 2.3).
 */
export const checkPaths = (text: string): string | null => {
  for (const path of text.split('|')) {
    if (/^[a-z]+:\/\//i.test(path))
      return 'A full URL never matches: write only the path, from its first / (/api_v3/*).';
    if (!path.startsWith('/')) return 'A path begins with / : write for example /api_v3/* , several joined with | .';
    if (path.slice(0, -1).includes('*')) return 'A * works only at the end of a path: remove the others.';
  }
  return null;
};

export const checkOnlyAny = (text: string): string | null => (text === '*' ? null : 'The only value that works is * .');

/**
 * Validates the value of a known privilege; null if it is valid.
 *
 * @param text the value as typed, '' if there is none
 */
export function valueProblem(name: string, value: PrivilegeValue, text: string): string | null {
  if (value.kind === 'none') {
    // The name must match exactly: `disableentitlement:*` does nothing (docs/kaltura-facts.md 5.10).
    return text === '' ? null : `${name} does nothing with a value: write only ${name}.`;
  }
  const { noun, example, check } = value;
  if (text === '' || (value.takes === 'list' && text.split(SEPARATOR).join('') === '')) {
    const hint =
      name === 'actionslimit' ? ' With actionslimit:-1, the API refuses every call, and only KAF accepts the key.' : '';
    return `${name} needs a value (${noun}): write for example ${name}:${example}.${hint}`;
  }
  if (text === '*') {
    return value.allowsAny
      ? null
      : `${name} does not support * : it needs a value (${noun}), for example ${name}:${example}.`;
  }
  const problemOf = (part: string): string | null => {
    const problem = check?.(part) ?? null;
    return problem && `${name}: ${problem.charAt(0).toLowerCase()}${problem.slice(1)}`;
  };
  if (value.takes === 'one') {
    const isId = check === checkId || check === checkOneId;
    return (isId ? joinedProblem(name, text) : null) ?? problemOf(text);
  }
  const id = check === checkId ? URL_WITH_ID.exec(text)?.[1] : undefined;
  if (id !== undefined) return `${name}: a URL is no ID: write ${name}:${id}.`;
  const separated = separatorProblem(name, text);
  if (separated !== null) return separated;
  for (const part of text.split('/')) {
    if (part === '') return `${name}: a value is missing next to a / : remove the / .`;
    if (part === '*') return `${name}: * in a list is not a wildcard: write ${name}:* or a list of IDs.`;
    const problem = problemOf(part);
    if (problem !== null) return problem;
  }
  return null;
}
