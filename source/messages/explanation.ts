import type { KsExplanation } from '../kaltura/ks/explain.js';
import type { KsFinding, KsWrapping } from '../kaltura/ks/find.js';
import type { KsProblem } from '../kaltura/ks/problem.js';
import type { Unwrapping } from '../kaltura/ks/unwrap.js';
import { formatTime, formatTimeDifference } from '../kaltura/lifetime.js';
import { sanitizeText } from '../kaltura/redact.js';
import type { KeyFacts } from '../kaltura/sign-in/key-request.js';
import type { Fact } from './paragraph.js';
import { signingSecretText } from './signing-secret.js';

export { serverParagraphs } from './explanation-answers.js';
export { faultParagraphs } from './explanation-faults.js';
export { privilegeParagraphs } from './explanation-privileges.js';
export { explanationWarnings } from './explanation-warnings.js';

/** In characters. */
const LONGEST = 200;

const VERSIONS = {
  1: '1 (anyone can read it)',
  2: '2 (encrypted)',
} as const;

function typeText({ facts, typeNumber, isWidget }: KsExplanation): string {
  const type = facts?.type ?? null;
  if (type === null) return 'not known';
  if (isWidget) return `${type} (a widget session: public, anyone may open one)`;
  if (typeNumber === null || typeNumber === 0 || typeNumber === 2) return type;
  return `${type} (it says ${typeNumber}; the server takes 1 and more for ADMIN)`;
}

/** '' and '0' both mean no user (docs/kaltura-facts.md 5.4). */
function userText({ userId }: KeyFacts): string {
  if (userId === null) return 'not known';
  if (userId === '' || userId === '0') return 'no user in particular';
  if (userId === '*') return '* (any user)';
  const shown = sanitizeText(userId, [], LONGEST);
  return shown === '' ? 'a name without any character that can be seen' : shown;
}

/** The expiry as it stands in the key, if it is no time. */
function oddEnd(problems: readonly KsProblem[]): string | null {
  for (const problem of problems) {
    if (problem.code === 'expiry-is-a-lifetime') return `${problem.seconds} (a lifetime, not a time)`;
    if (problem.code === 'expiry-is-not-a-number') return `${problem.text} (not a number)`;
    if (problem.code === 'expiry-is-zero-or-less') return `${problem.text} (not a time)`;
  }
  return null;
}

function endText({ expiresAt }: KeyFacts, problems: readonly KsProblem[], now: number): string {
  const odd = oddEnd(problems);
  if (odd !== null) return odd;
  if (expiresAt === null) return 'not known';
  const distance = formatTimeDifference(expiresAt, now);
  return `${formatTime(expiresAt, now)} (${expiresAt > now ? distance : `expired ${distance}`})`;
}

function signatureText({ signature, checkedWith, madeWith, problems, isRefusedNow }: KsExplanation): string {
  switch (signature) {
    case 'valid':
      if (isRefusedNow === true) return 'valid: the server read the key, but does not accept it';
      return checkedWith === null
        ? 'valid: the server accepts the key'
        : `valid: signed with ${signingSecretText(checkedWith)}`;
    case 'invalid':
      if (madeWith !== null) {
        const isDamaged = problems.some(({ code }) => code === 'hash-mismatch');
        return `INVALID: made with ${signingSecretText(madeWith)}, but ${isDamaged ? 'damaged, or made by wrong code' : 'by wrong code'}`;
      }
      if (checkedWith === null || !problems.some(({ code }) => code === 'signature-invalid')) return 'INVALID';
      return checkedWith.from === 'practice'
        ? 'INVALID: the practice secret is accepted for practice accounts only'
        : `INVALID: not signed with ${signingSecretText(checkedWith)}`;
    case 'unchecked':
      return 'not checked';
  }
}

const row = (label: string, value: string | null): Fact[] =>
  value === null ? [] : [{ label, value: sanitizeText(value, [], LONGEST) }];

/**
 * What a key is, a line each; what it does not tell is left out.
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
          ...row('Made', madeAt === null ? null : `${formatTime(madeAt, now)} (${formatTimeDifference(madeAt, now)})`),
          ...row('Ends', endText(facts, explanation.problems, now)),
        ];
  return [
    ...row('Version', VERSIONS[version]),
    ...row('Partner', String(partnerId)),
    ...known,
    ...row('Signature', signatureText(explanation)),
    ...row('Told by', facts !== null && says !== 'key' ? SOURCE_TEXTS[says ?? 'nobody'] : null),
    ...row('Session group', sessionGroup),
    ...row('App token', appTokenId),
    ...row('Made by', masterPartnerId === null ? null : `partner ${masterPartnerId}, for this account`),
    ...row('Added data', explanation.additionalData),
  ];
}

const SOURCE_TEXTS = { server: 'its server', nobody: 'nobody: it is as was asked for, not confirmed' } as const;

const WRAPPINGS: Readonly<Record<KsWrapping, string | null>> = {
  none: null,
  quotes: 'Found in quotes, which are no part of it.',
  assignment: 'Found behind its name, which is no part of it.',
  address: 'Found inside an address. Addresses end up in logs and histories, and the key with them.',
  header: 'Found inside a header.',
  json: 'Found inside JSON.',
  lines: 'It was broken over several lines, and is put together again.',
  text: 'Found inside other text.',
};

/** Where in the paste the key was found; null where it was pasted alone. */
export const wrappingText = (wrapping: KsWrapping): string | null => WRAPPINGS[wrapping];

const UNWRAPPINGS: Readonly<Record<Unwrapping, string>> = {
  base64: 'It was in base64 twice, as in a Kubernetes secret. It is decoded once here.',
  html: 'It had HTML character references (such as &#61;), which are replaced here.',
  json: 'It had JSON escapes, which are replaced here.',
  log: 'It was split over several log lines. It is joined here, without what was in front of each line.',
  'mail-quote': 'It was in a quoted e-mail. It is joined here, without the > signs.',
  percent: 'It was percent-encoded, and is decoded here.',
  'quoted-printable': 'It was quoted-printable, as in the source of an e-mail. It is decoded here.',
  tags: 'It had HTML or XML tags in it, which are removed here.',
  concatenation: 'It was split into string literals, and is put together here.',
  hex: 'It was in hex, and is decoded here.',
  punctuation: 'Its hyphens were dashes, as word processors write them. They are hyphens again here.',
  'utf-16': 'It was in UTF-16, as Windows writes files. It is read as text here.',
};

/** What was taken away from the key, a sentence each. */
const unwrappingTexts = (unwrapped: readonly Unwrapping[]): string[] => unwrapped.map((layer) => UNWRAPPINGS[layer]);

/** All that there is to say of the finding, a sentence each. */
export function foundTexts(finding: Extract<KsFinding, { found: true }>): string[] {
  const { wrapping, isRepaired, unwrapped, others } = finding;
  const where = wrappingText(wrapping);
  const rest = others === 1 ? 'There is another key' : `There are ${others} other keys`;
  return [
    ...(where === null ? [] : [where]),
    ...unwrappingTexts(unwrapped),
    ...(isRepaired
      ? [
          'It had blanks where a + belongs, and no server reads it so: they are put back. In addresses and forms a + is written %2B.',
        ]
      : []),
    ...(others === 0 ? [] : [`${rest} in it: only the first is explained.`]),
  ];
}

/** Why there is nothing to explain. */
export const notFoundText = (why: Extract<KsFinding, { found: false }>['why']): string =>
  ({
    empty: 'There is nothing to explain: it is empty.',
    'no-ks':
      'There is no key in it. A key is one long word of letters and digits; those of version 2 begin with djJ8. Give it whole.',
    'too-long': 'That is far longer than any key. Give the key, with little around it.',
  })[why];
