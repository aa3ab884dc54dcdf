import { adviseOnUse } from '../../kaltura/diagnosis/diagnose.js';
import type { UseContext } from '../../kaltura/diagnosis/use-context.js';
import { asPossibleCauses, EMPTY_MESSAGE, type Message } from '../../messages/paragraph.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import type { AskName, Question } from './question.js';
import { goTo, type State, stay, type Transition } from './state.js';

/** What is being asked, or was asked last. */
export interface Asked {
  /** The screen that wants to know. */
  readonly by: State['screen'];
  readonly question: Question;
  /** For whoever waits: `Asking www.kaltura.com whether the key works…` */
  readonly text: string;
}

/** Asks, and shows that one waits. The screen that asks hears the answer; Esc goes back to it. */
export function ask(state: State, question: Question, text: string): Transition {
  const attempt = state.attempt + 1;
  const asked: Asked = { by: state.screen, question, text };
  return stay({ ...goTo(state, 'asking'), attempt, stage: '', asked }, { do: 'ask', attempt, question });
}

/** The server that a question goes to, by its name. */
export const hostOfQuestion = ({ server }: { readonly server: { readonly serviceUrl: string } }): string =>
  new URL(server.serviceUrl).host;

/** The action that a question stands for, where it gets no answer that names one. */
const ACTIONS: Readonly<Partial<Record<AskName, string>>> = {
  check: 'session.get',
  'look-up': 'baseEntry.get',
  'look-behind': 'session.start',
  enforcement: 'partner.getInfo',
  'about-key': 'session.get',
  end: 'session.end',
  tokens: 'appToken.list',
  'add-token': 'appToken.add',
  'delete-token': 'appToken.delete',
};

/** What advice on a failed question needs to know of it. */
export function contextOfUse(question: Question): UseContext {
  const serviceUrl = 'server' in question ? question.server.serviceUrl : '';
  return {
    action: ACTIONS[question.ask] ?? '',
    serviceUrl,
    regionLabel: serviceUrl === '' ? '' : new URL(serviceUrl).host,
    secrets: 'ks' in question ? [question.ks] : [],
  };
}

/** Why there is no answer to the last question of this screen: what happened and the next step, then the likely causes. */
export function unansweredMessage({ asked, unanswered, screen }: State): Message {
  if (asked === null || unanswered === null || asked.by !== screen) return EMPTY_MESSAGE;
  if (unanswered.cause instanceof SecretSourceError) {
    const { message, remedy } = unanswered.cause;
    return { warnings: [{ tone: 'caution', text: `${message} ${remedy}` }], advice: [] };
  }
  const { headline, explanation, causes } = adviseOnUse(unanswered.cause, contextOfUse(asked.question));
  return {
    warnings: [
      { tone: 'caution', text: `${headline}.` },
      { tone: 'plain', text: explanation },
    ],
    advice: asPossibleCauses(causes.map((cause) => ({ tone: 'plain', text: `· ${cause}` }))),
  };
}
