import type { ApiError } from '../api/client.js';
import {
  type AdviceBody,
  type AdviceByCode,
  type AdviceContext,
  backToReview,
  changeServer,
  changeSignIn,
  checkPartnerId,
  IN_ORDER,
  partnerName,
  retry,
} from './advice.js';
import { partnerIdCause, wrongRegionCause } from './evidence.js';

/** Errors of any call: about the account, the network, or the server itself (docs/kaltura-facts.md 4.1, 4.2). */
export const onAccount: AdviceByCode = {
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: (error, context) =>
    isOfToken(error) ? surelyBlocked(context) : unknownOrBlocked(context),
  SERVICE_FORBIDDEN: (_, context) => ({
    headline: `The server does not allow this for ${partnerName(context.request)}`,
    explanation: 'It refused the request before it checked the secret.',
    causes: ['the partner ID did not reach the server as a number', 'the account is restricted: ask Kaltura support'],
    remedies: [checkPartnerId, changeServer(context), changeSignIn],
  }),
  SERVICE_ACCESS_CONTROL_RESTRICTED: (_, context) => notFromHere(context),
  ACCESS_FORBIDDEN_FROM_UNKNOWN_IP: (_, context) => notFromHere(context),
  ACCESS_UNAUTHORIZED: (_, context) => notFromHere(context),
  PARTNER_ACCESS_FORBIDDEN: (_, { request }) => ({
    headline: 'The key belongs to another account',
    explanation: 'An account cannot read the keys of another account.',
    causes: [partnerIdCause(request)],
    remedies: [checkPartnerId],
  }),
  ACTION_BLOCKED: () => ({
    headline: 'The server received too many of these calls',
    explanation: 'The server limits how often it can be called. This limit is not the privilege actionslimit.',
    causes: ['this account or this network sent too many calls: wait a few minutes'],
    remedies: [retry, backToReview],
  }),
  INTERNAL_SERVERL_ERROR: () => serverFault,
  INTERNAL_SERVER_ERROR: () => serverFault,
  INTERNAL_DATABASE_ERROR: () => serverFault,
  INVALID_KS: (error, context) => badKs(error, context),
  MISSING_KS: (error, context) => badKs(error, context),
};

/** Whether this is the second call of an app token sign-in, which uses the public session that the first one opened. */
const isOfToken = ({ action }: ApiError): boolean => action.toLowerCase() === 'apptoken.startsession';

function unknownOrBlocked(context: AdviceContext): AdviceBody {
  const { request } = context;
  return {
    headline: `The server refuses ${partnerName(request)} as blocked or unknown`,
    explanation: `Kaltura also reports an account as blocked if it does not exist on this server. ${IN_ORDER}`,
    causes: [
      wrongRegionCause(context),
      partnerIdCause(request),
      'the account is blocked or closed: ask Kaltura support',
    ],
    remedies: [changeServer(context), checkPartnerId],
  };
}

/** A public session was opened: that works for a blocked account, and never for an unknown one (docs/kaltura-facts.md 5.7). */
const surelyBlocked = (context: AdviceContext): AdviceBody => ({
  headline: `The account of ${partnerName(context.request)} is blocked`,
  explanation: 'The region and the partner ID are correct: the server knows this account.',
  causes: ['the account is blocked or closed: only Kaltura support can change that'],
  remedies: [checkPartnerId, changeServer(context)],
});

function notFromHere(context: AdviceContext): AdviceBody {
  const isPlain = context.request.serviceUrl.startsWith('http://');
  return {
    headline: 'The account does not allow calls from this network',
    explanation: 'The account restricts where and how it can be called. Your credentials may be correct.',
    causes: [
      ...(isPlain ? ['the account requires https, and the address starts with http'] : []),
      'the account does not allow this network: use your office network or VPN',
      'the account does not allow calls from this country',
    ],
    remedies: [...(isPlain ? [changeServer(context)] : []), retry, changeSignIn],
  };
}

const serverFault: AdviceBody = {
  headline: 'The server had an internal error',
  explanation: 'It did not check the request.',
  causes: [
    'the server has a temporary problem: try again in a minute',
    'something in the request causes the error, such as an unusual user ID or privilege',
  ],
  remedies: [retry, backToReview],
};

function badKs(error: ApiError, context: AdviceContext): AdviceBody {
  const isToken = isOfToken(error);
  const reason = `${error.args['KSID'] ?? ''} ${error.args['ERR_DESC'] ?? ''}`;
  return {
    headline: isToken
      ? 'The server rejected the public session that it just opened'
      : 'The server found an invalid key in the request',
    explanation: isToken
      ? 'An app token is used within a public session, which is opened first. The server did not check the token itself.'
      : 'This call needs no key, and none was sent.',
    causes: isToken
      ? [
          reason.includes('EXPIRED') || reason.includes('LOGOUT')
            ? 'the public session expired before the token was used: the attempt took too long'
            : 'the two calls reached different machines, and the second does not know the session yet',
        ]
      : ['something adds a key to the request: a proxy, or the server address that you entered'],
    remedies: isToken ? [retry, changeSignIn] : [changeServer(context), retry],
  };
}
