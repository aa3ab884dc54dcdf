/**
 * Makes the key of every recipe on the practice server, prints its next step, and writes a table: whether it worked, and what is not confirmed.
 * Usage: node scripts/build.js && node scripts/recipes-table.js >table.md
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'recipes-table-'));

/** Runs a command as a new user without an account would. */
function run(...args) {
  const env = { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: home };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' });
  return { isDone: status === 0, stdout: stdout.trim(), stderr: stderr.trim() };
}

/** A role of the practice account. */
const PRACTICE_ROLE = '5001';

const withoutKey = (text) => text.replaceAll(/djJ8[\w%=-]+/g, '<KS>');
const cell = (text) => withoutKey(text).replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').slice(0, 160);

/** Returns the flags of the commands that `recipes show` prints, with examples for the values. */
function shownFlags(id, command, values) {
  const { stdout } = run('recipes', 'show', id);
  const line = stdout.split('\n').find((one) => one.startsWith(`  kaltura-ks ${command} `)) ?? '';
  const own = { user: 'jo@example.com', 'role-id': PRACTICE_ROLE };
  const example = (name) => own[name] ?? values.find(({ flag }) => flag === `--${name}`)?.example;
  return line
    .trim()
    .split(' ')
    .slice(1)
    .flatMap((word) =>
      word === '<profile>' ? ['--region', 'practice'] : [/^<.*>$/.test(word) ? example(word.slice(1, -1)) : word],
    );
}

const rows = JSON.parse(run('recipes', '--json').stdout).map(({ id, key, values, unconfirmed }) => {
  const made = key === null ? null : run(...shownFlags(id, 'token', values));
  const next = run(...shownFlags(id, 'use', values));
  const lines = next.stdout.split('\n').map((line) => line.trim());
  return [
    id,
    key?.type ?? 'none',
    made === null ? 'takes no session key' : made.isDone ? 'made' : `FAILED: ${made.stderr}`,
    next.isDone ? (lines.find((line) => line.includes('://')) ?? lines[0]) : `FAILED: ${next.stderr}`,
    unconfirmed.join(' ') || 'nothing',
  ].map(cell);
});
rmSync(home, { recursive: true });
const table = [['recipe', 'key', 'in practice', 'next step', 'not confirmed'], Array(5).fill('---'), ...rows];
process.stdout.write(`${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`);
process.exitCode = rows.some((row) => row.join().includes('FAILED')) ? 1 : 0;
