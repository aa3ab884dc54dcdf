import { bypassesEntitlement, findRevealOptions, type RevealOption } from '../../kaltura/sessions/entitlement.js';
import { type CannotReveal, revealingRequest } from '../../kaltura/sessions/hidden-content.js';
import type { KeyRequest } from '../../kaltura/sign-in/key-request.js';
import {
  cannotRevealText,
  contentText,
  enforcementOfferParagraphs,
  foundParagraphs,
  MEMBERSHIP,
  privilegesOf,
  revealCostText,
  revealOfferParagraphs,
  revealOption,
} from '../../messages/entitlement.js';
import { EMPTY_MESSAGE, joinMessages, type Message, type Paragraph, plain } from '../../messages/paragraph.js';
import { ask, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { type MenuOption, menu, selectedOption } from '../engine/build-screen.js';
import { changeState, goTo, openDetour, type State, stay, type Transition } from '../engine/state.js';
import { changeForm } from '../form/form.js';
import { requestOf } from '../form/reading.js';
import type { FoundContent } from './key-use.js';
import { accessOf, factsOf } from './subject.js';
import { backToKey } from './trail.js';

/** Returns a request to create keys; null if the secret isn't available. */
function availableRequest(state: State): KeyRequest | null {
  if (state.subject !== 'key') return null;
  if (state.key?.request != null) return state.key.request;
  return state.form.region === 'practice' ? requestOf(state.form, state.practiceUrl) : null;
}

type Revealing = { readonly request: KeyRequest } | { readonly cannot: CannotReveal | 'none' };

function revealingOf(state: State): Revealing {
  const request = availableRequest(state);
  if (request === null) return { cannot: 'none' };
  return revealingRequest(request, factsOf(state)?.partnerId ?? null);
}

/** Checks whether the content may exist although it was not found. */
function mayBeHidden(state: State, { id, outcome, revealed, isEnforced }: FoundContent): boolean {
  const privileges = factsOf(state)?.privileges ?? null;
  const isPast = privileges !== null && bypassesEntitlement(privileges, id);
  return !outcome.found && revealed === null && !isPast && isEnforced !== false;
}

/** Leaves out the options that need an unknown user name. */
const applicableOptions = (state: State, found: FoundContent): readonly RevealOption[] =>
  state.subject === 'key' && found.revealed?.verdict === 'hidden-by-entitlement'
    ? findRevealOptions(found.id, factsOf(state) ?? { type: null, privileges: null }).filter(
        ({ kind }) => kind !== 'membership',
      )
    : [];

const AGAIN = 'again';
const BACK: MenuOption = { value: 'back', label: 'Back to the key', choose: backToKey };

/** A key from another sign-in method can show why the content isn't found. */
const SIGN_IN: MenuOption = {
  value: 'sign-in',
  label: 'Sign in another way…',
  hint: 'to create another key',
  choose: (state) => stay(openDetour(withReview(state), 'sign-in', null)),
};

function options(state: State): MenuOption[] {
  const { found } = state.checking;
  if (found === null) return [BACK];
  const isOpen = mayBeHidden(state, found);
  const revealing = revealingOf(state);
  const isAdmin = factsOf(state)?.type === 'ADMIN';
  return [
    ...(isOpen && 'request' in revealing
      ? [
          {
            value: 'find-hidden',
            label: 'Check whether entitlement hides it',
            hint: revealCostText(revealing.request.signIn.method),
            choose: askForHidden,
          },
        ]
      : []),
    ...(isOpen && isAdmin && found.isEnforced === undefined
      ? [
          {
            value: 'enforcement',
            label: 'Ask whether the account enforces entitlement',
            hint: 'with this key',
            choose: askEnforcement,
          },
        ]
      : []),
    ...(isOpen && state.subject === 'key' && 'cannot' in revealing && revealing.cannot === 'app-token'
      ? [SIGN_IN]
      : []),
    ...applicableOptions(state, found).map((option) => ({ ...revealOption(option), choose: makeKeyWith(option) })),
    { value: AGAIN, label: 'Look for another ID', choose: lookAgain },
    BACK,
  ];
}

/** Says what the selected option sends, if it sends anything. */
function offerOf(state: State, found: FoundContent): readonly Paragraph[] {
  const revealing = revealingOf(state);
  const option = selectedOption(state, options(state))?.value;
  if (option === 'enforcement') return enforcementOfferParagraphs();
  return option === 'find-hidden' && 'request' in revealing
    ? revealOfferParagraphs(found.id, revealing.request.signIn.method)
    : [];
}

/** Returns what is known, and what could still be found out. */
function openBrief(state: State, found: FoundContent): Message {
  const applicable = applicableOptions(state, found);
  if (applicable.length > 0) {
    return { warnings: [], advice: applicable.some(({ kind }) => kind === 'without-context') ? [] : [MEMBERSHIP] };
  }
  if (!mayBeHidden(state, found)) return EMPTY_MESSAGE;
  const revealing = revealingOf(state);
  const enforcement = found.isEnforced === true ? [ENFORCED] : found.isEnforced === null ? [ENFORCEMENT_UNKNOWN] : [];
  const cannot: Paragraph[] = 'cannot' in revealing ? [plain(cannotRevealText(revealing.cannot))] : [];
  return { warnings: [...enforcement, ...cannot], advice: offerOf(state, found) };
}

const contentBrief = (state: State, content: FoundContent): Message =>
  joinMessages(
    unansweredMessage(state),
    { warnings: foundParagraphs(content, factsOf(state)), advice: [] },
    openBrief(state, content),
  );

const ENFORCED = plain(
  'The account enforces entitlement for every key without disableentitlement, so the content is probably hidden.',
);
const ENFORCEMENT_UNKNOWN = plain('This key has no permission to read whether the account enforces entitlement.');

const lookAgain = (state: State): Transition => stay(goTo(state, 'look-up'));

/** Asks for the content with a key that entitlement doesn't limit. */
function askForHidden(state: State): Transition {
  const access = accessOf(state);
  const revealing = revealingOf(state);
  const { found } = state.checking;
  if (access === null || found === null || 'cannot' in revealing) return stay(state);
  const { server } = access;
  const { id } = found;
  // A one-minute key that is signed here must use the server's clock.
  const ahead = state.checking.report?.clockDifference ?? 0;
  const question = { ask: 'find-hidden', server, request: revealing.request, id, ahead } as const;
  return ask(
    state,
    question,
    `Asking ${hostOfQuestion(question)} for the ${id.kind} ${id.id} with a key that is valid for one minute…`,
  );
}

function askEnforcement(state: State): Transition {
  const access = accessOf(state);
  if (access === null) return stay(state);
  const question = { ask: 'enforcement', ...access } as const;
  return ask(state, question, `Asking ${hostOfQuestion(question)} for the account’s settings…`);
}

/** The steps return to the review, as if it was seen before. */
const withReview = (state: State): State => changeState(state, { making: { hasReviewed: true, detour: null } });

/** Opens the review with the privilege that gives access. A USER key needs a further privilege to list the content. */
const makeKeyWith =
  (option: RevealOption) =>
  (state: State): Transition => {
    const isKept = (one: string): boolean =>
      one !== '' && !(option.kind === 'without-context' && /^\s*privacycontext(:|$)/.test(one));
    const present = state.form.privileges.split(',').filter(isKept);
    const added = privilegesOf(option)
      .split(',')
      .filter((one) => one !== '' && !present.includes(one));
    const form = changeForm(state.form, { privileges: [...present, ...added].join(','), task: 'write' });
    return stay(goTo(withReview({ ...state, form }), 'review'));
  };

function change(state: State, part: Partial<FoundContent>): State {
  const { found } = state.checking;
  if (found === null) return state;
  return changeState(state, {
    option: '',
    checking: { found: { ...found, ...part } },
  });
}

/** Marks a harmless option where the first one would create a key that sees everything. */
function withSafeOption(state: State): State {
  const { found } = state.checking;
  const [first] = found === null ? [] : applicableOptions(state, found);
  return first?.kind === 'whole-account' ? { ...state, option: AGAIN } : state;
}

const questionFor = ({ id, outcome }: FoundContent): string =>
  outcome.found ? `The ${id.kind} ${id.id}` : `The key can’t find ${contentText(id)}`;

/** Shows the server's response for an entry or category and, if it is “not found”, options that find the reason. */
export const found = menu({
  options,
  view: (state) => {
    const content = state.checking.found;
    return {
      heading: 'look for content',
      question: content === null ? '' : questionFor(content),
      ...(content === null ? EMPTY_MESSAGE : contentBrief(state, content)),
      help: [
        'Entitlement shows a category, and entries that are only in that category, to some users only. If an account enforces it, it applies to every key, even to ADMIN keys, unless a privilege turns it off.',
        'disableentitlement turns it off for this key in the whole account, disableentitlementforentry:<ID> only for one entry.',
        'A privacy context is a label that all categories of a portal share. A key with privacycontext:<label> finds the categories with this label that its user may see, and their entries. It finds no category without a label.',
        'all:* doesn’t change this. Write disableentitlement in lower case and without a value.',
      ],
      coversPrinted: true,
      enter: 'go',
    };
  },
  back: lookAgain,
  receive: {
    'find-hidden': (state, revealed) => stay(withSafeOption(change(state, { revealed }))),
    enforcement: (state, isEnforced) => stay(change(state, { isEnforced })),
  },
});
