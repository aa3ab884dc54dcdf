import { listsNothing } from '../../kaltura/privileges/reach.js';
import { type Risk, risksOf } from '../../kaltura/risks/risks.js';
import { ENTITLEMENT_TEXT } from '../../messages/entitlement.js';
import { listsNothingText, plainUserKeyText, privilegeMeanings, TYPE_MEANINGS } from '../../messages/key-meaning.js';
import { caution, type Paragraph, plain, riskText } from '../../messages/paragraph.js';
import { HARMLESS_IN_PRACTICE } from '../../messages/practice-key.js';
import { privilegeWarnings } from '../../messages/privilege-mistakes.js';
import { sourceText } from '../../secrets/describe.js';
import { type Field, form } from '../engine/build-screen.js';
import type { StepId } from '../engine/screen-id.js';
import { changeState, openDetour, profileInUse, type State, stay } from '../engine/state.js';
import type { FormState } from '../form/form.js';
import { outdatedProfile, suggestedName } from '../form/profile.js';
import { lastStepOf, neededKey, recipeOf } from '../form/purpose.js';
import { CREDENTIALS, credentialsFor, isUnsafeServer, specOf } from '../form/reading.js';
import { isPracticeKey, withAcceptedRisks, wordFields } from '../form/risk-word.js';
import { sessionGroupText } from '../form/session-group.js';
import { profileWithSecret } from '../profiles/fetch-secret.js';
import { openSave } from '../profiles/save.js';
import { unfit } from './fit.js';
import { missingIn, missingText, stepOptions } from './review-facts.js';
import { whatIsSent, whereItGoes } from './what-is-sent.js';

/** `, for: Express Recorder`. */
const purposeSuffix = (form: FormState): string => {
  const title = recipeOf(form)?.title;
  return title === undefined ? '' : `, for: ${title}`;
};

/** Lists the risks to show. Leaves out the general ADMIN risk if a specific one explains it. */
function shownRisks(form: FormState): Risk[] {
  const risks = risksOf({ ...specOf(form), needed: neededKey(form) });
  const isDangerous = risks.some((risk) => risk.weight === 'danger');
  return risks.filter((risk) => !(isDangerous && risk.id === 'admin'));
}

/** Warns about a key that can list nothing, with the shortcuts that fix it. */
function nothingToList(form: FormState): Paragraph[] {
  const { type, privileges } = form;
  if (form.method === 'login' || !listsNothing({ type, privileges, userId: form.userId.trim() })) return [];
  const text = `${listsNothingText(privileges)} Press 5 to add a user, or 6 to add a privilege.`;
  return [caution(text)];
}

/** Warns about valid credentials that look wrong. */
const oddities = (form: FormState): Paragraph[] =>
  credentialsFor(form).flatMap((name): Paragraph[] => {
    const { warning, problem } = CREDENTIALS[name](form);
    return warning === null || problem !== null ? [] : [caution(warning)];
  });

/** Warns again about privileges that were written as text and don't work as written. */
const writtenMistakes = ({ task, privileges }: FormState): Paragraph[] =>
  task === 'write' ? privilegeWarnings(privileges).map(caution) : [];

const riskParagraph = (risk: Risk): Paragraph => ({
  tone: risk.weight === 'note' ? 'plain' : risk.weight,
  text: riskText(risk),
});

/** Explains the key that practice suggests, with the terms that a first key needs. There is nothing to be alarmed about. */
const practiceKeyTexts = ({ userId }: FormState): readonly Paragraph[] =>
  [
    `A USER key ${TYPE_MEANINGS.USER}. Privileges extend or limit that.`,
    `${userId.trim() === '' ? 'This key needs no user: ' : 'For any user, '}list:* lists all entries, and sview:* plays them.`,
    'Entitlement is an account setting that hides categories, even from ADMIN keys.',
  ].map(plain);

/** Lists the risks that the key would have without its privileges too, such as a long lifetime. */
function risksBesidePrivileges(form: FormState, risks: readonly Risk[]): Risk[] {
  const others = risksOf({ ...specOf(form), privileges: '' });
  return risks.filter(({ id }) => others.some((other) => other.id === id));
}

/** Says what the key may do: what the use case is for and what each privilege means, or what a USER key can do without any. */
function meaningOf(form: FormState): Paragraph[] {
  const { method, type, userId, privileges } = form;
  // The summary fits only the privileges of the use case.
  const summary = form.task === 'recipe' ? recipeOf(form)?.summary : undefined;
  const useCase: Paragraph[] = summary === undefined ? [] : [plain(summary)];
  if (privileges !== '') return [...useCase, ...privilegeMeanings(privileges)];
  // The warnings say what an ADMIN key can do, and that a key can list nothing.
  const isPlain = method !== 'login' && type === 'USER' && userId.trim() !== '';
  return [...useCase, ...(isPlain ? [plain(plainUserKeyText(userId.trim()))] : [])];
}

/** Returns what a profile requires and the form lacks: the sign-in without its secrets. */
const missingForProfile = (form: FormState): string | undefined =>
  credentialsFor(form).find((name) => typeof form[name] === 'string' && CREDENTIALS[name](form).problem !== null);

/** Names the profile that is being changed, and its secret source. */
function introOf(state: State): { readonly lead?: string } {
  const { profileName } = state;
  if (profileName === null) return {};
  const lead = `Profile “${profileName}”`;
  const place = profileInUse(state)?.secretSource;
  if (place === undefined || place.kind === 'ask') return { lead };
  // Where the answers name another account, this key needs another secret.
  const start = profileWithSecret(state) === undefined ? 'When you use it, the' : 'The';
  return { lead: `${lead}. ${start} secret comes from the ${sourceText(place, true)}` };
}

/** Asks for what is missing first, and for the typed word after it. */
const fields = (state: State): Field[] =>
  missingIn(state).length === 0 ? wordFields(state.form, { purpose: 'create this key' }) : [];

/** Choosing an option here changes other answers at once, so Esc must restore them. */
const STEPS_CHANGING_OTHER_ANSWERS: readonly StepId[] = ['purpose', 'type', 'privileges'];

export const review = form({
  step: { id: 'review', number: 7, isNeeded: (typed) => lastStepOf(typed) === 'review', isComplete: () => false },
  fields,
  view: (state) => {
    const typed = state.form;
    const isSuggested = isPracticeKey(typed);
    const risks = shownRisks(typed);
    const warned = (isSuggested ? risksBesidePrivileges(typed, risks) : risks)
      .filter((risk) => risk.weight !== 'note')
      .map(riskParagraph);
    const isWhole = missingIn(state).length === 0;
    return {
      ...introOf(state),
      question: `${isWhole ? 'Ready to create this key' : missingText(state)}${purposeSuffix(typed)}`,
      facts: stepOptions(state),
      warnings: [
        ...nothingToList(typed),
        ...unfit(typed),
        ...oddities(typed),
        ...writtenMistakes(typed),
        ...warned,
        ...(isSuggested ? [...practiceKeyTexts(typed), HARMLESS_IN_PRACTICE] : []),
        ...sessionGroupText(typed.privileges, state.profileName),
      ],
      standing: whereItGoes(state),
      advice: [
        ...(isSuggested ? [] : meaningOf(typed)),
        ...risks.filter((risk) => risk.weight === 'note').map(riskParagraph),
      ],
      help: [
        'A number opens the step of that line; 4 also changes the type. Press Enter there to come back here, or to go to the next missing answer.',
        ...(typed.method === 'login'
          ? ['There is no user ID, because a login creates a key for the user who signs in.']
          : []),
        ...(isUnsafeServer(typed)
          ? ['The key can only be signed on this computer: the URL uses http, so nothing secret can be sent to it.']
          : []),
        ...warned.map(({ text }) => text),
        ...whatIsSent(state),
        ENTITLEMENT_TEXT,
      ],
      actions: [
        ...stepOptions(state).flatMap(({ number, step }) =>
          step === null ? [] : [{ key: String(number), id: step, label: '' }],
        ),
        {
          key: 'ctrl+s',
          id: 'save',
          label: outdatedProfile(state) !== undefined ? 'save the changes' : 'save as a profile',
        },
      ],
      enter: isWhole ? 'create the key' : 'enter what is missing',
    };
  },
  act: (state, action) => {
    if (action !== 'save') {
      const answersOnReview = STEPS_CHANGING_OTHER_ANSWERS.includes(action as StepId) ? state.form : null;
      return stay(openDetour(changeState(state, { making: { answersOnReview } }), action as StepId));
    }
    const missing = missingForProfile(state.form);
    if (missing !== undefined) return stay(openDetour(state, 'credentials', missing));
    const newName = state.profileName ?? suggestedName(state.form);
    const form = withAcceptedRisks(state.form);
    return openSave(changeState(state, { form, returnTo: 'review', profileFlow: { newName } }));
  },
  submit: (state) => stay(missingIn(state).length === 0 ? { ...state, form: withAcceptedRisks(state.form) } : state),
});
