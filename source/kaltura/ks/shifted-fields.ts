import { findPrivilege } from '../privileges/catalogue.js';
import { splitPair } from '../privileges/item.js';
import type { FieldName, FieldProblem } from './problem.js';

const isNumber = (text: string | undefined): boolean => /^-?\d{1,12}$/.test(text ?? '');

/** Epoch seconds from 2001 on, or another unit of time. */
const isMoment = (text: string | undefined): boolean => /^[1-9]\d{9,18}(\.\d+)?$/.test(text ?? '');

const isType = (text: string | undefined): boolean => /^(?:-?[0-2]|10|USER|ADMIN)$/i.test(text ?? '');

const isRandom = (text: string | undefined): boolean => /^\d+(\.\d+)?$/.test(text ?? '');

function isPrivilege(part: string): boolean {
  const [name, value] = splitPair(part.trim());
  const kind = findPrivilege(name)?.value.kind;
  // A user can be called list or edit.
  return kind === 'none' || (kind !== undefined && value !== '');
}

/** Whether a text is a list of privileges that the server knows. */
const isPrivileges = (text = ''): boolean =>
  text.split(',').some(isPrivilege) && text.split(',').every((part) => part === '*' || isPrivilege(part));

/** The fields of version 1, with a test that no other field passes by chance (docs/kaltura-facts.md 1.3). */
function missingField(list: readonly string[]): FieldName | null {
  const [first, second, third, fourth, fifth, sixth, seventh] = list;
  if (isMoment(second) && isType(third) && second !== first) return 'partner';
  if (first !== second) return null;
  if (isType(third) && isRandom(fourth) && !isMoment(third) && !isType(fourth)) return 'expiry';
  if (!isMoment(third)) return null;
  if (isRandom(fourth) && !isType(fourth) && !isRandom(fifth)) return 'type';
  if (!isType(fourth)) return null;
  // Privileges in the place of the user: a field before them is missing.
  const isShifted = isPrivileges(sixth) && (seventh ?? '') === '';
  if (isShifted) return isRandom(fifth) ? 'user' : 'random';
  return list.length === 6 && !isRandom(fifth) && !isRandom(sixth) ? 'random' : null;
}

/** null for an extra field that is none of the others: a `;` in the user ID or in the privileges. */
function extraField(list: readonly string[]): FieldName | null | undefined {
  const [first, second, third, fourth, fifth, sixth, seventh, eighth] = list;
  if (first === second && second === third && (isMoment(fourth) || isType(fifth))) return 'partner';
  if (isMoment(third) && third === fourth && isType(fifth)) return 'expiry';
  if (isMoment(third) && isType(fourth) && fourth === fifth && isRandom(sixth)) return 'type';
  if (isMoment(third) && isType(fourth) && isRandom(fifth) && isRandom(sixth) && isPrivileges(eighth)) return 'random';
  const hasOddEnd = (eighth ?? '') !== '' && !isNumber(eighth);
  const isUserSplit = isPrivileges(eighth) && !isPrivileges(seventh) && (seventh ?? '') !== '';
  return list.length > 9 || hasOddEnd || isUserSplit ? null : undefined;
}

/** Finds a field of a version 1 KS too few or too many: every later field is then read as another one. */
export function shiftProblem(list: readonly string[]): FieldProblem | null {
  const [first, second, third, fourth, fifth] = list;
  if (first === second && isType(third) && isMoment(fourth) && isRandom(fifth)) {
    return { code: 'fields-swapped', fields: ['expiry', 'type'] };
  }
  const missing = missingField(list);
  if (missing !== null) return { code: 'field-missing', field: missing };
  const extra = extraField(list);
  return extra === undefined ? null : { code: 'field-extra', field: extra };
}
