import { type HostedRegionId, isOnThisComputer, regionWithHost } from '../accounts/regions.js';
import type { KeyRequest } from '../sign-in/key-request.js';

/** The values that the texts of a diagnosis need, by name. Never contains a secret. */
export type Values = Readonly<Record<string, string | number | null | readonly string[]>>;

/** A likely cause. `messages/` has a text for each `id`. */
export interface Cause<Id extends string = string> {
  readonly id: Id;
  readonly values?: Values;
}

/** What can be done about an error. The wizard maps it to a step, and the commands map it to a flag. */
export type FixAction =
  | 'retry'
  | 'review'
  | 'change-region'
  | 'change-url'
  /** Use the region in which the account was found. */
  | 'choose-region'
  | 'change-sign-in'
  | 'change-credentials'
  | 'change-secret'
  | 'use-admin-secret'
  | 'change-app-token'
  | 'use-other-app-token'
  | 'change-login'
  | 'use-other-login'
  | 'change-password'
  | 'check-partner-id'
  | 'change-partner-id'
  | 'enter-code'
  | 'enter-other-code'
  | 'change-type'
  | 'change-user'
  | 'check-user'
  | 'change-privileges'
  | NextStep;

/** Fixes of a call that uses a key. The text of each depends on the error. */
export type NextStep =
  | 'make-key'
  | 'use-other-key'
  | 'check-key'
  | 'change-request'
  | 'wait'
  | 'change-network'
  | 'ask-administrator'
  | 'contact-support'
  /** Nothing needs to be done. */
  | 'nothing';

export interface Fix {
  readonly action: FixAction;
  /** The region of `choose-region`. */
  readonly region?: HostedRegionId;
}

/** What went wrong, the likely causes, and what to do, as identifiers and values. `messages/diagnosis.ts` has the texts. */
export interface Diagnosis {
  /** The server's code, or one of ours in kebab case; `docs/errors.md` lists them. */
  readonly code: string;
  /** Selects the headline and what is certain. */
  readonly topic: string;
  readonly values: Values;
  /** The code of the server or of the connection, shown after the headline; null for none. */
  readonly detail: string | null;
  /** The most likely first. */
  readonly causes: readonly Cause[];
  readonly fixes: readonly Fix[];
  /** The server's answer, one or more lines; null if no server answered. Show it on request only: it can repeat what was sent. */
  readonly serverAnswer: string | null;
  /** Whether `serverAnswer` may tell more than the rest: for an unknown code, and for an answer that is not from the API. */
  readonly isAnswerHelpful: boolean;
  /** Another diagnosis that this one is about. */
  readonly inner?: Diagnosis;
}

/** The part of a diagnosis that depends on the error. */
export interface Entry<Topic extends string = string, C extends string | Cause = string | Cause> {
  readonly topic: Topic;
  readonly causes: readonly C[];
  readonly fixes: readonly (FixAction | Fix)[];
  readonly values?: Values;
}

/** Builds an entry, and infers the types of its identifiers. */
export const entry = <const Topic extends string, const Causes extends readonly (string | Cause)[]>(
  topic: Topic,
  causes: Causes,
  fixes: readonly (FixAction | Fix)[],
  values: Values = {},
): Entry<Topic, Causes[number]> => ({ topic, causes, fixes, values });

type Result<T> = T extends (...args: never[]) => infer R ? R : T;
/** The topics in a table of entries, or of functions that return them. */
export type TopicIn<T> = Result<T> extends Entry<infer Topic> ? Topic : never;
/** The causes in a table of entries, or of functions that return them. */
export type CauseIn<T> = Result<T> extends Entry<string, infer C> ? IdOf<C> : never;
export type IdOf<C> = C extends Cause<infer Id> ? Id : C extends string ? C : never;

/** Completes an entry with what is known about the failure. */
export const diagnosisOf = (
  { topic, causes, fixes, values: own }: Entry,
  code: string,
  values: Values,
  rest: Partial<Pick<Diagnosis, 'detail' | 'serverAnswer' | 'isAnswerHelpful' | 'inner'>> = {},
): Diagnosis => ({
  code,
  topic,
  values: { ...values, ...own },
  detail: null,
  causes: causes.map((cause) => (typeof cause === 'string' ? { id: cause } : cause)),
  fixes: fixes.map((fix) => (typeof fix === 'string' ? { action: fix } : fix)),
  serverAnswer: null,
  isAnswerHelpful: false,
  ...rest,
});

export interface MakingContext {
  readonly request: KeyRequest;
  /** The region's name as the user chose it: `EU`. */
  readonly regionLabel: string;
}

/** The values that all texts about making a key can use. */
export const makingValues = ({ request, regionLabel }: MakingContext): Values => ({
  partnerId: request.signIn.partnerId,
  tokenId: request.signIn.method === 'app-token' ? request.signIn.tokenId : null,
  host: hostOf(request),
  path: pathOf(request),
  region: regionLabel,
});

type Server = Pick<KeyRequest, 'serviceUrl'>;

const addressOf = ({ serviceUrl }: Server): URL | null => (URL.canParse(serviceUrl) ? new URL(serviceUrl) : null);

/** The host with its port; null if there is no address yet. */
export const hostOf = (server: Server): string | null => addressOf(server)?.host ?? null;

/** The host without its port; '' if there is no address yet. */
export const hostnameOf = (server: Server): string => addressOf(server)?.hostname ?? '';

/** One of Kaltura's regions. */
export const isHosted = (server: Server): boolean => regionWithHost(hostnameOf(server)) !== null;

/** A self-hosted server: neither one of Kaltura's regions nor the practice server. */
export const isOwnServer = (server: Server): boolean => !isOnThisComputer(server.serviceUrl) && !isHosted(server);

/** Leads to the region, or to the URL of a self-hosted server. */
export const changeServer = ({ request }: MakingContext): FixAction =>
  isOwnServer(request) ? 'change-url' : 'change-region';

/** The path of the service URL; null without one. A server usually has none (docs/kaltura-facts.md 6). */
export function pathOf(server: Server): string | null {
  const path = addressOf(server)?.pathname.replace(/\/+$/, '') ?? '';
  return path === '' ? null : path;
}

/** The cause that the address has a path, before the others. */
export const ofPath = (server: Server) => (pathOf(server) === null ? [] : (['path-in-address'] as const));
