import type { NotKalturaError } from '../api/client.js';
import { type AdviceBody, type FailedCall, hostOf, isOwnServer, type Remedy } from './advice.js';

export const LOGIN_PAGE =
  'the login page of this network (hotel, train, guest Wi-Fi) answered: sign in there in a browser first';

/** Advice on an answer that is not from the Kaltura API (docs/kaltura-facts.md 3.4). */
export function onNotKalturaAnswer(error: NotKalturaError, call: FailedCall): AdviceBody {
  const host = hostOf(call);
  return {
    headline: `The answer from ${host} is not a Kaltura API answer (${kindOf(error)})`,
    explanation: explanation(error, call),
    causes: causes(error, call, host),
    remedies: remedies(error, call),
  };
}

function kindOf({ what, status }: NotKalturaError): string {
  const noun = {
    html: 'a web page',
    empty: 'an empty answer',
    redirect: 'a redirect',
    'not-json': 'not JSON',
    'wrong-shape': 'unexpected JSON',
  }[what];
  return `${noun}, HTTP ${status}`;
}

function explanation({ what }: NotKalturaError, { about, carries }: FailedCall): string {
  if (what !== 'redirect') return `It does not show ${about}.`;
  return `The server redirects to another address. kaltura-ks did not follow, because that would have sent ${carries} there.`;
}

function causes({ what, status, leadsToHttps }: NotKalturaError, call: FailedCall, host: string): readonly string[] {
  const mistyped = isOwnServer(call) ? [`${host} is not the address of a Kaltura server`] : [];
  if (status === 401 || status === 403)
    return ['a firewall or proxy in front of the server rejected the request', ...mistyped];
  if (status === 404) {
    return mistyped.length === 0
      ? ['a proxy answered instead of the server', LOGIN_PAGE]
      : [...mistyped, 'the address has an extra or a missing part before /api_v3'];
  }
  if (status === 429) return ['this network sent too many requests: wait a few minutes'];
  if (status >= 500) {
    const fault =
      what === 'empty'
        ? 'the server crashed because of this request, perhaps because of an unusual value'
        : 'the server or a proxy in front of it has a problem: try again in a minute';
    return [fault, 'the server is under maintenance', ...mistyped];
  }
  switch (what) {
    case 'redirect':
      return [
        ...(leadsToHttps && call.serviceUrl.startsWith('http://') ? ['the server requires https'] : []),
        ...mistyped,
        'the server has a new address',
        LOGIN_PAGE,
      ];
    case 'html':
      return [LOGIN_PAGE, ...mistyped, 'the server is under maintenance'];
    case 'empty':
    case 'not-json':
      return ['the answer was cut off or changed by a proxy: try again', ...mistyped, LOGIN_PAGE];
    case 'wrong-shape':
      return [...mistyped, 'another program answered at this address', 'a proxy answered instead of the server'];
  }
}

function remedies({ status, what }: NotKalturaError, call: FailedCall): readonly Remedy[] {
  const isPassing = status >= 500 || status === 429 || what !== 'wrong-shape';
  return [...(isPassing ? call.again : []), ...call.place, ...call.review];
}
