import type { ConnectionError } from '../http.js';
import { type Counsel, type FailedCall, hostOf, isOwnServer } from './advice.js';
import { LOGIN_PAGE } from './on-foreign-answer.js';

type AnswerCounsel = Pick<Counsel, 'headline' | 'causes'>;

/** Where something answered, but nothing that can be read as an answer. null where nobody did. */
export function onUnfitAnswer({ detail }: ConnectionError, call: FailedCall): Omit<Counsel, 'explanation'> | null {
  const host = hostOf(call);
  const mistyped = isOwnServer(call) ? [`${host} is not the address of the Kaltura API`] : [];
  const counsel = counselOn(detail, host, mistyped);
  return counsel && { ...counsel, remedies: [...call.again, ...call.place, ...call.review] };
}

function counselOn(detail: string, host: string, mistyped: readonly string[]): AnswerCounsel | null {
  if (detail.includes('longer than')) {
    return {
      headline: `${host} gave an answer that is far too long`,
      causes: [...mistyped, LOGIN_PAGE, 'a proxy answers in the server’s place'],
    };
  }
  if (detail === 'HPE_HEADER_OVERFLOW') {
    return {
      headline: `${host} sent too many headers with its answer`,
      causes: [
        'a proxy or firewall on the way adds headers without end: ask whoever runs it',
        ...mistyped,
        'the server is set up wrongly: tell whoever runs it',
      ],
    };
  }
  if (detail.startsWith('HPE_')) {
    return {
      headline: `${host} does not answer as a web server does`,
      causes: [
        ...mistyped,
        'another program listens on this port',
        'a proxy or firewall changes what the server sends',
      ],
    };
  }
  return null;
}
