import type { NewAppToken } from './app-tokens.js';
import { isHeldByRole, type KeyPlan } from './key-plan.js';
import { type Risk, risksOf } from './risk-rules.js';

/** What is said of a profile’s key, and of a token’s not: the token decides all of it, and is just being made. */
const NOT_OF_TOKENS = ['token-drops-privileges', 'type-decided-elsewhere', 'server-may-shorten', 'admin'];

/** That an ADMIN token is meant has to be said. */
const ADMIN_TOKEN: Risk = {
  id: 'admin-app-token',
  weight: 'danger',
  acknowledge: true,
  message:
    'An ADMIN app token is nearly the account’s secret: whoever has it makes ADMIN keys until it is deleted, and reads the secrets themselves with one. A USER token with the right privileges does most jobs.',
};

/** The ids of the dangers that an app token can have beyond those of its keys. */
export const TOKEN_RISK_IDS: readonly string[] = [ADMIN_TOKEN.id];

/** What there is to say of the keys that a token will make, and of the token, the heaviest first. */
export function tokenRisks(wish: NewAppToken, partnerId: number | null): readonly Risk[] {
  const { type, privileges, duration, userId } = wish;
  const plan: KeyPlan = {
    type,
    privileges,
    lifetime: duration,
    userId,
    holder: 'server',
    method: 'app-token',
    ksVersion: 2,
    partnerId,
    serviceUrl: '',
  };
  const ofKeys = risksOf(plan).filter(({ id }) => !NOT_OF_TOKENS.includes(id));
  return type === 'ADMIN' && !isHeldByRole(plan) ? [ADMIN_TOKEN, ...ofKeys] : ofKeys;
}
