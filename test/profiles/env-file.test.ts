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

describe('a file that has no key yet', () => {
  test.each([
    ['nothing', '', `KALTURA_KS=${KEY}\n`],
    ['a byte order mark alone', '\uFEFF', `\uFEFFKALTURA_KS=${KEY}\n`],
    ['lines', 'A=1\nB=2\n', `A=1\nB=2\nKALTURA_KS=${KEY}\n`],
    ['no last line end', 'A=1', `A=1\nKALTURA_KS=${KEY}\n`],
    ['the line ends of Windows', 'A=1\r\nB=2\r\n', `A=1\r\nB=2\r\nKALTURA_KS=${KEY}\r\n`],
    ['the line ends of Windows, but the last', 'A=1\r\nB=2', `A=1\r\nB=2\r\nKALTURA_KS=${KEY}\r\n`],
    ['the line ends of an old Mac', 'A=1\rB=2\r', `A=1\rB=2\rKALTURA_KS=${KEY}\r`],
    ['a commented-out one', '#KALTURA_KS=x\n# KALTURA_KS=y\n', `#KALTURA_KS=x\n# KALTURA_KS=y\nKALTURA_KS=${KEY}\n`],
    ['names like it', 'KALTURA_KS2=1\nMY_KALTURA_KS=2\n', `KALTURA_KS2=1\nMY_KALTURA_KS=2\nKALTURA_KS=${KEY}\n`],
    [
      'one inside a value of several lines',
      'CERT="-----\nKALTURA_KS=inside\n-----"\n',
      `CERT="-----\nKALTURA_KS=inside\n-----"\nKALTURA_KS=${KEY}\n`,
    ],
    ['one inside single quotes', `A='x\nKALTURA_KS=in\n'\n`, `A='x\nKALTURA_KS=in\n'\nKALTURA_KS=${KEY}\n`],
    ['one inside backticks', 'A=`x\nKALTURA_KS=in\n`\n', `A=\`x\nKALTURA_KS=in\n\`\nKALTURA_KS=${KEY}\n`],
  ])('with %s gets it in a line at its end', (_what, before, after) => {
    expect(hasKey(before)).toBe(false);
    expect(edited(before)).toEqual({ text: after, outcome: 'added', idleLines: 0 });
  });
});

describe('a file that sets the key', () => {
  test.each([
    ['plain', `A=1\nKALTURA_KS=${OLD}\nB=2\n`, `A=1\nKALTURA_KS=${KEY}\nB=2\n`],
    ['in the last line, without its end', `A=1\nKALTURA_KS=${OLD}`, `A=1\nKALTURA_KS=${KEY}`],
    ['behind a byte order mark', `\uFEFFKALTURA_KS=${OLD}\n`, `\uFEFFKALTURA_KS=${KEY}\n`],
    ['with the line ends of Windows', `KALTURA_KS=${OLD}\r\nB=2\r\n`, `KALTURA_KS=${KEY}\r\nB=2\r\n`],
    ['in double quotes', `KALTURA_KS="${OLD}" \n`, `KALTURA_KS="${KEY}" \n`],
    ['in single quotes', `KALTURA_KS='${OLD}'#x\n`, `KALTURA_KS='${KEY}'#x\n`],
    ['in backticks', `KALTURA_KS=\`${OLD}\`\n`, `KALTURA_KS=\`${KEY}\`\n`],
    ['in quotes over several lines', 'KALTURA_KS="old\nold"\nB=2\n', `KALTURA_KS="${KEY}"\nB=2\n`],
    ['for a shell', `  export   KALTURA_KS=${OLD}\n`, `  export   KALTURA_KS=${KEY}\n`],
    ['with blanks', `\tKALTURA_KS  =  ${OLD}  \n`, `\tKALTURA_KS  =  ${KEY}  \n`],
    ['with a colon', `KALTURA_KS: ${OLD}\n`, `KALTURA_KS: ${KEY}\n`],
    ['with a comment', `KALTURA_KS=${OLD} # of "staging"\n`, `KALTURA_KS=${KEY} # of "staging"\n`],
    ['behind an open quote', `A="open\nKALTURA_KS=${OLD}\n`, `A="open\nKALTURA_KS=${KEY}\n`],
    ['behind an apostrophe', `# don't\nKALTURA_KS=${OLD}\n# it's\n`, `# don't\nKALTURA_KS=${KEY}\n# it's\n`],
    ['behind a path of Windows', `D="C:\\"\nKALTURA_KS="${OLD}"\n`, `D="C:\\"\nKALTURA_KS="${KEY}"\n`],
    ['behind escaped quotes', `A="\\"\nKALTURA_KS=in"\nKALTURA_KS=x`, `A="\\"\nKALTURA_KS=in"\nKALTURA_KS=${KEY}`],
  ])('%s has that value replaced, and nothing else', (_how, before, after) => {
    expect(hasKey(before)).toBe(true);
    expect(edited(before)).toEqual({ text: after, outcome: 'updated', idleLines: 0 });
  });

  test.each([
    ['KALTURA_KS=\n', `KALTURA_KS=${KEY}\n`],
    ['KALTURA_KS=', `KALTURA_KS=${KEY}`],
    ['KALTURA_KS=""\n', `KALTURA_KS="${KEY}"\n`],
    ['KALTURA_KS=  # paste the key here\n', `KALTURA_KS=${KEY}  # paste the key here\n`],
  ])('to nothing (%j) has the key put there', (before, after) => {
    expect(hasKey(before)).toBe(false);
    expect(edited(before)).toEqual({ text: after, outcome: 'updated', idleLines: 0 });
  });

  test('several times has the last one changed, which is the one that counts, and says so', () => {
    const before = 'KALTURA_KS="first"\nA=1\nexport KALTURA_KS=second\n';
    expect(parseEnv(before)['KALTURA_KS']).toBe('second');
    const after = `KALTURA_KS="first"\nA=1\nexport KALTURA_KS=${KEY}\n`;
    expect(edited(before)).toEqual({ text: after, outcome: 'updated', idleLines: 1 });
  });

  test('to this very key is left as it is', () => {
    const before = `A=1\r\nKALTURA_KS='${KEY}'`;
    expect(edited(before)).toEqual({ text: before, outcome: 'unchanged', idleLines: 0 });
  });
});

test('the whole file counts as a secret: it may hold others besides the key', () => {
  expect(JSON.stringify(withKey('PASSWORD=planted', new Secret(KEY)))).not.toMatch(/planted|djJ8/);
});

test.each([
  [KEY, true],
  ['', false],
  ['two words', false],
  ['a\nB=1', false],
  ['a"b', false],
  ['$(id)', false],
])('what is no key (%j) is not for a file', (text, fits) => {
  expect(fitsEnvFile(new Secret(text))).toBe(fits);
});

/** Lines that people have in such files; but for lines of blanks alone, with which Node 20 spoils the name of the next variable. */
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

describe('whoever reads such a file', () => {
  test('Node finds the new key, and all else as it was', () => {
    fc.assert(
      fc.property(files, (text) => {
        const after = edited(text).text;
        expect(parseEnv(after)).toEqual({ ...parseEnv(text), KALTURA_KS: KEY });
        // Again: nothing to do.
        expect(edited(after)).toMatchObject({ text: after, outcome: 'unchanged' });
      }),
    );
  });

  test('a shell too', () => {
    const before = `# mine\nA='one two'\nexport KALTURA_KS="old" # kept\n`;
    const script = `set -a\n${edited(before).text}\nprintf '%s|%s' "$A" "$KALTURA_KS"`;
    expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env: {} })).toBe(`one two|${KEY}`);
  });

  test('a file at its largest is edited in time, however its quotes stand', () => {
    const long = 1024 * 1024;
    for (const part of ['A="', "A='\\\n", '"\\"', 'KALTURA_KS="x\n', ' \t', '=\\"\\']) {
      const text = part.repeat(long / part.length);
      expect(edited(text).text).toContain(KEY);
    }
  });
});
