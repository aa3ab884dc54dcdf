import { isPracticeAccount } from '../../kaltura/accounts/practice-account.js';
import type { KsExplanation } from '../../kaltura/ks/explain.js';
import type { KsFinding, KsWrapping } from '../../kaltura/ks/pasted/find.js';
import type { Unwrapping } from '../../kaltura/ks/pasted/layers.js';
import type { KsProblem } from '../../kaltura/ks/problem.js';
import { formatTime, formatTimeDifference } from '../../kaltura/lifetime.js';
import { sanitizeText } from '../../kaltura/redact.js';
import type { KeyFacts } from '../../kaltura/sign-in/key-request.js';
import type { Fact } from '../paragraph.js';
import { signingSecretText } from '../signing-secret.js';

export { serverParagraphs } from './answers.js';
export { faultParagraphs } from './faults.js';
export { privilegeParagraphs } from './privileges.js';
export { explanationWarnings } from './warnings.js';

/** In characters. */
const LONGEST = 200;

const VERSIONS = {
  1: '1 (anyone can read it)',
  2: '2 (encrypted)',
} as const;

function typeText({ facts, typeNumber, isWidget }: KsExplanation): string {
  const type = facts?.type ?? null;
  if (type === null) return 'unknown';
  if (isWidget) return `${type}, public session (widget session): anyone can create one`;
  if (typeNumber === null || typeNumber === 0 || typeNumber === 2) return type;
  return `${type} (the key has ${typeNumber}; the server treats 1 and more as ADMIN)`;
}

/** '' and '0' both mean no user (docs/kaltura-facts.md 5.4). */
function userText({ userId }: KeyFacts): string {
  if (userId === null) return 'unknown';
  if (userId === '' || userId === '0') return 'no user';
  if (userId === '*') return '* (any user)';
  const shown = sanitizeText(userId, [], LONGEST);
  return shown === '' ? 'a name with only invisible characters' : shown;
}

/** Returns the expiry as written in the key, if it isn't a usable time; else null. */
function oddExpiry(problems: readonly KsProblem[]): string | null {
  for (const problem of problems) {
    if (problem.code === 'expiry-is-a-date') return `${problem.text} (a date in digits, not a time)`;
    if (problem.code === 'expiry-is-a-lifetime') return `${problem.seconds} (a lifetime, not a time)`;
    if (problem.code === 'expiry-is-not-a-number') return `${problem.text} (not a number)`;
    if (problem.code === 'expiry-too-late') return `${problem.text} (never, in practice)`;
    if (problem.code === 'expiry-is-zero-or-less') return `${problem.text} (not a time)`;
  }
  return null;
}

function endText({ expiresAt }: KeyFacts, problems: readonly KsProblem[], now: number): string {
  const odd = oddExpiry(problems);
  if (odd !== null) return odd;
  if (expiresAt === null) return 'unknown';
  const distance = formatTimeDifference(expiresAt, now);
  return `${formatTime(expiresAt, now)} (${expiresAt > now ? distance : `expired ${distance}`})`;
}

function signatureText({ signature, partnerId, checkedWith, madeWith, problems, isRefusedNow }: KsExplanation): string {
  switch (signature) {
    case 'valid':
      if (isRefusedNow === true) return 'valid: the server read the key, but doesn’t accept it';
      return checkedWith === null
        ? 'valid: the server accepts the key'
        : `valid: signed with ${signingSecretText(checkedWith)}`;
    case 'invalid':
      if (madeWith !== null) {
        const isDamaged = problems.some(({ code }) => code === 'hash-mismatch');
        return `INVALID: created with ${signingSecretText(madeWith)}, but ${isDamaged ? 'changed when it was copied, or with a wrong hash' : 'by faulty code'}`;
      }
      if (checkedWith === null || !problems.some(({ code }) => code === 'signature-invalid')) return 'INVALID';
      return checkedWith.from === 'practice'
        ? 'INVALID: the practice secret is accepted for practice accounts only'
        : `INVALID: not signed with ${signingSecretText(checkedWith)}`;
    case 'unchecked':
      return isPracticeAccount(partnerId)
        ? `not checked: it isn’t signed with the practice secret. It is damaged, or belongs to a real account ${partnerId}`
        : 'not checked';
  }
}

const row = (label: string, value: string | null): Fact[] =>
  value === null ? [] : [{ label, value: sanitizeText(value, [], LONGEST) }];

/**
 * Returns the facts about a key. Unknown facts are left out.
 *
 * @param now epoch seconds
 */
export function explanationFacts(explanation: KsExplanation, now: number): Fact[] {
  const { version, partnerId, facts, factsFrom: says, madeAt, sessionGroup, appTokenId, masterPartnerId } = explanation;
  const known =
    facts === null
      ? []
      : [
          ...row('Type', typeText(explanation)),
          ...row('User', userText(facts)),
          ...row(
            'Created',
            madeAt === null ? null : `${formatTime(madeAt, now)} (${formatTimeDifference(madeAt, now)})`,
          ),
          ...row('Expires', endText(facts, explanation.problems, now)),
        ];
  return [
    ...row('Version', VERSIONS[version]),
    ...row('Partner', String(partnerId)),
    ...known,
    ...row('Signature', signatureText(explanation)),
    ...row('Details from', facts !== null && says !== 'key' ? SOURCE_TEXTS[says ?? 'request'] : null),
    ...row('Session group', sessionGroup),
    ...row('App token', appTokenId),
    ...row('Created by', masterPartnerId === null ? null : creatorText(masterPartnerId)),
    ...row('Extra data', explanation.additionalData),
  ];
}

/** Partner -2 is Kaltura's own admin console (docs/kaltura-facts.md 7). */
const creatorText = (partnerId: string): string =>
  partnerId === '-2' ? 'Kaltura’s admin console (partner -2)' : `partner ${partnerId}, for this account`;

const SOURCE_TEXTS = { server: 'the server', request: 'the request, not confirmed by the server' } as const;

const WRAPPINGS: Readonly<Record<KsWrapping, string | null>> = {
  none: null,
  quotes: 'The key was in quotes, which are not part of it.',
  assignment: 'The key had a name before it, which is not part of it.',
  address: 'The key was in a URL. Logs and histories save URLs, and the key with them.',
  header: 'The key was in a header.',
  json: 'The key was in JSON.',
  lines: 'The key was split over several lines, and is joined here.',
  text: 'The key was in other text.',
};

/** Says where in the pasted text the key was found; null if the text was only the key. */
export const wrappingText = (wrapping: KsWrapping): string | null => WRAPPINGS[wrapping];

const UNWRAPPINGS: Readonly<Record<Unwrapping, string>> = {
  alphabet:
    'The key had other characters in place of + / and =. Servers read only those, or - and _. They are replaced here.',
  backslashes: 'The key had backslashes before some characters, as Markdown has them. They are removed here.',
  base32: 'The key was in base32. Servers read only base64, so it is encoded again here.',
  base64: 'The key was in base64 twice, as in a Kubernetes secret. It is decoded once here.',
  'byte-list': 'The key was printed as a list of bytes. It is read as text here.',
  html: 'The key had HTML character references (such as &#61;), which are replaced here.',
  json: 'The key had JSON escapes, which are replaced here.',
  log: 'The key was split over several log lines. It is joined here, without the text before it on each line.',
  'rewritten-link': 'A mail program has rewritten the link with the key. The key is restored here.',
  'mail-quote': 'The key was in a quoted email. It is joined here, without the > signs.',
  percent: 'The key was percent-encoded, and is decoded here.',
  'quoted-printable': 'The key was quoted-printable, as in the source of an email. It is decoded here.',
  tags: 'The key had HTML or XML tags in it, which are removed here.',
  concatenation: 'The key was split into string literals, and is joined here.',
  hex: 'The key was in hex, and is decoded here.',
  punctuation:
    'The key had dashes instead of hyphens, as word processors write them. They are replaced by hyphens here.',
  'utf-16': 'The key was in UTF-16, as Windows writes files. It is read as text here.',
};

/** Describes how the key was found, in sentences. */
export function foundTexts(finding: Extract<KsFinding, { found: true }>): string[] {
  const { wrapping, isRepaired, unwrapped, others } = finding;
  const where = wrappingText(wrapping);
  const rest = others === 1 ? 'another key' : `${others} other keys`;
  return [
    ...(where === null ? [] : [where]),
    ...unwrapped.map((layer) => UNWRAPPINGS[layer]),
    ...(isRepaired
      ? [
          'The key had spaces instead of + signs, and no server accepts that. The + signs are restored here. In URLs and forms, write + as %2B.',
        ]
      : []),
    ...(others === 0 ? [] : [`The text contains ${rest}. Only the first key is explained.`]),
  ];
}

/** Says why no key was found. */
export const notFoundText = (why: Extract<KsFinding, { found: false }>['why']): string =>
  ({
    empty: 'The text is empty. Give a key to explain.',
    'no-ks':
      'The text contains no key. A key is one long word without spaces, and most keys begin with djJ8. Copy the whole key.',
    'widget-id': 'This is a widget ID, not a session key. Most keys begin with djJ8.',
    'content-id':
      'This is the ID of an entry, an app token or another object, not a session key. Most keys begin with djJ8.',
    number: 'This is a number, such as a partner ID, not a session key. Most keys begin with djJ8.',
    'web-token':
      'This is not a session key, but a token of another kind (a JWT), such as single sign-on uses. Kaltura’s API returns session keys, and most begin with djJ8.',
    'too-long': 'The text is too long for a key. Give the key with only a little text around it.',
  })[why];
