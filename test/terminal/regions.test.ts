import { describe, expect, onTestFinished, test } from 'vitest';
import { openSixRegions, type RegionBehavior } from '../platform/network/six-regions.js';
import { ask, giveSecret, make, QUESTIONS, WAYS } from '../ui/moves.js';
import { FOREIGN, openForeign, tracesOf } from '../ui/worlds.js';
import { openWizard } from './wizard.js';

const { partnerId, adminSecret } = FOREIGN;

/** The six regions; the account lives in EU. */
async function openWorld(others: Readonly<Record<string, RegionBehavior>> = {}) {
  const server = await openForeign();
  const six = await openSixRegions({ eu: { forwardsTo: server.url }, ...others });
  onTestFinished(() => six.close());
  return six;
}

test('“I don’t know” finds the region by the partner ID, which is carried into the credentials', async () => {
  const six = await openWorld({ sg: { isRefused: 502 } });
  const wizard = await openWizard({ env: six.env });
  await wizard.choose(QUESTIONS.region, 'I don’t know…');
  await wizard.see('It doesn’t send');
  await wizard.fill('Partner ID', 'me');
  await wizard.see('A partner ID is a positive whole number');
  await wizard.fill('Partner ID', String(partnerId));
  await wizard.see(
    `Partner ${partnerId} is in EU.`,
    'SG gave no clear answer. It may have an account with this ID too.',
  );
  await wizard.see(/^❯ Use EU +has the account$/m, /^ {2}Use SG +not reached$/m);
  expect(six.seen.flatMap(({ form }) => Object.keys(form)).sort()).not.toContain('secret');
  await wizard.press('enter');
  await wizard.see(/^✔ EU {2}▸ Sign-in/m);
  await wizard.choose(QUESTIONS.signIn, WAYS.server);
  await wizard.see(new RegExp(`^Partner ID +${partnerId}$`, 'm'));
  await wizard.fill('Secret', adminSecret);
  await ask(wizard);
  const before = six.seen.length;
  await make(wizard);
  await wizard.see(`USER key, partner ${partnerId}`);
  expect(six.seen.slice(before).map(({ region, action }) => [region, action])).toEqual([['eu', 'session.start']]);
  expect(tracesOf(wizard, adminSecret)).toEqual([]);
});

describe('the wrong region was asked', () => {
  test('the one that knows the account is found and taken, and all that was typed is kept', async () => {
    const server = await openForeign();
    const six = await openSixRegions({ eu: { forwardsTo: server.url } });
    onTestFinished(() => six.close());
    const wizard = await openWizard({ env: six.env });
    await wizard.choose(QUESTIONS.region, 'US');
    await wizard.choose(QUESTIONS.signIn, WAYS.server);
    await giveSecret(wizard, FOREIGN.partnerId, FOREIGN.adminSecret);
    await ask(wizard, { user: 'someone', lifetime: '8 hours', privileges: 'sview:0_abc12345' });
    await wizard.press('enter');
    await wizard.see(`The server refuses partner ${FOREIGN.partnerId}`, 'is in another region');
    await wizard.choose('no key was created', `Find the region of partner ${FOREIGN.partnerId}`);
    await wizard.see('session.startWidgetSession with widgetId=_2345678', 'Nothing secret is sent');
    const before = six.seen.length;
    await wizard.choose('find the cause', 'Check now');
    await wizard.see(`Partner ${FOREIGN.partnerId} is in EU, not in US`);
    expect(six.seen.slice(before).flatMap(({ form }) => Object.keys(form))).not.toContain('secret');
    await wizard.choose('no key was created', 'Use region EU');
    await wizard.see(
      QUESTIONS.review,
      'https://api.eu.kaltura.com',
      'secret …9876',
      'someone, valid',
      '8 hours, until',
    );
    await wizard.see(/^6 Privileges +sview:0_abc12345$/m);
    await make(wizard);
    await wizard.see(`USER key, partner ${FOREIGN.partnerId}, user someone, privileges sview:0_abc12345`);
    const secretsWent = six.seen.filter(({ form }) => form['secret'] !== undefined).map(({ region }) => region);
    expect(secretsWent).toEqual(['us', 'eu']);
  });
});
