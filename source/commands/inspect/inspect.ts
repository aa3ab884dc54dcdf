import { findErrors } from '../../kaltura/diagnosis/find-errors.js';
import { isRefused, type KsReading, withServerAnswer } from '../../kaltura/ks/explain.js';
import { findKs, type KsFinding } from '../../kaltura/ks/pasted/find.js';
import { formatTimeDifference } from '../../kaltura/lifetime.js';
import type { Secret } from '../../kaltura/secret.js';
import { errorInsteadOfKeyText } from '../../messages/errors/explain-error.js';
import { foundTexts, notFoundText } from '../../messages/explanation/explanation.js';
import { exposedText } from '../../messages/explanation/faults.js';
import { lowerFirst } from '../../messages/paragraph.js';
import type { Runtime } from '../../operations/runtime.js';
import { shownName } from '../../profiles/name.js';
import type { Profile } from '../../profiles/profile.js';
import { askHidden, canAsk } from '../secrets/hidden-prompt.js';
import type { CommandRun } from '../shared/command-call.js';
import { CommandError, EXIT, UsageError } from '../shared/exit-codes.js';
import { findProfile } from '../shared/find-profile.js';
import { type MissingValue, missing } from '../shared/missing.js';
import { isStdin, readStdin } from '../shared/read-stdin.js';
import { printResult, type Report } from '../shared/report.js';
import { argumentFor } from '../shared/shell-quoting.js';
import { openKs } from './opener.js';
import { type Inspected, inspectedFacts, inspectedText } from './output.js';
import { askServerAbout, NOT_ASKED, refuseIdleServerFlags, type ServerReply } from './server.js';

/** The key to explain. */
interface PastedKs {
  readonly finding: Extract<KsFinding, { found: true }>;
  /** Whether it was an argument, which other users can see and the shell saves. */
  readonly isExposed: boolean;
}

const KEY_VALUE: MissingValue = { what: 'the key', from: 'standard input, --ks-file or the argument' };

type Source = 'argument' | 'file' | 'stdin' | 'question';

function sourceOf(run: CommandRun): Source {
  const { names, flags, runtime } = run;
  const isFile = flags['ks-file'] !== undefined;
  if (names[0] !== undefined && isFile)
    throw new UsageError('Give the key as an argument or with --ks-file, not both.', 'conflicting-options');
  if (names[0] !== undefined && !isStdin(names)) return 'argument';
  if (isFile) return 'file';
  if (runtime.stdin.isTTY !== true) return 'stdin';
  if (canAsk(run)) return 'question';
  throw missing([KEY_VALUE], { more: 'kaltura-ks can’t ask for it here.' });
}

async function textFrom(source: Source, { names, flags, runtime }: CommandRun): Promise<string> {
  switch (source) {
    case 'argument':
      return names[0] ?? '';
    case 'file': {
      const reading = await runtime.readText(String(flags['ks-file']));
      if (!reading.ok) throw new CommandError(`--ks-file can’t be read: ${reading.why}.`, 'unreadable-input');
      return reading.text;
    }
    case 'stdin':
      return (await readStdin('key', '--ks-stdin', runtime)).reveal();
    case 'question':
      return (await askHidden('The key (KS), with or without text around it (not shown)', runtime)).reveal();
  }
}

/**
 * Reads the key from the argument, `--ks-file`, standard input if it isn't a terminal, or a prompt.
 * @throws {UsageError} if there is none and the user can't be asked
 * @throws {CommandError} if the text contains no key
 */
async function readPastedKs(run: CommandRun): Promise<PastedKs> {
  const source = sourceOf(run);
  if (run.flags['secret-stdin'] === true && source !== 'argument' && source !== 'file') {
    throw new UsageError(
      '--secret-stdin reads the secret from standard input: give the key with --ks-file.',
      'conflicting-options',
    );
  }
  const text = await textFrom(source, run);
  const finding = findKs(text);
  if (finding.found) return { finding, isExposed: source === 'argument' };
  if (finding.why === 'empty' && source === 'stdin') {
    throw missing([KEY_VALUE], { more: 'Standard input is empty.' });
  }
  if (source === 'argument') await refuseProfileName(text, run);
  const [error] = findErrors(text);
  const why = error === undefined ? notFoundText(finding.why) : errorInsteadOfKeyText(error.code);
  throw new CommandError(why, 'no-key-found');
}

/** Says how to inspect a key of the profile that was named instead. @throws {CommandError} */
async function refuseProfileName(text: string, { runtime }: CommandRun): Promise<void> {
  const { profiles } = await (await runtime.openStore()).load();
  const profile = profiles.find(({ name }) => name === text.trim());
  if (profile === undefined) return;
  throw new CommandError(
    `“${shownName(profile.name)}” is a saved profile, not a key. To inspect a key of the profile: kaltura-ks token ${argumentFor(profile.name, runtime.env)} | kaltura-ks inspect`,
    'no-key-found',
  );
}

/** Explains a key: its facts, permissions, expiry, and whether its signature is valid. */
export async function inspect(run: CommandRun): Promise<number> {
  const { flags, runtime, report } = run;
  if (flags['region'] !== undefined && flags['url'] !== undefined) {
    throw new UsageError('Use --region or --url, not both.', 'conflicting-options');
  }
  refuseIdleServerFlags(run);
  const { finding, isExposed } = await readPastedKs(run);
  for (const text of foundTexts(finding)) report.say(text);
  const name = flags['profile'];
  const profile = typeof name === 'string' ? await findProfile(name, await runtime.openStore(), report) : null;
  const { inspected, failure } = await inspectKey(finding.ks, profile, run);
  const now = runtime.now() / 1000;
  if (isExposed) warnOfExposure(inspected, now, report);
  const facts = inspectedFacts(inspected);
  if (failure !== null && flags['json'] === true) {
    throw new CommandError(failure.message, failure.code, failure.details, facts);
  }
  printResult(facts, [inspectedText(inspected, now)], run);
  if (failure !== null) throw failure;
  return isGood(inspected, now) ? EXIT.ok : EXIT.failure;
}

const VERIFIED_TEXT = 'The server was not asked, because a secret already verified the key.';
const UNREADABLE_TEXT = 'The server was not asked, because no server can read this key.';

/**
 * Says why the server was not asked. No server accepts an expired key, so whether it was revoked doesn’t matter.
 * @param now epoch seconds
 * @param file the path of the file with the key, if it was in one
 */
function whyNotAsked(reading: KsReading, now: number, file: unknown, { env }: Runtime): string {
  if (!reading.readable) return UNREADABLE_TEXT;
  return isRefused(reading.explanation) || isExpiredAt(reading, now)
    ? VERIFIED_TEXT
    : `${VERIFIED_TEXT} To find out whether it was revoked: kaltura-ks check ${typeof file === 'string' ? `--ks-file ${argumentFor(file, env)}` : '--ks-stdin'}`;
}

async function inspectKey(
  ks: Secret,
  profile: Profile | null,
  run: CommandRun,
): Promise<{ readonly inspected: Inspected; readonly failure: ServerReply['failure'] }> {
  const { flags, runtime, report } = run;
  const reading = await openKs(ks, profile, run);
  const isSettled = !reading.readable || reading.explanation.signature === 'valid';
  if (isSettled && flags['ask-server'] === true)
    report.say(whyNotAsked(reading, runtime.now() / 1000, flags['ks-file'], runtime));
  const { response, serviceUrl, failure } = isSettled
    ? NOT_ASKED
    : await askServerAbout({ ks, explanation: reading.explanation, profile }, run);
  const completed =
    reading.readable && response !== null
      ? { ...reading, explanation: withServerAnswer(reading.explanation, response) }
      : reading;
  const inspected = {
    reading: completed,
    response,
    serviceUrl: serviceUrl ?? profile?.serviceUrl ?? null,
    profile: profile?.name ?? null,
  };
  return { inspected, failure };
}

/**
 * Checks whether the expiry in the key is over on this computer's clock.
 * @param now epoch seconds
 */
function isExpiredAt(reading: KsReading, now: number): boolean {
  const expiresAt = reading.readable ? (reading.explanation.facts?.expiresAt ?? null) : null;
  return expiresAt !== null && expiresAt <= now;
}

/**
 * Checks whether the key has expired or was revoked, as far as known.
 * @param now epoch seconds
 */
function isOver({ reading, response }: Inspected, now: number): boolean {
  if (response?.answer === 'ended') return true;
  // The server’s clock counts.
  if (response?.answer === 'facts') return false;
  return isExpiredAt(reading, now);
}

function isGood(inspected: Inspected, now: number): boolean {
  const { reading, response } = inspected;
  if (!reading.readable || reading.explanation.signature === 'invalid' || isRefused(reading.explanation)) return false;
  return response?.answer !== 'refused' && !isOver(inspected, now);
}

/** Warns if other users could see a key that is still valid. */
function warnOfExposure(inspected: Inspected, now: number, report: Report): void {
  const { reading, response } = inspected;
  if (!reading.readable || isRefused(reading.explanation)) return;
  if (isOver(inspected, now) || response?.answer === 'refused') return;
  const end = reading.explanation.facts?.expiresAt ?? null;
  const until = end === null ? 'until it expires' : `until it expires (${formatTimeDifference(end, now)})`;
  report.say(
    `caution: ${lowerFirst(exposedText('this key'))} They can use it ${until}. Next time, use standard input or --ks-file.`,
  );
}
