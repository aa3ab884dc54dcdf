import { describe, expect, test } from 'vitest';
import { isDocumentedIn, readAddress, SERVICES, serviceHost } from '../../../source/kaltura/accounts/hosts.js';
import {
  HOSTED_REGIONS,
  type HostedRegionId,
  isHostedRegion,
  type RegionId,
} from '../../../source/kaltura/accounts/regions.js';

describe('the region of a URL', () => {
  test.each<[typed: string, region: HostedRegionId]>([
    ['https://www.kaltura.com/api_v3', 'us'],
    ['http://www.kaltura.com', 'us'],
    ['WWW.KALTURA.COM.', 'us'],
    ['https://www.nvp1.ovp.kaltura.com/api_v3', 'us'],
    ['https://kmc.kaltura.com/index.php/kmcng/content/entries/list', 'us'],
    ['https://kmc.kaltura.com/index.php/kmcng/settings/integrationSettings#top', 'us'],
    ['cdnapisec.kaltura.com', 'us'],
    ['https://cfvod.kaltura.com/p/102/sp/10200/thumbnail', 'us'],
    ['https://cdnapi.kaltura.com', 'us'],
    ['https://analytics.kaltura.com/api_v3/index.php?service=analytics', 'us'],
    ['https://genie.nvp1.ovp.kaltura.com', 'us'],
    ['https://api.eu.kaltura.com', 'eu'],
    ['https://api.irp2.ovp.kaltura.com/api_v3', 'eu'],
    ['https://analytics.eu.kaltura.com', 'eu'],
    ['https://events-api.irp2.ovp.kaltura.com/api/v1', 'eu'],
    ['https://api.frp2.ovp.kaltura.com/api_v3/testme/', 'de'],
    ['https://cfvod.frp2.ovp.kaltura.com', 'de'],
    ['https://api.sgp2.ovp.kaltura.com', 'sg'],
    ['api.syp2.ovp.kaltura.com', 'ap'],
    ['https://kmc.cap2.ovp.kaltura.com/index.php/kmcng/', 'ca'],
    ['https://vodcdn.ca.kaltura.com', 'ca'],
    ['https://school.kaf.ca.kaltura.com', 'ca'],
    ['https://api.avatar.us.kaltura.ai', 'us'],
    ['https://api.avatar.eu.kaltura.ai', 'eu'],
  ])('%s is %s', (typed, region) => {
    expect(readAddress(typed)).toEqual({ kind: 'region', region });
  });

  test.each([
    'https://kaltura.com',
    'https://corp.kaltura.com/products',
    'https://2345678.mediaspace.kaltura.com',
    'https://2345678.kaf.kaltura.com',
    'https://api.nvq2.ovp.kaltura.com',
    'https://api.us.kaltura.com',
    'https://www.kaltura.com:8443',
  ])('%s belongs to Kaltura, but its region is unknown', (typed) => {
    expect(readAddress(typed)).toEqual({ kind: 'unknown', host: new URL(typed).hostname });
  });

  test.each([
    'https://video.example.com',
    'https://evilkaltura.com',
    'https://example.com/www.kaltura.com',
    'https://example.com/?host=www.kaltura.com',
    'http://127.0.0.1:47102',
  ])('%s is not a server of Kaltura', (typed) => {
    expect(readAddress(typed)).toEqual({ kind: 'other' });
  });

  test.each([
    ['https://api.eu.k\u0430ltura.com', 'letters', 'api.eu.xn--kltura-3nf.com'],
    ['xn--altura-2pf.com', 'letters', 'xn--altura-2pf.com'],
    ['https://www.kaltura.com.example.com', 'kaltura', 'www.kaltura.com.example.com'],
    ['https://api.eu.kaltura.com.example.com/api_v3', 'kaltura', 'api.eu.kaltura.com.example.com'],
    ['https://kaltura.com-login.example.com', 'kaltura', 'kaltura.com-login.example.com'],
    ['https://api.kaltura.ai.example.com', 'kaltura', 'api.kaltura.ai.example.com'],
  ])('%s looks like a server of Kaltura', (typed, why, host) => {
    expect(readAddress(typed)).toEqual({ kind: 'lookalike', why, host });
  });

  test.each(['', 'https://', 'https://www.kaltura.com@example.com/', 'ftp://www.kaltura.com', 'us'])(
    '%j has no region',
    (typed) => {
      expect(readAddress(typed).kind).not.toBe('region');
    },
  );

  test('is found for the host of each service', () => {
    for (const region of Object.keys(HOSTED_REGIONS) as HostedRegionId[]) {
      for (const service of SERVICES) {
        expect(readAddress(serviceHost(region, service))).toEqual({ kind: 'region', region });
      }
    }
  });
});

test('knows which services are documented in which regions', () => {
  expect(serviceHost('de', 'genie')).toBe('genie.frp2.ovp.kaltura.com');
  expect(isDocumentedIn('us', 'genie')).toBe(true);
  expect(isDocumentedIn('de', 'genie')).toBe(false);
  expect(isDocumentedIn('ap', 'scm')).toBe(true);
  expect(isDocumentedIn('de', 'auth')).toBe(true);
  expect(isDocumentedIn('sg', 'auth')).toBe(false);
});

test('the name of an object property of JavaScript is not a region or host', () => {
  expect(readAddress('constructor')).toEqual({ kind: 'single-word', host: 'constructor' });
  expect(isHostedRegion('constructor' as RegionId)).toBe(false);
});
