import { expect, test } from 'vitest';
import { envAccountIn } from '../../source/profiles/env-account.js';

const SECRET = 'feed0123feed0123feed0123feed9876';
const official = `KALTURA_PARTNER_ID=2345678\nKALTURA_ADMIN_SECRET=${SECRET}\n`;

test.each([
  ['KALTURA_SERVICE_URL=https://www.kaltura.com/api_v3', { region: 'us', address: '' }],
  ['KALTURA_ENV=EU', { region: 'eu', address: '' }],
  ['KALTURA_SERVICE_URL=https://video.example.com/api_v3', { region: 'own', address: 'https://video.example.com' }],
  ['KALTURA_SERVICE_URL=not an address', null],
  ['', null],
])('reads the server of %j', (line, server) => {
  expect(envAccountIn(`${official}${line}\n`, '.env')?.server).toEqual(server);
});

test('reads the names of university scripts, and adds the privacy context to the privileges', () => {
  const text = `PARTNER_ID=2345678\nADMIN_SECRET=${SECRET}\nUSER_ID=jane\nPRIVILEGES=list:*\nPRIVACY_CONTEXT=MyPortal\n`;
  const account = envAccountIn(text, '.env');
  expect(account).toMatchObject({ partnerId: '2345678', userId: 'jane', privileges: 'list:*,privacycontext:MyPortal' });
  expect(account?.secret?.reveal()).toBe(SECRET);
});

test.each([
  ['without a partner ID', `KALTURA_ADMIN_SECRET=${SECRET}`],
  ['with two different partner IDs', `${official}KALTURA_PARTNER=102`],
  ['of another program', 'PARTNER_ID=2345678\nUSER_ID=jane'],
])('returns null for a file %s', (_, text) => {
  expect(envAccountIn(text, '.env')).toBeNull();
});

test('leaves out a secret that refers to another variable', () => {
  const account = envAccountIn('KALTURA_PARTNER_ID=2345678\nKALTURA_ADMIN_SECRET=$SECRET\n', '.env');
  expect(account).toMatchObject({ partnerId: '2345678', secret: null });
});

test('reads a secret that starts with $ and a digit, which is not a reference', () => {
  const account = envAccountIn('KALTURA_PARTNER_ID=2345678\nKALTURA_ADMIN_SECRET=$5ecretab\n', '.env');
  expect(account?.secret?.reveal()).toBe('$5ecretab');
});

test('leaves out a value if two names have different values', () => {
  expect(envAccountIn(`${official}KALTURA_USER_ID=jane\nUSER_ID=joe`, '.env')?.userId).toBe('');
});
