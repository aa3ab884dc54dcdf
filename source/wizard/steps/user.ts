import { DEFAULT_LIFETIME, formatLifetime, formatTime, LIFETIMES, missingUnitWarning } from '../../kaltura/lifetime.js';
import { readUserId } from '../../kaltura/typed-values.js';
import { caution, type Paragraph, plain } from '../../messages/paragraph.js';
import { lifetimeWarning } from '../../messages/privilege-mistakes.js';
import { type Field, form, textField } from '../engine/build-screen.js';
import type { State } from '../engine/state.js';
import { suggestedText } from '../engine/view.js';
import type { FormState } from '../form/form.js';
import { isOwnChoice } from '../form/purpose.js';
import { certainVersion, lifetimeOf } from '../form/reading.js';

const userIdField = ({ form }: State): Field => {
  const reading = readUserId(form.userId, certainVersion(form) === 2);
  return textField({
    id: 'userId',
    label: 'User ID',
    value: form.userId,
    placeholder: 'optional',
    detail: 'The ID of a user in Kaltura, often an email address. In KMC: Administration → Users.',
    problem: reading.problem,
    warning: reading.warning,
    suggestion: suggestedText(reading.suggestion),
  });
};

/** Explains a lifetime by how it compares with Kaltura's default. */
function lifetimeDetail(lifetime: number): string {
  if (lifetime < DEFAULT_LIFETIME) return 'Short is safe: create a new key when you need one.';
  if (lifetime === DEFAULT_LIFETIME)
    return 'Kaltura’s default. If the account allows less, the result screen tells you.';
  return LONG_LIFETIME;
}

const LONG_LIFETIME = 'Longer than 24 hours. If the key leaks, others can use it until it expires.';

function lifetimeList({ form, now }: State): Field {
  const seconds = now / 1000;
  const presets = LIFETIMES.map((lifetime) => ({
    value: String(lifetime),
    label: formatLifetime(lifetime),
    hint: `until ${formatTime(seconds + lifetime, seconds)}`,
    detail: lifetimeDetail(lifetime),
  }));
  return {
    kind: 'choice',
    id: 'lifetime',
    label: 'Lifetime',
    value: form.lifetime,
    digits: { option: 'other', field: 'otherLifetime' },
    options: [...presets, { value: 'other', label: 'Another…', hint: 'for example 90m, 8h or 7d' }],
  };
}

function otherLifetimeField({ form, now }: State): Field {
  const reading = lifetimeOf(form);
  const seconds = now / 1000;
  return textField({
    id: 'otherLifetime',
    label: 'How long',
    value: form.otherLifetime,
    placeholder: 'for example 90m, 8h, 7d, or seconds',
    problem: reading.ok ? null : reading.problem,
    warning: reading.ok ? missingUnitWarning(form.otherLifetime) : null,
    ...(reading.ok
      ? { note: `${formatLifetime(reading.seconds)}, until ${formatTime(seconds + reading.seconds, seconds)}` }
      : {}),
  });
}

/** Warns about a long lifetime that was typed. The list explains its own lifetimes. */
function lifetimeWarnings({ form }: State): Paragraph[] {
  const reading = lifetimeOf(form);
  if (form.lifetime !== 'other' || !reading.ok || reading.seconds <= DEFAULT_LIFETIME) return [];
  return [lifetimeWarning(reading.seconds) ?? LONG_LIFETIME].map(caution);
}

const USER_HELP: readonly string[] = [
  'User ID: the user whose content the key lists and owns, and who appears in reports. A key without a user owns nothing, and can name any user where the API asks for one. The server accepts an ID that the account doesn’t know, and some actions then create the user.',
  'The role of an existing user applies. A USER key with the ID of a KMC administrator has that administrator’s permissions. An ADMIN key with the ID of a restricted user has only that user’s role.',
];

const isComplete = (typed: FormState): boolean =>
  lifetimeOf(typed).ok &&
  (typed.method === 'login' || readUserId(typed.userId, certainVersion(typed) === 2).problem === null);

export const user = form({
  step: { id: 'user', number: 5, isNeeded: (typed) => isOwnChoice(typed) || !isComplete(typed), isComplete },
  fields: (state) => [
    ...(state.form.method === 'login' ? [] : [userIdField(state)]),
    lifetimeList(state),
    ...(state.form.lifetime === 'other' ? [otherLifetimeField(state)] : []),
  ],
  view: (state) => {
    const isLogin = state.form.method === 'login';
    return {
      question: isLogin ? 'How long should the key be valid?' : 'Which user is the key for, and how long is it valid?',
      warnings: lifetimeWarnings(state),
      advice: isLogin
        ? [plain('The key is for the user who signs in.')]
        : [
            state.form.userId.trim() === ''
              ? plain('Without a user ID, the key has no user, and what it uploads has no owner.')
              : plain(
                  'If this user has a role, the key has that role. With an administrator’s ID, it has that administrator’s permissions.',
                ),
          ],
      help: [
        ...(isLogin ? [] : USER_HELP),
        'Lifetime: a key can be used until it expires, and is not easy to revoke. Many accounts limit the lifetime. The result screen tells you if it is shorter than you asked for.',
        'The account’s limit doesn’t apply to a key that is signed on this computer.',
        'You can type 90m, 8h, 7d, 1h 30m, or a number of seconds. Zero and negative lifetimes are refused, because the key could not be used.',
      ],
    };
  },
});
