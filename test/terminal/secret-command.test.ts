import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SecretSource } from '../../source/secrets/source.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { saveProfiles } from '../ui/test-servers.js';
import { openTerminal, type PseudoTerminal, type TerminalOptions } from './terminal.js';

const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const TYPED = 'horse-battery';
const RUNNING = 'Running ask-on-terminal kaltura. Ctrl+C to stop.';

/** Asks three questions on the terminal, reads single key presses as pinentry does, and prints the secret. */
const ASKING = `exec </dev/tty 2>/dev/tty
for number in 1 2 3; do
  stty -icanon -echo
  printf 'question %s? ' "$number" >&2
  for key in 1 2 3 4 5 6 7 8 9 10 11 12 13; do dd bs=1 count=1 2>/dev/null >>"$XDG_CONFIG_HOME/typed"; done
  stty icanon echo
  printf '\\n' >&2
done
printf 'answered\\n' >&2
echo ${SECRET}`;

async function openWithCommand(options: TerminalOptions): Promise<PseudoTerminal & { typed: () => string }> {
  const secretSource: SecretSource = {
    kind: 'command',
    command: ['ask-on-terminal', 'kaltura'],
    usesShell: false,
    isConfirmed: true,
  };
  const folder = await saveProfiles(
    sampleProfile({
      name: 'p',
      method: 'local',
      partnerId: 2_345_678,
      type: 'USER',
      userId: 'jo',
      privileges: '',
      acceptedRisks: [],
      secretSource,
    }),
  );
  writeFileSync(join(folder, 'ask-on-terminal'), `#!/bin/sh\n${ASKING}\n`);
  chmodSync(join(folder, 'ask-on-terminal'), 0o700);
  const env = { XDG_CONFIG_HOME: folder, PATH: `${folder}:/usr/bin:/bin` };
  const terminal = await openTerminal({ env, columns: 80, rows: 24, ...options });
  return Object.assign(terminal, { typed: () => readFileSync(join(folder, 'typed'), 'utf8') });
}

/** Types the answers as single key presses. If kaltura-ks still read the terminal, it would get the first one. */
async function answerQuestions(terminal: PseudoTerminal): Promise<void> {
  for (const number of [1, 2, 3]) {
    await terminal.waitFor(`question ${number}?`);
    for (const character of TYPED) terminal.write(character);
  }
  await terminal.waitFor('answered');
}

const ALL_TYPED = TYPED.repeat(3);

/** Returns the terminal output between the first question and the end of the command. */
const outputDuring = ({ raw }: PseudoTerminal): string =>
  raw.slice(raw.indexOf('question 1?'), raw.indexOf('answered')).replaceAll('\r\n', '\n');
const ONLY_QUESTIONS = [1, 2, 3].map((number) => `question ${number}? \n`).join('');

test.each([
  ['in the wizard', []],
  ['line by line', ['--accessible']],
])('a command that asks on the terminal gets every key press: %s', async (_where, args) => {
  const terminal = await openWithCommand({ args });
  await terminal.waitFor(args.length === 0 ? '❯ p' : '1. p');
  await terminal.type(args.length === 0 ? '\r' : '1\r');
  await terminal.waitFor(RUNNING);
  await answerQuestions(terminal);
  expect(terminal.typed()).toBe(ALL_TYPED);
  expect(outputDuring(terminal)).toBe(ONLY_QUESTIONS);
  // The wizard reads key presses again.
  await terminal.waitFor('USER key');
  await terminal.type(args.length === 0 ? 'q' : 'q\r');
  expect(await terminal.exit).toMatchObject({ code: 0, lineRestored: true });
});

test('a command that asks on the terminal gets every key press: token', async () => {
  const terminal = await openWithCommand({ args: ['token', 'p', '--no-clock-check'], stdout: 'pipe' });
  await terminal.waitFor(RUNNING);
  await answerQuestions(terminal);
  expect(await terminal.exit).toMatchObject({ code: 0, lineRestored: true });
  expect(terminal.typed()).toBe(ALL_TYPED);
  expect(outputDuring(terminal)).toBe(ONLY_QUESTIONS);
});
