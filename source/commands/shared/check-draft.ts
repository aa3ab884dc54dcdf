import { readServiceUrl } from '../../kaltura/accounts/regions.js';
import { acknowledgementKey, RISK_RULES, risksOf } from '../../kaltura/risks/risks.js';
import { readUserId, type TypedValue } from '../../kaltura/typed-values.js';
import type { Profile } from '../../profiles/profile.js';
import { type FormState, isAdminConfirmed } from '../../wizard/form/form.js';
import { CREDENTIALS, certainVersion, credentialsFor, isUnsafeServer, planOf } from '../../wizard/form/reading.js';
import { ANSWER_FLAGS, type AnswerName, flagOf, variableOf } from './answer-flags.js';
import { UsageError } from './exit-codes.js';
import type { SourcedForm } from './sourced-draft.js';
import { withoutEcho } from './sourced-draft.js';

const nounOf = (name: AnswerName): string => ANSWER_FLAGS.find((flag) => flag.name === name)?.noun ?? name;

/** `the partner ID (--partner or KALTURA_PARTNER)` */
const howToGive = (name: AnswerName): string =>
  `the ${nounOf(name)} (${flagOf(name)} or ${variableOf(name)}${name === 'region' ? ', or --url' : ''})`;

/** The parts of a sign-in that are no secrets, by the name of their field. */
const FIELDS: Readonly<Record<string, AnswerName>> = {
  partnerId: 'partner',
  loginId: 'login-id',
  tokenId: 'app-token-id',
};

type Field = keyof typeof CREDENTIALS;

interface PlainCredential {
  readonly name: AnswerName;
  readonly reading: TypedValue;
}

const plainCredentials = (draft: FormState): PlainCredential[] =>
  credentialsFor(draft).flatMap((field: Field) => {
    const name = FIELDS[field];
    return name === undefined ? [] : [{ name, reading: CREDENTIALS[field](draft) }];
  });

/** What there is to say of the answers that can be used, and look odd. */
export const inputWarnings = ({ draft, given }: SourcedForm): string[] =>
  plainCredentials(draft).flatMap(({ name, reading }) => {
    const answer = given[name];
    if (answer === undefined || reading.warning === null) return [];
    return [`caution: ${answer.source}: ${withoutEcho(reading.warning, answer.text)}`];
  });

/** Flags that say something this way to sign in does not listen to. A variable that lies about is passed over. */
function refuseIdleFlags({ draft, given }: SourcedForm): void {
  const idle: Partial<Record<AnswerName, string>> = {
    ...(draft.method === 'login'
      ? { user: 'a login makes a key for whoever logs in.' }
      : { 'login-id': 'it belongs to --method login.' }),
    ...(draft.method === 'app-token' ? {} : { 'app-token-id': 'it belongs to --method app-token.' }),
    ...(draft.method === 'local'
      ? {}
      : { 'ks-version': 'the account decides; only a key signed here (--method local) can choose.' }),
  };
  for (const [name, why] of Object.entries(idle)) {
    if (given[name as AnswerName]?.isFlag)
      throw new UsageError(`--${name} does not fit: ${why}`, 'conflicting-options');
  }
}

/**
 * Checks all answers but the secrets, as the wizard's screens do.
 *
 * @throws {UsageError} which names every value that is missing, or the first that cannot be used
 */
export function assertComplete(sourced: SourcedForm, profile: Profile | null): void {
  const { draft, given, sources } = sourced;
  refuseIdleFlags(sourced);
  const plain = plainCredentials(draft);
  const missing: AnswerName[] = [
    ...(profile === null && given.region === undefined && given.url === undefined ? (['region'] as const) : []),
    ...plain.filter(({ reading }) => reading.problem !== null && reading.text === '').map(({ name }) => name),
  ];
  if (missing.length > 0) {
    const hint = profile === null ? ' A profile would hold them: kaltura-ks profiles.' : '';
    throw new UsageError(`missing: ${missing.map(howToGive).join(', ')}.${hint}`, 'missing-input', {
      fixes: missing.map((name) => ({ action: 'add-option', text: `Give the ${nounOf(name)}`, option: flagOf(name) })),
    });
  }
  if (draft.region === 'own') {
    const reading = readServiceUrl(draft.address);
    if (!reading.ok) throw new UsageError(`${sources.url}: ${withoutEcho(reading.problem, draft.address)}`);
  }
  if (isUnsafeServer(draft) && draft.method !== 'local') {
    throw new UsageError(
      'the address is plain http, so nothing secret is sent to it. Use its https address, or sign here: --method local.',
      'insecure-url',
    );
  }
  for (const { name, reading } of plain) {
    if (reading.problem !== null)
      throw new UsageError(`${sources[name]}: ${withoutEcho(reading.problem, reading.text)}`);
  }
  const user = readUserId(draft.userId, certainVersion(draft) === 2);
  if (draft.method !== 'login' && user.problem !== null) {
    throw new UsageError(`${sources.user}: ${withoutEcho(user.problem, draft.userId)}`);
  }
  if (draft.method !== 'login' && draft.type === 'ADMIN' && given.type === undefined && !isAdminConfirmed(draft)) {
    throw new UsageError(
      'the profile’s ADMIN was meant for another account or holder: say --type admin if you mean it here.',
      'confirmation-required',
    );
  }
}

const KNOWN_RISKS = RISK_RULES.filter(({ acknowledge }) => acknowledge).map(({ id }) => id);

/** The dangers of the draft that nobody has accepted. @throws {UsageError} for an id that no danger has */
export function openRisks(
  draft: FormState,
  accepted: readonly string[],
): { readonly id: string; readonly message: string }[] {
  if (accepted.some((id) => id !== 'all' && !KNOWN_RISKS.includes(id))) {
    throw new UsageError('--accept-risk takes the id of a danger, as the refusal names it, or all.');
  }
  if (accepted.includes('all')) return [];
  const settled = new Set([...draft.acceptedRisks, ...accepted]);
  return risksOf(planOf(draft)).filter(({ id, acknowledge }) => acknowledge && !settled.has(id));
}

/** @param risks with messages that are safe to print */
export function riskNotAccepted(
  what: string,
  risks: readonly { readonly id: string; readonly message: string }[],
): UsageError {
  const options = risks.map(({ id }) => `--accept-risk ${id}`);
  const lines = risks.map(({ id, message }) => `  ${id}: ${message}`);
  return new UsageError(
    `${what} is dangerous:\n${lines.join('\n')}\nIf you mean it: ${options.join(' ')}`,
    'risk-not-accepted',
    {
      headline: `${what} is dangerous`,
      causes: risks.map(({ message }) => message),
      fixes: options.map((option) => ({ action: 'accept-risk', text: 'Accept the risk', option })),
    },
  );
}

/** Makes sure that every risk is accepted, as the wizard does with a typed word. @throws {UsageError} which names the risks */
export function assertAccepted(draft: FormState, accepted: readonly string[]): void {
  const open = openRisks(draft, accepted);
  if (open.length === 0) return;
  throw riskNotAccepted(
    'this key',
    open.map(({ id, message }) => ({ id, message: withoutEcho(message, draft.privileges) })),
  );
}

/** The draft with its dangers accepted, to be saved with a profile. */
export const withAccepted = (draft: FormState, accepted: readonly string[]): FormState => {
  const ids = acknowledgementKey(planOf(draft));
  const isAccepted = (id: string): boolean =>
    accepted.includes('all') || accepted.includes(id) || draft.acceptedRisks.includes(id);
  return { ...draft, acceptedRisks: ids.filter(isAccepted) };
};
