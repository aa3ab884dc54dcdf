import { KEYCHAIN_SERVICE, keychainAccount, needsConfirmation, type SecretName, type SecretSource } from './source.js';
import { SecretSourceError } from './source-error.js';

/** What describes the exact location of a secret. */
export interface SourceContext {
  readonly platform: NodeJS.Platform;
  readonly of: SecretName;
  /** The full path of its encrypted file, whether it exists or not. */
  readonly file: string;
  /** The folder of the encrypted files. */
  readonly folder: string;
}

/** Returns the system's name of the keychain. */
export function keychainName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'the login keychain of this Mac';
  return platform === 'win32'
    ? 'the Windows Credential Manager'
    : 'the keyring of this desktop (Secret Service: GNOME Keyring, KWallet, KeePassXC)';
}

/** Formats a command as a user would type it. */
const asTyped = (command: readonly string[]): string =>
  command.map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`)).join(' ');

/** A command can contain the secret itself, which lists need not show. */
const LONG_HEX = /[0-9a-f]{32,}/gi;

type Command = Extract<SecretSource, { kind: 'command' }>;

const commandLine = ({ command, usesShell }: Command): string => (usesShell ? (command[0] ?? '') : asTyped(command));

/** Returns the command in one line. Masks 32 or more hexadecimal digits in a row, which may be a secret. */
const commandText = (place: Command): string => commandLine(place).replaceAll(LONG_HEX, '••••');

/** A long run of spaces could push the rest of a command out of view. */
const LONG_RUN_OF_SPACES = / {4,}/g;

/**
 * Returns the command exactly as it will run, for a user to confirm. Replaces a long run of spaces by its length. Of 32 or more hexadecimal
 * digits, which may be a secret, shows both ends, so that different digits look different.
 */
export const exactCommandText = (place: Command): string =>
  commandLine(place)
    .replaceAll(LONG_RUN_OF_SPACES, (spaces) => ` [${spaces.length} spaces] `)
    .replaceAll(LONG_HEX, (digits) => `${digits.slice(0, 4)}…${digits.slice(-4)}`);

const MAX_BRIEF_LENGTH = 48;

/** Cuts a long text and marks the cut. */
function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_BRIEF_LENGTH ? text : `${characters.slice(0, MAX_BRIEF_LENGTH - 1).join('')}…`;
}

/** Tells that a command starts, which may ask on the terminal or take a while. */
export const runningText = (place: Command, isTerminal: boolean): string =>
  `Running ${shortened(commandText(place).replaceAll(/\s+/g, ' '))}.${isTerminal ? ' Ctrl+C to stop.' : ''}`;

/** Tells how to take the first line of a command that prints several. */
export const firstLineText = (place: Command): string =>
  `To take the first line, ${place.usesShell ? 'change the command to' : 'use a shell line (--from-shell)'}: ${commandText(place)} | head -n 1`;

/** Names the secret source of a profile in a few words. `isBrief` cuts a long command. */
export function sourceText(place: SecretSource, isBrief: boolean): string {
  const state = needsConfirmation(place) ? ' (not confirmed)' : '';
  switch (place.kind) {
    case 'ask':
      return 'asked for each time';
    case 'keychain':
      return 'keychain';
    case 'command': {
      const text = commandText(place);
      return `${place.usesShell ? 'shell command' : 'command'}${state}: ${isBrief ? shortened(text) : text}`;
    }
    case 'variable':
      return `environment variable ${place.name}${state}`;
    case 'file':
      return 'encrypted file';
  }
}

/** Returns the error for a secret source that no user has confirmed. */
export function unconfirmedError(place: SecretSource): SecretSourceError {
  const [what, verb] = place.kind === 'command' ? ['command', 'run'] : ['variable', 'read'];
  return new SecretSourceError(
    'unconfirmed',
    `This profile was imported, and its ${what} is not confirmed on this computer. The ${what} was not ${verb}.`,
    `Use the profile on a terminal to see the ${what} and confirm it.`,
  );
}

const notConfirmed = (place: SecretSource): string =>
  needsConfirmation(place) ? ' (Imported, and not used until you confirm it.)' : '';

/** Describes the exact location and who can read it, before anything is written there. */
export function describeSource(place: SecretSource, where: SourceContext): string {
  const { platform, of, file, folder } = where;
  switch (place.kind) {
    case 'ask':
      return 'Nowhere. You enter it each time, and kaltura-ks forgets it when it ends.';
    case 'keychain':
      return `In ${keychainName(platform)}, service “${KEYCHAIN_SERVICE}”, ${of.entry === null ? 'in a separate entry' : `account “${keychainAccount(of)}”`}. Programs that you run can ask it for this entry; other users can’t.`;
    case 'command': {
      const lead = place.usesShell ? 'Printed each time by this shell command' : 'Printed each time by this command';
      return `${lead}: ${commandText(place)}${notConfirmed(place)}`;
    }
    case 'variable':
      return `In the environment variable ${place.name}, which you set. Nothing is written. Programs that you run can read it.${notConfirmed(place)}`;
    case 'file': {
      const rights = platform === 'win32' ? 'The file is in your own folder' : 'Only you can read the file';
      const where = of.entry === null ? `In a separate file in ${folder}` : `In the file ${file}`;
      return `${where}, encrypted with a passphrase. ${rights}. You enter the passphrase each time. A forgotten passphrase can’t be recovered.`;
    }
  }
}
