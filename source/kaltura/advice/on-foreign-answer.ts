import type { NotKalturaError } from '../api-client.js';
import { type Counsel, type FailedCall, hostOf, isOwnServer, type Remedy } from './advice.js';

export const LOGIN_PAGE =
  'a login page of this network (hotel, train, guest Wi-Fi) answers instead: open a web page first';

/** What to do where something answered that is not the Kaltura API (facts 3.4). */
export function onForeignAnswer(error: NotKalturaError, call: FailedCall): Counsel {
  const host = hostOf(call);
  return {
    headline: `${host} gave an answer that is not Kaltura’s (${said(error)})`,
    explanation: explanation(error, call),
    causes: causes(error, call, host),
    remedies: remedies(error, call),
  };
}

function said({ what, status }: NotKalturaError): string {
  const noun = {
    html: 'a web page',
    empty: 'an empty answer',
    redirect: 'a redirect',
    'not-json': 'no JSON',
    'wrong-shape': 'JSON of another kind',
  }[what];
  return `${noun}, HTTP ${status}`;
}

function explanation({ what, location }: NotKalturaError, { about, carries }: FailedCall): string {
  if (what !== 'redirect') return `So it says nothing about ${about}.`;
  const where = location === undefined ? 'elsewhere' : `to ${location}`;
  return `It sends us on ${where}. That was not followed: ${carries} would have gone along.`;
}

function causes({ what, status, location }: NotKalturaError, call: FailedCall, host: string): readonly string[] {
  const mistyped = isOwnServer(call) ? [`${host} is not the address of the Kaltura API`] : [];
  if (status === 401 || status === 403)
    return ['a firewall or proxy in front of the server turned us away', ...mistyped];
  if (status === 404) {
    return mistyped.length === 0
      ? ['a proxy answers in the server’s place', LOGIN_PAGE]
      : [...mistyped, 'the address has a part too many, or one too few, before /api_v3'];
  }
  if (status === 429) return ['too many requests came from this network: wait some minutes'];
  if (status >= 500) {
    const fault =
      what === 'empty'
        ? 'the server broke down over this request: an unusual value can do that'
        : 'the server, or what stands before it, is in trouble: try again in a minute';
    return [fault, 'it is being worked on', ...mistyped];
  }
  switch (what) {
    case 'redirect':
      return [
        ...(location?.startsWith('https://') && call.serviceUrl.startsWith('http://')
          ? ['the server wants https']
          : []),
        ...mistyped,
        'the server has moved',
        LOGIN_PAGE,
      ];
    case 'html':
      return [LOGIN_PAGE, ...mistyped, 'the server is being worked on'];
    case 'empty':
    case 'not-json':
      return ['the answer was cut off or changed on the way: try again', ...mistyped, LOGIN_PAGE];
    case 'wrong-shape':
      return [...mistyped, 'another program answers at this address', 'a proxy answers in the server’s place'];
  }
}

function remedies({ status, what }: NotKalturaError, call: FailedCall): readonly Remedy[] {
  const isPassing = status >= 500 || status === 429 || what !== 'wrong-shape';
  return [...(isPassing ? call.again : []), ...call.place, ...call.review];
}
