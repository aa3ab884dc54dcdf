import { execFileSync } from 'node:child_process';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { fitsEnvFile, hasKey, withKey } from '../../source/profiles/env-file.js';

const KEY = 'djJ8MTAyfAbc-d_e+f/g==';
const OLD = 'djJ8MTAyfOld';

const edited = (text: string) => {
  const edit = withKey(text, new Secret(KEY));
  return { text: edit.text.reveal(), outcome: edit.outcome, idleLines: edit.idleLines };
};

describe('a file without the key', () => {
  test.each([
    ['nothing', '', `KALTURA_KS=${KEY}\n`],
    ['only a byte order mark', '\uFEFF', `\uFEFFKALTURA_KS=${KEY}\n`],
    ['lines', 'A=1\nB=2\n', `A=1\nB=2\nKALTURA_KS=${KEY}\n`],
    ['no last line end', 'A=1', `A=1\nKALTURA_KS=${KEY}\n`],
    ['the line ends of Windows', 'A=1\r\nB=2\r\n', `A=1\r\nB=2\r\nKALTURA_KS=${KEY}\r\n`],
    ['Windows line ends except in the last line', 'A=1\r\nB=2', `A=1\r\nB=2\r\nKALTURA_KS=${KEY}\r\n`],
    ['the line ends of an old Mac', 'A=1\rB=2\r', `A=1\rB=2\rKALTURA_KS=${KEY}\r`],
    ['a commented-out key', '#KALTURA_KS=x\n# KALTURA_KS=y\n', `#KALTURA_KS=x\n# KALTURA_KS=y\nKALTURA_KS=${KEY}\n`],
    ['similar names', 'KALTURA_KS2=1\nMY_KALTURA_KS=2\n', `KALTURA_KS2=1\nMY_KALTURA_KS=2\nKALTURA_KS=${KEY}\n`],
    [
      'a key inside a value of several lines',
      'CERT="-----\nKALTURA_KS=inside\n-----"\n',
      `CERT="-----\nKALTURA_KS=inside\n-----"\nKALTURA_KS=${KEY}\n`,
    ],
    ['a key inside single quotes', `A='x\nKALTURA_KS=in\n'\n`, `A='x\nKALTURA_KS=in\n'\nKALTURA_KS=${KEY}\n`],
    ['a key inside backticks', 'A=`x\nKALTURA_KS=in\n`\n', `A=\`x\nKALTURA_KS=in\n\`\nKALTURA_KS=${KEY}\n`],
  ])('with %s gets a new line at its end', (_what, before, after) => {
    expect(hasKey(before)).toBe(false);
    expect(edited(before)).toEqual({ text: after, outcome: 'added', idleLines: 0 });
  });
});

describe('a file with a key', () => {
  test.each([
    ['plain', `A=1\nKALTURA_KS=${OLD}\nB=2\n`, `A=1\nKALTURA_KS=${KEY}\nB=2\n`],
    ['in the last line, without its end', `A=1\nKALTURA_KS=${OLD}`, `A=1\nKALTURA_KS=${KEY}`],
    ['after a byte order mark', `\uFEFFKALTURA_KS=${OLD}\n`, `\uFEFFKALTURA_KS=${KEY}\n`],
    ['with the line ends of Windows', `KALTURA_KS=${OLD}\r\nB=2\r\n`, `KALTURA_KS=${KEY}\r\nB=2\r\n`],
    ['in double quotes', `KALTURA_KS="${OLD}" \n`, `KALTURA_KS="${KEY}" \n`],
    ['in single quotes', `KALTURA_KS='${OLD}'#x\n`, `KALTURA_KS='${KEY}'#x\n`],
    ['in backticks', `KALTURA_KS=\`${OLD}\`\n`, `KALTURA_KS=\`${KEY}\`\n`],
    ['in quotes over several lines', 'KALTURA_KS="old\nold"\nB=2\n', `KALTURA_KS="${KEY}"\nB=2\n`],
    ['for a shell', `  export   KALTURA_KS=${OLD}\n`, `  export   KALTURA_KS=${KEY}\n`],
    ['with spaces', `\tKALTURA_KS  =  ${OLD}  \n`, `\tKALTURA_KS  =  ${KEY}  \n`],
    ['with a colon', `KALTURA_KS: ${OLD}\n`, `KALTURA_KS: ${KEY}\n`],
    ['with a comment', `KALTURA_KS=${OLD} # of "staging"\n`, `KALTURA_KS=${KEY} # of "staging"\n`],
    ['after an open quote', `A="open\nKALTURA_KS=${OLD}\n`, `A="open\nKALTURA_KS=${KEY}\n`],
    ['after an apostrophe', `# don't\nKALTURA_KS=${OLD}\n# it's\n`, `# don't\nKALTURA_KS=${KEY}\n# it's\n`],
    ['after a Windows path', `D="C:\\"\nKALTURA_KS="${OLD}"\n`, `D="C:\\"\nKALTURA_KS="${KEY}"\n`],
    ['after escaped quotes', `A="\\"\nKALTURA_KS=in"\nKALTURA_KS=x`, `A="\\"\nKALTURA_KS=in"\nKALTURA_KS=${KEY}`],
  ])('%s has only that value replaced', (_how, before, after) => {
    expect(hasKey(before)).toBe(true);
    expect(edited(before)).toEqual({ text: after, outcome: 'updated', idleLines: 0 });
  });

  test.each([
    ['KALTURA_KS=\n', `KALTURA_KS=${KEY}\n`],
    ['KALTURA_KS=', `KALTURA_KS=${KEY}`],
    ['KALTURA_KS=""\n', `KALTURA_KS="${KEY}"\n`],
    ['KALTURA_KS=  # paste the key here\n', `KALTURA_KS=${KEY}  # paste the key here\n`],
  ])('that is empty (%j) gets the new key', (before, after) => {
    expect(hasKey(before)).toBe(false);
    expect(edited(before)).toEqual({ text: after, outcome: 'updated', idleLines: 0 });
  });

  test('set several times has the last line changed, which is the effective one, and reports that', () => {
    const before = 'KALTURA_KS="first"\nA=1\nexport KALTURA_KS=second\n';
    expect(parseEnv(before)['KALTURA_KS']).toBe('second');
    const after = `KALTURA_KS="first"\nA=1\nexport KALTURA_KS=${KEY}\n`;
    expect(edited(before)).toEqual({ text: after, outcome: 'updated', idleLines: 1 });
  });

  test('that is the same is not changed', () => {
    const before = `A=1\r\nKALTURA_KS='${KEY}'`;
    expect(edited(before)).toEqual({ text: before, outcome: 'unchanged', idleLines: 0 });
  });
});

test('the whole file is a secret, because it can contain others', () => {
  expect(JSON.stringify(withKey('PASSWORD=planted', new Secret(KEY)))).not.toMatch(/planted|djJ8/);
});

test.each([
  [KEY, true],
  ['', false],
  ['two words', false],
  ['a\nB=1', false],
  ['a"b', false],
  ['$(id)', false],
])('whether %j can be written to a file: %s', (text, fits) => {
  expect(fitsEnvFile(new Secret(text))).toBe(fits);
});

/** Usual lines of such files. No lines with only spaces, because Node 20 reads the next variable after them wrongly. */
const LINES = [
  'A=1',
  'B = "two words" # and more',
  "C='it is'",
  'D=`x`',
  '# a comment',
  '#KALTURA_KS=none',
  '',
  'E="one\nKALTURA_KS=inside\nthree"',
  'F=a#b',
  'G=',
  'KALTURA_KS=old',
  'export KALTURA_KS="old"',
  "KALTURA_KS = 'old' # mine",
  'KALTURA_KS=',
];

const files = fc
  .tuple(fc.array(fc.constantFrom(...LINES), { maxLength: 8 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, end]) => lines.map((line) => line + end).join(''));

describe('other programs', () => {
  test('Node reads the new key, and all other values unchanged', () => {
    fc.assert(
      fc.property(files, (text) => {
        const after = edited(text).text;
        expect(parseEnv(after)).toEqual({ ...parseEnv(text), KALTURA_KS: KEY });
        // The second time, there is nothing to change.
        expect(edited(after)).toMatchObject({ text: after, outcome: 'unchanged' });
      }),
    );
  });

  test('a shell reads them too', () => {
    const before = `# mine\nA='one two'\nexport KALTURA_KS="old" # kept\n`;
    const script = `set -a\n${edited(before).text}\nprintf '%s|%s' "$A" "$KALTURA_KS"`;
    expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env: {} })).toBe(`one two|${KEY}`);
  });

  test('a file of the largest size is edited quickly, whatever its quotes', () => {
    const long = 1024 * 1024;
    for (const part of ['A="', "A='\\\n", '"\\"', 'KALTURA_KS="x\n', ' \t', '=\\"\\']) {
      const text = part.repeat(long / part.length);
      expect(edited(text).text).toContain(KEY);
    }
  });
});
