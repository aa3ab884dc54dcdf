import type { RegionAnswer } from '../../kaltura/accounts/find-region.js';
import type { AppToken, DeleteReport, MadeAppToken, NewAppToken } from '../../kaltura/app-tokens/manage.js';
import type { AdviceContext } from '../../kaltura/diagnosis/diagnose.js';
import type { Finding, Probe } from '../../kaltura/diagnosis/probe.js';
import type { Secret } from '../../kaltura/secret.js';
import type { CheckReport } from '../../kaltura/sessions/check.js';
import type { ContentId, LookUp } from '../../kaltura/sessions/content-lookup.js';
import type { EndReport } from '../../kaltura/sessions/end.js';
import type { Revealed } from '../../kaltura/sessions/entitlement.js';
import type { KeyAnswer } from '../../kaltura/sessions/read-on-server.js';
import type { KeyFacts, KeyRequest } from '../../kaltura/sign-in/key-request.js';
import type { ConfirmedEnvFile, EnvFileState, EnvFileWriteResult } from '../../profiles/env-file.js';
import type { Profile } from '../../profiles/profile.js';
import type { PracticeUse } from './effect.js';

/** A server that is asked something with a key of its own. */
export interface AskedServer {
  /** Without `/api_v3`; where practice is asked, the place where it answers is found out. */
  readonly serviceUrl: string;
  readonly practice: PracticeUse | null;
}

interface WithKey {
  readonly server: AskedServer;
  readonly ks: Secret;
}

/** What the wizard wants to know from outside, beyond having a key made. The screen that asks hears the answer. */
export type Question =
  | ({ readonly ask: 'check'; readonly facts: KeyFacts | null } & WithKey)
  | ({ readonly ask: 'look-up'; readonly id: ContentId } & WithKey)
  /** Makes a key of a minute that entitlement does not bind, to ask for the same thing. */
  | {
      readonly ask: 'look-behind';
      readonly server: AskedServer;
      readonly request: KeyRequest;
      readonly id: ContentId;
      /** Seconds that the server’s clock is ahead of this one, where that is known. */
      readonly ahead: number;
    }
  | ({ readonly ask: 'enforcement' } & WithKey)
  | ({ readonly ask: 'about-key' } & WithKey)
  /** `profile` is the one that keeps this key: what is kept of it is dropped. */
  | ({ readonly ask: 'end'; readonly facts: KeyFacts | null; readonly profile: string | null } & WithKey)
  | ({ readonly ask: 'tokens' } & WithKey)
  | ({ readonly ask: 'add-token'; readonly wish: NewAppToken } & WithKey)
  | ({ readonly ask: 'delete-token'; readonly id: string; readonly partnerId: number | null } & WithKey)
  | { readonly ask: 'regions'; readonly partnerId: number }
  | { readonly ask: 'probe'; readonly server: AskedServer; readonly probe: Probe; readonly context: AdviceContext }
  | { readonly ask: 'secret-of'; readonly profile: string; readonly passphrase: Secret | null }
  | { readonly ask: 'env-file'; readonly path: string }
  /** `seen`: what was said of the file before that was agreed to. */
  | { readonly ask: 'write-env-file'; readonly path: string; readonly ks: Secret; readonly seen: ConfirmedEnvFile };

export type AskName = Question['ask'];

/** What comes back, by question. */
export interface Answers {
  readonly check: CheckReport;
  readonly 'look-up': LookUp;
  readonly 'look-behind': Revealed;
  readonly enforcement: boolean | null;
  readonly 'about-key': KeyAnswer;
  /** With the profiles as they are after what was kept of the key was dropped; null where nothing was. */
  readonly end: { readonly report: EndReport; readonly profiles: readonly Profile[] | null };
  /** `cutAt`: how many there are, where the list was too long to be read whole. */
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
