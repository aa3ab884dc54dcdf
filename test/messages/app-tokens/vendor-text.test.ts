import { expect, test } from 'vitest';
import type { AppToken } from '../../../source/kaltura/app-tokens/manage.js';
import { vendorText } from '../../../source/messages/app-tokens/vendor-text.js';

const EU = { region: 'eu', serviceUrl: 'https://api.eu.kaltura.com', partnerId: 2345678 } as const;

const token = (change: Partial<AppToken> = {}): AppToken => ({
  id: '0_ab12cd34',
  description: 'Captions by Acme',
  type: 'USER',
  userId: 'acme',
  privileges: 'list:*',
  duration: 7200,
  expiresAt: Date.UTC(2027, 1, 22, 16, 20) / 1000,
  hash: 'SHA256',
  status: 'active',
  createdAt: null,
  ...change,
});

const commandIn = (text: string) => /^ {2}(kaltura-ks .*)$/m.exec(text)?.[1];

test('names the account, the token and its limits, with the expiry in UTC', () => {
  const text = vendorText(EU, token());
  expect(text).toMatch(/^Service URL +https:\/\/api\.eu\.kaltura\.com$/m);
  expect(text).toMatch(/^Partner ID +2345678$/m);
  expect(text).toMatch(/^Token ID +0_ab12cd34$/m);
  expect(text).toMatch(/^Keys +USER, user acme, valid for up to 2 hours$/m);
  expect(text).toMatch(/^Token expires +2027-02-22 16:20 UTC$/m);
  expect(text).toContain('POST https://api.eu.kaltura.com/api_v3/service/session/action/startWidgetSession');
  expect(text).toContain('POST https://api.eu.kaltura.com/api_v3/service/apptoken/action/startSession');
});

test('has the command with the region or the URL of the server', () => {
  const rest = '--partner 2345678 --method app-token --app-token-id 0_ab12cd34 --user acme --expiry 2h';
  expect(commandIn(vendorText(EU, token()))).toBe(`kaltura-ks token --region eu ${rest}`);
  const own = { region: 'own', serviceUrl: 'https://video.example.edu', partnerId: 2345678 } as const;
  expect(commandIn(vendorText(own, token()))).toBe(`kaltura-ks token --url https://video.example.edu ${rest}`);
});

test('quotes values in the command that a shell could read as more than one word', () => {
  const text = vendorText(EU, token({ id: '0_a; rm -rf ~', userId: 'o’neill & co' }));
  expect(commandIn(text)).toContain(`--app-token-id '0_a; rm -rf ~' --user 'o’neill & co'`);
});

test('leaves to the vendor what the token leaves open', () => {
  const text = vendorText(EU, token({ userId: null, duration: null, expiresAt: null, privileges: '' }));
  expect(commandIn(text)).toMatch(/--app-token-id 0_ab12cd34 --user <user ID>$/);
  expect(text).toContain('     userId=<user ID>');
  expect(text).toMatch(/^Keys +USER, any user$/m);
  expect(text).toMatch(/^Privileges +none$/m);
  expect(text).toMatch(/^Token expires +never$/m);
});

test('has no line over 80 columns except the command and the URLs', () => {
  const long = vendorText(EU, token())
    .split('\n')
    .filter((line) => line.length > 80 && !/kaltura-ks token|https:/.test(line));
  expect(long).toEqual([]);
});
