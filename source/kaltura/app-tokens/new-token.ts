import { invisibleProblem } from '../invisible-characters.js';
import type { SessionType } from '../ks/fields.js';
import { readLifetime } from '../lifetime.js';
import { checkPrivileges, privilegePairs } from '../privileges/privileges.js';
import { type Risk, risksOf } from '../risks/risks.js';
import { isLimitedByRole, type KeyPlan } from '../risks/rule.js';
import { readUserId, trimText } from '../typed-values.js';
import type { NewAppToken } from './manage.js';

/** What a person wants of a new app token, as typed. */
export interface TypedAppToken {
  readonly description: string;
  readonly userId: string;
  readonly type: SessionType;
  readonly privileges: string;
  /** How long each of its keys lives: `1h`. */
  readonly sessionLength: string;
  /** When the token itself ends, from now: `90d`, or `never`. */
  readonly expires: string;
}

export type TokenField = Exclude<keyof TypedAppToken, 'type'>;

export interface ParsedAppToken {
  /** null while a field has a problem. */
  readonly newToken: NewAppToken | null;
  /** Why a field cannot be used as it is, a sentence each. */
  readonly problems: Readonly<Partial<Record<TokenField, string>>>;
  /** What is odd about a field, or not what one may think, though it can be used. */
  readonly warnings: Readonly<Partial<Record<TokenField, string>>>;
}

type Field<T> = { readonly value: T; readonly warning?: string | undefined } | { readonly problem: string };

/**
 * Reads what a new app token is to be, and refuses what the server would take and make something dead or harmless of without a word: zeros, a
 * lone `*`, names that every key of a token has of its own (docs/kaltura-facts.md 5.8, 5.10).
 *
 * @param now epoch seconds
 */
export function readNewAppToken(typed: TypedAppToken, now: number): ParsedAppToken {
  const fields = {
    description: readDescription(typed.description),
    userId: readTokenUser(typed.userId),
    privileges: readTokenPrivileges(typed.privileges),
    sessionLength: readSessionLength(typed.sessionLength),
    expires: readExpires(typed.expires, now),
  };
  return { newToken: newTokenOf(typed.type, fields), ...collectRemarks(fields) };
}

interface Fields {
  readonly description: Field<string>;
  readonly userId: Field<string>;
  readonly privileges: Field<string>;
  readonly sessionLength: Field<number>;
  readonly expires: Field<number | null>;
}

function newTokenOf(type: SessionType, fields: Fields): NewAppToken | null {
  const { description, userId, privileges, sessionLength, expires } = fields;
  if ('problem' in description || 'problem' in userId || 'problem' in privileges) return null;
  if ('problem' in sessionLength || 'problem' in expires) return null;
  return {
    description: description.value,
    type,
    userId: userId.value,
    privileges: privileges.value,
    duration: sessionLength.value,
    expiresAt: expires.value,
  };
}

function collectRemarks(fields: Fields): Pick<ParsedAppToken, 'problems' | 'warnings'> {
  const problems: Partial<Record<TokenField, string>> = {};
  const warnings: Partial<Record<TokenField, string>> = {};
  for (const [name, field] of Object.entries(fields) as [TokenField, Field<unknown>][]) {
    if ('problem' in field) problems[name] = field.problem;
    else if (field.warning !== undefined) warnings[name] = field.warning;
  }
  return { problems, warnings };
}

function readDescription(typed: string): Field<string> {
  const value = trimText(typed);
  const problem = invisibleProblem(value, 'description');
  if (problem !== null) return { problem: `${problem} Remove it.` };
  return value === ''
    ? { value, warning: 'Without a description, nobody will know in a year what it is for.' }
    : { value };
}

/** What the server takes in the ID of a user that it has to create (docs/kaltura-facts.md 5.4). */
const CREATABLE_USER_ID = /^[A-Za-z0-9,!#$%&'*+?^_`{|}~.@-]+$/;

/** The server demands a user, and creates the one that it does not know (docs/kaltura-facts.md 5.4, recordings 301 and 2382). */
function readTokenUser(typed: string): Field<string> {
  const { text, problem, warning } = readUserId(typed, false);
  if (problem !== null) return { problem };
  if (text === '') {
    return { problem: 'The user is missing: its keys act in the name of one, and the server makes no token without.' };
  }
  if (text === '0') return { value: text, warning: 'The user 0 is nobody in particular: its keys own no content.' };
  if (CREATABLE_USER_ID.test(text)) return { value: text, warning: warning ?? undefined };
  return {
    value: text,
    warning: 'The account has to have this user: with a blank or such letters in the ID, the server creates none.',
  };
}

/** What every key of a token has of its own, with the token’s ID as the value that counts (docs/kaltura-facts.md 5.8). */
const RESERVED_PRIVILEGES = ['sessionid', 'apptoken'];

function readTokenPrivileges(typed: string): Field<string> {
  const names = privilegePairs(typed).map(([name]) => name);
  if (names.includes('all')) {
    return {
      problem:
        'On an app token * opens nothing: it counts only where it stands alone, and every key of a token carries sessionid and apptoken as well. Name what is needed: list:*, sview:*, edit:*…',
    };
  }
  const own = names.find((name) => RESERVED_PRIVILEGES.includes(name));
  if (own !== undefined) {
    return {
      problem: `Leave out ${own}: every key of the token has it, with the token’s ID, and no other value counts.`,
    };
  }
  const checked = checkPrivileges(typed, { ksVersion: null });
  if (!checked.ok) return { problem: checked.problem };
  const warning = checked.notes.join(' ');
  return { value: checked.privileges, warning: warning === '' ? undefined : warning };
}

const readSessionLength = (typed: string): Field<number> => {
  const reading = readLifetime(typed);
  return reading.ok ? { value: reading.seconds } : { problem: reading.problem };
};

function readExpires(typed: string, now: number): Field<number | null> {
  const text = typed.trim().toLowerCase();
  if (text === 'never') {
    return { value: null, warning: 'It never ends by itself: delete it when it is not needed any more.' };
  }
  if (/^[-+]?[0.]+\s*[a-z]*$/.test(text)) {
    return { problem: 'Zero would end the token at once. Write never for one that does not end by itself.' };
  }
  const reading = readLifetime(text);
  // Always a moment: what the server takes for a stretch of time is reckoned from its own clock.
  if (reading.ok) return { value: Math.floor(now) + reading.seconds };
  return { problem: 'Write when the token ends, from now: 90d, 26w, at most ten years; or never.' };
}

/** What is said of a profile’s key, and of a token’s not: the token decides all of it, and is just being made. */
const RISKS_NOT_FOR_TOKENS = ['token-drops-privileges', 'type-decided-elsewhere', 'server-may-shorten', 'admin'];

/** That an ADMIN token is meant has to be said. */
const ADMIN_TOKEN: Risk = {
  id: 'admin-app-token',
  weight: 'danger',
  acknowledge: true,
  message:
    'An ADMIN app token is nearly the account’s secret: whoever has it makes ADMIN keys until it is deleted, and reads the secrets themselves with one. A USER token with the right privileges does most jobs.',
};

/** The ids of the dangers that an app token can have beyond those of its keys. */
export const TOKEN_RISK_IDS: readonly string[] = [ADMIN_TOKEN.id];

/** What there is to say of the keys that a token will make, and of the token, the heaviest first. */
export function tokenRisks(newToken: NewAppToken, partnerId: number | null): readonly Risk[] {
  const { type, privileges, duration, userId } = newToken;
  const plan: KeyPlan = {
    type,
    privileges,
    lifetime: duration,
    userId,
    holder: 'server',
    method: 'app-token',
    ksVersion: 2,
    partnerId,
    serviceUrl: '',
  };
  const ofKeys = risksOf(plan).filter(({ id }) => !RISKS_NOT_FOR_TOKENS.includes(id));
  return type === 'ADMIN' && !isLimitedByRole(plan) ? [ADMIN_TOKEN, ...ofKeys] : ofKeys;
}
