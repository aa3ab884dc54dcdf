import type { KsExplanation } from '../../kaltura/ks/explain.js';
import { isRefused, isWildcardIn, privilegePairsInKey } from '../../kaltura/ks/explain.js';
import { SVIEW_HIDES_NOTHING, type Weight } from '../../kaltura/privileges/catalogue.js';
import { explainPrivilege } from '../../kaltura/privileges/effects.js';
import { namesEntries } from '../../kaltura/privileges/entry-ids.js';
import { joinPair, type PrivilegePair } from '../../kaltura/privileges/item.js';
import { isLimitingRole } from '../../kaltura/privileges/roles.js';
import { sanitizeText } from '../../kaltura/redact.js';
import type { KeyFacts } from '../../kaltura/sign-in/key-request.js';
import { plainUserKeyText } from '../key-meaning.js';
import { type Paragraph, plain, type Tone } from '../paragraph.js';
import { HARMLESS_IN_PRACTICE, isSuggestedInPractice } from '../practice-key.js';
import { privilegeMeaning } from '../privilege-mistakes.js';

interface Meaning {
  readonly summary: string;
  readonly weight: Weight;
}

const nothing = (why: string): Meaning => ({ summary: `does nothing here: ${why}`, weight: 'neutral' });

/** Checks that an ADMIN key passes without them (docs/kaltura-facts.md 2.2, 2.3). */
const FOR_USERS = ['edit', 'list', 'edituser', 'editadmintags'];

/** In a key of version 1 a blank is a part of the name, and no name that the server knows has one (docs/kaltura-facts.md 1.3). */
const hasStrayBlank = (name: string, version: number): boolean => version === 1 && name !== name.trim();

/** Says what a privilege does in this key, which depends on the other privileges, the type and the version. */
function meaningOf([name, value]: PrivilegePair, explanation: KsExplanation, held: readonly PrivilegePair[]): Meaning {
  const { version, facts } = explanation;
  const isAdmin = facts?.type === 'ADMIN';
  // The server finds name:* anywhere in the text (docs/kaltura-facts.md 2.2).
  if (hasStrayBlank(name, version) && value !== '*') return nothing('there is a space before or after its name');
  if (name === '*' || (name === 'all' && value === '*')) {
    if (!isWildcardIn(facts?.privileges ?? '', version)) return nothing('* works only when it is the only privilege');
    return isAdmin
      ? nothing('an ADMIN key passes these checks anyway')
      : { summary: 'passes every privilege check', weight: 'danger' };
  }
  if (name === 'disableentitlement' && held.some(([other, its]) => other === 'enableentitlement' && its === '')) {
    return nothing('enableentitlement wins');
  }
  const mistaken = privilegeMeaning([name, value]);
  if (mistaken !== null) return { summary: mistaken, weight: 'neutral' };
  const meaning = explainPrivilege(name, value);
  return isAdmin && FOR_USERS.includes(name)
    ? { summary: `${meaning.summary}; an ADMIN key can do this anyway`, weight: 'neutral' }
    : meaning;
}

const TONES: Readonly<Partial<Record<Weight, Tone>>> = { danger: 'danger', caution: 'caution' };

/** The maximum number of values that are listed. */
const MOST_SHOWN = 60;
const LONGEST = 120;

/** Returns a privilege as users write it. A version 2 key stores the wildcard * as all:*. */
const written = (pair: PrivilegePair, isAlone: boolean): string => {
  const text = joinPair(pair);
  return isAlone && text === 'all:*' ? '*' : text;
};

function privilegeParagraph(text: string, { summary, weight }: Meaning): Paragraph {
  const tone = TONES[weight];
  const shown = sanitizeText(text, [], LONGEST);
  // The meaning is already in parentheses, so nested ones become a clause.
  const meaning = summary.replace(/ \((.*)\)$/, (_, inner: string) => (inner === text ? '' : `, ${inner}`));
  return { tone: tone ?? 'plain', text: `· ${tone === undefined ? '' : `${tone}: `}${shown} (${meaning})` };
}

/** A key that servers refuse can do nothing. What an ADMIN key can do is one of the warnings. */
function withoutPrivileges(explanation: KsExplanation, { type, userId }: KeyFacts): string {
  if (type !== 'USER' || userId === null || explanation.isWidget || isRefused(explanation)) return 'Privileges: none';
  return `Privileges: none. ${plainUserKeyText(userId)}`;
}

/** A warning below the privileges says what a key with such a role can still do. */
const isWarnedOf = ([name, value]: PrivilegePair): boolean => name === 'setrole' && isLimitingRole(value);

/** The privileges of a key, an item each: its risk, if it is one, what stands there, and what it does in this key. */
export function privilegeParagraphs(explanation: KsExplanation): Paragraph[] {
  const { facts, version } = explanation;
  if (facts === null) return [];
  if (facts.privileges === null) {
    const isChanged = explanation.problems.some(({ code }) => code === 'hash-mismatch');
    return [plain(isChanged ? 'Its privileges can’t be read reliably.' : 'Its privileges are unknown.')];
  }
  // A line break at the end of the fields is no privilege.
  const held = privilegePairsInKey(facts.privileges, version).filter((pair) => pair.join('').trim() !== '');
  if (held.length === 0) return [plain(withoutPrivileges(explanation, facts))];
  const shown = held.slice(0, MOST_SHOWN);
  const rest = held.length - shown.length;
  const isAlone = isWildcardIn(facts.privileges, version);
  const isHarmless = isSuggestedInPractice(explanation);
  const meaning = (pair: PrivilegePair): Meaning => {
    const meant = meaningOf(pair, explanation, held);
    return isHarmless || isWarnedOf(pair) ? { ...meant, weight: 'neutral' } : meant;
  };
  return [
    plain('Privileges:'),
    ...shown.map((pair) => privilegeParagraph(written(pair, isAlone), meaning(pair))),
    ...(rest === 0 ? [] : [plain(`· and ${rest} more`)]),
    ...(isHarmless ? [HARMLESS_IN_PRACTICE] : []),
    ...(facts.type === 'USER' && namesEntries(facts.privileges) ? [plain(SVIEW_HIDES_NOTHING)] : []),
  ];
}
