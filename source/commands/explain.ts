import { readPastedError } from '../kaltura/diagnosis/pasted-error.js';
import { Secret } from '../kaltura/secret.js';
import { type ExplainedError, errorTitle, explainError, noErrorText } from '../messages/errors/explain-error.js';
import { SECRET_ADVICE } from '../messages/explanation/faults.js';
import { causeParagraphs, indentedItem, lowerFirst } from '../messages/paragraph.js';
import type { Runtime } from '../operations/runtime.js';
import type { CommandRun } from './shared/command-call.js';
import { CommandError, EXIT } from './shared/exit-codes.js';
import { missing } from './shared/missing.js';
import { isStdin, readStdin } from './shared/read-stdin.js';
import { printResult } from './shared/report.js';
import { wrapProse } from './shared/wrap-prose.js';

/** Explains an error code, a message, or a whole answer. Prints nothing of the text but codes and IDs. */
export async function explain({ names, flags, runtime, report }: CommandRun): Promise<number> {
  const { errors: found, reason, hasKey, isKeySecret } = readPastedError(await textOf(names, runtime));
  const errors = found.map(explainError);
  if (reason !== null) {
    throw new CommandError(noErrorText[reason], reason === 'key' ? 'key-not-error' : 'no-error-found');
  }
  if (hasKey) report.say(isKeySecret ? SECRET_IN_TEXT : KEY_IN_TEXT);
  const facts = { errors: errors.map(asJson) };
  printResult(facts, [wrapProse(outputOf(errors), runtime.stdout)], { flags, runtime });
  return errors.every(({ isKnown }) => isKnown) ? EXIT.ok : EXIT.failure;
}

const KEY_IN_TEXT = 'The text also contains a session key. It is not printed; kaltura-ks inspect explains it.';
const SECRET_IN_TEXT = `The text also contains what looks like a secret. It is not printed. ${SECRET_ADVICE}`;

async function textOf(names: readonly string[], runtime: Runtime): Promise<Secret> {
  if (names.length > 0 && !isStdin(names)) return new Secret(names.join(' '));
  if (runtime.stdin.isTTY) {
    const what = 'the error, as a code, a message or a whole answer';
    throw missing([{ what, from: 'an argument or standard input' }]);
  }
  return readStdin('answer', 'explain', runtime);
}

const outputOf = (errors: readonly ExplainedError[]): string => errors.map(paragraphsOf).join('\n\n');

function paragraphsOf(error: ExplainedError): string {
  const { meaning, causes, checks, similar } = error;
  return [
    errorTitle(error),
    similar.length === 0 ? meaning : `${meaning} Did you mean ${similar.join(', ')}?`,
    causeParagraphs(causes)
      .map(({ text }) => indentedItem(text))
      .join('\n'),
    fixText(error),
    ...(checks.length === 0
      ? []
      : [['To find out more:', ...checks.map(checkText), ...profileNote(checks)].join('\n')]),
  ].join('\n\n');
}

/** The fix of a mistyped code begins with the codes that were probably meant. */
const fixText = ({ fix, similar }: ExplainedError): string =>
  similar.length === 0
    ? `Fix: ${fix}`
    : [
        'Fix: Explain the code that you meant:',
        ...similar.map((code) => `  kaltura-ks explain ${code}`),
        `If you meant no other code: ${lowerFirst(fix)}`,
      ].join('\n');

const profileNote = (checks: ExplainedError['checks']): string[] =>
  checks.some(({ command }) => command.includes('<profile>'))
    ? ['  <profile> is the name of a saved profile. To save one: kaltura-ks profiles add']
    : [];

const checkText = ({ command, purpose }: ExplainedError['checks'][number]): string => `  ${command}\n      ${purpose}`;

/** Formats an error as JSON. Scripts depend on these names: never rename them. */
const asJson = ({ code, reason, isKnown, meaning, causes, fix, checks, similar }: ExplainedError) => ({
  code,
  reason,
  known: isKnown,
  meaning,
  causes,
  fix,
  checks: checks.map(({ command }) => command),
  similar,
});
