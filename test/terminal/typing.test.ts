import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiError, askForKey, askFromLifetime, type Drive, drive, openLoopback, toCredentials } from './driving.js';
import { bracketed, bytesOfKey, type Key } from './keys.js';
import type { TerminalOptions } from './terminal.js';

const HEX = '0123456789abcdef0123456789ab9af1';

/** On the credentials, with a server that says no to everything: what it received tells what was typed. */
async function openFields(way: Parameters<typeof toCredentials>[1], options: TerminalOptions = {}) {
  const server = await openLoopback(() => apiError('START_SESSION_ERROR', 'no'));
  const wizard = await drive(options);
  await toCredentials(wizard, way, server.url);
  await wizard.atField(way === 'login' ? 'E-mail' : 'Partner ID');
  const sent = async (ask = () => askForKey(wizard, way)) => {
    await ask();
    await wizard.see('START_SESSION_ERROR');
    return server.calls[0]?.form ?? {};
  };
  return { wizard, sent };
}

/** On the field of the user ID, which takes any text. */
async function openUserField(options: TerminalOptions = {}) {
  const { wizard, sent } = await openFields('server', options);
  await wizard.fill('Partner ID', '2345678');
  await wizard.fill('Secret', HEX);
  await wizard.take('I will');
  await wizard.take('USER');
  await wizard.atField('User ID');
  return { wizard, sent };
}

const rowOf = (wizard: Drive, label: string) => wizard.screen().find((row) => row.startsWith(label)) ?? '';
const seeRow = (wizard: Drive, row: string) => wizard.waitFor((rows) => rows.includes(row));
const LABEL_WIDTH = 'User ID    '.length;

const manyCharacters = (length: number, salt: string) => {
  let text = '';
  for (let part = 0; text.length < length; part++)
    text += createHash('sha256').update(`${salt}${part}`).digest('base64url');
  return text.slice(0, length);
};

describe('10,000 characters', () => {
  const piecesOf = (text: string) => text.match(/.{1,1024}/gsu) ?? [];
  const ways: Readonly<Record<string, (wizard: Drive, text: string) => Promise<void> | void>> = {
    'as a bracketed paste': (wizard, text) => wizard.paste(text),
    'as a bracketed paste that comes in pieces': (wizard, text) => {
      for (const piece of piecesOf(bracketed(text))) wizard.write(piece);
    },
    'without brackets, 1,024 bytes at a time': (wizard, text) => {
      for (const piece of piecesOf(text)) wizard.write(piece);
    },
  };

  test.each(Object.entries(ways))('%s arrive whole in a text field and in a secret', async (_, give) => {
    const login = `${manyCharacters(9_988, 'login')}@example.com`;
    const password = manyCharacters(10_000, 'password');
    const { wizard, sent } = await openFields('login');
    await give(wizard, login);
    await wizard.see('@example.com');
    await wizard.press('enter');
    await wizard.atField('Password');
    await give(wizard, password);
    await wizard.see('10000 characters');
    // However long: a mask as wide as the text would fill the window, and tell its length twice.
    expect(rowOf(wizard, 'Password')).toMatch(/^Password +•{32} +10000 characters$/);
    await wizard.press('enter');
    await wizard.fill('Partner ID', '');
    expect(await sent()).toMatchObject({ loginId: login, password });
  });
});

describe('keys that arrive together', () => {
  test('text and Enter in one chunk submit the text', async () => {
    const { wizard } = await openUserField();
    await wizard.type('abc\r');
    await wizard.see('User ID abc');
    await wizard.see('❯ 24 hours');
  });

  test('text, arrows, backspaces, Enter, and text for the next field', async () => {
    const { wizard, sent } = await openFields('server');
    await wizard.type(`234567\x1b[D\x1b[D5\x1b[C\x7f\x1b[F8\r${HEX}x\x7f\r`);
    expect(await sent()).toMatchObject({ partnerId: '2345578', secret: HEX });
  });

  test('three backspaces in one chunk take three characters away, and put none in', async () => {
    const { wizard } = await openUserField();
    await wizard.type('abcde');
    await wizard.see('User ID abcde');
    await wizard.press('backspace', 'backspace', 'backspace');
    await seeRow(wizard, 'User ID    ab');
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

  test.each([1, 2, 3, 4])('mean the same as keys that come one by one (script %i)', async (seed) => {
    const [keys = []] = fc.sample(script, { seed, numRuns: 1 });
    const cutEvery = (count: number) =>
      Array.from({ length: Math.ceil(keys.length / count) }, (_, at) => keys.slice(at * count, at * count + count));
    const play = async (chunks: readonly (readonly string[])[]) => {
      const { wizard } = await openFields('login');
      await wizard.press('ctrl+r');
      await wizard.see('hide secret');
      for (const [index, chunk] of chunks.entries()) {
        await wizard.type(chunk.join(''));
        if (index === chunks.length - 1) break;
        // The help comes and goes without a trace: what was typed before it has been read by then.
        await wizard.press('f1');
        await wizard.see('any other key close');
        await wizard.press('enter');
        await wizard.see('F1 more');
      }
      await wizard.see('END');
      return { frame: wizard.frame().replaceAll(/127\.0\.0\.1:\d+/g, 'server'), cursor: wizard.cursor };
    };
    const [together, inThrees, oneByOne] = await Promise.all([1000, 3, 1].map((count) => play(cutEvery(count))));
    expect(together).toEqual(oneByOne);
    expect(inThrees).toEqual(oneByOne);
  });
});

describe('editing a line', () => {
  const wordLeft = '\x1b[1;5D';
  const wordRight = '\x1b[1;5C';
  const k = (...keys: Key[]) => keys.map((key) => bytesOfKey(key)).join('');
  test.each([
    ['Ctrl-A', k('ctrl+a'), '|one two three'],
    ['Home and Ctrl-E', k('home', 'ctrl+e'), 'one two three|'],
    ['Home and End', k('home', 'end'), 'one two three|'],
    ['Ctrl-W', k('ctrl+w'), 'one two |'],
    ['Alt-Backspace', '\x1b\x7f', 'one two |'],
    ['Alt-B', k('alt+b'), 'one two |three'],
    ['Ctrl-Left twice', wordLeft + wordLeft, 'one |two three'],
    ['Home and Alt-F', k('home', 'alt+f'), 'one| two three'],
    ['Home and Ctrl-Right', k('home') + wordRight, 'one| two three'],
    ['Ctrl-U at the start of a word', wordLeft + k('ctrl+u'), '|three'],
    ['Ctrl-K at the start of a word', wordLeft + k('ctrl+k'), 'one two |'],
    ['Home and Delete', k('home', 'delete'), '|ne two three'],
    ['arrows mixed with text', `${k('left', 'left')}A${k('left')}B${k('right', 'right')}C`, 'one two thrBAeC|e'],
    ['Delete at the end, Backspace at the start', k('delete', 'home', 'backspace'), '|one two three'],
  ])('%s', async (_, keys, expected) => {
    const { wizard } = await openUserField();
    await wizard.type('one two three');
    await wizard.see('one two three');
    await wizard.type(keys);
    await wizard.type('|');
    await seeRow(wizard, `User ID    ${expected}`);
    expect(wizard.cursor.column).toBe(LABEL_WIDTH + expected.indexOf('|') + 1);
  });

  test('wide characters, emoji and accents are moved over and taken away as people see them', async () => {
    const { wizard, sent } = await openUserField();
    const see = async (text: string, column: number) => {
      await wizard.waitFor(
        (rows) => rows.includes(`User ID    ${text}`) && wizard.cursor.column === LABEL_WIDTH + column,
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
    // One sign of two code points.
    await wizard.type('👍🏽');
    await wizard.waitFor(() => wizard.cursor.column === LABEL_WIDTH + 4);
    await wizard.press('backspace');
    await see('漢字', 2);
    await wizard.press('end');
    await wizard.type('ñ');
    await see('漢字ñ', 5);
    await wizard.press('enter');
    expect(await sent(() => askFromLifetime(wizard))).toMatchObject({ userId: '漢字ñ' });
  });

  test('letters and signs are text where one types, and commands only where nothing is typed', async () => {
    const { wizard } = await openUserField();
    await wizard.type('?q/nsc1');
    await seeRow(wizard, 'User ID    ?q/nsc1');
    await wizard.press('enter');
    await wizard.see('❯ 24 hours');
    await wizard.type('?');
    await wizard.see('any other key close');
  });
});

describe('what a paste brings along', () => {
  test('bracketed paste is on while one types, and off afterwards; the marks are never text', async () => {
    const { wizard } = await openUserField();
    expect(wizard.modes.bracketedPaste).toBe(true);
    wizard.write(bracketed('pasted'));
    await seeRow(wizard, 'User ID    pasted');
    await wizard.press('ctrl+c');
    await wizard.exit;
    expect(wizard.modes.bracketedPaste).toBe(false);
  });

  test('a line end after a pasted secret is not kept, and does not submit', async () => {
    const { wizard, sent } = await openFields('server');
    await wizard.paste('2345678\n');
    await seeRow(wizard, 'Partner ID   2345678');
    await wizard.press('enter');
    await wizard.atField('Secret');
    await wizard.paste(`${HEX}\r\n`);
    await wizard.see('32 characters');
    await wizard.atField('Secret');
    await wizard.press('enter');
    expect(await sent()).toMatchObject({ partnerId: '2345678', secret: HEX });
  });

  test.each(['\n', '\r\n', '\r'])(
    'a line end (%j) inside a secret is said by name, and the value is kept',
    async (end) => {
      const { wizard } = await openFields('server');
      await wizard.fill('Partner ID', '2345678');
      await wizard.atField('Secret');
      await wizard.paste(`first${end}second`);
      await wizard.see(`${11 + end.length} characters`);
      await wizard.press('enter');
      await wizard.see('has a line break inside, after 5 characters');
      await wizard.atField('Secret');
      await wizard.see(`${11 + end.length} characters`);
    },
  );

  test('blanks and line ends around ids and secrets, and zero-width characters, are not sent', async () => {
    const { wizard, sent } = await openFields('server');
    await wizard.paste('\u200B 2345678\u00A0\r\n');
    await wizard.see('2345678');
    await wizard.press('enter');
    await wizard.atField('Secret');
    await wizard.paste(`\uFEFF\t ${HEX.slice(0, 9)}\u200B${HEX.slice(9)} \u2060\r\n`);
    await wizard.see('32 characters');
    await wizard.press('enter');
    expect(await sent()).toMatchObject({ partnerId: '2345678', secret: HEX });
  });

  test('blanks in a password are part of it, and counted', async () => {
    const { wizard, sent } = await openFields('login');
    await wizard.fill('E-mail', ' jane@example.com ');
    await wizard.atField('Password');
    await wizard.paste(' two  words \r\n');
    await wizard.see('12 characters');
    await wizard.press('enter');
    await wizard.fill('Partner ID', '');
    expect(await sent()).toMatchObject({ loginId: 'jane@example.com', password: ' two  words ' });
  });
});

describe('what is said of what was typed', () => {
  test.each(['0', '-5', '1.5', 'abc', '99999999999'])(
    'the partner ID %s is refused where it is typed',
    async (typed) => {
      const { wizard } = await openFields('server');
      await wizard.fill('Partner ID', typed);
      await wizard.waitFor((rows) => rows.some((row) => /^ {2}! .*partner ID/i.test(row)));
      await wizard.atField('Partner ID');
      expect(rowOf(wizard, 'Partner ID')).toBe(`Partner ID   ${typed}`);
    },
  );

  test('a Sub Partner ID is recognised, and Ctrl-Y takes the partner ID that was meant', async () => {
    const { wizard, sent } = await openFields('server');
    await wizard.fill('Partner ID', '234567800');
    await wizard.see('Looks like a Sub Partner ID');
    await wizard.see('ctrl+y use 2345678');
    await wizard.press('ctrl+y');
    await seeRow(wizard, 'Partner ID   2345678');
    expect(wizard.text()).not.toContain('Sub Partner');
    await wizard.press('enter');
    await wizard.fill('Secret', HEX);
    expect(await sent()).toMatchObject({ partnerId: '2345678' });
  });

  test('an account whose ID does end in 00 is served all the same', async () => {
    const { wizard, sent } = await openFields('server');
    await wizard.insist('Partner ID', '1234500', 'Looks like a Sub Partner ID');
    await wizard.fill('Secret', HEX);
    expect(await sent()).toMatchObject({ partnerId: '1234500' });
  });

  test('a secret that is not 32 hex digits is warned about when the field is left, and not refused', async () => {
    const { wizard, sent } = await openFields('server');
    await wizard.fill('Partner ID', '2345678');
    await wizard.atField('Secret');
    await wizard.type(HEX.slice(1));
    await wizard.press('tab');
    await wizard.see('has 31 characters, where 32 are usual');
    await wizard.press('tab');
    await wizard.atField('Secret');
    await wizard.press('enter');
    expect(await sent()).toMatchObject({ secret: HEX.slice(1) });
  });

  test('Enter shows that warning first, and goes on with the second', async () => {
    const { wizard, sent } = await openFields('server');
    await wizard.fill('Partner ID', '2345678');
    await wizard.insist('Secret', HEX.slice(1), 'The account secret has 31 characters');
    expect(await sent()).toMatchObject({ secret: HEX.slice(1) });
  });

  test('Esc alone goes back, an arrow key does not, and nothing typed is lost on the way', async () => {
    const { wizard } = await openFields('server');
    await wizard.fill('Partner ID', '2345678');
    await wizard.atField('Secret');
    await wizard.type(HEX);
    await wizard.press('left');
    await wizard.see('32 characters');
    await wizard.press('esc');
    await wizard.see('How do you prove');
    await wizard.press('enter');
    await wizard.see('32 characters, ends 9af1');
    expect(rowOf(wizard, 'Partner ID')).toBe('Partner ID   2345678');
  });
});
