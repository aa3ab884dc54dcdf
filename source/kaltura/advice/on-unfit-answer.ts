import type { ConnectionError } from '../http.js';
import { type Counsel, type FailedCall, hostOf, isOwnServer } from './advice.js';
import { LOGIN_PAGE } from './on-foreign-answer.js';

type AnswerCounsel = Pick<Counsel, 'headline' | 'causes'>;

/** Advice on an answer that cannot be read as one. null if nothing answered. */
export function onUnfitAnswer({ detail }: ConnectionError, call: FailedCall): Omit<Counsel, 'explanation'> | null {
  const host = hostOf(call);
  const mistyped = isOwnServer(call) ? [`${host} is not the address of a Kaltura server`] : [];
  const counsel = counselOn(detail, host, mistyped);
  return counsel && { ...counsel, remedies: [...call.again, ...call.place, ...call.review] };
}

function counselOn(detail: string, host: string, mistyped: readonly string[]): AnswerCounsel | null {
  if (detail.includes('longer than')) {
    return {
      headline: `The answer from ${host} is too long`,
      causes: [...mistyped, LOGIN_PAGE, 'a proxy answered instead of the server'],
    };
  }
  if (detail === 'HPE_HEADER_OVERFLOW') {
    return {
      headline: `${host} sent too many headers with its answer`,
      causes: [
        'a proxy or firewall adds too many headers: ask its administrator',
        ...mistyped,
        'the server is configured wrongly: tell its administrator',
      ],
    };
  }
  if (detail.startsWith('HPE_')) {
    return {
      headline: `${host} does not answer like a web server`,
      causes: [...mistyped, 'another program uses this port', 'a proxy or firewall changes what the server sends'],
    };
  }
  return null;
}
