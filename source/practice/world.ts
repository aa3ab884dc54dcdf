import type { KsVersion } from '../kaltura/ks/fields.js';
import type { Secret } from '../kaltura/secret.js';
import type { ApiObject } from './response-format.js';

/** Something that an account may do, by its name: a feature, `FEATURE_ENTITLEMENT` for one. */
export type Permission = ApiObject & { readonly name: string /** 1: in force. */; readonly status: number };

export interface Account {
  readonly partnerId: number;
  /** A blocked account gives no sessions and honours none (docs/kaltura-facts.md 5.2). */
  readonly state: 'active' | 'blocked';
  /** The version that the server writes; it reads both (docs/kaltura-facts.md 1.1). */
  readonly ksVersion: KsVersion;
  readonly adminSecret: Secret;
  readonly userSecret: Secret;
  /** Seconds; without one `session.start` caps at a day, and a login not at all (docs/kaltura-facts.md 5.3). */
  readonly maxLifetime: number | null;
  readonly permissions: readonly Permission[];
  /** Entitlement needs the feature, and then this or the key's own wish (docs/kaltura-facts.md 5.10). */
  readonly defaultEntitlementEnforcement: boolean;
  /** What `partner.getInfo` tells of it; the fields that are known from here are filled in. */
  readonly info: ApiObject;
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

/** What an app token leaves null, the request may choose (docs/kaltura-facts.md 5.8). */
export interface AppToken {
  readonly id: string;
  readonly partnerId: number;
  readonly token: Secret;
  readonly hashType: 'MD5' | 'SHA1' | 'SHA256' | 'SHA512';
  readonly isActive: boolean;
  /** Epoch seconds. */
  readonly createdAt: number;
  /** Epoch seconds. */
  readonly expiresAt: number | null;
  readonly sessionType: number | null;
  readonly userId: string | null;
  /** Seconds. */
  readonly duration: number | null;
  readonly privileges: string | null;
  readonly description: string | null;
}

/** How far a session's role carries (docs/kaltura-facts.md 2.7): to nothing but the actions open to anyone, to reading content, or to all. */
export type Reach = 'anyone' | 'content' | 'account';

/** The object as the API gives it, of which the fields named here are read; so with categories and entries. */
export interface Role {
  readonly object: ApiObject & {
    readonly id: number;
    readonly systemName: string;
    /** 0: the server's own, which every account has. */
    readonly partnerId: number;
  };
  readonly reach: Reach;
}

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
export interface PracticeData {
  readonly accounts: readonly Account[];
  readonly logins: readonly Login[];
  readonly roles: readonly Role[];
  readonly categories: readonly Category[];
  readonly entries: readonly Entry[];
  readonly memory: Memory;
}

export interface Memory {
  /** Ended keys, by signature, and ended groups, by partner ID and `sessionid` (docs/kaltura-facts.md 5.5). */
  readonly ended: Set<string>;
  /** Uses of keys with an `actionslimit`, by key (docs/kaltura-facts.md 5.6). */
  readonly uses: Map<string, number>;
  /** Wrong passwords since the last right one, by login. */
  readonly wrongLogins: Map<string, number>;
  /** By ID: those that were there, less those that were deleted, and those that were made. */
  readonly appTokens: Map<string, AppToken>;
}

/** @param appTokens those that are there from the start */
export const createMemory = (appTokens: readonly AppToken[]): Memory => ({
  ended: new Set(),
  uses: new Map(),
  wrongLogins: new Map(),
  appTokens: new Map(appTokens.map((token) => [token.id, token])),
});

export const findAccount = (data: PracticeData, partnerId: number): Account | undefined =>
  data.accounts.find((account) => account.partnerId === partnerId);

/** A permission that the account has and that is in force. */
export const findPermission = ({ permissions }: Account, name: string): Permission | undefined =>
  permissions.find((permission) => permission.name === name && permission.status === 1);

/** The account's own roles and the server's, by their numbers. */
export const rolesOf = (data: PracticeData, partnerId: number): Role[] =>
  data.roles.filter(({ object }) => object.partnerId === 0 || object.partnerId === partnerId);

/** `setrole` names a role of the account or of the server, by its number or by its exact system name (docs/kaltura-facts.md 2.5). */
export const findRole = (data: PracticeData, partnerId: number, name: string): Role | undefined =>
  rolesOf(data, partnerId).find(({ object }) => String(object.id) === name || object.systemName === name);
