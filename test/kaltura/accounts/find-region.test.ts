import { expect, test } from 'vitest';
import {
  findAccountOnServer,
  findRegions,
  plannedRegionCalls,
  type RegionAnswer,
  type RegionOutcome,
  regionVerdict,
} from '../../../source/kaltura/accounts/find-region.js';
import { HOSTED_REGION_IDS, HOSTED_REGIONS } from '../../../source/kaltura/accounts/regions.js';
import { ConnectionError, type Http } from '../../../source/kaltura/api/http.js';
import { emptyServer, failing, networkOf, recorded, saying, serverOf, THEN } from '../api/many-servers.js';
import { recording } from '../api/recorded-http.js';

const outcomes = (answers: readonly RegionAnswer[]) =>
  Object.fromEntries(answers.map(({ region, outcome }) => [region, outcome]));

const NOBODY = { us: 'unknown', eu: 'unknown', de: 'unknown', sg: 'unknown', ap: 'unknown', ca: 'unknown' };

test('the one region that knows the account says so, whatever the others do', async () => {
  const { http } = networkOf({
    de: serverOf(recorded()),
    us: failing('dns', 'ENOTFOUND'),
    sg: saying('<html>Welcome to the hotel</html>'),
    ap: saying('', 502),
  });
  const answers = await findRegions(102, { http });
  expect(outcomes(answers)).toEqual({ ...NOBODY, de: 'known', us: 'unreachable', sg: 'unclear', ap: 'unclear' });
  expect(answers.map(({ region }) => region)).toEqual(HOSTED_REGION_IDS);
  expect(regionVerdict(answers)).toEqual({ kind: 'one', region: 'de', isBlocked: false, unasked: ['us', 'sg', 'ap'] });
});

test.each([104, 107])('a blocked account is told from one that is not there: %s', async (partnerId) => {
  const answers = await findRegions(partnerId, networkOf({ eu: serverOf(recorded()) }));
  expect(outcomes(answers)).toEqual({ ...NOBODY, eu: 'blocked' });
  expect(regionVerdict(answers)).toMatchObject({ kind: 'one', region: 'eu', isBlocked: true });
});

test('what the real server answers is read so', async () => {
  const opens = recording('204').response;
  // Recorded as XML, and written as JSON in the same words.
  const unknown = saying(
    '{"code":"INVALID_WIDGET_ID","message":"Unknown widget [_999999]","objectType":"KalturaAPIException","args":{"WIDGET_ID":"_999999"}}',
  );
  const isOpening = (url: string): boolean => url.endsWith('/startWidgetSession');
  const thenSays =
    (name: string): Http =>
    async ({ url }) =>
      isOpening(url) ? opens : recording(name).response;
  const answers = await findRegions(102, {
    http: networkOf({
      us: unknown,
      eu: thenSays('0688-p110-widget_session-baseEntry.count'),
      de: thenSays('181-get-ks-of-blocked-partner104'),
      sg: thenSays('213-widget-ks-session-get'),
    }).http,
  });
  expect(outcomes(answers)).toEqual({ ...NOBODY, eu: 'known', de: 'blocked', sg: 'known' });
});

test('nothing is sent but the number, and the public session back to whom it came from', async () => {
  const { http, requests } = networkOf({ eu: serverOf(recorded()) });
  await findRegions(102, { http });
  const first = requests.filter(({ url }) => url.endsWith('/service/session/action/startWidgetSession'));
  expect(first.map(({ url }) => new URL(url).host)).toEqual(Object.values(HOSTED_REGIONS).map(({ host }) => host));
  for (const { form } of first) expect(form).toEqual({ format: '1', widgetId: '_102', expiry: '60', nocache: '1' });
  const rest = requests.filter((request) => !first.includes(request));
  expect(rest.map(({ url }) => url)).toEqual(['https://api.eu.kaltura.com/api_v3/service/baseEntry/action/count']);
  expect(Object.keys(rest[0]?.form ?? {}).sort()).toEqual(['format', 'ks', 'nocache']);
});

test('the plan names every call that is made, and none that is not', async () => {
  const { http, requests } = networkOf(Object.fromEntries(HOSTED_REGION_IDS.map((id) => [id, serverOf(recorded())])));
  await findRegions(102, { http });
  const planned = plannedRegionCalls(102);
  expect(planned.map(({ url }) => url).sort()).toEqual(requests.map(({ url }) => url).sort());
  for (const { url, parameters } of planned) {
    const sent = requests.find((request) => request.url === url)?.form;
    expect(Object.keys(sent ?? {}).filter((name) => name !== 'format')).toEqual(parameters.map(({ name }) => name));
    for (const { name, value } of parameters) if (typeof value === 'string') expect(sent?.[name]).toBe(value);
  }
});

/**
 * Keeps the answers of anonymous `startWidgetSession` calls for 600 s, as the real server does
 * (test/fixtures/accounts-and-tokens.json 4098 to 4216).
 */
function caching(server: Http, now: () => number): Http {
  const stored = new Map<string, { readonly at: number; readonly answer: Awaited<ReturnType<Http>> }>();
  return async (request) => {
    const key = JSON.stringify([request.url, request.form]);
    const hit = stored.get(key);
    if (hit !== undefined && now() - hit.at < 600_000) return hit.answer;
    const answer = await server(request);
    if (request.url.endsWith('/startWidgetSession') && request.form['nocache'] !== '1') {
      stored.set(key, { at: now(), answer });
    }
    return answer;
  };
}

test.each([
  [102, 'known'],
  [104, 'blocked'],
  [107, 'blocked'],
])(
  'asks about partner %s again after a minute, and the server does not repeat an expired session',
  async (partnerId, outcome) => {
    let time = THEN;
    const http = caching(
      serverOf(recorded(), () => time),
      () => time,
    );
    for (const later of [0, 62_000, 599_000]) {
      time = THEN + later;
      expect((await findAccountOnServer('https://video.example.com', partnerId, { http })).outcome).toBe(outcome);
    }
  },
);

const apiError = (code: string, args: object = {}) =>
  saying(JSON.stringify({ code, message: 'Error', objectType: 'KalturaAPIException', args }));

test.each<[string, Http, RegionOutcome]>([
  ['EXPIRED', apiError('INVALID_KS', { KSID: 'EXPIRED', ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' }), 'exists'],
  ['an unreadable key', apiError('INVALID_KS', { KSID: 'abc', ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' }), 'exists'],
  ['a rate limit', apiError('ACTION_BLOCKED'), 'exists'],
  ['a server fault', apiError('INTERNAL_SERVERL_ERROR'), 'exists'],
  ['an unknown code', apiError('SOMETHING_NEW'), 'exists'],
  ['a web page', saying('<html>Welcome to the hotel</html>'), 'exists'],
  ['a lost connection', failing('reset', 'ECONNRESET'), 'exists'],
  ['a permission', apiError('SERVICE_FORBIDDEN'), 'known'],
  ['an access rule', apiError('SERVICE_ACCESS_CONTROL_RESTRICTED'), 'known'],
  ['a block', apiError('SERVICE_FORBIDDEN_CONTENT_BLOCKED'), 'blocked'],
])(
  'does not call an account active if the use of its session fails because of %s, unless that proves it',
  async (_, use, outcome) => {
    const opening = serverOf(recorded());
    const http: Http = (request) => (request.url.includes('baseEntry') ? use(request) : opening(request));
    const answer = await findAccountOnServer('https://video.example.com', 102, { http });
    expect(answer.outcome).toBe(outcome);
    expect(answer.failure === null).toBe(outcome !== 'exists');
    const answers = HOSTED_REGION_IDS.map(
      (region): RegionAnswer =>
        region === 'eu' ? { region, ...answer } : { region, outcome: 'unknown', failure: null },
    );
    const isBlocked = { known: false, blocked: true }[outcome as string] ?? null;
    expect(regionVerdict(answers)).toMatchObject({ kind: 'one', region: 'eu', isBlocked });
  },
);

test('an own server is asked in the same way', async () => {
  const { http, requests } = networkOf({ 'video.example.com': serverOf(recorded()) });
  expect(await findAccountOnServer('https://video.example.com', 102, { http })).toEqual({
    outcome: 'known',
    failure: null,
  });
  expect((await findAccountOnServer('https://video.example.com', 103_000, { http })).outcome).toBe('unknown');
  expect(new Set(requests.map(({ url }) => new URL(url).host))).toEqual(new Set(['video.example.com']));
});

test('a session that is no key is no yes', async () => {
  const http = saying('{"partnerId":102,"ks":"<b>hello</b>","objectType":"KalturaStartWidgetSessionResponse"}');
  expect((await findAccountOnServer('https://video.example.com', 102, { http })).outcome).toBe('unclear');
});

test('whoever gives up is not told that nothing was found', async () => {
  const http = failing('aborted', 'AbortError');
  await expect(findRegions(102, { http })).rejects.toMatchObject({ fault: 'aborted' });
});

test('a fault of the program is not blamed on a region', async () => {
  const http: Http = async () => {
    throw new RangeError('no');
  };
  await expect(findRegions(102, { http })).rejects.toThrow(RangeError);
});

test.each([
  ['nobody knows it', {}, { kind: 'none', unasked: [] }],
  ['nobody answers', Object.fromEntries(HOSTED_REGION_IDS.map((id) => [id, 'unreachable'])), { kind: 'nobody' }],
  ['some do not answer', { us: 'unreachable', ca: 'unclear' }, { kind: 'none', unasked: ['us', 'ca'] }],
  ['several know the number', { us: 'known', eu: 'blocked' }, { kind: 'several', regions: ['us', 'eu'], unasked: [] }],
] as const)('the verdict where %s', (_, special, verdict) => {
  const all: Record<string, string> = { ...NOBODY, ...special };
  const answers = HOSTED_REGION_IDS.map((region) => ({ region, outcome: all[region], failure: null }) as RegionAnswer);
  expect(regionVerdict(answers)).toEqual(verdict);
});

test('the time limit of one region is an answer of that region alone', async () => {
  const { http } = networkOf({ ap: failing('timeout', 'ETIMEDOUT'), us: serverOf(recorded()), eu: emptyServer() });
  const answers = await findRegions(102, { http });
  const ap = answers.find(({ region }) => region === 'ap');
  expect(ap?.failure).toBeInstanceOf(ConnectionError);
  expect(regionVerdict(answers)).toEqual({ kind: 'one', region: 'us', isBlocked: false, unasked: ['ap'] });
});
