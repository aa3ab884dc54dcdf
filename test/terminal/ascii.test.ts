import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { asciiOfSameWidth, asciiText, inLetters } from '../../source/terminal/ascii.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { saveProfiles } from '../ui/test-servers.js';
import { openTerminal } from './terminal.js';

test('replaces signs and punctuation with ASCII, and other characters with ?', () => {
  expect(inLetters('✔ “é” → …')).toBe('+ "é" -> ...');
  expect(asciiText('✔ “é漢” → …')).toBe('+ "??" -> ...');
});

test('keeps the meaning of JSON', () => {
  const json = `${JSON.stringify({ message: '“é” 👍' }, null, 2)}\n`;
  expect(asciiText(json)).toMatch(/^[\x00-\x7f]*$/);
  expect(JSON.parse(asciiText(json))).toEqual({ message: '“é” 👍' });
});

test('keeps the columns of a frame', () => {
  for (const text of ['a…b', '漢字', 'e\u0301', '“x”', '❯ 👍']) {
    const ascii = asciiOfSameWidth(text, stringWidth);
    expect(ascii).toMatch(/^[\x00-\x7f]*$/);
    expect(ascii).toHaveLength(stringWidth(text));
  }
});

describe('a terminal that is not UTF-8', () => {
  const NAME = 'café';
  const open = async (args: readonly string[], env: Record<string, string>) => {
    const folder = await saveProfiles(sampleProfile({ name: NAME, userId: 'josé-漢' }));
    return openTerminal({ args, columns: 80, env: { XDG_CONFIG_HOME: folder, ...env } });
  };

  test.each<[string, readonly string[], string | RegExp]>([
    ['the wizard', [], '> caf?'],
    ['the wizard line by line', ['--accessible'], '1. caf?'],
    ['a command', ['profiles', 'list'], 'caf?'],
    ['JSON', ['profiles', 'list', '--json'], 'jos\\u00e9'],
    ['the help', ['--help'], 'Exit codes'],
    ['an error', ['profiles', 'show', 'cafe'], 'profile'],
  ])('gets ASCII only: %s', async (_what, args, shown) => {
    const terminal = await open(args, { LC_ALL: 'C' });
    await terminal.waitFor(shown);
    if (_what.startsWith('the wizard')) await terminal.press('ctrl+c');
    await terminal.exit;
    expect(terminal.raw).toMatch(/^[\x00-\x7f]*$/);
  });

  test('is not assumed if no locale variable is set', async () => {
    const terminal = await open([], { LC_ALL: '', LC_CTYPE: '', LANG: '' });
    await terminal.waitFor(`❯ ${NAME}`);
    await terminal.press('ctrl+c');
    await terminal.exit;
  });
});
