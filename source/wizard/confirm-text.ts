import type { Profile } from '../profiles/profile.js';
import { commandText } from '../profiles/secret-place-text.js';
import { serviceUrlAt } from './reading.js';
import type { Fact, Paragraph } from './view.js';

/** The facts to confirm: the secret source, and the server that gets the secret. The server comes first, because a command can be long. */
export function factsToConfirm({ name, secretPlace, region, serviceUrl }: Profile): Fact[] {
  const facts: readonly Fact[] = [
    { label: 'Profile', value: name },
    { label: 'Server', value: serviceUrlAt({ region, address: serviceUrl }, null) },
  ];
  switch (secretPlace.kind) {
    case 'command': {
      const label = secretPlace.usesShell ? 'Shell command' : 'Command';
      return [...facts, { label, value: commandText(secretPlace) }];
    }
    case 'variable':
      return [...facts, { label: 'Variable', value: secretPlace.name }];
    default:
      return [...facts];
  }
}

/** `command` or `variable`. */
export const sourceNoun = ({ secretPlace }: Profile): 'command' | 'variable' =>
  secretPlace.kind === 'variable' ? 'variable' : 'command';

/** Why the person is asked. */
export function confirmationParagraphs(profile: Profile): Paragraph[] {
  const { secretPlace, method } = profile;
  const use =
    method === 'local' ? 'The secret signs keys for the server above.' : 'The secret is sent to the server above.';
  const risk =
    secretPlace.kind === 'variable'
      ? 'The profile came from a file. It can name any variable, even one that holds the secret of another program.'
      : 'The profile came from a file. Its command runs on this computer with all your rights.';
  const masked =
    secretPlace.kind === 'command' && commandText(secretPlace).includes('••••')
      ? [{ tone: 'plain' as const, text: '•••• stands for 32 or more hexadecimal digits, which may be a secret.' }]
      : [];
  return [
    { tone: 'caution', text: risk },
    { tone: 'plain', text: `${use} Confirm only if you expect this ${sourceNoun(profile)} and this server.` },
    ...masked,
  ];
}
