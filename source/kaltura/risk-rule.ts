import type { KeyPlan } from './key-plan.js';

export type RiskWeight = 'danger' | 'caution' | 'note';

export interface Risk {
  readonly id: string;
  readonly weight: RiskWeight;
  readonly message: string;
  /** Whether the key is made only once a word was typed. */
  readonly acknowledge: boolean;
}

interface Rule {
  readonly id: string;
  readonly applies: (plan: KeyPlan) => boolean;
  readonly message: (plan: KeyPlan) => string;
}

/** Every danger is acknowledged with a word that says what it is about; nothing lighter is. */
export type RiskRule =
  | (Rule & { readonly weight: 'danger'; readonly acknowledge: true; readonly word: string })
  | (Rule & { readonly weight: 'caution' | 'note'; readonly acknowledge: false });

export type Applies = Rule['applies'];
type Message = string | Rule['message'];

const saying = (message: Message): Rule['message'] => (typeof message === 'string' ? () => message : message);

export const danger = (id: string, word: string, applies: Applies, message: Message): RiskRule => ({
  id,
  weight: 'danger',
  acknowledge: true,
  word,
  applies,
  message: saying(message),
});

const lighter =
  (weight: 'caution' | 'note') =>
  (id: string, applies: Applies, message: Message): RiskRule => ({
    id,
    weight,
    acknowledge: false,
    applies,
    message: saying(message),
  });

export const caution = lighter('caution');
export const note = lighter('note');

export const where = (plan: KeyPlan): string => (plan.holder === 'vendor' ? 'for a vendor' : 'in a browser or an app');

export const account = (plan: KeyPlan): string =>
  plan.partnerId === null ? 'the account' : `partner ${plan.partnerId}`;
