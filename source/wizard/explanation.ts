import type { KsExplanation } from '../kaltura/explain-ks.js';
import type { KeyFacts } from '../kaltura/key-request.js';
import { sayDistance, sayMoment } from '../kaltura/lifetime.js';
import { asShown } from '../kaltura/redact.js';
import type { Fact } from './paragraph.js';
import { signingSecretText } from './signing-secret-text.js';

export { serverParagraphs } from './explanation-answers.js';
export { faultParagraphs } from './explanation-faults.js';
export { foundTexts, notFoundText, wrappingText } from './explanation-finding.js';
export { privilegeParagraphs } from './explanation-privileges.js';
export { explanationWarnings } from './explanation-warnings.js';

/** In characters. */
const LONGEST = 200;

const VERSIONS = {
  1: '1 (anyone can read it)',
  2: '2 (encrypted)',
} as const;

function typeText({ facts, typeNumber, isWidget }: KsExplanation): string {
  const type = facts?.type ?? null;
  if (type === null) return 'not known';
  if (isWidget) return `${type} (a widget session: public, anyone may open one)`;
  if (typeNumber === null || typeNumber === 0 || typeNumber === 2) return type;
  return `${type} (it says ${typeNumber}; the server takes 1 and more for ADMIN)`;
}

/** '' and '0' both mean nobody (facts 5.4). */
function userText({ userId }: KeyFacts): string {
  if (userId === null) return 'not known';
  if (userId === '' || userId === '0') return 'no user in particular';
  if (userId === '*') return '* (any user)';
  const shown = asShown(userId, [], LONGEST);
  return shown === '' ? 'a name without any character that can be seen' : shown;
}

function endText({ expiresAt }: KeyFacts, now: number): string {
  if (expiresAt === null) return 'not known';
  const distance = sayDistance(expiresAt, now);
  return `${sayMoment(expiresAt, now)} (${expiresAt > now ? distance : `expired ${distance}`})`;
}

function signatureText({ signature, checkedWith }: KsExplanation): string {
  switch (signature) {
    case 'valid':
      return checkedWith === null
        ? 'valid: the server accepts the key'
        : `valid: signed with ${signingSecretText(checkedWith)}`;
    case 'invalid':
      if (checkedWith === null) return 'INVALID';
      return checkedWith.from === 'practice'
        ? 'INVALID: the practice secret is accepted for practice accounts only'
        : `INVALID: not signed with ${signingSecretText(checkedWith)}`;
    case 'unchecked':
      return 'not checked';
  }
}

const row = (label: string, value: string | null): Fact[] =>
  value === null ? [] : [{ label, value: asShown(value, [], LONGEST) }];

/**
 * What a key is, a line each; what it does not tell is left out.
 *
 * @param now epoch seconds
 */
export function explanationFacts(explanation: KsExplanation, now: number): Fact[] {
  const { version, partnerId, facts, says, madeAt, sessionGroup, appTokenId, masterPartnerId } = explanation;
  const known =
    facts === null
      ? []
      : [
          ...row('Type', typeText(explanation)),
          ...row('User', userText(facts)),
          ...row('Made', madeAt === null ? null : `${sayMoment(madeAt, now)} (${sayDistance(madeAt, now)})`),
          ...row('Ends', endText(facts, now)),
        ];
  return [
    ...row('Version', VERSIONS[version]),
    ...row('Partner', String(partnerId)),
    ...known,
    ...row('Signature', signatureText(explanation)),
    ...row('Told by', facts !== null && says !== 'key' ? TELLERS[says ?? 'nobody'] : null),
    ...row('Session group', sessionGroup),
    ...row('App token', appTokenId),
    ...row('Made by', masterPartnerId === null ? null : `partner ${masterPartnerId}, for this account`),
    ...row('Added data', explanation.additionalData),
  ];
}

const TELLERS = { server: 'its server', nobody: 'nobody: it is as was asked for, not confirmed' } as const;
