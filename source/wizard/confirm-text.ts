import type { Profile } from '../profiles/profile.js';
import { commandText } from '../profiles/secret-place-text.js';
import { serviceUrlAt } from './reading.js';
import type { Fact, Paragraph } from './view.js';

/** What a person confirms: the source of the secret, and the server that the secret is for. */
export function confirmedFacts({ name, secretPlace, region, serviceUrl }: Profile): Fact[] {
  const server: Fact = { label: 'Server', value: serviceUrlAt({ region, address: serviceUrl }, null) };
  switch (secretPlace.kind) {
    case 'command':
      return [
        { label: 'Profile', value: name },
        { label: secretPlace.usesShell ? 'Shell command' : 'Command', value: commandText(secretPlace) },
        server,
      ];
    case 'variable':
      return [{ label: 'Profile', value: name }, { label: 'Variable', value: secretPlace.name }, server];
    default:
      return [{ label: 'Profile', value: name }, server];
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
      ? 'The profile came from a file. A file can name any variable, also one that holds the secret of something else.'
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
