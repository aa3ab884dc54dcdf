import { formatLifetime } from '../../kaltura/lifetime.js';
import type { StepNumber } from '../engine/screen.js';
import type { PathItem } from '../engine/view.js';
import type { FormState } from '../form/form.js';
import { recipeOf } from '../form/purpose.js';
import { lifetimeInSeconds, partnerIdOf, serverLabel } from '../form/reading.js';

const TITLES: Readonly<Record<StepNumber, string>> = {
  1: 'Region',
  2: 'Sign-in',
  3: 'Account',
  4: 'Purpose',
  5: 'User',
  6: 'Privileges',
  7: 'Review',
};

const NUMBERS = [1, 2, 3, 4, 5, 6, 7] as const;

const STEPS = NUMBERS.length;

export const stepHeading = (step: StepNumber): string => `Step ${step} of ${STEPS} · ${TITLES[step]}`;

const METHOD_WORDS: Readonly<Record<FormState['method'], string>> = {
  server: 'Account secret',
  local: 'Signed here',
  login: 'Login',
  'app-token': 'App token',
};

/** Returns the purpose in a word or two: the use case, or the type that the user chose. */
function purposeText(form: FormState): string {
  const recipe = recipeOf(form);
  if (recipe !== undefined) return recipe.title;
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
    form.privileges === '' ? 'No privileges' : form.privileges,
    '',
  ];
}

/** Returns the path: the answers so far, the current step, and the steps ahead. */
export function stepPath(form: FormState, step: StepNumber): PathItem[] {
  const answers = answered(form);
  return NUMBERS.map((number): PathItem => {
    const answer = answers[number - 1] ?? '';
    const label = TITLES[number];
    // A step without an answer has no tick.
    if (number < step) return answer === '' ? { label, state: 'ahead' } : { label: answer, state: 'done' };
    return { label, state: number === step ? 'here' : 'ahead' };
  });
}
