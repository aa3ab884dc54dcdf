import { explainKs, type KsReading } from '../../kaltura/ks/explain.js';
import type { SecretSource, SigningSecret } from '../../kaltura/ks/signing-secret.js';
import { Secret } from '../../kaltura/secret.js';
import { readSecretFor } from '../../kaltura/typed-values.js';
import type { Profile } from '../../profiles/profile.js';
import { specForProfile } from '../answers/spec-from-flags.js';
import { canAsk } from '../secrets/hidden-prompt.js';
import { secretOfProfile } from '../secrets/profile-secret.js';
import { type FoundSecret, findSecret } from '../secrets/secret-source.js';
import { secretInVariables } from '../secrets/secret-variables.js';
import { createSourceAccess } from '../secrets/source-access.js';
import { type CommandRun, hasSecretFlag } from '../shared/command-call.js';
import type { Report } from '../shared/report.js';

/** Returns the profile if it has the Administrator Secret that can verify the key. A password or app token verifies nothing. */
function verifyingProfile(profile: Profile | null, partnerId: number, report: Report): Profile | null {
  if (profile === null) return null;
  if (profile.method !== 'server' && profile.method !== 'local') {
    report.say(
      `Profile “${profile.name}” doesn’t sign in with an account secret, and only the account’s Administrator Secret verifies a key.`,
    );
    return null;
  }
  if (profile.partnerId === partnerId) return profile;
  report.say(
    `The key names partner ${partnerId}, but profile “${profile.name}” is for partner ${profile.partnerId}. Its secret is not used.`,
  );
  return null;
}

const FLAG_SOURCES: Readonly<Record<string, SecretSource>> = {
  '--secret-stdin': { from: 'stdin' },
  '--secret-file': { from: 'file' },
  asked: { from: 'prompt' },
  practice: { from: 'practice' },
};

const sourceOf = ({ source }: FoundSecret): SecretSource => FLAG_SOURCES[source] ?? { from: 'variable', name: source };

/** Returns the given secret; null if none is given and the user can't be asked. */
async function secretFor(
  partnerId: number | null,
  profile: Profile | null,
  run: CommandRun,
): Promise<SigningSecret | null> {
  const { flags, runtime, report } = run;
  const isGiven = hasSecretFlag(flags);
  const verifier = isGiven || partnerId === null ? null : verifyingProfile(profile, partnerId, report);
  const target = verifier === null ? { region: 'us' as const, serviceUrl: '' } : specForProfile(verifier);
  const signIn = { method: 'local', partnerId, ksVersion: 2 } as const;
  const fromProfile = verifier === null ? null : await secretOfProfile(verifier, createSourceAccess(run), run);
  const isSet = secretInVariables(signIn, runtime) !== null;
  const canBeHad = isGiven || isSet || (verifier !== null && (verifier.region === 'practice' || canAsk(run)));
  if (fromProfile === null && !canBeHad) {
    if (verifier !== null)
      report.say(`Profile “${verifier.name}” has no stored secret, and kaltura-ks can’t ask for it here.`);
    return null;
  }
  const found = fromProfile ?? (await findSecret({ ...target, signIn }, run));
  report.detail(`Administrator Secret (${found.source})`);
  const secret = new Secret(readSecretFor('local', found.secret).text);
  const source: SecretSource =
    verifier !== null && fromProfile !== null ? { from: 'profile', name: verifier.name } : sourceOf(found);
  return { secret, source };
}

/**
 * Reads a key. If a secret is given, or the profile has one, only that secret decides whether the signature is valid.
 * @throws {UsageError} if a flag contains no secret
 * @throws {SecretSourceError}
 */
export async function openKs(ks: Secret, profile: Profile | null, run: CommandRun): Promise<KsReading> {
  const readWithoutSecret = explainKs(ks, null);
  const partnerId = readWithoutSecret.readable ? readWithoutSecret.explanation.partnerId : readWithoutSecret.partnerId;
  // With a secret, a key without its start (v2|<partner ID>|) can be recognized.
  if (partnerId === null && !hasSecretFlag(run.flags)) return readWithoutSecret;
  const given = await secretFor(partnerId, profile, run);
  return given === null ? readWithoutSecret : explainKs(ks, given);
}
