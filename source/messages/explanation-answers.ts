import { formatTimeDifference } from '../kaltura/lifetime.js';
import type { KeyAnswer } from '../kaltura/sessions/read-on-server.js';
import type { Paragraph } from './paragraph.js';

const plain = (text: string): Paragraph => ({ tone: 'plain', text });
const good = (text: string): Paragraph => ({ tone: 'good', text });
const caution = (text: string): Paragraph => ({ tone: 'caution', text });

type Reason = Extract<KeyAnswer, { reason: string }>['reason'];

const REASONS: Readonly<Record<Reason, readonly Paragraph[]>> = {
  EXPIRED: [
    caution('The key has ended: its server read it, and says that its time is over.'),
    plain('A key cannot be prolonged: make a new one.'),
  ],
  LOGOUT: [
    caution('The key was ended before its time, says its server.'),
    plain('By session.end, with another key of its session group, or with its app token. Make a new one.'),
  ],
  EXCEEDED_ACTIONS_LIMIT: [
    caution('The key is used up, says its server: actionslimit allowed so many requests and no more.'),
    plain('Make a new one, with a higher limit if need be.'),
  ],
  EXCEEDED_RESTRICTED_IP: [
    caution('The key is genuine, but not good from here: iprestrict ties it to other addresses.'),
    plain('Its server says no more of it to this computer. Look from where it is meant to be used.'),
  ],
  EXCEEDED_RESTRICTED_URI: [
    caution('The key is genuine, but may not ask what it is: urirestrict ties it to other calls.'),
    plain('For those it may well work.'),
  ],
};

/**
 * What the server said of the key: what it means, and what to do.
 *
 * @param now epoch seconds
 */
export function serverParagraphs(said: KeyAnswer, now: number): Paragraph[] {
  switch (said.answer) {
    case 'facts': {
      const end = said.facts.expiresAt;
      if (end === null || end > now) return [good('The key works: its server told what it is.')];
      return [
        good('The key works: its server told what it is.'),
        caution(
          `By this computer’s clock it ended ${formatTimeDifference(end, now)}: the clock is wrong, here or there.`,
        ),
      ];
    }
    case 'user-key':
      return [
        good('The key works: its server accepts it, but does not tell it what it is.'),
        plain('It is a USER key, then, or one whose role may not ask. The account’s admin secret opens it.'),
      ];
    case 'refused':
      return [
        caution('The server cannot read the key (INVALID_KS).'),
        plain(
          'Its account may live in another region; or it was not made with the Administrator Secret, which every key needs; or it was changed on its way.',
        ),
        plain('Look whether the region is right, then copy the key again where it was made, or make a new one.'),
      ];
    case 'ended':
    case 'held-back':
      return [...REASONS[said.reason]];
  }
}
