import { homedir } from 'node:os';
import { dirname } from 'node:path';
import Conf from 'conf';
import { expect, test } from 'vitest';
import { configFolder } from '../../source/runtime/config-folder.js';

const place = { env: {}, platform: 'linux', home: '/home/ada' } as const;

test('the place is the one that conf would choose', () => {
  const { path } = new Conf({ projectName: 'kaltura-ks', projectSuffix: '' });
  expect(configFolder({ env: process.env, platform: process.platform, home: homedir() })).toBe(dirname(path));
});

test.skipIf(process.platform === 'win32')('XDG_CONFIG_HOME moves it, unless empty', () => {
  expect(configFolder(place)).toBe('/home/ada/.config/kaltura-ks');
  expect(configFolder({ ...place, env: { XDG_CONFIG_HOME: '/etc/ada' } })).toBe('/etc/ada/kaltura-ks');
  expect(configFolder({ ...place, env: { XDG_CONFIG_HOME: '' } })).toBe('/home/ada/.config/kaltura-ks');
  expect(configFolder({ ...place, platform: 'darwin' })).toBe('/home/ada/Library/Preferences/kaltura-ks');
});
