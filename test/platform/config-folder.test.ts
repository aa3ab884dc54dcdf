import { homedir, userInfo } from 'node:os';
import { dirname } from 'node:path';
import Conf from 'conf';
import { expect, test } from 'vitest';
import { configFolder } from '../../source/platform/files/config-folder.js';

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

const APPDATA = 'C:\\Users\\ada\\AppData\\Roaming';

// Where conf would put profiles into whatever folder the program was started in.
test.each(['config', './config', '../config', '~/.config', 'C:\\config'])(
  'a relative XDG_CONFIG_HOME is ignored: %s',
  (folder) => {
    expect(configFolder({ ...place, env: { XDG_CONFIG_HOME: folder } })).toBe('/home/ada/.config/kaltura-ks');
  },
);

test('a relative APPDATA is ignored', () => {
  const windows = { platform: 'win32', home: 'C:\\Users\\ada' } as const;
  expect(configFolder({ ...windows, env: { APPDATA } })).toBe(`${APPDATA}\\kaltura-ks\\Config`);
  expect(configFolder({ ...windows, env: { APPDATA: 'AppData' } })).toBe(`${APPDATA}\\kaltura-ks\\Config`);
  expect(configFolder({ ...windows, env: {} })).toBe(`${APPDATA}\\kaltura-ks\\Config`);
});

test.each(['', 'ada', '.'])('in the place of the home “%s” stands that of the account', (home) => {
  const nowhere = { ...place, home, accountHome: () => '/home/ada' };
  expect(configFolder(nowhere)).toBe('/home/ada/.config/kaltura-ks');
  expect(configFolder({ ...nowhere, platform: 'darwin' })).toBe('/home/ada/Library/Preferences/kaltura-ks');
  expect(configFolder({ ...place, home })).toBe(`${userInfo().homedir}/.config/kaltura-ks`);
});

test('without any home, profiles are refused, unless their place is named', () => {
  const noAccount = () => {
    throw new Error('no such user');
  };
  for (const accountHome of [noAccount, () => '', () => 'ada']) {
    const nowhere = { ...place, home: '', accountHome };
    expect(() => configFolder(nowhere)).toThrow(/the home folder is unknown/);
    expect(configFolder({ ...nowhere, env: { XDG_CONFIG_HOME: '/etc/ada' } })).toBe('/etc/ada/kaltura-ks');
  }
});
