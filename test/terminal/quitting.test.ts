import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleProfile } from '../profiles/sample-profile.js';
import { first } from '../sizes.js';
import { openLoopback, SAVED_KS, saveProfiles } from '../ui/test-servers.js';
import { type Stop, startTour, TOURS, type TourName } from './tours.js';
import { openWizard, type Wizard } from './wizard.js';

/** As it was found: nothing is left switched on. */
const expectModes = (wizard: Wizard): void =>
  expect(wizard.modes).toMatchObject({ changed: [], alternateScreenUsed: false, bracketedPaste: false });

/** And a shell's prompt comes on a line of its own. */
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

describe('Ctrl-C ends it at once with 130, leaves nothing on standard output, and the terminal as it was', () => {
  const NAMES = ['kept key on the line above'];
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

  test('in the middle of a chunk of keys: what follows it is not heard', async () => {
    const wizard = await atCredentials();
    await wizard.type('2345678\x03\r\r\r');
    await expectCancelled(wizard);
  });

  test('between the first and the last piece of a long paste', async () => {
    const wizard = await atCredentials();
    await wizard.type(`${'7'.repeat(3000)}\x03${'7'.repeat(3000)}`);
    // What comes when the program has left is the shell's, and the terminal echoes it: so the cursor may be anywhere.
    await expectCancelledCleanly(wizard);
  });

  test('in a window that is too narrow for anything else', async () => {
    const wizard = await openWizard({ columns: 20, stdout: 'pipe' });
    await wizard.see('Too narrow');
    await wizard.press('ctrl+c');
    await expectCancelled(wizard);
  });

  test('while the practice server is being started', async () => {
    const wizard = await openWizard({ stdout: 'pipe' });
    await wizard.see('❯ Practice');
    // One chunk: the server is not up yet when the wizard ends, and must not keep the program alive.
    await wizard.press('enter', 'ctrl+c');
    await expectCancelled(wizard);
  });

  test('a request that nobody answers is given up with it', async () => {
    let isGone = () => {};
    const gone = new Promise<void>((resolve) => {
      isGone = resolve;
    });
    let hasCome = () => {};
    const come = new Promise<void>((resolve) => {
      hasCome = resolve;
    });
    const server = await openLoopback(() => {
      hasCome();
      return null;
    });
    server.onDisconnect(isGone);
    const account = { region: 'own', serviceUrl: server.url, type: 'USER', userId: '', privileges: '' } as const;
    const profile = sampleProfile({ ...account, name: 'alpha', acceptedRisks: [] });
    const wizard = await openWizard({ stdout: 'pipe', env: { XDG_CONFIG_HOME: await saveProfiles(profile) } });
    await wizard.chooseByPrefix('alpha');
    await wizard.fill('Secret', 'a'.repeat(32));
    await wizard.see('Waiting for');
    // Only a request that was sent can be given up.
    await come;
    await wizard.press('ctrl+c');
    await expectCancelled(wizard);
    await gone;
  });
});

test('stty says the same before and after', async () => {
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

describe('leaving in peace', () => {
  /** Answers the question that Esc asks on the first screen. */
  const quit = async (wizard: Wizard) => {
    await wizard.press('esc');
    await wizard.see('Quit now?');
    await wizard.press('down');
    await wizard.see('❯ Quit');
    await wizard.press('enter');
  };

  test('Esc on the first step asks, and Quit ends with 0', async () => {
    const wizard = await openWizard();
    await wizard.see('Which region is your account in?');
    await quit(wizard);
    expect(await wizard.exit).toEqual({ code: 0, lineRestored: true });
    expectRestored(wizard);
  });

  const keyStop = TOURS['the use of profiles'].find(({ name }) => name === 'kept key on the line above');

  test('q on the result ends with 0; the key stays on the terminal', async () => {
    const { wizard, goTo } = await startTour('the use of profiles');
    await goTo(keyStop);
    await wizard.type('q');
    expect(await wizard.exit).toEqual({ code: 0, lineRestored: true });
    expectRestored(wizard);
    expect(wizard.scrollback()).toContain(SAVED_KS);
  });

  test('q on the result hands the key over where standard output is caught, and Ctrl-C does not', async () => {
    const { wizard, goTo } = await startTour('the use of profiles', { stdout: 'pipe' });
    await goTo(keyStop);
    await wizard.see('q quit and print the key');
    await wizard.type('q');
    expect(await wizard.exit).toEqual({ code: 0, lineRestored: true });
    expect(wizard.stdout).toBe(`${SAVED_KS}\n`);
  });
});
