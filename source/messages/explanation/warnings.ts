import { isPracticeAccount } from '../../kaltura/accounts/practice-account.js';
import type { KsExplanation } from '../../kaltura/ks/explain.js';
import { isRefused, privilegePairsInKey } from '../../kaltura/ks/explain.js';
import type { KsProblem } from '../../kaltura/ks/problem.js';
import { formatTimeDifference } from '../../kaltura/lifetime.js';
import { joinPairs } from '../../kaltura/privileges/item.js';
import { actionsLimitIn, lastValueOf } from '../../kaltura/privileges/limits.js';
import { sanitizeText } from '../../kaltura/redact.js';
import { type KeyPlan, type Risk, risksOf } from '../../kaltura/risks/risks.js';
import type { KeyFacts } from '../../kaltura/sign-in/key-request.js';
import { isBuildMistake, problemParagraphs } from '../key-problems.js';
import { causeParagraphs, labeledCaution, labeledDanger, type Paragraph, plain, riskText } from '../paragraph.js';
import { USER_SECRET_SIGNS_NOTHING } from '../signing-secret.js';

/** The risks that are shown for an existing key. Those of single privileges are not: the list of privileges shows them. */
const SHOWN_RISKS = [
  'admin',
  'admin-disableentitlement',
  'admin-over-30-days',
  'admin-over-24-hours',
  'administrator-role',
  'over-30-days',
  'over-24-hours',
  'role-reaches-further',
  'wildcard-does-nothing',
  'wildcard-on-admin',
  'lists-own-only',
  'context-hides',
  'user-role',
  'admin-user-role',
  'anonymous',
];

/** Risks that the user of the key decides. */
const USER_RISKS = ['user-role', 'admin-user-role'];

/** A privilege with a stray blank does nothing in version 1, nor does a `*` beside it. */
function effectivePrivileges({ version }: KsExplanation, privileges: string): string {
  const held = privilegePairsInKey(privileges, version);
  const counted = held.filter(([name]) => version === 2 || name === name.trim());
  const text = joinPairs(counted);
  return counted.length < held.length && (text === '*' || text === 'all:*') ? '' : text;
}

function planOf(explanation: KsExplanation, facts: KeyFacts, now: number): KeyPlan {
  const { partnerId, appTokenId, version } = explanation;
  return {
    type: facts.type,
    privileges: effectivePrivileges(explanation, facts.privileges ?? ''),
    lifetime: Math.max(0, (facts.expiresAt ?? now) - now),
    userId: facts.userId ?? '',
    holder: null,
    signIn:
      appTokenId === null
        ? { method: 'local', partnerId, ksVersion: version }
        : { method: 'app-token', partnerId, tokenId: appTokenId },
    serviceUrl: '',
  };
}

const riskParagraph = ({ weight, message }: Risk): Paragraph => {
  const text = riskText({ weight, message: sanitizeText(message, [], 300) });
  return weight === 'note' ? plain(text) : { tone: weight, text };
};

/** Leaves out the general ADMIN risk if a more specific danger is shown. A key that servers refuse or that has expired is no danger. */
function risks(explanation: KsExplanation, facts: KeyFacts, now: number): Paragraph[] {
  if (isRefused(explanation)) return [];
  const isOver = facts.expiresAt !== null && facts.expiresAt <= now;
  const shown = risksOf(planOf(explanation, facts, now)).filter(({ id }) => SHOWN_RISKS.includes(id));
  const isUserTheSecret = explanation.problems.some(({ code }) => code === 'user-is-the-secret');
  const isDangerous = shown.some(({ weight }) => weight === 'danger');
  return shown
    .filter(({ id, weight }) => !(isDangerous && id === 'admin') && !(isOver && weight !== 'note'))
    .filter(({ id }) => !(explanation.isWidget && id === 'anonymous'))
    .filter(({ id }) => !(isUserTheSecret && USER_RISKS.includes(id)))
    .map(riskParagraph);
}

function onSignature(
  { signature, checkedWith, version, facts, partnerId, problems }: KsExplanation,
  isAnswered: boolean,
): Paragraph[] {
  // The problems already explain it.
  if (signature === 'valid' || problems.some(isBuildMistake)) return [];
  if (signature === 'unchecked') {
    if (version === 1) return [labeledCaution('signature not checked. Anyone could have forged these details.')];
    if (facts !== null) return [];
    const other = isAnswered ? '' : ', or ask the server';
    return [plain(`To read more, use the Administrator Secret of partner ${partnerId}${other}.`)];
  }
  const forged = facts === null ? [] : [labeledDanger('the details of this key may be forged.')];
  if (checkedWith?.from === 'practice') {
    return [
      labeledDanger(`the practice secret can’t verify a key of partner ${partnerId}.`),
      ...forged,
      plain(
        'The practice secret is public, so anyone can sign a key with it. It is accepted for practice accounts only.',
      ),
      plain(`Give the Administrator Secret of partner ${partnerId} instead.`),
    ];
  }
  return [
    ...forged,
    ...causeParagraphs([
      `the secret is not the Administrator Secret of partner ${partnerId}, but another one such as the User Secret: ${USER_SECRET_SIGNS_NOTHING}`,
      'the key was changed or cut off',
      'the key is forged',
    ]),
    plain(
      isPracticeAccount(partnerId)
        ? `Partner ${partnerId} is a practice account. To check the key with the practice secret, give no secret.`
        : 'If the secret is right, the server refuses this key: create a new one.',
    ),
  ];
}

/** Names that a version 1 key has twice: there both count, in version 2 only the last would be kept (docs/kaltura-facts.md 0.10, 1.3). */
function repeated({ version }: KsExplanation, facts: KeyFacts): Paragraph[] {
  const names = privilegePairsInKey(facts.privileges ?? '', version).map(([name]) => name);
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) (seen.has(name) ? twice : seen).add(name);
  const shown = [...twice]
    .slice(0, 5)
    .map((name) => sanitizeText(name, [], 40))
    .join(', ');
  return twice.size === 0
    ? []
    : [plain(`${shown}: given more than once. A version 2 key would keep only the last one.`)];
}

function onLimit({ problems }: KsExplanation, { privileges }: KeyFacts): Paragraph[] {
  // The problem says the same.
  if (problems.some((problem) => problem.code === 'wrong-value' && problem.name === 'actionslimit')) return [];
  if (actionsLimitIn(privileges ?? '') !== 'unusable') return [];
  if (lastValueOf(privileges ?? '', 'actionslimit') === '-1') {
    return [
      labeledCaution('with actionslimit:-1, the API refuses every call with this key. Only KAF modules accept it.'),
    ];
  }
  return [labeledCaution('the actionslimit is not a positive number, so the server refuses every call with this key.')];
}

/** Says what revokes the key, and what is revoked with it (docs/kaltura-facts.md 5.5, 5.7, 5.8). */
function endings({ sessionGroup, appTokenId, isWidget }: KsExplanation): Paragraph[] {
  if (isWidget) return [plain('session.end does not revoke a public session: it works until it expires.')];
  return [
    ...(sessionGroup === null
      ? []
      : [
          plain(
            'Revoking this key revokes every key of its session group. Revoking any of those keys revokes this one.',
          ),
        ]),
    ...(appTokenId === null ? [] : [plain('Deleting its app token revokes this key.')]),
  ];
}

/** Problems with which the expiry is not the time that was meant. */
const NO_TIME: readonly KsProblem['code'][] = [
  'expiry-is-a-lifetime',
  'expiry-is-a-date',
  'expiry-is-zero-or-less',
  'field-missing',
  'field-extra',
  'fields-swapped',
];

function onTime({ problems }: KsExplanation, { expiresAt }: KeyFacts, now: number): Paragraph[] {
  // Code that writes such an expiry makes the same key again.
  const isNoTime = problems.some(({ code }) => NO_TIME.includes(code));
  if (isNoTime || expiresAt === null || expiresAt > now) return [];
  return [
    labeledCaution(
      `the key expired ${formatTimeDifference(expiresAt, now)}. It no longer works, and its expiry can’t be changed: create a new one.`,
    ),
  ];
}

/**
 * Returns warnings about a key, the most serious first.
 *
 * @param now epoch seconds
 * @param isAnswered whether the server has said something about the key
 */
export function explanationWarnings(explanation: KsExplanation, now: number, isAnswered: boolean): Paragraph[] {
  const { facts } = explanation;
  const problems = problemParagraphs(explanation, now);
  if (facts === null) return [...problems, ...onSignature(explanation, isAnswered)];
  return [
    ...problems,
    ...onTime(explanation, facts, now),
    ...onSignature(explanation, isAnswered),
    ...risks(explanation, facts, now),
    ...onLimit(explanation, facts),
    ...repeated(explanation, facts),
    ...endings(explanation),
  ];
}
