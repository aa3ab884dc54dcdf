import type { PlannedCall, PlannedParameter } from '../kaltura/api/planned-calls.js';
import { sanitizeText } from '../kaltura/redact.js';
import { Secret } from '../kaltura/secret.js';
import {
  type CheckCost,
  type CheckObstacle,
  type CheckPlan,
  type NoCheckReason,
  usesUpKey,
} from '../kaltura/sessions/check-plan.js';
import { countOf } from '../kaltura/typed-values.js';
import { caution, type Message, masked, type Paragraph, plain } from './paragraph.js';

/** The text comes from the key and can have any length. */
const short = (text: string): string => sanitizeText(text, [], 200);

/** Describes a parameter as it will be sent. Masks a secret. */
export function parameterText({ name, value }: PlannedParameter): string {
  if (value instanceof Secret) return `${name}=${masked(value)}`;
  return `${name}=${typeof value === 'string' ? value : `(${value.comesFrom})`}`;
}

/** Describes a call as it will be sent. */
const callText = ({ url, purpose, parameters }: PlannedCall): string =>
  [`POST ${url}  ${purpose}.`, ...parameters.map(parameterText)].join('  ');

/** Describes what the check will send, what that costs, and what may prevent an answer. */
export function planParagraphs(plan: CheckPlan): Paragraph[] {
  const { calls, lookup, clock, cost, obstacles, noCheckReason } = plan;
  const withKey = [...calls, ...(lookup === null ? [] : [lookup])];
  return [
    ...(noCheckReason === null ? [] : [caution(NO_CHECK[noCheckReason])]),
    ...callParagraphs(withKey),
    plain(`Sent without the key, at no cost: ${clock.action}, to read the server’s clock.`),
    ...costParagraphs(cost),
    ...obstacles.map(obstacleParagraph),
    ...(noCheckReason === null ? skippedCallParagraphs(plan) : []),
  ];
}

/** Lists the calls that are sent with the key. */
const callParagraphs = (calls: readonly PlannedCall[]): Paragraph[] =>
  calls.length === 0
    ? []
    : [
        plain(`Sent to ${calls[0]?.host} with the key. These calls change nothing:`),
        ...calls.map((call) => plain(callText(call))),
      ];

/** Describes a plan of only one call, which doesn't ask for the server’s clock. */
export const onePlannedParagraphs = (plan: CheckPlan): Paragraph[] => [
  ...callParagraphs(plan.lookup === null ? [] : [plan.lookup]),
  ...costParagraphs(plan.cost),
  ...plan.obstacles.map(obstacleParagraph),
  ...skippedCallParagraphs(plan),
];

/** Lists the calls that create a key if the profile has no valid saved one. The secret is not read for the plan. */
export function newKeyParagraphs(calls: readonly PlannedCall[]): Paragraph[] {
  const [first] = calls;
  const reason = 'The profile has no valid saved key, so a new one is created first';
  if (first === undefined) return [plain(`${reason}. It is signed on this computer, and nothing is sent for that.`)];
  return [plain(`${reason}. Sent to ${first.host} to create it:`), ...calls.map(shortCallText)];
}

/** Lists the calls that find out why content was not found. */
export const lookBehindParagraphs = (calls: readonly PlannedCall[]): Paragraph[] =>
  calls.length === 0
    ? []
    : [plain('Only if the content is not found, and with --look-behind or your consent:'), ...calls.map(shortCallText)];

const shortCallText = ({ url, purpose }: PlannedCall): Paragraph => plain(`POST ${url}  ${purpose}.`);

/** Describes the plan for a screen: where the key is sent and the cost, then the calls. */
export function planMessage(plan: CheckPlan): Message {
  const { calls, clock, cost, obstacles, noCheckReason } = plan;
  const limits = obstacles.map(obstacleParagraph);
  if (noCheckReason !== null) return { warnings: [caution(NO_CHECK[noCheckReason])], advice: limits };
  const uses = calls.length === 1 ? 'one call' : `${calls.length} calls`;
  const asked = calls.map(({ action, purpose }) => `${action} ${purpose}`);
  return {
    warnings: [
      plain(`The key is sent to ${clock.host} in ${uses}. Nothing is changed.`),
      ...costParagraphs(cost),
      ...skippedCallParagraphs(plan),
    ],
    advice: [plain(`With the key: ${asked.join('; ')}. Without the key: ${clock.action} ${clock.purpose}.`), ...limits],
  };
}

/** Names the calls that are left out, because the key is limited to other paths. */
export const skippedCallParagraphs = ({ excluded }: CheckPlan): Paragraph[] =>
  excluded.length === 0
    ? []
    : [
        caution(
          `${excluded.join(' and ')} ${excluded.length === 1 ? 'is' : 'are'} skipped: the key’s paths (urirestrict) don’t allow ${excluded.length === 1 ? 'it' : 'them'}.`,
        ),
      ];

const NO_CHECK: Readonly<Record<NoCheckReason, string>> = {
  paths:
    'This key can’t be checked here: its urirestrict doesn’t allow the calls that the check needs. Test it in the application that it was created for.',
  'unusable-limit':
    'The API refuses every call with this key, because its actionslimit is not a positive number. With -1, it works only in KAF. For the API, create a new key.',
};

/** The result of a check that used the last call of a key. */
export const USED_UP = caution(
  'The check used the last call that the key allows (actionslimit), so the key no longer works.',
);

/** Says how many of the key's calls the check uses; nothing if it uses none. */
export function costParagraphs(cost: CheckCost): Paragraph[] {
  if (cost.kind === 'nothing') return [];
  if (cost.kind === 'unknown') {
    return [
      plain(
        `This key can’t be read without the Administrator Secret. If the key allows only a limited number of calls (actionslimit), this check uses up to ${cost.uses} of them.`,
      ),
    ];
  }
  if (usesUpKey(cost)) {
    return [
      caution(
        `The key allows ${countOf(cost.limit, 'call')} (actionslimit:${cost.limit}). This check uses ${cost.limit === 1 ? 'it' : 'them'} up, and then the key no longer works.`,
      ),
    ];
  }
  return [
    caution(
      `actionslimit:${cost.limit}: the key allows ${countOf(cost.limit, 'call')}, and this check uses ${cost.uses === 1 ? 'one' : cost.uses} of them. The number of calls left is unknown: this may be the last one.`,
    ),
  ];
}

function obstacleParagraph(obstacle: CheckObstacle): Paragraph {
  switch (obstacle.kind) {
    case 'addresses':
      return plain(
        `iprestrict: the key works only from ${short(obstacle.addresses.join(', '))}. kaltura-ks doesn’t know which address the server sees for this computer.`,
      );
    case 'paths':
      return plain(`urirestrict: the key works only for ${short(obstacle.paths.join(', '))}.`);
    case 'removing-role':
      return plain(
        `restrictingrole:${short(obstacle.role)} may forbid the check. That answer would also show that the key is valid.`,
      );
    case 'role':
      return plain(
        `setrole:${short(obstacle.role)} ${obstacle.reach === 'reading' ? 'allows this check and little else.' : obstacle.reach === 'nothing' ? 'allows only what is always allowed. The server will refuse the check, but its answer shows whether the key is valid.' : 'may forbid the check. That answer would also show that the key is valid.'}`,
      );
  }
}
