import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { examplesOf } from '../../../source/cli/help/render-help.js';
import type { CommandSpec } from '../../../source/cli/specs/command-spec.js';
import { COMMANDS, PROGRAM } from '../../../source/cli/specs/program.js';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import { type Outcome, openSandbox, type Sandbox } from '../../commands/program.js';

const BUILT = resolve('dist/cli.js');

const all = (specs: readonly CommandSpec[]): CommandSpec[] =>
  specs.flatMap((spec) => [spec, ...all(spec.commands ?? [])]);

const EXAMPLES = [PROGRAM, ...all(COMMANDS)].flatMap(examplesOf).map((example) => example.replaceAll(' \\\n ', ''));

/** Examples that the practice server can't answer, or that don't end. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'kaltura-ks regions 2345678': 'asks the real regions',
  'kaltura-ks practice': 'runs until it is stopped',
  'kaltura-ks profiles add demo --region practice': 'runs first',
  'kaltura-ks forget': 'asks for a word',
  'kaltura-ks forget --yes': 'runs last',
  'kaltura-ks app-tokens delete 0_ab12cd34 --profile admin': 'needs a token with this ID',
  'kaltura-ks profiles import config.ini --store keychain': 'needs a keychain',
  'source <(kaltura-ks completion zsh)': 'needs zsh',
  'kaltura-ks completion fish | source': 'needs fish',
  'kaltura-ks completion powershell | Out-String | Invoke-Expression': 'needs PowerShell',
};

/** Examples that ask for confirmation. */
const ASKING = ['kaltura-ks profiles remove demo3', 'kaltura-ks end demo --group visitors-monday'];

/** Examples that end with exit code 1, because the server's answer is "not found", or the key can't be used. */
const NOT_FOUND = ['kaltura-ks check demo --category 2003 --look-behind', 'kaltura-ks check demo --recipe moderation'];

/** Splits a command without variables into its words, as a shell does. */
const wordsOf = (command: string): string[] =>
  (command.match(/(?:'[^']*'|[^\s'])+/g) ?? []).map((word) => word.replaceAll(/'([^']*)'/g, '$1'));

/** Runs commands joined by pipes, with files as input or output, in this process. */
async function runInProcess(sandbox: Sandbox, example: string): Promise<Outcome> {
  let outcome: Outcome = { code: 0, signal: null, stdout: '', stderr: '' };
  for (const command of example.split(' | ')) {
    const [, words = '', input, output] = /^(.*?)(?: <(\S+))?(?: >(\S+))?$/.exec(command) ?? [];
    const text = input === undefined ? outcome.stdout : readFileSync(join(sandbox.home, input), 'utf8');
    outcome = await sandbox.run(wordsOf(words).slice(1), { input: text });
    if (output !== undefined) writeFileSync(join(sandbox.home, output), outcome.stdout);
  }
  return outcome;
}

/** Runs a line in bash, with the built program as kaltura-ks. */
function runInShell(sandbox: Sandbox, example: string): void {
  mkdirSync(join(sandbox.home, 'bin'), { recursive: true });
  const program = `#!/bin/sh\nexec '${process.execPath}' '${BUILT}' "$@"\n`;
  writeFileSync(join(sandbox.home, 'bin', 'kaltura-ks'), program, { mode: 0o755 });
  const env = { ...sandbox.env, PATH: `${join(sandbox.home, 'bin')}:${process.env['PATH'] ?? '/usr/bin:/bin'}` };
  execFileSync('bash', ['--norc', '-ec', example], { env, cwd: sandbox.home, stdio: 'pipe' });
}

const needsShell = (example: string): boolean => !example.startsWith('kaltura-ks ') || / -- /.test(example);

test('every example in the help works with the practice server', { timeout: 120_000 }, async () => {
  const sandbox = await openSandbox();
  process.chdir(sandbox.home);
  expect((await runInProcess(sandbox, 'kaltura-ks profiles add demo --region practice')).code).toBe(0);
  await sandbox.run(['profiles', 'add', 'admin', '--region', 'practice', '--type', 'admin', '--accept-risk', 'all']);
  const { stdout: key } = await sandbox.run(['token', 'demo']);
  const files = {
    'secret.txt': PRACTICE_CREDENTIALS.adminSecret,
    'key.txt': key,
    'leaked.txt': key,
    'answer.json': '{"code":"CATEGORY_NOT_FOUND"}',
    'upload.js': 'process.exitCode = process.env.KALTURA_KS ? 0 : 1',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(sandbox.home, name), text);
  const failed: string[] = [];
  for (const example of EXAMPLES.filter((one) => !Object.hasOwn(NOT_RUN, one))) {
    if (needsShell(example)) runInShell(sandbox, example);
    else {
      const { code, stderr } = await runInProcess(sandbox, ASKING.includes(example) ? `${example} --yes` : example);
      if (code !== (NOT_FOUND.includes(example) ? 1 : 0)) failed.push(`${example}\n${code} ${stderr}`);
    }
  }
  expect(failed).toEqual([]);
  expect((await sandbox.run(['forget', '--yes'])).code).toBe(0);
});

test('the list of examples that are not run has only existing examples', () => {
  expect(Object.keys(NOT_RUN).filter((example) => !EXAMPLES.includes(example))).toEqual([]);
});
