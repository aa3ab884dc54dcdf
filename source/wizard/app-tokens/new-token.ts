import type { NewAppToken } from '../../kaltura/app-tokens/manage.js';
import { readNewAppToken, type TokenField, tokenRisks } from '../../kaltura/app-tokens/new-token.js';
import type { Risk } from '../../kaltura/risks/rule.js';
import { newTokenWarnings } from '../../messages/app-tokens.js';
import { joinMessages, type Message } from '../../messages/paragraph.js';
import { ask, unansweredMessage } from '../engine/ask.js';
import type { Screen } from '../engine/screen.js';
import { goTo, type State, stay } from '../engine/state.js';
import type { Control } from '../engine/view.js';
import { tokenAccess } from './list.js';
import { EMPTY_TOKEN_FORM } from './work.js';

const WORD = 'danger';

const needsWord = ({ acknowledge }: Risk): boolean => acknowledge;

/** Asks for a typed word before a dangerous token is created, as for a dangerous key. */
function wordControl({ tokens: { riskWord }, key }: State, wish: NewAppToken | null): Control[] {
  const isDangerous = wish !== null && tokenRisks(wish, key?.made.facts.partnerId ?? null).some(needsWord);
  if (!isDangerous) return [];
  const isTyped = riskWord.trim().toLowerCase() === WORD;
  return [
    {
      kind: 'text',
      id: 'riskWord',
      label: `Type “${WORD}”`,
      value: riskWord,
      note: 'to make so dangerous a token',
      problem: isTyped ? null : `Type the word “${WORD}” and Enter, if you mean it.`,
    },
  ];
}

/** Returns the risks as warnings, and less important remarks as advice. */
function risksBrief(wish: NewAppToken | null, partnerId: number | null): Message {
  const said = wish === null ? [] : newTokenWarnings(wish, partnerId);
  return { warnings: said.filter(({ tone }) => tone !== 'plain'), advice: said.filter(({ tone }) => tone === 'plain') };
}

/** Asks for the properties of a new app token. */
export const newToken: Screen = {
  view: (state) => {
    const { form } = state.tokens;
    const { newToken: wish, problems, warnings } = readNewAppToken(form, state.now / 1000);
    const partnerId = state.key?.made.facts.partnerId ?? null;
    const field = (id: TokenField, label: string, placeholder: string) =>
      ({
        kind: 'text',
        id,
        label,
        value: form[id],
        placeholder,
        problem: problems[id] ?? null,
        warning: warnings[id] ?? null,
      }) as const;
    return {
      heading: 'new app token',
      question: 'What shall its keys be?',
      controls: [
        field('description', 'What for', 'nightly upload'),
        field('userId', 'User', 'upload-bot, whom its keys name'),
        {
          kind: 'choice',
          id: 'type',
          label: 'Type',
          value: form.type,
          options: [
            { value: 'USER', label: 'USER', hint: 'acts as that user' },
            { value: 'ADMIN', label: 'ADMIN', hint: 'nearly the account’s secret', tone: 'danger' },
          ],
        },
        field('privileges', 'Privileges', 'none'),
        field('sessionLength', 'Each key lives', '1h'),
        field('expires', 'The token lives', '90d, or never'),
        ...wordControl(state, wish),
      ],
      ...joinMessages(unansweredMessage(state), risksBrief(wish, partnerId)),
      help: [
        'What stands here is the most that its keys can do: whoever makes a key from it may ask for less, never for more. Privileges that matter, such as disableentitlement or setrole, act only if they stand here; asked for later they are dropped without a word.',
        'A bare * is no wildcard on an app token, since its keys carry other privileges too: name what they may do.',
        'Each key lives as long as you say, at most. Zero would make keys that are dead at once, so it is refused. The token itself ends at the time given, counted from now; never means until you delete it.',
        'Its value is shown once, when it is made (SHA256).',
      ],
      enter: 'make the token',
    };
  },
  set: (state, control, value) => {
    const { tokens } = state;
    if (control === 'riskWord') return { ...state, tokens: { ...tokens, riskWord: String(value) } };
    const form = { ...tokens.form, [control]: String(value) };
    // The typed word was for the token before this change.
    return { ...state, tokens: { ...tokens, form, riskWord: '' } };
  },
  submit: (state) => {
    const access = tokenAccess(state);
    const { newToken: wish } = readNewAppToken(state.tokens.form, state.now / 1000);
    if (access === null || wish === null) return stay(state);
    return ask(state, { ask: 'add-token', wish, ...access }, 'Making the app token…');
  },
  back: (state) => stay(goTo(state, 'tokens')),
  receive: (state, answer) => {
    if (answer.to !== 'add-token') return stay(state);
    const list = [answer.is.token, ...(state.tokens.list ?? [])];
    const tokens = { ...state.tokens, list, created: answer.is, form: EMPTY_TOKEN_FORM, riskWord: '' };
    const next = { ...state, tokens, option: 'save' };
    return stay(goTo(next, 'created-token'), { do: 'show-key', ks: answer.is.value, what: 'token' });
  },
};
