import { ApiError } from '../../kaltura/api/errors.js';
import type { NewAppToken } from '../../kaltura/app-tokens/manage.js';
import {
  readNewAppToken,
  type TokenField,
  type TypedAppToken,
  tokenRisks,
} from '../../kaltura/app-tokens/new-token.js';
import { isDanger } from '../../kaltura/risks/rule.js';
import { newTokenWarnings } from '../../messages/app-tokens/tokens.js';
import { joinMessages, type Message, type Paragraph, plain } from '../../messages/paragraph.js';
import { mistakesText } from '../../messages/privilege-mistakes.js';
import { ask, unansweredMessage } from '../engine/ask.js';
import { type Field, form, textField } from '../engine/build-screen.js';
import { changeState, goTo, type State, stay } from '../engine/state.js';
import { accessOf } from '../key/subject.js';
import { stepPath, vendorHeading } from '../steps/heading.js';
import { openTokens } from './tokens.js';
import { accessAfter, accessField } from './vendor-access.js';
import { NO_TOKEN_WORK, VENDOR_TOKEN_FORM } from './work.js';

const WORD = 'danger';

/** Asks for a typed word before a dangerous token is created, as for a dangerous key. */
function wordField({ tokens: { riskWord }, key }: State, newToken: NewAppToken | null): Field[] {
  const isDangerous = newToken !== null && tokenRisks(newToken, key?.made.facts.partnerId ?? null).some(isDanger);
  if (!isDangerous) return [];
  const isTyped = riskWord.trim().toLowerCase() === WORD;
  return [
    textField({
      id: 'riskWord',
      label: 'Confirm',
      value: riskWord,
      placeholder: `type “${WORD}” to create this token`,
      problem: isTyped ? null : `Type the word “${WORD}” to create this token.`,
      change: (state, typed) => changeState(state, { tokens: { riskWord: typed } }),
    }),
  ];
}

/** Returns the risks as warnings, and less important remarks as advice. */
function risksBrief(newToken: NewAppToken | null, partnerId: number | null): Message {
  const said = newToken === null ? [] : newTokenWarnings(newToken, partnerId);
  return { warnings: said.filter(({ tone }) => tone !== 'plain'), advice: said.filter(({ tone }) => tone === 'plain') };
}

/** Suggests the fields for a vendor. Each vendor needs a user of its own, so the user is named after the description. */
function suggestedFor({ description }: TypedAppToken): TypedAppToken {
  const userId = description
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return { ...VENDOR_TOKEN_FORM, userId: userId === '' ? VENDOR_TOKEN_FORM.userId : userId };
}

/** Changes a field of the token. The typed word was for the token before this change. */
const changeToken =
  (id: TokenField | 'type') =>
  (state: State, value: string): State => {
    const { tokens } = state;
    const changed = { ...tokens.form, [id]: value };
    const followsDescription = tokens.isForVendor && tokens.form.userId === suggestedFor(tokens.form).userId;
    const form =
      id === 'description' && followsDescription ? { ...changed, userId: suggestedFor(changed).userId } : changed;
    return changeState(state, { tokens: { form, access: accessAfter(tokens, form), riskWord: '' } });
  };

const readToken = ({ tokens, now }: State) => readNewAppToken(tokens.form, now / 1000);

/** Returns what looks wrong with a valid field. A second Enter continues, as where privileges are typed for a key. */
function warningOf(
  id: TokenField,
  { form: typed }: State['tokens'],
  { warnings, problems }: ReturnType<typeof readToken>,
): string | null {
  const mistakes = id === 'privileges' && problems[id] === undefined ? mistakesText(typed[id]) : null;
  const texts = [warnings[id], mistakes].filter((text) => text != null);
  return texts.length === 0 ? null : texts.join(' ');
}

function tokenFields(state: State): Field[] {
  const { form: typed, isForVendor } = state.tokens;
  const reading = readToken(state);
  const { newToken, problems } = reading;
  const field = (id: TokenField, label: string, placeholder: string, note?: string): Field =>
    textField({
      id,
      label,
      value: typed[id],
      placeholder,
      ...(note === undefined || problems[id] !== undefined ? {} : { note }),
      isSuggested: isForVendor && typed[id] === suggestedFor(typed)[id],
      problem: problems[id] ?? null,
      warning: warningOf(id, state.tokens, reading),
      change: changeToken(id),
    });
  return [
    field('description', 'Description', 'for example, nightly upload'),
    field('userId', 'User', 'for example, upload-bot'),
    {
      kind: 'choice',
      id: 'type',
      label: 'Type',
      value: typed.type,
      options: [
        { value: 'USER', label: 'USER', hint: 'acts as that user' },
        { value: 'ADMIN', label: 'ADMIN', hint: 'nearly as powerful as the account’s secret', tone: 'danger' },
      ],
      change: changeToken('type'),
    },
    ...(isForVendor && typed.type === 'USER' ? [accessField(state)] : []),
    field('privileges', 'Privileges', 'none'),
    field('sessionLength', 'Key lifetime', '1h', 'for each key; m = minutes, h = hours, d = days'),
    field('expires', 'Token lifetime', '90d, or never', 'after that, the token creates no keys'),
    ...wordField(state, newToken),
  ];
}

/** Says how to continue if the token for a vendor was not created: the ADMIN key itself may be the cause. */
function wayOut({ tokens, waiting: { unanswered } }: State): Paragraph[] {
  if (!tokens.isForVendor || !(unanswered?.cause instanceof ApiError)) return [];
  const text = 'Press Esc to change the sign-in, or to see what you can do without an ADMIN key.';
  return [plain(text)];
}

/** Returns whether the request to create the token has no answer: then only the server's list shows if the token exists. */
const isPerhapsCreated = ({ waiting: { lastQuestion, unanswered } }: State): boolean =>
  lastQuestion?.by === 'new-token' && unanswered !== null && !(unanswered.cause instanceof ApiError);

/** Asks for the properties of a new app token. */
export const newToken = form({
  fields: tokenFields,
  view: (state) => ({
    heading: state.tokens.isForVendor ? vendorHeading(5) : 'new app token',
    ...(state.tokens.isForVendor ? { path: stepPath(state.form, 5) } : {}),
    question: state.tokens.isForVendor
      ? 'What should the vendor be allowed to do?'
      : 'What should this token’s keys be allowed to do?',
    ...joinMessages(
      unansweredMessage(state),
      { warnings: wayOut(state), advice: [] },
      risksBrief(readToken(state).newToken, state.key?.made.facts.partnerId ?? null),
    ),
    help: [
      'These values are limits: a program that creates a key from the token can ask for less, never for more. Privileges that the server knows by name, such as disableentitlement and setrole, work only if you enter them here. If a program asks for them later, the server ignores them.',
      'A * alone is not a wildcard on an app token, because its keys have other privileges too. Name each privilege.',
      'Key lifetime: the longest lifetime of each key. Zero is refused, because such keys would expire immediately.',
      'Token lifetime: when the token itself expires, counted from now. With “never”, it works until you delete it.',
      'kaltura-ks shows the value of the token only once, after the token is created. Its hash function is SHA256.',
    ],
    enter: 'create the token',
  }),
  submit: (state) => {
    const access = accessOf(state);
    const { newToken } = readToken(state);
    if (access === null || newToken === null) return stay(state);
    return ask(state, { ask: 'add-token', newToken, ...access }, 'Creating the app token…');
  },
  back: (state) => {
    if (state.tokens.isForVendor) return stay(goTo(state, 'vendor', { option: '' }));
    return isPerhapsCreated(state) ? openTokens(goTo(state, 'tokens')) : stay(goTo(state, 'tokens', { option: '' }));
  },
  receive: {
    'add-token': (state, created) => {
      const { token, value } = created;
      const list = [token, ...(state.tokens.list ?? [])];
      const { form, riskWord, access } = NO_TOKEN_WORK;
      const next = goTo(state, state.tokens.isForVendor ? 'vendor-token' : 'created-token', {
        tokens: { list, created, form, riskWord, access },
        option: '',
      });
      return stay(next, { do: 'show-key', ks: value, label: `Value of app token ${token.id}` });
    },
  },
});
