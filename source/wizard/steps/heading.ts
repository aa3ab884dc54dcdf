import { formatLifetime } from '../../kaltura/lifetime.js';
import { privilegePairs } from '../../kaltura/privileges/privileges.js';
import { RECIPE_GROUPS } from '../../kaltura/recipes/recipe.js';
import { widthOf } from '../../terminal/width.js';
import type { StepNumber } from '../engine/screen.js';
import type { PathItem } from '../engine/view.js';
import type { FormState } from '../form/form.js';
import { recipeOf } from '../form/purpose.js';
import { lifetimeInSeconds, partnerIdOf, serverLabel } from '../form/reading.js';

const TITLES: readonly string[] = ['Region', 'Sign-in', 'Account', 'Purpose', 'User', 'Privileges', 'Review'];

/** The steps to an app token for a vendor. */
const VENDOR_TITLES: readonly string[] = ['Region', 'Sign-in', 'Account', 'Purpose', 'App token', 'Text to send'];

const titlesOf = ({ purpose }: FormState): readonly string[] => (purpose === 'vendor' ? VENDOR_TITLES : TITLES);

const headingOf = (titles: readonly string[], step: StepNumber): string =>
  `Step ${step} of ${titles.length} · ${titles[step - 1]}`;

export const stepHeading = (form: FormState, step: StepNumber): string => headingOf(titlesOf(form), step);

/** Returns the heading of a step to an app token for a vendor, whatever the form has become. */
export const vendorHeading = (step: StepNumber): string => headingOf(VENDOR_TITLES, step);

const METHOD_WORDS: Readonly<Record<FormState['method'], string>> = {
  server: 'Account secret',
  local: 'Signed locally',
  login: 'Login',
  'app-token': 'App token',
};

/** The columns that the path gives to an answer. */
const WIDEST_ANSWER = 22;

const fits = (text: string): boolean => widthOf(text) <= WIDEST_ANSWER;

/** Returns the privileges, or their number if they are too long for the path. */
function privilegesText({ privileges }: FormState): string {
  if (privileges === '') return 'No privileges';
  const count = privilegePairs(privileges).length;
  return fits(privileges) || count < 2 ? privileges : `${count} privileges`;
}

/** Returns the purpose in a word or two: the use case, or the type that the user chose. */
function purposeText(form: FormState): string {
  const recipe = recipeOf(form);
  if (recipe !== undefined) return fits(recipe.title) ? recipe.title : RECIPE_GROUPS[recipe.group];
  if (form.purpose === 'vendor') return 'Vendor';
  if (form.purpose === 'look-around') return 'Look around';
  return form.method === 'login' ? 'Type by login' : form.type;
}

function answered(form: FormState): readonly string[] {
  return [
    serverLabel(form),
    METHOD_WORDS[form.method],
    form.method === 'login' ? form.loginId.trim() : String(partnerIdOf(form) ?? ''),
    purposeText(form),
    formatLifetime(lifetimeInSeconds(form)),
    privilegesText(form),
    '',
  ];
}

/** Returns the path: the answers so far, the current step, and the steps ahead. */
export function stepPath(form: FormState, step: StepNumber): PathItem[] {
  const answers = answered(form);
  return titlesOf(form).map((label, index): PathItem => {
    const answer = answers[index] ?? '';
    const number = index + 1;
    // A step without an answer has no tick.
    if (number < step) return answer === '' ? { label, state: 'ahead' } : { label: answer, state: 'done' };
    return { label, state: number === step ? 'here' : 'ahead' };
  });
}
