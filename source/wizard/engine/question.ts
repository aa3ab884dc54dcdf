import type { RegionAnswer } from '../../kaltura/accounts/find-region.js';
import type { AppToken, DeleteReport, MadeAppToken, NewAppToken } from '../../kaltura/app-tokens/manage.js';
import type { MakingContext } from '../../kaltura/diagnosis/diagnosis.js';
import type { Finding, Probe } from '../../kaltura/diagnosis/probe.js';
import type { Secret } from '../../kaltura/secret.js';
import type { CheckReport } from '../../kaltura/sessions/check.js';
import type { ContentId, LookUp } from '../../kaltura/sessions/content-lookup.js';
import type { RevokeReport } from '../../kaltura/sessions/end.js';
import type { Revealed } from '../../kaltura/sessions/hidden-content.js';
import type { KeyAnswer } from '../../kaltura/sessions/read-on-server.js';
import type { KeyFacts, KeyRequest } from '../../kaltura/sign-in/key-request.js';
import type { ConfirmedEnvFile, EnvFileState, EnvFileWriteResult } from '../../profiles/env-file.js';
import type { Profile } from '../../profiles/profile.js';
import type { PracticeUse } from './effect.js';

/** A server, with the key to use for the request. */
export interface AskedServer {
  /** Without `/api_v3`. For practice, the actual address is resolved later. */
  readonly serviceUrl: string;
  readonly practice: PracticeUse | null;
}

/** A key, and the server that knows it. */
export interface KeyAccess {
  readonly server: AskedServer;
  readonly ks: Secret;
}

/** What the wizard asks a server or the system, except to create a key. The screen that asks gets the answer. */
export type Question =
  | ({ readonly ask: 'check'; readonly facts: KeyFacts | null } & KeyAccess)
  | ({ readonly ask: 'look-up'; readonly id: ContentId } & KeyAccess)
  /** Creates a key for one minute that entitlement doesn't limit, and asks for the same content. */
  | {
      readonly ask: 'find-hidden';
      readonly server: AskedServer;
      readonly request: KeyRequest;
      readonly id: ContentId;
      /** Seconds that the server's clock is ahead of this one; 0 if unknown. */
      readonly ahead: number;
    }
  | ({ readonly ask: 'enforcement' } & KeyAccess)
  | ({ readonly ask: 'read-key' } & KeyAccess)
  /** `profile` is the profile that saved this key; the saved key is removed. */
  | ({ readonly ask: 'end'; readonly facts: KeyFacts | null; readonly profile: string | null } & KeyAccess)
  | ({ readonly ask: 'tokens' } & KeyAccess)
  | ({ readonly ask: 'add-token'; readonly newToken: NewAppToken } & KeyAccess)
  | ({ readonly ask: 'delete-token'; readonly id: string; readonly partnerId: number | null } & KeyAccess)
  | { readonly ask: 'regions'; readonly partnerId: number }
  | { readonly ask: 'probe'; readonly server: AskedServer; readonly probe: Probe; readonly context: MakingContext }
  | { readonly ask: 'secret-of'; readonly profile: string; readonly passphrase: Secret | null }
  | { readonly ask: 'env-file'; readonly path: string }
  /** `seen` is the state of the file that the user confirmed. */
  | { readonly ask: 'write-env-file'; readonly path: string; readonly ks: Secret; readonly seen: ConfirmedEnvFile };

export type AskName = Question['ask'];
export type Asked<Name extends AskName> = Extract<Question, { readonly ask: Name }>;

/** The answer to each question. */
export interface Answers {
  readonly check: CheckReport;
  readonly 'look-up': LookUp;
  readonly 'find-hidden': Revealed;
  readonly enforcement: boolean | null;
  readonly 'read-key': KeyAnswer;
  /** With the profiles after the saved key was removed; null if none was. */
  readonly end: { readonly report: RevokeReport; readonly profiles: readonly Profile[] | null };
  /** `cutAt` is the total number of tokens, if the list was too long to be read completely. */
  readonly tokens: { readonly list: readonly AppToken[]; readonly cutAt: number | null };
  readonly 'add-token': MadeAppToken;
  readonly 'delete-token': { readonly report: DeleteReport; readonly profiles: readonly Profile[] | null };
  readonly regions: readonly RegionAnswer[];
  readonly probe: Finding;
  readonly 'secret-of': Secret;
  readonly 'env-file': EnvFileState;
  readonly 'write-env-file': EnvFileWriteResult;
}

export type Answer = { readonly [Name in AskName]: { readonly to: Name; readonly is: Answers[Name] } }[AskName];
