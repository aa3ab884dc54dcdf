import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import { sampleProfile } from '../../profiles/sample-profile.js';
import { first } from '../../sizes.js';
import { toCredentials } from '../moves.js';
import {
  OTHER_ACCOUNT,
  openOtherAccount,
  openPracticeServer,
  saveProfiles,
  signKey,
  tracesOf,
} from '../test-servers.js';
import type { WizardOptions } from '../wizard-in-process.js';
import { cancel, openWizard, type Wizard } from '../wizard-in-process.js';

const { partnerId, adminSecret } = PRACTICE_CREDENTIALS;

/** Creates a USER key with these privileges, from the first start. */
async function createUserKey(wizard: Wizard, address: string, privileges = ''): Promise<void> {
  await toCredentials(wizard, 'server', address);
  await wizard.fill('Partner ID', String(partnerId));
  await wizard.fill('Secret', adminSecret);
  await wizard.chooseByPrefix('Something else');
  await wizard.chooseByPrefix('I will');
  await wizard.chooseByPrefix('USER');
  await wizard.fill('User ID', 'someone');
  await wizard.chooseByPrefix('24 hours');
  await wizard.chooseByPrefix(privileges === '' ? 'No privileges' : 'Type the privileges myself');
  if (privileges !== '') await wizard.fill('Privileges', privileges);
  await wizard.see('Ready to create this key');
  await wizard.press('enter');
  await wizard.see('✔ Session key ');
}

describe.each(
  first(1, [
    [40, 15],
    [80, 24],
  ] as const),
)('k checks the key, at %i x %i', (columns, rows) => {
  test('shows what it sends first, then that the key works, and compares the clocks', async () => {
    const server = await openPracticeServer();
    const wizard = await openWizard({ columns, rows });
    await createUserKey(wizard, server.url);
    const key = wizard.key();
    const before = server.calls.length;
    await wizard.type('k');
    await wizard.see('❯ Ask the server');
    await wizard.find('The key is sent to 127.0.0.1');
    await wizard.find('Without the key: system.getTime reads the server’s clock.');
    expect(server.calls.length).toBe(before);

    await wizard.press('enter');
    await wizard.see('✔ The key works: the server accepts it.');
    await wizard.find('This computer’s clock agrees');
    const sent = server.calls.slice(before).map(({ action, form }) => [action, form['ks']]);
    expect(sent.sort()).toEqual([
      ['baseEntry.count', key],
      ['system.getTime', undefined],
    ]);
    await cancel(wizard);
    expect(tracesOf(wizard, adminSecret)).toEqual([]);
  });

  test('warns before it uses up the only call of a key', async () => {
    const server = await openPracticeServer();
    const wizard = await openWizard({ columns, rows });
    await createUserKey(wizard, server.url, 'actionslimit:1');
    const before = server.calls.length;
    await wizard.type('k');
    await wizard.see('❯ Back to the key');
    await wizard.see('The key allows 1 call (actionslimit:1). This check uses it up');
    expect(server.calls.length).toBe(before);
    await wizard.chooseByPrefix('Ask the server');
    await wizard.see('✔ The key works');
    await wizard.see('❯ Create a new key…');
    await cancel(wizard);
  });
});

const keyOfOtherAccount = () => signKey(OTHER_ACCOUNT.partnerId, OTHER_ACCOUNT.adminSecret, 'sview:*');

async function explain(wizard: Wizard, pasted: string): Promise<void> {
  await wizard.type('i');
  await wizard.atField('Key (KS)');
  await wizard.paste(pasted);
  await wizard.see(' characters');
  await wizard.press('enter');
}

async function openAndExplain(pasted: string, options: WizardOptions = {}): Promise<Wizard> {
  const wizard = await openWizard(options);
  await wizard.see('Which region is your account in?');
  await explain(wizard, pasted);
  return wizard;
}

describe('i explains a pasted key', () => {
  const wrapped: Readonly<Record<string, (ks: string) => readonly [pasted: string, expected?: string]>> = {
    alone: (ks) => [ks],
    'in quotes': (ks) => [` "${ks}" `, 'The key was in quotes, which are not part of it.'],
    'in a URL': (ks) => [
      `https://www.kaltura.com/api_v3/?service=media&ks=${encodeURIComponent(ks)}&format=1`,
      'The key was in a URL. Logs and histories save URLs',
    ],
    'in a header': (ks) => [`Authorization: KS ${ks}`, 'The key was in a header.'],
    // Terminals paste a line end as \r.
    'broken over lines': (ks) => [`${ks.slice(0, 70)}\r${ks.slice(70)}\r`, 'The key was split over several lines'],
  };

  test.each(Object.entries(wrapped))('%s', async (_, wrap) => {
    const ks = signKey(partnerId, adminSecret, 'sview:0_abc12345', 0);
    const [pasted, expected] = wrap(ks);
    const wizard = await openAndExplain(pasted);
    await wizard.see('❯ Check the key');
    await wizard.see('Signature valid: signed with the practice secret');
    await wizard.see('Type USER User someone');
    await wizard.see('sview:0_abc12345');
    if (expected !== undefined) await wizard.find(expected);
    expect(wizard.text()).not.toContain('Enter the Administrator Secret');
    await cancel(wizard);
    expect(tracesOf(wizard, ks)).toEqual([]);
  });

  test.each([
    ['cut off', (ks: string) => ks.slice(0, 90), 'The key is damaged: a part is missing'],
    [
      'with an invalid character',
      (ks: string) => ks.replace(/^.{40}./, '$&!'),
      'This is not a complete key: it contains “!”',
    ],
    ['a secret', () => OTHER_ACCOUNT.adminSecret, 'This looks like a secret, not a session key'],
  ])('reports damaged or wrong text: %s', async (_, damage, expected) => {
    const damagedKey = damage(keyOfOtherAccount());
    const wizard = await openAndExplain(damagedKey);
    await wizard.see(expected);
    await wizard.chooseByPrefix('Explain another key…');
    await wizard.atField('Key (KS)');
    await cancel(wizard);
    expect(tracesOf(wizard, damagedKey)).toEqual([]);
  });

  test('the Administrator Secret shows the content of a key of another account; a wrong secret is reported', async () => {
    const ks = keyOfOtherAccount();
    const wizard = await openAndExplain(ks);
    await wizard.see(`Partner ${OTHER_ACCOUNT.partnerId} Signature not checked`);
    expect(wizard.text()).not.toContain('someone');
    await wizard.chooseByPrefix('Enter the Administrator Secret');
    await wizard.fill('Administrator Secret', OTHER_ACCOUNT.userSecret);
    await wizard.see('Signature INVALID: not signed with the secret that you entered');
    await wizard.see('must be signed with the Administrator Secret');
    await wizard.chooseByPrefix('Enter the Administrator Secret');
    await wizard.fill('Administrator Secret', OTHER_ACCOUNT.adminSecret);
    await wizard.see('Signature valid: signed with the secret that you entered');
    await wizard.see('User someone');
    await cancel(wizard);
    for (const secret of [ks, OTHER_ACCOUNT.userSecret, OTHER_ACCOUNT.adminSecret])
      expect(tracesOf(wizard, secret)).toEqual([]);
  });

  test('reads the details from a self-hosted server', async () => {
    const server = await openOtherAccount();
    const ks = keyOfOtherAccount();
    const wizard = await openAndExplain(ks);
    await wizard.chooseByPrefix('Read its details from the server');
    await wizard.see('The key is sent only to the server that you choose here');
    await wizard.chooseByPrefix('Self-hosted server');
    await wizard.fill('URL', 'http://kaltura.example.com');
    await wizard.see('This URL uses http, so no key is sent to it.');
    await wizard.fill('URL', server.url);
    await wizard.see('The key works: the server returned its details.');
    await wizard.see('Signature valid: the server accepts the key');
    await wizard.chooseByPrefix('Revoke the key');
    await wizard.see('This revokes only this key.');
    await cancel(wizard);
    expect(tracesOf(wizard, ks)).toEqual([]);
  });

  test('uses the secret of a saved profile; Esc goes back to the profiles', async () => {
    const secretSource = { kind: 'variable', name: 'PRODUCTION_SECRET', isConfirmed: true } as const;
    const profile = sampleProfile({ name: 'production', partnerId: OTHER_ACCOUNT.partnerId, secretSource });
    const env = { XDG_CONFIG_HOME: await saveProfiles(profile), PRODUCTION_SECRET: OTHER_ACCOUNT.adminSecret };
    const wizard = await openWizard({ env });
    await wizard.see('Which profile do you want to use?');
    const ks = keyOfOtherAccount();
    await explain(wizard, ks);
    await wizard.chooseByPrefix('Use the secret of “production”');
    await wizard.see('Signature valid: signed with the secret of profile “production”');
    await wizard.press('esc');
    await wizard.atField('Key (KS)');
    await wizard.press('esc');
    await wizard.see('Which profile do you want to use?');
    await cancel(wizard);
    for (const secret of [ks, OTHER_ACCOUNT.adminSecret]) expect(tracesOf(wizard, secret)).toEqual([]);
  });
});
