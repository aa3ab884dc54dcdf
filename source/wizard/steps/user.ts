import { DEFAULT_LIFETIME, formatLifetime, formatTime, LIFETIMES } from '../../kaltura/lifetime.js';
import { readUserId } from '../../kaltura/typed-values.js';
import type { Paragraph } from '../../messages/paragraph.js';
import { lifetimeWarning } from '../../messages/privilege-mistakes.js';
import { padTo } from '../../terminal/width.js';
import { type Field, form, textField } from '../engine/build-screen.js';
import type { State } from '../engine/state.js';
import { suggestedText } from '../engine/view.js';
import { certainVersion, lifetimeOf } from '../form/reading.js';

const userIdField = ({ form }: State): Field => {
  const reading = readUserId(form.userId, certainVersion(form) === 2);
  return textField({
    id: 'userId',
    label: 'User ID',
    value: form.userId,
    placeholder: 'nobody in particular',
    problem: reading.problem,
    warning: reading.warning,
    suggestion: suggestedText(reading.suggestion),
  });
};

function lifetimeList({ form, now }: State): Field {
  const seconds = now / 1000;
  const presets = LIFETIMES.map((lifetime) => ({
    value: String(lifetime),
    label: padTo(formatLifetime(lifetime), 10),
    hint: `until ${formatTime(seconds + lifetime, seconds)}${lifetime === DEFAULT_LIFETIME ? ' (Kaltura’s default)' : ''}`,
  }));
  return {
    kind: 'choice',
    id: 'lifetime',
    label: 'Lifetime',
    value: form.lifetime,
    options: [...presets, { value: 'other', label: 'Another…', hint: 'such as 90m, 8h, 7d' }],
  };
}

function otherLifetimeField({ form, now }: State): Field {
  const reading = lifetimeOf(form);
  const seconds = now / 1000;
  return textField({
    id: 'otherLifetime',
    label: 'How long',
    value: form.otherLifetime,
    placeholder: '90m, 8h, 7d, or seconds',
    problem: reading.ok ? null : reading.problem,
    ...(reading.ok
      ? { note: `${formatLifetime(reading.seconds)}, until ${formatTime(seconds + reading.seconds, seconds)}` }
      : {}),
  });
}

function lifetimeWarnings({ form }: State): Paragraph[] {
  const reading = lifetimeOf(form);
  if (!reading.ok || reading.seconds <= DEFAULT_LIFETIME) return [];
  const long = lifetimeWarning(reading.seconds);
  return [
    ...(long === null ? [] : [{ tone: 'caution', text: long } as const]),
    {
      tone: 'caution',
      text: 'More than 24 hours: a key that leaks stays open that long. The account may allow less than you ask for.',
    },
  ];
}

const USER_HELP: readonly string[] = [
  'User ID: who acts, for ownership, reports and rights. Left empty, the key is for nobody in particular: it may act for any user where the API takes one, and owns nothing. An ID that the account does not know is accepted; some actions create the user.',
  'Careful: the role of an existing user applies. A USER key with the ID of a KMC administrator may do administrators’ work, and an ADMIN key with the ID of a restricted user gets only that user’s role.',
];

export const user = form({
  step: {
    id: 'user',
    number: 5,
    isComplete: (typed) =>
      lifetimeOf(typed).ok &&
      (typed.method === 'login' || readUserId(typed.userId, certainVersion(typed) === 2).problem === null),
  },
  fields: (state) => [
    ...(state.form.method === 'login' ? [] : [userIdField(state)]),
    lifetimeList(state),
    ...(state.form.lifetime === 'other' ? [otherLifetimeField(state)] : []),
  ],
  view: (state) => {
    const isLogin = state.form.method === 'login';
    return {
      question: isLogin ? 'How long should the key live?' : 'Which user, and for how long?',
      warnings: lifetimeWarnings(state),
      advice: isLogin
        ? [{ tone: 'plain', text: 'The user is the one who logs in. The account may allow less than you ask for.' }]
        : [
            state.form.userId.trim() === ''
              ? { tone: 'plain', text: 'No user: a key tied to nobody, with no content of its own.' }
              : {
                  tone: 'plain',
                  text: 'If this user exists, the key has the user’s role: an administrator’s ID makes it an administrator’s key.',
                },
          ],
      help: [
        ...(isLogin ? [] : USER_HELP),
        'Lifetime: a key works until it ends; it is not easily taken back. Short is safe: make a new one when you need it. Kaltura’s default is 24 hours, and many accounts cap what they give: the result says when it is less than you asked.',
        'A key signed on this computer is not capped: it lives as long as you say.',
        'Free entry: 90m, 8h, 7d, 1h 30m, or a number of seconds. Zero and negative times are refused: the server would take them and make a dead key.',
      ],
    };
  },
});
