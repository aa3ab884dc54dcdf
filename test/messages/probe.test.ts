import { expect, test } from 'vitest';
import { HOSTED_REGIONS } from '../../source/kaltura/accounts/regions.js';
import { ApiError } from '../../source/kaltura/api/client.js';
import { ConnectionError } from '../../source/kaltura/api/http.js';
import { entry, type MakingContext } from '../../source/kaltura/diagnosis/diagnosis.js';
import { finding } from '../../source/kaltura/diagnosis/probe.js';
import { probesFor } from '../../source/kaltura/diagnosis/probes.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { KeyRequest, SignIn } from '../../source/kaltura/sign-in/key-request.js';
import { findingParagraphs, probeParagraphs, probeQuestion } from '../../source/messages/probe.js';

const SECRET = '0123456789abcdef0123456789ab9af1';

function contextOf(signIn: SignIn): MakingContext {
  const request: KeyRequest = {
    serviceUrl: 'https://api.eu.kaltura.com',
    type: 'ADMIN',
    userId: '',
    lifetime: 3600,
    privileges: 'setrole:Nobody',
    signIn,
  };
  return { request, regionLabel: 'EU' };
}

const byName: MakingContext = contextOf({ method: 'server', partnerId: 2345678, secret: new Secret(SECRET) });

const refusal = (code: string) => new ApiError({ code, answer: '', action: 'session.start' });

/** The text before each probe after a failure. */
const textsOf = (failure: unknown, context = byName): string[] =>
  probesFor(failure, context).map((probe) =>
    probeParagraphs(probe)
      .map(({ text }) => text)
      .join('\n'),
  );

test('a probe with the secret names the only server that gets it, and shows only its last characters', () => {
  const [text = ''] = textsOf(refusal('START_SESSION_ERROR'));
  expect(text).toBe(
    'kaltura-ks asks api.eu.kaltura.com for a USER key that is valid for one second. If the server creates the key, your secret is the User Secret. The key is discarded.\n' +
      'Request to api.eu.kaltura.com: session.start with partnerId=2345678 secret=…9af1 type=0 expiry=1 nocache=1',
  );
});

test('a request to all regions names each region once, and says that no secret is sent', () => {
  const [text = ''] = textsOf(refusal('SERVICE_FORBIDDEN_CONTENT_BLOCKED'));
  for (const { host } of Object.values(HOSTED_REGIONS)) {
    expect(text.split('\n')[1]).toContain(host);
  }
  expect(text).toContain('widgetId=_2345678');
  expect(text).toContain('Nothing secret is sent');
  expect(text.split('\n')).toHaveLength(3);
});

test('a probe that creates an ADMIN key says so', () => {
  const [text = ''] = textsOf(refusal('UNKNOWN_ROLE_ID'));
  expect(text).toContain('creates an ADMIN key on api.eu.kaltura.com that is valid for one minute');
  expect(text).toContain('discarded');
  expect(text).toContain('userRole.list with ks=(that key)');
});

test('no probe shows a secret, and each has a question', () => {
  const failures = [
    refusal('START_SESSION_ERROR'),
    refusal('UNKNOWN_ROLE_ID'),
    refusal('INVALID_WIDGET_ID'),
    new ConnectionError('dns', 'api.eu.kaltura.com', 'ENOTFOUND'),
    new ConnectionError('tls', 'api.eu.kaltura.com', 'CERT_HAS_EXPIRED'),
  ];
  for (const failure of failures) {
    expect(textsOf(failure).length).toBeGreaterThan(0);
    for (const text of textsOf(failure)) expect(text).not.toMatch(/0123456789abcdef|undefined|\[object|\[secret/);
    for (const probe of probesFor(failure, byName)) expect(probeQuestion(probe)).toMatch(/^[A-Z].*\?$/);
  }
});

test('a finding shows the result, and its tone shows whether it is certain', () => {
  const result = entry('is-user-secret', [], []);
  expect(findingParagraphs(finding(result, byName))).toEqual([
    { tone: 'good', text: 'This is the User Secret of partner 2345678.' },
    {
      tone: 'plain',
      text: 'It created a USER key but no ADMIN key, and only the User Secret does that. For an ADMIN key, enter the Administrator Secret, which is next to it in KMC → Settings → Integration settings → Account info.',
    },
  ]);
  expect(findingParagraphs(finding(result, byName, { isSure: false }))[0]?.tone).toBe('caution');
});
