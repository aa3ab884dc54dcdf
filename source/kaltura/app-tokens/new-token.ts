import { characterProblem } from '../invisible-characters.js';
import type { SessionType } from '../ks/fields.js';
import { missingUnitWarning, pointAdvice, readLifetime } from '../lifetime.js';
import { checkPrivileges, privilegePairs } from '../privileges/privileges.js';
import { type Risk, risksOf } from '../risks/risks.js';
import { isLimitedByRole, type KeyPlan } from '../risks/rule.js';
import { readUserId, trimText } from '../typed-values.js';
import type { NewAppToken } from './manage.js';

/** The fields of a new app token, as typed. */
export interface TypedAppToken {
  readonly description: string;
  readonly userId: string;
  readonly type: SessionType;
  readonly privileges: string;
  /** The lifetime of each key, such as `1h`. */
  readonly sessionLength: string;
  /** The token's own lifetime from now, such as `90d`, or `never`. */
  readonly expires: string;
}

export type TokenField = Exclude<keyof TypedAppToken, 'type'>;

export interface ParsedAppToken {
  /** null if a field has a problem. */
  readonly newToken: NewAppToken | null;
  /** Why a field is invalid, one sentence each. */
  readonly problems: Readonly<Partial<Record<TokenField, string>>>;
  /** What is unusual about a valid field, one sentence each. */
  readonly warnings: Readonly<Partial<Record<TokenField, string>>>;
}

type Field<T> = { readonly value: T; readonly warning?: string | undefined } | { readonly problem: string };

/**
 * Parses the fields of a new app token. Rejects values that the server accepts silently but that make the token
 * useless: zeros, a lone `*`, and privileges that every key of a token has already (docs/kaltura-facts.md 5.8, 5.10).
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
  const problems: Partial<Record<TokenField, string>> = {};
  const warnings: Partial<Record<TokenField, string>> = {};
  for (const [name, field] of Object.entries(fields) as [TokenField, Field<unknown>][]) {
    if ('problem' in field) problems[name] = field.problem;
    else if (field.warning !== undefined) warnings[name] = field.warning;
  }
  return { newToken: newTokenOf(typed.type, fields), problems, warnings };
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

function readDescription(typed: string): Field<string> {
  const value = trimText(typed);
  const problem = characterProblem(value, 'description');
  if (problem !== null) return { problem };
  return value === ''
    ? { value, warning: 'The description is optional, but it shows later what the token is for.' }
    : { value };
}

/** The characters that the server allows in the ID of a user that it creates (docs/kaltura-facts.md 5.4). */
const CREATABLE_USER_ID = /^[A-Za-z0-9,!#$%&'*+?^_`{|}~.@-]+$/;

/**
 * Parses the user ID. The server creates the user if it doesn't exist (docs/kaltura-facts.md 5.4, recordings 301 and
 * 2382). Without a user, each request for a key chooses one (docs/kaltura-facts.md 5.8).
 */
function readTokenUser(typed: string): Field<string> {
  const { text, problem, warning } = readUserId(typed, false);
  if (problem !== null) return { problem };
  if (text === '') {
    return {
      value: text,
      warning:
        'A user is optional. Without one, each program that creates keys from the token chooses their user. Some accounts don’t allow that: if the server refuses, enter a user.',
    };
  }
  if (text === '0') return { value: text, warning: 'The user ID 0 means no user: the keys own no content.' };
  if (CREATABLE_USER_ID.test(text)) return { value: text, warning: warning ?? undefined };
  return {
    value: text,
    warning:
      'This user must already exist: the server doesn’t create users whose ID contains spaces or other unusual characters.',
  };
}

/**
 * Privileges that the server adds to every key of a token, with the token’s ID as the effective value
 * (docs/kaltura-facts.md 5.8).
 */
const RESERVED_PRIVILEGES = ['sessionid', 'apptoken'];

function readTokenPrivileges(typed: string): Field<string> {
  const names = privilegePairs(typed).map(([name]) => name);
  if (names.includes('all')) {
    return {
      problem:
        'On an app token, * does nothing: it works only as the only privilege, and each key of a token also has sessionid and apptoken. Write what is needed, such as list:*,sview:*.',
    };
  }
  const own = names.find((name) => RESERVED_PRIVILEGES.includes(name));
  if (own !== undefined) {
    return {
      problem: `Remove ${own}: each key of the token gets it from the server, with the token’s ID.`,
    };
  }
  const checked = checkPrivileges(typed, null);
  if (!checked.ok) return { problem: checked.problem };
  const warning = checked.notes.join(' ');
  return { value: checked.privileges, warning: warning === '' ? undefined : warning };
}

const readSessionLength = (typed: string): Field<number> => {
  const reading = readLifetime(typed);
  return reading.ok
    ? { value: reading.seconds, warning: missingUnitWarning(typed) ?? undefined }
    : { problem: reading.problem };
};

function readExpires(typed: string, now: number): Field<number | null> {
  const text = typed.trim().toLowerCase();
  if (text === 'never') {
    return { value: null, warning: 'The token never expires. Delete it when you no longer need it.' };
  }
  if (/^[-+]?[0.]+\s*[a-z]*$/.test(text)) {
    return { problem: 'With zero, the token would expire immediately. Type “never” for a token that doesn’t expire.' };
  }
  const reading = readLifetime(text);
  // Always send an absolute time: the server counts a relative one from its own clock.
  if (reading.ok) return { value: Math.floor(now) + reading.seconds, warning: missingUnitWarning(text) ?? undefined };
  return { problem: pointAdvice(text) ?? 'Type how long the token is valid: 90d, 26w, at most ten years; or never.' };
}

/** Risks of a key that do not apply to a token, because the token itself decides these values. */
const RISKS_NOT_FOR_TOKENS = ['token-drops-privileges', 'type-decided-elsewhere', 'server-may-shorten', 'admin'];

/** Requires a confirmation for an ADMIN token. */
const ADMIN_TOKEN: Risk = {
  id: 'admin-app-token',
  weight: 'danger',
  message:
    'An ADMIN app token is nearly as powerful as the account’s secret: anyone who has it can create ADMIN keys until it is deleted, and read the secrets with them. A USER token with the right privileges is enough for most tasks.',
};

/** The risk IDs that only app tokens have. */
export const TOKEN_RISK_IDS: readonly string[] = [ADMIN_TOKEN.id];

/** Returns the risks of the token and its keys, most severe first. */
export function tokenRisks(newToken: NewAppToken, partnerId: number | null): readonly Risk[] {
  const { type, privileges, duration, userId } = newToken;
  const plan: KeyPlan = {
    type,
    privileges,
    lifetime: duration,
    userId,
    holder: 'server',
    signIn: { method: 'app-token', partnerId, tokenId: '' },
    serviceUrl: '',
  };
  const ofKeys = risksOf(plan).filter(({ id }) => !RISKS_NOT_FOR_TOKENS.includes(id));
  return type === 'ADMIN' && !isLimitedByRole(plan) ? [ADMIN_TOKEN, ...ofKeys] : ofKeys;
}
