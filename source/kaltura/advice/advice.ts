import type { ApiError } from '../api-client.js';
import type { KeyRequest } from '../key-request.js';
import { HOSTED_REGIONS, type HostedRegionId } from '../regions.js';
import type { Secret } from '../secret.js';
import { isLoopback } from '../service-url.js';

export interface AdviceContext {
  readonly request: KeyRequest;
  /** The region's name as the person chose it: `EU`. */
  readonly regionLabel: string;
}

/** Where a remedy leads: a step of the wizard, or another try. */
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
  /** The credential to begin at, where it is not the secret. */
  readonly field?: 'partnerId';
  /** What to change of the request on the way: the type, or the region that was found to know the account. */
  readonly change?: 'make-user' | { readonly region: HostedRegionId };
}

/** What went wrong with this request, and the ways out. */
export interface Advice {
  /** One line, with the code in brackets where there is one. */
  readonly headline: string;
  /** What is known for sure; leads to the causes. */
  readonly explanation: string;
  /** The likeliest first; each begins in lower case, to stand in a list. */
  readonly causes: readonly string[];
  readonly remedies: readonly Remedy[];
  /** The server's own words, redacted, in one or more lines; null where no server answered. */
  readonly serverAnswer: string | null;
}

/** An advice without the parts that are made in the same way for all. */
export type Counsel = Pick<Advice, 'headline' | 'explanation' | 'causes' | 'remedies'>;

/** Counsel by error code (facts 4). */
export type CounselByCode = Readonly<Record<string, (error: ApiError, context: AdviceContext) => Counsel>>;

export const WHERE_IN_KMC = 'KMC → Settings → Integration settings → Account info';

export const IN_ORDER = 'Most likely, in this order:';

/** `partner 2345678`, or `the account` where a login leaves it open. */
export function partnerName({ signIn }: KeyRequest): string {
  return signIn.partnerId === null ? 'the account' : `partner ${signIn.partnerId}`;
}

type Server = Pick<KeyRequest, 'serviceUrl'>;

const addressOf = ({ serviceUrl }: Server): URL | null => (URL.canParse(serviceUrl) ? new URL(serviceUrl) : null);

/** With its port; in words, where there is no address yet. */
export const hostOf = (server: Server): string => addressOf(server)?.host ?? 'the server';

/** Without its port; '' where there is no address yet. */
export const hostnameOf = (server: Server): string => addressOf(server)?.hostname ?? '';

/** A self-hosted server: neither one of Kaltura's regions nor the practice server. */
export function isOwnServer(server: Server): boolean {
  const hostname = hostnameOf(server);
  return !isLoopback(hostname) && !Object.values(HOSTED_REGIONS).some((region) => region.host === hostname);
}

/** All that must not be seen in what the server sends back. */
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
export const otherSignIn: Remedy = { label: 'Sign in another way', goTo: 'sign-in' };
export const otherPrivileges: Remedy = { label: 'Change the privileges', goTo: 'privileges' };
export const backToReview: Remedy = { label: 'Look at the request again', goTo: 'review' };
export const makeUser: Remedy = { label: 'Make a USER key instead', goTo: 'review', change: 'make-user' };
export const checkPartnerId: Remedy = { label: 'Check the partner ID', goTo: 'credentials', field: 'partnerId' };
export const credentials = (label: string): Remedy => ({ label, goTo: 'credentials' });

/** The region and the address of an own server are the same question, asked in two places. */
export function otherPlace({ request }: AdviceContext): Remedy {
  return isOwnServer(request)
    ? { label: 'Check the address of the server', goTo: 'address' }
    : { label: 'Check the region', goTo: 'region' };
}

/** A call that got no answer of the API: all that advice on that needs to know of what was asked. */
export interface FailedCall extends Server {
  /** `the secret`: what would have gone elsewhere with it. */
  readonly carries: string;
  /** `the credentials`: what the failure says nothing about. */
  readonly about: string;
  /** What did not leave this computer, where nothing was sent. */
  readonly ifNothingSent: string;
  /** Where it may have arrived all the same: whether that matters. */
  readonly ifArrived: string;
  /** What there is not, for want of an answer: `No key was received`. */
  readonly missed: string;
  /** Ways out, where there are any from here. */
  readonly again: readonly Remedy[];
  readonly place: readonly Remedy[];
  readonly review: readonly Remedy[];
}

/** The making of a key as a call that failed. */
export function makingCall(context: AdviceContext): FailedCall {
  const { request } = context;
  return {
    serviceUrl: request.serviceUrl,
    carries: 'the secret',
    about: 'the credentials',
    ifNothingSent: 'Nothing was sent, so no secret has left this computer.',
    ifArrived:
      request.signIn.method === 'login'
        ? 'The login may have arrived: if it was wrong, it counts towards a lock.'
        : 'The request may have arrived; to ask again does no harm.',
    missed: 'No key was received',
    again: [retry],
    place: [otherPlace(context)],
    review: [backToReview],
  };
}
