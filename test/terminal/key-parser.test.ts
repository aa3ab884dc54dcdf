import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Key } from '../../source/terminal/key.js';
import { createKeyParser } from '../../source/terminal/key-parser.js';
import { createKeyReader } from '../../source/terminal/key-reader.js';

const text = (typed: string): Key => ({ name: 'text', text: typed });
const paste = (pasted: string): Key => ({ name: 'paste', text: pasted });
const name = (key: Exclude<Key, { text: string }>['name']): Key => ({ name: key });

/** Parses the reads into keys, and joins neighboring texts. `flush` ends an incomplete sequence, as a timeout does. */
function keysIn(reads: readonly string[], { flush = true } = {}): Key[] {
  const parser = createKeyParser();
  const keys: Key[] = [];
  const collect = (): void => {
    for (let key = parser.next(); key !== null; key = parser.next()) {
      const last = keys.at(-1);
      if (key.name === 'text' && last?.name === 'text') keys[keys.length - 1] = text(last.text + key.text);
      else keys.push(key);
    }
  };
  for (const read of reads) {
    parser.push(read);
    collect();
  }
  if (flush) parser.flush();
  collect();
  return keys;
}

const KEYS: readonly (readonly [sent: string, keys: readonly Key[]])[] = [
  ['a', [text('a')]],
  ['é👍', [text('é👍')]],
  ['\r', [name('enter')]],
  ['\n', [name('enter')]],
  ['\r\n', [name('enter')]],
  ['\t', [name('tab')]],
  ['\x1b[Z', [name('shift+tab')]],
  ['\x7f', [name('backspace')]],
  ['\b', [name('backspace')]],
  ['\x1b\x7f', [name('ctrl+w')]],
  ['\x03', [name('ctrl+c')]],
  ['\x15', [name('ctrl+u')]],
  // Arrows and the like: xterm, application mode, with modifiers, rxvt, the Linux console.
  ['\x1b[A', [name('up')]],
  ['\x1bOA', [name('up')]],
  ['\x1b[1;2B', [name('down')]],
  ['\x1b[b', [name('down')]],
  ['\x1bOb', [name('down')]],
  ['\x1b[D', [name('left')]],
  ['\x1b[1;5D', [name('word-left')]],
  ['\x1b[1;3D', [name('word-left')]],
  ['\x1b[5D', [name('word-left')]],
  ['\x1bOd', [name('word-left')]],
  ['\x1bO5C', [name('word-right')]],
  ['\x1b\x1b[C', [name('word-right')]],
  ['\x1bb', [name('word-left')]],
  ['\x1bf', [name('word-right')]],
  ['\x1b[H', [name('home')]],
  ['\x1b[1~', [name('home')]],
  ['\x1b[7~', [name('home')]],
  ['\x1b[7$', [name('home')]],
  ['\x1b[7^', [name('home')]],
  ['\x1b[F', [name('end')]],
  ['\x1bOF', [name('end')]],
  ['\x1b[4~', [name('end')]],
  ['\x1b[3~', [name('delete')]],
  ['\x1b[3;5~', [name('delete')]],
  ['\x1b[5~', [name('pageup')]],
  ['\x1b[[5~', [name('pageup')]],
  ['\x1b[6~', [name('pagedown')]],
  ...['\x1bOP', '\x1b[P', '\x1b[11~', '\x1b[[A', '\x1b[1;2P', '\x1b[24~'].map(
    (sent) => [sent, [name('function')]] as const,
  ),
  // The keypad in application mode.
  ['\x1bOp\x1bOq\x1bOy', [text('019')]],
  ['\x1bOj\x1bOk\x1bOl\x1bOm\x1bOn\x1bOo\x1bOX', [text('*+,-./=')]],
  ['\x1bOM', [name('enter')]],
  ['\x1bOI', [name('tab')]],
  // kitty.
  ['\x1b[97u', [text('a')]],
  ['\x1b[97;2u', [text('A')]],
  ['\x1b[49:33;2u', [text('!')]],
  ['\x1b[97;1;228u', [text('ä')]],
  ['\x1b[97;65u', [text('A')]],
  ['\x1b[99;5u', [name('ctrl+c')]],
  ['\x1b[99;69u', [name('ctrl+c')]],
  ['\x1b[99:67;6u', [name('ctrl+c')]],
  ['\x1b[1089::99;5u', [name('ctrl+c')]],
  ['\x1b[99;5:2u', [name('ctrl+c')]],
  ['\x1b[117;5u', [name('ctrl+u')]],
  ['\x1b[109;5u', [name('enter')]],
  ['\x1b[91;5u', [name('escape')]],
  ['\x1b[98;3u', [name('word-left')]],
  ['\x1b[27u', [name('escape')]],
  ['\x1b[27;1:1u', [name('escape')]],
  ['\x1b[13u', [name('enter')]],
  ['\x1b[13;2u', [name('enter')]],
  ['\x1b[9;2u', [name('shift+tab')]],
  ['\x1b[127;3u', [name('ctrl+w')]],
  ['\x1b[32u', [text(' ')]],
  ['\x1b[1;1:1A', [name('up')]],
  ['\x1b[57399u\x1b[57408;129u\x1b[57409u\x1b[57413u', [text('09.+')]],
  ['\x1b[57414u', [name('enter')]],
  ['\x1b[57419u', [name('up')]],
  // modifyOtherKeys.
  ['\x1b[27;5;99~', [name('ctrl+c')]],
  ['\x1b[27;6;67~', [name('ctrl+c')]],
  ['\x1b[27;5;117~', [name('ctrl+u')]],
  ['\x1b[27;2;13~', [name('enter')]],
  ['\x1b[27;2;9~', [name('shift+tab')]],
  ['\x1b[27;2;65~', [text('A')]],
  // Pastes.
  ['\x1b[200~pasted\x1b[201~', [paste('pasted')]],
  ['\x1b[200~secret\r\n\x1b[201~', [paste('secret')]],
  ['\x1b[200~\nsec\x1b[Aret \n\n\x1b[201~', [paste('\nsec\x1b[Aret ')]],
  ['\x1b[200~\x1b[201~', []],
  // Several keys.
  ['102\tsecret\r', [text('102'), name('tab'), text('secret'), name('enter')]],
  ['ab\x1b[D\x7fc\r\n\r', [text('ab'), name('left'), name('backspace'), text('c'), name('enter'), name('enter')]],
];

/** Sequences that terminals send on their own, or for keys that the program doesn't use. */
const NO_KEYS: readonly string[] = [
  // OSC, DCS, APC, PM and SOS, with BEL and both forms of ST, and their 8-bit forms.
  '\x1b]11;rgb:ffff/ffff/ffff\x07',
  '\x1b]11;rgb:ffff/ffff/ffff\x1b\\',
  '\x1b]52;c;cGFzc3dvcmQ=\x1b\\',
  '\x9d4;1;rgb:00/11/22\x9c',
  '\x1bP>|XTerm(390)\x1b\\',
  '\x1bP1+r544e=787465726d\x1b\\',
  '\x901$r0m\x9c',
  '\x1b_Gi=31;OK\x1b\\',
  '\x9fGi=31;OK\x9c',
  '\x1b^privacy message\x1b\\',
  '\x1bXstart of string\x1b\\',
  '\x1b]0;umlaut ä 漢\x07',
  // Reports of the cursor, the device, the window, modes and the keyboard.
  '\x1b[12;40R',
  '\x1b[1;5R',
  '\x1b[?12;40R',
  '\x9b12;40R',
  '\x1b[0n',
  '\x1b[?62;22c',
  '\x1b[>41;390;0c',
  '\x1b[8;24;80t',
  '\x1b[?2026;2$y',
  '\x1b[?1u',
  '\x1b[?997;1n',
  // Focus.
  '\x1b[I',
  '\x1b[O',
  // The mouse: X10, UTF-8, SGR, urxvt, highlight, locator.
  '\x1b[M !!',
  '\x1b[M#\xe9\u0107',
  '\x1b[<0;12;5M',
  '\x1b[<0;12;5m',
  '\x1b[<64;120;50M',
  '\x1b[35;12;5M',
  '\x1b[t!!',
  '\x1b[T!!!!!!',
  '\x1b[2;4;10;20;0&w',
  // kitty: released keys, modifiers, Super, media keys.
  '\x1b[97;1:3u',
  '\x1b[99;5:3u',
  '\x1b[1;1:3A',
  '\x1b[3;1:3~',
  '\x1b[57441;2u',
  '\x1b[97;9u',
  '\x1b[57428u',
  '\x1b[57358u',
  // Keys that the program doesn't use.
  '\x1b[2~',
  '\x1b[E',
  '\x1bx',
  '\x1b[97;3u',
  '\x1b[27;3;120~',
  '\x1b[201~',
  '\x1b[1114112;1u',
  '\x1b[55296u',
];

describe('one read', () => {
  test.each(KEYS)('parses %j', (sent, keys) => {
    expect(keysIn([sent])).toEqual(keys);
  });

  test.each(NO_KEYS)('ignores %j', (sent) => {
    expect(keysIn([sent])).toEqual([]);
    expect(keysIn([`a${sent}b`], { flush: false })).toEqual([text('ab')]);
  });

  test('keeps 10,000 characters in one text key', () => {
    const long = 'x'.repeat(10_000);
    expect(keysIn([`${long}\r`])).toEqual([text(long), name('enter')]);
  });
});

const ALL: readonly (readonly [string, readonly Key[]])[] = [...KEYS, ...NO_KEYS.map((sent) => [sent, []] as const)];

describe('a sequence that arrives in several reads', () => {
  test.each(ALL)('parses %j the same wherever it is split', (sent) => {
    const whole = keysIn([sent]);
    for (let at = 1; at < sent.length; at++) {
      // Surrogate pairs are never split, because the stream decodes bytes to whole characters.
      if (/[\ud800-\udbff]/.test(sent[at - 1] ?? '')) continue;
      expect(keysIn([sent.slice(0, at), sent.slice(at)])).toEqual(whole);
    }
    expect(keysIn([...sent])).toEqual(whole);
  });

  test('parses any mix of sequences the same in one read and in several', () => {
    const some = fc.array(fc.constantFrom(...ALL.map(([sent]) => sent)), { maxLength: 12 });
    fc.assert(
      fc.property(some, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (parts, lengths) => {
        const characters = [...parts.join('')];
        const reads: string[] = [];
        for (let at = 0, turn = 0; at < characters.length; turn++) {
          const length = lengths[turn % lengths.length] ?? 1;
          reads.push(characters.slice(at, at + length).join(''));
          at += length;
        }
        expect(keysIn(reads)).toEqual(keysIn([parts.join('')]));
      }),
      { numRuns: 300 },
    );
  });

  test('recognizes Ctrl+C after any text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary-ascii' }),
      fc.constantFrom(
        '\x1b',
        '\x1b[',
        '\x1b]',
        '\x1bP',
        '\x1bO',
        '\x1b[M',
        '\x1b[12;',
        '\x9b',
        '\x1b[200~',
        '\x1b[[',
        '\x1b\x1b',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (parts) => {
        expect(keysIn([...parts, '\x03']).at(-1)).toEqual(name('ctrl+c'));
        expect(keysIn([...parts, '\x1b[99;5u']).at(-1)).toEqual(name('ctrl+c'));
      }),
      { numRuns: 500 },
    );
  });
});

describe('an incomplete sequence when no more input arrives', () => {
  test.each<[sent: string, keys: Key[]]>([
    ['\x1b', [name('escape')]],
    ['\x1b\x1b', [name('escape'), name('escape')]],
    ['a\x1b', [text('a'), name('escape')]],
    ['\x1b[', []],
    ['\x1bO', []],
    ['\x1b[1;', []],
    ['\x1b[M!', []],
    ['\x1b]11;rgb', []],
    ['\x1bP1$r\x1b', []],
    ['\x1b[200~never ended\n', [paste('never ended')]],
    ['\x1b[200~never ended\x1b[20', [paste('never ended\x1b[20')]],
    ['\x1b[200~half\x03', [name('ctrl+c')]],
    ['\x1b[200~half\x1b[27;5;99~', [name('ctrl+c')]],
  ])('parses %j', (sent, keys) => {
    expect(keysIn([sent])).toEqual(keys);
  });

  test('ends at Ctrl+C or at a new sequence', () => {
    expect(keysIn(['\x1b]11;rgb\x03'])).toEqual([name('ctrl+c')]);
    expect(keysIn(['\x1bPabc', '\x1b[A'])).toEqual([name('up')]);
    expect(keysIn(['\x1b[12\x03'])).toEqual([name('ctrl+c')]);
    expect(keysIn(['\x1b[12\r'])).toEqual([name('enter')]);
  });
});

test('the reader waits for the rest of a sequence, times out, and then reads the next key', async () => {
  vi.useFakeTimers();
  try {
    const keys: Key[] = [];
    const reader = createKeyReader((key) => keys.push(key));
    reader.feed('\x1b');
    await vi.advanceTimersByTimeAsync(40);
    reader.feed('[A');
    expect(keys.splice(0)).toEqual([name('up')]);
    reader.feed('\x1b');
    await vi.advanceTimersByTimeAsync(100);
    expect(keys.splice(0)).toEqual([name('escape')]);
    reader.feed('\x1b]11;');
    await vi.advanceTimersByTimeAsync(900);
    reader.feed('rgb\x07x');
    expect(keys.splice(0)).toEqual([text('x')]);
    reader.feed('\x1b[200~pasted');
    await vi.advanceTimersByTimeAsync(1100);
    reader.feed('\r');
    expect(keys.splice(0)).toEqual([paste('pasted'), name('enter')]);
    reader.feed('\x1b]0;never');
    await vi.advanceTimersByTimeAsync(1100);
    reader.feed('q');
    expect(keys.splice(0)).toEqual([text('q')]);
  } finally {
    vi.useRealTimers();
  }
});
