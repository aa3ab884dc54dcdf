import { describe, expect, onTestFinished, test } from 'vitest';
import { openSixRegions, type RegionBehavior } from '../platform/network/six-regions.js';
import { answerToReview, createKey, fillSecret, QUESTIONS, SIGN_IN_METHODS } from '../ui/moves.js';
import { OTHER_ACCOUNT, openOtherAccount, tracesOf } from '../ui/test-servers.js';
import { openWizard } from './wizard.js';

const { partnerId, adminSecret } = OTHER_ACCOUNT;

/** Opens the six regions, with the account in EU. */
async function openRegions(others: Readonly<Record<string, RegionBehavior>> = {}) {
  const server = await openOtherAccount();
  const regions = await openSixRegions({ eu: { forwardsTo: server.url }, ...others });
  onTestFinished(() => regions.close());
  return regions;
}

test('“I don’t know” finds the region by the partner ID, and fills the partner ID into the credentials', async () => {
  const regions = await openRegions({ sg: { isRefused: 502 } });
  const wizard = await openWizard({ env: regions.env });
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
  expect(regions.seen.flatMap(({ form }) => Object.keys(form)).sort()).not.toContain('secret');
  await wizard.press('enter');
  await wizard.see(/^✔ EU {2}▸ Sign-in/m);
  await wizard.choose(QUESTIONS.signIn, SIGN_IN_METHODS.server);
  await wizard.see(new RegExp(`^Partner ID +${partnerId}$`, 'm'));
  await wizard.fill('Secret', adminSecret);
  await answerToReview(wizard);
  const before = regions.seen.length;
  await createKey(wizard);
  await wizard.see(`USER key, partner ${partnerId}`);
  expect(regions.seen.slice(before).map(({ region, action }) => [region, action])).toEqual([['eu', 'session.start']]);
  expect(tracesOf(wizard, adminSecret)).toEqual([]);
});

describe('a request that the wrong region refuses', () => {
  test('leads to the account’s region, and keeps all answers', async () => {
    const server = await openOtherAccount();
    const regions = await openSixRegions({ eu: { forwardsTo: server.url } });
    onTestFinished(() => regions.close());
    const wizard = await openWizard({ env: regions.env });
    await wizard.choose(QUESTIONS.region, 'US');
    await wizard.choose(QUESTIONS.signIn, SIGN_IN_METHODS.server);
    await fillSecret(wizard, OTHER_ACCOUNT.partnerId, OTHER_ACCOUNT.adminSecret);
    await answerToReview(wizard, { user: 'someone', lifetime: '8 hours', privileges: 'sview:0_abc12345' });
    await wizard.press('enter');
    await wizard.see(`The server refuses partner ${OTHER_ACCOUNT.partnerId}`, 'is in another region');
    await wizard.choose('no key was created', `Find the region of partner ${OTHER_ACCOUNT.partnerId}`);
    await wizard.see('session.startWidgetSession with widgetId=_2345678', 'Nothing secret is sent');
    const before = regions.seen.length;
    await wizard.choose('find the cause', 'Check now');
    await wizard.see(`Partner ${OTHER_ACCOUNT.partnerId} is in EU, not in US`);
    expect(regions.seen.slice(before).flatMap(({ form }) => Object.keys(form))).not.toContain('secret');
    await wizard.choose('no key was created', 'Use region EU');
    await wizard.see(
      QUESTIONS.review,
      'https://api.eu.kaltura.com',
      'secret …9876',
      'someone, valid',
      '8 hours, until',
    );
    await wizard.see(/^6 Privileges +sview:0_abc12345$/m);
    await createKey(wizard);
    await wizard.see(`USER key, partner ${OTHER_ACCOUNT.partnerId}, user someone, privileges sview:0_abc12345`);
    const regionsWithSecret = regions.seen
      .filter(({ form }) => form['secret'] !== undefined)
      .map(({ region }) => region);
    expect(regionsWithSecret).toEqual(['us', 'eu']);
  });
});
