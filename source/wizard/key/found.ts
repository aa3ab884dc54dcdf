import {
  bypassesEntitlement,
  type CannotReveal,
  findRevealOptions,
  type RevealOption,
  revealingRequest,
} from '../../kaltura/sessions/entitlement.js';
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
  revealOptions,
} from '../../messages/entitlement.js';
import type { Option, Paragraph } from '../../messages/paragraph.js';
import { EMPTY_MESSAGE, joinMessages, type Message } from '../../messages/paragraph.js';
import { ask, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { optionControl, selectedOption } from '../engine/picked.js';
import type { Screen } from '../engine/screen.js';
import { goTo, type State, stay, type Transition } from '../engine/state.js';
import { changeForm } from '../form/form.js';
import { requestOf } from '../form/reading.js';
import type { FoundContent } from './checking.js';
import { serverOf, subjectOf } from './subject.js';

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
  return revealingRequest(request, subjectOf(state)?.facts?.partnerId ?? null);
}

/** Checks whether the content may exist although it was not found. */
function mayBeHidden(state: State, { id, outcome, revealed, isEnforced }: FoundContent): boolean {
  const privileges = subjectOf(state)?.facts?.privileges ?? null;
  const isPast = privileges !== null && bypassesEntitlement(privileges, id);
  return !outcome.found && revealed === null && !isPast && isEnforced !== false;
}

/** Leaves out the options that need an unknown user name. */
const applicableWays = (state: State, found: FoundContent): readonly RevealOption[] =>
  state.subject === 'key' && found.revealed?.verdict === 'hidden-by-entitlement'
    ? findRevealOptions(found.id, subjectOf(state)?.facts?.type ?? null).filter(({ kind }) => kind !== 'membership')
    : [];

function options(state: State, found: FoundContent): Option[] {
  const isOpen = mayBeHidden(state, found);
  const revealing = revealingOf(state);
  const isAdmin = subjectOf(state)?.facts?.type === 'ADMIN';
  return [
    ...(isOpen && 'request' in revealing
      ? [
          {
            value: 'find-hidden',
            label: 'Find out whether entitlement hides it',
            hint: revealCostText(revealing.request.signIn.method),
          },
        ]
      : []),
    ...(isOpen && isAdmin && found.isEnforced === undefined
      ? [{ value: 'enforcement', label: 'Ask whether the account hides anything', hint: 'with this key' }]
      : []),
    ...revealOptions(applicableWays(state, found)),
    { value: 'again', label: 'Look for another ID' },
    { value: 'back', label: 'Back to the key' },
  ];
}

/** Says what the selected option sends, if it sends anything. */
function offerOf(state: State, found: FoundContent): readonly Paragraph[] {
  const revealing = revealingOf(state);
  const option = selectedOption(state, options(state, found));
  if (option === 'enforcement') return enforcementOfferParagraphs();
  return option === 'find-hidden' && 'request' in revealing
    ? revealOfferParagraphs(found.id, revealing.request.signIn.method)
    : [];
}

/** Returns what is known, and what could still be found out. */
function openBrief(state: State, found: FoundContent): Message {
  if (applicableWays(state, found).length > 0) return { warnings: [], advice: [MEMBERSHIP] };
  if (!mayBeHidden(state, found)) return EMPTY_MESSAGE;
  const revealing = revealingOf(state);
  const enforcement = found.isEnforced === true ? [ENFORCED] : found.isEnforced === null ? [ENFORCEMENT_UNKNOWN] : [];
  const cannot: Paragraph[] =
    'cannot' in revealing ? [{ tone: 'plain', text: cannotRevealText(revealing.cannot) }] : [];
  return { warnings: [...enforcement, ...cannot], advice: offerOf(state, found) };
}

const contentBrief = (state: State, content: FoundContent): Message =>
  joinMessages(
    unansweredMessage(state),
    { warnings: foundParagraphs(content, subjectOf(state)?.facts ?? null), advice: [] },
    openBrief(state, content),
  );

const ENFORCED: Paragraph = {
  tone: 'plain',
  text: 'The account enforces entitlement for every key that does not lift it: it may well be hidden.',
};
const ENFORCEMENT_UNKNOWN: Paragraph = {
  tone: 'plain',
  text: 'This key may not ask whether the account enforces entitlement.',
};

function askBehindEntitlement(state: State, { id }: FoundContent): Transition {
  const subject = subjectOf(state);
  const revealing = revealingOf(state);
  if (subject?.server == null || 'cannot' in revealing) return stay(state);
  const server = serverOf(subject.server, state, subject.facts?.partnerId ?? null);
  // A one-minute key that is signed here must use the server's clock.
  const ahead = state.checking.report?.clockDifference ?? 0;
  const question = { ask: 'find-hidden', server, request: revealing.request, id, ahead } as const;
  return ask(state, question, `Asking ${hostOfQuestion(question)} for the ${id.kind} ${id.id} with a key of a minute…`);
}

function askEnforcement(state: State): Transition {
  const subject = subjectOf(state);
  if (subject?.server == null) return stay(state);
  const server = serverOf(subject.server, state, subject.facts?.partnerId ?? null);
  const question = { ask: 'enforcement', server, ks: subject.ks } as const;
  return ask(state, question, `Asking ${hostOfQuestion(question)} for the account’s settings…`);
}

/** Opens the review with the privilege that gives access. A USER key needs a further privilege to list the content. */
function makeKeyWithPrivilege(state: State, found: FoundContent, kind: string): Transition {
  const way = applicableWays(state, found).find((one) => one.kind === kind);
  if (way === undefined) return stay(state);
  const wished = privilegesOf(way);
  const held = state.form.privileges.split(',').filter((one) => one !== '');
  const added = wished.split(',').filter((one) => !held.includes(one));
  const form = changeForm(state.form, { privileges: [...held, ...added].join(','), task: 'write' });
  return stay(goTo({ ...state, form, hasReviewed: true, detour: null }, 'review'));
}

const change = (state: State, part: Partial<FoundContent>): State =>
  state.checking.found === null
    ? state
    : { ...state, option: '', checking: { ...state.checking, found: { ...state.checking.found, ...part } } };

const questionFor = ({ id, outcome }: FoundContent): string =>
  outcome.found ? `The ${id.kind} ${id.id}` : `The key does not find ${contentText(id)}`;

/** Shows the server's response for an entry or category and, if it is “not found”, ways to find the reason. */
export const found: Screen = {
  view: (state) => {
    const content = state.checking.found;
    return {
      heading: 'look for content',
      question: content === null ? '' : questionFor(content),
      controls: [optionControl(state, content === null ? [] : options(state, content))],
      ...(content === null ? EMPTY_MESSAGE : contentBrief(state, content)),
      help: [
        'Entitlement lets categories, and the entries that lie in them alone, be seen by some users only. Where an account enforces it, every key is bound by it, ADMIN keys too, unless the key says otherwise.',
        'disableentitlement lifts it for the whole account. disableentitlementforentry:<ID> lifts it for one entry. privacycontext:<label> shows what the key’s user is a member of, and hides what has no privacy context.',
        'all:* adds nothing to that; the privilege is written in small letters, without a value.',
      ],
      enter: 'go',
    };
  },
  set: (state, _control, value) => ({ ...state, option: String(value) }),
  submit: (state) => {
    const content = state.checking.found;
    const option = content === null ? 'back' : selectedOption(state, options(state, content));
    if (content === null || option === 'back') return stay(goTo(state, subjectOf(state)?.returnTo ?? 'home'));
    if (option === 'find-hidden') return askBehindEntitlement(state, content);
    if (option === 'enforcement') return askEnforcement(state);
    return option === 'again' ? found.back(state) : makeKeyWithPrivilege(state, content, option);
  },
  back: (state) => stay(goTo(state, 'look-up')),
  receive: (state, answer) => {
    if (answer.to === 'find-hidden') return stay(change(state, { revealed: answer.is }));
    return answer.to === 'enforcement' ? stay(change(state, { isEnforced: answer.is })) : stay(state);
  },
};
