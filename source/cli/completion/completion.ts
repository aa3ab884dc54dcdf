import type { CommandRun } from '../../commands/shared/command-call.js';
import { EXIT, notOneOf } from '../../commands/shared/exit-codes.js';
import type { Runtime } from '../../operations/runtime.js';
import { BASH_SCRIPT } from './bash.js';
import { quotedForBash, readBashLine } from './bash-line.js';
import { FISH_SCRIPT } from './fish.js';
import { COMPLETED_SHELLS, type Completion, completionOf, type OfferedWord } from './offers.js';
import { POWERSHELL_SCRIPT } from './powershell.js';
import { ZSH_SCRIPT } from './zsh.js';

const SCRIPTS = { bash: BASH_SCRIPT, zsh: ZSH_SCRIPT, fish: FISH_SCRIPT, powershell: POWERSHELL_SCRIPT } as const;

/** What the scripts pass instead of a shell, to ask for the words at the cursor. */
const WORDS = 'words';

/** Characters. A longer command line is not completed. */
const MAX_INPUT = 1_000_000;

async function readInput({ stdin }: Runtime): Promise<readonly string[]> {
  if (stdin.isTTY) return [];
  let text = '';
  for await (const chunk of stdin.setEncoding('utf8')) {
    text += chunk;
    if (text.length > MAX_INPUT) return [];
  }
  return text.split('\0').slice(0, -1);
}

async function offeredWords({ offer }: Completion, runtime: Runtime): Promise<readonly OfferedWord[]> {
  if (offer.kind === 'profiles') return (await runtime.profileNames()).map((value) => ({ value, help: '' }));
  return offer.kind === 'words' ? offer.words : [];
}

const kindOf = ({ offer }: Completion): string => (offer.kind === 'profiles' ? 'words' : offer.kind);

/**
 * Answers in lines: `words`, `files` or `command`, then what can be inserted. bash neither filters nor quotes the words. For files
 * and commands it gets the word without quotes, and the start of it that readline keeps.
 */
async function linesForBash([breaks = '', line = '']: readonly string[], runtime: Runtime): Promise<string[]> {
  const { words, quote, kept } = readBashLine(line, breaks);
  const current = words.at(-1) ?? '';
  const completion = completionOf(words.slice(1, -1), current);
  const { before } = completion;
  const { kind } = completion.offer;
  if (kind === 'files' || kind === 'command') return [kind, current.slice(before.length), kept.slice(before.length)];
  const matching = (await offeredWords(completion, runtime))
    .map(({ value }) => before + value)
    .filter((value) => value.startsWith(current));
  return [kindOf(completion), ...matching.map((value) => quotedForBash(value.slice(kept.length), quote))];
}

/** The other shells, or their scripts, filter and quote the words. PowerShell takes the form of fish. zsh completes only the value after `--region=`. */
async function linesForOthers(shell: 'zsh' | 'fish', words: readonly string[], runtime: Runtime): Promise<string[]> {
  const completion = completionOf(words.slice(0, -1), words.at(-1) ?? '');
  const lineOf = ({ value, help }: OfferedWord): string => {
    if (shell === 'fish') return `${completion.before}${value}\t${help}`;
    const description = help === '' ? '' : `:${help.replaceAll('\\', '\\\\')}`;
    return value.replaceAll(/[\\:]/g, '\\$&') + description;
  };
  return [kindOf(completion), ...(await offeredWords(completion, runtime)).map(lineOf)];
}

/**
 * Prints the script for a shell. The script asks this command for the words at the cursor, each time Tab is pressed. Uses no keychain
 * and no network.
 */
export async function completion({ names, runtime }: CommandRun): Promise<number> {
  const [asked = ''] = names;
  if (asked === WORDS) {
    const [shell, ...input] = await readInput(runtime);
    const lines =
      shell === 'bash'
        ? linesForBash(input, runtime)
        : linesForOthers(shell === 'zsh' ? shell : 'fish', input, runtime);
    runtime.stdout.write((await lines).map((line) => `${line}\n`).join(''));
    return EXIT.ok;
  }
  const known = COMPLETED_SHELLS.find((shell) => shell === asked);
  if (known === undefined) throw notOneOf('The shell', COMPLETED_SHELLS, asked);
  runtime.stdout.write(SCRIPTS[known]);
  return EXIT.ok;
}
