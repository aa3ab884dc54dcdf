import type { KsVersion } from '../kaltura/ks-fields.js';
import type { Secret } from '../kaltura/secret.js';
import type { ApiObject } from './answer-format.js';

export interface Account {
  readonly partnerId: number;
  /** A blocked account gives no sessions and honours none (facts 5.2). */
  readonly state: 'active' | 'blocked';
  /** The version that the server writes; it reads both (facts 1.1). */
  readonly ksVersion: KsVersion;
  readonly adminSecret: Secret;
  readonly userSecret: Secret;
  /** Seconds; without one `session.start` caps at a day, and a login not at all (facts 5.3). */
  readonly maxLifetime: number | null;
  /** Entitlement needs the feature, and then the default or the key's own wish (facts 5.10). */
  readonly entitlement: { readonly feature: boolean; readonly byDefault: boolean };
  readonly singleSignOnOnly: boolean;
  /** Wrong passwords in a row until a login is locked; null: never. */
  readonly maxWrongLogins: number | null;
}

export interface Login {
  readonly loginId: string;
  readonly password: string;
  readonly state: 'active' | 'locked' | 'blocked' | 'password-expired';
  /** The first is the one meant when a login names no partner ID. */
  readonly accounts: readonly { readonly partnerId: number; readonly isAdmin: boolean }[];
  /** Base32 seed of the one-time codes that this login is asked for; null: none is asked. */
  readonly codeSeed: string | null;
}

/** What an app token leaves null, the request may choose (facts 5.8). */
export interface AppToken {
  readonly id: string;
  readonly partnerId: number;
  readonly token: Secret;
  readonly hashType: 'MD5' | 'SHA1' | 'SHA256' | 'SHA512';
  readonly isActive: boolean;
  /** Epoch seconds. */
  readonly expiresAt: number | null;
  readonly sessionType: number | null;
  readonly userId: string | null;
  /** Seconds. */
  readonly duration: number | null;
  readonly privileges: string;
}

/** How far a session's role carries (facts 2.7): to nothing but the actions open to anyone, to reading content, or to all. */
export type Reach = 'anyone' | 'content' | 'account';

export interface Role {
  readonly id: number;
  readonly systemName: string;
  readonly reach: Reach;
}

/** The object as the API gives it, of which entitlement reads the fields named here. */
export interface Category {
  readonly object: ApiObject & {
    readonly id: number;
    readonly partnerId: number;
    /** 1: listed for everyone, 3: for members only. */
    readonly appearInList: number;
    /** Whose the entries inside are: 1 everyone's, 2 known users', 3 members'. */
    readonly privacy: number;
    readonly privacyContexts?: string;
  };
  readonly members: readonly string[];
}

export interface Entry {
  readonly object: ApiObject & { readonly id: string; readonly partnerId: number; readonly userId: string };
  readonly categoryIds: readonly number[];
}

/** Everything that a practice server knows, and the little that it learns while it runs. */
export interface World {
  readonly accounts: readonly Account[];
  readonly logins: readonly Login[];
  readonly appTokens: readonly AppToken[];
  readonly roles: readonly Role[];
  readonly categories: readonly Category[];
  readonly entries: readonly Entry[];
  readonly memory: Memory;
}

export interface Memory {
  /** Ended keys, by signature, and ended groups, by partner ID and `sessionid` (facts 5.5). */
  readonly ended: Set<string>;
  /** Uses of keys with an `actionslimit`, by key (facts 5.6). */
  readonly uses: Map<string, number>;
  /** Wrong passwords since the last right one, by login. */
  readonly wrongLogins: Map<string, number>;
}

export const createMemory = (): Memory => ({ ended: new Set(), uses: new Map(), wrongLogins: new Map() });

export const findAccount = (world: World, partnerId: number): Account | undefined =>
  world.accounts.find((account) => account.partnerId === partnerId);

/** `setrole` names a role by its number or by its exact system name (facts 2.5). */
export const findRole = (world: World, name: string): Role | undefined =>
  world.roles.find((role) => String(role.id) === name || role.systemName === name);
