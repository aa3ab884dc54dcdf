import type { SessionType } from './ks/fields.js';
import { DAY, HOUR } from './lifetime.js';

export type HolderId = 'me' | 'server' | 'browser' | 'vendor';

export interface Holder {
  readonly id: HolderId;
  readonly label: string;
  /** Default values for the steps after "Who will hold this key?", with the lifetime in seconds. The user can change each of them. */
  readonly suggests: { readonly type: SessionType; readonly lifetime: number };
  /** What fits this holder, and why; two or three lines at 80 columns. */
  readonly advice: string;
}

/**
 * The possible holders of a key. Two warnings come from Kaltura's article: don't use an ADMIN key where end users are,
 * and don't give account secrets to a vendor. The reason for the first is stronger than the article says
 * (docs/kaltura-facts.md 8a).
 */
export const HOLDERS: readonly Holder[] = [
  {
    id: 'me',
    label: 'I will, in a console or a terminal',
    suggests: { type: 'ADMIN', lifetime: DAY },
    advice:
      'An ADMIN key can do everything in the account. Keep it to yourself, and never paste it into a ticket, a chat or a shared document.',
  },
  {
    id: 'server',
    label: 'My own server or script',
    suggests: { type: 'USER', lifetime: DAY },
    advice:
      'Give a server only what its job needs: a USER key with a role (setrole), or an app token, which you can delete. Create a new key before the old one expires.',
  },
  {
    id: 'browser',
    label: 'A browser, an app or an end user',
    suggests: { type: 'USER', lifetime: HOUR },
    advice:
      'Anyone who opens the page or app can read this key, so never use ADMIN. Create a short-lived key for one task on your server, a new one for each visitor.',
  },
  {
    id: 'vendor',
    label: 'A vendor or another team',
    suggests: { type: 'USER', lifetime: HOUR },
    advice:
      'Never give them your secret: only Kaltura can change it. Give them an app token, or a user of their own in your account. You can delete or block both at any time.',
  },
];

/** Returns the holder with this ID. */
export function holderOf(id: HolderId): Holder {
  return HOLDERS.find((holder) => holder.id === id) as Holder;
}
