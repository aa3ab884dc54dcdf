import type { PlannedCall } from '../kaltura/api/planned-calls.js';
import type { Finding, Probe, ProbeKind } from '../kaltura/diagnosis/probe.js';
import { parameterText } from './check-plan.js';
import { explain, fill } from './diagnosis/diagnosis.js';
import { causeParagraphs, type Paragraph, plain } from './paragraph.js';

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

const ONLY_PUBLIC =
  'kaltura-ks uses the session to check whether the account is blocked, then discards it. Nothing secret is sent.';
const ASK_THE_TIME = 'kaltura-ks asks {asked} for the time, which needs no key. Nothing secret is sent.';

/** What a probe does and shows, and its side effects: for example, it creates a key. */
const ABOUT: Readonly<Record<ProbeKind, string>> = {
  'user-secret':
    'kaltura-ks asks {asked} for a USER key that is valid for one second. If the server creates the key, your secret is the User Secret. The key is discarded.',
  region: `kaltura-ks asks each region for a public session of {partner}. Only a region that has the account creates one. ${ONLY_PUBLIC}`,
  server: `kaltura-ks asks {asked} for a public session of {partner}. The server creates one only if it has the account. ${ONLY_PUBLIC}`,
  roles:
    'kaltura-ks creates an ADMIN key on {asked} that is valid for one minute, and lists the roles of the account with it. The key is discarded.',
  'way-out': ASK_THE_TIME,
  clock: ASK_THE_TIME,
};

export const probeLabel = ({ kind, values }: Probe): string => fill(LABELS[kind], values);

export const probeQuestion = ({ kind, values }: Probe): string => fill(QUESTIONS[kind], values);

const callText = ({ action, parameters }: PlannedCall): string =>
  parameters.length === 0 ? action : `${action} with ${parameters.map(parameterText).join(' ')}`;

/** Describes what a probe does, then exactly what it sends and where. The same call to many servers is named once. */
export function probeParagraphs({ sends, kind, values }: Probe): Paragraph[] {
  const hosts = new Map<string, string[]>();
  for (const call of sends) hosts.set(callText(call), [...(hosts.get(callText(call)) ?? []), call.host]);
  let before = '';
  const calls = [...hosts].map(([text, to]) => {
    const target = to.join(', ');
    const isSame = target === before;
    before = target;
    if (isSame) return plain(`Then${to.length === 1 ? '' : ' to each'}: ${text}`);
    return plain(`Request to ${target}: ${text}`);
  });
  const about = ABOUT[kind].replaceAll('{asked}', sends[0]?.host ?? '');
  return [plain(fill(about, values)), ...calls];
}

/** Describes the result of a probe, which replaces the likely causes. */
export function findingParagraphs(finding: Finding): Paragraph[] {
  const { headline, explanation, causes } = explain(finding);
  return [
    { tone: finding.isSure ? 'good' : 'caution', text: `${headline}.` },
    plain(explanation),
    ...causeParagraphs(causes, explanation),
  ];
}
