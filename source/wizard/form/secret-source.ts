import { Secret } from '../../kaltura/secret.js';
import type { Profile } from '../../profiles/profile.js';
import { splitCommandLine } from '../../secrets/command-line.js';
import { commandProblem, type SecretSource, type SecretSourceKind, variableProblem } from '../../secrets/source.js';

/** The answers of the save screen about the secret source. */
export interface SourceForm {
  readonly kind: SecretSourceKind;
  /** The command, or the name of the variable. */
  readonly text: string;
  /** Whether the user said that the command needs a shell. */
  readonly usesShell: boolean;
  readonly passphrase: Secret;
  /** The passphrase again, because a typing error would make the file unreadable. */
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

/** Returns the answers that match the secret source of a profile. */
export function sourceFormOf(profile: Profile | undefined): SourceForm {
  const place = profile?.secretSource ?? { kind: 'ask' };
  if (place.kind === 'variable') return { ...EMPTY_SOURCE_FORM, kind: 'variable', text: place.name };
  if (place.kind !== 'command') return { ...EMPTY_SOURCE_FORM, kind: place.kind };
  const text = place.usesShell ? (place.command[0] ?? '') : place.command.map(quoted).join(' ');
  return { ...EMPTY_SOURCE_FORM, kind: 'command', text, usesShell: place.usesShell };
}

const NOTHING_TYPED: Readonly<Record<string, string>> = {
  command: 'Type the command that prints the secret, such as: pass show kaltura/admin-secret',
  variable: 'Type the name of the variable, such as KALTURA_ADMIN_SECRET.',
};

/** Checks whether the typed command needs a shell, and the user has not chosen one. */
export const needsShell = ({ kind, text, usesShell }: SourceForm): boolean =>
  kind === 'command' && !usesShell && splitCommandLine(text).kind === 'needs-shell';

/** Says why the typed command or variable name can't be used; null if it can. */
export function sourceTextProblem({ kind, text, usesShell }: SourceForm): string | null {
  if (text.trim() === '') return NOTHING_TYPED[kind] ?? null;
  if (kind === 'variable') return variableProblem(text.trim());
  if (usesShell) return commandProblem([text.trim()], true);
  const line = splitCommandLine(text);
  if (line.kind === 'open-quote') return 'A quote in the command is not closed, or a backslash has nothing after it.';
  return line.kind === 'command' ? commandProblem(line.command, false) : null;
}

/** Returns the secret source of complete answers. A typed command counts as confirmed. */
export function sourceOf({ kind, text, usesShell }: SourceForm): SecretSource {
  if (kind === 'variable') return { kind, name: text.trim(), isConfirmed: true };
  if (kind !== 'command') return { kind };
  if (usesShell) return { kind, command: [text.trim()], usesShell, isConfirmed: true };
  const line = splitCommandLine(text);
  return { kind, command: line.kind === 'command' ? line.command : [], usesShell: false, isConfirmed: true };
}

export const againProblem = ({ passphrase, again }: SourceForm): string | null =>
  passphrase.reveal() === again.reveal() ? null : 'The two passphrases are different.';
