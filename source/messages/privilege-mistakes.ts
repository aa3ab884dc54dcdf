import { userProblem } from '../kaltura/ks/odd-user.js';
import { DAY, formatLifetime, HOUR } from '../kaltura/lifetime.js';
import type { OddText } from '../kaltura/odd-text.js';
import { correctSpelling } from '../kaltura/privileges/catalogue.js';
import { CUE_POINTS_ONLY, weightOf } from '../kaltura/privileges/effects.js';
import { oddEntryIds } from '../kaltura/privileges/entry-ids.js';
import { joinedFix, type PrivilegePair } from '../kaltura/privileges/item.js';
import { type PrivilegeMistake, privilegeMistakes } from '../kaltura/privileges/mistakes.js';
import { privilegePairs } from '../kaltura/privileges/privileges.js';
import { looksLikeEntryId } from '../kaltura/privileges/values.js';
import { sanitizeText } from '../kaltura/redact.js';
import type { ProblemText } from './build-mistakes.js';

/** What a text looks like that a bug of the code made. */
export const ODD_TEXTS: Readonly<Record<OddText['looksLike'], string>> = {
  nothing: 'what code prints for a missing value',
  object: 'an object printed as text',
  error: 'an error message',
  template: 'a variable that was not replaced',
  'session-key': 'a session key',
  'lost-characters': 'text with characters that were lost (�)',
  'percent-encoded': 'percent-encoded text',
  link: 'an e-mail link, with its mailto:',
  'html-encoded': 'HTML-encoded text',
  quoted: 'text with quotes around it',
  'wrong-charset': 'UTF-8 text that was read in another charset',
  invisible: 'text with invisible characters',
  spaces: 'text with spaces around it',
};

const PRIVILEGE_FIXES: Readonly<Partial<Record<OddText['looksLike'], string>>> = {
  quoted: 'Write the privileges without quotes.',
  invisible: 'Type the privilege again: the invisible character was probably copied with it.',
};

/** In characters. */
const LONGEST = 60;
const shown = (text: string): string => `“${sanitizeText(text, [], LONGEST)}”`;

/** Privileges whose empty value makes the server refuse the key (docs/kaltura-facts.md 2.3, 2.5). */
const REFUSING_EMPTY: Readonly<Record<string, string>> = {
  iprestrict: 'the server refuses the key from every IP address',
  actionslimit: 'the server refuses every call with the key',
  setrole: 'session.start refuses it',
};

/** Explains why a privilege doesn’t work, and what to write. */
export function privilegeMistakeText(mistake: PrivilegeMistake): ProblemText {
  switch (mistake.code) {
    case 'permission-not-privilege':
      return {
        what: `${shown(mistake.name)} is a permission, not a privilege. It does nothing in a key.`,
        fix: 'Give the permission to a role, and write setrole:<role>.',
      };
    case 'role-not-privilege':
      return {
        what: `${shown(mistake.name)} is a role, not a privilege. It does nothing in a key.`,
        fix: `Write setrole:${sanitizeText(mistake.name, [], LONGEST)}.`,
      };
    case 'unknown-privilege':
      return {
        what: `Kaltura ignores ${shown(mistake.name)}.`,
        fix:
          mistake.meant === null
            ? 'Check the spelling, unless your own application reads it.'
            : `Did you mean ${mistake.meant}?`,
      };
    case 'empty-value':
      return {
        what: `${mistake.name} has no value, so ${REFUSING_EMPTY[mistake.name] ?? 'it does nothing'}.`,
        fix: `Write ${mistake.name}:<value>.`,
      };
    case 'value-not-privilege': {
      const { name, before } = mistake;
      const fix = before === null ? 'Write the privilege before it.' : joinedFix(before, name);
      return {
        what: `${shown(name)} is a value, not a privilege. It does nothing in a key.`,
        fix: sanitizeText(fix.replace(/^join/, 'Join'), [], LONGEST * 3),
      };
    }
    case 'wrong-value':
      return { what: sanitizeText(mistake.problem, [], LONGEST * 4), fix: '' };
    case 'privilege-looks-like-a-bug':
      return {
        what: `${shown(mistake.text)} in the privileges looks like ${ODD_TEXTS[mistake.looksLike]}.`,
        fix:
          PRIVILEGE_FIXES[mistake.looksLike] ??
          'Pass the privileges to the code that creates the key, or an empty text for none.',
      };
    case 'encoded-twice':
      return {
        what: `${shown(mistake.text)} was percent-encoded twice, so the server doesn’t recognize it.`,
        fix: `${shown(mistake.meant)} was probably meant. Encode the fields once.`,
      };
  }
}

/** Warns about a user ID that looks like a bug of the caller; null for any other. */
export function oddUserWarning(userId: string): string | null {
  const problem = userProblem(userId);
  if (problem?.code !== 'user-looks-like-a-bug') return null;
  return `the user ID is ${shown(userId)}: that looks like ${ODD_TEXTS[problem.looksLike]}.`;
}

/** Warns that `list` with an entry ID lists no entries (docs/kaltura-facts.md 2.3). */
function cuePointWarning(pairs: readonly PrivilegePair[]): string[] {
  const found = pairs.find(([name, value]) => name === 'list' && value !== '*' && value !== '');
  if (found === undefined) return [];
  const written = sanitizeText(found.join(':'), [], LONGEST);
  return [`${written} ${CUE_POINTS_ONLY}. To list everyone’s entries, write list:*.`];
}

/** Warns about a privacy context with a space. It is free text (docs/kaltura-facts.md 2.3), and the server reports no wrong one. */
export const contextWarning = (label: string): string | null =>
  /\s/.test(label) ? `${shown(label)} has a space. Write the label exactly as the category has it.` : null;

/** Warns about a value that doesn't look like an entry ID; null if it does. */
export const entryIdWarning = (id: string): string | null =>
  looksLikeEntryId(id)
    ? null
    : `${shown(id)} doesn’t look like an entry ID, such as 0_abc12345. Make sure that all of it was copied.`;

/** Warns about the privileges whose values don't look like entry IDs. The server accepts any text there. */
export const entryIdWarnings = (privileges: string): string[] =>
  oddEntryIds(privileges).flatMap(([name, id]) => {
    const warning = entryIdWarning(id);
    return warning === null ? [] : [`${name}: ${warning}`];
  });

/** Returns a sentence for each privilege that doesn’t work as written. */
export function privilegeWarnings(privileges: string): string[] {
  const pairs = privilegePairs(privileges);
  const mistakes = privilegeMistakes(pairs).map((mistake) => {
    const { what, fix } = privilegeMistakeText(mistake);
    return `${what} ${fix}`.trimEnd();
  });
  const contexts = pairs.flatMap(([name, value]) => {
    const warning = name === 'privacycontext' ? contextWarning(value) : null;
    return warning === null ? [] : [`${name}: ${warning}`];
  });
  return [...mistakes, ...cuePointWarning(pairs), ...contexts];
}

/** Seconds. A longer lifetime is rarely meant. */
const LONG_LIFETIME = 30 * DAY;

/** Warns about a lifetime over 30 days, which may have been meant in milliseconds; null for a shorter one. */
export function lifetimeWarning(seconds: number): string | null {
  if (seconds <= LONG_LIFETIME) return null;
  const meant = seconds / 1000;
  const question = meant % HOUR === 0 ? `Did you mean ${meant} seconds?` : 'Anyone who gets it can use it that long.';
  return `The key is valid for ${formatLifetime(seconds)}. ${question}`;
}

/** Returns the privileges without those that `privilegeWarnings` names as mistakes. */
export const workingPrivileges = (privileges: string): PrivilegePair[] =>
  privilegePairs(privileges).filter((pair) => privilegeMistakes([pair]).length === 0);

/** Says in a few words why a privilege does nothing; null if it is as it should be. */
export function privilegeMeaning(pair: PrivilegePair): string | null {
  const [mistake] = privilegeMistakes([pair]);
  switch (mistake?.code) {
    case undefined:
      return null;
    case 'permission-not-privilege':
      return 'does nothing: a permission, not a privilege';
    case 'role-not-privilege':
      return 'does nothing: a role, not a privilege';
    case 'unknown-privilege':
      // Wrong capitals have their own meaning in the catalogue.
      return mistake.meant === null || correctSpelling(mistake.name) !== undefined
        ? null
        : `does nothing: unknown to Kaltura. Did you mean ${mistake.meant}?`;
    case 'value-not-privilege':
      return 'does nothing: a value, not a privilege';
    case 'privilege-looks-like-a-bug':
      // The server finds some privileges inside other text.
      return weightOf(...pair) === 'neutral' ? `does nothing: ${ODD_TEXTS[mistake.looksLike]}` : null;
    case 'wrong-value':
      return null;
    case 'empty-value':
      return REFUSING_EMPTY[mistake.name] ?? 'does nothing without a value';
    case 'encoded-twice':
      return `does nothing: encoded twice. ${shown(mistake.meant)} was probably meant`;
  }
}

/** Says what doesn't work as written; null if everything does. The server accepts it, so a second Enter does too. */
export function mistakesText(privileges: string): string | null {
  const texts = [...privilegeWarnings(privileges), ...entryIdWarnings(privileges)];
  return texts.length === 0 ? null : texts.join(' ');
}
