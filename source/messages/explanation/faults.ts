import type { KsOddity, UnreadableKs } from '../../kaltura/ks/explain.js';
import type { KsFault } from '../../kaltura/ks/fields.js';
import type { WrongLayout } from '../../kaltura/ks/wrong-layout.js';
import { sanitizeText } from '../../kaltura/redact.js';
import { looksLikeSecret } from '../../kaltura/typed-values.js';
import { type Paragraph, plain } from '../paragraph.js';
import { signingSecretText, USER_SECRET_SIGNS_NOTHING } from '../signing-secret.js';

/** What is wrong with a text that should be a key, and what to do. */
interface Counsel {
  readonly what: string;
  readonly cause: string;
  readonly next: string;
  readonly isDangerous?: boolean;
}

const COPY_AGAIN = 'Copy the whole key again from where it was created, or create a new one.';

const BY_FAULT: Readonly<Record<KsFault, Counsel>> = {
  'not-base64': {
    what: 'This is not a complete key: it can’t be decoded.',
    cause: 'A character is missing, or was changed or added when the key was copied.',
    next: COPY_AGAIN,
  },
  'not-a-ks': {
    what: 'This is not a key, although it has the characters of one.',
    cause:
      'Its beginning is missing, or it is something else: a hash, an ID, or a token of another program. Most keys begin with djJ8.',
    next: COPY_AGAIN,
  },
  'cut-off': {
    what: 'The key is damaged: a part is missing, or extra characters were added.',
    cause: 'Usually the copy stopped at the end of a line, or a field or column was too short for the key.',
    next: COPY_AGAIN,
  },
  'bad-fields': {
    what: 'The signature is valid, but the key can’t be read.',
    cause: 'The name of a privilege contains a [, and the server can’t process that.',
    next: 'Create a new key without that privilege.',
  },
  'wrong-secret': {
    what: 'The key was not signed with this secret.',
    cause: `The secret belongs to another account, or it is the User Secret: ${USER_SECRET_SIGNS_NOTHING}.`,
    next: 'Use the Administrator Secret of the key’s account.',
  },
};

/** What to do about an account secret or the value of an app token that was pasted where a key or an error belongs. */
export const SECRET_ADVICE =
  'Don’t paste it into chats, tickets or command lines. If you did, ask Kaltura support: only Kaltura can change an account’s secret. You can delete an app token yourself. kaltura-ks can create keys with either.';

/** Says who could see an argument. It may have been given as a variable, which the history doesn't contain. */
export const exposedText = (what: string): string =>
  `Your shell history may now contain ${what}, and other users of this computer could see it.`;

/** For a text that begins with djJ8 but names no account. */
const NO_ACCOUNT: Counsel = {
  what: 'This is not a key, although it begins like one.',
  cause:
    'It begins with djJ8, as version 2 keys do, but no partner ID follows. The text after djJ8 was changed or invented.',
  next: COPY_AGAIN,
};

/** Matches characters that are invisible, or not visible alone. */
const unseen = (): RegExp => /[\p{C}\p{M}\p{Z}]/u;

/** Returns a character in quotes, or its code if it is invisible. */
function shownCharacter(character: string): string {
  if (!unseen().test(character)) return `“${character}”`;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const V2_LAYOUT = 'A version 2 key is v2|<partner ID>| and the encrypted part, all in base64.';
const V1_LAYOUT = 'A version 1 key is the signature, a |, and the fields with ; between them, all in base64.';

/** Shows the beginning of a decoded key. Masks secrets, because code with swapped arguments writes a secret there. */
const shownStart = (text: string): string =>
  sanitizeText(
    text.replaceAll(/[^|:;\s]+/g, (part) => (looksLikeSecret(part) ? '••••' : part)),
    [],
    40,
  );

function onLayout(oddity: WrongLayout): Counsel {
  const cause = 'The code that created the key is wrong. Every server refuses the key.';
  switch (oddity.layout) {
    case 'start':
      return {
        what: `The decoded key starts with “${shownStart(oddity.start)}”.`,
        cause,
        next: V2_LAYOUT,
      };
    case 'character':
      return {
        what: `The key begins with ${oddity.found}, not with djJ8.`,
        cause:
          'A character was probably changed when the key was copied. If not, the code that created the key is wrong.',
        next: COPY_AGAIN,
      };
    case 'partner':
      return {
        what:
          oddity.partner === ''
            ? 'The key has no partner ID.'
            : `The key has “${shownStart(oddity.partner)}” as its partner ID, which is not a number.`,
        cause,
        next: 'Write the partner ID in digits only: no name, quotes, spaces or separators.',
      };
    case 'encoded-in-parts':
      return {
        what: 'The beginning and the encrypted part of the key were encoded in base64 separately.',
        cause,
        next: 'Join v2|<partner ID>| and the encrypted bytes first. Then encode the whole in base64 once.',
      };
    case 'no-start':
      return {
        what: 'This is only the encrypted part of a key: v2|<partner ID>| before it is missing.',
        cause,
        next: V2_LAYOUT,
      };
    case 'signature-last':
      return { what: 'The signature comes after the fields.', cause, next: V1_LAYOUT };
    case 'no-signature':
      return { what: 'The signature before the fields is missing.', cause, next: V1_LAYOUT };
    case 'no-bar':
      if (oddity.separator === '') return { what: 'There is no | after the signature.', cause, next: V1_LAYOUT };
      return { what: `There is a ${separatorName(oddity)} after the signature, not a |.`, cause, next: V1_LAYOUT };
    case 'separator':
      return { what: `There is a ${separatorName(oddity)} between the fields, not a ;.`, cause, next: V1_LAYOUT };
  }
}

const SEPARATOR_NAMES: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\t': 'tab',
  '\n': 'line break',
  '\r': 'line break',
};

const separatorName = ({ separator }: { readonly separator: string }): string =>
  SEPARATOR_NAMES[separator] ?? (separator.trim() === '' ? 'space character' : separator);

function onOddity(oddity: KsOddity, byFault: Counsel): Counsel {
  switch (oddity.kind) {
    case 'foreign-character': {
      const { character, at } = oddity;
      const place = at === 0 ? 'at the beginning' : `after ${at} ${at === 1 ? 'character' : 'characters'}`;
      return {
        what: `This is not a complete key: it contains ${shownCharacter(character)} ${place}.`,
        cause:
          'Keys have only letters, digits, + / - _ and, at the end, = signs. Other text was copied with the key, or the key was changed.',
        next: COPY_AGAIN,
      };
    }
    case 'shortened':
      return {
        what: 'This is a shortened key: its middle is missing.',
        cause: 'Logs and programs shorten keys so that they can’t be used.',
        next: 'The missing part can’t be restored. Copy the key from where it was created, or create a new one.',
      };
    case 'padding':
      return {
        what: oddity.isInside
          ? 'The key has a = inside. A = can only be at the end.'
          : 'The key has too many = at its end.',
        cause: oddity.isInside
          ? 'Two texts were probably joined, or the key was changed.'
          : 'A = was added when the key was copied.',
        next: COPY_AGAIN,
      };
    case 'permanent-secret':
      return {
        what: 'This looks like a secret, not a session key.',
        cause: '32 characters, all of them 0-9 or a-f, are usually an account’s secret or the value of an app token.',
        next: SECRET_ADVICE,
        isDangerous: true,
      };
    case 'web-token':
      return {
        what: 'This is not a key, but a token of another kind (a JWT).',
        cause: 'Single sign-on and other programs use such tokens.',
        next: 'Use a KS, which Kaltura’s API returns or kaltura-ks creates.',
      };
    case 'changed-case':
      return {
        what: oddity.isSwapped
          ? 'Upper-case and lower-case letters are swapped in this key: it begins with DJj8, not djJ8.'
          : 'All letters of the text have the same case. A key has upper-case and lower-case letters, and the difference matters.',
        cause: oddity.isSwapped
          ? 'Caps Lock was on, or a program swapped the case.'
          : 'A program changed the case, for example to search or to compare.',
        next: oddity.isSwapped
          ? COPY_AGAIN
          : 'The key can’t be restored. Copy it from where it was created, or create a new one.',
      };
    case 'wrong-layout':
      return onLayout(oddity);
    case 'too-short':
      return { ...byFault, what: 'This is too short for a key.' };
  }
}

const knownText = ({ version, partnerId }: UnreadableKs): string | null => {
  if (version === null) return null;
  return `Readable parts: version ${version}${partnerId === null ? '' : `, partner ${partnerId}`}.`;
};

/** Explains why a text can't be read as a key: what is wrong, the likely cause, and the next step. */
export function faultParagraphs(reading: UnreadableKs): Paragraph[] {
  const { fault, oddity } = reading;
  const byFault = fault === 'not-a-ks' && reading.version === 2 ? NO_ACCOUNT : BY_FAULT[fault];
  const { what, cause, next, isDangerous } = oddity === null ? byFault : onOddity(oddity, byFault);
  const known = knownText(reading);
  const secret =
    reading.checkedWith === null ? [] : [`The key was signed with ${signingSecretText(reading.checkedWith)}.`];
  return [
    { tone: isDangerous === true ? 'danger' : 'caution', text: what },
    ...secret.map(plain),
    ...(known === null ? [] : [plain(known)]),
    plain(cause),
    plain(next),
  ];
}
