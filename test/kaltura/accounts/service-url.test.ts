import { describe, expect, test } from 'vitest';
import { readServiceUrl } from '../../../source/kaltura/accounts/regions.js';

describe('a service URL, as users paste it', () => {
  test.each<[typed: string, url: string]>([
    ['video.example.com', 'https://video.example.com'],
    ['https://video.example.com', 'https://video.example.com'],
    ['HTTPS://Video.Example.COM', 'https://video.example.com'],
    ['  https://video.example.com/ \n', 'https://video.example.com'],
    ['https://video.example.com///', 'https://video.example.com'],
    ['https://video.example.com/api_v3', 'https://video.example.com'],
    ['https://video.example.com/api_v3/', 'https://video.example.com'],
    ['https://video.example.com/api_v3/index.php', 'https://video.example.com'],
    ['https://video.example.com/api_v3/service/session/action/start', 'https://video.example.com'],
    ['https://video.example.com/api_v3/testme/', 'https://video.example.com'],
    ['https://video.example.com/api_v3/testme/?service=x#top', 'https://video.example.com'],
    ['https://video.example.com/index.php/kmcng/content/entries/list', 'https://video.example.com'],
    ['video.example.com/api_v3', 'https://video.example.com'],
    ['https://video.example.com:8443/api_v3', 'https://video.example.com:8443'],
    ['video.example.com:8443', 'https://video.example.com:8443'],
    ['https://video.example.com:443', 'https://video.example.com'],
    ['https://example.com/kaltura', 'https://example.com/kaltura'],
    ['https://example.com/kaltura/api_v3/', 'https://example.com/kaltura'],
    ['https://192.0.2.7', 'https://192.0.2.7'],
    ['https://[2001:db8::7]:8443/api_v3', 'https://[2001:db8::7]:8443'],
    ['https://video.example.com?x=1', 'https://video.example.com'],
  ])('%j is %s', (typed, url) => {
    expect(readServiceUrl(typed)).toEqual({ ok: true, address: { url, isSafe: true } });
  });

  test.each<[typed: string, url: string]>([
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://LOCALHOST/api_v3', 'http://localhost'],
    ['http://127.0.0.1:47102/', 'http://127.0.0.1:47102'],
    ['http://127.8.9.10', 'http://127.8.9.10'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%j stays on this computer, so plain http is safe', (typed, url) => {
    expect(readServiceUrl(typed)).toEqual({ ok: true, address: { url, isSafe: true } });
  });

  test.each([
    'http://video.example.com',
    'http://10.0.0.7',
    'http://192.168.1.7:8080',
    // Names that start like the names of this computer.
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://notlocalhost',
    'http://[2001:db8::1]',
    'http://0.0.0.0',
  ])('%j is plain http to another computer: unsafe', (typed) => {
    const reading = readServiceUrl(typed);
    expect(reading).toMatchObject({ ok: true, address: { isSafe: false } });
  });

  test.each<[typed: string, problem: RegExp]>([
    ['', /type the URL/i],
    ['  ', /type the URL/i],
    ['ftp://video.example.com', /https:\/\/, not ftp:\/\//],
    ['file:///etc/passwd', /https:\/\//],
    ['javascript:alert(1)', /not a URL/i],
    ['https://', /not a URL/i],
    ['https://exa mple.com', /not a URL|spaces/i],
    ['https://example.com/a b', /spaces/],
    ['https://example.com:99999', /not a URL/i],
    ['https://jane:s3cret@example.com', /name and password/i],
    ['jane:s3cret@example.com', /name and password/i],
    ['https://jane@example.com', /name and password/i],
    ['http://[::1', /not a URL/i],
    ['https://video.example,com', /can’t contain a comma/],
    ['video.example;com', /can’t contain ;/],
    ['https://video..example.com', /a point or a hyphen too many/],
    ['https://-video.example.com', /a point or a hyphen too many/],
    ['2345678', /a number, not a URL/],
  ])('%j is refused, with the reason', (typed, problem) => {
    const reading = readServiceUrl(typed);
    expect(reading.ok ? reading.address.url : reading.problem).toMatch(problem);
  });

  test('the problem does not repeat a password in the URL', () => {
    const reading = readServiceUrl('https://jane:s3cret@example.com');
    expect(JSON.stringify(reading)).not.toContain('s3cret');
  });

  test('the result is read as itself', () => {
    for (const typed of ['video.example.com:8443/api_v3/', 'https://example.com/kaltura/', 'http://[::1]:8080']) {
      const first = readServiceUrl(typed);
      expect(first.ok && readServiceUrl(first.address.url)).toEqual(first);
    }
  });
});

test.each([
  ['127.0.0.1:23999', 'http://127.0.0.1:23999'],
  ['localhost:8080/api_v3', 'http://localhost:8080'],
  ['video.example.com:8443', 'https://video.example.com:8443'],
])('%s without a scheme is %s: http on this computer, https elsewhere', (typed, url) => {
  expect(readServiceUrl(typed)).toMatchObject({ ok: true, address: { url, isSafe: true } });
});
