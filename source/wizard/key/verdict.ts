import type { KsExplanation } from '../../kaltura/ks/explain.js';
import { formatTimeDifference } from '../../kaltura/lifetime.js';
import type { KeyAnswer } from '../../kaltura/sessions/read-on-server.js';
import { faultParagraphs } from '../../messages/explanation/explanation.js';
import { signingSecretText } from '../../messages/signing-secret.js';
import type { State } from '../engine/state.js';
import { isRevoked, refusedText } from './end.js';
import { readingOfSubject } from './subject.js';

type Refusal = Extract<KeyAnswer, { reason: string }>['reason'];

const REFUSALS: Readonly<Record<Refusal, string>> = {
  EXPIRED: 'The key has expired',
  LOGOUT: 'The key is revoked',
  EXCEEDED_ACTIONS_LIMIT: 'The key is used up',
  EXCEEDED_RESTRICTED_IP: 'The key works only from other IP addresses',
  EXCEEDED_RESTRICTED_URI: 'The key works only for other calls',
};

/** Returns what the server decided; null if its answer doesn't say whether the key is valid. */
function serverVerdict(said: KeyAnswer): string | null {
  switch (said.answer) {
    case 'ended':
    case 'held-back':
      return REFUSALS[said.reason];
    case 'refused':
      return 'This server can’t read the key';
    case 'forbidden':
    case 'facts':
      return null;
  }
}

/** Names the secret that doesn’t match. Without a known mistake in the key, the secret itself may be wrong: doesn't call the key invalid. */
function mismatchVerdict({ checkedWith, problems }: KsExplanation): string {
  const isSecretInDoubt = checkedWith !== null && problems.some(({ code }) => code === 'signature-invalid');
  return isSecretInDoubt
    ? `The signature does not match ${signingSecretText(checkedWith)}`
    : 'The signature is invalid: every server refuses this key';
}

/** Describes what is known from the key itself. */
function keyVerdict(explanation: KsExplanation, now: number): string {
  const { signature, facts, partnerId } = explanation;
  if (signature === 'invalid') return mismatchVerdict(explanation);
  const unverified = signature === 'valid' ? '' : ', signature not checked';
  if (facts === null) return `Encrypted key of partner ${partnerId}${unverified}`;
  const kind = facts.type === null ? 'Key' : `${facts.type} key`;
  const { expiresAt } = facts;
  if (expiresAt === null) return `${kind}, expiry unknown${unverified}`;
  return expiresAt <= now
    ? `${kind}, expired ${formatTimeDifference(expiresAt, now)}`
    : `${kind}, expires ${formatTimeDifference(expiresAt, now)}${unverified}`;
}

/** Returns the verdict about the explained key: whether it is valid, or why not, without a full stop. */
export function verdictOf(state: State): string {
  const reading = readingOfSubject(state);
  if (reading === null) return 'There is no key to explain';
  if (isRevoked(state)) return `The key ${refusedText(state)}`;
  if (!reading.readable) return faultParagraphs(reading)[0]?.text.replace(/\.$/, '') ?? 'This is not a key';
  const { serverSays } = state.inspection;
  const decided = state.subject === 'paste' && serverSays !== null ? serverVerdict(serverSays) : null;
  return decided ?? keyVerdict(reading.explanation, state.now / 1000);
}
