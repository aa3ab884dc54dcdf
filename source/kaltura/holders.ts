import type { SessionType } from './ks/fields.js';
import type { SignInMethod } from './sign-in/key-spec.js';

export type HolderId = 'me' | 'server' | 'browser' | 'vendor';

/** Default values for the steps after "Who will hold this key?". The user can change each of them. */
export interface HolderSuggestion {
  readonly type: SessionType;
  /** Lifetime in seconds. */
  readonly lifetime: number;
  readonly privileges: string;
}

export interface Holder {
  readonly id: HolderId;
  readonly label: string;
  /** The defaults in a few words, shown beside the label. */
  readonly line: string;
  readonly suggests: HolderSuggestion;
  /** The sign-in methods that fit this holder, best first. */
  readonly methods: readonly SignInMethod[];
  /** Short sentences: the reason and the alternative. */
  readonly advice: readonly string[];
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The possible holders of a key. Two warnings come from Kaltura's article: don't use an ADMIN key where end users are,
 * and don't give account secrets to a vendor. The reason for the first is stronger than the article says
 * (docs/kaltura-facts.md 8a).
 */
export const HOLDERS: readonly Holder[] = [
  {
    id: 'me',
    label: 'I will, in a console or a terminal',
    line: 'suggests ADMIN, 24 hours',
    suggests: { type: 'ADMIN', lifetime: DAY, privileges: '' },
    methods: ['server', 'local', 'login', 'app-token'],
    advice: [
      'An ADMIN key may do everything in the account, so keep it to yourself and let it end soon.',
      'Never paste it into a ticket, a chat or a shared document: make a USER key for those.',
    ],
  },
  {
    id: 'server',
    label: 'My own server or script',
    line: 'suggests USER with a role, or an app token',
    suggests: { type: 'USER', lifetime: DAY, privileges: '' },
    methods: ['app-token', 'server', 'local', 'login'],
    advice: [
      'Let a server have only what its job needs: a USER key with a role (setrole), or an app token made for it.',
      'An app token can be deleted when the job ends, and the sessions made from it end too. A secret cannot.',
      'Make a new key before the old one ends, rather than one that lives for months.',
    ],
  },
  {
    id: 'browser',
    label: 'A browser, an app or an end user',
    line: 'USER only, short, one task',
    suggests: { type: 'USER', lifetime: HOUR, privileges: '' },
    methods: ['app-token', 'server', 'local'],
    advice: [
      'Whatever reaches a browser or an app can be read by the person who runs it: count this key as public.',
      'Never ADMIN here: in the wrong hands it reads, changes and deletes everything, and gives away the account secrets.',
      'Fifteen minutes to an hour, one task: play chosen entries (sview), with the playback role on top.',
      'Make it on your server for each visitor, so that no secret is shipped with the page or the app.',
    ],
  },
  {
    id: 'vendor',
    label: 'A vendor or another team',
    line: 'not with your secret: app token or their own login',
    suggests: { type: 'USER', lifetime: HOUR, privileges: '' },
    methods: ['app-token', 'login', 'server', 'local'],
    advice: [
      'Do not give them your secret: it cannot be changed, and access with it cannot be blocked.',
      'Better: a user of their own in your account. A user can be removed or blocked, and the password changed.',
      'Or an app token with just the privileges of their job: delete it, and its sessions end as well.',
      'A key that you hand over is a USER key, short, for one task. An ADMIN key hands over the secrets too.',
    ],
  },
];

/** Returns the holder with this ID. */
export function holderOf(id: HolderId): Holder {
  return HOLDERS.find((holder) => holder.id === id) as Holder;
}
