import { oddTextIn } from '../odd-text.js';
import { joinPairs, type PrivilegePair } from '../privileges/item.js';
import { privilegeMistakes } from '../privileges/mistakes.js';
import { privilegePairs } from '../privileges/privileges.js';
import { expiryProblem } from './expiry.js';
import type { KsVersion } from './fields.js';
import { userProblem } from './odd-user.js';
import { type FieldName, type FieldProblem, type KsProblem, ofKind } from './problem.js';
import type { RawFields } from './raw-fields.js';
import { shiftProblem } from './shifted-fields.js';

type SwapProblem = Extract<FieldProblem, { readonly code: 'fields-swapped' }>;

/** Finds what cannot be right in the type of a key: only 0 and 2 are types (docs/kaltura-facts.md 1.7). */
function typeProblem(text: string | null): FieldProblem | null {
  if (text === null || text === '') return { code: 'type-missing' };
  if (!/^\s*-?\d+(\.0*)?\s*$/.test(text)) return { code: 'type-is-not-a-number', text };
  // The server may read ' 2' and 2.0 as another type.
  return /^0*[02]$/.test(text) ? null : { code: 'unknown-type', text };
}

/** Names that code gives to the fields of a version 2 key. The server takes them for privileges. */
const MEANT_NAMES: ReadonlyMap<string, '_e' | '_t' | '_u' | null> = new Map(
  Object.entries<'_e' | '_t' | '_u' | null>({
    ...{
      e: '_e',
      exp: '_e',
      expiry: '_e',
      expires: '_e',
      expiration: '_e',
      expiresat: '_e',
      _expiry: '_e',
      _exp: '_e',
    },
    ...{ t: '_t', type: '_t', sessiontype: '_t', _type: '_t' },
    ...{ u: '_u', user: '_u', userid: '_u', uid: '_u', _user: '_u', _userid: '_u' },
    ...{ _e: '_e', _t: '_t', _u: '_u' },
    ...{ privileges: null, privilege: null, privs: null, _p: null, p: null },
  }),
);

/** A correct name after a `?`, a space or a byte order mark: the fields were written as the query of a URL, or read from a file. */
const NAME_AFTER_PREFIX = /^[?\s\uFEFF]+(_[etu])$/;

const wrongName = (name: string): FieldProblem | null => {
  const prefixed = NAME_AFTER_PREFIX.exec(name)?.[1] as '_e' | '_t' | '_u' | undefined;
  if (prefixed !== undefined) return { code: 'wrong-field-name', name, meant: prefixed };
  const meant = MEANT_NAMES.get(name.toLowerCase().replaceAll(/(?<=.)_/g, ''));
  return meant === undefined ? null : { code: 'wrong-field-name', name, meant };
};

function problemsOfV1(raw: RawFields): FieldProblem[] {
  const shift = shiftProblem(raw.list);
  // The other fields of a shifted key are not what they seem.
  if (shift !== null) return [shift];
  return [expiryProblem(raw.expiry), typeProblem(raw.type), userProblem(raw.userId)].filter((one) => one !== null);
}

/** All fields in one name: their text was encoded once more. */
const ENCODED_FORM = /_[et]=/;

/** The name of a field after a wrong separator: the server reads `amp;_e`, or finds `;_e=` in a value. */
const SEPARATED = /^(amp;)_[et]$|(;|\n|,|\|)\s*_[et]=/;

/** Finds a wrong separator between the fields, which hides the expiry or the type. */
function separatorProblem(raw: RawFields): FieldProblem | null {
  if (raw.expiry !== null && raw.type !== null) return null;
  const texts = [...raw.privileges.flat(), raw.expiry ?? '', raw.type ?? '', raw.userId ?? ''];
  const found = texts.map((text) => SEPARATED.exec(text)).find((match) => match != null);
  return found == null ? null : { code: 'wrong-field-separator', separator: found[1] ? '&amp;' : (found[2] ?? '') };
}

const isMoment = (text: string | null): boolean => /^[1-9]\d{9}$/.test(text ?? '');
const isType = (text: string | null): boolean => text === '0' || text === '2';
/** The name of a type, such as KalturaSessionType.ADMIN. */
const TYPE_NAME = /^[^@]*(?:user|admin)[^@]*$/i;

/** Whether a text can be a user ID: with a letter, and no type, date, number or text of a bug. */
const isUserId = (text: string | null): boolean => {
  if (text === null || !/[A-Za-z@]/.test(text) || TYPE_NAME.test(text) || oddTextIn(text) !== null) return false;
  const problem = expiryProblem(text);
  return problem?.code === 'expiry-is-not-a-number' && problem.expiresAt === null;
};

/** Finds two fields of version 2 in the place of each other. */
function swapProblem({ expiry, type, userId }: RawFields): SwapProblem | null {
  if (isType(expiry) && isMoment(type)) return { code: 'fields-swapped', fields: ['expiry', 'type'] };
  if (isUserId(type) && isType(userId)) return { code: 'fields-swapped', fields: ['type', 'user'] };
  return isUserId(expiry) && isMoment(userId) ? { code: 'fields-swapped', fields: ['expiry', 'user'] } : null;
}

function problemsOfV2(raw: RawFields): KsProblem[] {
  const swap = swapProblem(raw);
  const isSwapped = (field: FieldName): boolean => swap?.fields.includes(field) === true;
  const names = raw.privileges.map(([name]) => wrongName(name)).filter((one) => one !== null);
  const isMeant = (field: string): boolean =>
    names.some((one) => one.code === 'wrong-field-name' && one.meant === field);
  const form = raw.privileges.find(([name]) => ENCODED_FORM.test(name))?.[0];
  const isLost = form !== undefined;
  const ofFields = [
    ...names,
    isMeant('_e') || isLost || isSwapped('expiry') ? null : expiryProblem(raw.expiry),
    isMeant('_t') || isLost || isSwapped('type') ? null : typeProblem(raw.type),
    isSwapped('user') ? null : userProblem(raw.userId),
  ].filter((one) => one !== null);
  return [
    ...(swap === null ? [] : [ofKind('field', swap)]),
    ...(isLost ? [ofKind('privilege', { code: 'encoded-twice', text: form, meant: form } as const)] : []),
    ...ofFields.map((problem) => ofKind('field', problem)),
  ];
}

/** Returns the privileges as the server reads them: from version 2, joined to one text and split again (docs/kaltura-facts.md 1.4). */
const heldPrivileges = (version: KsVersion, named: readonly PrivilegePair[]): readonly PrivilegePair[] =>
  version === 1 ? named : privilegePairs(joinPairs(named));

/** Finds the fields of a key that cannot be right, and the privileges that do not work as they are written. */
export function fieldProblems(raw: RawFields): KsProblem[] {
  const separator = raw.version === 1 ? null : separatorProblem(raw);
  if (separator !== null) return [ofKind('field', separator)];
  const problems = raw.version === 1 ? problemsOfV1(raw).map((problem) => ofKind('field', problem)) : problemsOfV2(raw);
  const isShifted = problems.some(({ code }) => code === 'field-missing' || code === 'field-extra');
  const named = raw.privileges.filter(
    ([name]) => raw.version === 1 || (wrongName(name) === null && !ENCODED_FORM.test(name)),
  );
  const mistakes = isShifted ? [] : privilegeMistakes(heldPrivileges(raw.version, named));
  return [...problems, ...mistakes.map((mistake) => ofKind('privilege', mistake))];
}
