import type { ApiError } from '../kaltura/api/errors.js';
import { diagnoseUse, type UseContext } from '../kaltura/diagnosis/diagnose.js';
import { sanitizeText } from '../kaltura/redact.js';
import {
  type AlsoRevoked,
  invalidKeyReason,
  type RevokeDoubt,
  type RevokeObstacle,
  type RevokePlan,
  type RevokeReport,
} from '../kaltura/sessions/end.js';
import { explain } from './diagnosis.js';
import type { Paragraph } from './paragraph.js';
import { asPossibleCauses, lowerFirst, type Message, withoutSymbols } from './paragraph.js';

/** The text in a key was written by the program that made it, so it is shortened and cleaned. */
const shown = (text: string): string => sanitizeText(text, [], 120);

/** What ending a key will do, before it is done. */
export function endPlanParagraphs({ endsWith, obstacle, doubts }: RevokePlan): readonly Paragraph[] {
  if (obstacle !== null) return obstacleParagraphs(obstacle, endsWith);
  return [
    endsWithParagraph(endsWith),
    ...(endsWith.kind === 'token' ? [LET_EXPIRE] : []),
    ...doubts.map(doubtParagraph),
  ];
}

const LET_EXPIRE: Paragraph = { tone: 'plain', text: 'To keep the app token, let this key expire instead.' };

/** The question before a key is ended. */
export const endQuestion = ({ endsWith }: RevokePlan): string =>
  endsWith.kind === 'token' ? `End the key and the app token ${shown(endsWith.tokenId)}?` : 'End the key?';

/** The same beside the choice. */
export const endsWithHint = ({ endsWith }: RevokePlan): string => HINTS[endsWith.kind];

const HINTS: Readonly<Record<AlsoRevoked['kind'], string>> = {
  alone: 'this key alone',
  group: 'and its whole group',
  token: 'and its whole app token',
  unknown: 'and perhaps others',
};

function endsWithParagraph(endsWith: AlsoRevoked): Paragraph {
  switch (endsWith.kind) {
    case 'alone':
      return { tone: 'plain', text: 'Only this key ends. The other keys of the account go on working.' };
    case 'group':
      return {
        tone: 'caution',
        text: `It is one of a group: every key of the account with sessionid:${shown(endsWith.sessionId)} stops working too, for 24 hours, also those that are made in that time.`,
      };
    case 'token':
      return {
        tone: 'danger',
        text: `This key was made from the app token ${shown(endsWith.tokenId)}. Ending it puts the whole app token out of action: all its keys stop working, and keys that are made from it later don’t work either. That lasts at least 24 hours, perhaps forever: then only a new app token helps.`,
      };
    case 'unknown':
      return {
        tone: 'caution',
        text: 'The key cannot be read here. If it was made from an app token, ending it puts the whole app token out of action, including keys that are made later. If it has a sessionid, all keys with the same one stop working for 24 hours.',
      };
  }
}

function obstacleParagraphs(obstacle: RevokeObstacle, endsWith: AlsoRevoked): readonly Paragraph[] {
  switch (obstacle.kind) {
    case 'over':
      return [{ tone: 'plain', text: 'It has ended by itself: there is nothing left to end.' }];
    case 'widget':
      return [
        {
          tone: 'caution',
          text: 'This is a public (widget) session. Anyone can make one, so the server never looks up whether it was ended: it cannot be ended, and works until it ends by itself.',
        },
      ];
    case 'paths':
      return [
        {
          tone: 'caution',
          text: `It works on these paths of the API alone (urirestrict): ${obstacle.paths.map(shown).join(', ')}. That of session.end is not among them, so the server refuses to end it.`,
        },
        { tone: 'plain', text: otherWay(endsWith) },
      ];
  }
}

function otherWay(endsWith: AlsoRevoked): string {
  switch (endsWith.kind) {
    case 'group':
      return `It ends by itself, or with another key that has sessionid:${shown(endsWith.sessionId)}.`;
    case 'token':
      return `It ends by itself, or when the app token ${shown(endsWith.tokenId)} is deleted.`;
    default:
      return 'It ends by itself.';
  }
}

function doubtParagraph(doubt: RevokeDoubt): Paragraph {
  switch (doubt.kind) {
    case 'addresses':
      return {
        tone: 'plain',
        text: `It works from ${doubt.addresses.map(shown).join(', ')} alone (iprestrict), and can be ended from there alone.`,
      };
    case 'uses':
      return {
        tone: 'plain',
        text: `Ending it is one of its ${shown(doubt.limit)} uses (actionslimit). A key that is used up cannot be ended, and opens nothing either.`,
      };
  }
}

/** What became of a key that was to be ended. */
export function endParagraphs(report: RevokeReport, context: UseContext): readonly Paragraph[] {
  switch (report.outcome) {
    case 'ended':
      return [{ tone: 'good', text: '✔ The key has ended: asked once more, the server refused it.' }];
    case 'already-ended':
      return [
        {
          tone: 'good',
          text:
            report.reason === 'EXPIRED'
              ? '✔ The key had ended by itself before: there was nothing left to end.'
              : '✔ The key had been ended before, alone or with others of its sessionid or app token.',
        },
      ];
    case 'still-works':
      return [
        { tone: 'danger', text: 'The server took the order to end the key, and takes the key all the same.' },
        {
          tone: 'plain',
          text: 'Either the word needs a moment to reach all of its machines: end it again in a minute, and it should have ended already. Or it is a public (widget) session, which cannot be ended.',
        },
      ];
    case 'ended-unproved':
      return [
        {
          tone: 'caution',
          text: `The server took the order to end the key, but could not be asked for proof: ${lowerFirst(explain(diagnoseUse(report.why, context)).headline)}.`,
        },
        { tone: 'plain', text: 'End it again in a minute: it should have ended already.' },
      ];
    case 'refused':
      return refusedParagraphs(report.error, context);
  }
}

/** The same for a screen: what happened and the next step, then the likely causes. */
export function endMessage(report: RevokeReport, context: UseContext): Message {
  const said = withoutSymbols(endParagraphs(report, context));
  return { warnings: said.slice(0, 2), advice: asPossibleCauses(said.slice(2)) };
}

function refusedParagraphs(error: ApiError, context: UseContext): readonly Paragraph[] {
  const { headline, explanation, causes } = explain(diagnoseUse(error, context));
  // Of what it cannot read, the server says nothing else.
  const isRead = error.code !== 'INVALID_KS' || invalidKeyReason(error) !== null;
  return [
    { tone: 'caution', text: `✖ ${headline}.${isRead ? ' It was not ended.' : ''}` },
    { tone: 'plain', text: explanation },
    ...causes.map((cause): Paragraph => ({ tone: 'plain', text: `· ${cause}` })),
  ];
}

/** What ending a session group does, before it is done (docs/kaltura-facts.md 5.5). */
export const groupPlanTexts = (id: string, partnerId: number | null, regionLabel: string): readonly string[] => [
  `A session group is all keys of an account that have the same sessionid privilege. This revokes every key with sessionid:${id} of partner ${partnerId ?? 'unknown'} (${regionLabel}), including keys that were lost.`,
  'The revocation lasts 24 hours, also for keys that are created in that time. A key that is valid for longer can work again after that. Keys without this sessionid keep working.',
];

/** The result of ending a session group. */
export const groupOutcomeText = (id: string, isProved: boolean): string =>
  isProved
    ? `✔ The group ${id} has ended: the server refused another key of it.`
    : `✖ It is not certain that the group ${id} has ended: the server still accepted a key of it, or could not be asked. Try again in a minute.`;
