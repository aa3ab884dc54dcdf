import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../source/cli/command-line.js';
import { COMMANDS, type CommandSpec } from '../../source/cli/command-specs.js';

const pathsOf = (specs: readonly CommandSpec[], before: readonly string[]): string[][] =>
  specs.flatMap((spec) => {
    const path = [...before, spec.name.replace(/ .*/, '')];
    return [path, ...pathsOf(spec.commands ?? [], path)];
  });
const PATHS = [[], ...pathsOf(COMMANDS, [])];

const helpOf = async (path: readonly string[], columns?: number): Promise<string> => {
  const found = await readCommandLine([...path, '--help'], columns);
  return found.kind === 'text' ? found.text : '';
};

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '\\' && word !== '');

describe.each([120, 80, 60, 40])('the help in %i columns', (columns) => {
  test.each(PATHS)('of %s %s fits, and has the same words', async (...path) => {
    const names = path.filter((name) => typeof name === 'string');
    const text = await helpOf(names, columns);
    const longest = Math.max(...(await helpOf(names)).split(/\s/).map((word) => word.length));
    // A word that is wider than the window cannot be kept whole.
    if (longest < columns - 12) expect(wordsOf(text)).toEqual(wordsOf(await helpOf(names)));
    const tooWide = text.split('\n').filter((line) => stringWidth(line) >= columns && /\S\s+\S.*\s/.test(line.trim()));
    expect(tooWide).toEqual([]);
  });
});
