import { isPracticeAccount } from '../accounts/practice-account.js';
import { findApplicationPrivilege } from '../privileges/applications.js';
import { findPrivilege } from '../privileges/catalogue.js';
import { containsSecret, redact, redactTexts } from '../redact.js';
import type { Secret } from '../secret.js';
import { expiryIn } from './expiry.js';
import { explanationOf, type KsExplanation, NOTHING_KNOWN, type Verdict } from './explanation.js';
import { fieldProblems } from './field-problems.js';
import { KsError, type KsFault, type ParsedKs } from './fields.js';
import {
  constructionOf,
  hasNoStart,
  isCutOffV2,
  rawFieldsOf,
  verifiedFields,
  visibleMistake,
} from './find-mistakes.js';
import { encodedAgain, type KeyParts, partsOf } from './key-parts.js';
import { openKs } from './open.js';
import { type KsProblem, ofKind } from './problem.js';
import { parseRawFields, type RawFields } from './raw-fields.js';
import { type KsOddity, type KsShape, oddityOf, shapeOf } from './shape.js';
import { type SecretSource, type SigningSecret, verificationSecret } from './signing-secret.js';

export {
  isRefused,
  isWildcardIn,
  type KsExplanation,
  privilegePairsInKey,
  withServerAnswer,
  withServerFacts,
} from './explanation.js';
export type { KsOddity } from './shape.js';

export interface UnreadableKs extends Pick<KsShape, 'version' | 'partnerId'> {
  readonly readable: false;
  readonly fault: KsFault;
  /** The source of the secret that made it, if that is known although the key cannot be read; otherwise null. */
  readonly checkedWith: SecretSource | null;
  /** What is visibly wrong with the text, if that explains the failure. */
  readonly oddity: KsOddity | null;
  readonly problems: readonly KsProblem[];
}

export type KsReading = { readonly readable: true; readonly explanation: KsExplanation } | UnreadableKs;

/**
 * Explains as much of a KS as it can (docs/kaltura-facts.md 1.1, 1.3, 1.4). Without a secret, a version 1 key is fully
 * readable, and a version 2 key shows only its account. If the secret made the key with wrong code, finds out how, which takes
 * up to about 30 ms. Doesn't check the expiry. Sends nothing.
 *
 * @param given the Administrator Secret that decides whether the signature is valid (a user secret signs nothing,
 *   docs/kaltura-facts.md 0.1). Without one, the practice secret verifies the keys of practice accounts, and every
 *   other signature stays unchecked
 */
export const explainKs = (ks: Secret, given: SigningSecret | null): KsReading => explain(ks, given, true);

/** Explains a KS that Kaltura or this program made: like `explainKs`, without the search for the mistakes of other code. */
export const explainOwnKs = (ks: Secret, given: SigningSecret | null): KsReading => explain(ks, given, false);

function explain(ks: Secret, given: SigningSecret | null, findsMistakes: boolean): KsReading {
  const pasted = ks.reveal();
  const encoded = encodedAgain(pasted);
  const reading = withoutSecret(explainText(encoded ?? pasted, given, findsMistakes), given);
  return encoded === null ? reading : withProblem(reading, ofKind('text', { code: 'not-encoded' }));
}

/** Masks the given secret in all texts of the key: some code passes it as the user ID, or in another field. */
function withoutSecret(reading: KsReading, given: SigningSecret | null): KsReading {
  if (given === null) return reading;
  const { secret } = given;
  if (!reading.readable) return { ...reading, oddity: redactTexts(reading.oddity, secret) };
  const { facts, problems } = reading.explanation;
  const explanation = redactTexts(reading.explanation, secret);
  if (facts === null || facts.userId === null || !containsSecret(facts.userId, [secret])) {
    return { readable: true, explanation };
  }
  const masked = explanation.facts && { ...explanation.facts, userId: redact(facts.userId, [secret]) };
  const others = problems.filter(({ code }) => code !== 'user-looks-like-a-bug');
  const found: KsProblem[] = [ofKind('field', { code: 'user-is-the-secret' }), ...redactTexts(others, secret)];
  return { readable: true, explanation: { ...explanation, facts: masked, problems: found } };
}

const withProblem = (reading: KsReading, problem: KsProblem): KsReading =>
  reading.readable
    ? { readable: true, explanation: { ...reading.explanation, problems: [problem, ...reading.explanation.problems] } }
    : { ...reading, problems: [problem] };

function explainText(text: string, given: SigningSecret | null, findsMistakes: boolean): KsReading {
  const shape = shapeOf(text);
  const parts = partsOf(text);
  const deciding = parts === null ? null : verificationSecret(parts.partnerId, given);
  if (parts !== null && deciding?.canVerify === true) {
    const reading = readWith(text, parts, deciding, shape, findsMistakes);
    if (reading !== null) return reading;
  }
  // Without a given secret, nothing says that the key is wrong: the practice accounts' numbers may exist on a real server too.
  const signature = given === null ? 'unchecked' : 'invalid';
  const checkedWith = given === null ? null : (deciding?.source ?? null);
  const mistake = parts === null ? null : visibleMistake(parts);
  const raw = parts === null ? null : rawFieldsOf(parts, null);
  const problems = raw === null ? [] : fieldProblems(raw);
  const isShifted = problems.some(({ code }) => code === 'field-missing');
  if (parts === null || (shape.fault !== null && mistake === null && !isShifted)) {
    const isStartMissing = parts === null && findsMistakes && given !== null && hasNoStart(text, given.secret.reveal());
    return unreadable(text, shape, isStartMissing ? { kind: 'wrong-layout', layout: 'no-start' } : null);
  }
  const all: KsProblem[] = [
    ...(mistake === null ? [] : [ofKind('build', mistake)]),
    ...(signature === 'invalid' && mistake === null ? [ofKind('text', { code: 'signature-invalid' } as const)] : []),
    ...problems,
  ];
  return readable(parts, raw, { signature, checkedWith, madeWith: null, problems: all });
}

function readable(parts: KeyParts, raw: RawFields | null, verdict: Verdict, parsed?: ParsedKs): KsReading {
  const { version, partnerId } = parts;
  if (raw === null && parsed === undefined) {
    return { readable: true, explanation: { ...NOTHING_KNOWN, version, partnerId, ...verdict } };
  }
  const fields = parsed ?? parseRawFields(raw as RawFields);
  return { readable: true, explanation: explanationOf(fields, expiryIn(raw?.expiry ?? null), verdict) };
}

function unreadable(text: string, { version, partnerId, fault }: KsShape, found: KsOddity | null): UnreadableKs {
  const known = fault ?? 'not-a-ks';
  const oddity = found ?? oddityOf(text, known);
  const codes = [known, ...(oddity?.kind === 'wrong-layout' ? [oddity.kind] : [])];
  const problems = codes.map((code) => ofKind('text', { code }));
  return { readable: false, version, partnerId, fault: known, oddity, checkedWith: null, problems };
}

/** Reads a key with the secret that decides; null if that secret didn't make it, as far as can be found out. */
function readWith(
  text: string,
  parts: KeyParts,
  { secret, source }: SigningSecret,
  shape: KsShape,
  findsMistakes: boolean,
): KsReading | null {
  const { version, partnerId } = parts;
  const failed = { readable: false, version, partnerId, oddity: null, checkedWith: source } as const;
  const opened = openedKs(text, secret);
  if (opened instanceof KsError)
    return { ...failed, fault: opened.fault, problems: [ofKind('text', { code: 'bad-fields' })] };
  const secretText = secret.reveal();
  // A valid signature wins, even if the key looks too short.
  if (opened !== null) {
    const { raw, problems } = verifiedFields(parts, secretText);
    return readable(parts, raw, { signature: 'valid', checkedWith: source, madeWith: null, problems }, opened);
  }
  const construction = findsMistakes ? constructionOf(parts, secretText) : null;
  const cutOff = { ...failed, fault: 'cut-off', problems: [ofKind('text', { code: 'cut-off' } as const)] } as const;
  if (construction === null) return findsMistakes && isCutOffV2(parts, secretText) ? cutOff : null;
  const isPartial = construction.mistakes.some(({ code }) => code === 'hash-mismatch' || code === 'missing-hash');
  if (isPartial && shape.fault === 'cut-off') return cutOff;
  const raw = rawFieldsOf(parts, construction.fieldsText);
  // The fields of a damaged key are not what its code wrote.
  const isDamaged = construction.mistakes.some(({ code }) => code === 'hash-mismatch');
  const mistakes = construction.mistakes.map((mistake) => ofKind('build', mistake));
  const problems = [...mistakes, ...(raw === null || isDamaged ? [] : fieldProblems(raw))];
  const madeWith = construction.isFromSecret ? source : null;
  const reading = readable(parts, raw, { signature: 'invalid', checkedWith: source, madeWith, problems });
  return isDamaged && (construction.lacksFirstFields || hasUnknownName(raw)) ? withoutPrivileges(reading) : reading;
}

/** Whether a privilege has a name that Kaltura doesn't know, as in a changed key. */
const hasUnknownName = (raw: RawFields | null): boolean =>
  raw?.privileges.some(([name]) => (findPrivilege(name) ?? findApplicationPrivilege(name)) === undefined) === true;

const withoutPrivileges = (reading: KsReading): KsReading => {
  if (!reading.readable || reading.explanation.facts === null) return reading;
  const { explanation } = reading;
  return { readable: true, explanation: { ...explanation, facts: { ...reading.explanation.facts, privileges: null } } };
};

/** Whether the key is verified as a key of a practice account. Such a key is not secret: any program on this computer may see it. */
export function isPracticeKey(ks: Secret): boolean {
  const reading = explainOwnKs(ks, null);
  return (
    reading.readable && reading.explanation.signature === 'valid' && isPracticeAccount(reading.explanation.partnerId)
  );
}

/** Opens a KS; null if the secret doesn't match, and an error if it matches and the rest is unreadable. */
function openedKs(text: string, adminSecret: Secret): ParsedKs | KsError | null {
  try {
    return openKs(text, [adminSecret]);
  } catch (error) {
    if (!(error instanceof KsError)) throw error;
    return error.fault === 'bad-fields' ? error : null;
  }
}
