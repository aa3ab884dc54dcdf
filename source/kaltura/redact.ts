import type { Secret } from './secret.js';

const HIDDEN = '••••';

/** A run of base64 of either alphabet, also percent-encoded or with the slashes that JSON escapes. */
const BASE64_RUN = /(?:[A-Za-z0-9+/_-]|%2[BF]|\\\/)+(?:=|%3D)*/gi;
const V2_START = /djJ8/;
/** Forty hex digits and a bar, which begin every version 1 KS (facts 1.3), are 56 characters in base64. */
const V1_START_LENGTH = 56;
const HEX_RUN = /[0-9a-f]{32,}/gi;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The forms in which a server may send a text back: bare, percent-encoded, form-encoded, in JSON, in HTML. */
function formsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const forms = [
    text,
    // By way of UTF-8, for a lone half of a surrogate pair cannot be percent-encoded.
    encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8')),
    new URLSearchParams([['', text]]).toString().slice(1),
    json,
    json.replaceAll('/', '\\/'),
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  ];
  // Percent-encoding is written in capitals or in small letters. No other case is folded: a masked piece of an ordinary word would
  // give a short secret away.
  return [...forms, ...forms.map((form) => form.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

function withoutSecrets(text: string, secrets: readonly Secret[]): string {
  const forms = new Set(secrets.flatMap((secret) => formsOf(secret.reveal())).filter((form) => form !== ''));
  if (forms.size === 0) return text;
  // The longest first, so that a secret which begins another one leaves no rest behind.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length).map(escaped);
  return text.replaceAll(new RegExp(longestFirst.join('|'), 'g'), HIDDEN);
}

/** Where a KS begins within a run of base64 (a path like `/ks/djJ8…` is one run), or -1. */
function startOfKs(run: string): number {
  const v2 = run.search(V2_START);
  if (v2 !== -1) return v2;
  for (let start = 0; start + V1_START_LENGTH <= run.length; start++) {
    const bytes = Buffer.from(run.slice(start, start + V1_START_LENGTH), 'base64').toString('latin1');
    if (/^[0-9a-f]{40}\|/.test(bytes)) return start;
  }
  return -1;
}

function shortenedKs(run: string): string {
  const plain = run.replaceAll('\\/', '/').replaceAll(/%2B/gi, '+').replaceAll(/%2F/gi, '/').replaceAll(/%3D/gi, '=');
  const start = startOfKs(plain);
  if (start === -1) return run;
  const ks = plain.slice(start);
  return `${plain.slice(0, start)}${ks.slice(0, 6)}…${ks.length > 20 ? ks.slice(-4) : ''}`;
}

/**
 * A text with its secrets shortened, fit to be shown: the given ones wholly, in whatever form a server may send them back;
 * whatever looks like a KS by its first six and last four characters; whatever looks like a permanent secret, a token or a hash (32
 * hex digits and more) by its last four.
 */
export function redact(text: string, secrets: readonly Secret[]): string {
  return withoutSecrets(text, secrets)
    .replaceAll(BASE64_RUN, shortenedKs)
    .replaceAll(HEX_RUN, (hex) => `${HIDDEN}${hex.slice(-4)}`);
}

/**
 * What a server sent, fit for a terminal: on one line, without control characters and without those that change the direction of
 * writing (a server must not be able to move the cursor or to rewrite what stands beside its words), redacted, then cut.
 */
export function asShown(text: string, secrets: readonly Secret[], limit: number): string {
  const line = redact(text, secrets)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}
