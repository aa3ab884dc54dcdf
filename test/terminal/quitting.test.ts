import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleProfile } from '../profiles/sample-profile.js';
import { first } from '../sizes.js';
import { openLoopback, SAVED_KS, saveProfiles } from '../ui/test-servers.js';
import { type Stop, startTour, TOURS, type TourName } from './tours.js';
import { openWizard, type Wizard } from './wizard.js';

/** Expects that no terminal mode is left on. */
const expectModes = (wizard: Wizard): void =>
  expect(wizard.modes).toMatchObject({ changed: [], alternateScreenUsed: false, bracketedPaste: false });

/** Also expects a visible cursor at the start of a line, where the shell prints its prompt. */
function expectRestored(wizard: Wizard): void {
  expectModes(wizard);
  expect(wizard.cursor).toMatchObject({ visible: true, column: 0 });
}

const STACK_TRACE = /\n\s+at |node:internal|Error:/;

async function expectCancelledCleanly(wizard: Wizard): Promise<void> {
  expect(await wizard.exit).toEqual({ code: 130, lineRestored: true });
  expectModes(wizard);
  expect(wizard.stdout).toBe('');
  expect(wizard.raw).not.toMatch(STACK_TRACE);
}

async function expectCancelled(wizard: Wizard): Promise<void> {
  await expectCancelledCleanly(wizard);
  expectRestored(wizard);
}

describe('Ctrl+C exits with 130, prints nothing to standard output and restores the terminal', () => {
  const NAMES = ['printed saved key'];
  const isAmongFirst = ({ name }: Stop) => NAMES.includes(name);
  const stops = (Object.keys(TOURS) as TourName[])
    .flatMap((tour) => TOURS[tour].map((stop) => [stop.name, tour, stop] as const))
    .sort(([, , one], [, , other]) => Number(isAmongFirst(other)) - Number(isAmongFirst(one)));

  test.each(first(NAMES.length, stops))('at “%s” (%s)', async (_, tour, stop) => {
    const { wizard, goTo } = await startTour(tour, { stdout: 'pipe' });
    await goTo(stop);
    await wizard.press('ctrl+c');
    await expectCancelled(wizard);
  });

  const atCredentials = async () => {
    const wizard = await openWizard({ stdout: 'pipe' });
    await wizard.chooseByPrefix('US');
    await wizard.chooseByPrefix('Account secret, sent');
    await wizard.atField('Partner ID');
    return wizard;
  };

  test('before other key presses in the same chunk, which are ignored', async () => {
    const wizard = await atCredentials();
    await wizard.type('2345678\x03\r\r\r');
    await expectCancelled(wizard);
  });

  test('in the middle of a long paste', async () => {
    const wizard = await atCredentials();
    await wizard.type(`${'7'.repeat(3000)}\x03${'7'.repeat(3000)}`);
    // The terminal echoes the input that arrives after the exit, so the cursor can be anywhere.
    await expectCancelledCleanly(wizard);
  });

  test('in a window that is too narrow', async () => {
    const wizard = await openWizard({ columns: 20, stdout: 'pipe' });
    await wizard.see('Too narrow');
    await wizard.press('ctrl+c');
    await expectCancelled(wizard);
  });

  test('while the practice server starts', async () => {
    const wizard = await openWizard({ stdout: 'pipe' });
    await wizard.see('❯ Practice');
    // In one chunk, so that Ctrl+C arrives before the server has started. The server must not keep the program alive.
    await wizard.press('enter', 'ctrl+c');
    await expectCancelled(wizard);
  });

  test('during a request without an answer, which is aborted', async () => {
    let markDisconnected = () => {};
    const disconnected = new Promise<void>((resolve) => {
      markDisconnected = resolve;
    });
    let markReceived = () => {};
    const received = new Promise<void>((resolve) => {
      markReceived = resolve;
    });
    const server = await openLoopback(() => {
      markReceived();
      return null;
    });
    server.onDisconnect(markDisconnected);
    const account = { region: 'own', serviceUrl: server.url, type: 'USER', userId: '', privileges: '' } as const;
    const profile = sampleProfile({ ...account, name: 'alpha', acceptedRisks: [] });
    const wizard = await openWizard({ stdout: 'pipe', env: { XDG_CONFIG_HOME: await saveProfiles(profile) } });
    await wizard.chooseByPrefix('alpha');
    await wizard.fill('Secret', 'a'.repeat(32));
    await wizard.see('Waiting for');
    // The request must have arrived before it can be aborted.
    await received;
    await wizard.press('ctrl+c');
    await expectCancelled(wizard);
    await disconnected;
  });
});

test('leaves the terminal settings unchanged', async () => {
  const script = 'PATH=/usr/bin:/bin; stty -a; PATH= "$0" "$1"; echo "code $?"; stty -a';
  const program = ['/bin/sh', '-c', script, process.execPath] as const;
  const wizard = await openWizard({ program, args: [resolve('dist/cli.js')], rows: 50 });
  await wizard.see('Which region is your account in?');
  await wizard.press('ctrl+c');
  await wizard.exit;
  const lines = wizard.raw.replaceAll(/\x1b\[[0-9;?]*[a-zA-Z]/g, '').split('\r\n');
  const starts = lines.flatMap((line, index) => (line.startsWith('speed ') ? [index] : []));
  const [before, after] = starts.map((start) =>
    lines.slice(start, lines.findIndex((line, at) => at > start && /echoctl/.test(line)) + 1),
  );
  expect(lines).toContain('code 130');
  expect(before?.join(' ')).toMatch(/ icanon .* echo /);
  expect(after).toEqual(before);
});

describe('quitting', () => {
  /** Presses Esc on the first screen, and confirms. */
  const quit = async (wizard: Wizard) => {
    await wizard.press('esc');
    await wizard.see('Quit now?');
    await wizard.press('down');
    await wizard.see('❯ Quit');
    await wizard.press('enter');
  };

  test('Esc on the first step asks for confirmation, and Quit exits with 0', async () => {
    const wizard = await openWizard();
    await wizard.see('Which region is your account in?');
    await quit(wizard);
    expect(await wizard.exit).toEqual({ code: 0, lineRestored: true });
    expectRestored(wizard);
  });

  const keyStop = TOURS['saved profiles'].find(({ name }) => name === 'printed saved key');

  test('q on the result exits with 0 and leaves the key on the terminal', async () => {
    const { wizard, goTo } = await startTour('saved profiles');
    await goTo(keyStop);
    await wizard.type('q');
    expect(await wizard.exit).toEqual({ code: 0, lineRestored: true });
    expectRestored(wizard);
    expect(wizard.scrollback()).toContain(SAVED_KS);
  });

  test('q on the result prints the key to standard output if that is captured', async () => {
    const { wizard, goTo } = await startTour('saved profiles', { stdout: 'pipe' });
    await goTo(keyStop);
    await wizard.see('q quit and print the key');
    await wizard.type('q');
    expect(await wizard.exit).toEqual({ code: 0, lineRestored: true });
    expect(wizard.stdout).toBe(`${SAVED_KS}\n`);
  });
});
