import { type ApiRequest, requestApi } from '../../kaltura/api/client.js';
import { isActionName, isReadingCall, KNOWN_ACTIONS } from '../../kaltura/calls/actions.js';
import { Secret } from '../../kaltura/secret.js';
import { similarNames } from '../../kaltura/similar-names.js';
import { type Runtime, replaceParts } from '../../operations/runtime.js';
import { timeoutOf } from '../answers/duration-flags.js';
import { InputProblems } from '../answers/input-problems.js';
import { reachWarnings } from '../answers/input-warnings.js';
import { specFrom } from '../answers/spec-from-flags.js';
import { askServer } from '../keys/ask-server.js';
import { type GivenKey, withGivenKey } from '../keys/given-key.js';
import { requireYes } from '../secrets/hidden-prompt.js';
import type { CommandRun } from '../shared/command-call.js';
import { CommandError, EXIT, UsageError } from '../shared/exit-codes.js';
import { argumentFor } from '../shared/shell-quoting.js';
import { fieldPath, printAnswer } from './output.js';
import { callContent, readsBodyFromStdin } from './parameters.js';

/** Bytes. The whole answer is held in memory, so that its secrets can be masked. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

/** Calls one action of the API with a key, and prints the answer without its secrets. */
export async function call(run: CommandRun): Promise<number> {
  const { names, flags, runtime } = run;
  const [action = '', ...pairs] = names;
  if (!isActionName(action)) {
    throw new UsageError('The first argument must be a service and an action, such as baseEntry.list.');
  }
  if (readsBodyFromStdin(flags) && flags['ks-stdin'] === true) {
    throw new UsageError(
      '--ks-stdin and “--json-body -” both read standard input. Use only one of them.',
      'conflicting-options',
    );
  }
  const path = fieldPath(flags);
  const http = runtime.httpWithin(timeoutOf(flags));
  const { parameters, files } = await callContent(pairs, run);
  const finding = readsBodyFromStdin(flags) ? withoutStdin(run) : run;
  return withGivenKey({ ...finding, names: [] }, { mayMake: true }, async (key) => {
    if (LISTS.test(action)) warnOfReach(key, run);
    await confirm({ action, parameters }, key, run);
    const { ks, serviceUrl, regionLabel } = key;
    const sent = [ks, ...Object.values(parameters).filter((value) => value instanceof Secret)];
    const context = { action, serviceUrl, regionLabel, secrets: sent };
    const request = { serviceUrl, action, parameters: { ...parameters, ks }, files, largestAnswer: LARGEST_ANSWER };
    const send = (signal: AbortSignal) => requestApi(http, { ...request, signal });
    const { body } = await withSuggestion(action, () => askServer(send, context, run));
    const listsOwnEntries = key.facts?.type === 'USER' && key.facts.privileges?.includes('list:*') === false;
    printAnswer(body, { sent, showsSecrets: flags['show-secrets'] === true, path, listsOwnEntries }, run);
    return EXIT.ok;
  });
}

/** Matches the actions whose answer a key without rights would leave empty. */
const LISTS = /\.(list|count|search)/i;

/** Warns that the answer will be empty, if the key was created for this call and lists nothing although the profile asks for more. */
function warnOfReach({ facts, isNew, profile }: GivenKey, { runtime, report }: CommandRun): void {
  if (facts === null || !isNew) return;
  const sourced = specFrom(profile, {}, profile === null ? runtime.env : {}, new InputProblems());
  const edit = profile === null ? '' : `kaltura-ks profiles edit ${argumentFor(profile.name, runtime.env)}`;
  const fix =
    profile === null
      ? { user: 'Set KALTURA_USER_ID', any: 'Set KALTURA_USER_ID or KALTURA_PRIVILEGE' }
      : { user: `Add a user with ${edit} --user`, any: `Add --user or --privilege to the profile with ${edit}` };
  for (const text of reachWarnings(sourced, facts, fix)) report.say(text);
}

/** Standard input held the JSON body: the key is not looked for there, and nothing can be asked. */
function withoutStdin(run: CommandRun): CommandRun {
  const stdin = { isTTY: true } as Runtime['stdin'];
  return { ...run, flags: { ...run.flags, input: false }, runtime: replaceParts(run.runtime, { stdin }) };
}

/** Asks before a key that may be an ADMIN key changes something. */
async function confirm(
  { action, parameters }: Pick<ApiRequest, 'action' | 'parameters'>,
  { facts, regionLabel }: GivenKey,
  run: CommandRun,
): Promise<void> {
  if (isReadingCall(action, parameters) || facts?.type === 'USER') return;
  const holder =
    facts === null ? 'a key that may be an ADMIN key' : `an ADMIN key of partner ${facts.partnerId ?? 'unknown'}`;
  const question = `Call ${action} at ${regionLabel} with ${holder}? It can change the account.`;
  await requireYes(question, `${action} was not called`, run);
}

const UNKNOWN = ['SERVICE_DOES_NOT_EXISTS', 'ACTION_DOES_NOT_EXISTS'];

/** Adds a suggestion to the error about an unknown action. */
async function withSuggestion<T>(action: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof CommandError) || !UNKNOWN.includes(error.code)) throw error;
    const isKnown = KNOWN_ACTIONS.some((known) => known.toLowerCase() === action.toLowerCase());
    // Some servers lack a known action, such as one of a plugin.
    if (isKnown) throw error;
    const [meant] = similarNames(action, KNOWN_ACTIONS);
    const text = meant === undefined ? 'Check the spelling of the service and the action.' : `Did you mean ${meant}?`;
    const fixes = [{ action: 'correct-spelling', text, option: null }, ...(error.details.fixes ?? [])];
    throw new CommandError(`${error.message}\n${text}`, error.code, { ...error.details, fixes });
  }
}
