import { Secret } from '../../kaltura/secret.js';
import type { Profile } from '../../profiles/profile.js';
import { splitCommandLine } from '../../secrets/command.js';
import { commandProblem, type SecretSource, type SecretSourceKind, variableProblem } from '../../secrets/source.js';

/** Where the secret should live, as it is being answered on the save screen. */
export interface SourceForm {
  readonly kind: SecretSourceKind;
  /** The command, or the name of the variable. */
  readonly text: string;
  /** The person said that the command is for the shell. */
  readonly usesShell: boolean;
  readonly passphrase: Secret;
  /** A slip of the finger would lock the file for ever. */
  readonly again: Secret;
}

export const EMPTY_SOURCE_FORM: SourceForm = {
  kind: 'ask',
  text: '',
  usesShell: false,
  passphrase: new Secret(''),
  again: new Secret(''),
};

const quoted = (part: string): string => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`);

/** The answers that the place of a profile stands for. */
export function sourceFormOf(profile: Profile | undefined): SourceForm {
  const place = profile?.secretPlace ?? { kind: 'ask' };
  if (place.kind === 'variable') return { ...EMPTY_SOURCE_FORM, kind: 'variable', text: place.name };
  if (place.kind !== 'command') return { ...EMPTY_SOURCE_FORM, kind: place.kind };
  const text = place.usesShell ? (place.command[0] ?? '') : place.command.map(quoted).join(' ');
  return { ...EMPTY_SOURCE_FORM, kind: 'command', text, usesShell: place.usesShell };
}

const NOTHING_TYPED: Readonly<Record<string, string>> = {
  command: 'Type the command that prints the secret, such as: pass show kaltura/admin-secret',
  variable: 'Type the name of the variable, such as KALTURA_ADMIN_SECRET.',
};

/** Whether only a shell understands the typed command, and it was not said to be for one. */
export const needsShell = ({ kind, text, usesShell }: SourceForm): boolean =>
  kind === 'command' && !usesShell && splitCommandLine(text).kind === 'needs-shell';

/** Why the typed command or name cannot be used; null where it can. */
export function sourceTextProblem({ kind, text, usesShell }: SourceForm): string | null {
  if (text.trim() === '') return NOTHING_TYPED[kind] ?? null;
  if (kind === 'variable') return variableProblem(text.trim());
  if (usesShell) return commandProblem([text.trim()], true);
  const line = splitCommandLine(text);
  if (line.kind === 'open-quote') return 'A quote or a backslash in the command has no partner.';
  return line.kind === 'command' ? commandProblem(line.command, false) : null;
}

/** The place that complete answers come to. What was typed here is confirmed. */
export function sourceOf({ kind, text, usesShell }: SourceForm): SecretSource {
  if (kind === 'variable') return { kind, name: text.trim(), isConfirmed: true };
  if (kind !== 'command') return { kind };
  if (usesShell) return { kind, command: [text.trim()], usesShell, isConfirmed: true };
  const line = splitCommandLine(text);
  return { kind, command: line.kind === 'command' ? line.command : [], usesShell: false, isConfirmed: true };
}

/** Short enough to type each time, long enough that trying them all takes ages. */
const SHORTEST_PASSPHRASE = 12;

/** Why this passphrase is too weak to encrypt with; null where it is not. */
export const passphraseProblem = (passphrase: Secret): string | null =>
  passphrase.length < SHORTEST_PASSPHRASE
    ? `A passphrase has at least ${SHORTEST_PASSPHRASE} characters: whoever copies the file can try as many as they like.`
    : null;

export const againProblem = ({ passphrase, again }: SourceForm): string | null =>
  passphrase.reveal() === again.reveal() ? null : 'The two are not the same.';
