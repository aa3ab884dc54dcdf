import { describe, expect, test } from 'vitest';
import { ApiError } from '../../source/kaltura/api/client.js';
import { ConnectionError } from '../../source/kaltura/api/http.js';
import type { UseContext } from '../../source/kaltura/diagnosis/diagnose.js';
import { Secret } from '../../source/kaltura/secret.js';
import { planRevoke, type RevokePlan, type RevokeReport } from '../../source/kaltura/sessions/end.js';
import { endParagraphs, endPlanParagraphs, endQuestion } from '../../source/messages/end.js';

const context: UseContext = {
  action: 'session.end',
  serviceUrl: 'https://api.eu.kaltura.com',
  regionLabel: 'EU',
  secrets: [new Secret('djJ8MTAyfPLANTED')],
};

const planText = (privileges: string | null): string => {
  const plan: RevokePlan = planRevoke({ partnerId: 102, userId: 'jo', type: 'USER', privileges, expiresAt: null }, 0);
  return endPlanParagraphs(plan)
    .map(({ tone, text }) => `${tone}: ${text}`)
    .join('\n');
};

describe('before a key is revoked', () => {
  test.each<[string | null, readonly RegExp[]]>([
    ['list:*', [/^plain: This revokes only this key/]],
    ['sessionid:visit-42', [/^caution: .*sessionid:visit-42 .*24 hours.*keys that are created in that time/]],
    [
      'sessionid:0_t,apptoken:0_t',
      [
        /^danger: .*app token 0_t\. Revoking the key disables the whole app token.*created from it later/,
        /\nplain: .*let this key expire instead/,
      ],
    ],
    [null, [/^caution: This key can’t be read without the Administrator Secret.*whole app token/]],
    ['iprestrict:10.0.0.7', [/^plain: This revokes only this key/, /only from 10\.0\.0\.7 \(iprestrict\)/]],
    ['actionslimit:2', [/one of its 2 calls/]],
    [
      'actionslimit:0',
      [/^caution: .*actionslimit is 0, so the server refuses every call.*\nplain: Let the key expire\.$/],
    ],
    ['actionslimit:-1', [/\nplain: Only KAF modules accept it\. Let the key expire\.$/]],
    [
      'urirestrict:/a',
      [/^caution: .*\/a\. The path of session\.end is not among them/, /\nplain: It works until it expires\.$/],
    ],
    [
      'urirestrict:/a,sessionid:x',
      [/\nplain: It works until it expires, or until you revoke another key with sessionid:x/],
    ],
    ['urirestrict:/a,sessionid:0_t,apptoken:0_t', [/\nplain: .*until the app token 0_t is deleted/]],
  ])('explains the effect for %s', (privileges, patterns) => {
    for (const pattern of patterns) expect(planText(privileges)).toMatch(pattern);
  });

  test('does not mention other keys if the key can’t be revoked', () => {
    expect(planText('urirestrict:/a')).not.toContain('keep working');
  });

  test('asks about the app token too if it is disabled with the key', () => {
    const facts = { partnerId: 102, userId: 'jo', type: 'USER', expiresAt: null } as const;
    const questionOf = (privileges: string) => endQuestion(planRevoke({ ...facts, privileges }, 0));
    expect(questionOf('sessionid:0_t,apptoken:0_t')).toBe('Revoke the key and the app token 0_t?');
    expect(questionOf('list:*')).toBe('Revoke the key?');
  });

  test('removes escape codes from the contents of a key', () => {
    expect(planText('sessionid:a\u001b[2Jb')).toContain('sessionid:a[2Jb');
  });
});

describe('after a key was revoked', () => {
  const invalid = (reason: string) =>
    new ApiError({
      code: 'INVALID_KS',
      answer: `Invalid KS "${reason}"`,
      args: { KSID: reason },
      action: 'session.end',
    });
  const broken = new ConnectionError('reset', 'api.eu.kaltura.com', 'ECONNRESET');

  test.each<[RevokeReport, string, readonly RegExp[]]>([
    [{ outcome: 'ended' }, 'good', [/the server refused it in a test request/]],
    [{ outcome: 'already-ended', reason: 'EXPIRED' }, 'good', [/had already expired/]],
    [{ outcome: 'already-ended', reason: 'LOGOUT' }, 'good', [/was already revoked/]],
    [{ outcome: 'still-works' }, 'danger', [/the key still works/, /again in a minute/, /widget/]],
    [
      { outcome: 'ended-unproved', why: broken },
      'caution',
      [/was interrupted \(ECONNRESET\)/, /Check the key in a minute/],
    ],
    [
      { outcome: 'refused', error: invalid('EXCEEDED_RESTRICTED_URI') },
      'caution',
      [/^✖ .*\(INVALID_KS\)\. The key was not revoked\./, /urirestrict/],
    ],
    [{ outcome: 'refused', error: invalid('EXCEEDED_RESTRICTED_IP') }, 'caution', [/iprestrict/]],
    [{ outcome: 'refused', error: invalid('EXCEEDED_ACTIONS_LIMIT') }, 'caution', [/actionslimit/]],
    [
      { outcome: 'refused', error: invalid('djJ8') },
      'caution',
      [/can’t read the key .*was not revoked/, /in another region \(this is EU\)/],
    ],
  ])('explains %o', (report, tone, patterns) => {
    const paragraphs = endParagraphs(report, context);
    expect(paragraphs[0]?.tone).toBe(tone);
    const text = paragraphs.map((paragraph) => paragraph.text).join('\n');
    for (const pattern of patterns) expect(text).toMatch(pattern);
    expect(text).not.toMatch(/\.\.|undefined/);
  });
});
