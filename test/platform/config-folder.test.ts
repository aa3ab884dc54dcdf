import { homedir, userInfo } from 'node:os';
import { dirname } from 'node:path';
import Conf from 'conf';
import { expect, test } from 'vitest';
import { configFolder } from '../../source/platform/files/config-folder.js';

const linux = { env: {}, platform: 'linux', home: '/home/ada' } as const;

test('uses the same folder as conf', () => {
  const { path } = new Conf({ projectName: 'kaltura-ks', projectSuffix: '' });
  expect(configFolder({ env: process.env, platform: process.platform, home: homedir() })).toBe(dirname(path));
});

test.skipIf(process.platform === 'win32')('uses XDG_CONFIG_HOME unless it is empty', () => {
  expect(configFolder(linux)).toBe('/home/ada/.config/kaltura-ks');
  expect(configFolder({ ...linux, env: { XDG_CONFIG_HOME: '/etc/ada' } })).toBe('/etc/ada/kaltura-ks');
  expect(configFolder({ ...linux, env: { XDG_CONFIG_HOME: '' } })).toBe('/home/ada/.config/kaltura-ks');
  expect(configFolder({ ...linux, platform: 'darwin' })).toBe('/home/ada/Library/Preferences/kaltura-ks');
});

const APPDATA = 'C:\\Users\\ada\\AppData\\Roaming';

// With these values, conf would use the current folder.
test.each(['config', './config', '../config', '~/.config', 'C:\\config'])(
  'a relative XDG_CONFIG_HOME is ignored: %s',
  (folder) => {
    expect(configFolder({ ...linux, env: { XDG_CONFIG_HOME: folder } })).toBe('/home/ada/.config/kaltura-ks');
  },
);

test('a relative APPDATA is ignored', () => {
  const windows = { platform: 'win32', home: 'C:\\Users\\ada' } as const;
  expect(configFolder({ ...windows, env: { APPDATA } })).toBe(`${APPDATA}\\kaltura-ks\\Config`);
  expect(configFolder({ ...windows, env: { APPDATA: 'AppData' } })).toBe(`${APPDATA}\\kaltura-ks\\Config`);
  expect(configFolder({ ...windows, env: {} })).toBe(`${APPDATA}\\kaltura-ks\\Config`);
});

test.each(['', 'ada', '.'])('uses the home folder of the account instead of the home “%s”', (home) => {
  const nowhere = { ...linux, home, accountHome: () => '/home/ada' };
  expect(configFolder(nowhere)).toBe('/home/ada/.config/kaltura-ks');
  expect(configFolder({ ...nowhere, platform: 'darwin' })).toBe('/home/ada/Library/Preferences/kaltura-ks');
  expect(configFolder({ ...linux, home })).toBe(`${userInfo().homedir}/.config/kaltura-ks`);
});

test('without a home folder, profiles need an explicit folder', () => {
  const noAccount = () => {
    throw new Error('no such user');
  };
  for (const accountHome of [noAccount, () => '', () => 'ada']) {
    const nowhere = { ...linux, home: '', accountHome };
    expect(() => configFolder(nowhere)).toThrow(/the home folder is unknown/);
    expect(configFolder({ ...nowhere, env: { XDG_CONFIG_HOME: '/etc/ada' } })).toBe('/etc/ada/kaltura-ks');
  }
});
