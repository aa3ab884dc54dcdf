import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { first } from '../sizes.js';
import { toCredentials } from '../ui/moves.js';
import { apiError, openLoopback } from '../ui/test-servers.js';
import { bracketed, bytesOfKey, type Key } from './keys.js';
import { openWizard, type Wizard } from './wizard.js';

const HEX = '0123456789abcdef0123456789ab9af1';

/** Opens the credentials with a server that refuses every request and records what it receives. */
async function openFields(method: 'server' | 'login') {
  const server = await openLoopback(() => apiError('START_SESSION_ERROR', 'no'));
  const wizard = await openWizard();
  await toCredentials(wizard, method, server.url);
  await wizard.atField(method === 'login' ? 'Email' : 'Partner ID');
  const submitAndReadRequest = async () => {
    await wizard.chooseByPrefix('Something else');
    await wizard.chooseByPrefix('I will');
    if (method === 'server') {
      await wizard.chooseByPrefix('USER');
      await wizard.fill('User ID', '');
    }
    await wizard.chooseByPrefix('24 hours');
    await wizard.chooseByPrefix('No privileges');
    await wizard.see('Ready to create this key');
    await wizard.press('enter');
    await wizard.see('START_SESSION_ERROR');
    return server.calls[0]?.form ?? {};
  };
  return { wizard, submitAndReadRequest };
}

const seeRow = (wizard: Wizard, row: string) => wizard.waitFor((rows) => rows.includes(row));
const rowOf = (wizard: Wizard, label: string) => wizard.screen().find((row) => row.startsWith(label)) ?? '';

const manyCharacters = (length: number, salt: string) => {
  let text = '';
  for (let part = 0; text.length < length; part++)
    text += createHash('sha256').update(`${salt}${part}`).digest('base64url');
  return text.slice(0, length);
};

describe('long input', () => {
  const piecesOf = (text: string) => text.match(/.{1,1024}/gsu) ?? [];
  const inputMethods: Readonly<Record<string, (wizard: Wizard, text: string) => Promise<void> | void>> = {
    'a bracketed paste in pieces': (wizard, text) => {
      for (const piece of piecesOf(bracketed(text))) wizard.write(piece);
    },
    'a bracketed paste': (wizard, text) => wizard.paste(text),
    'text without brackets, 1,024 bytes at a time': (wizard, text) => {
      for (const piece of piecesOf(text)) wizard.write(piece);
    },
  };

  test.each(first(1, Object.entries(inputMethods)))(
    'is complete in a text field and in a secret: %s',
    async (_, enterText) => {
      const login = `${manyCharacters(9_988, 'login')}@example.com`;
      const password = manyCharacters(4096, 'password');
      const { wizard, submitAndReadRequest } = await openFields('login');
      await enterText(wizard, login);
      await wizard.see('@example.com');
      await wizard.press('enter');
      await wizard.atField('Password');
      await enterText(wizard, password);
      await wizard.see('4096 characters');
      // The mask never has more than 32 characters.
      expect(rowOf(wizard, 'Password')).toMatch(/^Password +•{32} +4096 characters$/);
      await wizard.press('enter');
      await wizard.fill('Partner ID', '');
      expect(await submitAndReadRequest()).toMatchObject({ loginId: login, password });
    },
  );
});

describe('key presses that arrive together', () => {
  test('edit a field, submit it, and fill the next field', async () => {
    const { wizard, submitAndReadRequest } = await openFields('server');
    await wizard.type(`234567\x1b[D\x1b[D5\x1b[C\x7f\x1b[F8\r${HEX}x\x7f\r`);
    await wizard.see('What is the key for?');
    expect(await submitAndReadRequest()).toMatchObject({ partnerId: '2345578', secret: HEX });
  });

  const named = (...keys: Key[]) => keys.map((key) => bytesOfKey(key));
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('ab', 'x y', '7', ' ', 'é', '漢', 'e', '\u0301', '👍', '?', '/q') },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        ...named('left', 'right', 'backspace', 'delete', 'home', 'end', 'ctrl+a', 'ctrl+e', 'ctrl+k', 'ctrl+w'),
        ...named('alt+b', 'alt+f', 'ctrl+u'),
      ),
    },
  );
  const edits = fc.array(piece, { minLength: 3, maxLength: 12 });
  const script = fc
    .tuple(edits, edits, edits)
    .map(([login, password, partner]) => [...login, 'a', '\r', '\r', ...password, 'b', '\t', ...partner, 'END']);

  test.each(first(1, [1, 2, 3, 4]))('have the same effect as single key presses (script %i)', async (seed) => {
    const [keys = []] = fc.sample(script, { seed, numRuns: 1 });
    const cutEvery = (count: number) =>
      Array.from({ length: Math.ceil(keys.length / count) }, (_, at) => keys.slice(at * count, at * count + count));
    const play = async (chunks: readonly (readonly string[])[]) => {
      const { wizard } = await openFields('login');
      await wizard.press('ctrl+r');
      await wizard.see('ctrl+r hide');
      for (const [index, chunk] of chunks.entries()) {
        await wizard.type(chunk.join(''));
        if (index === chunks.length - 1) break;
        // Opening and closing the help makes sure that the program has read everything before it.
        await wizard.press('f1');
        await wizard.see('esc close');
        await wizard.press('enter');
        await wizard.see('F1 help');
      }
      await wizard.see('END');
      return { frame: wizard.frame().replaceAll(/127\.0\.0\.1:\d+/g, 'server'), cursor: wizard.cursor };
    };
    const [oneByOne, ...together] = await Promise.all(first(2, [1, 1000, 3]).map((count) => play(cutEvery(count))));
    for (const end of together) expect(end).toEqual(oneByOne);
  });
});

describe('editing a line', () => {
  const wordLeft = '\x1b[1;5D';
  const wordRight = '\x1b[1;5C';
  const bytesOf = (...keys: Key[]) => keys.map((key) => bytesOfKey(key)).join('');
  const EDITS: readonly (readonly [name: string, keys: string, result: string])[] = [
    ['Ctrl-A', bytesOf('ctrl+a'), '|one two three'],
    ['Home and Ctrl-E', bytesOf('home', 'ctrl+e'), 'one two three|'],
    ['Home and End', bytesOf('home', 'end'), 'one two three|'],
    ['Ctrl-W', bytesOf('ctrl+w'), 'one two |'],
    ['Alt-Backspace', '\x1b\x7f', 'one two |'],
    ['Alt-B', bytesOf('alt+b'), 'one two |three'],
    ['Ctrl-Left twice', wordLeft + wordLeft, 'one |two three'],
    ['Home and Alt-F', bytesOf('home', 'alt+f'), 'one| two three'],
    ['Home and Ctrl-Right', bytesOf('home') + wordRight, 'one| two three'],
    ['Ctrl-U at the start of a word', wordLeft + bytesOf('ctrl+u'), '|three'],
    ['Ctrl-K at the start of a word', wordLeft + bytesOf('ctrl+k'), 'one two |'],
    ['Home and Delete', bytesOf('home', 'delete'), '|ne two three'],
    [
      'arrows mixed with text',
      `${bytesOf('left', 'left')}A${bytesOf('left')}B${bytesOf('right', 'right')}C`,
      'one two thrBAeC|e',
    ],
    ['Delete at the end, Backspace at the start', bytesOf('delete', 'home', 'backspace'), '|one two three'],
  ];

  test('supports the usual editing keys, which insert no letters', async () => {
    const { wizard } = await openFields('login');
    for (const [name, keys, expected] of EDITS) {
      await wizard.type('one two three');
      await wizard.see('one two three');
      await wizard.type(`${keys}|`);
      await wizard.waitFor(
        Object.assign((rows: readonly string[]) => rows.some((row) => row.endsWith(` ${expected}`)), {
          toString: () => `${name}: ${expected}`,
        }),
      );
      const row = wizard.screen()[wizard.cursor.row] ?? '';
      expect(wizard.cursor.column, name).toBe(row.indexOf('|') + 1);
      await wizard.press('end', 'ctrl+u');
      await wizard.waitFor((rows) => !rows.some((line) => line.includes('|')));
    }
  });

  test('moves over and deletes wide characters, emoji and accents as single characters', async () => {
    const { wizard } = await openFields('login');
    const start = wizard.cursor.column;
    const see = async (text: string, column: number) => {
      await wizard.waitFor(
        (rows) => rows.some((row) => row.endsWith(` ${text}`)) && wizard.cursor.column === start + column,
      );
    };
    await wizard.type('漢字');
    await see('漢字', 4);
    await wizard.press('left');
    await see('漢字', 2);
    await wizard.type('e\u0301');
    await see('漢e\u0301字', 3);
    await wizard.press('left');
    await see('漢e\u0301字', 2);
    await wizard.press('delete');
    await see('漢字', 2);
    // One character of two code points.
    await wizard.type('👍🏽');
    await wizard.waitFor(() => wizard.cursor.column === start + 4);
    await wizard.press('backspace');
    await see('漢字', 2);
    await wizard.press('end');
    await wizard.type('ñ');
    await see('漢字ñ', 5);
  });
});

describe('bracketed paste', () => {
  test('is on only while the wizard runs, and its markers and line end are never typed', async () => {
    const { wizard } = await openFields('server');
    expect(wizard.modes.bracketedPaste).toBe(true);
    await wizard.paste('2345678\n');
    await seeRow(wizard, 'Partner ID   2345678');
    await wizard.press('enter');
    await wizard.atField('Secret');
    await wizard.paste(`${HEX}\r\n`);
    await wizard.see('32 characters');
    await wizard.press('left');
    await wizard.see('32 characters');
    // Esc goes back. An arrow key, which begins with the same byte, does not.
    await wizard.press('esc');
    await wizard.see('How do you want to sign in?');
    await wizard.press('ctrl+c');
    await wizard.exit;
    expect(wizard.modes.bracketedPaste).toBe(false);
  });
});

describe('reports that a terminal sends on its own', () => {
  test('are not typed into a field, while keypad keys and other key encodings are', async () => {
    const { wizard } = await openFields('login');
    const reports = [
      '\x1b]11;rgb:ff/ff/ff\x1b\\',
      '\x1bP1$r0m\x1b\\',
      '\x1b[5;9R',
      '\x1b[I',
      '\x1b[M !!',
      '\x1b[<0;5;5M',
    ];
    for (const report of reports) wizard.write(`a${report}`);
    for (const character of reports.join('')) wizard.write(character);
    wizard.write('\x1b[98;1:3u\x1bOp\x1b[57400u\x1b[122u');
    await wizard.see(/^Email +aaaaaa01z$/m);
    // Ctrl+U as kitty and modifyOtherKeys send it.
    wizard.write('\x1b[117;5uleft\x1b[27;5;117~');
    await wizard.type('new');
    await wizard.see(/^Email +new$/m);
    wizard.write('\x1b[99;5u');
    expect((await wizard.exit).code).toBe(130);
  });
});
