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
import {
  answering,
  emptyServer,
  failing,
  networkOf,
  RECORDED_AT,
  recordedAccounts,
  serverOf,
} from '../api/many-servers.js';
import { recording } from '../api/recorded-http.js';

const outcomes = (answers: readonly RegionAnswer[]) =>
  Object.fromEntries(answers.map(({ region, outcome }) => [region, outcome]));

const NO_REGION = { us: 'unknown', eu: 'unknown', de: 'unknown', sg: 'unknown', ap: 'unknown', ca: 'unknown' };

test('finds the one region that knows the account, although other regions fail', async () => {
  const { http } = networkOf({
    de: serverOf(recordedAccounts()),
    us: failing('dns', 'ENOTFOUND'),
    sg: answering('<html>Welcome to the hotel</html>'),
    ap: answering('', 502),
  });
  const answers = await findRegions(102, { http });
  expect(outcomes(answers)).toEqual({ ...NO_REGION, de: 'known', us: 'unreachable', sg: 'unclear', ap: 'unclear' });
  expect(answers.map(({ region }) => region)).toEqual(HOSTED_REGION_IDS);
  expect(regionVerdict(answers)).toEqual({ kind: 'one', region: 'de', isBlocked: false, unclear: ['us', 'sg', 'ap'] });
});

test.each([104, 107])('tells a blocked account from an unknown one: %s', async (partnerId) => {
  const answers = await findRegions(partnerId, networkOf({ eu: serverOf(recordedAccounts()) }));
  expect(outcomes(answers)).toEqual({ ...NO_REGION, eu: 'blocked' });
  expect(regionVerdict(answers)).toMatchObject({ kind: 'one', region: 'eu', isBlocked: true });
});

test('reads recorded answers of the real server', async () => {
  const opens = recording('204').response;
  // The recording is in XML. This is the same error in JSON.
  const unknown = answering(
    '{"code":"INVALID_WIDGET_ID","message":"Unknown widget [_999999]","objectType":"KalturaAPIException","args":{"WIDGET_ID":"_999999"}}',
  );
  const isOpening = (url: string): boolean => url.endsWith('/startWidgetSession');
  const opensAndThen =
    (name: string): Http =>
    async ({ url }) =>
      isOpening(url) ? opens : recording(name).response;
  const answers = await findRegions(102, {
    http: networkOf({
      us: unknown,
      eu: opensAndThen('0688-p110-widget_session-baseEntry.count'),
      de: opensAndThen('181-get-ks-of-blocked-partner104'),
      sg: opensAndThen('213-widget-ks-session-get'),
    }).http,
  });
  expect(outcomes(answers)).toEqual({ ...NO_REGION, eu: 'known', de: 'blocked', sg: 'known' });
});

test('sends only the partner ID, and each public session only to the server that created it', async () => {
  const { http, requests } = networkOf({ eu: serverOf(recordedAccounts()) });
  await findRegions(102, { http });
  const first = requests.filter(({ url }) => url.endsWith('/service/session/action/startWidgetSession'));
  expect(first.map(({ url }) => new URL(url).host)).toEqual(Object.values(HOSTED_REGIONS).map(({ host }) => host));
  for (const { form } of first) expect(form).toEqual({ format: '1', widgetId: '_102', expiry: '60', nocache: '1' });
  const rest = requests.filter((request) => !first.includes(request));
  expect(rest.map(({ url }) => url)).toEqual(['https://api.eu.kaltura.com/api_v3/service/baseEntry/action/count']);
  expect(Object.keys(rest[0]?.form ?? {}).sort()).toEqual(['format', 'ks', 'nocache']);
});

test('plans exactly the calls that it sends', async () => {
  const { http, requests } = networkOf(
    Object.fromEntries(HOSTED_REGION_IDS.map((id) => [id, serverOf(recordedAccounts())])),
  );
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
    let time = RECORDED_AT;
    const http = caching(
      serverOf(recordedAccounts(), () => time),
      () => time,
    );
    for (const later of [0, 62_000, 599_000]) {
      time = RECORDED_AT + later;
      expect((await findAccountOnServer('https://video.example.com', partnerId, { http })).outcome).toBe(outcome);
    }
  },
);

const apiError = (code: string, args: object = {}) =>
  answering(JSON.stringify({ code, message: 'Error', objectType: 'KalturaAPIException', args }));

test.each<[string, Http, RegionOutcome]>([
  ['EXPIRED', apiError('INVALID_KS', { KSID: 'EXPIRED', ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' }), 'exists'],
  ['an unreadable key', apiError('INVALID_KS', { KSID: 'abc', ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' }), 'exists'],
  ['a rate limit', apiError('ACTION_BLOCKED'), 'exists'],
  ['a server fault', apiError('INTERNAL_SERVERL_ERROR'), 'exists'],
  ['an unknown code', apiError('SOMETHING_NEW'), 'exists'],
  ['a web page', answering('<html>Welcome to the hotel</html>'), 'exists'],
  ['a lost connection', failing('reset', 'ECONNRESET'), 'exists'],
  ['a permission', apiError('SERVICE_FORBIDDEN'), 'known'],
  ['an access rule', apiError('SERVICE_ACCESS_CONTROL_RESTRICTED'), 'known'],
  ['a block', apiError('SERVICE_FORBIDDEN_CONTENT_BLOCKED'), 'blocked'],
])('reports what a failed use of the session shows about the account: %s', async (_, use, outcome) => {
  const opening = serverOf(recordedAccounts());
  const http: Http = (request) => (request.url.includes('baseEntry') ? use(request) : opening(request));
  const answer = await findAccountOnServer('https://video.example.com', 102, { http });
  expect(answer.outcome).toBe(outcome);
  expect(answer.failure === null).toBe(outcome !== 'exists');
  const answers = HOSTED_REGION_IDS.map(
    (region): RegionAnswer => (region === 'eu' ? { region, ...answer } : { region, outcome: 'unknown', failure: null }),
  );
  const isBlocked = { known: false, blocked: true }[outcome as string] ?? null;
  expect(regionVerdict(answers)).toMatchObject({ kind: 'one', region: 'eu', isBlocked });
});

test('looks for an account on a self-hosted server', async () => {
  const { http, requests } = networkOf({ 'video.example.com': serverOf(recordedAccounts()) });
  expect(await findAccountOnServer('https://video.example.com', 102, { http })).toEqual({
    outcome: 'known',
    failure: null,
  });
  expect((await findAccountOnServer('https://video.example.com', 103_000, { http })).outcome).toBe('unknown');
  expect(new Set(requests.map(({ url }) => new URL(url).host))).toEqual(new Set(['video.example.com']));
});

test('reports an answer whose session is not a key as unclear', async () => {
  const http = answering('{"partnerId":102,"ks":"<b>hello</b>","objectType":"KalturaStartWidgetSessionResponse"}');
  expect((await findAccountOnServer('https://video.example.com', 102, { http })).outcome).toBe('unclear');
});

test('rejects when the search is canceled', async () => {
  const http = failing('aborted', 'AbortError');
  await expect(findRegions(102, { http })).rejects.toMatchObject({ fault: 'aborted' });
});

test('rethrows errors of the program', async () => {
  const http: Http = async () => {
    throw new RangeError('no');
  };
  await expect(findRegions(102, { http })).rejects.toThrow(RangeError);
});

test.each([
  ['no region knows the account', {}, { kind: 'none', unclear: [] }],
  [
    'no region answers',
    Object.fromEntries(HOSTED_REGION_IDS.map((id) => [id, 'unreachable'])),
    { kind: 'all-unclear' },
  ],
  ['some regions do not answer', { us: 'unreachable', ca: 'unclear' }, { kind: 'none', unclear: ['us', 'ca'] }],
  [
    'several regions know the partner ID',
    { us: 'known', eu: 'blocked' },
    { kind: 'several', regions: ['us', 'eu'], unclear: [] },
  ],
] as const)('the verdict if %s', (_, special, verdict) => {
  const all: Record<string, string> = { ...NO_REGION, ...special };
  const answers = HOSTED_REGION_IDS.map((region) => ({ region, outcome: all[region], failure: null }) as RegionAnswer);
  expect(regionVerdict(answers)).toEqual(verdict);
});

test('a timeout in one region does not affect the other regions', async () => {
  const { http } = networkOf({
    ap: failing('timeout', 'ETIMEDOUT'),
    us: serverOf(recordedAccounts()),
    eu: emptyServer(),
  });
  const answers = await findRegions(102, { http });
  const ap = answers.find(({ region }) => region === 'ap');
  expect(ap?.failure).toBeInstanceOf(ConnectionError);
  expect(regionVerdict(answers)).toEqual({ kind: 'one', region: 'us', isBlocked: false, unclear: ['ap'] });
});
