import { expect, test } from 'vitest';
import { pagesAt } from '../../../source/kaltura/accounts/pages.js';

const kmcAt = (serviceUrl: string) => pagesAt(serviceUrl).find(({ text }) => text === 'KMC')?.url;

test('a service URL has the pages of its region, or of a self-hosted server', () => {
  expect(kmcAt('https://www.kaltura.com')).toBe('https://kmc.kaltura.com/index.php/kmcng');
  expect(kmcAt('https://video.example.com:8443')).toBe('https://video.example.com:8443/index.php/kmcng');
  // The KMC page of this region is not confirmed.
  expect(pagesAt('https://api.eu.kaltura.com').map(({ text }) => text)).toEqual(['TestMe']);
});

test('no URL, and a server on this computer, have no pages', () => {
  for (const url of ['', 'not a URL', 'http://127.0.0.1:47102', 'http://localhost:8080'])
    expect(pagesAt(url)).toEqual([]);
});
