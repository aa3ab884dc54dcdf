import { expect, onTestFinished, test } from 'vitest';
import { openSixRegions, type RegionBehaviour } from '../platform/network/six-regions.js';
import { cancel, tracesOf } from './driving.js';
import { ask, FOREIGN, make, openForeign, openWizard, QUESTIONS, WAYS } from './walking.js';

const { partnerId, adminSecret } = FOREIGN;

/** The six regions; the account lives in EU. */
async function openWorld(others: Readonly<Record<string, RegionBehaviour>> = {}) {
  const server = await openForeign();
  const six = await openSixRegions({ eu: { forwardsTo: server.url }, ...others });
  onTestFinished(() => six.close());
  return six;
}

test('“I don’t know” finds the region by the partner ID, which is carried into the credentials', async () => {
  const six = await openWorld({ sg: { isRefused: 502 } });
  const wizard = await openWizard({ env: six.env });
  await wizard.choose(QUESTIONS.region, 'I don’t know');
  await wizard.see('Only the partner ID is sent: no secret, no key.');
  await wizard.fill('Partner ID', 'me');
  await wizard.see('A partner ID is a positive whole number');
  await wizard.fill('Partner ID', String(partnerId));
  await wizard.see(`Partner ${partnerId} is in EU.`, 'SG could not be asked, and may know it too');
  await wizard.see(/^❯ Take EU +knows it$/m, /^ {2}Take SG +not reached: /m);
  expect(six.seen.flatMap(({ form }) => Object.keys(form)).sort()).not.toContain('secret');
  await wizard.press('enter');
  await wizard.see(/^✔ EU {2}▸ sign-in/m);
  await wizard.choose(QUESTIONS.signIn, WAYS.server);
  await wizard.atField('Partner ID');
  await wizard.see(new RegExp(`^Partner ID +${partnerId}$`, 'm'));
  await wizard.leave('Partner ID');
  await wizard.fill('Secret', adminSecret);
  await ask(wizard);
  const before = six.seen.length;
  await make(wizard);
  await wizard.see(`USER, partner ${partnerId}`);
  expect(six.seen.slice(before).map(({ region, action }) => [region, action])).toEqual([['eu', 'session.start']]);
  expect(tracesOf(wizard, adminSecret)).toEqual([]);
});

test('a number that nobody knows: another can be looked for, and Esc leads back to the region', async () => {
  const six = await openWorld();
  const wizard = await openWizard({ env: six.env });
  await wizard.choose(QUESTIONS.region, 'I don’t know');
  await wizard.fill('Partner ID', '7654321');
  await wizard.see('No region knows partner 7654321, not even as a blocked account.');
  await wizard.choose('Who knows partner 7654321?', 'Look for another partner ID');
  await wizard.fill('Partner ID', String(partnerId));
  await wizard.see(`Partner ${partnerId} is in EU.`);
  await wizard.back('Which account are you looking for?');
  await wizard.back(QUESTIONS.region);
  await cancel(wizard);
});

test('without a network nobody is said to be unknown', async () => {
  const wizard = await openWizard({ env: { HTTPS_PROXY: 'http://127.0.0.1:1' } });
  await wizard.choose(QUESTIONS.region, 'I don’t know');
  await wizard.fill('Partner ID', String(partnerId));
  await wizard.see('No region could be asked, so nothing is known of the account.');
  expect(wizard.frame()).not.toContain('does not know it');
  await cancel(wizard);
});
