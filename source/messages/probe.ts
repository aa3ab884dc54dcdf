import type { PlannedCall, PlannedParameter } from '../kaltura/api/planned-calls.js';
import type { Finding, Probe } from '../kaltura/diagnosis/probes.js';
import { Secret } from '../kaltura/secret.js';
import type { Stage } from '../kaltura/sign-in/make-key.js';
import { masked, type Paragraph } from './paragraph.js';

const plain = (text: string): Paragraph => ({ tone: 'plain', text });

function parameterText({ name, value }: PlannedParameter): string {
  if (value instanceof Secret) return `${name}=${masked(value)}`;
  return `${name}=${typeof value === 'string' ? value : `(${value.comesFrom})`}`;
}

const callText = ({ action, parameters, purpose }: PlannedCall): string =>
  parameters.length === 0
    ? `${action}: ${purpose}`
    : `${action} with ${parameters.map(parameterText).join(' ')}: ${purpose}`;

/** What a probe sends, where to, and what else comes of it. The same call to many servers is said once. */
export function probeParagraphs({ sends, sideEffect }: Probe): Paragraph[] {
  const hosts = new Map<string, string[]>();
  for (const call of sends) hosts.set(callText(call), [...(hosts.get(callText(call)) ?? []), call.host]);
  let before = '';
  const calls = [...hosts].map(([text, to]) => {
    const target = to.join(', ');
    const isSame = target === before;
    before = target;
    return plain(isSame ? `Then${to.length === 1 ? '' : ' to each'}: ${text}.` : `To ${target}: ${text}.`);
  });
  return [...calls, plain(sideEffect)];
}

/** What a probe found out, in the place of the guesses. */
export const findingParagraphs = ({ headline, explanation, causes, isSure }: Finding): Paragraph[] => [
  { tone: isSure ? 'good' : 'caution', text: `${headline}.` },
  plain(explanation),
  ...causes.map((cause) => plain(`· ${cause}`)),
];

/** What is being done, for whoever waits. */
export function stageText(stage: Stage): string {
  switch (stage.name) {
    case 'signing':
      return 'Signing the key on this computer…';
    case 'starting-session':
      return 'Starting the session…';
    case 'logging-in':
      return 'Logging in…';
    case 'asking-the-key':
      return 'Asking the server what the new key is…';
    case 'opening-widget-session':
      return 'Opening a public session of the account…';
    case 'trying-hash':
      return `Proving the app token (${stage.hash}, ${stage.attempt} of ${stage.of})…`;
  }
}
