import { DEFAULT_LIFETIME, formatLifetime } from '../kaltura/lifetime.js';
import { sanitizeText } from '../kaltura/redact.js';
import type { Secret } from '../kaltura/secret.js';
import { compareWithRequest, type Difference } from '../kaltura/sessions/compare.js';
import { type KeyRequest, type MadeKey, secretsOf } from '../kaltura/sign-in/key-request.js';
import type { SignInMethod } from '../kaltura/sign-in/key-spec.js';
import { caution, danger, joinWithAnd, type Paragraph, plain, upperFirst } from './paragraph.js';

/** Characters. The server's list of privileges can have any length. */
const LONGEST = 400;

/** What decides the type of the key instead of the request; null if the request decides. */
const DECIDES: Readonly<Record<SignInMethod, string | null>> = {
  login: 'the user who logs in decides',
  'app-token': 'the app token decides',
  server: null,
  local: null,
};

const LOGIN_OF_ADMINISTRATOR = danger(
  'danger: this is an ADMIN key, because the user who signed in is an administrator. Don’t share the key.',
);

function differenceText(difference: Difference, { signIn }: KeyRequest, secrets: readonly Secret[]): Paragraph {
  const decides = DECIDES[signIn.method];
  const named = (text: string): string => sanitizeText(text, secrets, LONGEST);
  switch (difference.kind) {
    case 'stronger-type':
      return danger(
        `danger: this key can do more than you asked for: it is an ADMIN key, not a USER key.${decides === null ? '' : ` ${upperFirst(decides)} the type.`} Don’t share the key.`,
      );
    case 'weaker-type':
      return caution(`You asked for an ADMIN key, but this is a USER key${decides === null ? '' : `: ${decides}`}.`);
    case 'shorter-life':
      return caution(
        difference.got <= 0
          ? 'By the clock of this computer, this key has already expired. Make sure that the clock is right.'
          : `${upperFirst(signIn.method === 'app-token' ? 'the app token' : 'the account')} allows ${lifetimeText(difference.got)}, not the requested ${formatLifetime(difference.asked)}.`,
      );
    case 'longer-life':
      return caution(`The key is valid for longer than the ${formatLifetime(difference.asked)} you asked for.`);
    case 'privileges-missing':
      return caution(`The key lacks privileges that you asked for: ${named(difference.privileges.join(', '))}.`);
    case 'privileges-added':
      return caution(`The key has privileges that you did not ask for: ${named(difference.privileges.join(', '))}.`);
    case 'another-user':
      return caution(userText(named(difference.got), named(difference.asked), signIn.method));
    case 'another-account':
      return danger(`danger: the key is for partner ${difference.got}, not ${difference.asked}.`);
  }
}

/** Names what an app token decided because the request left it open; null for another difference. */
function setByToken(difference: Difference, { privileges }: KeyRequest, secrets: readonly Secret[]): string | null {
  switch (difference.kind) {
    case 'another-user':
      return difference.asked === '' ? `the user “${sanitizeText(difference.got, secrets, LONGEST)}”` : null;
    case 'privileges-added':
      return privileges === ''
        ? `the privileges ${sanitizeText(difference.privileges.join(','), secrets, LONGEST)}`
        : null;
    case 'shorter-life':
      return difference.asked === DEFAULT_LIFETIME && difference.got > 0
        ? `the lifetime of ${lifetimeText(difference.got)}`
        : null;
    default:
      return null;
  }
}

const lifetimeText = (seconds: number): string => formatLifetime(Math.round(seconds / 60) * 60 || seconds);

/** @param asked '' for no user */
function userText(got: string, asked: string, method: SignInMethod): string {
  const by = method === 'app-token' ? ', because the app token decides' : '';
  const is = got === '' ? 'The key has no user' : `The key’s user is “${got}”`;
  return asked === '' ? `${is}${by}. You asked for no user.` : `${is}, not “${asked}”${by}.`;
}

/**
 * Describes how a key differs from the request: one sentence for each difference, the worst first.
 *
 * @param askedAt epoch milliseconds
 * @param isTypeAsked false for a login in the wizard, which does not ask for a type: then a weaker type is no difference, and a stronger one is explained by the login
 */
export function differencesFromAsked(
  request: KeyRequest,
  made: MadeKey,
  askedAt: number,
  isTypeAsked = true,
): readonly Paragraph[] {
  const isReported = ({ kind }: Difference): boolean => kind !== 'weaker-type' || isTypeAsked;
  const secrets = [...secretsOf(request), made.ks];
  const reported = compareWithRequest(request, made, askedAt).filter(isReported);
  const isByToken = request.signIn.method === 'app-token';
  const parts = reported.map((difference) => (isByToken ? setByToken(difference, request, secrets) : null));
  const set = parts.filter((part) => part !== null);
  return [
    ...reported
      .filter((_, index) => parts[index] === null)
      .map((difference) =>
        difference.kind === 'stronger-type' && !isTypeAsked
          ? LOGIN_OF_ADMINISTRATOR
          : differenceText(difference, request, secrets),
      ),
    ...(set.length === 0 ? [] : [plain(`The app token decides ${joinWithAnd(set)}.`)]),
  ];
}
