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

/** What is said before anything is sent, of every probe that follows a failure. */
const saidOf = (failure: unknown, context = byName): string[] =>
  probesFor(failure, context).map((probe) =>
    probeParagraphs(probe)
      .map(({ text }) => text)
      .join('\n'),
  );

test('a probe with the secret names the one server that gets it, and shows its end alone', () => {
  const [said = ''] = saidOf(refusal('START_SESSION_ERROR'));
  expect(said).toBe(
    'kaltura-ks asks api.eu.kaltura.com for a USER key that is valid for one second. If the server creates the key, your secret is the User Secret. The key is discarded.\n' +
      'Request to api.eu.kaltura.com: session.start with partnerId=2345678 secret=…9af1 type=0 expiry=1 nocache=1',
  );
});

test('a question to all regions names each of them once, and says that no secret is sent', () => {
  const [said = ''] = saidOf(refusal('SERVICE_FORBIDDEN_CONTENT_BLOCKED'));
  for (const { host } of Object.values(HOSTED_REGIONS)) {
    expect(said.split('\n')[1]).toContain(host);
  }
  expect(said).toContain('widgetId=_2345678');
  expect(said).toContain('Nothing secret is sent');
  expect(said.split('\n')).toHaveLength(3);
});

test('an ADMIN key that is made for a question is said to be one', () => {
  const [said = ''] = saidOf(refusal('UNKNOWN_ROLE_ID'));
  expect(said).toContain('creates an ADMIN key on api.eu.kaltura.com that is valid for one minute');
  expect(said).toContain('discarded');
  expect(said).toContain('userRole.list with ks=(that key)');
});

test('no probe shows a secret or asks without a question mark', () => {
  const failures = [
    refusal('START_SESSION_ERROR'),
    refusal('UNKNOWN_ROLE_ID'),
    refusal('INVALID_WIDGET_ID'),
    new ConnectionError('dns', 'api.eu.kaltura.com', 'ENOTFOUND'),
    new ConnectionError('tls', 'api.eu.kaltura.com', 'CERT_HAS_EXPIRED'),
  ];
  for (const failure of failures) {
    expect(saidOf(failure).length).toBeGreaterThan(0);
    for (const said of saidOf(failure)) expect(said).not.toMatch(/0123456789abcdef|undefined|\[object|\[secret/);
    for (const probe of probesFor(failure, byName)) expect(probeQuestion(probe)).toMatch(/^[A-Z].*\?$/);
  }
});

test('a finding: what was found, and whether it is proven', () => {
  const what = entry('is-user-secret', [], []);
  expect(findingParagraphs(finding(what, byName))).toEqual([
    { tone: 'good', text: 'This is the User Secret of partner 2345678.' },
    {
      tone: 'plain',
      text: 'It created a USER key but no ADMIN key, and only the User Secret does that. For an ADMIN key, enter the Administrator Secret, which is next to it in KMC → Settings → Integration settings → Account info.',
    },
  ]);
  expect(findingParagraphs(finding(what, byName, { isSure: false }))[0]?.tone).toBe('caution');
});
