import { expect, test } from 'vitest';
import { failureOf } from '../../source/cli/failure.js';
import { DiagnosedMakeKeyError } from '../../source/commands/keys/make-from-spec.js';
import { ApiError } from '../../source/kaltura/api/client.js';
import { entry, type MakingContext } from '../../source/kaltura/diagnosis/diagnosis.js';
import { type Finding, finding } from '../../source/kaltura/diagnosis/probe.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { KeyRequest } from '../../source/kaltura/sign-in/key-request.js';
import { MakeKeyError } from '../../source/operations/make-key.js';

const request: KeyRequest = {
  serviceUrl: 'https://api.eu.kaltura.com',
  type: 'USER',
  userId: 'jo',
  lifetime: 3600,
  privileges: '',
  signIn: { method: 'server', partnerId: 102, secret: new Secret('0'.repeat(32)) },
};
const context: MakingContext = { request, regionLabel: 'EU' };
const blocked = new ApiError({ code: 'SERVICE_FORBIDDEN_CONTENT_BLOCKED', answer: '', action: 'session.start' });
const UNSURE = { isSure: false, settles: false };

const linesAfter = (findings: readonly Finding[]): string =>
  failureOf(new DiagnosedMakeKeyError(new MakeKeyError(blocked, request), 'EU', { findings, offers: [] })).lines.join(
    '\n',
  );

test('a finding with causes replaces the likely causes, even if it is not certain', () => {
  const what = entry('account-perhaps-blocked', ['account-closed-ask'], ['retry'], { server: 'EU' });
  const text = linesAfter([finding(what, context, UNSURE)]);
  expect(text).toContain('EU has partner 102, but it could not be checked whether it is blocked.');
  expect(text).toContain('To fix it: try again.');
  expect(text).not.toContain('so the secret does not match it');
  expect(text).not.toContain('Choose another region');
});

test('the likely causes stay if the diagnosis failed', () => {
  expect(linesAfter([finding(entry('inconclusive', [], ['retry']), context, UNSURE)])).toContain(
    'Choose another region',
  );
});
