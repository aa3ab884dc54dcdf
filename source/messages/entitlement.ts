import { SVIEW_HIDES_NOTHING } from '../kaltura/privileges/catalogue.js';
import { playsOthersThan } from '../kaltura/privileges/entry-ids.js';
import { sanitizeText } from '../kaltura/redact.js';
import type { ContentId, LookUp } from '../kaltura/sessions/content-lookup.js';
import {
  bypassesEntitlement,
  contextIn,
  type RevealOption,
  requestsEntitlement,
} from '../kaltura/sessions/entitlement.js';
import type { CannotReveal, Revealed } from '../kaltura/sessions/hidden-content.js';
import type { KeyFacts } from '../kaltura/sign-in/key-request.js';
import type { SignInMethod } from '../kaltura/sign-in/key-spec.js';
import { caution, good, type Option, type Paragraph, plain, withoutSymbols } from './paragraph.js';

// Texts about content that the server doesn't find, and about entitlement, which may hide it (docs/kaltura-facts.md 5.10).

/** Explains the term to readers who meet it for the first time. */
export const ENTITLEMENT_TEXT =
  'Entitlement hides categories and their entries from keys, even from ADMIN keys. The account can enforce it for all keys; the privilege disableentitlement turns it off for one key.';

/** `the entry 0_abc12345` */
export const contentText = ({ kind, id }: ContentId): string => `the ${kind} ${id}`;

/**
 * Describes what the server answered for an ID.
 * @param facts those of the key; null if unknown
 */
export function lookUpParagraphs(id: ContentId, outcome: LookUp, facts: KeyFacts | null): Paragraph[] {
  if (outcome.found) {
    const name = outcome.name === '' ? '.' : `: “${outcome.name}”.`;
    const isOther = id.kind === 'entry' && facts?.type === 'USER' && playsOthersThan(id.id, facts.privileges ?? '');
    return [good(`✔ The key can see ${contentText(id)}${name}`), ...(isOther ? [plain(SVIEW_HIDES_NOTHING)] : [])];
  }
  return [
    caution(`✖ The key can’t find ${contentText(id)}.`),
    plain('The server gives the same answer in three cases:'),
    plain(`· entitlement hides the ${id.kind} from this key, whatever its type`),
    plain(`· the ${id.kind} belongs to another account`),
    plain(`· the ${id.kind} does not exist`),
  ];
}

/** Explains a “not found” answer if entitlement can't be the cause. */
export function notFoundParagraphs(id: ContentId, why: 'sees-past' | 'not-enforced'): Paragraph[] {
  const reason =
    why === 'sees-past'
      ? 'The key bypasses entitlement'
      : 'The account does not enforce entitlement, so entitlement hides nothing';
  return [plain(`${reason}: ${contentText(id)} does not exist, or belongs to another account. Check the ID.`)];
}

/** Describes what the second request sends and costs, before the user agrees to it. */
export function revealOfferParagraphs(id: ContentId, method: SignInMethod): Paragraph[] {
  const lookup = id.kind === 'entry' ? 'baseEntry.get' : 'category.get';
  return [
    plain(
      'To find out whether entitlement hides it, kaltura-ks asks again with a one-minute USER key that has disableentitlement. It revokes that key at once.',
    ),
    plain(
      `This will be sent: ${MAKING[method]}, then ${lookup} and session.end with the new key. The key that you check is not sent.`,
    ),
    ...(method === 'login' ? [caution('The account counts this as one more login.')] : []),
  ];
}

const MAKING: Readonly<Record<SignInMethod, string>> = {
  server: 'session.start with the account’s secret',
  local: 'nothing to create the key, which is signed on this computer',
  login: 'user.loginByLoginId with email address and password',
  'app-token': 'session.startWidgetSession and appToken.startSession',
};

/** Describes what is sent to find out whether the account enforces entitlement. */
export const enforcementOfferParagraphs = (): Paragraph[] => [
  plain(
    'To find out whether the account hides anything at all, kaltura-ks reads its settings with this key (partner.getInfo, permission.get).',
  ),
  plain(
    'The answer also contains the account’s secrets, as for every ADMIN key. kaltura-ks discards them without reading them.',
  ),
];

const CANNOT: Readonly<Record<CannotReveal, string>> = {
  'app-token':
    'An app token can’t show which it is: the server ignores a request for disableentitlement, unless the token itself has it.',
  'one-time-code': 'To find out, another login is needed, and the account requires a new one-time code for each login.',
  'other-account':
    'The available credentials belong to a different account than the key, so they can’t show which it is.',
};

/** Says why the reason can't be found out, and what would help. `none`: there are no credentials. */
export function cannotRevealText(why: CannotReveal | 'none'): string {
  const reason = why === 'none' ? 'The key doesn’t show which of these is the cause.' : CANNOT[why];
  return `${reason} You can find out with the account’s secret or a login.`;
}

/** The cost of the second request, as the hint of a menu option. */
export const revealCostText = (method: SignInMethod): string => COSTS[method];

const COSTS: Readonly<Record<SignInMethod, string>> = {
  server: 'creates a one-minute key',
  local: 'signs a one-minute key',
  login: 'counts as one more login',
  'app-token': 'not possible with an app token',
};

/** Describes the result of the second request. */
export function revealedParagraphs(
  id: ContentId,
  { verdict, name, isRevoked }: Revealed,
  options: readonly RevealOption[],
): Paragraph[] {
  const rest = isRevoked ? [] : [plain('The one-minute key could not be revoked: it works until it expires.')];
  switch (verdict) {
    case 'hidden-by-entitlement':
      return [
        good(
          `✔ The ${id.kind} exists${name === null || name === '' ? '' : ` (“${name}”)`}, but entitlement hides it from your key.`,
        ),
        ...(options.length === 0 ? [] : [plain('To find it, create a key in one of these ways, the narrowest first:')]),
        ...options.map((option) => plain(`· ${optionText(option, id)}`)),
        ...rest,
      ];
    case 'not-there-either':
      return [
        caution(
          `✖ A key that bypasses entitlement can’t find it either: ${contentText(id)} does not exist, or belongs to another account.`,
        ),
        plain('No privilege will help. Check the ID and the account.'),
        ...rest,
      ];
    case 'unknown':
      return [
        caution(
          'The one-minute key did not find it either. But the server may have ignored its disableentitlement, so this is not certain.',
        ),
        plain('Check in KMC whether the content exists.'),
        ...rest,
      ];
  }
}

/** Describes for a screen whether the content was found, and why not. The options of the screen are the solutions. */
export function foundParagraphs(
  found: {
    readonly id: ContentId;
    readonly outcome: LookUp;
    readonly revealed: Revealed | null;
    /** undefined until it was asked; null if the key is not allowed to ask. */
    readonly isEnforced?: boolean | null;
  },
  facts: KeyFacts | null,
): readonly Paragraph[] {
  const { id, outcome, revealed, isEnforced } = found;
  if (outcome.found) return lookUpParagraphs(id, outcome, facts);
  if (revealed !== null) return withoutSymbols(revealedParagraphs(id, revealed, []));
  const privileges = facts?.privileges ?? null;
  if (privileges !== null && bypassesEntitlement(privileges, id)) return notFoundParagraphs(id, 'sees-past');
  const mayBeBound = privileges === null || requestsEntitlement(privileges);
  if (isEnforced === false && !mayBeBound) return notFoundParagraphs(id, 'not-enforced');
  return [plain(meaningsText(id)), ...contextParagraphs(id, privileges)];
}

const meaningsText = ({ kind }: ContentId): string =>
  `The key can’t find the ${kind} for one of three reasons: entitlement hides it from this key, it belongs to another account, or it does not exist. The server gives the same answer for all three.`;

/** Returns the privileges that a key needs. A USER key needs more for lists. */
export function privilegesOf(option: RevealOption): string {
  if (option.kind === 'without-context') return '';
  return option.kind === 'whole-account' && option.forLists !== null ? option.forLists : option.privileges;
}

/** Returns a key that can be created instead of one that doesn't find the content, as an option. */
export const revealOption = (option: RevealOption): Option => ({
  value: option.kind,
  hint: hintOf(option),
  ...CURES[option.kind],
});

function hintOf(option: RevealOption): string {
  if (option.kind === 'without-context') return 'it hides content without this context';
  return option.kind === 'whole-account' ? `danger: ${privilegesOf(option)}` : privilegesOf(option);
}

const CURES: Readonly<Record<RevealOption['kind'], Pick<Option, 'label' | 'tone'>>> = {
  'without-context': { label: 'Create a key without privacycontext', tone: 'plain' },
  'this-entry': { label: 'Create a key that sees this entry', tone: 'plain' },
  membership: { label: 'Create a key for a member', tone: 'plain' },
  'whole-account': { label: 'Create a key that sees everything', tone: 'danger' },
};

/** The solution that needs KMC. */
export const MEMBERSHIP = plain(
  'Alternatively, make the key’s user a member of the category in KMC, and give the key the privilege privacycontext with the category’s privacy context (KMC → Content → Categories). The key then finds what members can see, but no content whose category has no privacy context.',
);

/** The text comes from the key. */
const shown = (text: string): string => sanitizeText(text, [], 120);

/** The key's own privilege that may hide the content; nothing if it has none. */
export function contextParagraphs({ kind }: ContentId, privileges: string | null): Paragraph[] {
  const context = contextIn(privileges);
  if (context === null) return [];
  return [
    caution(
      `The key has ${shown(context)}. If the ${kind} does not have this context, the privilege itself hides it: create a key without the privilege.`,
    ),
  ];
}

/** Describes one option in a line. */
function optionText(option: RevealOption, { kind }: ContentId): string {
  switch (option.kind) {
    case 'without-context':
      return `no ${shown(option.privileges)}  works if none of its categories has a privacy context: the privilege itself hides content without one`;
    case 'this-entry':
      return `${option.privileges}  shows this entry, and nothing else`;
    case 'membership':
      return `${option.privileges}  if the key’s user is a member of the category: shows what its members see, and hides content without a privacy context`;
    case 'whole-account':
      return `${option.privileges}  shows everything in the account${kind === 'entry' ? ': more than this entry needs' : ''}${option.forLists === null ? '' : `; to see it in lists, a USER key needs ${option.forLists}`}`;
  }
}
