import type { PlannedCall } from '../kaltura/api/planned-calls.js';
import { sanitizeText } from '../kaltura/redact.js';
import { Secret } from '../kaltura/secret.js';
import type { CheckCost, CheckObstacle, CheckPlan, NoCheckReason } from '../kaltura/sessions/check-plan.js';
import { countOf } from '../kaltura/typed-values.js';
import type { Message, Paragraph } from './paragraph.js';
import { masked } from './paragraph.js';

const plain = (text: string): Paragraph => ({ tone: 'plain', text });
const caution = (text: string): Paragraph => ({ tone: 'caution', text });

/** The text comes from the key and can have any length. */
const short = (text: string): string => sanitizeText(text, [], 200);

/** One call as it will be sent, secrets masked. */
function callText({ url, purpose, parameters }: PlannedCall): string {
  const values = parameters.map(({ name, value }) => {
    if (value instanceof Secret) return `${name}=${masked(value)}`;
    return `${name}=${typeof value === 'string' ? value : `(${value.comesFrom})`}`;
  });
  return [`POST ${url}  ${purpose}.`, ...values].join('  ');
}

/** What the check will send, what that costs and what may keep it from being answered: said beforehand. */
export function planParagraphs(plan: CheckPlan): Paragraph[] {
  const { calls, lookup, clock, cost, hindrances, why } = plan;
  const withKey = [...calls, ...(lookup === null ? [] : [lookup])];
  return [
    ...(why === null ? [] : [caution(NO_CHECK[why])]),
    ...callParagraphs(withKey),
    plain(`Without the key, and free of cost: ${clock.action}, for the server’s clock.`),
    ...costParagraphs(cost),
    ...hindrances.map(hindranceParagraph),
    ...(why === null ? skippedCallParagraphs(plan) : []),
  ];
}

/** Calls with the key, as they will be sent. */
const callParagraphs = (calls: readonly PlannedCall[]): Paragraph[] =>
  calls.length === 0
    ? []
    : [
        plain(`Sent to ${calls[0]?.host} with the key, and nothing is changed by it:`),
        ...calls.map((call) => plain(callText(call))),
      ];

/** The same for a plan of one call only: the server’s clock is not asked. */
export const onePlannedParagraphs = (plan: CheckPlan): Paragraph[] => [
  ...callParagraphs(plan.lookup === null ? [] : [plan.lookup]),
  ...costParagraphs(plan.cost),
  ...plan.hindrances.map(hindranceParagraph),
  ...skippedCallParagraphs(plan),
];

/** The calls that make the key, where the profile has no valid saved one. Their secret is not read for the plan. */
export function newKeyParagraphs(calls: readonly PlannedCall[]): Paragraph[] {
  const [first] = calls;
  const reason = 'No valid key is saved with the profile, so a new one is made first';
  if (first === undefined) return [plain(`${reason}: it is signed on this computer, and nothing is sent for that.`)];
  return [plain(`${reason}. Sent to ${first.host} for that:`), ...calls.map(shortCallText)];
}

/** The calls that find out why content was not found. */
export const lookBehindParagraphs = (calls: readonly PlannedCall[]): Paragraph[] =>
  calls.length === 0
    ? []
    : [plain('Only if it is not found, and with --look-behind or your consent:'), ...calls.map(shortCallText)];

const shortCallText = ({ url, purpose }: PlannedCall): Paragraph => plain(`POST ${url}  ${purpose}.`);

/** The same for a screen: where the key goes and what that costs, then which calls these are. */
export function planMessage(plan: CheckPlan): Message {
  const { calls, clock, cost, hindrances, why } = plan;
  const limits = hindrances.map(hindranceParagraph);
  if (why !== null) return { warnings: [caution(NO_CHECK[why])], advice: limits };
  const uses = calls.length === 1 ? 'one call that changes nothing' : `${calls.length} calls that change nothing`;
  const asked = calls.map(({ action, purpose }) => `${action} ${purpose}`);
  return {
    warnings: [
      plain(`The key goes to ${clock.host}, in ${uses}.`),
      ...costParagraphs(cost),
      ...skippedCallParagraphs(plan),
    ],
    advice: [plain(`${[...asked, `${clock.action}, without the key, ${clock.purpose}`].join('; ')}.`), ...limits],
  };
}

/** What is left out, for the key is tied to other paths. */
export const skippedCallParagraphs = ({ barred }: CheckPlan): Paragraph[] =>
  barred.length === 0 ? [] : [caution(`Not asked, for the key’s urirestrict does not allow it: ${barred.join(', ')}.`)];

const NO_CHECK: Readonly<Record<NoCheckReason, string>> = {
  paths:
    'This key cannot be checked from here: its urirestrict leaves no call that would tell. Use it where it was made for, and see whether it is taken there.',
  'unusable-limit':
    'The API refuses every call with this key, because its actionslimit is not a positive number. With -1, it works only in KAF. For the API, make a new key.',
};

/** What the check takes from the key itself; nothing where it takes nothing. */
export function costParagraphs(cost: CheckCost): Paragraph[] {
  if (cost.kind === 'nothing') return [];
  const uses = countOf(cost.uses, 'call');
  if (cost.kind === 'unknown') {
    return [
      plain(`What the key carries cannot be read here. If it has an actionslimit, this uses up to ${uses} of it.`),
    ];
  }
  if (cost.uses >= cost.limit) {
    return [caution(`actionslimit:${cost.limit}: this uses the key up. Afterwards it opens nothing any more.`)];
  }
  return [
    caution(
      `actionslimit:${cost.limit}: the key was made for ${countOf(cost.limit, 'call')}, and this is ${cost.uses === 1 ? 'one' : cost.uses} of them. How many are left, nobody can say: it may be the last.`,
    ),
  ];
}

function hindranceParagraph(hindrance: CheckObstacle): Paragraph {
  switch (hindrance.kind) {
    case 'addresses':
      return plain(
        `iprestrict: the key works from ${short(hindrance.addresses.join(', '))} alone. As which address the server sees this computer is not known here.`,
      );
    case 'paths':
      return plain(`urirestrict: the key works for ${short(hindrance.paths.join(', '))} alone.`);
    case 'removing-role':
      return plain(
        `restrictingrole:${short(hindrance.role)} may forbid it. That too would prove that the key is good.`,
      );
    case 'role':
      return plain(
        `setrole:${short(hindrance.role)} ${hindrance.reach === 'reading' ? 'leaves it little besides.' : hindrance.reach === 'nothing' ? 'allows nothing but what is always allowed: the server will refuse, and how it does proves whether the key is good.' : 'may forbid it. That too would prove that the key is good.'}`,
      );
  }
}
