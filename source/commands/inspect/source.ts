import { findKs, type KsFinding } from '../../kaltura/ks/find.js';
import { notFoundText } from '../../messages/explanation.js';
import type { Runtime } from '../../operations/runtime.js';
import type { CommandCall } from '../shared/command-call.js';
import { CommandError, UsageError } from '../shared/exit-codes.js';
import { askHidden, canAsk } from '../shared/hidden-prompt.js';
import { readStdin } from '../shared/read-stdin.js';

/** The key to explain. */
export interface PastedKs {
  readonly finding: Extract<KsFinding, { found: true }>;
  /** Whether it was an argument, which other users can see and the shell saves. */
  readonly isExposed: boolean;
}

type Source = 'argument' | 'file' | 'stdin' | 'question';

function sourceOf({ names, flags }: CommandCall, runtime: Runtime): Source {
  const isFile = flags['file'] !== undefined;
  if (names[0] !== undefined && isFile)
    throw new UsageError('the key comes from the argument or from --file, not both.', 'conflicting-options');
  if (names[0] !== undefined) return 'argument';
  if (isFile) return 'file';
  if (runtime.stdin.isTTY !== true) return 'stdin';
  if (flags['input'] !== false && canAsk(runtime)) return 'question';
  throw new UsageError(
    'missing: the key (standard input, --file, or the argument); it cannot be asked here.',
    'missing-input',
  );
}

async function textFrom(source: Source, { names, flags }: CommandCall, runtime: Runtime): Promise<string> {
  switch (source) {
    case 'argument':
      return names[0] ?? '';
    case 'file': {
      const reading = await runtime.readText(String(flags['file']));
      if (!reading.ok) throw new CommandError(`--file cannot be read: ${reading.why}.`, 'unreadable-input');
      return reading.text;
    }
    case 'stdin':
      return (await readStdin('key', '--ks-stdin', runtime)).reveal();
    case 'question':
      return (await askHidden('The key (KS), with or without what it was copied with, not shown', runtime)).reveal();
  }
}

/**
 * Reads the key from the argument, `--file`, standard input if it isn't a terminal, or a prompt.
 * @throws {UsageError} if there is none and the user can't be asked
 * @throws {CommandError} if the text contains no key
 */
export async function readPastedKs(call: CommandCall, runtime: Runtime): Promise<PastedKs> {
  const source = sourceOf(call, runtime);
  if (call.flags['secret-stdin'] === true && source !== 'argument' && source !== 'file') {
    throw new UsageError(
      '--secret-stdin takes standard input for the secret: give the key by --file.',
      'conflicting-options',
    );
  }
  const finding = findKs(await textFrom(source, call, runtime));
  if (finding.found) return { finding, isExposed: source === 'argument' };
  if (finding.why === 'empty' && source === 'stdin') {
    throw new UsageError('missing: the key. Standard input is empty.', 'missing-input');
  }
  throw new CommandError(notFoundText(finding.why), 'no-key-found');
}
