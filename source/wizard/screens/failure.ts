import { type Advice, adviseOn, type Remedy } from '../../kaltura/error-advice.js';
import { regionLabel } from '../../kaltura/regions.js';
import { changeDraft } from '../draft.js';
import { credentialsFor } from '../reading.js';
import type { Screen } from '../screen.js';
import { goTo, openDoor, type State, stay, type Transition } from '../state.js';
import { makeKey } from '../walk.js';

export function adviceOf(state: State): Advice | null {
  if (state.failure === null) return null;
  return adviseOn(state.failure.cause, {
    request: state.failure.request,
    regionLabel: regionLabel(state.draft.region),
  });
}

const SHOW_ANSWER = 'answer';

/** The field that holds what proves who one is, which is the likeliest to be mended. */
const secretField = (state: State): string =>
  credentialsFor(state.draft).find((name) => typeof state.draft[name] !== 'string') ?? 'secret';

function follow(state: State, { goTo: target, change }: Remedy): Transition {
  const changed = change === 'make-user' ? { ...state, draft: changeDraft(state.draft, { type: 'USER' }) } : state;
  if (target === 'retry') return makeKey({ ...changed, isRetry: true });
  if (target === 'review' || target === 'code') return stay(goTo(changed, target));
  return stay(openDoor(changed, target, target === 'credentials' ? secretField(changed) : null));
}

/** What went wrong, why it probably did, and the ways out: each leads to the step where it can be mended. */
export const failure: Screen = {
  view: (state) => {
    const advice = adviceOf(state);
    const remedies = advice?.remedies ?? [];
    return {
      heading: 'no key was made',
      question: advice?.headline ?? 'No key was made',
      warnings: [
        { tone: 'plain', text: advice?.explanation ?? '' },
        ...(advice?.causes ?? []).map((text) => ({ tone: 'plain' as const, text: `· ${text}` })),
      ],
      controls: [
        {
          kind: 'choice',
          id: 'pick',
          label: 'Then',
          value: state.pick,
          options: [
            ...remedies.map(({ label }, index) => ({ value: String(index), label })),
            ...(advice?.serverAnswer == null ? [] : [{ value: SHOW_ANSWER, label: 'Show the server’s answer' }]),
            ...(remedies.some(({ goTo: target, change }) => target === 'review' && change === undefined)
              ? []
              : [{ value: 'review', label: 'Back to the review' }]),
          ],
        },
      ],
      help: [
        'Everything you typed is kept. The list leads to the step where each cause can be mended; from there, Enter comes back to the review.',
        ...(advice?.causes ?? []).map((text) => `· ${text}`),
      ],
      enter: 'go',
      escape: 'back to review',
    };
  },
  set: (state, _control, value) => ({ ...state, pick: String(value) }),
  submit: (state) => {
    if (state.pick === SHOW_ANSWER) return stay(goTo(state, 'answer'));
    const remedy = adviceOf(state)?.remedies[Number(state.pick)];
    return remedy === undefined ? stay(goTo(state, 'review')) : follow(state, remedy);
  },
  back: (state) => stay(goTo(state, 'review')),
};
