import { confirmationWord, dangerIds } from '../../kaltura/risks/risks.js';
import { looksAround } from '../../messages/practice-key.js';
import { type Field, textField } from '../engine/build-screen.js';
import { changeForm, type FormState } from './form.js';
import { offersLookAround } from './practice.js';
import { specOf } from './reading.js';

/** Checks whether it is the key that practice suggests: Enter is enough to create it, because no content is at risk. */
export const isPracticeKey = (form: FormState): boolean => offersLookAround(form) && looksAround(form);

/** Checks whether the user has accepted the risks of the key. */
export const isAccepted = (form: FormState): boolean =>
  dangerIds(specOf(form)).every((risk) => form.acceptedRisks.includes(risk));

/** Returns the word that the user must type; null if none is needed, or these risks were accepted before. */
const requiredWord = (form: FormState): string | null =>
  isAccepted(form) || isPracticeKey(form) ? null : confirmationWord(specOf(form));

const isTyped = (form: FormState, word: string): boolean => form.riskWord.trim().toLowerCase() === word;

/** Returns the form with the risks accepted, if the word was typed or Enter is enough. */
export function withAcceptedRisks(form: FormState): FormState {
  const plan = specOf(form);
  const word = requiredWord(form);
  if (confirmationWord(plan) === null || (word !== null && !isTyped(form, word))) return form;
  return changeForm(form, { acceptedRisks: dangerIds(plan) });
}

/** What the word is for, to follow “type the word to”, and whether the field may stay empty. */
interface Asking {
  readonly purpose: string;
  readonly detail?: string;
  readonly isOptional?: boolean;
}

/** Asks for the typed word if a risk requires it, and for nothing otherwise. */
export function wordFields(form: FormState, { purpose, detail, isOptional = false }: Asking): Field[] {
  const word = requiredWord(form);
  if (word === null) return [];
  const isFine = isTyped(form, word) || (isOptional && form.riskWord.trim() === '');
  const problem = isOptional ? `Type the word “${word}”, or nothing.` : `Type the word “${word}” to ${purpose}.`;
  return [
    textField({
      id: 'riskWord',
      label: 'Confirm',
      value: form.riskWord,
      problem: isFine ? null : problem,
      ...(detail === undefined ? {} : { detail }),
      placeholder: `type “${word}” to ${purpose}${isOptional ? '; optional' : ''}`,
    }),
  ];
}
