import { addAppToken, type MadeAppToken, type NewAppToken } from '../../kaltura/app-tokens/manage.js';
import { tokenDifferences, tokenText } from '../../messages/app-tokens.js';
import type { Runtime } from '../../operations/runtime.js';
import { ProfileStoreError } from '../../profiles/store.js';
import { isWritable } from '../../secrets/source.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import { askServer } from '../keys/ask-server.js';
import { assertOutputIsKept, isWritten, lostTokenText } from '../keys/key-output.js';
import { acceptedRiskIds } from '../keys/obtain-key.js';
import type { CommandCall } from '../shared/command-call.js';
import { CancelledError, EXIT, UsageError } from '../shared/exit-codes.js';
import { createReport, jsonText, type Report } from '../shared/report.js';
import { type AppTokenAccess, withAppTokenAccess } from './key.js';
import {
  assertNotPractice,
  isOfPractice,
  prepareTokenProfile,
  saveTokenProfile,
  type TokenProfileOptions,
  tokenProfileOptions,
} from './save-profile.js';
import { assertTokenAccepted, newTokenFrom } from './wish.js';

interface Deps {
  readonly flags: CommandCall['flags'];
  readonly runtime: Runtime;
  readonly report: Report;
}

/** Makes an app token, and hands its value over: this once, to standard output or to the place of a new profile. */
export async function createToken({ flags }: CommandCall, runtime: Runtime): Promise<number> {
  const report = createReport(runtime.stderr, flags['verbose'] === true);
  const deps: Deps = { flags, runtime, report };
  const wish = newTokenFrom(flags, runtime.now() / 1000, report);
  const profile = tokenProfileOptions(flags);
  assertTokenAccepted(wish, acceptedRiskIds(flags), report);
  if (profile === null || !isWritable(profile.secretPlace)) await assertOutputIsKept(runtime);
  if (profile !== null) await prepareTokenProfile(profile, deps);
  return withAppTokenAccess(flags, runtime, report, async (key) => {
    if (profile !== null) assertNotPractice(key);
    const { ks, serviceUrl, http, contextOf } = key;
    const add = (signal: AbortSignal) => addAppToken(serviceUrl, ks, wish, { http, signal });
    const made = await askServer(add, contextOf('appToken.add'), runtime, report);
    reportToken(made, wish, key, deps);
    return deliver(made, wish, profile, key, deps);
  });
}

function reportToken({ token }: MadeAppToken, wish: NewAppToken, key: AppTokenAccess, { runtime, report }: Deps): void {
  report.say(`made ${tokenText(token, runtime.now() / 1000)}`);
  for (const { text } of tokenDifferences(wish, token)) report.say(`caution: ${text}`);
  if (isOfPractice(key)) report.say('practice forgets it when its server ends: kaltura-ks practice keeps one running.');
}

/** The value is never lost without a word: what could not be stored is printed after all, and what could not be printed is told. */
async function deliver(
  made: MadeAppToken,
  wish: NewAppToken,
  profile: TokenProfileOptions | null,
  key: AppTokenAccess,
  deps: Deps,
): Promise<number> {
  const isStored = profile !== null && isWritable(profile.secretPlace);
  if (!isStored && !(await print(made, profile, true, key, deps))) return lost(made, deps);
  if (profile === null) return EXIT.ok;
  try {
    await saveTokenProfile(profile, made, wish, key, acceptedRiskIds(deps.flags), deps);
  } catch (error) {
    const code = codeOf(error);
    deps.report.say(`the token was made, but “${profile.name}” could not be saved. ${(error as Error).message}`.trim());
    if (isStored && !(await print(made, null, true, key, deps))) return lost(made, deps);
    return code;
  }
  if (isStored && deps.flags['json'] === true) await print(made, profile, false, key, deps);
  return EXIT.ok;
}

/** @throws what nobody foresaw */
function codeOf(error: unknown): number {
  if (error instanceof CancelledError) return EXIT.cancelled;
  if (error instanceof SecretSourceError && error.fault === 'cancelled') return EXIT.cancelled;
  if (error instanceof SecretSourceError || error instanceof ProfileStoreError || error instanceof UsageError) {
    return EXIT.failure;
  }
  throw error;
}

function lost({ token }: MadeAppToken, { flags, report }: Deps): number {
  report.say(lostTokenText(token, flags));
  return EXIT.failure;
}

/** Alone and as it is, for whatever catches it; or all of it, for a program. @returns whether it was taken */
function print(
  { token, value }: MadeAppToken,
  profile: TokenProfileOptions | null,
  withValue: boolean,
  { serviceUrl, partnerId }: AppTokenAccess,
  { flags, runtime, report }: Deps,
): Promise<boolean> {
  if (withValue)
    report.say(
      'its value, which is not shown again, and makes keys together with the ID (KALTURA_APP_TOKEN, --app-token-id):',
    );
  const text = withValue ? value.reveal() : null;
  const whole = { ...token, token: text, partnerId, serviceUrl, profile: profile?.name ?? null };
  return isWritten(`${flags['json'] === true ? jsonText(whole) : text}\n`, runtime);
}
