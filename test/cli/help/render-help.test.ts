import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../../source/cli/command-line.js';
import { HELP_TOPICS } from '../../../source/cli/help/help-topics.js';
import type { CommandSpec } from '../../../source/cli/specs/command-spec.js';
import { COMMANDS } from '../../../source/cli/specs/program.js';
import { ACCOUNT_ANSWERS, flagOf } from '../../../source/commands/answers/answer-flags.js';

const pathsOf = (specs: readonly CommandSpec[], before: readonly string[]): string[][] =>
  specs.flatMap((spec) => {
    const path = [...before, spec.name.replace(/ .*/, '')];
    return [path, ...pathsOf(spec.commands ?? [], path)];
  });
const PATHS = [[], ...pathsOf(COMMANDS, [])];

const textOf = async (words: readonly string[], columns?: number): Promise<string> => {
  const found = await readCommandLine(words, columns);
  return found.kind === 'text' ? found.text : '';
};

const PAGES = [
  ...PATHS.map((path) => [...path, '--help']),
  ['help'],
  ...Object.keys(HELP_TOPICS).map((topic) => ['help', topic]),
].map((words) => [words.join(' '), words] as const);

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '\\' && word !== '');

describe.each([120, 80, 60, 40])('help in %i columns', (columns) => {
  test.each(PAGES)('wraps "%s" without changing its words', async (_, path) => {
    const text = await textOf(path, columns);
    expect(wordsOf(text)).toEqual(wordsOf(await textOf(path)));
    // A quoted text is not wrapped, so that the example can be copied.
    const lines = text.split('\n').filter((line) => !/['"].* .*['"]/.test(line));
    const tooWide = lines.filter((line) => stringWidth(line) >= columns && /\S\s+\S.*\s/.test(line.trim()));
    expect(tooWide).toEqual([]);
  });
});

test.each(PAGES)('the help of "%s" fits into 80 columns in a pipe', async (_, path) => {
  const tooWide = (await textOf(path)).split('\n').filter((line) => stringWidth(line) > 80);
  expect(tooWide).toEqual([]);
});

test('the list of commands has one line for each command, in groups', async () => {
  const lines = (await textOf(['--help'])).split('\n');
  for (const { name, group, description } of COMMANDS) {
    const line = lines.findIndex((one) => one.startsWith(`  ${name.replace(/ .*/, '')} `));
    expect(lines[line]).toContain(description);
    const heading = lines.slice(0, line).findLast((one) => /^\S.*:$/.test(one));
    expect(heading).toBe(`${group}:`);
  }
});

test('command descriptions begin with a capital letter, option descriptions with a small one', () => {
  const all = (specs: readonly CommandSpec[]): CommandSpec[] =>
    specs.flatMap((spec) => [spec, ...all(spec.commands ?? [])]);
  for (const { description, flags = [] } of all(COMMANDS)) {
    expect(description).toMatch(/^[A-Z][a-z]+,? .*[^.]$/);
    for (const { help, group, flag } of flags) {
      expect(help).toMatch(/^[a-z].*[^.]$/);
      expect([flag, group !== undefined || flag === '--no-input' || flag.startsWith('--port')]).toEqual([flag, true]);
    }
  }
});

describe('kaltura-ks help', () => {
  test('shows the help of a command', async () => {
    expect(await textOf(['help', 'app-tokens', 'create'])).toBe(await textOf(['app-tokens', 'create', '--help']));
  });

  test('suggests similar topics for an unknown one, or lists them all', async () => {
    await expect(textOf(['help', 'secret'])).rejects.toThrow(
      'Unknown help topic “secret”. Did you mean secrets? See kaltura-ks help.',
    );
    await expect(textOf(['help', 'tokn'])).rejects.toThrow('Did you mean token?');
    await expect(textOf(['help', 'topics'])).rejects.toThrow(
      'Unknown help topic “topics”. Topics: secrets, privileges, environment, exit-codes. See kaltura-ks help.',
    );
  });

  test('does not repeat an unknown topic that could be a secret', async () => {
    await expect(textOf(['help', '0123456789abcdef'])).rejects.toThrow('Unknown help topic. Topics: secrets');
  });

  test('leaves out the options that profiles edit always refuses', async () => {
    const offered = (await textOf(['profiles', 'edit', '--help'])).match(/(?<=^ {2})--[a-z-]+/gm) ?? [];
    expect(offered).toContain('--expiry');
    expect(offered.filter((flag) => ACCOUNT_ANSWERS.map(flagOf).includes(flag))).toEqual([]);
  });

  test('describes --dotenv only for the commands that read an account', async () => {
    const withDotenv = ['token', 'use', 'call', 'inspect', 'profiles add', 'profiles import', 'app-tokens list'];
    const without = ['help', 'completion', 'explain', 'regions', 'recipes show', 'profiles rename', 'profiles export'];
    for (const command of [...withDotenv, ...without]) {
      const help = await textOf([...command.split(' '), '--help']);
      expect([command, help.includes('--dotenv')]).toEqual([command, withDotenv.includes(command)]);
    }
  });
});
