import { isHostedRegion, type RegionId } from '../../kaltura/accounts/regions.js';
import type { AppToken } from '../../kaltura/app-tokens/manage.js';
import { formatLifetime, HOUR, isoMoment } from '../../kaltura/lifetime.js';
import { shellQuote } from '../../kaltura/snippets/snippet.js';

/** The account of an app token, as the person who gets the token needs it. */
export interface TokenAccount {
  readonly region: RegionId;
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  readonly partnerId: number | null;
}

/** Returns a lifetime as a flag takes it: `2h`, `5400s`. */
const lifetimeFlag = (seconds: number): string => (seconds % HOUR === 0 ? `${seconds / HOUR}h` : `${seconds}s`);

/** Quotes a value that a shell could read as more than one word: IDs come from the server. */
const word = (text: string): string => (/^[\w.:/@+-]+$/.test(text) ? text : shellQuote(text));

const hasUser = ({ userId }: AppToken): boolean => userId !== null && userId !== '';

/** Returns the command that creates a key. It asks for the token's value, so that the value is in no argument. */
function commandText({ region, serviceUrl, partnerId }: TokenAccount, token: AppToken): string {
  return [
    'kaltura-ks token',
    // The practice server of one program doesn't know the tokens of another one.
    isHostedRegion(region) ? `--region ${region}` : `--url ${word(serviceUrl)}`,
    `--partner ${partnerId ?? '<partner ID>'}`,
    `--method app-token --app-token-id ${word(token.id)}`,
    ...(token.type === 'ADMIN' ? ['--type admin'] : []),
    `--user ${hasUser(token) ? word(token.userId ?? '') : '<user ID>'}`,
    ...(token.duration === null ? [] : [`--expiry ${lifetimeFlag(token.duration)}`]),
  ].join(' ');
}

/** `2027-02-22 16:20 UTC`: the reader can be in another time zone. */
const momentText = (moment: number | null): string =>
  moment === null ? 'never' : `${(isoMoment(moment) ?? '').slice(0, 16).replace('T', ' ')} UTC`;

const action = (serviceUrl: string, service: string, name: string): string =>
  `POST ${serviceUrl}/api_v3/service/${service.toLowerCase()}/action/${name}`;

/** Returns the two calls that create a key without kaltura-ks (docs/kaltura-facts.md 5.8). */
const callsText = ({ serviceUrl, partnerId }: TokenAccount, token: AppToken): readonly string[] => [
  '1. session.startWidgetSession, which needs no secret:',
  `     ${action(serviceUrl, 'session', 'startWidgetSession')}`,
  `     widgetId=_${partnerId ?? '<partner ID>'}`,
  '     format=1',
  '   The answer contains the key of a public session (ks).',
  '',
  `2. tokenHash = ${token.hash} of that ks, followed directly by the value of the token,`,
  '   as lower-case hexadecimal digits. It is a plain hash, not an HMAC.',
  '',
  '3. appToken.startSession:',
  `     ${action(serviceUrl, 'appToken', 'startSession')}`,
  '     ks=<the ks of step 1>',
  `     id=${token.id}`,
  '     tokenHash=<the hash of step 2>',
  ...(hasUser(token) ? [] : ['     userId=<user ID>']),
  '     format=1',
  '   The answer contains your key (ks) and when it expires (expiry).',
];

/** Returns the text for the person who gets an app token. The token's value is not in it. */
export function vendorText(account: TokenAccount, token: AppToken): string {
  const keys = [
    token.type ?? 'USER or ADMIN, as you request',
    hasUser(token) ? `user ${token.userId}` : 'any user',
    ...(token.duration === null ? [] : [`valid for up to ${formatLifetime(token.duration)}`]),
  ];
  const facts: readonly (readonly [label: string, value: string])[] = [
    ['Service URL', account.serviceUrl],
    ['Partner ID', String(account.partnerId ?? '')],
    ['Token ID', token.id],
    ['Hash', token.hash],
    ['Keys', keys.join(', ')],
    ['Privileges', token.privileges === '' ? 'none' : token.privileges],
    ['Token expires', momentText(token.expiresAt)],
  ];
  return [
    `App token for Kaltura account ${account.partnerId ?? ''}${token.description === '' ? '' : `: ${token.description}`}`,
    '',
    'With this app token you create session keys (KS) for the Kaltura API. You don’t',
    'need the secret of the account.',
    '',
    ...facts.map(([label, value]) => `${label.padEnd(15)}${value}`),
    '',
    'You get the value of the token separately. It is a secret: store it in a secret',
    'store, and don’t put it into code, web pages or tickets.',
    '',
    'Create a key with kaltura-ks, which asks for the value of the token:',
    '',
    `  ${commandText(account, token)}`,
    '',
    'Or create a key with two calls of the API:',
    '',
    ...callsText(account, token),
    '',
    'Pass the key as the parameter ks of each call. Create a new key before the old',
    'one expires. If the token expires or is deleted, all its keys stop working. Ask',
    'for a new token then.',
    ...(account.region === 'practice'
      ? [
          '',
          'This is a practice account. It exists only on the computer of the sender, while',
          'the practice server runs.',
        ]
      : []),
  ].join('\n');
}
