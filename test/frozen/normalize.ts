import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ADMIN_SECRET, APP_TOKENS, SECRETS } from './known-values.js';
import { openKey } from './session-keys.js';

/** The values in an output that differ from run to run. */
export interface Volatile {
  /** The placeholder for each text: paths, addresses, keys of the case. Longer texts are replaced first. */
  readonly known: ReadonlyMap<string, string>;
  /** The beginning and the end of the case, in epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The IDs that the practice server always has, and the IDs in the cases. All other IDs were created in the run. */
const FIXED_IDS = '0_rehearse 0_fixadmin 0_staffday 0_abc12345 0_missing1 0_flag1234 0_environ1 0_profile1'.split(' ');

/**
 * Replaces text that differs from run to run with a placeholder in braces. These are all the rules:
 *
 * - a text that the case knows (a path, an address, a key of the case): its placeholder
 * - a session key: its fields, read with the known secrets
 * - the hash that an app token sends: the values that were hashed
 * - a time (epoch seconds or milliseconds, ISO): its distance from the run in seconds
 * - a date in words, a random ID or value of the practice server, a port, the version of the program
 * - the difference of two clocks that agree
 * - the remaining lifetime of the keys of the case
 * - the reason for a missing keychain
 */
export function normalize(text: string, volatile: Volatile): string {
  let result = text;
  const known = [...volatile.known].sort(([one], [other]) => other.length - one.length);
  for (const [value, placeholder] of known) result = result.replaceAll(value, placeholder);
  return (
    result
      .replaceAll(/(?<![\w/+-])[A-Za-z0-9_/+-]{40,}={0,2}(?![\w/+-])/g, (word) => keyText(word, volatile) ?? word)
      .replaceAll(/(?<![\w.])1[5-9]\d{8}(?:\d{3})?(?![\w.])/g, (word) => momentText(Number(word), volatile) ?? word)
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (word) => isoText(word, volatile))
      .replaceAll(/\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z/g, '{time}')
      .replaceAll(/(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \d{1,2} [A-Z][a-z]{2,3}(?: \d{4})?,? \d\d:\d\d/g, '{date}')
      .replaceAll(/(?<![\w])[01]_[a-z0-9]{8}(?!\w)/g, (id) => (FIXED_IDS.includes(id) ? id : '{new ID}'))
      .replaceAll(/(?<!\w)[0-9a-f]{32}(?!\w)/g, (hex) => (APP_TOKENS.includes(hex) ? hex : '{new token}'))
      .replaceAll(/(?<=127\.0\.0\.1:|port )\d{4,5}/gi, '{port}')
      // A minute may have passed since the keys of the case were signed.
      .replaceAll(/\b9 h 59 min\b/g, '10 h')
      .replaceAll(/\b23 h 59 min\b/g, '24 h')
      .replaceAll('(in 59 min)', '(in 1 h)')
      .replaceAll(/\b2 h 1 min\b/g, '2 h')
      .replaceAll(
        /(?<=keychain: |"text": "|\.json\. )The keychain (?:is not available|did not)[^"\n]*/g,
        '{no keychain}',
      )
      // The two clocks are read one after the other, so they may differ by a second.
      .replaceAll(/(?<="clockDifference": )-?[01](?!\d)/g, '{0 or 1}')
      .replaceAll(version, '{version}')
  );
}

function keyText(word: string, volatile: Volatile): string | null {
  const secret = SECRETS.find((one) => openKey(word, [one]) !== null);
  const fields = secret === undefined ? null : openKey(word, [secret]);
  if (fields === null) return null;
  const { version: keyVersion, partnerId, type, userId, expiresAt, privileges } = fields;
  const end = momentText(expiresAt, volatile) ?? String(expiresAt);
  const kind = { '0': 'USER', '2': 'ADMIN' }[type] ?? `type ${type}`;
  // Session IDs are random.
  const fixed = privileges
    .replaceAll(/(?<=sessionid:)[\w-]+/g, '…')
    .replaceAll(/(?<=apptoken:)(?!0_rehearse|0_fixadmin)\w+/g, '…');
  const signed = secret === ADMIN_SECRET ? '' : `, signed with ${secret}`;
  return `{key: version ${keyVersion}, partner ${partnerId}, ${kind}, user "${userId}", expires ${end}, privileges "${fixed}"${signed}}`;
}

/** Returns a time as `{now+86400}`, rounded to a likely distance, because a run takes some time. */
function momentText(moment: number, { from, to }: Volatile): string | null {
  const isMilliseconds = moment > 1e11;
  const [least, most] = isMilliseconds
    ? [Math.floor((moment - to) / 1000), Math.ceil((moment - from) / 1000)]
    : [moment - Math.floor(to / 1000) - 1, moment - Math.floor(from / 1000) + 1];
  // Times long ago or after the longest lifetime of a key come from fixtures, and are the same in each run.
  if (most < -2 * 86_400 || least > 3660 * 86_400) return null;
  for (const step of [86_400, 3600, 900, 300, 60]) {
    const candidate = Math.ceil(least / step) * step;
    if (candidate <= most) return candidate === 0 ? '{now}' : `{now${candidate > 0 ? '+' : ''}${candidate}}`;
  }
  return Math.abs(most) < 60 ? '{now}' : `{now${most > 0 ? '+' : ''}${Math.round(most / 60) * 60}}`;
}

function isoText(text: string, volatile: Volatile): string {
  const moment = momentText(Date.parse(text), volatile);
  return moment === null ? text : `${moment.slice(0, -1)} as ISO}`;
}

/** Normalizes a field of a request, with rules that apply only to some fields. */
export function normalizeField(
  name: string,
  value: string,
  form: ReadonlyMap<string, string>,
  volatile: Volatile,
): string {
  if (name === 'tokenHash') return hashText(value, form.get('ks') ?? '');
  if (name === 'otp' && /^\d{6}$/.test(value)) return '{one-time code}';
  return normalize(value, volatile);
}

/** Explains the hash that `appToken.startSession` gets: it is computed from the public key and the token. */
function hashText(hash: string, ks: string): string {
  for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512']) {
    for (const token of APP_TOKENS) {
      const made = createHash(algorithm).update(`${ks}${token}`).digest('hex');
      if (made === hash) return `{${algorithm} of ks and ${token}}`;
    }
  }
  return hash;
}
