import type { PlannedCall, PlannedParameter } from '../kaltura/api/planned-calls.js';
import type { Finding, Probe, ProbeKind } from '../kaltura/diagnosis/probe.js';
import { Secret } from '../kaltura/secret.js';
import { explain, fill } from './diagnosis.js';
import { masked, type Paragraph } from './paragraph.js';

const plain = (text: string): Paragraph => ({ tone: 'plain', text });

const QUESTIONS: Readonly<Record<ProbeKind, string>> = {
  'user-secret': 'Is it the User Secret?',
  region: 'Which region has {partner}?',
  server: 'Does {host} have {partner}?',
  roles: 'Which roles does the account have?',
  'way-out': 'Is it this computer’s network, or only {host}?',
  clock: 'Is this computer’s clock right?',
};

const NOTHING_SECRET = 'No secret is sent. The public session is discarded.';
const ONLY_THE_QUESTION = 'Nothing secret is sent.';

/** What else a probe does: for example, it creates a key. */
const SIDE_EFFECTS: Readonly<Record<ProbeKind, string>> = {
  'user-secret': 'If it is the User Secret, a USER key is created. It expires after one second, and is discarded.',
  region: NOTHING_SECRET,
  server: NOTHING_SECRET,
  roles: 'An ADMIN key is created for this one call. It expires after one minute, and is discarded.',
  'way-out': ONLY_THE_QUESTION,
  clock: ONLY_THE_QUESTION,
};

export const probeQuestion = ({ kind, values }: Probe): string => fill(QUESTIONS[kind], values);

function parameterText({ name, value }: PlannedParameter): string {
  if (value instanceof Secret) return `${name}=${masked(value)}`;
  return `${name}=${typeof value === 'string' ? value : `(${value.comesFrom})`}`;
}

const callText = ({ action, parameters, purpose }: PlannedCall): string =>
  parameters.length === 0
    ? `${action}: ${purpose}`
    : `${action} with ${parameters.map(parameterText).join(' ')}: ${purpose}`;

/** What a probe sends, where to, and what else comes of it. The same call to many servers is said once. */
export function probeParagraphs({ sends, kind }: Probe): Paragraph[] {
  const hosts = new Map<string, string[]>();
  for (const call of sends) hosts.set(callText(call), [...(hosts.get(callText(call)) ?? []), call.host]);
  let before = '';
  const calls = [...hosts].map(([text, to]) => {
    const target = to.join(', ');
    const isSame = target === before;
    before = target;
    return plain(isSame ? `Then${to.length === 1 ? '' : ' to each'}: ${text}.` : `To ${target}: ${text}.`);
  });
  return [...calls, plain(SIDE_EFFECTS[kind])];
}

/** What a probe found out, in the place of the guesses. */
export function findingParagraphs(finding: Finding): Paragraph[] {
  const { headline, explanation, causes } = explain(finding);
  return [
    { tone: finding.isSure ? 'good' : 'caution', text: `${headline}.` },
    plain(explanation),
    ...causes.map((cause) => plain(`· ${cause}`)),
  ];
}
