import type { PlannedCall, PlannedParameter } from '../kaltura/api/planned-calls.js';
import type { Finding, Probe, ProbeKind } from '../kaltura/diagnosis/probe.js';
import { Secret } from '../kaltura/secret.js';
import { explain, fill } from './diagnosis/diagnosis.js';
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

/** The menu options that offer the checks. */
const LABELS: Readonly<Record<ProbeKind, string>> = {
  'user-secret': 'Check whether it is the User Secret',
  region: 'Find the region of {partner}',
  server: 'Check whether {host} has {partner}',
  roles: 'List the roles of the account',
  'way-out': 'Check this computer’s network',
  clock: 'Check this computer’s clock',
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

export const probeLabel = ({ kind, values }: Probe): string => fill(LABELS[kind], values);

export const probeQuestion = ({ kind, values }: Probe): string => fill(QUESTIONS[kind], values);

function parameterText({ name, value }: PlannedParameter): string {
  if (value instanceof Secret) return `${name}=${masked(value)}`;
  return `${name}=${typeof value === 'string' ? value : `(${value.comesFrom})`}`;
}

const callText = ({ action, parameters, purpose }: PlannedCall): string =>
  parameters.length === 0
    ? `${action}: ${purpose}`
    : `${action} with ${parameters.map(parameterText).join(' ')}: ${purpose}`;

/** Describes what a probe sends and where, and its side effects. The same call to many servers is named once. */
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

/** Describes the result of a probe, which replaces the likely causes. */
export function findingParagraphs(finding: Finding): Paragraph[] {
  const { headline, explanation, causes } = explain(finding);
  return [
    { tone: finding.isSure ? 'good' : 'caution', text: `${headline}.` },
    plain(explanation),
    ...causes.map((cause) => plain(`· ${cause}`)),
  ];
}
