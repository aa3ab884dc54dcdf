import type { AppToken, DeleteReport, NewAppToken } from '../kaltura/app-tokens/manage.js';
import { tokenRisks } from '../kaltura/app-tokens/new-token.js';
import { diagnoseUse, type UseContext } from '../kaltura/diagnosis/diagnose.js';
import { formatLifetime, formatTime, formatTimeDifference } from '../kaltura/lifetime.js';
import { privilegePairs } from '../kaltura/privileges/privileges.js';
import { explain } from './diagnosis.js';
import { type Fact, lowerFirst, type Paragraph, type Tone } from './paragraph.js';

// `now` is in epoch seconds throughout.

const isOver = ({ expiresAt }: AppToken, now: number): boolean => expiresAt !== null && expiresAt <= now;

/** Why a token makes no keys, or none that live; null where it does. */
function whyInactive(token: AppToken, now: number): string | null {
  if (token.status !== 'active') return token.status;
  if (isOver(token, now)) return 'has ended';
  return token.duration !== null && token.duration <= 0 ? 'makes keys that are dead at once' : null;
}

/** `active, ends in 89 days`. */
function stateText(token: AppToken, now: number): string {
  const dead = whyInactive(token, now);
  if (dead !== null) return dead;
  return token.expiresAt === null ? 'active, never ends' : `active, ends ${formatTimeDifference(token.expiresAt, now)}`;
}

const keysText = ({ duration }: AppToken): string => {
  if (duration === null) return 'as long as the account allows';
  return duration > 0 ? formatLifetime(duration) : 'no time at all';
};

/** A token in a line: its ID and what it is for, what its keys are, and whether it makes any. */
export function tokenLine(
  token: AppToken,
  now: number,
): { readonly label: string; readonly hint: string; readonly detail: string; readonly tone: Tone } {
  const { id, description, type, userId, privileges } = token;
  const isWild = type !== 'USER';
  const hint = `${type ?? 'USER or ADMIN'}, ${stateText(token, now)}`;
  const detail = [
    type ?? 'USER or ADMIN, as asked',
    userId === null ? 'any user' : `user ${userId}`,
    ...(privileges === '' ? [] : [privileges]),
    stateText(token, now),
  ].join(', ');
  return {
    label: description === '' ? id : `${id}  ${description}`,
    hint,
    detail,
    tone: whyInactive(token, now) !== null ? 'dim' : isWild ? 'caution' : 'plain',
  };
}

/** The same as a sentence. */
export function tokenText(token: AppToken, now: number): string {
  const { detail } = tokenLine(token, now);
  const purpose = token.description === '' ? '' : ` “${token.description}”`;
  return `the app token ${token.id}${purpose}: ${detail}; each key lives ${keysText(token)}.`;
}

/** The same in columns: ID, state, type, user, how long a key lives, privileges, what it is for. */
export const tokenRow = (token: AppToken, now: number): readonly string[] => [
  token.id,
  stateText(token, now),
  token.type ?? 'as asked',
  token.userId ?? 'as asked',
  keysText(token),
  token.privileges === '' ? '(none)' : token.privileges,
  token.description,
];

/** All that is told of a token. */
export function tokenFacts(token: AppToken, now: number): readonly Fact[] {
  const { id, description, type, userId, privileges, expiresAt, hash, createdAt } = token;
  return [
    { label: 'ID', value: id },
    { label: 'For', value: description === '' ? '(no description)' : description },
    { label: 'Type', value: type ?? 'each request chooses' },
    { label: 'User', value: userId ?? 'each request chooses' },
    { label: 'Privileges', value: privileges === '' ? '(none)' : privileges },
    { label: 'Each key', value: `lives ${keysText(token)}` },
    {
      label: 'The token',
      value: `${stateText(token, now)}${expiresAt === null ? '' : ` (${formatTime(expiresAt, now)})`}`,
    },
    { label: 'Hash', value: hash },
    ...(createdAt === null ? [] : [{ label: 'Made', value: formatTime(createdAt, now) }]),
  ];
}

/** What is odd or dangerous about a token that is there. */
export function tokenParagraphs(token: AppToken, now: number): readonly Paragraph[] {
  const said: Paragraph[] = [];
  if (token.type !== 'USER') {
    const keys = token.type === 'ADMIN' ? 'makes ADMIN keys' : 'makes ADMIN keys for whoever asks for them';
    said.push({ tone: 'caution', text: `It ${keys}: nearly as good as the account’s secret.` });
  }
  if (token.duration !== null && token.duration <= 0) {
    said.push({
      tone: 'caution',
      text: 'Its session duration is 0, which means no time and not “as usual”: its keys are dead at once. Make another token.',
    });
  }
  if (isOver(token, now)) {
    said.push({
      tone: 'caution',
      text: 'Its time is over. Where it was over as soon as it was made, its expiry was given as 0, which means now and not never.',
    });
  }
  if (privilegePairs(token.privileges).some(([name]) => name === 'all')) {
    said.push({
      tone: 'caution',
      text: 'The * in its privileges opens nothing: it counts only where it stands alone, and every key of a token carries more.',
    });
  }
  return said;
}

/** What should be known before a token is made. */
export const newTokenWarnings = (wish: NewAppToken, partnerId: number | null = null): readonly Paragraph[] =>
  tokenRisks(wish, partnerId).map(({ weight, message }) => ({
    tone: weight === 'note' ? 'plain' : weight,
    text: message,
  }));

/** In what a token that was made is not what was wished for, a sentence each. */
export function tokenDifferences(wish: NewAppToken, token: AppToken): readonly Paragraph[] {
  const pairs: readonly (readonly [noun: string, wished: unknown, got: unknown])[] = [
    ['type', wish.type, token.type],
    // The server answers with null where the token has no user.
    ['user', wish.userId || null, token.userId || null],
    ['privileges', wish.privileges, token.privileges],
    ['session length', wish.duration, token.duration],
    ['end', wish.expiresAt, token.expiresAt],
  ];
  return pairs
    .filter(([, wished, got]) => wished !== got)
    .map(([noun, wished, got]) => ({
      tone: 'caution',
      text: `The server made it with another ${noun}: ${got ?? 'none'}, where ${wished ?? 'none'} was wished for.`,
    }));
}

/** What deleting a token does, before it is done. */
export const deletionParagraphs = ({ id, status }: AppToken): readonly Paragraph[] => [
  {
    tone: status === 'active' ? 'danger' : 'caution',
    text: `Deleting ${id} stops all keys that were made from it, at once, and no new ones can be made. That cannot be taken back.`,
  },
];

/** What became of a token that was to be deleted. */
export function deletedParagraphs(id: string, report: DeleteReport, context: UseContext): readonly Paragraph[] {
  switch (report.outcome) {
    case 'deleted':
      return [
        {
          tone: 'good',
          text:
            report.left === null
              ? `✔ Deleted ${id}: the key that it was deleted with was made from it, and has ended with it.`
              : `✔ Deleted ${id}: it is not in the account’s list any more. The keys that were made from it have ended.`,
        },
      ];
    case 'absent':
      return [
        {
          tone: 'caution',
          text: `✖ The account has no app token ${id} (APP_TOKEN_ID_NOT_FOUND). Nothing was deleted.`,
        },
        {
          tone: 'plain',
          text: 'It was deleted before, its ID is mistyped, or it is another account’s: look at the list.',
        },
      ];
    case 'still-there':
      return [
        { tone: 'danger', text: `The server took the order to delete ${id}, and lists it all the same.` },
        {
          tone: 'plain',
          text: 'The word may need a moment to reach all of its machines: look at the list in a minute.',
        },
      ];
    case 'deleted-unproved':
      return [
        {
          tone: 'caution',
          text: `The server took the order to delete ${id}, but could not be asked for proof: ${lowerFirst(explain(diagnoseUse(report.why, context)).headline)}.`,
        },
        { tone: 'plain', text: 'Look at the list in a minute: it should be gone.' },
      ];
  }
}

/** A list that was given up before its end. @param total how many tokens the server says there are */
export const cutListText = (total: number): string =>
  `caution: the list is cut off. The server says that there are ${total} app tokens, and gives them in too many pieces: those that are missing were not looked at.`;
