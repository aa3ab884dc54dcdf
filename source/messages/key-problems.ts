import type { KsExplanation } from '../kaltura/ks/explain.js';
import { type FieldName, isRefusedByServers, type KsProblem } from '../kaltura/ks/problem.js';
import { formatLifetime, formatTime } from '../kaltura/lifetime.js';
import { sanitizeText } from '../kaltura/redact.js';
import { buildMistakeText, type ProblemText } from './build-mistakes.js';
import { labeledCaution, lowerFirst, type Paragraph, plain } from './paragraph.js';
import { ODD_TEXTS, privilegeMistakeText } from './privilege-mistakes.js';
import { signingSecretText } from './signing-secret.js';

/** In characters. */
const LONGEST = 60;
const shown = (text: string): string => `“${sanitizeText(text, [], LONGEST)}”`;

const SECONDS = 'The expiry must be a time in epoch seconds: the current time plus the lifetime.';

const FIELDS: Readonly<Record<FieldName, string>> = {
  partner: 'partner ID',
  expiry: 'expiry',
  type: 'type',
  random: 'random number',
  user: 'user ID',
  privileges: 'privileges',
};

const V1_ORDER = 'The fields are: partner ID, partner ID again, expiry, type, random number, user ID, privileges.';
const V2_NAMES = 'The fields are: _e (expiry), _t (type) and _u (user ID).';
const TYPES = 'The type must be 0 (USER) or 2 (ADMIN).';
const UNITS = {
  1e3: 'milliseconds',
  1e6: 'microseconds',
  1e7: 'ticks of 100 nanoseconds',
  1e9: 'nanoseconds',
} as const;
const TO_SECONDS = {
  1e3: 'divide by 1000 in the code',
  1e6: 'divide by 10^6 in the code',
  1e7: 'use epoch seconds, in .NET ToUnixTimeSeconds()',
  1e9: 'divide by 10^9 in the code',
} as const;

function unknownTypeText(text: string): string {
  if (!/^-?\d+$/.test(text)) return 'It is not written in digits only.';
  return Number(text) >= 1 ? 'The server treats it as ADMIN.' : 'Kaltura has no such type.';
}

type FieldProblem = Extract<KsProblem, { readonly kind: 'field' }>;

function fieldText(problem: FieldProblem, version: 1 | 2, now: number): ProblemText {
  switch (problem.code) {
    case 'expiry-is-a-lifetime':
      return {
        what: `The expiry is ${problem.seconds}. That is a lifetime (${formatLifetime(Math.floor(problem.seconds)) || 'less than a second'}), not a time. The server reads it as a date in the past.`,
        fix: 'In the code, add the current time in epoch seconds. A new key from the same code would expire immediately too.',
      };
    case 'expiry-is-zero-or-less':
      return {
        what: `The expiry is ${shown(problem.text)}. The server reads it as a date in the past: no value means “never”.`,
        fix: SECONDS,
      };
    case 'expiry-in-milliseconds':
      return {
        what: `The expiry is in ${UNITS[problem.unit]}, so the key practically never expires.`,
        fix: `${formatTime(problem.expiresAt, now)} was probably meant: ${TO_SECONDS[problem.unit]}. Revoke this key with session.end.`,
      };
    case 'expiry-is-a-date':
      return {
        what: `The expiry is ${problem.text}. That is a date in digits, which the server reads as epoch seconds${problem.text.length === 8 ? ', in the past' : ': the key practically never expires'}.`,
        fix: `${SECONDS} ${problem.expiresAt} was probably meant.${isDanger(problem) ? ' Revoke this key with session.end.' : ''}`,
      };
    case 'expiry-too-late':
      return {
        what: `The expiry is ${problem.text}, so the key practically never expires.`,
        fix:
          problem.joined === null
            ? `${SECONDS} Revoke this key with session.end.`
            : `The code probably joined the time ${problem.joined.time} and the lifetime ${problem.joined.lifetime} as text: add them as numbers. Revoke this key with session.end.`,
      };
    case 'expiry-is-not-a-number': {
      const meant = problem.expiresAt === null ? '' : ` ${problem.expiresAt} was probably meant.`;
      return { what: `The expiry is ${shown(problem.text)}, which is not a number.`, fix: `${SECONDS}${meant}` };
    }
    case 'expiry-missing':
      return { what: 'The key has no expiry, so every server treats it as expired.', fix: SECONDS };
    case 'type-is-not-a-number':
      return { what: `The type is ${shown(problem.text)}, which is not a number.`, fix: TYPES };
    case 'unknown-type':
      return {
        what: `The type is ${shown(problem.text)}. ${unknownTypeText(problem.text)}`,
        fix: TYPES,
      };
    case 'type-missing':
      return { what: 'The key has no type.', fix: TYPES };
    case 'user-looks-like-a-bug':
      return {
        what: `The user ID is ${shown(problem.text)}: that looks like ${ODD_TEXTS[problem.looksLike]}.`,
        fix:
          'meant' in problem
            ? `${shown(problem.meant)} was probably meant. Pass the plain user ID to the code that creates the key.`
            : 'Pass the user ID to the code that creates the key, or an empty text for no user.',
      };
    case 'user-is-the-secret':
      return {
        what: `The user ID contains the secret. ${version === 1 ? 'Anyone who has the key can read it.' : 'Entries that are uploaded with the key have the secret as their owner.'}`,
        fix: 'The code passes the secret as the user ID. Stop using this key. Only Kaltura can change the secret of an account.',
      };
    case 'field-missing':
      return {
        what: `A field is missing, probably the ${FIELDS[problem.field]}: the later fields are shifted.`,
        fix: V1_ORDER,
      };
    case 'field-extra':
      return {
        what:
          problem.field === null
            ? 'There is an extra field, probably because of a ; in the user ID or in the privileges: the later fields are shifted.'
            : `There is an extra field, probably a second ${FIELDS[problem.field]}: the later fields are shifted.`,
        fix: problem.field === null ? 'Separate privileges with commas, and don’t use ; in a field.' : V1_ORDER,
      };
    case 'fields-swapped':
      return {
        what: `The ${FIELDS[problem.fields[0]]} and the ${FIELDS[problem.fields[1]]} are swapped.`,
        fix: version === 1 ? V1_ORDER : V2_NAMES,
      };
    case 'wrong-field-separator':
      return {
        what: `The fields are separated by ${problem.separator.trim() === '' ? 'line breaks' : problem.separator} instead of &, so the server doesn’t find all of them.`,
        fix: 'Separate the fields with &, and percent-encode their names and values.',
      };
    case 'wrong-field-name':
      return {
        what: `The field ${shown(problem.name)} has the wrong name: the server treats it as a privilege.`,
        fix:
          problem.meant === null
            ? 'Write each privilege as a separate field: its name and its value.'
            : `Rename it to ${problem.meant}.`,
      };
  }
}

const NOT_ENCODED: ProblemText = {
  what: 'This is the decoded text of a key. Servers accept only the encoded key.',
  fix: 'Encode it in base64 again to use it.',
};

export const isBuildMistake = ({ kind }: KsProblem): boolean => kind === 'build';

/** Whether the problem makes a valid key practically never expire, or shows a secret. */
const isDanger = (problem: KsProblem): boolean =>
  problem.code === 'expiry-in-milliseconds' ||
  problem.code === 'expiry-too-late' ||
  problem.code === 'user-is-the-secret' ||
  (problem.code === 'expiry-is-a-date' && !isRefusedByServers(problem));

function textOf(problem: KsProblem, explanation: KsExplanation, now: number): ProblemText | null {
  switch (problem.kind) {
    case 'build':
      return buildMistakeText(problem, explanation.version);
    case 'field':
      return fieldText(problem, explanation.version, now);
    case 'privilege':
      return privilegeMistakeText(problem);
    case 'text':
      return problem.code === 'not-encoded' ? NOT_ENCODED : null;
  }
}

/** Says that the code that created the key is wrong, and which secret it used. */
function introduction({ problems, madeWith, signature }: KsExplanation): Paragraph[] {
  if (signature === 'valid' || !problems.some(isBuildMistake)) return [];
  const refused = 'Every server refuses the key.';
  const isDamaged = problems.some(({ code }) => code === 'hash-mismatch');
  const wrong = isDamaged
    ? 'it was changed when it was copied, or the code that created it computes a wrong hash'
    : 'the code that created it is wrong';
  return [
    madeWith === null
      ? labeledCaution(`the code that created this key is wrong. ${refused}`)
      : labeledCaution(`the key was created with ${signingSecretText(madeWith)}, but ${wrong}. ${refused}`),
  ];
}

/**
 * Explains what is wrong with a key or with the code that made it, the likeliest cause first: what it is, and what to do.
 *
 * @param now epoch seconds
 */
export function problemParagraphs(explanation: KsExplanation, now: number): Paragraph[] {
  const introduced = introduction(explanation);
  return [
    ...introduced,
    ...explanation.problems.flatMap((problem): Paragraph[] => {
      const text = textOf(problem, explanation, now);
      if (text === null) return [];
      const tone = isDanger(problem) ? 'danger' : 'caution';
      const isIntroduced = isBuildMistake(problem) && introduced.length > 0;
      return [
        { tone, text: isIntroduced ? text.what : `${tone}: ${lowerFirst(text.what)}` },
        ...(text.fix === '' ? [] : [plain(text.fix)]),
      ];
    }),
  ];
}

/** The identifiers of the problems, each once, for programs. */
export const problemCodes = (problems: readonly KsProblem[]): string[] => [
  ...new Set(problems.map(({ code }) => code)),
];
