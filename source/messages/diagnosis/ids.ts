import type { onConnection, onNotKalturaAnswer } from '../../kaltura/diagnosis/connection.js';
import type { probeClock, probeNetwork } from '../../kaltura/diagnosis/connection-probes.js';
import type { CauseIn, TopicIn } from '../../kaltura/diagnosis/diagnosis.js';
import type { onAccount, onAppToken, onRequest, onSecret, onUnsuitable } from '../../kaltura/diagnosis/making.js';
import type { onLogin } from '../../kaltura/diagnosis/making-login.js';
import type { probeRegions, probeServer } from '../../kaltura/diagnosis/region-probe.js';
import type { probeRoles, probeSecret } from '../../kaltura/diagnosis/secret-probes.js';
import type { onUse } from '../../kaltura/diagnosis/using.js';

// The identifiers that need a text are taken from the tables themselves: a missing text, or one too many, is a type error.

type ValueOf<T> = T[keyof T];
/** Rejects `string`, for which no text would be missing. */
type Literal<T extends string> = string extends T ? never : T;
type Entries =
  | ValueOf<typeof onSecret>
  | ValueOf<typeof onAppToken>
  | ValueOf<typeof onLogin>
  | ValueOf<typeof onRequest>
  | ValueOf<typeof onAccount>
  | ValueOf<typeof onUnsuitable>
  | typeof onConnection
  | typeof onNotKalturaAnswer;
type Uses = ValueOf<typeof onUse>;
type Findings = Awaited<
  ReturnType<
    | typeof probeClock
    | typeof probeNetwork
    | typeof probeRegions
    | typeof probeServer
    | typeof probeRoles
    | typeof probeSecret
  >
>;

export type MakingTopic = Literal<TopicIn<Entries> | 'internal-error' | 'unknown-error' | 'error-without-code'>;
export type UsingTopic = Literal<TopicIn<Uses>>;
export type FindingTopic = Literal<Findings['topic']>;
export type CauseId = Literal<CauseIn<Entries> | CauseIn<Uses> | Findings['causes'][number]['id']>;
