import type { KsFinding, KsWrapping } from '../kaltura/find-ks.js';

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

/** All that there is to say of the finding, a sentence each. */
export function foundTexts(finding: Extract<KsFinding, { found: true }>): string[] {
  const { wrapping, isMended, others } = finding;
  const where = wrappingText(wrapping);
  const rest = others === 1 ? 'There is another key' : `There are ${others} other keys`;
  return [
    ...(where === null ? [] : [where]),
    ...(isMended
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
