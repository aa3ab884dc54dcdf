const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' },
    ...{
      equals: '=',
      plus: '+',
      sol: '/',
      lowbar: '_',
      hyphen: '-',
      dash: '-',
      semi: ';',
      colon: ':',
      vert: '|',
      verbar: '|',
    },
    ...{ NewLine: '\n', Tab: '\t', commat: '@', percnt: '%', shy: '' },
  }),
);

const REFERENCE = /&(?:([A-Za-z]{2,8})|#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6}));/g;

/** Replaces the character references of HTML and XML once. Unknown names stay. */
export function htmlDecoded(text: string): string {
  return text.replaceAll(REFERENCE, (whole, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return NAMES.get(name) ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return point > 0x10ffff ? whole : String.fromCodePoint(point);
  });
}
