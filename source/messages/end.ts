import type { ApiError } from '../kaltura/api/errors.js';
import { diagnoseUse, type UseContext } from '../kaltura/diagnosis/diagnose.js';
import { sanitizeText } from '../kaltura/redact.js';
import {
  type AlsoRevoked,
  isEndUncertain,
  type RevokeDoubt,
  type RevokeObstacle,
  type RevokePlan,
  type RevokeReport,
} from '../kaltura/sessions/end.js';
import { explain } from './diagnosis/diagnosis.js';
import {
  causeParagraphs,
  caution,
  danger,
  good,
  lowerFirst,
  type Message,
  type Paragraph,
  plain,
  withoutSymbols,
} from './paragraph.js';

/** Shortens and sanitizes a text from the key, which can contain anything. */
const shown = (text: string): string => sanitizeText(text, [], 120);

/** Describes what revoking a key will do. */
export function endPlanParagraphs({ endsWith, obstacle, doubts }: RevokePlan): readonly Paragraph[] {
  if (obstacle !== null) return obstacleParagraphs(obstacle, endsWith);
  return [
    endsWithParagraph(endsWith),
    ...(endsWith.kind === 'token' ? [LET_EXPIRE] : []),
    ...doubts.map(doubtParagraph),
  ];
}

const LET_EXPIRE = plain('To keep the app token, let this key expire instead.');

/** The question before a key is revoked. */
export const endQuestion = ({ endsWith }: RevokePlan): string =>
  endsWith.kind === 'token' ? `Revoke the key and the app token ${shown(endsWith.tokenId)}?` : 'Revoke the key?';

/** The hint of the menu option that revokes the key. */
export const endsWithHint = ({ endsWith }: RevokePlan): string => HINTS[endsWith.kind];

const HINTS: Readonly<Record<AlsoRevoked['kind'], string>> = {
  alone: 'only this key',
  group: 'this key and its whole session group',
  token: 'this key and its whole app token',
  unknown: 'this key and perhaps others',
};

function endsWithParagraph(endsWith: AlsoRevoked): Paragraph {
  switch (endsWith.kind) {
    case 'alone':
      return plain('This revokes only this key. The other keys of the account keep working.');
    case 'group':
      return caution(
        `This key belongs to a session group. Every key of the account with sessionid:${shown(endsWith.sessionId)} stops working too, for 24 hours. That includes keys that are created in that time.`,
      );
    case 'token':
      return danger(
        `This key was created from the app token ${shown(endsWith.tokenId)}. Revoking the key disables the whole app token: all its keys stop working, and keys that are created from it later don’t work either. This lasts at least 24 hours, and can be permanent. Then you need a new app token.`,
      );
    case 'unknown':
      return caution(
        'This key can’t be read without the Administrator Secret. If the key was created from an app token, revoking it disables the whole app token, including keys that are created later. If the key belongs to a session group (sessionid), all keys of the group stop working for 24 hours.',
      );
  }
}

function obstacleParagraphs(obstacle: RevokeObstacle, endsWith: AlsoRevoked): readonly Paragraph[] {
  switch (obstacle.kind) {
    case 'over':
      return [plain('The key has expired: there is nothing to revoke.')];
    case 'widget':
      return [
        caution(
          'This is a public session (widget session), which can’t be revoked. Anyone can create one, so the server never checks whether it was revoked. It works until it expires.',
        ),
      ];
    case 'paths':
      return [
        caution(
          `The key works only on these paths of the API (urirestrict): ${obstacle.paths.map(shown).join(', ')}. The path of session.end is not among them, so the server refuses to revoke the key.`,
        ),
        plain(otherWay(endsWith)),
      ];
    case 'limit':
      return [
        caution(
          `The key’s actionslimit is ${obstacle.limit === '' ? 'empty' : shown(obstacle.limit)}, so the server refuses every call with it, session.end too.`,
        ),
        plain(`${obstacle.limit === '-1' ? 'Only KAF modules accept it. ' : ''}Let the key expire.`),
      ];
  }
}

function otherWay(endsWith: AlsoRevoked): string {
  switch (endsWith.kind) {
    case 'group':
      return `It works until it expires, or until you revoke another key with sessionid:${shown(endsWith.sessionId)}.`;
    case 'token':
      return `It works until it expires, or until the app token ${shown(endsWith.tokenId)} is deleted.`;
    default:
      return 'It works until it expires.';
  }
}

function doubtParagraph(doubt: RevokeDoubt): Paragraph {
  switch (doubt.kind) {
    case 'addresses':
      return plain(
        `The key works only from ${doubt.addresses.map(shown).join(', ')} (iprestrict), so it can be revoked only from there.`,
      );
    case 'uses':
      return plain(
        `Revoking the key is one of its ${shown(doubt.limit)} calls (actionslimit). A key with no calls left can’t be revoked, and no longer works.`,
      );
  }
}

/** Describes the result of revoking a key. */
export function endParagraphs(report: RevokeReport, context: UseContext): readonly Paragraph[] {
  switch (report.outcome) {
    case 'ended':
      return [good('✔ The key is revoked: the server refused it in a test request.')];
    case 'already-ended':
      return [
        good(
          report.reason === 'EXPIRED'
            ? '✔ The key had already expired: there was nothing to revoke.'
            : '✔ The key was already revoked, directly or together with its session group or app token.',
        ),
      ];
    case 'still-works':
      return [
        danger('The server accepted the request to revoke the key, but the key still works.'),
        plain(
          'The change may need a moment to reach all servers: revoke the key again in a minute. If it is a public session (widget session), it can’t be revoked.',
        ),
      ];
    case 'ended-unproved':
      return [
        caution(
          `The server accepted the request to revoke the key, but the test request failed: ${lowerFirst(explain(diagnoseUse(report.why, context)).headline)}.`,
        ),
        plain('Check the key in a minute: the server should refuse it as revoked.'),
      ];
    case 'refused':
      return refusedParagraphs(report.error, context);
  }
}

const REFUSED_IN_TEST = good('✔ The server refused it in a test request.');

/** The same for a screen: what happened and the next step, then the likely causes. */
export function endMessage(report: RevokeReport, context: UseContext): Message {
  // The title says whether it is revoked.
  if (report.outcome === 'ended') return { warnings: [REFUSED_IN_TEST], advice: [] };
  const said = withoutSymbols(endParagraphs(report, context)).map(({ tone, text }) => ({
    tone,
    text: text.replace(NOT_REVOKED, ''),
  }));
  return { warnings: said.slice(0, 2), advice: said.slice(2) };
}

/** The title of the screen before a key is revoked: a question, or why it can't be revoked. */
export const endPlanTitle = ({ obstacle }: RevokePlan): string => {
  if (obstacle === null) return 'Revoke this key before it expires?';
  return obstacle.kind === 'over' ? 'The key has expired' : 'This key can’t be revoked';
};

/** The title of the result. */
export function endTitle(report: RevokeReport): string {
  switch (report.outcome) {
    case 'ended':
      return 'The key is revoked';
    case 'already-ended':
      return report.reason === 'EXPIRED' ? 'The key has expired' : 'The key was already revoked';
    case 'still-works':
      return 'The key still works';
    case 'ended-unproved':
      return 'The key is probably revoked';
    case 'refused':
      return isEndUncertain(report.error) ? 'Is the key revoked?' : 'The key was not revoked';
  }
}

const NOT_REVOKED = ' The key was not revoked.';

function refusedParagraphs(error: ApiError, context: UseContext): readonly Paragraph[] {
  const { headline, explanation, causes } = explain(diagnoseUse(error, context));
  return [
    caution(`✖ ${headline}.${isEndUncertain(error) ? '' : NOT_REVOKED}`),
    plain(explanation),
    ...causeParagraphs(causes, explanation),
  ];
}

/** Describes what revoking a session group will do (docs/kaltura-facts.md 5.5). */
export const groupPlanTexts = (id: string, partnerId: number | null, regionLabel: string): readonly string[] => [
  `A session group is all keys of an account with the same privilege sessionid. This revokes every key with sessionid:${id} of partner ${partnerId ?? 'unknown'} (${regionLabel}), including keys that you don’t have.`,
  'For 24 hours, new keys with this sessionid don’t work either. An application that uses the group gets no working key in that time, unless you give it another group ID.',
  'A key that is valid for longer can work again after that. Keys without this sessionid keep working.',
];

/** Describes the result of revoking a session group. */
export const groupOutcomeText = (id: string, isVerified: boolean): string =>
  isVerified
    ? `For 24 hours, the server refuses every key with sessionid:${id}. In a test, it refused a new key of the group.
It doesn’t tell whether any other key had this ID, so a mistyped ID gives the same answer. Compare the ID with “Session group” in kaltura-ks inspect.
New keys need another group ID in that time.`
    : `✖ It is not certain that the group ${id} is revoked: the server still accepted a key of the group, or the check failed. Try again in a minute.`;
