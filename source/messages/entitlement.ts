import { sanitizeText } from '../kaltura/redact.js';
import type { ContentId, LookUp } from '../kaltura/sessions/content-lookup.js';
import type { CannotReveal, Revealed } from '../kaltura/sessions/entitlement.js';
import {
  bypassesEntitlement,
  contextIn,
  type RevealOption,
  requestsEntitlement,
} from '../kaltura/sessions/entitlement.js';
import type { KeyFacts } from '../kaltura/sign-in/key-request.js';
import type { SignInMethod } from '../kaltura/sign-in/key-spec.js';
import type { Option, Paragraph } from './paragraph.js';
import { withoutSymbols } from './paragraph.js';

// “Not found”, though it exists: what entitlement is, on the spot (docs/kaltura-facts.md 5.10).

const plain = (text: string): Paragraph => ({ tone: 'plain', text });
const caution = (text: string): Paragraph => ({ tone: 'caution', text });

/** `the entry 0_abc12345` */
export const contentText = ({ kind, id }: ContentId): string => `the ${kind} ${id}`;

/** What the server said of an id. */
export function lookUpParagraphs(id: ContentId, outcome: LookUp): Paragraph[] {
  if (outcome.found) {
    const name = outcome.name === '' ? '.' : `: “${outcome.name}”.`;
    return [{ tone: 'good', text: `✔ The key finds ${contentText(id)}${name}` }];
  }
  return [
    caution(`✖ The key does not find ${contentText(id)}.`),
    plain('The server says so of three things, in the very same words:'),
    plain(`  · entitlement hides the ${id.kind} from this key, of whatever type it is`),
    plain(`  · the ${id.kind} is another account’s`),
    plain('  · it does not exist'),
  ];
}

/** What is known without asking once more. */
export function notFoundParagraphs(id: ContentId, why: 'sees-past' | 'not-enforced'): Paragraph[] {
  const reason =
    why === 'sees-past'
      ? 'The key sees past entitlement'
      : 'The account does not enforce entitlement, so nothing is hidden by it';
  return [plain(`${reason}: ${contentText(id)} does not exist, or is another account’s. Check the ID.`)];
}

/** What asking once more will send, and what it costs: said before it is agreed to. */
export function revealOfferParagraphs(id: ContentId, method: SignInMethod): Paragraph[] {
  const lookup = id.kind === 'entry' ? 'baseEntry.get' : 'category.get';
  return [
    plain(
      'To tell which: the same is asked for once more, by a USER key that lives for a minute, has disableentitlement and is ended at once.',
    ),
    plain(`Sent: ${MAKING[method]}, then ${lookup} and session.end with the new key. This key is not used.`),
    ...(method === 'login' ? [caution('It is one more login, and counts as one.')] : []),
  ];
}

const MAKING: Readonly<Record<SignInMethod, string>> = {
  server: 'session.start with the account’s secret',
  local: 'nothing to make it, for it is signed on this computer',
  login: 'user.loginByLoginId with login and password',
  'app-token': 'session.startWidgetSession and appToken.startSession',
};

/** What asking whether the account enforces entitlement will send. */
export const enforcementOfferParagraphs = (): Paragraph[] => [
  plain(
    'To see whether the account hides anything at all: this key asks for its settings (partner.getInfo, permission.get).',
  ),
  plain(
    'The server’s answer holds the account’s secrets too, as it does for every ADMIN key: they are dropped unread.',
  ),
];

const CANNOT: Readonly<Record<CannotReveal, string>> = {
  'app-token':
    'An app token cannot tell which: the server drops disableentitlement from what is asked of it, unless it was put into the token itself.',
  'one-time-code': 'To tell which takes another login, and the account wants a new one-time code for each.',
  'other-account': 'The credentials at hand are those of another account than the key’s: they cannot tell which.',
};

/** Why it cannot be told, and by what it could. `none`: there are no credentials. */
export function cannotRevealText(why: CannotReveal | 'none'): string {
  const reason = why === 'none' ? 'The key alone cannot tell which of them it is.' : CANNOT[why];
  return `${reason} With the account’s secret or a login it can be told.`;
}

/** What asking once more costs, beside a choice. */
export const revealCostText = (method: SignInMethod): string => COSTS[method];

const COSTS: Readonly<Record<SignInMethod, string>> = {
  server: 'makes one more key, for a minute',
  local: 'signs one more key, for a minute',
  login: 'one more login, which counts as one',
  'app-token': 'not with an app token',
};

/** What asking once more has shown. */
export function revealedParagraphs(
  id: ContentId,
  { verdict, name, isEnded }: Revealed,
  ways: readonly RevealOption[],
): Paragraph[] {
  const rest = isEnded ? [] : [plain('The key of a minute was not ended: it ends by itself.')];
  switch (verdict) {
    case 'hidden-by-entitlement':
      return [
        {
          tone: 'good',
          text: `✔ It exists${name === null || name === '' ? '' : ` (“${name}”)`}: entitlement hides it from your key.`,
        },
        ...(ways.length === 0 ? [] : [plain('A key that is to find it needs one of these, the narrowest first:')]),
        ...ways.map((way) => plain(`  · ${wayText(way, id)}`)),
        ...rest,
      ];
    case 'not-there-either':
      return [
        caution(
          `✖ A key that sees past entitlement does not find it either: ${contentText(id)} does not exist, or is another account’s.`,
        ),
        plain('No privilege will help: check the ID, and the account.'),
        ...rest,
      ];
    case 'unknown':
      return [
        caution('The second key did not find it either, but it may lack disableentitlement.'),
        plain('The server decides what a key gets, and may drop what was asked for. KMC shows whether it exists.'),
        ...rest,
      ];
  }
}

/** All that is known of one id, with or without asking once more, for a screen: which ways there are is in its choices. */
export function foundParagraphs(
  found: {
    readonly id: ContentId;
    readonly outcome: LookUp;
    readonly revealed: Revealed | null;
    /** undefined until it was asked, null where the key may not ask. */
    readonly isEnforced?: boolean | null;
  },
  facts: KeyFacts | null,
): readonly Paragraph[] {
  const { id, outcome, revealed, isEnforced } = found;
  if (outcome.found) return lookUpParagraphs(id, outcome);
  if (revealed !== null) return withoutSymbols(revealedParagraphs(id, revealed, []));
  const privileges = facts?.privileges ?? null;
  if (privileges !== null && bypassesEntitlement(privileges, id)) return notFoundParagraphs(id, 'sees-past');
  const mayBeBound = privileges === null || requestsEntitlement(privileges);
  if (isEnforced === false && !mayBeBound) return notFoundParagraphs(id, 'not-enforced');
  return [plain(MEANINGS), ...contextParagraphs(id, privileges)];
}

const MEANINGS =
  'Entitlement hides it from this key, or it is another account’s, or it does not exist: the server says the same of all three.';

/** What a key needs for a way: a USER key more, to see it in lists too. */
export function privilegesOf(way: RevealOption): string {
  if (way.kind === 'without-context') return '';
  return way.kind === 'whole-account' && way.forLists !== null ? way.forLists : way.privileges;
}

/** Which key may be made instead of one that does not find it, the narrowest first. */
export const revealOption = (way: RevealOption): Option => ({
  value: way.kind,
  hint: way.kind === 'without-context' ? 'the privilege hides what has no such context' : privilegesOf(way),
  ...CURES[way.kind],
});

const CURES: Readonly<Record<RevealOption['kind'], Pick<Option, 'label' | 'tone'>>> = {
  'without-context': { label: 'Make a key without privacycontext', tone: 'plain' },
  'this-entry': { label: 'Make a key that sees this entry', tone: 'plain' },
  membership: { label: 'Make a key of a member', tone: 'plain' },
  'whole-account': { label: 'Make a key that sees everything', tone: 'danger' },
};

/** The way that cannot be gone from here. */
export const MEMBERSHIP: Paragraph = {
  tone: 'plain',
  text: 'Or make the key’s user a member of the category in KMC, and give the key privacycontext:<label>: it shows what members see, and hides what lies in no privacy context.',
};

/** The text comes from the key. */
const shown = (text: string): string => sanitizeText(text, [], 120);

/** The key's own privilege that may hide the content; nothing if it has none. */
export function contextParagraphs({ kind }: ContentId, privileges: string | null): Paragraph[] {
  const context = contextIn(privileges);
  if (context === null) return [];
  return [
    caution(
      `The key has ${shown(context)}. If the ${kind} has no such context, the privilege itself hides it: make a key without it.`,
    ),
  ];
}

/** What a way gives to a key, in a line. */
function wayText(way: RevealOption, { kind }: ContentId): string {
  switch (way.kind) {
    case 'without-context':
      return `no ${shown(way.privileges)}  shows it if it is in no category with a privacy context, or only in categories without one: the privilege itself hides such content`;
    case 'this-entry':
      return `${way.privileges}  shows this entry, and nothing else`;
    case 'membership':
      return `${way.privileges}  where the key’s user is a member of the category: shows what its members see, and hides what lies in no privacy context`;
    case 'whole-account':
      return `${way.privileges}  shows everything in the account${kind === 'entry' ? ': more than this entry needs' : ''}${way.forLists === null ? '' : `; to see it in lists, a USER key needs ${way.forLists}`}`;
  }
}
