import type { ErrorCheck, ErrorCodeId } from '../../kaltura/diagnosis/error-codes.js';
import { ERROR_CODES } from '../../kaltura/diagnosis/error-codes.js';
import type { FoundError } from '../../kaltura/diagnosis/find-errors.js';
import type { NoErrorReason } from '../../kaltura/diagnosis/pasted-error.js';
import { SECRET_ADVICE } from '../explanation/faults.js';
import { APP_TOKEN_ERRORS } from './app-tokens.js';
import { CALL_ERRORS } from './calls.js';
import type { ErrorText } from './error-text.js';
import { KEY_ERRORS } from './keys.js';
import { LOGIN_ERRORS } from './logins.js';
import { OBJECT_ERRORS } from './objects.js';
import { SESSION_ERRORS } from './sessions.js';

/** The explanation of every known code. A missing one is a type error. */
export const ERROR_TEXTS: Readonly<Record<ErrorCodeId, ErrorText>> = {
  ...SESSION_ERRORS,
  ...KEY_ERRORS,
  ...OBJECT_ERRORS,
  ...CALL_ERRORS,
  ...LOGIN_ERRORS,
  ...APP_TOKEN_ERRORS,
};

const UNKNOWN: ErrorText = {
  meaning: 'kaltura-ks does not know this code.',
  causes: [
    'The code belongs to a service or plugin that kaltura-ks does not know.',
    'The code is mistyped, or is not from Kaltura.',
  ],
  fix: 'Read the message that came with the code. If it does not help, send Kaltura support the response header X-Kaltura-Session. curl -i prints it, and so does kaltura-ks with --show-answer.',
};

/** A command that finds out more. */
interface CheckCommand {
  readonly command: string;
  /** What it does, as a fragment. */
  readonly purpose: string;
}

/** An error in words. */
export interface ExplainedError extends ErrorText {
  readonly code: string;
  /** The reason of `INVALID_KS`, or null. */
  readonly reason: string | null;
  readonly isKnown: boolean;
  readonly similar: readonly string[];
  readonly checks: readonly CheckCommand[];
}

const CHECKS: Readonly<Record<ErrorCheck, (error: FoundError) => CheckCommand>> = {
  category: ({ objectId }) => objectCheck('category', objectId),
  entry: ({ objectId }) => objectCheck('entry', objectId),
  key: () => ({ command: 'kaltura-ks check <profile>', purpose: 'asks the server whether the key works' }),
  inspect: () => ({ command: 'kaltura-ks inspect', purpose: 'shows what a key allows and when it expires' }),
  'sign-in': () => ({
    command: 'kaltura-ks token <profile> --no-cache --diagnose',
    purpose: 'creates a key, and finds the cause if that fails',
  }),
  regions: ({ partnerId }) => ({
    command: `kaltura-ks regions ${partnerId === null || partnerId === '0' ? 'PARTNER_ID' : partnerId}`,
    purpose: 'finds the region of the account',
  }),
  'app-tokens': () => ({
    command: 'kaltura-ks app-tokens list --profile <profile>',
    purpose: 'shows the app tokens of the account and their expiry',
  }),
};

const objectCheck = (kind: 'category' | 'entry', id: string | null): CheckCommand => ({
  command: `kaltura-ks check <profile> --${kind} ${id ?? '<ID>'} --look-behind`,
  purpose: 'finds out whether entitlement hides it',
});

/** Explains an error that was found in a text. */
export function explainError(error: FoundError): ExplainedError {
  const { code, id, similar } = error;
  return {
    ...(id === null ? UNKNOWN : ERROR_TEXTS[id]),
    code,
    reason: id === null || id === code ? null : id,
    isKnown: id !== null,
    similar,
    checks: id === null ? [] : ERROR_CODES[id].checks.map((check) => CHECKS[check](error)),
  };
}

/** Returns the code, with the reason of `INVALID_KS`. */
export const errorTitle = ({ code, reason }: ExplainedError): string =>
  reason === null ? code : `${code} (${reason})`;

/** Says that a text contains no error, and what it is instead. */
export const noErrorText: Readonly<Record<NoErrorReason, string>> = {
  empty: 'There is no text to explain.',
  key: 'This looks like a session key, not an error. To see what it is and what it allows: kaltura-ks inspect',
  secret: `This looks like a secret, not an error.\n${SECRET_ADVICE}`,
  html: 'This is a web page, not an answer of the Kaltura API. A proxy, a login page or a wrong URL answered instead.',
  none: 'This text contains no Kaltura error code or message. Copy the code, such as CATEGORY_NOT_FOUND, or the whole answer.',
};

/** Says that a text is an error where a key is expected. */
export const errorInsteadOfKeyText = (code: string): string =>
  `${code} is an error, not a session key. Use kaltura-ks explain.`;
