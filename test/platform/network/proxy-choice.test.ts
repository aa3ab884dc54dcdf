import { expect, test } from 'vitest';
import { chooseProxy } from '../../../source/platform/network/proxy-choice.js';

const PROXY = 'http://proxy.example:3128';

test.each([
  // No variable.
  ['https://kaltura.test', {}, 'direct'],
  ['https://kaltura.test', { HTTPS_PROXY: '' }, 'direct'],
  ['https://kaltura.test', { HTTPS_PROXY: '  ' }, 'direct'],
  // A proxy for plain http is ignored.
  ['https://kaltura.test', { HTTP_PROXY: PROXY, http_proxy: PROXY }, 'direct'],
  ['https://kaltura.test', { HTTPS_PROXY: PROXY }, 'HTTPS_PROXY proxy.example:3128'],
  ['https://kaltura.test', { https_proxy: PROXY }, 'https_proxy proxy.example:3128'],
  ['https://kaltura.test', { ALL_PROXY: PROXY }, 'ALL_PROXY proxy.example:3128'],
  ['https://kaltura.test', { all_proxy: PROXY }, 'all_proxy proxy.example:3128'],
  // Several variables.
  ['https://kaltura.test', { ALL_PROXY: 'http://all:1', HTTPS_PROXY: 'http://https:2' }, 'HTTPS_PROXY https:2'],
  ['https://kaltura.test', { HTTPS_PROXY: 'http://big:1', https_proxy: 'http://small:2' }, 'https_proxy small:2'],
  ['https://kaltura.test', { https_proxy: '', HTTPS_PROXY: 'http://big:1' }, 'HTTPS_PROXY big:1'],
  // Notations.
  ['https://kaltura.test', { HTTPS_PROXY: 'proxy.example:3128' }, 'HTTPS_PROXY proxy.example:3128'],
  ['https://kaltura.test', { HTTPS_PROXY: ' http://proxy.example:3128/ ' }, 'HTTPS_PROXY proxy.example:3128'],
  ['https://kaltura.test', { HTTPS_PROXY: 'http://proxy.example' }, 'HTTPS_PROXY proxy.example'],
  ['https://kaltura.test', { HTTPS_PROXY: 'https://proxy.example' }, 'HTTPS_PROXY proxy.example'],
  ['https://kaltura.test', { HTTPS_PROXY: 'http://[fd00::1]:3128' }, 'HTTPS_PROXY [fd00::1]:3128'],
  [
    'https://kaltura.test',
    { HTTPS_PROXY: 'http://jane:pw-planted@proxy.example:3128' },
    'HTTPS_PROXY proxy.example:3128',
  ],
  ['https://kaltura.test', { HTTPS_PROXY: 'jane:pw-planted@proxy.example:3128' }, 'HTTPS_PROXY proxy.example:3128'],
  ['https://kaltura.test', { HTTPS_PROXY: 'http://jane:pw-planted%40@proxy.example' }, 'HTTPS_PROXY proxy.example'],
  // Invalid values. No part of a password is shown.
  [
    'https://kaltura.test',
    { HTTPS_PROXY: 'socks5://jane:pw-planted@proxy.example:1080' },
    'HTTPS_PROXY socks5:// is not supported',
  ],
  ['https://kaltura.test', { ALL_PROXY: 'SOCKS5H://proxy.example' }, 'ALL_PROXY socks5h:// is not supported'],
  ['https://kaltura.test', { HTTPS_PROXY: 'http://jane:12/pw-planted@proxy.example' }, 'HTTPS_PROXY not a URL'],
  ['https://kaltura.test', { HTTPS_PROXY: 'http://jane:12#pw-planted@proxy.example' }, 'HTTPS_PROXY not a URL'],
  ['https://kaltura.test', { HTTPS_PROXY: 'http://jane:12?pw-planted@proxy.example' }, 'HTTPS_PROXY not a URL'],
  ['https://kaltura.test', { HTTPS_PROXY: 'http://jane:pw-planted/@proxy.example' }, 'HTTPS_PROXY not a URL'],
  ['https://kaltura.test', { HTTPS_PROXY: 'http://jane:pw-planted%@proxy.example' }, 'HTTPS_PROXY not a URL'],
  ['https://kaltura.test', { HTTPS_PROXY: 'ftp://jane:pw-planted@proxy.example' }, 'HTTPS_PROXY not a URL'],
  ['https://kaltura.test', { HTTPS_PROXY: 'pw-planted://proxy.example' }, 'HTTPS_PROXY not a URL'],
  ['https://kaltura.test', { HTTPS_PROXY: 'http://' }, 'HTTPS_PROXY not a URL'],
  // No proxy for this computer, or for plain http, which the proxy could read.
  ['https://localhost:8443', { HTTPS_PROXY: PROXY }, 'direct'],
  ['https://127.0.0.1', { HTTPS_PROXY: PROXY }, 'direct'],
  ['https://[::1]', { HTTPS_PROXY: PROXY }, 'direct'],
  ['http://127.0.0.1:4000', { HTTPS_PROXY: PROXY, ALL_PROXY: PROXY, HTTP_PROXY: PROXY }, 'direct'],
  ['http://kaltura.test', { HTTPS_PROXY: PROXY, ALL_PROXY: PROXY }, 'direct'],
])('%s with %j', (address, env, expected) => {
  const choice = chooseProxy(new URL(address), env);
  const { kind, variable, host, problem } = { variable: '', host: '', problem: '', ...choice };
  const shown = kind === 'direct' ? 'direct' : `${variable} ${kind === 'proxy' ? host : problem}`;
  expect(shown).toBe(expected);
  expect(shown).not.toContain('planted');
});

test.each([
  ['https://kaltura.test', '*', true],
  ['https://kaltura.test', 'other.test', false],
  ['https://kaltura.test', 'kaltura.test', true],
  ['https://kaltura.test', 'KALTURA.Test', true],
  ['https://kaltura.test', 'other.test,kaltura.test', true],
  ['https://kaltura.test', 'other.test, kaltura.test ,', true],
  ['https://kaltura.test', 'other.test kaltura.test', true],
  ['https://kaltura.test', ' , ', false],
  // Subdomains in all notations, but not names that only end the same.
  ['https://api.kaltura.test', 'kaltura.test', true],
  ['https://api.kaltura.test', '.kaltura.test', true],
  ['https://api.kaltura.test', '*.kaltura.test', true],
  ['https://kaltura.test', '.kaltura.test', true],
  ['https://notkaltura.test', 'kaltura.test', false],
  ['https://notkaltura.test', '.kaltura.test', false],
  ['https://kaltura.test', 'api.kaltura.test', false],
  ['https://kaltura.test', '.', false],
  ['https://kaltura.test.', 'kaltura.test', true],
  ['https://kaltura.test', 'kaltura.test.', true],
  ['https://kaltura.test', 'test', true],
  // Ports.
  ['https://kaltura.test', 'kaltura.test:443', true],
  ['https://kaltura.test:443', 'kaltura.test:443', true],
  ['https://kaltura.test', 'kaltura.test:8443', false],
  ['https://kaltura.test:8443', 'kaltura.test:8443', true],
  ['https://kaltura.test:8443', 'kaltura.test', true],
  ['https://kaltura.test:8443', '.test:443', false],
  // Addresses and ranges.
  ['https://10.1.2.3', '10.1.2.3', true],
  ['https://10.1.2.3', '10.1.2.4', false],
  ['https://10.1.2.3:8443', '10.1.2.3:8443', true],
  ['https://10.1.2.3', '10.1.2.3:8443', false],
  ['https://10.1.2.3', '10.0.0.0/8', true],
  ['https://11.1.2.3', '10.0.0.0/8', false],
  ['https://10.1.2.3', '0.0.0.0/0', true],
  ['https://10.1.2.3', '10.0.0.0/33', false],
  ['https://10.1.2.3', '10.0.0.0/', false],
  ['https://10.1.2.3', '10.0.0.0/x', false],
  ['https://10.1.2.3', '2.3', false],
  ['https://10.1.2.3', '.3', false],
  ['https://kaltura.test', '0.0.0.0/0', false],
  ['https://[fd00::1]', 'fd00::1', true],
  ['https://[fd00::1]', 'fd00:0:0::1', true],
  ['https://[fd00::1]', '[fd00::1]', true],
  ['https://[fd00::1]', '[fd00::1]:443', true],
  ['https://[fd00::1]', '[fd00::1]:8443', false],
  ['https://[fd00::1]', 'fd00::/8', true],
  ['https://[fd00::1]', 'fe80::/10', false],
  ['https://[fd00::1]', '10.0.0.0/8', false],
])('%s with NO_PROXY=%s uses no proxy: %s', (address, list, isExempt) => {
  for (const variable of ['NO_PROXY', 'no_proxy']) {
    const choice = chooseProxy(new URL(address), { HTTPS_PROXY: PROXY, [variable]: list });
    expect(choice.kind).toBe(isExempt ? 'direct' : 'proxy');
  }
});

test('no_proxy has priority over NO_PROXY, and an empty value is ignored', () => {
  const env = { HTTPS_PROXY: PROXY, NO_PROXY: 'kaltura.test' };
  expect(chooseProxy(new URL('https://kaltura.test'), { ...env, no_proxy: 'other.test' }).kind).toBe('proxy');
  expect(chooseProxy(new URL('https://kaltura.test'), { ...env, no_proxy: '' }).kind).toBe('direct');
});

test('NO_PROXY has priority over an invalid proxy', () => {
  const env = { HTTPS_PROXY: 'socks5://proxy.example', NO_PROXY: 'kaltura.test' };
  expect(chooseProxy(new URL('https://kaltura.test'), env).kind).toBe('direct');
});
