import { withServerAnswer } from '../../kaltura/ks/explain.js';
import { formatTimeDifference } from '../../kaltura/lifetime.js';
import type { Secret } from '../../kaltura/secret.js';
import { foundTexts } from '../../messages/explanation.js';
import type { Runtime } from '../../operations/runtime.js';
import type { Profile } from '../../profiles/profile.js';
import type { CommandCall } from '../shared/command-call.js';
import { EXIT, UsageError } from '../shared/exit-codes.js';
import { findProfile } from '../shared/find-profile.js';
import { createReport, type Report } from '../shared/report.js';
import { openKs } from './opener.js';
import { type Inspected, inspectedJson, inspectedText } from './output.js';
import { askServerAbout, NOT_ASKED, type ServerReply } from './server.js';
import { readPastedKs } from './source.js';

/** Explains a key: its facts, permissions, expiry, and whether its signature is valid. */
export async function inspect(call: CommandCall, runtime: Runtime): Promise<number> {
  const { flags } = call;
  const report = createReport(runtime.stderr, flags['verbose'] === true);
  if (flags['region'] !== undefined && flags['url'] !== undefined) {
    throw new UsageError('--region and --url exclude each other.', 'conflicting-options');
  }
  const { finding, isExposed } = await readPastedKs(call, runtime);
  for (const text of foundTexts(finding)) report.say(text);
  const profile = await namedProfile(flags['profile'], runtime, report);
  const { inspected, failure } = await lookedInto(finding.ks, profile, call, runtime, report);
  const now = runtime.now() / 1000;
  runtime.stdout.write(`${flags['json'] === true ? inspectedJson(inspected) : inspectedText(inspected, now)}\n`);
  if (isExposed) warnOfExposure(inspected, now, report);
  if (failure !== null) throw failure;
  return isGood(inspected, now) ? EXIT.ok : EXIT.failure;
}

async function namedProfile(name: unknown, runtime: Runtime, report: Report): Promise<Profile | null> {
  return typeof name === 'string' ? findProfile(name, await runtime.openStore(), report) : null;
}

async function lookedInto(
  ks: Secret,
  profile: Profile | null,
  { flags }: CommandCall,
  runtime: Runtime,
  report: Report,
): Promise<{ readonly inspected: Inspected; readonly failure: ServerReply['failure'] }> {
  const reading = await openKs(ks, profile, flags, runtime, report);
  const isOpen = !reading.readable || reading.explanation.signature === 'valid';
  const { said, serviceUrl, failure } = isOpen
    ? NOT_ASKED
    : await askServerAbout({ ks, explanation: reading.explanation, profile }, flags, runtime, report);
  const told =
    reading.readable && said !== null
      ? { ...reading, explanation: withServerAnswer(reading.explanation, said) }
      : reading;
  const inspected = {
    reading: told,
    said,
    serviceUrl: serviceUrl ?? profile?.serviceUrl ?? null,
    profile: profile?.name ?? null,
  };
  return { inspected, failure };
}

/**
 * Checks whether the key has expired or was revoked, as far as known.
 * @param now epoch seconds
 */
function isOver({ reading, said }: Inspected, now: number): boolean {
  if (said?.answer === 'ended') return true;
  // The server’s clock counts.
  if (said?.answer === 'facts' || said?.answer === 'user-key') return false;
  const end = reading.readable ? (reading.explanation.facts?.expiresAt ?? null) : null;
  return end !== null && end <= now;
}

function isGood(inspected: Inspected, now: number): boolean {
  const { reading, said } = inspected;
  if (!reading.readable || reading.explanation.signature === 'invalid') return false;
  return said?.answer !== 'refused' && !isOver(inspected, now);
}

/** Warns if other users could see a key that is still valid. */
function warnOfExposure(inspected: Inspected, now: number, report: Report): void {
  const { reading, said } = inspected;
  if (!reading.readable || isOver(inspected, now) || said?.answer === 'refused') return;
  const end = reading.explanation.facts?.expiresAt ?? null;
  const until = end === null ? 'while it lives' : `until it ends (${formatTimeDifference(end, now)})`;
  report.say(
    `caution: the history of your shell has this key now, and others on this computer could see it: it is good to them ${until}. Next time give it by standard input or --file.`,
  );
}
