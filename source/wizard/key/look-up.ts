import { planCheck } from '../../kaltura/sessions/check-plan.js';
import { type ContentId, readContentId } from '../../kaltura/sessions/content-lookup.js';
import { costParagraphs } from '../../messages/check.js';
import type { Paragraph } from '../../messages/paragraph.js';
import { ask, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { form, textField } from '../engine/build-screen.js';
import { goTo, type State, stay } from '../engine/state.js';
import { accessOf, backToKey, factsOf } from './subject.js';

/** Any ID serves to compute the cost of one call. */
const ANY: ContentId = { kind: 'entry', id: '0_00000000' };

/** Says what the lookup costs, if the key's calls are limited. */
function costOf(state: State): Paragraph[] {
  const access = accessOf(state);
  return access === null ? [] : costParagraphs(planCheck(factsOf(state), access.server.serviceUrl, ANY).cost);
}

/** Looks up an entry or a category with the key. */
export const lookUp = form({
  fields: ({
    keyUse: {
      checking: { typedId },
    },
  }) => {
    const { problem, warning } = readContentId(typedId);
    return [
      textField({
        id: 'typedId',
        label: 'ID',
        value: typedId,
        placeholder: '0_abcd1234, or a number for a category',
        problem,
        warning,
        change: (state, id) => ({
          ...state,
          keyUse: { ...state.keyUse, checking: { ...state.keyUse.checking, typedId: id } },
        }),
      }),
    ];
  },
  view: (state) => {
    const { warnings, advice } = unansweredMessage(state);
    return {
      heading: 'look for content',
      lead: 'A key does not see all that there is: entitlement may hide entries and categories from it.',
      question: 'Which entry or category?',
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
  submit: (state) => {
    const access = accessOf(state);
    const { id } = readContentId(state.keyUse.checking.typedId);
    if (access === null || id === null) return stay(state);
    const question = { ask: 'look-up', ...access, id } as const;
    return ask(state, question, `Asking ${hostOfQuestion(question)} for the ${id.kind} ${id.id}…`);
  },
  back: backToKey,
  receive: (state, answer) => {
    const { id } = readContentId(state.keyUse.checking.typedId);
    if (answer.to !== 'look-up' || id === null) return stay(state);
    const found = { id, outcome: answer.is, revealed: null };
    return stay(
      goTo(
        { ...state, keyUse: { ...state.keyUse, checking: { ...state.keyUse.checking, found } }, option: '' },
        'found',
      ),
    );
  },
});
