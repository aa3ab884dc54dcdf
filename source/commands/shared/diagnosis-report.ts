import type { Diagnosis, FixAction } from '../../kaltura/diagnosis/diagnosis.js';
import { type ExplainedFix, explain } from '../../messages/diagnosis/diagnosis.js';
import { causeParagraphs, indentedItem } from '../../messages/paragraph.js';
import type { ErrorReport, ReportedFix } from './exit-codes.js';

/** For errors that the server's answer may explain. */
export const SHOW_ANSWER_HINT = 'To see the server’s answer, add --show-answer.';

/** Ends a headline like a sentence. */
export const sentence = (text: string): string => `${text}.`.replace(/([.!?])\.$/, '$1');

/** The flag or variable for each fix that has one. */
const OPTIONS: Readonly<Partial<Record<FixAction, string>>> = {
  'change-region': '--region',
  'change-url': '--url',
  'change-sign-in': '--method',
  'enter-code': 'KALTURA_CODE',
  'enter-other-code': 'KALTURA_CODE',
  'change-type': '--type user',
  'change-user': '--user',
  'check-user': '--user',
  'change-privileges': '--privilege',
};

function reported({ action, region, text }: ExplainedFix): ReportedFix {
  const option = region === undefined ? (OPTIONS[action] ?? null) : `--region ${region}`;
  return { action, text, option };
}

/** Translates fixes into flags. A command has no review screen. */
export const fixesOf = (diagnosis: Diagnosis): readonly ReportedFix[] =>
  explain(diagnosis)
    .fixes.filter(({ action }) => action !== 'review')
    .map(reported);

const SHOW_ANSWER: ReportedFix = { action: 'show-answer', text: 'Show the server’s answer', option: '--show-answer' };

/** Reports a diagnosis as `--json` prints it. */
export function errorReport(diagnosis: Diagnosis): ErrorReport {
  const { headline, causes } = explain(diagnosis);
  const fixes = [...fixesOf(diagnosis), ...(diagnosis.isAnswerHelpful ? [SHOW_ANSWER] : [])];
  return { code: diagnosis.code, headline: sentence(headline), causes, fixes };
}

/** Formats a diagnosis of a call that uses a key, one line each. */
export function diagnosisLines(diagnosis: Diagnosis): readonly string[] {
  const { headline, explanation, causes } = explain(diagnosis);
  return [
    sentence(headline),
    explanation,
    ...causeParagraphs(causes, explanation).map(({ text }) => indentedItem(text)),
    ...(diagnosis.isAnswerHelpful ? [SHOW_ANSWER_HINT] : []),
  ];
}
