import type { ApiError } from '../api-client.js';
import {
  type AdviceContext,
  backToReview,
  type Counsel,
  type CounselByCode,
  checkPartnerId,
  IN_ORDER,
  otherPlace,
  otherSignIn,
  partnerName,
  retry,
} from './advice.js';
import { partnerIdCause, placeCause } from './evidence.js';

/** What any call may be refused with: the account, the network, the server itself (facts 4.1, 4.2). */
export const onAccount: CounselByCode = {
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: (error, context) =>
    isOfToken(error) ? surelyBlocked(context) : unknownOrBlocked(context),
  SERVICE_FORBIDDEN: (_, context) => ({
    headline: `The server forbids this for ${partnerName(context.request)}`,
    explanation: 'It did not get as far as to look at the secret.',
    causes: [
      'the partner ID did not reach the server as a plain number',
      'the account is limited in what it may do: ask Kaltura’s support',
    ],
    remedies: [checkPartnerId, otherPlace(context), otherSignIn],
  }),
  SERVICE_ACCESS_CONTROL_RESTRICTED: (_, context) => notFromHere(context),
  ACCESS_FORBIDDEN_FROM_UNKNOWN_IP: (_, context) => notFromHere(context),
  ACCESS_UNAUTHORIZED: (_, context) => notFromHere(context),
  PARTNER_ACCESS_FORBIDDEN: (_, { request }) => ({
    headline: 'The key belongs to another account',
    explanation: 'One account cannot ask about the keys of another.',
    causes: [partnerIdCause(request)],
    remedies: [checkPartnerId],
  }),
  ACTION_BLOCKED: () => ({
    headline: 'The server has had enough of these calls for now',
    explanation: 'This limit protects the server. It has nothing to do with the privilege actionslimit.',
    causes: ['too many calls came from this account or address: wait some minutes'],
    remedies: [retry, backToReview],
  }),
  INTERNAL_SERVERL_ERROR: () => serverFault,
  INTERNAL_SERVER_ERROR: () => serverFault,
  INTERNAL_DATABASE_ERROR: () => serverFault,
  INVALID_KS: (error, context) => badKs(error, context),
  MISSING_KS: (error, context) => badKs(error, context),
};

/** The second call of an app token, which goes with the public session of the first. */
const isOfToken = ({ action }: ApiError): boolean => action.toLowerCase() === 'apptoken.startsession';

function unknownOrBlocked(context: AdviceContext): Counsel {
  const { request } = context;
  return {
    headline: `The server does not serve ${partnerName(request)}`,
    explanation: `Kaltura says “blocked” also of an account that does not exist on the server that was asked. ${IN_ORDER}`,
    causes: [
      placeCause(context),
      partnerIdCause(request),
      'the account is blocked or closed: Kaltura’s support can tell',
    ],
    remedies: [otherPlace(context), checkPartnerId],
  };
}

/** The public session was opened, which an unknown account never does and a blocked one does (facts 5.7). */
const surelyBlocked = (context: AdviceContext): Counsel => ({
  headline: `The server does not serve ${partnerName(context.request)}: it is blocked`,
  explanation: 'The region and the partner ID are right: the account is known here.',
  causes: ['the account is blocked or closed: only Kaltura’s support can change that'],
  remedies: [checkPartnerId, otherPlace(context)],
});

function notFromHere(context: AdviceContext): Counsel {
  const isPlain = context.request.serviceUrl.startsWith('http://');
  return {
    headline: 'The account does not allow this from here',
    explanation: 'The account limits where and how it may be called. The credentials may well be right.',
    causes: [
      ...(isPlain ? ['the account demands https, and the address begins with http'] : []),
      'this computer’s network is not among those that the account allows: use the office network or VPN',
      'the account does not allow calls from this country',
    ],
    remedies: [...(isPlain ? [otherPlace(context)] : []), retry, otherSignIn],
  };
}

const serverFault: Counsel = {
  headline: 'The server had a fault of its own',
  explanation: 'It did not get as far as to judge the request.',
  causes: [
    'the server is in trouble: try again in a minute',
    'it cannot cope with something in the request: an unusual user or privilege',
  ],
  remedies: [retry, backToReview],
};

function badKs(error: ApiError, context: AdviceContext): Counsel {
  const isToken = isOfToken(error);
  const reason = `${error.args['KSID'] ?? ''} ${error.args['ERR_DESC'] ?? ''}`;
  return {
    headline: isToken ? 'The server does not accept the session it opened a moment ago' : 'The server found a bad key',
    explanation: isToken
      ? 'An app token is sent within a public session, which is opened first. The token itself was not looked at.'
      : 'This call needs no key, and none was sent along.',
    causes: isToken
      ? [
          reason.includes('EXPIRED') || reason.includes('LOGOUT')
            ? 'the public session ended too early: the attempt took too long'
            : 'the two calls reached different machines of the server, and the second knows nothing of the first yet',
        ]
      : ['something adds a key to the request: a proxy on the way, or the address of the server itself'],
    remedies: isToken ? [retry, otherSignIn] : [otherPlace(context), retry],
  };
}
