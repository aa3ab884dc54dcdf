import { describe, expect, test } from 'vitest';
import { createKey, QUESTIONS, toCredentials } from '../moves.js';
import { openKey } from '../test-servers.js';
import { cancel, openWizard, type Wizard } from '../wizard-in-process.js';

async function toPurpose(): Promise<Wizard> {
  const wizard = await openWizard();
  await toCredentials(wizard, 'server');
  await wizard.pressEnterIn('Partner ID');
  await wizard.see(QUESTIONS.purpose);
  return wizard;
}

/** One use case of each group: its label, the fields to fill, and the key that it creates. */
const USE_CASES: readonly {
  readonly group: string;
  readonly label: string;
  readonly fields: readonly (readonly [label: string, value: string])[];
  readonly key: { readonly type: number; readonly userId: string; readonly privileges: string };
}[] = [
  {
    group: 'Play',
    label: 'Download URL',
    fields: [
      ['User ID', ''],
      ['Entry ID', '0_welcome1'],
    ],
    key: { type: 0, userId: '', privileges: 'download:0_welcome1' },
  },
  {
    group: 'Upload and edit',
    label: 'Upload only',
    fields: [['User ID', 'jane']],
    key: { type: 0, userId: 'jane', privileges: 'setrole:UPLOAD_BASE_ROLE' },
  },
  {
    group: 'Events and rooms',
    label: 'Meeting room, attendee',
    fields: [
      ['User ID', 'guest-1'],
      ['First name', 'Jo'],
      ['Last name', 'Doe'],
      ['Event number', ''],
      ['Room number (schedule resource)', '987654'],
      ['Host of the KAF instance', ''],
    ],
    key: {
      type: 0,
      userId: 'guest-1',
      privileges: 'resourceId:987654,role:viewerRole,userContextualRole:3,firstName:Jo,lastName:Doe',
    },
  },
  {
    group: 'KAF and LTI',
    label: 'MediaSpace: work on a portal’s content by API',
    fields: [
      ['User ID', 'jane'],
      ['Privacy context', 'MyPortal'],
    ],
    key: { type: 0, userId: 'jane', privileges: 'privacycontext:MyPortal' },
  },
  {
    group: 'Administration and scripts',
    label: 'Search (eSearch)',
    fields: [
      ['User ID', 'jane'],
      ['Privacy context', 'MyPortal'],
    ],
    key: { type: 0, userId: 'jane', privileges: 'privacycontext:MyPortal' },
  },
  {
    group: 'MCP and agents',
    label: 'Any MCP server that reads KALTURA_KS',
    fields: [
      ['User ID', 'jane'],
      ['Command of the MCP server', 'npx my-mcp-server'],
    ],
    key: { type: 0, userId: 'jane', privileges: '' },
  },
];

describe('a use case', () => {
  test.each(USE_CASES)(
    'of the group $group: $label asks only for its values',
    async ({ group, label, fields, key }) => {
      const wizard = await toPurpose();
      await wizard.choose(QUESTIONS.purpose, group);
      await wizard.see(`${group}: which use case?`);
      // A long title is shortened in the list.
      await wizard.chooseByPrefix(label.replace(/:.*/, ''));
      for (const [field, value] of fields) await wizard.fill(field, value);
      await wizard.see(QUESTIONS.review, `for: ${label}`);
      expect(openKey(await createKey(wizard))).toMatchObject(key);
    },
  );

  test.each([
    ['AI', 'Genie widget', 'USER · 24 hours'],
    ['Analytics', 'Embeddable analytics (dashboards)', 'ADMIN · 1 hour'],
  ])('of the group %s shows the type and the lifetime of its key in the list', async (group, label, outcome) => {
    const wizard = await toPurpose();
    await wizard.choose(QUESTIONS.purpose, group);
    await wizard.see(new RegExp(`^. ${label.replaceAll(/[()]/g, String.raw`\$&`)} +${outcome}`, 'm'));
    await cancel(wizard);
  });

  test('is found by a search in all groups', async () => {
    const wizard = await toPurpose();
    await wizard.type('/express');
    await wizard.see('1 found');
    await wizard.press('enter');
    await wizard.see('Express Recorder');
    await wizard.fill('User ID', 'jane');
    await wizard.atField('Player number (uiConf ID)');
    await wizard.back(QUESTIONS.purpose);
    await wizard.see('❯ Upload and edit');
    await cancel(wizard);
  });

  test('accepts a link instead of an ID, and requires an ID', async () => {
    const wizard = await toPurpose();
    await wizard.choose(QUESTIONS.purpose, 'Play');
    await wizard.chooseByPrefix('Thumbnail URL');
    await wizard.pressEnterIn('User ID');
    await wizard.fill('Entry ID', '');
    await wizard.see('! Enter the entry ID, for example 0_abc12345.');
    await wizard.paste('https://kmc.kaltura.com/index.php/kmcng/content/entries/entry/0_welcome1/metadata');
    await wizard.see('found in the URL: 0_welcome1');
    await wizard.press('enter');
    await wizard.see(QUESTIONS.review, 'entry 0_welcome1');
    await wizard.type('6');
    await wizard.see(
      'Does this key need any other privileges?',
      /^sview +0_welcome1 · play chosen entries/m,
      '❯ What the use case needs',
    );
    await cancel(wizard);
  });

  test('that needs an ADMIN key marks it first, and the review warns about a USER key', async () => {
    const wizard = await toPurpose();
    await wizard.choose(QUESTIONS.purpose, 'Analytics');
    await wizard.chooseByPrefix('Embeddable analytics (dashboards)');
    await wizard.fill('User ID', 'jane');
    await wizard.pressEnterIn('Application name');
    await wizard.see(
      'This use case needs an ADMIN key',
      'Only setrole:KMC_ANALYTICS_ROLE limits',
      '❯ Create the ADMIN key',
    );
    await wizard.chooseByPrefix('Create a USER key instead');
    await wizard.see(QUESTIONS.review, 'Not for this use case: The key is USER. The product needs ADMIN.');
    await cancel(wizard);
  });

  test('marks the USER key first if it is unknown whether USER works', async () => {
    const wizard = await toPurpose();
    await wizard.choose(QUESTIONS.purpose, 'AI');
    await wizard.chooseByPrefix('Captions, translation and moderation by AI');
    await wizard.fill('User ID', 'jane');
    await wizard.see('An ADMIN key can do everything in this account', '❯ Create a USER key instead');
    await wizard.press('enter');
    await wizard.see(QUESTIONS.review);
    expect(wizard.frame()).not.toContain('Not for this use case');
    await cancel(wizard);
  });

  test('that needs no key says so, and stays on the list', async () => {
    const wizard = await toPurpose();
    await wizard.choose(QUESTIONS.purpose, 'Events and rooms');
    await wizard.mark('Chat & Collaborate');
    await wizard.press('enter');
    await wizard.see('needs no session key', 'Events and rooms: which use case?');
    await cancel(wizard);
  });
});

describe('the next step', () => {
  async function makeKey(
    group: string,
    label: string,
    fields: readonly (readonly [string, string])[],
  ): Promise<Wizard> {
    const wizard = await toPurpose();
    await wizard.choose(QUESTIONS.purpose, group);
    await wizard.chooseByPrefix(label);
    for (const [field, value] of fields) await wizard.fill(field, value);
    return wizard;
  }

  test('of a download is a link, with a warning that it contains the key', async () => {
    const wizard = await makeKey('Play', 'Download URL', [
      ['User ID', ''],
      ['Entry ID', '0_welcome1'],
    ]);
    const key = await createKey(wizard);
    await wizard.see('Next, for “Download URL”: open the link. Press u to see the link.');
    await wizard.type('u');
    await wizard.see('Example: open the link', 'Example only: the practice server', 'The link contains the key.');
    const link = `/raw/entry_id/0_welcome1/ks/${encodeURIComponent(key)}/direct_serve/1/`;
    expect(wizard.scrollback().join('')).toContain(link);
    await wizard.mark('Copy the link');
    await wizard.press('enter');
    await wizard.see('clipboard');
    expect(wizard.clipboard.at(-1)).toContain(link);
    await wizard.back('✔ Session key ');
    await cancel(wizard);
  });

  test('of an upload is a command that reads the key from KALTURA_KS', async () => {
    const wizard = await makeKey('Upload and edit', 'Upload only', [['User ID', 'jane']]);
    const key = await createKey(wizard);
    await wizard.type('u');
    await wizard.see('Example: send the request', 'Copy the command it reads the key from KALTURA_KS');
    expect(wizard.scrollback().join('')).toContain('$KALTURA_KS');
    expect(wizard.scrollback().filter((line) => line.includes(key))).toHaveLength(1);
    await cancel(wizard);
  });

  test('of an ADMIN key is a link only after the confirmation word', async () => {
    const wizard = await makeKey('KAF and LTI', 'Sign in to KMC with a key', [['User ID', 'jane@example.com']]);
    await wizard.choose('This use case needs an ADMIN key', 'Create the ADMIN key');
    const key = await createKey(wizard);
    await wizard.type('u');
    await wizard.pressEnterIn('Confirm');
    await wizard.see('Type the word “admin” to put an ADMIN key into the link.');
    expect(wizard.scrollback().join('').split(key)).toHaveLength(2);
    await wizard.fill('Confirm', 'admin');
    await wizard.mark('Print it above');
    await wizard.press('enter');
    expect(wizard.scrollback().join('')).toContain(`/login-by-ks/${encodeURIComponent(key)}`);
    await cancel(wizard);
  });
});
