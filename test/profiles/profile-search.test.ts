import { expect, test } from 'vitest';
import { searchProfiles } from '../../source/profiles/search.js';
import { sampleProfile } from './sample-profile.js';

const profiles = [
  sampleProfile({ name: 'Acme eu', partnerId: 111, userId: 'anna' }),
  sampleProfile({ name: 'Café Ünal', partnerId: 222, region: 'de', type: 'USER', userId: '' }),
  sampleProfile({ name: 'New acme', partnerId: null, method: 'login', loginId: 'zoe@example.com' }),
  sampleProfile({ name: 'Straßenfest', partnerId: 333, region: 'sg' }),
];

const found = (query: string) => searchProfiles(profiles, query).map((profile) => profile.name);

test.each([
  ['', ['Acme eu', 'Café Ünal', 'New acme', 'Straßenfest']],
  ['  ', ['Acme eu', 'Café Ünal', 'New acme', 'Straßenfest']],
  ['cafe', ['Café Ünal']],
  ['UNAL', ['Café Ünal']],
  ['STRASSE', ['Straßenfest']],
  ['acme', ['Acme eu', 'New acme']],
  ['new', ['New acme']],
  ['acme anna', ['Acme eu']],
  ['anna acme', ['Acme eu']],
  ['222', ['Café Ünal']],
  ['user', ['Café Ünal']],
  ['zoe', ['New acme']],
  ['sg admin', ['Straßenfest']],
  ['acme nobody', []],
  ['null', []],
])('finds the profiles for “%s”', (query, names) => {
  expect(found(query)).toEqual(names);
});

test('lists names that start with the query first, each group in its order', () => {
  expect(found('n')).toEqual(['New acme', 'Acme eu', 'Café Ünal', 'Straßenfest']);
});
