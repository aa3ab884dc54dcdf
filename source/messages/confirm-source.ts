import { serviceUrlAt } from '../kaltura/accounts/regions.js';
import type { Profile } from '../profiles/profile.js';
import { exactCommandText } from '../secrets/describe.js';
import { caution, type Fact, type Paragraph, plain } from './paragraph.js';

/** The facts to confirm: the secret source, and the server that gets the secret. The server comes first, because a command can be long. */
export function factsToConfirm({ name, secretSource, region, serviceUrl }: Profile): Fact[] {
  const facts: readonly Fact[] = [
    { label: 'Profile', value: name },
    { label: 'Server', value: serviceUrlAt({ region, address: serviceUrl }, null) },
  ];
  switch (secretSource.kind) {
    case 'command': {
      const label = secretSource.usesShell ? 'Shell command' : 'Command';
      return [...facts, { label, value: exactCommandText(secretSource) }];
    }
    case 'variable':
      return [...facts, { label: 'Variable', value: secretSource.name }];
    default:
      return [...facts];
  }
}

/** `command` or `variable`. */
export const sourceNoun = ({ secretSource }: Profile): 'command' | 'variable' =>
  secretSource.kind === 'variable' ? 'variable' : 'command';

const SHORTENED = plain('Only the ends of 32 or more hexadecimal digits are shown, because they can be a secret.');

/** Explains why the user has to confirm the source. */
export function confirmationParagraphs(profile: Profile): Paragraph[] {
  const { secretSource, method } = profile;
  const use =
    method === 'local' ? 'The secret signs keys for the server above.' : 'The secret is sent to the server above.';
  const risk =
    secretSource.kind === 'variable'
      ? 'The profile was imported from a file. It can name any variable, even one with the secret of another program.'
      : 'The profile was imported from a file. Its command runs on this computer with your permissions.';
  const isShortened = secretSource.kind === 'command' && exactCommandText(secretSource).includes('…');
  return [
    caution(risk),
    plain(`${use} Confirm only if you expect this ${sourceNoun(profile)} and this server.`),
    ...(isShortened ? [SHORTENED] : []),
  ];
}

/** The longest command that the wizard's screen shows in full in a small window. */
const MAX_SHOWN_COMMAND = 240;

/** Checks whether the whole command is visible. A command that is partly hidden must not be confirmed. */
export const isShownInFull = ({ secretSource }: Profile): boolean =>
  secretSource.kind !== 'command' || exactCommandText(secretSource).length <= MAX_SHOWN_COMMAND;
