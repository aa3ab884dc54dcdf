import { expect, test } from 'vitest';
import { sampleProfile, savedKeyWith } from '../profiles/sample-profile.js';
import { SAVED_KS, saveProfiles, secondsNow } from '../ui/test-servers.js';
import { openWizard, type Wizard } from './wizard.js';

/** The result of a saved key that is valid for some seconds. */
async function openResult(seconds: number): Promise<Wizard> {
  const profile = sampleProfile({ name: 'saved', savedKey: savedKeyWith(SAVED_KS, secondsNow() + seconds) });
  const wizard = await openWizard({ env: { XDG_CONFIG_HOME: await saveProfiles(profile) } });
  await wizard.chooseByPrefix('saved');
  await wizard.chooseByPrefix('Print the saved key');
  await wizard.see('✔ Session key 1');
  return wizard;
}

/** Whether the whole key is in the window: its rows together are the key. */
const showsKey = (rows: readonly string[]): boolean => rows.join('').includes(SAVED_KS);

/** How often the title of a frame is in the window. */
const titles = (rows: readonly string[]): number => rows.filter((row) => row.startsWith('kaltura-ks ')).length;

test('the key stays one line and visible after help, use and a resize to 40 x 12 and back', async () => {
  const wizard = await openResult(7200);
  expect(showsKey(wizard.screen())).toBe(true);

  await wizard.type('?');
  await wizard.see('esc close');
  await wizard.press('esc');
  await wizard.see('✔ Session key 1');
  expect(showsKey(wizard.screen()) || wizard.frame().includes('session key 1 has scrolled away.')).toBe(true);

  await wizard.type('u');
  await wizard.see('How do you want to use the key?');
  await wizard.press('esc');
  await wizard.see('✔ Session key 1');
  expect(showsKey(wizard.screen()) || wizard.frame().includes('session key 1 has scrolled away.')).toBe(true);

  wizard.resize(40, 12);
  await wizard.see('v prints it again.');
  expect(titles(wizard.screen())).toBe(1);
  wizard.resize(80, 24);
  // The taller window first shows rows of the scrollback with the key. Wait until the program has drawn its frame.
  await wizard.waitFor((rows) => {
    const isRedrawn = titles(rows) === 1 && !rows.join('\n').includes('has scrolled away');
    return isRedrawn && showsKey(rows) && rows.some((row) => row.startsWith('✔ Session key 1'));
  });
  // Rows that scrolled out of the small window are complete lines in the scrollback.
  expect(wizard.scrollback()).toContain(SAVED_KS);
  expect(wizard.scrollback().join('\n').replaceAll(SAVED_KS, '')).not.toContain(SAVED_KS.slice(20, 40));
});

test('an update of the remaining time rewrites only a few characters, and scrolls nothing', async () => {
  const wizard = await openResult(110);
  const seconds = (): number => Number(/valid for (\d+) s/.exec(wizard.frame())?.[1]);
  await wizard.waitFor(() => seconds() > 0);
  const first = seconds();
  await wizard.waitFor(() => seconds() < first);
  const [before, from] = [seconds(), wizard.raw.length];
  await wizard.waitFor(() => seconds() < before);
  const written = wizard.raw.slice(from);
  // The frame alone has about 700 characters.
  expect(written.length).toBeLessThan(150);
  expect(written).not.toContain('Session key');
});
