import type { Command } from 'commander';
import { UsageError } from '../commands/shared/exit-codes.js';

/** Options that people type for an argument, besides its own name. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  profile: ['name'],
  name: ['profile'],
  names: ['profile', 'name'],
  from: ['profile', 'name'],
  partner: ['partner-id', 'pid'],
  action: ['service', 'method'],
  'language-or-recipe': ['language', 'lang', 'recipe'],
  id: ['token-id', 'app-token-id'],
  file: ['path'],
};

/** A value that may be shown: account secrets and keys are longer. */
const SHORT = /^[a-z0-9][a-z0-9._-]{0,23}$/i;

/** Returns the value of an option that the command doesn't have; null without one, and for a text that could be a secret. */
function givenValue(option: string, argv: readonly string[]): string | null {
  const at = argv.findIndex((one) => one === option || one.startsWith(`${option}=`));
  const value = argv[at] === option ? argv[at + 1] : argv[at]?.slice(option.length + 1);
  return value !== undefined && SHORT.test(value) ? value : null;
}

/**
 * Describes an unknown option whose value is an argument of the command: `regions --partner 2345678`. Returns null for another one.
 * @param option with its dashes
 * @param path the full name of the command
 */
export function argumentInsteadOf(
  option: string,
  command: Command,
  path: string,
  argv: readonly string[],
): UsageError | null {
  const name = option.replace(/^--/, '');
  const meant = command.registeredArguments.find(
    (one) => one.name() === name || OTHER_NAMES[one.name()]?.includes(name),
  );
  if (meant === undefined) return null;
  const shown = command.registeredArguments
    .filter((one) => one.required || one === meant)
    .map((one) => (one === meant ? (givenValue(option, argv) ?? `<${one.name()}>`) : `<${one.name()}>`));
  const usage = ['kaltura-ks', path, ...shown, ...(path === 'exec' ? ['-- command…'] : [])].join(' ');
  return new UsageError(`Give the value of ${option} as an argument: ${usage}`, 'unknown-option', {
    fixes: [{ action: 'remove-option', text: `Use ${usage}`, option: null }],
  });
}
