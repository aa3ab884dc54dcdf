import { formatTimeDifference } from '../../kaltura/lifetime.js';
import type { KeyAnswer } from '../../kaltura/sessions/read-on-server.js';
import { SAME_ANSWER } from '../check.js';
import { causeParagraphs, caution, good, type Paragraph, plain } from '../paragraph.js';

type Reason = Extract<KeyAnswer, { reason: string }>['reason'];

const REASONS: Readonly<Record<Reason, readonly Paragraph[]>> = {
  EXPIRED: [
    caution('The key has expired: the server could read it, and refuses it.'),
    plain('The expiry of a key can’t be changed: create a new one.'),
  ],
  LOGOUT: [
    caution('The server says that the key was revoked, directly or together with its session group or app token.'),
    plain(
      'A revoked key can’t be made valid again. Create a new one. If it has a session group (sessionid), use another group: the old one can stay blocked for 24 hours, even for new keys.',
    ),
  ],
  EXCEEDED_ACTIONS_LIMIT: [
    caution('The server says that the key is used up: it has made all the requests that its actionslimit allows.'),
    plain('Create a new one, with a higher limit if necessary.'),
  ],
  EXCEEDED_RESTRICTED_IP: [
    caution('The signature is valid, but the key doesn’t work from here: iprestrict allows only other IP addresses.'),
    plain(
      'The server gives this computer no details about the key. Check it from an IP address that iprestrict allows.',
    ),
  ],
  EXCEEDED_RESTRICTED_URI: [
    caution('The signature is valid, but the key can’t read its own details: urirestrict allows only other calls.'),
    plain('The key may still work for those calls.'),
  ],
};

/**
 * Explains the server's answer about a key, and what to do.
 *
 * @param now epoch seconds
 */
export function serverParagraphs(said: KeyAnswer, now: number): Paragraph[] {
  switch (said.answer) {
    case 'facts': {
      const end = said.facts.expiresAt;
      const works = good('The key works: the server returned its details.');
      if (end === null || end > now) return [works];
      const expired = `By this computer’s clock, the key expired ${formatTimeDifference(end, now)}.`;
      return [works, caution(`${expired} The clock of this computer or of the server is wrong.`)];
    }
    case 'forbidden':
      return [
        caution('The server refused to read the key (SERVICE_FORBIDDEN), so it is unknown whether the key works.'),
        plain(`Usually the key is valid, and is a USER key or has a role that doesn’t allow this call. ${SAME_ANSWER}`),
        plain('To find out, check the key.'),
      ];
    case 'refused':
      return [
        caution('The server can’t read the key (INVALID_KS).'),
        plain('Check the region. Then copy the key again from where it was created, or create a new one.'),
        ...causeParagraphs([
          'the account is in another region',
          'the key was not signed with the Administrator Secret (every key needs it)',
          'the key was changed or cut off',
        ]),
      ];
    case 'ended':
    case 'held-back':
      return [...REASONS[said.reason]];
  }
}
