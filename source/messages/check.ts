import { placeOf } from '../kaltura/accounts/regions.js';
import { clockAdvice } from '../kaltura/api/clock.js';
import { printableFacts } from '../kaltura/api/responses.js';
import { diagnoseUse } from '../kaltura/diagnosis/diagnose.js';
import { formatTime, formatTimeDifference } from '../kaltura/lifetime.js';
import { SVIEW_HIDES_NOTHING } from '../kaltura/privileges/catalogue.js';
import { privilegeValue } from '../kaltura/privileges/privileges.js';
import { sanitizeText } from '../kaltura/redact.js';
import type { CheckReport, Refusal } from '../kaltura/sessions/check.js';
import type { KeyFacts } from '../kaltura/sign-in/key-request.js';
import { explain } from './diagnosis/diagnosis.js';
import {
  causeParagraphs,
  caution,
  danger,
  good,
  type Message,
  type Paragraph,
  plain,
  withoutSymbols,
} from './paragraph.js';
import { privilegeWarnings } from './privilege-mistakes.js';

/** Characters. The facts of a key can have any length. */
const LONGEST = 200;

/** Returns the server's time in epoch seconds. If the clocks agree, it is this computer's, so that all screens show the same remaining time. */
const serverTime = ({ clockDifference }: CheckReport, now: number): number =>
  clockDifference === null || clockAdvice(clockDifference) === null ? now : now + clockDifference;

/**
 * Returns the result of a check: whether the key works, and what is known about it.
 *
 * @param now of this computer, in epoch seconds
 */
export function reportParagraphs(report: CheckReport, now: number): Paragraph[] {
  const serverNow = serverTime(report, now);
  return [
    ...verdictParagraphs(report),
    ...factsParagraphs(report, serverNow),
    ...differenceParagraphs(report, serverNow),
    ...mistakeParagraphs(report),
    ...entriesParagraphs(report),
    ...clockParagraphs(report),
  ];
}

/**
 * Returns the result of a check for a screen: the verdict and the facts as warnings, then the causes and other advice.
 *
 * @param now of this computer, in epoch seconds
 */
export function reportMessage(report: CheckReport, now: number): Message {
  const serverNow = serverTime(report, now);
  const verdict = withoutSymbols(verdictParagraphs(report));
  // A refusal comes with its next step.
  const said = report.refusal === null ? 1 : 2;
  const rest = verdict.slice(said);
  const [clock, entries] = [clockParagraphs(report), entriesParagraphs(report)];
  const isClockWrong = clock.some(({ tone }) => tone === 'caution');
  return {
    warnings: [
      ...verdict.slice(0, said),
      ...factsParagraphs(report, serverNow),
      ...differenceParagraphs(report, serverNow),
      ...mistakeParagraphs(report),
    ],
    advice: [...(isClockWrong ? clock : []), ...rest, ...entries, ...(isClockWrong ? [] : clock)],
  };
}

/** Explains why the server refused a key, or a call with it, and what to do. */
export function refusalParagraphs({ error, isSignatureRight }: Refusal, serviceUrl: string): Paragraph[] {
  const context = { action: error.action, serviceUrl, regionLabel: placeOf(serviceUrl), secrets: [] };
  const { headline, explanation, causes } = explain(diagnoseUse(error, context));
  return [
    danger(`✖ ${headline}`),
    plain(explanation),
    ...causeParagraphs(causes, explanation),
    ...(isSignatureRight ? [plain('The signature is valid: the server could read the key.')] : []),
  ];
}

function verdictParagraphs({ verdict, refusal, serverFacts, forbidden, serviceUrl }: CheckReport): Paragraph[] {
  if (refusal !== null) return refusalParagraphs(refusal, serviceUrl);
  if (verdict === 'not-asked') return [];
  if (verdict === 'genuine' || verdict === 'forbidden') return forbiddenParagraphs(verdict, forbidden.join(' and '));
  const isSilent = serverFacts === null;
  return [
    good('✔ The key works: the server accepts it.'),
    ...(isSilent
      ? [
          plain(
            'The signature is valid, and the key is neither expired nor revoked. The server doesn’t let this key read its own details.',
          ),
        ]
      : []),
  ];
}

/** SERVICE_FORBIDDEN is the answer to a valid key and to a call without a key (docs/kaltura-facts.md 4.2). */
export const SAME_ANSWER =
  'The server gives the same answer if no key arrives, for example because a proxy or a redirect dropped it.';

function forbiddenParagraphs(verdict: 'genuine' | 'forbidden', calls: string): Paragraph[] {
  if (verdict === 'genuine') {
    return [
      plain(
        `The key is probably valid. The server refused ${calls} (SERVICE_FORBIDDEN), as expected for the role of the key.`,
      ),
      plain(`The server checks the signature and the expiry before the role. ${SAME_ANSWER}`),
    ];
  }
  return [
    caution(`It is unknown whether the key works: the server refused ${calls} (SERVICE_FORBIDDEN).`),
    plain(`Usually the key is valid, and the role of its user doesn’t allow these calls. ${SAME_ANSWER}`),
    plain('Check the URL of the server. Then make a call that the key needs: kaltura-ks call'),
  ];
}

/** For a refused key, the expected facts are not shown. */
function factsParagraphs({ serverFacts, knownFacts, refusal }: CheckReport, now: number): Paragraph[] {
  if (serverFacts !== null) return [plain(`According to the server: ${factsText(serverFacts, now)}`)];
  return knownFacts === null || refusal !== null ? [] : [plain(`Known about this key: ${factsText(knownFacts, now)}`)];
}

/** Names the privileges of the key that don't work. Nothing about a key that is refused. */
function mistakeParagraphs({ serverFacts, knownFacts, refusal }: CheckReport): Paragraph[] {
  if (refusal !== null) return [];
  return privilegeWarnings((serverFacts ?? knownFacts)?.privileges ?? '').map(caution);
}

/** Lists the facts in the same order everywhere. */
function factsText(facts: KeyFacts, now: number): string {
  const { type, partnerId, userId, privileges, expiresAt } = printableFacts(facts, [], LONGEST);
  const parts = [
    type ?? 'unknown type',
    `partner ${partnerId ?? 'unknown'}`,
    userId === null || userId === '' || userId === '0' ? 'no user' : `user ${userId}`,
    privileges === null || privileges === '' ? 'no privileges' : privileges,
    expiresAt === null
      ? 'unknown expiry'
      : `expires ${formatTime(expiresAt, now)} (${formatTimeDifference(expiresAt, now)})`,
  ];
  return `${parts.join(', ')}.`;
}

const NAMES: Readonly<Record<keyof KeyFacts, string>> = {
  partnerId: 'account',
  userId: 'user',
  type: 'type',
  privileges: 'privileges',
  expiresAt: 'expiry',
};

function differenceParagraphs(report: CheckReport, now: number): Paragraph[] {
  if (report.differences.length === 0) return [];
  return [
    ...report.differences.map((name) => caution(differenceText(name, report, now))),
    plain('The server decides what the key can do. If that is not enough, create a new key.'),
  ];
}

function differenceText(name: keyof KeyFacts, { serverFacts, knownFacts }: CheckReport, now: number): string {
  const said = (facts: KeyFacts | null): string => {
    const value = facts?.[name];
    if (value == null || value === '') return 'none';
    return name === 'expiresAt' ? formatTime(Number(value), now) : sanitizeText(String(value), [], LONGEST);
  };
  return `Different ${NAMES[name]}: kaltura-ks expected ${said(knownFacts)}, but the server says ${said(serverFacts)}.`;
}

/** Privileges that let a USER key play entries that it doesn’t list (docs/kaltura-facts.md 2.2). */
function playedText(facts: KeyFacts | null): string | null {
  const played = privilegeValue(facts?.privileges ?? '', 'sview');
  if (facts?.type !== 'USER' || facts.userId !== '' || played === null) return null;
  const what = played === '*' ? 'all entries' : played.split('/').join(', ');
  return `The key lists no entries, as expected for a USER key without a user. It can play ${sanitizeText(what, [], LONGEST)} (sview).${played === '*' ? '' : ` ${SVIEW_HIDES_NOTHING}`}`;
}

/** Says what the key can list or play; nothing if the server was not asked. */
const entriesParagraphs = (report: CheckReport): Paragraph[] => {
  const text = entriesText(report);
  return text === null ? [] : [plain(text)];
};

function entriesText({ entries: seen, serverFacts, knownFacts }: CheckReport): string | null {
  if (seen === null) return null;
  const { total, reach } = seen;
  const played = total === 0 ? playedText(serverFacts ?? knownFacts) : null;
  if (played !== null) return played;
  const entries = total === 1 ? '1 entry' : `${total} entries`;
  if (reach === 'everyone')
    return `The key can list ${entries} of the account. Entries that entitlement hides from it are not counted.`;
  return `The key can list ${entries}. A USER key lists only the entries of its own user, unless it has the privilege list:*, or * as its only privilege.`;
}

function clockParagraphs({ clockDifference }: CheckReport): Paragraph[] {
  if (clockDifference === null) return [plain('The server’s clock could not be read.')];
  const advice = clockAdvice(clockDifference);
  return [advice === null ? plain('This computer’s clock agrees with the server’s.') : caution(advice)];
}
