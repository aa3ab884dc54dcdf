import { regionLabel } from '../../kaltura/accounts/regions.js';
import type { Diagnosis, Fix, FixAction, NextStep, Values } from '../../kaltura/diagnosis/diagnosis.js';
import { formatDuration } from '../../kaltura/lifetime.js';
import { countOf } from '../../kaltura/typed-values.js';
import { lowerFirst, upperFirst } from '../paragraph.js';
import { CAUSE_TEXTS } from './causes.js';
import { FINDING_TEXTS, MAKING_TEXTS } from './making-topics.js';
import { USING_TEXTS } from './using-topics.js';

/** A fix with its text: a label for an option, or a sentence for a next step. */
export interface ExplainedFix extends Fix {
  readonly text: string;
}

/** A diagnosis in words. */
export interface Explanation {
  /** One line without a full stop, with the code in brackets if there is one. */
  readonly headline: string;
  /** What is certain, and the next step if there is one. Introduces the causes. */
  readonly explanation: string;
  /** The most likely first. Each starts in lower case, as list items do. */
  readonly causes: readonly string[];
  readonly fixes: readonly ExplainedFix[];
}

const TEXTS: Readonly<Record<string, string>> = { ...MAKING_TEXTS, ...USING_TEXTS, ...FINDING_TEXTS };

const LABELS: Readonly<Record<Exclude<FixAction, NextStep>, string>> = {
  retry: 'Try again',
  review: 'Back to the review',
  'change-region': 'Choose another region',
  'change-url': 'Change the server URL',
  'choose-region': 'Use region {chosen}',
  'change-sign-in': 'Sign in another way',
  'change-credentials': 'Enter the credentials again',
  'change-secret': 'Enter the secret again',
  'use-admin-secret': 'Enter the Administrator Secret',
  'change-app-token': 'Enter the app token again',
  'use-other-app-token': 'Enter another app token',
  'change-login': 'Enter email and password again',
  'use-other-login': 'Enter another email and password',
  'change-password': 'Enter the new password',
  'check-partner-id': 'Change the partner ID',
  'change-partner-id': 'Enter the partner ID again',
  'enter-code': 'Enter the code',
  'enter-other-code': 'Enter another code',
  'change-type': 'Create a USER key instead',
  'change-user': 'Change the user',
  'check-user': 'Change the user',
  'change-privileges': 'Change the privileges',
};

/** Puts a diagnosis into words. */
export function explain(diagnosis: Diagnosis): Explanation {
  const { topic, values, detail, causes, fixes, inner } = diagnosis;
  const [headline = topic, known = '', next] = TEXTS[topic]?.split(/\n\s*/) ?? [];
  const innerText = inner === undefined ? null : explain(inner);
  const all = { ...values, innerHeadline: innerText?.headline ?? null };
  const labels: Readonly<Partial<Record<FixAction, string>>> = LABELS;
  return {
    headline: `${fill(headline, all)}${detail === null ? '' : ` (${detail})`}`,
    explanation: fill(next === undefined ? known : `${known} ${next}`, all),
    causes: innerText?.causes ?? causes.map(({ id, values: own }) => fill(causeText(id), { ...all, ...own })),
    fixes: fixes.map((fix) => ({
      ...fix,
      text: fill(labels[fix.action] ?? next ?? '', { chosen: fix.region === undefined ? '' : regionLabel(fix.region) }),
    })),
  };
}

const causeText = (id: string): string => (CAUSE_TEXTS as Readonly<Record<string, string>>)[id] ?? id;

/** Replaces `{name}` by a word that is derived from the values, or by the value of that name. */
export const fill = (text: string, values: Values): string =>
  text.replace(/\{([^}]+)\}/g, (_, name: string) => WORDS[name]?.(values) ?? textOf(values[name])).trimEnd();

const textOf = (value: Values[string] | undefined): string =>
  Array.isArray(value) ? value.join(', ') : String(value ?? '');

const labelsOf = (regions: Values[string] | undefined): string =>
  Array.isArray(regions) ? regions.map(regionLabel).join(', ') : '';

const partner = ({ partnerId }: Values): string => (partnerId == null ? 'the account' : `partner ${partnerId}`);

const field = ({ name }: Values): string => (textOf(name) === '' ? 'a field' : `the field “${textOf(name)}”`);

const isMaking = ({ call }: Values): boolean => call === 'making' || call === 'login';

function nothingSent(values: Values): string {
  if (isMaking(values)) return 'Nothing was sent, so the secret has not left this computer.';
  return values['call'] === 'key' ? 'Nothing was sent, so the key has not left this computer.' : 'Nothing was sent.';
}

/** For calls that change something: what to check if there is no answer. */
const MAY_BE_DONE: Readonly<Record<string, string>> = {
  'session.end': 'The key may have been revoked. Check the key before you try again.',
  'apptoken.add': 'The token may have been created. Check the list of app tokens before you create another one.',
  'apptoken.update': 'The token may have been changed. Check the list of app tokens.',
  'apptoken.delete': 'The token may have been deleted. Check the list of app tokens.',
};

/** Says whether the request may have arrived, and whether that matters. */
function whatArrived(values: Values): string {
  const { arrived, call, action } = values;
  if (arrived !== 'yes') return nothingSent(values);
  if (call === 'login')
    return 'The server may have received the login. If it was wrong, it counts as a failed attempt.';
  if (call === 'making') return 'The server may have received the request. You can safely send it again.';
  return MAY_BE_DONE[textOf(action)] ?? 'You can safely try again.';
}

const missed = (values: Values): string => (isMaking(values) ? 'No key was received' : 'No answer was received');

function aboutWhat({ call }: Values): string {
  if (call === 'key') return 'whether the key is valid';
  return call === 'public' ? 'whether the account exists' : 'whether the credentials are correct';
}

const ANSWERS: Readonly<Record<string, string>> = {
  html: 'a web page',
  empty: 'an empty answer',
  redirect: 'a redirect',
  'not-json': 'not JSON',
  'wrong-shape': 'unexpected JSON',
};

const WORDS: Readonly<Record<string, (values: Values) => string>> = {
  partner,
  Partner: (values) => upperFirst(partner(values)),
  region: ({ region }) => (region === regionLabel('own') ? 'a self-hosted server' : textOf(region)),
  host: ({ host }) => textOf(host) || 'the server',
  token: ({ tokenId }) => (tokenId == null ? 'app token' : `app token ${tokenId}`),
  field,
  Field: (values) => upperFirst(field(values)),
  object: ({ object }) => textOf(object) || 'this object',
  characters: ({ length }) => countOf(Number(length), 'character'),
  'count of roles': ({ count }) => countOf(Number(count), 'role'),
  difference: ({ seconds }) => formatDuration(Number(seconds)),
  'inner headline': ({ innerHeadline }) => textOf(innerHeadline),
  'kind of answer': ({ what }) => ANSWERS[textOf(what)] ?? '',
  about: aboutWhat,
  carried: ({ call }) => (call === 'key' ? 'the key' : call === 'public' ? 'the request' : 'the secret'),
  'nothing sent': nothingSent,
  'what arrived': whatArrived,
  missed,
  'missed in lower case': (values) => lowerFirst(missed(values)),
  'support reference': ({ supportReference }) =>
    supportReference == null ? '' : ` and quote X-Kaltura-Session ${supportReference}`,
  'the proxy': ({ proxy }) => (proxy == null ? 'the proxy' : `the proxy ${proxy}`),
  regions: ({ regions }) => labelsOf(regions),
  others: ({ others }) => labelsOf(others),
  asked: ({ asked }) => labelsOf(asked),
  blocked: ({ blocked }) => labelsOf(blocked),
  // A number can be another account elsewhere, so the region is certain only if all regions answered.
  'region confirmed': ({ unclear, host, server }) =>
    labelsOf(unclear) !== '' ? '' : host === server ? ': the server is correct' : ': the region is correct',
  unclear: ({ unclear }) => (labelsOf(unclear) === '' ? '' : ` ${labelsOf(unclear)} gave no clear answer.`),
};
