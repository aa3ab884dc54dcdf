import { formatDuration, formatRemaining } from '../../kaltura/lifetime.js';
import type { Fit, FitCaution, FitProblem } from '../../kaltura/recipes/fit.js';
import type { Recipe } from '../../kaltura/recipes/recipe.js';
import { sanitizeText } from '../../kaltura/redact.js';
import { caution, danger, good, type Paragraph, plain } from '../paragraph.js';
import { VERSION_1_IN_PATH } from './recipes.js';

/** A value from a key can have any length. */
const short = (text: string): string => sanitizeText(text, [], 100);

/** Says why a key can't be used for a recipe. */
function fitProblemText(problem: FitProblem): string {
  switch (problem.kind) {
    case 'type':
      return `The key is USER. The product needs ${problem.needed}.`;
    case 'no-user':
      return `The key has no user. It needs the ID of ${problem.whose}.`;
    case 'missing':
      return `The privilege ${problem.privilege} is missing.`;
    case 'missing-one-of':
      return `One of these privileges is missing: ${problem.privileges.join(', ')}.`;
    case 'value':
      return `The privilege ${problem.name} is ${short(problem.value) || 'empty'} instead of ${problem.needed || 'empty'}.`;
    case 'broken-by':
      return `The privilege ${problem.privilege} makes the key useless for this product.`;
    case 'unusable-limit':
      return 'The API refuses every call with this key, because its actionslimit is not a positive number.';
    case 'not-encoded':
      return `The value of ${problem.name} must be percent-encoded.`;
    case 'version-1-in-path':
      return VERSION_1_IN_PATH;
    case 'expired':
      return 'The key has expired.';
  }
}

/** Says what should be different about a key. */
function fitCautionText(caution: FitCaution): string {
  switch (caution.kind) {
    case 'admin':
      return 'The key is ADMIN. A USER key is enough for this product.';
    case 'maybe-admin':
      return 'The key is USER. Kaltura’s guide uses ADMIN. USER may work too: try it before you create an ADMIN key.';
    case 'user':
      return `The key has the user ${short(caution.userId)}. The product’s key has no user.`;
    case 'not-narrowed':
      return `Without setrole:${caution.role}, the key can do more than the product needs.`;
    case 'extra':
      return `The privilege ${short(caution.privilege)} is not needed, and extends what the key can do.`;
    case 'other-role':
      return `setrole:${short(caution.role)} may forbid what the product needs.`;
    case 'limits':
      return `${caution.names.join(' and ')} may block the product: its usual key has no such limit.`;
    case 'short':
      return `The key is valid for ${formatRemaining(caution.left)} only. A key of this recipe is usually valid for ${formatDuration(caution.usual)}.`;
    case 'long':
      return `The key is valid for ${formatRemaining(caution.left)}. A key of this recipe is usually valid for ${formatDuration(caution.usual)}.`;
    case 'reserved':
      return caution.problem;
  }
}

export const fitTexts = ({ problems, cautions }: Fit) => ({
  problems: problems.map(fitProblemText),
  cautions: cautions.map(fitCautionText),
});

/**
 * Says whether a key can be used for a recipe, as far as the key itself shows.
 *
 * @param fit null if the key can't be read
 */
export function fitParagraphs({ title }: Recipe, fit: Fit | null): Paragraph[] {
  if (fit === null) {
    const text =
      'The key can’t be read without the account’s secret, so this check uses only what the server says about it.';
    return [caution(`${title}: ${text}`)];
  }
  const { problems, cautions } = fitTexts(fit);
  const verdict: Paragraph =
    problems.length === 0
      ? good(`✔ ${title}: the key has what it needs.`)
      : danger(`✖ ${title}: this key can’t be used.`);
  return [verdict, ...problems.map((text) => plain(`· ${text}`)), ...cautions.map((text) => caution(`  ! ${text}`))];
}

/** No call of the API shows whether the product accepts a key. */
export const NO_TEST_CALL = plain('The API can’t check more than this: only the product itself can. Nothing is sent.');

/** Says that the server forbade the call that the product needs. */
export const forbiddenText = ({ title }: Recipe, action: string): string =>
  `✖ ${title}: this key can’t be used. The server forbade ${action} (SERVICE_FORBIDDEN).`;

/** Says what an accepted test call shows. */
export const allowedText = ({ next }: Recipe, action: string): string => {
  if (next.kind === 'api' && next.call === action) return `✔ The server accepts the key, and allows ${action}.`;
  const rest =
    next.kind === 'api'
      ? `Whether the key may also call ${next.call}, only that call shows.`
      : 'Only the product itself shows whether it accepts the key too.';
  return `✔ The server accepts the key: it answered the test call ${action}. ${rest}`;
};

export const NO_CALL_TEXT = 'The server doesn’t know this call, so it can’t tell whether the key may use the product.';
