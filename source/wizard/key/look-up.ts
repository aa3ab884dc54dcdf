import { planCheck } from '../../kaltura/sessions/check-plan.js';
import { type ContentId, readContentId } from '../../kaltura/sessions/content-lookup.js';
import { costParagraphs } from '../../messages/check.js';
import type { Paragraph } from '../../messages/paragraph.js';
import { ask, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import type { Screen } from '../engine/screen.js';
import { goTo, type State, stay } from '../engine/state.js';
import { serverOf, subjectOf } from './subject.js';

/** Any ID serves to compute the cost of one call. */
const ANY: ContentId = { kind: 'entry', id: '0_00000000' };

/** Says what the lookup costs, if the key's calls are limited. */
function costOf(state: State): Paragraph[] {
  const subject = subjectOf(state);
  if (subject?.server == null) return [];
  const { serviceUrl } = serverOf(subject.server, state, null);
  return costParagraphs(planCheck(subject.facts, serviceUrl, ANY).cost);
}

/** Looks up an entry or a category with the key. */
export const lookUp: Screen = {
  view: (state) => {
    const reading = readContentId(state.checking.typedId);
    const { warnings, advice } = unansweredMessage(state);
    return {
      heading: 'look for content',
      lead: 'A key does not see all that there is: entitlement may hide entries and categories from it.',
      question: 'Which entry or category?',
      controls: [
        {
          kind: 'text',
          id: 'typedId',
          label: 'ID',
          value: state.checking.typedId,
          placeholder: '0_abcd1234, or a number for a category',
          problem: reading.problem,
          warning: reading.warning,
        },
      ],
      warnings: [...warnings, ...costOf(state)],
      advice: [
        ...advice,
        {
          tone: 'plain',
          text: 'In KMC the ID stands in the list of entries, and behind each category’s name; an address that holds it will do.',
        },
      ],
      help: [
        'The key asks the server for it (baseEntry.get or category.get), which changes nothing.',
        '“Not found” is what the server says of what is not there, of what is another account’s, and of what entitlement hides. Only asking once more, with a key that entitlement does not bind, tells them apart.',
      ],
      enter: 'ask the server',
      escape: 'the key',
    };
  },
  set: (state, _control, value) => ({ ...state, checking: { ...state.checking, typedId: String(value) } }),
  submit: (state) => {
    const subject = subjectOf(state);
    const { id } = readContentId(state.checking.typedId);
    if (subject?.server == null || id === null) return stay(state);
    const server = serverOf(subject.server, state, subject.facts?.partnerId ?? null);
    const question = { ask: 'look-up', server, ks: subject.ks, id } as const;
    return ask(state, question, `Asking ${hostOfQuestion(question)} for the ${id.kind} ${id.id}…`);
  },
  back: (state) => stay(goTo(state, subjectOf(state)?.returnTo ?? 'home')),
  receive: (state, answer) => {
    const { id } = readContentId(state.checking.typedId);
    if (answer.to !== 'look-up' || id === null) return stay(state);
    const found = { id, outcome: answer.is, revealed: null };
    return stay(goTo({ ...state, checking: { ...state.checking, found }, option: '' }, 'found'));
  },
};
