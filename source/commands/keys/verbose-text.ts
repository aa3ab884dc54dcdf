import { formatLifetime } from '../../kaltura/lifetime.js';
import { sanitizeText } from '../../kaltura/redact.js';
import type { FormState } from '../../wizard/form/form.js';
import { lifetimeInSeconds, serviceUrlOf } from '../../wizard/form/reading.js';
import { ANSWER_FLAGS, type AnswerName } from '../shared/answer-flags.js';
import type { SourcedForm } from '../shared/sourced-draft.js';

const none = (text: string): string => (text.trim() === '' ? 'none' : text.trim());

/** What each answer is; null for those that this way to sign in does not take. */
const VALUES: Readonly<Record<AnswerName, (draft: FormState) => string | null>> = {
  region: (draft) => (draft.region === 'own' ? null : draft.region),
  url: (draft) => (draft.region === 'own' ? serviceUrlOf(draft, null) : null),
  method: (draft) => draft.method,
  partner: (draft) => none(draft.partnerId),
  'login-id': (draft) => (draft.method === 'login' ? draft.loginId.trim() : null),
  'app-token-id': (draft) => (draft.method === 'app-token' ? draft.tokenId.trim() : null),
  'ks-version': (draft) => (draft.method === 'local' ? draft.ksVersion : null),
  holder: (draft) => draft.holder,
  type: (draft) => (draft.method === 'login' ? null : draft.type),
  user: (draft) => (draft.method === 'login' ? null : none(draft.userId)),
  expiry: (draft) => formatLifetime(lifetimeInSeconds(draft)),
  privilege: (draft) => none(draft.privileges),
};

/** Which source won for each answer, a line each: `region eu (--region)`. */
export const sourceTexts = ({ draft, sources }: SourcedForm): string[] =>
  ANSWER_FLAGS.flatMap(({ name }) => {
    const value = VALUES[name](draft);
    return value === null ? [] : [`${name} ${sanitizeText(value, [], 200)} (${sources[name]})`];
  });
