import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HELP_TOPICS } from '../../../source/cli/help/help-topics.js';
import { ANSWER_FLAGS, variableOf } from '../../../source/commands/answers/answer-flags.js';

/** Variables that the system or the terminal sets, and not the user. */
const SYSTEM_VARIABLES = new Set(
  `COMSPEC DISPLAY LANG LC_ALL LC_CTYPE MSYSTEM SHELL SSH_CONNECTION STY SYSTEMROOT TERM TERMUX_VERSION TMUX VTE_VERSION
  WAYLAND_DISPLAY WSL_DISTRO_NAME WSL_INTEROP WT_SESSION HOME`.split(/\s+/),
);

/** `env['NAME']`, `env.NAME`, `named('NAME')`, and the names in tables. */
const READS = [
  /\benv\[['"]([A-Z][A-Z_]+)['"]\]/g,
  /\benv\.([A-Z][A-Z_]+)/g,
  /\bnamed\('([A-Z_]+)'\)/g,
  /'(KALTURA_[A-Z_]+|[A-Z]+_PROXY)'/g,
];

const sources = readdirSync('source', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('help-topics.ts'))
  .map((path) => readFileSync(join('source', path), 'utf8'))
  .join('\n');

test('help environment names every variable that the program reads', () => {
  const read = new Set(READS.flatMap((pattern) => [...sources.matchAll(pattern)].map(([, name = '']) => name)));
  // The help of token lists the variables for answers.
  const answers = new Set(ANSWER_FLAGS.map(({ name }) => variableOf(name)));
  const expected = [...read].filter((name) => !SYSTEM_VARIABLES.has(name) && !answers.has(name)).sort();
  expect(expected).toContain('KALTURA_KEEP_CLIPBOARD');
  expect(expected.filter((name) => !new RegExp(`\\b${name}\\b`).test(HELP_TOPICS.environment))).toEqual([]);
});

test('help environment names no variable that the program does not read', () => {
  const named = [...HELP_TOPICS.environment.matchAll(/^ {2}([A-Z][A-Z_, =0-9]+?) {2,}/gm)]
    .flatMap(([, names = '']) => names.split(', '))
    .map((name) => name.replace(/=.*/, ''));
  expect(named).toContain('KALTURA_PARTNER_ID');
  // Node itself reads NODE_EXTRA_CA_CERTS.
  expect(named.filter((name) => name !== 'NODE_EXTRA_CA_CERTS' && !sources.includes(`'${name}'`))).toEqual([]);
});
