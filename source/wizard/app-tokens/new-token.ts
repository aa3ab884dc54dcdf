import type { NewAppToken } from '../../kaltura/app-tokens/manage.js';
import { readNewAppToken, type TokenField, tokenRisks } from '../../kaltura/app-tokens/new-token.js';
import type { Risk } from '../../kaltura/risks/rule.js';
import { newTokenWarnings } from '../../messages/app-tokens.js';
import { joinMessages, type Message, type Paragraph } from '../../messages/paragraph.js';
import { privilegeWarnings } from '../../messages/privilege-mistakes.js';
import { ask, unansweredMessage } from '../engine/ask.js';
import { type Field, form, textField } from '../engine/build-screen.js';
import { goTo, inFlow, type State, stay } from '../engine/state.js';
import { accessOf } from '../key/subject.js';
import { EMPTY_TOKEN_FORM } from './work.js';

const WORD = 'danger';

const needsWord = ({ acknowledge }: Risk): boolean => acknowledge;

/** Asks for a typed word before a dangerous token is created, as for a dangerous key. */
function wordField({ tokens: { riskWord }, key }: State, wish: NewAppToken | null): Field[] {
  const isDangerous = wish !== null && tokenRisks(wish, key?.made.facts.partnerId ?? null).some(needsWord);
  if (!isDangerous) return [];
  const isTyped = riskWord.trim().toLowerCase() === WORD;
  return [
    textField({
      id: 'riskWord',
      label: `Type “${WORD}”`,
      value: riskWord,
      note: 'to make so dangerous a token',
      problem: isTyped ? null : `Type the word “${WORD}” and Enter, if you mean it.`,
      change: (state, typed) => inFlow(state, 'tokens', { riskWord: typed }),
    }),
  ];
}

/** Returns the privileges that don't work as written. */
const privilegeCautions = ({ privileges }: NewAppToken): Paragraph[] =>
  privilegeWarnings(privileges).map((text) => ({ tone: 'caution', text }));

/** Returns the risks as warnings, and less important remarks as advice. */
function risksBrief(wish: NewAppToken | null, partnerId: number | null): Message {
  const said = wish === null ? [] : [...newTokenWarnings(wish, partnerId), ...privilegeCautions(wish)];
  return { warnings: said.filter(({ tone }) => tone !== 'plain'), advice: said.filter(({ tone }) => tone === 'plain') };
}

/** Changes a field of the token. The typed word was for the token before this change. */
const changeToken =
  (id: TokenField | 'type') =>
  (state: State, value: string): State => {
    const { tokens } = state;
    return { ...state, tokens: { ...tokens, form: { ...tokens.form, [id]: value }, riskWord: '' } };
  };

const readToken = ({ tokens, now }: State) => readNewAppToken(tokens.form, now / 1000);

function tokenFields(state: State): Field[] {
  const typed = state.tokens.form;
  const { newToken: wish, problems, warnings } = readToken(state);
  const field = (id: TokenField, label: string, placeholder: string): Field =>
    textField({
      id,
      label,
      value: typed[id],
      placeholder,
      problem: problems[id] ?? null,
      warning: warnings[id] ?? null,
      change: changeToken(id),
    });
  return [
    field('description', 'What for', 'nightly upload'),
    field('userId', 'User', 'upload-bot, whom its keys name'),
    {
      kind: 'choice',
      id: 'type',
      label: 'Type',
      value: typed.type,
      options: [
        { value: 'USER', label: 'USER', hint: 'acts as that user' },
        { value: 'ADMIN', label: 'ADMIN', hint: 'nearly the account’s secret', tone: 'danger' },
      ],
      change: changeToken('type'),
    },
    field('privileges', 'Privileges', 'none'),
    field('sessionLength', 'Each key lives', '1h'),
    field('expires', 'The token lives', '90d, or never'),
    ...wordField(state, wish),
  ];
}

/** Asks for the properties of a new app token. */
export const newToken = form({
  fields: tokenFields,
  view: (state) => ({
    heading: 'new app token',
    question: 'What shall its keys be?',
    ...joinMessages(
      unansweredMessage(state),
      risksBrief(readToken(state).newToken, state.key?.made.facts.partnerId ?? null),
    ),
    help: [
      'What stands here is the most that its keys can do: whoever makes a key from it may ask for less, never for more. Privileges that matter, such as disableentitlement or setrole, act only if they stand here; asked for later they are dropped without a word.',
      'A bare * is no wildcard on an app token, since its keys carry other privileges too: name what they may do.',
      'Each key lives as long as you say, at most. Zero would make keys that are dead at once, so it is refused. The token itself ends at the time given, counted from now; never means until you delete it.',
      'Its value is shown once, when it is made (SHA256).',
    ],
    enter: 'make the token',
  }),
  submit: (state) => {
    const access = accessOf(state);
    const { newToken: wish } = readToken(state);
    if (access === null || wish === null) return stay(state);
    return ask(state, { ask: 'add-token', wish, ...access }, 'Making the app token…');
  },
  back: (state) => stay(goTo(state, 'tokens')),
  receive: (state, answer) => {
    if (answer.to !== 'add-token') return stay(state);
    const list = [answer.is.token, ...(state.tokens.list ?? [])];
    const tokens = { ...state.tokens, list, created: answer.is, form: EMPTY_TOKEN_FORM, riskWord: '' };
    const next = { ...state, tokens, option: 'save' };
    return stay(goTo(next, 'created-token'), {
      do: 'show-key',
      ks: answer.is.value,
      label: `Value of app token ${answer.is.token.id}`,
    });
  },
});
