import { describe, expect, test } from 'vitest';
import { hyperlinksOf } from '../../source/wizard/engine/hyperlinks.js';
import type { State } from '../../source/wizard/engine/state.js';
import { GALLERY } from '../ui/gallery.js';
import { ADMIN_SECRET, act, enter, play, start, TOKEN, withKey } from './play.js';

const at = (region: string, address = ''): State =>
  play(start(), enter({ region }), ...(address === '' ? [] : [enter({ address })])).state;
const urls = (state: State): string[] => hyperlinksOf(state).map(({ url }) => url);

describe('links to the pages of a server', () => {
  test('are those of the region', () => {
    expect(urls(at('us'))).toEqual([
      'https://kmc.kaltura.com/index.php/kmcng/settings/integrationSettings',
      'https://kmc.kaltura.com/index.php/kmcng',
      'https://www.kaltura.com/api_v3/testme/',
      'https://developer.kaltura.com',
    ]);
    expect(urls(play(withKey(), act('use')).state)).toEqual(['https://api.eu.kaltura.com/api_v3/testme/']);
  });

  test('are those of a self-hosted server', () => {
    expect(urls(at('own', 'https://video.example.com:8443/api_v3'))).toContain(
      'https://video.example.com:8443/index.php/kmcng',
    );
  });

  test('do not exist in practice or before the region is known', () => {
    expect(urls(at('practice'))).toEqual([]);
    expect(urls(start())).toEqual([]);
  });

  test('contain no key, secret, login, query or fragment on any screen', () => {
    for (const { state } of GALLERY) {
      for (const url of urls(state)) {
        const { username, password, search, hash } = new URL(url);
        expect([username, password, search, hash]).toEqual(['', '', '', '']);
        const key = state.key?.made.ks.reveal() ?? ADMIN_SECRET;
        for (const secret of [key, ADMIN_SECRET, TOKEN]) expect(url).not.toContain(secret);
      }
    }
  });
});
