import {
  type AdviceByCode,
  type AdviceContext,
  changeServer,
  changeSignIn,
  checkPartnerId,
  credentials,
  partnerName,
  retry,
} from './advice.js';
import { partnerIdCause, secretOddities, wrongRegionCause } from './evidence.js';

const again = credentials('Enter the app token again');

const tokenName = ({ request: { signIn } }: AdviceContext): string =>
  signIn.method === 'app-token' ? `app token ${signIn.tokenId}` : 'app token';

/** Errors of the two calls that an app token sign-in makes (docs/kaltura-facts.md 4.1, 4.4). */
export const onAppToken: AdviceByCode = {
  INVALID_WIDGET_ID: (_, context) => ({
    headline: `The server does not know ${partnerName(context.request)}`,
    // Even a blocked account opens a public session (docs/kaltura-facts.md 5.7).
    explanation: 'The account does not exist on this server. A blocked account gives another error. Check these:',
    causes: [wrongRegionCause(context), partnerIdCause(context.request)],
    remedies: [changeServer(context), checkPartnerId],
  }),
  START_WIDGET_SESSION_ERROR: () => ({
    headline: 'The server could not open the public session that the app token needs',
    explanation: 'This is rare. The token was not sent yet, so it is not the cause.',
    causes: ['the server has a temporary problem'],
    remedies: [retry, changeSignIn],
  }),
  APP_TOKEN_ID_NOT_FOUND: (_, context) => ({
    headline: `The account does not have the ${tokenName(context)}`,
    explanation: `The region is correct: this server knows ${partnerName(context.request)}.`,
    causes: ['the ID is mistyped', 'the token was deleted', partnerIdCause(context.request)],
    remedies: [again, changeSignIn],
  }),
  APP_TOKEN_NOT_ACTIVE: (_, context) => ({
    headline: `The ${tokenName(context)} is disabled`,
    explanation: 'The token exists, but no keys can be made with it.',
    causes: ['an administrator disabled it: to enable it, set its status to 2 with appToken.update and an ADMIN key'],
    remedies: [credentials('Enter another app token'), changeSignIn],
  }),
  APP_TOKEN_EXPIRED: (_, context) => ({
    headline: `The ${tokenName(context)} has expired`,
    explanation: 'The token exists, but no keys can be made with it any more.',
    causes: [
      'its expiry has passed: an administrator can extend it or create a new token',
      'it was created with an expiry of 0, which means “immediately” and not “never”',
    ],
    remedies: [credentials('Enter another app token'), changeSignIn],
  }),
  INVALID_APP_TOKEN_HASH: (_, context) => {
    const { signIn } = context.request;
    return {
      headline: `The token value is wrong for ${tokenName(context)}`,
      explanation: 'The ID is correct and the token is active. All four hash types were tried, so the value is wrong:',
      causes: [
        ...(signIn.method === 'app-token' ? secretOddities(signIn.token, 'tokens') : []),
        'the value belongs to another app token',
        'a character of the value is mistyped',
      ],
      remedies: [again, changeSignIn],
    };
  },
  INVALID_FIELD_VALUE: (error) => ({
    headline: 'The server did not accept a value',
    explanation: 'A field of the request or of the app token is not valid.',
    causes: [
      (error.args['FIELD_NAME'] ?? '') === ''
        ? 'the app token has no user: an administrator has to set its sessionUserId'
        : `the field is ${error.args['FIELD_NAME']}`,
    ],
    remedies: [{ label: 'Check the user', goTo: 'user' }, credentials('Enter another app token')],
  }),
  SERVICE_FORBIDDEN: (_, context) => ({
    headline: 'The server does not allow app tokens in a public session',
    explanation: 'The server did not check the token itself.',
    causes: [
      'the account restricts what public sessions can do',
      'a proxy or firewall removed the session from the request',
    ],
    remedies: [changeSignIn, changeServer(context)],
  }),
};
