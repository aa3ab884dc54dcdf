import type { NewAppToken } from '../../kaltura/app-tokens/manage.js';
import {
  readNewAppToken,
  TOKEN_RISK_IDS,
  type TokenField,
  type TypedAppToken,
  tokenRisks,
} from '../../kaltura/app-tokens/new-token.js';
import { RISK_RULES } from '../../kaltura/risks/risks.js';
import { riskNotAccepted } from '../shared/check-draft.js';
import type { Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';
import { withoutEcho } from '../shared/sourced-draft.js';

const FLAG_OF: Readonly<Record<TokenField, string>> = {
  description: '--description',
  userId: '--user',
  privileges: '--privilege',
  sessionLength: '--session-length',
  expires: '--expires',
};

const textOf = (value: unknown, usual: string): string => (typeof value === 'string' ? value : usual);

function typedIn(flags: Flags): TypedAppToken {
  const type = textOf(flags['type'], 'user').trim().toLowerCase();
  if (type !== 'user' && type !== 'admin') throw new UsageError('--type takes one of user, admin.');
  const privileges = flags['privilege'];
  return {
    description: textOf(flags['description'], ''),
    userId: textOf(flags['user'], ''),
    type: type === 'admin' ? 'ADMIN' : 'USER',
    privileges: Array.isArray(privileges) ? privileges.join(',') : '',
    sessionLength: textOf(flags['session-length'], '1h'),
    expires: textOf(flags['expires'], '90d'),
  };
}

/**
 * What a new app token is to be, from flags. What is odd about it is said.
 *
 * @param now epoch seconds
 * @throws {UsageError} which names every flag that cannot be used
 */
export function newTokenFrom(flags: Flags, now: number, report: Report): NewAppToken {
  const typed = typedIn(flags);
  const { newToken: wish, problems, warnings } = readNewAppToken(typed, now);
  const lines = (said: Partial<Record<TokenField, string>>): string[] =>
    (Object.entries(said) as [TokenField, string][]).map(
      ([field, sentence]) => `${FLAG_OF[field]}: ${withoutEcho(sentence, typed[field])}`,
    );
  if (wish === null) throw new UsageError(lines(problems).join('\n'));
  for (const line of lines(warnings)) report.say(`caution: ${line}`);
  return wish;
}

const KNOWN_IDS = [...TOKEN_RISK_IDS, ...RISK_RULES.filter(({ acknowledge }) => acknowledge).map(({ id }) => id)];

/**
 * What the typed word is in the wizard.
 *
 * @throws {UsageError} which names the dangers that nobody has accepted
 */
export function assertTokenAccepted(wish: NewAppToken, accepted: readonly string[], report: Report): void {
  if (accepted.some((id) => id !== 'all' && !KNOWN_IDS.includes(id))) {
    throw new UsageError('--accept-risk takes the id of a danger, as the refusal names it, or all.');
  }
  const risks = tokenRisks(wish, null);
  const isAccepted = (id: string): boolean => accepted.includes('all') || accepted.includes(id);
  const open = risks.filter(({ id, acknowledge }) => acknowledge && !isAccepted(id));
  if (open.length > 0) {
    throw riskNotAccepted(
      'this app token',
      open.map(({ id, message }) => ({ id, message: withoutEcho(message, wish.privileges) })),
    );
  }
  for (const { weight, acknowledge, message } of risks) {
    report.detail(`${weight === 'note' ? '' : `${weight}: `}${message}${acknowledge ? ' (accepted)' : ''}`);
  }
}
