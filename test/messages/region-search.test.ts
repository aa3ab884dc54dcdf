import { expect, test } from 'vitest';
import type { RegionAnswer, RegionOutcome } from '../../source/kaltura/accounts/find-region.js';
import { HOSTED_REGION_IDS, HOSTED_REGIONS, type HostedRegionId } from '../../source/kaltura/accounts/regions.js';
import { NotKalturaError } from '../../source/kaltura/api/client.js';
import { ConnectionError, type ConnectionFault } from '../../source/kaltura/api/http.js';
import { findingPlanText, outcomeText, verdictParagraphs } from '../../source/messages/region-search.js';

const unreached = (fault: ConnectionFault = 'dns', detail = 'ENOTFOUND', circumstances = {}) =>
  new ConnectionError(fault, 'www.kaltura.com', detail, circumstances);

const answersOf = (special: Partial<Record<HostedRegionId, RegionOutcome>>, failure: unknown = unreached()) =>
  HOSTED_REGION_IDS.map((region): RegionAnswer => {
    const outcome = special[region] ?? 'unknown';
    return { region, outcome, failure: outcome === 'unreachable' || outcome === 'unclear' ? failure : null };
  });

const all = (outcome: RegionOutcome) => Object.fromEntries(HOSTED_REGION_IDS.map((id) => [id, outcome]));

const textOf = (answers: readonly RegionAnswer[]): string =>
  verdictParagraphs(answers, 2345678)
    .map(({ text }) => text)
    .join('\n');

test('says before the search what is sent to each region, and that no secret is sent', () => {
  const text = findingPlanText(2345678);
  for (const { host } of Object.values(HOSTED_REGIONS)) expect(text.split(host)).toHaveLength(2);
  expect(text).toContain('widgetId=_2345678');
  expect(text).toContain('Your secret and your keys are not sent');
});

test.each(['unknown', 'unreachable'] as const)(
  'says where the practice account is if all answers are %s',
  (outcome) => {
    const text = 'is the practice account. Its region is Practice.';
    const ofCommand = verdictParagraphs(answersOf(all(outcome)), 1234567, 'Use --region practice.');
    expect(ofCommand.map(({ text: one }) => one)).toContain('1234567 is the practice account. Use --region practice.');
    const texts = verdictParagraphs(answersOf(all(outcome)), 1234567).map(({ text }) => text);
    expect(texts).toContain(`1234567 ${text}`);
    expect(textOf(answersOf(all(outcome)))).not.toContain(text);
  },
);

test.each<[string, Partial<Record<HostedRegionId, RegionOutcome>>, RegExp[]]>([
  ['one region has the account', { de: 'known' }, [/^Partner 2345678 is in DE\.$/m]],
  ['one region has blocked the account', { eu: 'blocked' }, [/is in EU, and is blocked or closed there/, /support/]],
  [
    'it is unknown whether the account is blocked',
    { eu: 'exists' },
    [/is in EU\. Could not check whether the account is blocked there/],
  ],
  [
    'several regions have the account',
    { us: 'known', ap: 'blocked' },
    [
      /More than one region has an account with partner ID 2345678: US, AP\./,
      /different accounts/,
      /where you sign in/,
    ],
  ],
  ['no region has the account', {}, [/No region has partner 2345678/, /not the Sub Partner ID/, /self-hosted/]],
  [
    'no region that answered has the account',
    { sg: 'unreachable', ca: 'unclear' },
    [/No region that answered/, /SG and CA gave no clear answer\. They may have the account/],
  ],
  [
    'one region has the account and another gives no answer',
    { us: 'known', sg: 'unreachable' },
    [/is in US\./, /SG gave no clear answer/],
  ],
])('the verdict if %s', (_, special, patterns) => {
  const text = textOf(answersOf(special));
  for (const pattern of patterns) expect(text).toMatch(pattern);
});

const VIA_PROXY = { proxy: { host: 'proxy.example.com:3128', variable: 'HTTPS_PROXY' } };

test.each<[string, unknown, RegExp]>([
  ['no host name is found', unreached(), /set HTTPS_PROXY/],
  ['the proxy requires a password', unreached('proxy', 'HTTP 407', VIA_PROXY), /missing or wrong in HTTPS_PROXY/],
  ['a company proxy decrypts the traffic', unreached('tls', 'SELF_SIGNED_CERT_IN_CHAIN'), /NODE_EXTRA_CA_CERTS/],
  ['the certificates have expired', unreached('tls', 'CERT_HAS_EXPIRED'), /clock is wrong/],
])('names a cause in the network if no region can be reached: %s', (_, failure, cause) => {
  const text = textOf(answersOf(all('unreachable'), failure));
  expect(text).toContain('No region gave a clear answer, so kaltura-ks can’t tell which region has the account.');
  expect(text).toMatch(cause);
  expect(text).not.toMatch(/secret|\bkey\b/);
});

test('recognizes a login page that answers for all regions', () => {
  const page = new NotKalturaError({ what: 'html', status: 200 });
  expect(textOf(answersOf(all('unclear'), page))).toMatch(/· the login page of this network/);
});

test.each<[RegionOutcome, unknown, RegExp]>([
  ['known', null, /^has the account$/],
  ['exists', unreached('reset', 'ECONNRESET'), /^has the account; block status unknown$/],
  ['blocked', null, /^has the account, but blocked it$/],
  ['unknown', null, /^doesn’t have the account$/],
  ['unreachable', unreached(), /^not reached: .*not found \(ENOTFOUND\)$/],
  ['unclear', new NotKalturaError({ what: 'html', status: 200 }), /^gave an unclear answer.*a web page, HTTP 200/],
])('describes the answer of one region: %s', (outcome, failure, words) => {
  expect(outcomeText({ region: 'us', outcome, failure })).toMatch(words);
});
