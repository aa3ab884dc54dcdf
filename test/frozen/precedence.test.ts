import { afterAll, describe, test } from 'vitest';
import { everyNth, isFull } from '../sizes.js';
import { isRecording, readFrozen, writeFrozen } from './golden.js';
import { type Run, TABLES, type Table } from './precedence-tables.js';
import { runCase } from './run-case.js';

const FILE = 'precedence.txt';
const ARROW = ' -> ';

const HEAD = `Which value wins when flags, variables and profiles give several: what was given, and what the program took.

Each row comes from a run of the built program. A value is followed by its source, as -v reports it.`;

/** In milliseconds. A table needs up to 110 runs of the program. */
const TIMEOUT = 300_000;

/** The number of runs of a table at the same time. */
const AT_ONCE = 3;

async function rowsOf({ command, directives, rows }: Run): Promise<string[]> {
  const steps = [
    ...directives.map((text) => ({ kind: 'directive', text }) as const),
    { kind: 'command', text: command } as const,
  ];
  const [lines = []] = await runCase({ title: command, steps });
  return rows.map(({ given, outcome }) => `${given}${ARROW}${outcome(lines)}`);
}

/** Runs a table and returns its rows, sorted so that the rows of an answer are together. */
async function filled({ runs }: Table): Promise<string[]> {
  const chosen = isRecording
    ? runs
    : everyNth(
        12,
        runs.filter(({ isOnlyFull }) => isFull || !isOnlyFull),
      );
  const rows = new Set<string>();
  const waiting = [...chosen];
  const work = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      for (const row of await rowsOf(run)) rows.add(row);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return [...rows].sort();
}

const givenIn = (row: string): string => row.split(ARROW)[0] ?? '';

describe('the precedence of flags, variables and profiles', () => {
  const sections = new Map(
    readFrozen(FILE)
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const [name = '', ...rows] = section.trimEnd().split('\n');
        return [name, rows] as const;
      }),
  );
  const recorded = new Map<string, readonly string[]>();

  for (const table of TABLES) {
    test(
      table.name,
      async ({ expect }) => {
        const rows = await filled(table);
        if (isRecording) {
          recorded.set(table.name, rows);
          return;
        }
        const given = new Set(rows.map(givenIn));
        const expected = (sections.get(table.name) ?? []).filter((row) => isFull || given.has(givenIn(row)));
        expect(rows.join('\n')).toBe(expected.join('\n'));
      },
      TIMEOUT,
    );
  }

  afterAll(() => {
    if (!isRecording) return;
    const parts = [...recorded].map(([name, rows]) => [`## ${name}`, ...rows].join('\n'));
    writeFrozen(FILE, `${[HEAD, ...parts].join('\n\n')}\n`);
  });
});
