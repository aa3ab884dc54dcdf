import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { saveProfiles } from '../ui/test-servers.js';
import { openSandbox } from './program.js';

/** Sequences that erase a line, set the title or the clipboard, or reverse text. */
const ATTACK = '\u001B[1A\u001B[2K\u001B]0;title\u0007\u001B]52;c;cHduZWQ=\u0007\u202E';
const FORBIDDEN = ['\u001B[1A', '\u001B[2K', '\u001B]', '\u0007', '\u202E'];

const COMMANDS: readonly (readonly [string, readonly string[]])[] = [
  ['status', ['status', '--timeout', '1s']],
  ['profiles list', ['profiles', 'list']],
  ['forget', ['forget', '--no-input']],
  ['import', ['profiles', 'import', 'in.json']],
  ['import of a path', ['profiles', 'import', `no${ATTACK}.json`]],
  ['token', ['token', `no${ATTACK}`]],
];
test.each(COMMANDS)(
  'escape sequences in file names and files are not printed to a terminal: %s',
  async (_what, args) => {
    const [folder, sandbox] = [await saveProfiles(), await openSandbox()];
    const profiles = join(folder, 'kaltura-ks', 'profiles');
    mkdirSync(profiles, { recursive: true, mode: 0o700 });
    writeFileSync(join(profiles, `a${ATTACK.replaceAll('/', '')}\nkaltura-ks: all is well.json`), '{', { mode: 0o600 });
    const file = { kalturaKsProfiles: 1, profiles: [{ name: `x${ATTACK}`, secretPlace: { command: [ATTACK] } }] };
    writeFileSync(join(sandbox.home, 'in.json'), JSON.stringify(file));
    const { stdout, stderr } = await sandbox.run(args, {
      env: { XDG_CONFIG_HOME: folder },
      typed: [],
      isStdoutTerminal: true,
    });
    for (const sequence of FORBIDDEN) expect(stdout + stderr).not.toContain(sequence);
    expect(stdout + stderr).not.toMatch(/^kaltura-ks: all is well|unexpected error/m);
  },
);

const STREAMS: readonly (readonly ['stdout' | 'stderr', readonly string[], string])[] = [
  ['stdout', ['status', '--timeout', '1s'], '�[1A�[2K'],
  ['stdout', ['status', '--json', '--timeout', '1s'], '\\u001b[1A\\u001b[2K'],
  ['stderr', ['profiles', 'list'], '�[1A�[2K'],
  ['stderr', ['token', 'absent'], '�[1A�[2K'],
];
test.each(STREAMS)(
  'escape sequences in a path of the environment are not printed to a terminal: %s of %j',
  async (stream, args, shown) => {
    const [folder, sandbox] = [join(await saveProfiles(), `a${ATTACK.replaceAll('/', '')}`), await openSandbox()];
    mkdirSync(join(folder, 'kaltura-ks', 'profiles'), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, 'kaltura-ks', 'profiles', 'bad.json'), '{', { mode: 0o600 });
    const outcome = await sandbox.run(args, { env: { XDG_CONFIG_HOME: folder }, typed: [], isStdoutTerminal: true });
    expect(outcome[stream]).toContain(shown);
    for (const sequence of FORBIDDEN) expect(outcome.stdout + outcome.stderr).not.toContain(sequence);
  },
);

test('escape sequences are written unchanged to a pipe', async () => {
  const [folder, sandbox] = [join(await saveProfiles(), 'a\u001B[2K'), await openSandbox()];
  const { stdout } = await sandbox.run(['status', '--timeout', '1s'], { env: { XDG_CONFIG_HOME: folder } });
  expect(stdout).toContain(`in ${folder}`);
});
