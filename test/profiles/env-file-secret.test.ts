import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { isSameButForKsLine, withoutSecret } from '../../source/profiles/env-file-secret.js';

const SECRET = 'feed0123feed0123feed0123feed9876';
const OTHER = '0123456789abcdef0123456789abcdef';

const secretRemovedFrom = (text: string) => {
  const { text: kept, ...rest } = withoutSecret(text, new Secret(SECRET));
  return { text: kept.reveal(), ...rest };
};

const SECRET_LINES = [
  `KALTURA_ADMIN_SECRET=${SECRET}`,
  `export KALTURA_ADMIN_SECRET="${SECRET}"   # the admin secret`,
  `  ADMIN_SECRET = '${SECRET}'`,
  `KALTURA_SECRET: ${SECRET}`,
  `KALTURA_SECRET=\`${SECRET}\``,
  `KALTURA_ADMIN_SECRET=" ${SECRET} "`,
];

const OTHER_LINES = [
  'A=1',
  'B = "two words" # and more',
  "C='it is'",
  '# a comment',
  '',
  '   ',
  'E="one\nKALTURA_ADMIN_SECRET=inside\nthree"',
  'F=a#b',
  'KALTURA_ADMIN_SECRET=',
  `#KALTURA_ADMIN_SECRET=${SECRET}`,
  `KALTURA_ADMIN_SECRET=${OTHER}`,
  `DATABASE_PASSWORD=${SECRET}`,
  'KALTURA_PARTNER_ID=2345678',
];

test('removes only the lines of the secret', () => {
  const line = fc.oneof(
    fc.constantFrom(...SECRET_LINES).map((text) => ({ text, isSecret: true })),
    fc.constantFrom(...OTHER_LINES).map((text) => ({ text, isSecret: false })),
  );
  const file = fc.tuple(
    fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 10 }),
    fc.constantFrom('', '\uFEFF'),
    fc.option(line, { nil: null }),
  );
  fc.assert(
    fc.property(file, ([lines, mark, last]) => {
      const all = [...lines.map(([one, end]) => ({ ...one, end })), ...(last === null ? [] : [{ ...last, end: '' }])];
      const textOf = (some: typeof all) => mark + some.map(({ text, end }) => text + end).join('');
      const kept = textOf(all.filter(({ isSecret }) => !isSecret));
      const removed = all.filter(({ isSecret }) => isSecret).length;
      expect(secretRemovedFrom(textOf(all))).toMatchObject({
        text: kept,
        removed,
        isStillThere: kept.includes(SECRET),
      });
    }),
  );
});

test('keeps another value of the variable, and reports it', () => {
  const text = `KALTURA_ADMIN_SECRET=${OTHER}\nKALTURA_ADMIN_SECRET=${SECRET}\n`;
  expect(secretRemovedFrom(text)).toMatchObject({
    text: `KALTURA_ADMIN_SECRET=${OTHER}\n`,
    removed: 1,
    hasOthers: true,
  });
  expect(secretRemovedFrom(`KALTURA_ADMIN_SECRET=\nKALTURA_SECRET=${SECRET}\n`).hasOthers).toBe(false);
});

test.each([
  ['', 'KALTURA_KS=key\n', true],
  ['A=1\nKALTURA_KS=old\n', 'A=1\nKALTURA_KS=new\n', true],
  ['A=1', 'A=1\nKALTURA_KS=new\n', true],
  ['A=1\n', 'A=2\n', false],
  ['A=1\n', 'A=1\n# more\n', false],
])('compares %j and %j without the key', (before, now, isSame) => {
  expect(isSameButForKsLine(new Secret(before), new Secret(now))).toBe(isSame);
});
