import { fine, looksLikeSecret, oneLine, type TypedValue } from '../typed-values.js';

/** The largest partner ID: the column is a signed 32-bit integer (docs/kaltura-facts.md 7). */
const LARGEST_PARTNER_ID = 2_147_483_647;

/** The internal partners of a server (docs/kaltura-facts.md 7). */
const INTERNAL: Readonly<Record<number, string>> = {
  0: 'the global partner, whose objects all accounts share',
  [-1]: 'the batch servers',
  [-2]: 'the admin console',
  [-3]: 'the hosted pages',
  [-4]: 'the monitoring',
  [-5]: 'the media servers',
  [-6]: 'the play servers',
};

export interface PartnerIdOptions {
  /** Whether the server is self-hosted, or may be: its administrators use internal partner IDs. */
  readonly allowsInternal?: boolean;
}

/** A number with a minus sign, which documents often write as a dash. */
const INTERNAL_ID = /^(?:[-\u2010-\u2015\u2212\uFE63\uFF0D]\d+|[-\u2212]?0+)$/;

/** The forms in which the partner ID is part of another text: a widget ID, a player URL, a parameter. */
const PARTNER_ID_IN_TEXT = /^_(\d+)$|\bwid[=/:]_?(\d+)|\/p\/(\d+)(?:\/|$)|\bpartner_?id["']?\s*[=:/]\s*["']?(\d+)/i;

function readInternal(typed: TypedValue, allowsInternal: boolean): TypedValue {
  const number = Number(typed.text.replace(/^\D/, '-')) + 0;
  if (number < -LARGEST_PARTNER_ID - 1) return { ...typed, problem: 'This number is too small for a partner ID.' };
  const purpose = INTERNAL[number];
  const kind = `Partner ${number} is internal to a Kaltura server${purpose === undefined ? '' : `: ${purpose}`}.`;
  if (!allowsInternal) {
    return {
      ...typed,
      problem: `${kind} Only a self-hosted server accepts it. Your own partner ID is a positive number.`,
    };
  }
  return { ...typed, text: String(number), warning: `${kind} It is not the account of a publisher.` };
}

/** Explains a text that is not a number, and finds the number that was meant. */
function readOtherText(value: TypedValue): TypedValue {
  const { text } = value;
  if (looksLikeSecret(text)) return { ...value, problem: 'This looks like a secret, not a partner ID.' };
  const found = PARTNER_ID_IN_TEXT.exec(text);
  const suggestion = found?.slice(1).find((digits) => digits !== undefined) ?? null;
  if (suggestion !== null && text.startsWith('_')) {
    return { ...value, problem: 'This is a widget ID. The partner ID is the number without the _.', suggestion };
  }
  const isGrouped = /^\d{1,3}([ ,.'])\d{3}(\1\d{3})*$/.test(text);
  return {
    ...value,
    problem: 'A partner ID is a positive whole number, such as 2345678.',
    suggestion: isGrouped ? text.replaceAll(/[ ,.']/g, '') : suggestion,
  };
}

/**
 * Validates a partner ID: a positive whole number. Warns about a Sub Partner ID, which is the partner ID followed by
 * 00 (docs/kaltura-facts.md 6), and about an internal one.
 */
export function readPartnerId(typed: string, { allowsInternal = false }: PartnerIdOptions = {}): TypedValue {
  const value = oneLine(
    typed,
    'partner ID',
    'The partner ID is missing: a number from KMC → Settings → Integration settings → Account info.',
  );
  if (value.problem !== null) return value;
  if (INTERNAL_ID.test(value.text)) return readInternal(value, allowsInternal);
  if (!/^\d+$/.test(value.text)) return readOtherText(value);
  const isSubPartnerId = value.text.length >= 5 && value.text.endsWith('00');
  const suggestion = isSubPartnerId ? value.text.slice(0, -2) : null;
  const number = Number(value.text);
  if (number > LARGEST_PARTNER_ID)
    return { ...value, problem: 'This number is too large for a partner ID.', suggestion };
  if (!isSubPartnerId) return { ...value, text: String(number) };
  return { ...value, warning: 'This looks like a Sub Partner ID (the partner ID followed by 00).', suggestion };
}

/** Validates a partner ID that may be empty. */
export const readOptionalPartnerId = (typed: string, options?: PartnerIdOptions): TypedValue =>
  typed.trim() === '' ? fine('') : readPartnerId(typed, options);
