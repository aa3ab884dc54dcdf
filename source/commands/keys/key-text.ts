import { isSecretFound } from '../../kaltura/diagnosis/pasted-error.js';
import { explainKs } from '../../kaltura/ks/explain.js';
import { factsInKey } from '../../kaltura/ks/facts.js';
import { findKs } from '../../kaltura/ks/pasted/find.js';
import { Secret } from '../../kaltura/secret.js';
import type { KeyFacts } from '../../kaltura/sign-in/key-request.js';
import { SECRET_ADVICE } from '../../messages/explanation/faults.js';
import type { Runtime } from '../../operations/runtime.js';
import { KEY_VARIABLE } from '../../secrets/variables.js';
import type { CommandRun } from '../shared/command-call.js';
import { CommandError, UsageError } from '../shared/exit-codes.js';
import { readStdin, tooLong } from '../shared/read-stdin.js';

/** A key that was given, saved or created. */
export interface FoundKey {
  readonly ks: Secret;
  /** The facts that can be read locally; null if it can't be read. */
  readonly facts: KeyFacts | null;
  /** The source in words: `the saved key of the profile`, `KALTURA_KS`… */
  readonly source: string;
  /** Whether it was created for this command. */
  readonly isNew: boolean;
}

/** Reads the key without a given secret. Only keys of practice accounts are verified. */
function readableFacts(ks: Secret): KeyFacts | null {
  const reading = explainKs(ks, null);
  return reading.readable ? reading.explanation.facts : factsInKey(ks, []);
}

/** Returns the content of a pipe or file on standard input; null if there is none. */
async function pipedText(runtime: Runtime): Promise<Secret | null> {
  if (runtime.stdin.isTTY) return null;
  const text = await readStdin('key', '--ks-stdin', runtime);
  return text.reveal().trim() === '' ? null : text;
}

/**
 * Reads a key from a pipe or file on standard input; null without one.
 * @throws {CommandError} if the text contains no key
 */
export async function pipedKey(runtime: Runtime): Promise<Pick<FoundKey, 'ks' | 'facts'> | null> {
  const text = await pipedText(runtime);
  return text === null ? null : findKey({ text, source: 'Standard input' });
}

/**
 * Finds the key in a text.
 * @param source names the text in errors
 * @throws {CommandError} if the text contains no key or a secret in its place, or is too long
 */
export function findKey({ text, source }: { readonly text: Secret; readonly source: string }): FoundKey {
  const finding = findKs(text.reveal());
  if (!finding.found) {
    if (finding.why === 'too-long') throw tooLong(source, 'key');
    throw new CommandError(
      `${source} contains no key. A key is one long word, and a version 2 key begins with djJ8.`,
      'no-key-found',
    );
  }
  if (isSecretFound(finding)) {
    throw new CommandError(
      `${source} has what looks like a secret, not a session key. Nothing was sent.\n${SECRET_ADVICE}`,
      'no-key-found',
    );
  }
  return { ks: finding.ks, facts: readableFacts(finding.ks), source, isNew: false };
}

/**
 * Reads the text with the key, and names its source. In this order: `--ks-stdin` or `--ks-file`, KALTURA_KS, a pipe; null without any.
 * @throws {UsageError} if both options are given
 * @throws {CommandError} if the file or standard input can't be read
 */
export async function readGivenText({
  flags,
  runtime,
}: CommandRun): Promise<{ readonly text: Secret; readonly source: string } | null> {
  const path = flags['ks-file'];
  if (flags['ks-stdin'] === true && path !== undefined) {
    throw new UsageError('Use --ks-stdin or --ks-file, not both.', 'conflicting-options');
  }
  if (flags['ks-stdin'] === true) return { text: await readStdin('key', '--ks-stdin', runtime), source: '--ks-stdin' };
  if (typeof path === 'string') {
    const reading = await runtime.readText(path);
    if (!reading.ok) throw new CommandError(`--ks-file can’t be read: ${reading.why}.`, 'unreadable-input');
    return { text: new Secret(reading.text), source: '--ks-file' };
  }
  const variable = runtime.secretVariables.get(KEY_VARIABLE);
  if (variable !== undefined) return { text: variable, source: KEY_VARIABLE };
  const piped = await pipedText(runtime);
  return piped === null ? null : { text: piped, source: 'Standard input' };
}
