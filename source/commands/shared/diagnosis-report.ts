import type { Advice, Remedy, RemedyTarget } from '../../kaltura/diagnosis/diagnose.js';
import type { ErrorReport, ReportedFix } from './exit-codes.js';

/** For errors that the server's answer may explain. */
export const SHOW_ANSWER_HINT = 'To see the server’s answer, add --show-answer.';

/** Ends a headline like a sentence. */
export const sentence = (text: string): string => `${text}.`.replace(/([.!?])\.$/, '$1');

/** The domain action and the flag for each step of the wizard; no flag if the command takes none for it. */
const FIXES: Readonly<Record<RemedyTarget, readonly [action: string, option: string | null]>> = {
  region: ['change-region', '--region'],
  address: ['change-url', '--url'],
  'sign-in': ['change-sign-in', '--method'],
  credentials: ['change-credentials', null],
  code: ['enter-code', 'KALTURA_CODE'],
  type: ['change-type', '--type'],
  user: ['change-user', '--user'],
  privileges: ['change-privileges', '--privilege'],
  review: ['review', null],
  retry: ['retry', null],
};

function fixOf({ label, goTo, change }: Remedy): ReportedFix {
  if (change === 'make-user') return { action: 'change-type', text: label, option: '--type user' };
  if (change !== undefined) return { action: 'change-region', text: label, option: `--region ${change.region}` };
  const [action, option] = FIXES[goTo];
  return { action, text: label, option };
}

/** Translates remedies into flags. Going back to the review screen is no option of a command. */
export const fixesOf = (remedies: readonly Remedy[]): readonly ReportedFix[] =>
  remedies.map(fixOf).filter(({ action }) => action !== 'review');

const SHOW_ANSWER: ReportedFix = { action: 'show-answer', text: 'Show the server’s answer', option: '--show-answer' };

/** Reports advice as `--json` prints it. */
export const adviceReport = ({ code, headline, causes, remedies, isAnswerHelpful }: Advice): ErrorReport => ({
  code,
  headline: sentence(headline),
  causes,
  fixes: [...fixesOf(remedies), ...(isAnswerHelpful ? [SHOW_ANSWER] : [])],
});

/** Formats advice on a call that uses a key, one line each. */
export const adviceLines = ({ headline, explanation, causes, isAnswerHelpful }: Advice): readonly string[] => [
  sentence(headline),
  explanation,
  ...causes.map((cause) => `  · ${cause}`),
  ...(isAnswerHelpful ? [SHOW_ANSWER_HINT] : []),
];
