import { PRACTICE_CREDENTIALS } from '../../kaltura/accounts/practice-account.js';
import { Secret } from '../../kaltura/secret.js';
import type { SignInMethod } from '../../kaltura/sign-in/key-spec.js';
import { looksLikeSecret, type TypedValue } from '../../kaltura/typed-values.js';
import { wrappedSecret } from '../../kaltura/wrapped-secret.js';
import { caution, good, type Paragraph, plain } from '../../messages/paragraph.js';
import { type Field, form, secretField, textField } from '../engine/build-screen.js';
import type { State } from '../engine/state.js';
import { type Suggestion, suggestedText } from '../engine/view.js';
import { changeForm, type FormState } from '../form/form.js';
import { isPracticeValue, practiceText, usesPracticeAccount } from '../form/practice.js';
import { CREDENTIALS, type CredentialName, credentialsFor, secretFieldOf } from '../form/reading.js';

const LABELS: Readonly<Record<CredentialName, string>> = {
  partnerId: 'Partner ID',
  secret: 'Secret',
  loginId: 'Email',
  password: 'Password',
  tokenId: 'Token ID',
  token: 'Token value',
};

const QUESTIONS: Readonly<Record<SignInMethod, string>> = {
  server: 'What are the partner ID and the secret?',
  local: 'What are the partner ID and the secret?',
  login: 'What are your email address and password?',
  'app-token': 'Which app token do you want to use?',
};

const WHERE = 'In KMC: Settings → Integration settings → Account info.';

const SECRET_IS_PERMANENT = caution(
  'The secret works like a permanent password for the whole account, and only Kaltura can change it. kaltura-ks forgets it afterwards, unless you choose where to store it.',
);

const ADVICE: Readonly<Record<SignInMethod, readonly Paragraph[]>> = {
  server: [
    plain(`${WHERE} ADMIN keys need the Administrator Secret. For USER keys, the User Secret is enough.`),
    SECRET_IS_PERMANENT,
  ],
  local: [
    plain(`${WHERE} Take the Administrator Secret: the server checks keys of both types with it.`),
    SECRET_IS_PERMANENT,
  ],
  login: [
    plain(
      'Use the email address and password of your KMC login. If the account requires a one-time code, the wizard asks for it later.',
    ),
    plain(
      'The partner ID is needed only if you can sign in to several accounts. Without it, you get the account that you used last.',
    ),
  ],
  'app-token': [
    plain(
      'An app token replaces the account’s secret. An administrator creates it for one purpose, and can delete it.',
    ),
    plain('The person who created the token can tell you its ID, its value and the partner ID.'),
    plain('The value is never sent, only a hash of it.'),
  ],
};

const PARTNER_ID_HELP =
  'The partner ID is the number of the account. Don’t take the Sub Partner ID, which KMC shows below it: it is the same number followed by 00.';

const HELP: Readonly<Record<SignInMethod, readonly string[]>> = {
  server: [
    PARTNER_ID_HELP,
    'An account has two permanent secrets of 32 characters. The Administrator Secret can create USER and ADMIN keys. The User Secret can create only USER keys; the server refuses an ADMIN key.',
    'The secret stays in memory until the key is created. It is not written to a log or a profile. The review shows only its last four characters.',
  ],
  local: [
    PARTNER_ID_HELP,
    'The server checks every key with the Administrator Secret, whatever the type. It refuses a key that is signed with the User Secret, although older documents say otherwise.',
    'Nothing is sent when the key is created here. If the secret is wrong, the first use of the key fails with INVALID_KS.',
  ],
  login: [
    'The key has the rights of this user: ADMIN if the user is an administrator of the account, otherwise USER.',
    'A login is never repeated automatically, because failed logins count and can lock the user.',
    'If the account uses single sign-on, the server may refuse passwords here. Use an app token then.',
    'Only a line break at the end of the password is removed. Spaces can be part of a password.',
  ],
  'app-token': [
    'An app token replaces the account secret. An administrator creates it for one purpose and can delete it.',
    'Its ID looks like 0_ab12cd34, and its value has 32 characters. The wizard opens a public session of the account. Then it sends a hash of that session and the token. Tokens differ in their hash function, so the wizard tries all four, SHA256 first.',
    'A token can set the type, the user or the privileges of its keys. Its values replace yours, and the result says so.',
  ],
};

const isOdd = ({ problem, warning }: TypedValue): boolean => problem !== null || warning !== null;

/** Divides a text that ends in a secret: a secret that was typed after the partner ID must not take that along. */
function splitSecret(value: string): { readonly rest: string; readonly secret: string } {
  const [, rest = '', secret = value] =
    wrappedSecret(value) === null ? (/^(.*?)\s*([0-9a-f]{32})$/.exec(value.trim()) ?? []) : [];
  return looksLikeSecret(rest) ? { rest: '', secret: value } : { rest, secret };
}

/** Offers to move a secret from a visible field to the field for secrets. Taking the offer sets the same text again. */
function misplacedSecret(form: FormState, value: string, id: CredentialName) {
  const secretField = secretFieldOf(form);
  return {
    suggestion: { value, shown: `it as the ${LABELS[secretField].toLowerCase()}` },
    change: (state: State, typed: string): State => {
      const { rest, secret } = splitSecret(value);
      const change = typed === value ? { [id]: rest, [secretField]: new Secret(secret) } : { [id]: typed };
      return { ...state, form: changeForm(state.form, change) };
    },
  };
}

/** Offers a secret. In practice it is named, because no secret is shown beside a masked field. */
function secretSuggestion(meant: string | null, isPractice: boolean, name: CredentialName): Suggestion<Secret> | null {
  if (meant === null) return null;
  return { value: new Secret(meant), shown: isPractice ? `the practice ${LABELS[name].toLowerCase()}` : meant };
}

/** Describes a practice account that isn’t filled in. It accepts the practice secret, so a mistyped number seems to work. */
function otherPracticeAccount(partnerId: string): string | null {
  if (partnerId === String(PRACTICE_CREDENTIALS.cappedPartnerId))
    return 'This is another practice account. It has the same secret, and allows a lifetime of 1 hour at most.';
  return partnerId === String(PRACTICE_CREDENTIALS.blockedPartnerId)
    ? 'This is another practice account, which is blocked.'
    : null;
}

/** Reads a credential. In practice, warns about another practice account. */
function readCredential(form: FormState, name: CredentialName): TypedValue {
  const reading = CREDENTIALS[name](form);
  if (form.region !== 'practice' || name !== 'partnerId' || isOdd(reading)) return reading;
  return { ...reading, warning: otherPracticeAccount(reading.text) };
}

function credentialField({ form, setting }: State, name: CredentialName): Field {
  const reading = readCredential(form, name);
  const isOptional = name === 'partnerId' && form.method === 'login';
  const field = {
    id: name,
    label: name === 'secret' && form.method === 'local' ? 'Administrator Secret' : LABELS[name],
    problem: reading.problem,
    warning: reading.warning,
    hasKnownEnding: name === 'secret' || name === 'token',
    ...(name === 'secret' ? { noun: 'secret' } : {}),
    ...(isOptional ? { placeholder: 'optional' } : {}),
  };
  const value = form[name];
  const isPractice = form.region === 'practice';
  // Typing replaces what practice filled in.
  const isSuggested = isPracticeValue(form, setting.practiceAccount, name);
  const meant = isPractice && isOdd(reading) ? practiceText(setting.practiceAccount, name) : reading.suggestion;
  if (typeof value === 'string' && looksLikeSecret(value)) {
    return textField({ ...field, value, ...misplacedSecret(form, value, name) });
  }
  return typeof value === 'string'
    ? textField({ ...field, value, isSuggested, suggestion: suggestedText(meant) })
    : secretField({ ...field, value, isSuggested, suggestion: secretSuggestion(meant, isPractice, name) });
}

export const credentialFields = (state: State): Field[] =>
  credentialsFor(state.form).map((name) => credentialField(state, name));

export const credentials = form({
  step: {
    id: 'credentials',
    number: 3,
    isComplete: (typed) => credentialsFor(typed).every((name) => CREDENTIALS[name](typed).problem === null),
  },
  fields: credentialFields,
  view: ({ form: typed, setting }) => {
    const { method } = typed;
    const isPractice = typed.region === 'practice';
    const isFilledIn = usesPracticeAccount(typed, setting.practiceAccount);
    return {
      question: QUESTIONS[method],
      isFilledIn,
      advice: isFilledIn ? [good('Practice account: nothing in it is real. Press Enter to use it.')] : ADVICE[method],
      help: [
        ...(isPractice
          ? ['The practice account exists only on this computer. Its secrets work only on the practice server.']
          : []),
        ...HELP[method],
      ],
    };
  },
});
