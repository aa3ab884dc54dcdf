import { Secret } from '../../kaltura/secret.js';
import type { SignInMethod } from '../../kaltura/sign-in/key-spec.js';
import { looksLikeSecret, type TypedValue } from '../../kaltura/typed-values.js';
import type { Paragraph } from '../../messages/paragraph.js';
import { type Field, form, secretField, textField } from '../engine/build-screen.js';
import type { State } from '../engine/state.js';
import { suggestedText } from '../engine/view.js';
import { changeForm, type FormState } from '../form/form.js';
import { practiceText, usesPracticeAccount } from '../form/practice.js';
import { CREDENTIALS, type CredentialName, credentialsFor, secretFieldOf } from '../form/reading.js';

const LABELS: Readonly<Record<CredentialName, string>> = {
  partnerId: 'Partner ID',
  secret: 'Secret',
  loginId: 'E-mail',
  password: 'Password',
  tokenId: 'Token ID',
  token: 'Token',
};

const QUESTIONS: Readonly<Record<SignInMethod, string>> = {
  server: 'What are the account’s credentials?',
  local: 'What are the account’s credentials?',
  login: 'Who logs in?',
  'app-token': 'Which app token?',
};

const WHERE = 'In KMC: Settings → Integration settings → Account info.';

const ADVICE: Readonly<Record<SignInMethod, readonly Paragraph[]>> = {
  server: [
    { tone: 'plain', text: `${WHERE} Take the Administrator Secret; the User Secret makes USER keys only.` },
    {
      tone: 'caution',
      text: 'The secret is the master key of the account and cannot be changed: it is used for this key and then forgotten, unless you choose where to keep it.',
    },
  ],
  local: [
    { tone: 'plain', text: `${WHERE} Only the Administrator Secret works here, for USER keys as well.` },
    {
      tone: 'caution',
      text: 'The secret is the master key of the account and cannot be changed: it is used for this key and then forgotten, unless you choose where to keep it.',
    },
  ],
  login: [
    {
      tone: 'plain',
      text: 'The e-mail address and password that you sign in to KMC with. If the account wants a one-time code, it is asked later.',
    },
    {
      tone: 'plain',
      text: 'Partner ID: only if you work in several accounts; without one, the account you used last.',
    },
  ],
  'app-token': [
    {
      tone: 'plain',
      text: 'Whoever made the token has its ID and value, and the partner ID. Its kind of hash need not be known.',
    },
    { tone: 'plain', text: 'The token itself is never sent, only a hash of it.' },
  ],
};

const HELP: Readonly<Record<SignInMethod, readonly string[]>> = {
  server: [
    'The partner ID is the number of the account. The Sub Partner ID, which KMC shows beneath it, is the same number followed by 00: do not take that one.',
    'An account has two permanent secrets of 32 characters each. The Administrator Secret makes keys of both types; the User Secret makes USER keys only, and an ADMIN key asked with it is refused.',
    'The secret is kept in memory until the key is made. It is not saved with a profile, shown on the review by its last four characters alone, not written to any log.',
  ],
  local: [
    'The partner ID is the number of the account. The Sub Partner ID, which KMC shows beneath it, is the same number followed by 00: do not take that one.',
    'Every key is checked against the Administrator Secret, whatever its type. A key signed with the User Secret is always refused, though older documents say otherwise.',
    'Nothing is sent when the key is made here. A mistake in the secret shows when the key is first used: INVALID_KS.',
  ],
  login: [
    'The key will have the rights of this user: ADMIN where the user is an administrator of the account, else USER.',
    'A login is never tried twice by itself: wrong tries count, and may lock the user.',
    'Accounts that sign in through their own organisation (single sign-on) may refuse passwords here. Then an app token is the way.',
    'Of a password nothing is cut off but a line end after it: blanks may be part of it.',
  ],
  'app-token': [
    'An app token stands in for the account secret: an administrator makes one for a purpose, and can delete it.',
    'Its ID looks like 0_ab12cd34, its value is 32 characters long. First a public session of the account is opened, then the hash of that session and the token proves that you have it. Tokens differ in their hash function and nobody remembers which: the four are tried, SHA256 first.',
    'A token may fix the type, the user or the privileges of its keys. Then that wins over what you ask for, and the result says so.',
  ],
};

const isOdd = ({ problem, warning }: TypedValue): boolean => problem !== null || warning !== null;

/** Offers to move a secret from a visible field to the field for secrets. Taking the offer sets the same text again. */
function misplacedSecret(form: FormState, value: string, id: CredentialName) {
  const secretField = secretFieldOf(form);
  return {
    suggestion: { value, shown: `it as the ${LABELS[secretField].toLowerCase()}` },
    change: (state: State, typed: string): State => {
      const change = typed === value ? { [id]: '', [secretField]: new Secret(value) } : { [id]: typed };
      return { ...state, form: changeForm(state.form, change) };
    },
  };
}

function credentialField({ form, setting }: State, name: CredentialName): Field {
  const reading = CREDENTIALS[name](form);
  const isOptional = name === 'partnerId' && form.method === 'login';
  const field = {
    id: name,
    label: name === 'secret' && form.method === 'local' ? 'Admin secret' : LABELS[name],
    problem: reading.problem,
    warning: reading.warning,
    hasKnownEnding: name === 'secret' || name === 'token',
    ...(isOptional ? { placeholder: 'optional' } : {}),
  };
  const value = form[name];
  const isPractice = form.region === 'practice';
  const shown = isPractice && isOdd(reading) ? practiceText(setting.practiceAccount, name) : reading.suggestion;
  if (typeof value === 'string' && looksLikeSecret(value)) {
    return textField({ ...field, value, ...misplacedSecret(form, value, name) });
  }
  return typeof value === 'string'
    ? textField({ ...field, value, suggestion: suggestedText(shown) })
    : secretField({ ...field, value, suggestion: shown === null ? null : { value: new Secret(shown), shown } });
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
      advice: isFilledIn
        ? [{ tone: 'good', text: 'This is the pretend account: press Enter to take it.' }, ...ADVICE[method]]
        : ADVICE[method],
      help: [
        ...(isPractice
          ? ['The pretend account is invented. Its secrets open nothing but the practice server on this computer.']
          : []),
        ...(method === 'login' || method === 'app-token' ? [] : [WHERE]),
        ...HELP[method],
      ],
    };
  },
});
