import { placeOf } from '../../kaltura/accounts/regions.js';
import { diagnoseUse, type UseContext } from '../../kaltura/diagnosis/diagnose.js';
import { explain } from '../../messages/diagnosis/diagnosis.js';
import { causeParagraphs, caution, EMPTY_MESSAGE, type Message, plain } from '../../messages/paragraph.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import type { AskName, Question } from './question.js';
import { goTo, type State, stay, type Transition } from './state.js';

/** The current question, or the last one. */
export interface AskedQuestion {
  /** The screen that asks. */
  readonly by: State['screen'];
  readonly question: Question;
  /** Shown while the user waits: `Asking www.kaltura.com whether the key works…` */
  readonly text: string;
}

/** What the wizard waits for: a key, or the answer to a question. */
export interface Waiting {
  /** The number of the current attempt, so that results of an abandoned one are dropped. */
  readonly attempt: number;
  /** What is being done, if known; '' otherwise. */
  readonly stage: string;
  readonly lastQuestion: AskedQuestion | null;
  /** Why the question has no answer; reset on the next screen. */
  readonly unanswered: { readonly cause: unknown } | null;
}

export const NOT_WAITING: Waiting = { attempt: 0, stage: '', lastQuestion: null, unanswered: null };

/** Sends a question and shows the waiting screen. The screen that asks gets the answer; Esc goes back to it. */
export function ask(state: State, question: Question, text: string): Transition {
  const attempt = state.waiting.attempt + 1;
  const lastQuestion: AskedQuestion = { by: state.screen, question, text };
  return stay(goTo(state, 'asking', { waiting: { attempt, stage: '', lastQuestion } }), {
    do: 'ask',
    attempt,
    question,
  });
}

/** Returns the host name of the server that a question is sent to. */
export const hostOfQuestion = ({ server }: { readonly server: { readonly serviceUrl: string } }): string =>
  new URL(server.serviceUrl).host;

/** The API action of a question, used if no response names one. */
const ACTIONS: Readonly<Partial<Record<AskName, string>>> = {
  check: 'session.get',
  'look-up': 'baseEntry.get',
  'find-hidden': 'session.start',
  enforcement: 'partner.getInfo',
  'read-key': 'session.get',
  end: 'session.end',
  tokens: 'appToken.list',
  'add-token': 'appToken.add',
  'delete-token': 'appToken.delete',
};

/** Returns the context that advice on a failed question needs. */
export function contextOfUse(question: Question): UseContext {
  const serviceUrl = 'server' in question ? question.server.serviceUrl : '';
  return {
    action: ACTIONS[question.ask] ?? '',
    serviceUrl,
    regionLabel: serviceUrl === '' ? '' : placeOf(serviceUrl),
    secrets: 'ks' in question ? [question.ks] : [],
  };
}

/** Explains why the last question of this screen has no answer: what happened and the next step, then the likely causes. */
export function unansweredMessage({ screen, waiting: { lastQuestion, unanswered } }: State): Message {
  if (lastQuestion === null || unanswered === null || lastQuestion.by !== screen) return EMPTY_MESSAGE;
  if (unanswered.cause instanceof SecretSourceError) {
    const { message, remedy } = unanswered.cause;
    return { warnings: [caution(`${message} ${remedy}`)], advice: [] };
  }
  const { headline, explanation, causes } = explain(diagnoseUse(unanswered.cause, contextOfUse(lastQuestion.question)));
  return {
    warnings: [caution(`${headline}.`), plain(explanation)],
    advice: causeParagraphs(causes, explanation),
  };
}
