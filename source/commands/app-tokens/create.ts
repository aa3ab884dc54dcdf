import { type AppToken, addAppToken, type MadeAppToken, type NewAppToken } from '../../kaltura/app-tokens/manage.js';
import {
  readNewAppToken,
  type TokenField,
  type TypedAppToken,
  tokenRisks,
} from '../../kaltura/app-tokens/new-token.js';
import { isDanger } from '../../kaltura/risks/risks.js';
import { tokenDifferences, tokenText } from '../../messages/app-tokens/tokens.js';
import { riskText } from '../../messages/paragraph.js';
import { privilegeWarnings } from '../../messages/privilege-mistakes.js';
import { ProfileStoreError } from '../../profiles/store.js';
import { isWritable } from '../../secrets/source.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import { assertAccepted, riskDetail } from '../answers/accepted-risks.js';
import { refusesCalls } from '../answers/input-warnings.js';
import { askServer } from '../keys/ask-server.js';
import { practiceNote } from '../keys/key-server.js';
import type { CommandRun, Flags } from '../shared/command-call.js';
import { CancelledError, EXIT, UsageError } from '../shared/exit-codes.js';
import { jsonText } from '../shared/report.js';
import { assertOutputIsKept, isWritten } from '../shared/standard-output.js';
import { withoutEcho } from '../shared/without-echo.js';
import { type AppTokenAccess, withAppTokenAccess } from './key.js';
import {
  acceptedTokenRisks,
  assertNotPractice,
  isOfPractice,
  prepareTokenProfile,
  saveTokenProfile,
  serverFlag,
  type TokenProfileOptions,
  tokenProfileOptions,
} from './token-profile.js';

const FLAG_OF: Readonly<Record<TokenField, string>> = {
  description: '--description',
  userId: '--user',
  privileges: '--privilege',
  sessionLength: '--session-length',
  expires: '--expires',
};

const textOf = (value: unknown, usual: string): string => (typeof value === 'string' ? value : usual);

function typedIn(flags: Flags): TypedAppToken {
  const type = textOf(flags['type'], 'user').trim().toLowerCase();
  if (type !== 'user' && type !== 'admin') throw new UsageError('--type must be user or admin.');
  const privileges = flags['privilege'];
  return {
    description: textOf(flags['description'], ''),
    userId: textOf(flags['user'], ''),
    type: type === 'admin' ? 'ADMIN' : 'USER',
    privileges: Array.isArray(privileges) ? privileges.join(',') : '',
    sessionLength: textOf(flags['session-length'], '1h'),
    expires: textOf(flags['expires'], '90d'),
  };
}

/**
 * Reads the properties of a new app token from flags. Reports warnings.
 * @throws {UsageError} with every unusable flag
 */
function newTokenFrom({ flags, runtime, report }: CommandRun): NewAppToken {
  const typed = typedIn(flags);
  const { newToken, problems, warnings } = readNewAppToken(typed, runtime.now() / 1000);
  const lines = (said: Partial<Record<TokenField, string>>): string[] =>
    (Object.entries(said) as [TokenField, string][]).map(
      ([field, sentence]) => `${FLAG_OF[field]}: ${withoutEcho(sentence, typed[field])}`,
    );
  if (newToken === null) throw new UsageError(lines(problems).join('\n'));
  for (const line of lines(warnings)) report.say(`caution: ${line}`);
  for (const text of privilegeWarnings(newToken.privileges)) report.say(`caution: ${text}`);
  return newToken;
}

/**
 * Checks that all dangers of the token were accepted, and reports its risks.
 * @throws {UsageError} with the dangers that were not accepted
 */
function checkRisks(newToken: NewAppToken, { flags, report }: CommandRun): void {
  const risks = tokenRisks(newToken, null);
  const accepted = acceptedTokenRisks(flags);
  const open = risks.filter((risk) => isDanger(risk) && !accepted.includes(risk.id));
  assertAccepted('app token', open, newToken.privileges);
  for (const risk of risks) {
    if (refusesCalls(risk)) report.say(riskText(risk));
    else report.detail(riskDetail(risk));
  }
}

/** Creates an app token. Writes its value, only this once, to standard output or to the secret source of a new profile. */
export async function createToken(run: CommandRun): Promise<number> {
  const { flags, runtime } = run;
  const newToken = newTokenFrom(run);
  const profile = tokenProfileOptions(flags);
  checkRisks(newToken, run);
  if (profile === null || !isWritable(profile.secretSource)) assertOutputIsKept(runtime);
  if (profile !== null) await prepareTokenProfile(profile, run);
  const assertServer = (server: Pick<AppTokenAccess, 'regionLabel'>): void => {
    if (profile !== null) assertNotPractice(server, profile, runtime.env);
  };
  const work = async (key: AppTokenAccess): Promise<number> => {
    assertServer(key);
    const { ks, serviceUrl, http, contextOf } = key;
    const add = (signal: AbortSignal) => addAppToken(serviceUrl, ks, newToken, { http, signal });
    const made = await askServer(add, contextOf('appToken.add'), run);
    reportToken(made, newToken, key, run);
    return deliver(made, newToken, profile, key, run);
  };
  return withAppTokenAccess(run, work, assertServer);
}

function reportToken(
  { token }: MadeAppToken,
  newToken: NewAppToken,
  key: AppTokenAccess,
  { runtime, report }: CommandRun,
): void {
  report.say(`Created ${tokenText(token, runtime.now() / 1000)}`);
  for (const { text } of tokenDifferences(newToken, token)) report.say(`caution: ${text}`);
  if (isOfPractice(key)) report.say(practiceNote('forgets the token', key));
}

/** Delivers the value. Prints it if it can't be stored, and reports an error if it can't be printed. */
async function deliver(
  made: MadeAppToken,
  newToken: NewAppToken,
  profile: TokenProfileOptions | null,
  key: AppTokenAccess,
  run: CommandRun,
): Promise<number> {
  const isStored = profile !== null && isWritable(profile.secretSource);
  if (!isStored && !(await print(made, profile, true, key, run))) return lost(made, run);
  if (profile === null) return EXIT.ok;
  try {
    await saveTokenProfile(profile, made, newToken, key, run);
  } catch (error) {
    run.report.say(
      `The token was created, but the profile “${profile.name}” could not be saved. ${reasonOf(error)}`.trim(),
    );
    if (isStored && !(await print(made, null, true, key, run))) return lost(made, run);
    return isCancelled(error) ? EXIT.cancelled : EXIT.failure;
  }
  if (isStored && run.flags['json'] === true) await print(made, profile, false, key, run);
  return EXIT.ok;
}

const isCancelled = (error: unknown): boolean =>
  error instanceof CancelledError || (error instanceof SecretSourceError && error.fault === 'cancelled');

/** The message of an unexpected error may contain a secret, so it is not shown. */
function reasonOf(error: unknown): string {
  const isExpected = [CancelledError, SecretSourceError, ProfileStoreError, UsageError].some(
    (expected) => error instanceof expected,
  );
  return isExpected ? (error as Error).message : 'Unexpected error in kaltura-ks.';
}

const isPlain = (text: string): boolean => /^[\w.:/-]+$/.test(text);

/** Says how to delete a token whose value was lost, with the same key. */
function lostTokenText({ id }: AppToken, flags: Flags): string {
  const options = ['profile', 'region', 'url'].flatMap((name) => {
    const value = flags[name];
    return typeof value === 'string' ? [`--${name} ${isPlain(value) ? value : `"${value}"`}`] : [];
  });
  const command = ['kaltura-ks app-tokens delete', isPlain(id) ? id : `"${id}"`, ...options].join(' ');
  return `The app token ${id} was created, but its value could not be printed. Delete the token (${command}) and create another one.`;
}

function lost({ token }: MadeAppToken, { flags, report }: CommandRun): number {
  report.say(lostTokenText(token, flags));
  return EXIT.failure;
}

/**
 * Prints the value alone, or all facts as JSON.
 * @returns whether it was written
 */
function print(
  { token, value }: MadeAppToken,
  profile: TokenProfileOptions | null,
  withValue: boolean,
  key: AppTokenAccess,
  { flags, runtime, report }: CommandRun,
): Promise<boolean> {
  const { serviceUrl, partnerId } = key;
  if (withValue) {
    if (profile === null && flags['json'] !== true) {
      const server = isOfPractice(key) ? '--region practice' : serverFlag(serviceUrl);
      const account = `${server}${partnerId === null ? '' : ` --partner ${partnerId}`}`;
      report.say(
        `To create keys with the token, put its value into KALTURA_APP_TOKEN: kaltura-ks token --method app-token --app-token-id ${token.id} ${account}`,
      );
    }
    report.say('The value of the token, which is not shown again:');
  }
  const text = withValue ? value.reveal() : null;
  const whole = { ...token, token: text, partnerId, serviceUrl, profile: profile?.name ?? null };
  return isWritten(`${flags['json'] === true ? jsonText(whole) : text}\n`, runtime);
}
