import fc from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 };

/** Any Unicode character. It is faster than fast-check's own unit `binary`, which builds a table of a million characters. */
export const anyCharacter = fc
  .nat(0x10ffff - SURROGATES.count)
  .map((index) => String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count));
