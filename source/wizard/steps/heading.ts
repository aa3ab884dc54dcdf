import { HOLDERS } from '../../kaltura/holders.js';
import { formatLifetime } from '../../kaltura/lifetime.js';
import type { StepNumber } from '../engine/screen.js';
import type { PathItem } from '../engine/view.js';
import type { FormState } from '../form/form.js';
import { lifetimeInSeconds, partnerIdOf, serverLabel } from '../form/reading.js';

const TITLES: Readonly<Record<StepNumber, string>> = {
  1: 'Region',
  2: 'Sign-in',
  3: 'Credentials',
  4: 'Session type',
  5: 'User and lifetime',
  6: 'Privileges',
  7: 'Review',
};

const STEPS = 7;

export const stepHeading = (step: StepNumber): string => `step ${step} of ${STEPS} · ${TITLES[step]}`;

const METHOD_WORDS: Readonly<Record<FormState['method'], string>> = {
  server: 'secret, via server',
  local: 'secret, signed here',
  login: 'login',
  'app-token': 'app token',
};

const AHEAD: readonly string[] = ['region', 'sign-in', 'account', 'type', 'lifetime', 'privileges', 'review'];

function answered(form: FormState): readonly string[] {
  const holder = HOLDERS.find((candidate) => candidate.id === form.holder);
  return [
    serverLabel(form),
    METHOD_WORDS[form.method],
    form.method === 'login' ? form.loginId.trim() : String(partnerIdOf(form) ?? ''),
    form.method === 'login' ? `by login, for ${holder?.id ?? ''}` : form.type,
    formatLifetime(lifetimeInSeconds(form)),
    form.privileges === '' ? 'no privileges' : form.privileges,
    '',
  ];
}

/** Returns the path: the answers so far, the current step, and the steps ahead. */
export function stepPath(form: FormState, step: StepNumber): PathItem[] {
  const answers = answered(form);
  return AHEAD.map((name, index): PathItem => {
    const answer = answers[index] ?? '';
    // A step without an answer has no tick.
    if (index + 1 < step) return answer === '' ? { label: name, state: 'ahead' } : { label: answer, state: 'done' };
    return { label: name, state: index + 1 === step ? 'here' : 'ahead' };
  });
}
