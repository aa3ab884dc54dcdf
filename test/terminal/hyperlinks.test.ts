import { expect, test } from 'vitest';
import { withAllLinks } from '../../source/terminal/hyperlinks.js';

const linked = (url: string, text = url): string => `\x1b]8;;${url}\x07${text}\x1b]8;;\x07`;
const KMC = { text: 'KMC', url: 'https://kmc.example.com/index.php/kmcng' };

test('links URLs and page names, but not the punctuation after them', () => {
  const page = 'https://www.kaltura.com/api_v3/testme/';
  expect(withAllLinks(`Open ${page}.\nIn KMC: (${page})`, [KMC])).toBe(
    `Open ${linked(page)}.\nIn ${linked(KMC.url, 'KMC')}: (${linked(page)})`,
  );
});

test.each([
  'https://www.kaltura.com/api_v3/?ks=djJ8MTIz',
  'https://www.kaltura.com/p/1/sp/0/playManifest/ks/djJ8MjM0NTY3OHxV0LFbnCkrbT4yBaoNrSNCwT2CbEyisc',
  'https://jane:password@www.kaltura.com/',
  'https://www.kaltura.com/#ks=djJ8MTIz',
])('does not link a URL that could contain a key or a login: %s', (url) => {
  expect(withAllLinks(`Open ${url}`, [])).toBe(`Open ${url}`);
});
