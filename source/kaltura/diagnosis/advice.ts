import { HOSTED_REGIONS, type HostedRegionId, isLoopback } from '../accounts/regions.js';
import type { ApiError } from '../api/client.js';
import type { Secret } from '../secret.js';
import type { KeyRequest } from '../sign-in/key-request.js';

export interface AdviceContext {
  readonly request: KeyRequest;
  /** The region's name as the person chose it: `EU`. */
  readonly regionLabel: string;
}

/** The step of the wizard that a remedy opens, or another attempt. */
export type RemedyTarget =
  | 'region'
  | 'address'
  | 'sign-in'
  | 'credentials'
  | 'code'
  | 'type'
  | 'user'
  | 'privileges'
  | 'review'
  | 'retry';

export interface Remedy {
  readonly label: string;
  readonly goTo: RemedyTarget;
  /** The credential to start with, if it is not the secret. */
  readonly field?: 'partnerId';
  /** A change to the request: the type, or the region that was found to have the account. */
  readonly change?: 'make-user' | { readonly region: HostedRegionId };
}

/** What went wrong with a request, and what to do about it. In words of our own, but for `serverAnswer`. */
export interface Advice {
  /** The server's code, or one of ours in kebab case; `docs/errors.md` lists them. */
  readonly code: string;
  /** One line, with the code in brackets where there is one. */
  readonly headline: string;
  /** What is certain; introduces the causes. */
  readonly explanation: string;
  /** The most likely first; each starts in lower case, as list items do. */
  readonly causes: readonly string[];
  readonly remedies: readonly Remedy[];
  /** The server's answer, one or more lines; null if no server answered. Shown on request only: it can repeat what was sent. */
  readonly serverAnswer: string | null;
  /** Whether `serverAnswer` may tell more than the rest: for an unknown code, and for an answer that is not from the API. */
  readonly isAnswerHelpful: boolean;
}

/** The part of an advice that depends on the error. */
export type AdviceBody = Pick<Advice, 'headline' | 'explanation' | 'causes' | 'remedies'>;

/** Counsel by error code (docs/kaltura-facts.md 4). */
export type AdviceByCode = Readonly<Record<string, (error: ApiError, context: AdviceContext) => AdviceBody>>;

export const WHERE_IN_KMC = 'KMC → Settings → Integration settings → Account info';

export const IN_ORDER = 'Most likely, in this order:';

/** `partner 2345678`, or `the account` if a login names no partner. */
export function partnerName({ signIn }: KeyRequest): string {
  return signIn.partnerId === null ? 'the account' : `partner ${signIn.partnerId}`;
}

type Server = Pick<KeyRequest, 'serviceUrl'>;

const addressOf = ({ serviceUrl }: Server): URL | null => (URL.canParse(serviceUrl) ? new URL(serviceUrl) : null);

/** The host with its port; `the server` if there is no address yet. */
export const hostOf = (server: Server): string => addressOf(server)?.host ?? 'the server';

/** The host without its port; '' if there is no address yet. */
export const hostnameOf = (server: Server): string => addressOf(server)?.hostname ?? '';

/** A self-hosted server: neither one of Kaltura's regions nor the practice server. */
export function isOwnServer(server: Server): boolean {
  const hostname = hostnameOf(server);
  return !isLoopback(hostname) && !Object.values(HOSTED_REGIONS).some((region) => region.host === hostname);
}

/** The secrets that are sent, and must not appear in anything that is shown. */
export function secretsOf({ signIn }: KeyRequest): readonly Secret[] {
  switch (signIn.method) {
    case 'server':
    case 'local':
      return [signIn.secret];
    case 'login':
      return signIn.code === null ? [signIn.password] : [signIn.password, signIn.code];
    case 'app-token':
      return [signIn.token];
  }
}

export const retry: Remedy = { label: 'Try again', goTo: 'retry' };
export const changeSignIn: Remedy = { label: 'Sign in another way', goTo: 'sign-in' };
export const changePrivileges: Remedy = { label: 'Change the privileges', goTo: 'privileges' };
export const backToReview: Remedy = { label: 'Review the request', goTo: 'review' };
export const makeUser: Remedy = { label: 'Make a USER key instead', goTo: 'review', change: 'make-user' };
export const checkPartnerId: Remedy = { label: 'Check the partner ID', goTo: 'credentials', field: 'partnerId' };
export const credentials = (label: string): Remedy => ({ label, goTo: 'credentials' });

/** Leads to the region, or to the address of a self-hosted server. */
export function changeServer({ request }: AdviceContext): Remedy {
  return isOwnServer(request)
    ? { label: 'Check the server address', goTo: 'address' }
    : { label: 'Check the region', goTo: 'region' };
}

/** What advice needs to know about a call that got no answer from the API. */
export interface FailedCall extends Server {
  /** What a followed redirect would have sent on: `the secret`. */
  readonly carries: string;
  /** What the failure does not show: `whether the credentials are correct`. */
  readonly about: string;
  /** A sentence for when nothing was sent. */
  readonly ifNothingSent: string;
  /** A sentence for when the request may have arrived: whether that matters. */
  readonly ifArrived: string;
  /** What is missing without an answer: `No key was received`. */
  readonly missed: string;
  /** Remedies, if there are any for this call. */
  readonly again: readonly Remedy[];
  readonly place: readonly Remedy[];
  readonly review: readonly Remedy[];
}

/** Describes a failed call to make a key. */
export function makingCall(context: AdviceContext): FailedCall {
  const { request } = context;
  return {
    serviceUrl: request.serviceUrl,
    carries: 'the secret',
    about: 'whether the credentials are correct',
    ifNothingSent: 'Nothing was sent, so the secret has not left this computer.',
    ifArrived:
      request.signIn.method === 'login'
        ? 'The server may have received the login. If it was wrong, it counts as a failed attempt.'
        : 'The server may have received the request. You can safely send it again.',
    missed: 'No key was received',
    again: [retry],
    place: [changeServer(context)],
    review: [backToReview],
  };
}
