import type { AppToken, DeleteReport, NewAppToken } from '../../kaltura/app-tokens/manage.js';
import { tokenRisks } from '../../kaltura/app-tokens/new-token.js';
import { diagnoseUse, type UseContext } from '../../kaltura/diagnosis/diagnose.js';
import { formatDuration, formatLifetime, formatTime } from '../../kaltura/lifetime.js';
import { privilegePairs } from '../../kaltura/privileges/privileges.js';
import { explain } from '../diagnosis/diagnosis.js';
import { caution, danger, type Fact, good, lowerFirst, type Paragraph, plain, type Tone } from '../paragraph.js';

// `now` is in epoch seconds throughout.

const isOver = ({ expiresAt }: AppToken, now: number): boolean => expiresAt !== null && expiresAt <= now;

/** Says why a token creates no valid keys; null if it does. */
function whyInactive(token: AppToken, now: number): string | null {
  if (token.status !== 'active') return token.status;
  if (isOver(token, now)) return 'expired';
  return token.duration !== null && token.duration <= 0 ? 'its keys expire immediately' : null;
}

/** `active, expires in 89 days`. */
function stateText(token: AppToken, now: number): string {
  const reason = whyInactive(token, now);
  if (reason !== null) return reason;
  return token.expiresAt === null
    ? 'active, never expires'
    : `active, expires in ${formatDuration(token.expiresAt - now)}`;
}

const keysText = ({ duration }: AppToken): string => {
  if (duration === null) return 'as long as the account allows';
  return duration > 0 ? formatLifetime(duration) : '0 seconds';
};

/** Describes a token in one line: its ID and purpose as the label, its keys and its state as the hint. */
export function tokenLine(
  token: AppToken,
  now: number,
): { readonly label: string; readonly hint: string; readonly detail: string; readonly tone: Tone } {
  const { id, description, type, userId, privileges } = token;
  const isWild = type !== 'USER';
  const hint = `${type ?? 'USER or ADMIN'}, ${stateText(token, now)}`;
  const detail = [
    hint,
    userId === null ? 'any user' : `user ${userId}`,
    ...(privileges === '' ? [] : [privileges]),
  ].join(', ');
  return {
    label: description === '' ? id : `${id}  ${description}`,
    hint,
    detail,
    tone: whyInactive(token, now) !== null ? 'dim' : isWild ? 'caution' : 'plain',
  };
}

/** Describes a token in a sentence. */
export function tokenText(token: AppToken, now: number): string {
  const { detail } = tokenLine(token, now);
  const purpose = token.description === '' ? '' : ` “${token.description}”`;
  return `the app token ${token.id}${purpose}: ${detail}; each key is valid for ${keysText(token)}.`;
}

/** Headings of the columns of `tokenRow`. */
export const TOKEN_COLUMNS = ['ID', 'TOKEN', 'TYPE', 'EACH KEY', 'USER', 'PRIVILEGES', 'FOR'] as const;

/** Returns the columns of a token, in few words. “any” means that each request chooses. */
export const tokenRow = (token: AppToken, now: number): readonly string[] => {
  const { id, type, duration, userId, privileges, description, expiresAt } = token;
  const left = expiresAt === null ? 'never expires' : `${formatDuration(expiresAt - now)} left`;
  return [
    id,
    whyInactive(token, now) ?? left,
    type ?? 'any',
    duration === null ? 'any' : formatDuration(duration),
    userId ?? 'any',
    privileges === '' ? '(none)' : privileges,
    description,
  ];
};

/** Returns all facts about a token. */
export function tokenFacts(token: AppToken, now: number): readonly Fact[] {
  const { id, description, type, userId, privileges, expiresAt, hash, createdAt } = token;
  return [
    { label: 'ID', value: id },
    { label: 'Description', value: description === '' ? '(no description)' : description },
    { label: 'Type', value: type ?? 'each request chooses' },
    { label: 'User', value: userId ?? 'each request chooses' },
    { label: 'Privileges', value: privileges === '' ? '(none)' : privileges },
    { label: 'Each key', value: `valid for ${keysText(token)}` },
    {
      label: 'The token',
      value: `${stateText(token, now)}${expiresAt === null ? '' : ` (${formatTime(expiresAt, now)})`}`,
    },
    { label: 'Hash', value: hash },
    ...(createdAt === null ? [] : [{ label: 'Created', value: formatTime(createdAt, now) }]),
  ];
}

/** Warns about what is odd or dangerous in an existing token. */
export function tokenParagraphs(token: AppToken, now: number): readonly Paragraph[] {
  const said: Paragraph[] = [];
  if (token.type !== 'USER') {
    const keys = token.type === 'ADMIN' ? 'creates ADMIN keys' : 'creates ADMIN keys when asked for them';
    said.push(caution(`The token ${keys}: it is nearly as powerful as the account’s secret.`));
  }
  if (token.duration !== null && token.duration <= 0) {
    said.push(
      caution(
        `The keys of this token expire immediately, because its key lifetime is ${token.duration}. Create another token.`,
      ),
    );
  }
  if (isOver(token, now)) {
    said.push(
      caution(
        'The token has expired. If it expired as soon as it was created, its expiry was given as 0, which means “now” and not “never”.',
      ),
    );
  }
  if (privilegePairs(token.privileges).some(([name]) => name === 'all')) {
    said.push(
      caution(
        'The * in its privileges does nothing: * works only as the only privilege, and each key of an app token has other privileges too.',
      ),
    );
  }
  return said;
}

/** Warns about the risks of a token before it is created. */
export const newTokenWarnings = (request: NewAppToken, partnerId: number | null): readonly Paragraph[] =>
  tokenRisks(request, partnerId).map(({ weight, message }) => ({
    tone: weight === 'note' ? 'plain' : weight,
    text: message,
  }));

/** Describes how a new token differs from the request, one sentence for each difference. */
export function tokenDifferences(request: NewAppToken, token: AppToken): readonly Paragraph[] {
  const pairs: readonly (readonly [noun: string, requested: unknown, got: unknown])[] = [
    ['type', request.type, token.type],
    // The server answers with null where the token has no user.
    ['user', request.userId || null, token.userId || null],
    ['privileges', request.privileges, token.privileges],
    ['key lifetime', request.duration, token.duration],
    ['expiry', request.expiresAt, token.expiresAt],
  ];
  return pairs
    .filter(([, requested, got]) => requested !== got)
    .map(([noun, requested, got]) =>
      caution(`The server created the token with another ${noun}: ${got ?? 'none'} instead of ${requested ?? 'none'}.`),
    );
}

/** Describes what deleting a token will do. */
export const deletionParagraphs = ({ id, status }: AppToken): readonly Paragraph[] => [
  {
    tone: status === 'active' ? 'danger' : 'caution',
    text: `If you delete ${id}, all keys that were created from it stop working immediately, and it can’t create new ones. This can’t be undone.`,
  },
];

/** Describes the result of deleting a token. */
export function deletedParagraphs(id: string, report: DeleteReport, context: UseContext): readonly Paragraph[] {
  switch (report.outcome) {
    case 'deleted':
      return [
        good(
          report.left === null
            ? `✔ Deleted ${id}. The key that deleted it was created from it, and no longer works.`
            : `✔ Deleted ${id}: it is no longer in the account’s list. The keys that were created from it no longer work.`,
        ),
      ];
    case 'absent':
      return [
        caution(`✖ The account has no app token ${id} (APP_TOKEN_ID_NOT_FOUND). Nothing was deleted.`),
        plain(
          'It was already deleted, its ID is mistyped, or it belongs to another account. Check the list of app tokens.',
        ),
      ];
    case 'still-there':
      return [
        danger(`The server accepted the request to delete ${id}, but still lists it.`),
        plain('The change may need a moment to reach all servers. Check the list in a minute.'),
      ];
    case 'deleted-unproved':
      return [
        caution(
          `The server accepted the request to delete ${id}, but the check failed: ${lowerFirst(explain(diagnoseUse(report.why, context)).headline)}.`,
        ),
        plain('Check the list in a minute: the token should be gone.'),
      ];
  }
}

/** Says that a list is incomplete. @param total how many tokens the server says there are */
export const cutListText = (total: number): string =>
  `caution: the list is incomplete. The server says that there are ${total} app tokens, but returns them in too many pages. The missing tokens were not checked.`;
