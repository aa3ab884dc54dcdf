import type { KsVersion } from '../kaltura/ks/fields.js';
import type { Secret } from '../kaltura/secret.js';
import type { ApiObject, ApiValue } from './response-format.js';

/** A permission of an account by name, for example the feature `FEATURE_ENTITLEMENT`. */
export type Permission = ApiObject & { readonly name: string /** 1: in force. */; readonly status: number };

export interface Account {
  readonly partnerId: number;
  /** A blocked account opens no sessions and accepts none (docs/kaltura-facts.md 5.2). */
  readonly state: 'active' | 'blocked';
  /** The key version that the server writes. It reads both (docs/kaltura-facts.md 1.1). */
  readonly ksVersion: KsVersion;
  readonly adminSecret: Secret;
  readonly userSecret: Secret;
  /**
   * Maximum lifetime in seconds. Without one, `session.start` limits to a day, and a login has no limit
   * (docs/kaltura-facts.md 5.3).
   */
  readonly maxLifetime: number | null;
  readonly permissions: readonly Permission[];
  /**
   * Entitlement applies if the feature is on and either this is true or the key asks for it (docs/kaltura-facts.md
   * 5.10).
   */
  readonly defaultEntitlementEnforcement: boolean;
  /** Fields for the answer of `partner.getInfo`, besides those that this account has. */
  readonly info: Readonly<Record<string, ApiValue>>;
  /** No password logins, not even of users of other accounts (docs/kaltura-facts.md 4.3). */
  readonly singleSignOnOnly: boolean;
  /** A login needs a one-time code. Users of the account without a seed are exempt (docs/kaltura-facts.md 4.3). */
  readonly hasTwoFactors: boolean;
  /**
   * The ID of the account's anonymous user, if it has one. An app token without a user needs it
   * (docs/kaltura-facts.md 5.8).
   */
  readonly anonymousUser: 'null' | 'empty' | 'none';
  /** Number of wrong passwords in a row that lock a login; null for no lock. */
  readonly maxWrongLogins: number | null;
}

export interface Login {
  readonly loginId: string;
  readonly password: string;
  readonly state: 'active' | 'locked' | 'blocked' | 'password-expired';
  /** The first account is used when a login has no partner ID. */
  readonly accounts: readonly { readonly partnerId: number; readonly isAdmin: boolean }[];
  /** Base32 seed of the one-time codes; null if the login has none. */
  readonly codeSeed: string | null;
}

/** An app token. The request chooses the values that are null (docs/kaltura-facts.md 5.8). */
export interface AppToken {
  readonly id: string;
  readonly partnerId: number;
  readonly token: Secret;
  readonly hashType: 'MD5' | 'SHA1' | 'SHA256' | 'SHA512';
  readonly isActive: boolean;
  /** In epoch seconds, like the next two. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** null for none; 0 and -1 are times in the past. */
  readonly expiresAt: number | null;
  readonly sessionType: number | null;
  readonly userId: string | null;
  /** Maximum lifetime of a key in seconds. */
  readonly duration: number | null;
  readonly privileges: string | null;
  readonly description: string | null;
}

/**
 * What a session's role allows, each level with those before it (docs/kaltura-facts.md 2.7): public actions, listing
 * uploads, listing categories, reading content, everything.
 */
export type Reach = 'anyone' | 'uploads' | 'categories' | 'content' | 'account';

/** The API object. Only the fields named here are used. The same applies to categories and entries. */
export interface Role {
  readonly object: ApiObject & {
    readonly id: number;
    readonly systemName: string;
    /** 0 for the server's own roles, which every account has. */
    readonly partnerId: number;
  };
  readonly reach: Reach;
}

export interface Category {
  readonly object: ApiObject & {
    readonly id: number;
    readonly partnerId: number;
    /** 1: listed for everyone; 3: for members only. */
    readonly appearInList: number;
    /** Who can see the entries: 1 everyone, 2 known users, 3 members. */
    readonly privacy: number;
    readonly privacyContexts?: string;
  };
  readonly members: readonly string[];
}

export interface Entry {
  readonly object: ApiObject & { readonly id: string; readonly partnerId: number; readonly userId: string };
  readonly categoryIds: readonly number[];
}

/** All data of a practice server, including what changes while it runs. */
export interface PracticeData {
  readonly accounts: readonly Account[];
  readonly logins: readonly Login[];
  readonly roles: readonly Role[];
  readonly categories: readonly Category[];
  readonly entries: readonly Entry[];
  /** Returns the value of a new app token from 16 random bytes. */
  readonly tokenValueOf: (random: Uint8Array) => string;
  readonly memory: Memory;
}

export interface Memory {
  /** Revoked keys by signature, and revoked groups by partner ID and `sessionid` (docs/kaltura-facts.md 5.5). */
  readonly ended: Set<string>;
  /** Number of calls of keys with an `actionslimit`, by key (docs/kaltura-facts.md 5.6). */
  readonly uses: Map<string, number>;
  /** Wrong passwords since the last correct one, by login. */
  readonly wrongLogins: Map<string, number>;
  /** The current app tokens by ID. */
  readonly appTokens: Map<string, AppToken>;
}

/** @param appTokens the initial app tokens */
export const createMemory = (appTokens: readonly AppToken[]): Memory => ({
  ended: new Set(),
  uses: new Map(),
  wrongLogins: new Map(),
  appTokens: new Map(appTokens.map((token) => [token.id, token])),
});

export const findAccount = (data: PracticeData, partnerId: number): Account | undefined =>
  data.accounts.find((account) => account.partnerId === partnerId);

/** Returns an active permission of the account. */
export const findPermission = ({ permissions }: Account, name: string): Permission | undefined =>
  permissions.find((permission) => permission.name === name && permission.status === 1);

/** Returns the roles of the account and of the server. */
export const rolesOf = (data: PracticeData, partnerId: number): Role[] =>
  data.roles.filter(({ object }) => object.partnerId === 0 || object.partnerId === partnerId);

/**
 * Finds the role that `setrole` names: by number or by exact system name, of the account or the server
 * (docs/kaltura-facts.md 2.5).
 */
export const findRole = (data: PracticeData, partnerId: number, name: string): Role | undefined =>
  rolesOf(data, partnerId).find(({ object }) => String(object.id) === name || object.systemName === name);
