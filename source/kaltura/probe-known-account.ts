import { checkPartnerId, credentials, otherSignIn, partnerName, retry } from './advice/advice.js';
import { oddities } from './advice/evidence.js';
import { maskedCauses } from './advice/on-login.js';
import type { AdviceContext } from './error-advice.js';
import type { Finding } from './probe.js';

/**
 * What is left, once the server that was asked knows the account and has not blocked it.
 *
 * @param code of the refusal that made one ask
 * @param place a region's name, or a host
 */
export function onceKnown(code: string | null, place: string, context: AdviceContext): Finding {
  const headline = `${place} knows ${partnerName(context.request)}: the region is right`;
  const { signIn } = context.request;
  if (code === 'SERVICE_FORBIDDEN_CONTENT_BLOCKED' || code === 'INVALID_WIDGET_ID') {
    return {
      headline: `${place} knows ${partnerName(context.request)}, and has not blocked it`,
      explanation: 'That does not go together with its refusal a moment ago. So',
      causes: [
        'it was blocked or unknown for a moment only: try again',
        'another account was meant: look whether the partner ID reached the server as you typed it',
      ],
      remedies: [retry, checkPartnerId],
      isSure: false,
      settles: false,
    };
  }
  switch (signIn.method) {
    case 'login':
      return {
        headline,
        explanation:
          'So it is the login itself. What the server hides behind its one answer is still open: it may be that',
        causes: maskedCauses(context, null),
        remedies: [credentials('Enter the login again'), otherSignIn],
        isSure: true,
        settles: false,
      };
    case 'app-token':
      return {
        headline,
        explanation: 'So it is the app token. Its list is open to ADMIN keys alone. Either',
        causes: ['its ID is mistyped', 'it was deleted', 'the partner ID is that of another account in this region'],
        remedies: [credentials('Enter the app token again'), otherSignIn],
        isSure: true,
        settles: false,
      };
    default:
      return {
        headline,
        explanation: 'No other region that answered has an account of this number. So it is the secret:',
        causes: [
          ...oddities(signIn.secret, 'secrets'),
          'it is the secret of another account',
          'it is an old one, or was copied wrongly',
        ],
        remedies: [credentials('Enter the secret again')],
        isSure: true,
        settles: false,
      };
  }
}
