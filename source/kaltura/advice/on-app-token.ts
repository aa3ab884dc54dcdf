import {
  type AdviceContext,
  type CounselByCode,
  checkPartnerId,
  credentials,
  otherPlace,
  otherSignIn,
  partnerName,
  retry,
} from './advice.js';
import { oddities, partnerIdCause, placeCause } from './evidence.js';

const again = credentials('Enter the app token again');

const tokenName = ({ request: { signIn } }: AdviceContext): string =>
  signIn.method === 'app-token' ? `app token ${signIn.tokenId}` : 'app token';

/** What the two calls of an app token say no with (facts 4.1, 4.4). */
export const onAppToken: CounselByCode = {
  INVALID_WIDGET_ID: (_, context) => ({
    headline: `The server does not know ${partnerName(context.request)}`,
    // Even a blocked account opens a public session (facts 5.7).
    explanation: 'The account does not exist here; one that is blocked would have answered otherwise. So:',
    causes: [placeCause(context), partnerIdCause(context.request)],
    remedies: [otherPlace(context), checkPartnerId],
  }),
  START_WIDGET_SESSION_ERROR: () => ({
    headline: 'The server could not open the public session that the token needs',
    explanation: 'This is rare, and not a matter of the token, which was not sent yet.',
    causes: ['the server is in trouble for a moment'],
    remedies: [retry, otherSignIn],
  }),
  APP_TOKEN_ID_NOT_FOUND: (_, context) => ({
    headline: `The account does not have the ${tokenName(context)}`,
    explanation: `The region is right: it knows ${partnerName(context.request)}.`,
    causes: ['the ID is mistyped', 'the token was deleted', partnerIdCause(context.request)],
    remedies: [again, otherSignIn],
  }),
  APP_TOKEN_NOT_ACTIVE: (_, context) => ({
    headline: `The ${tokenName(context)} is switched off`,
    explanation: 'The token exists, but makes no keys now.',
    causes: ['an administrator disabled it: with an ADMIN key, appToken.update sets its status to 2 (active)'],
    remedies: [credentials('Enter another app token'), otherSignIn],
  }),
  APP_TOKEN_EXPIRED: (_, context) => ({
    headline: `The ${tokenName(context)} has expired`,
    explanation: 'The token exists, but its own time is over. No key can be made from it.',
    causes: [
      'its expiry has passed: an administrator can extend it, or add a new token',
      'it was added with an expiry of 0, which means at once and not never',
    ],
    remedies: [credentials('Enter another app token'), otherSignIn],
  }),
  INVALID_APP_TOKEN_HASH: (_, context) => {
    const { signIn } = context.request;
    return {
      headline: `The token does not fit the ${tokenName(context)}`,
      explanation:
        'The ID is right and the token is active. All four kinds of hash were tried, so its value must be wrong:',
      causes: [
        ...(signIn.method === 'app-token' ? oddities(signIn.token, 'tokens') : []),
        'the value belongs to another app token',
        'a character of the value is mistyped',
      ],
      remedies: [again, otherSignIn],
    };
  },
  INVALID_FIELD_VALUE: (error) => ({
    headline: 'The server did not accept a value',
    explanation: 'One of the fields that were sent, or that the app token holds, is not valid.',
    causes: [
      error.args['FIELD_NAME'] === undefined
        ? 'the app token names no user: an administrator has to set its sessionUserId'
        : `the field is ${error.args['FIELD_NAME']}`,
    ],
    remedies: [{ label: 'Check the user', goTo: 'user' }, credentials('Enter another app token')],
  }),
  SERVICE_FORBIDDEN: (_, context) => ({
    headline: 'The server does not let a public session use app tokens',
    explanation: 'The token itself was not looked at.',
    causes: [
      'the account limits what a public session may do',
      'something between here and the server took the session out of the request',
    ],
    remedies: [otherSignIn, otherPlace(context)],
  }),
};
