import { sayLifetime, sayMoment } from '../../kaltura/lifetime.js';
import { type PlannedCall, planOfCalls } from '../../kaltura/planned-calls.js';
import { regionLabel } from '../../kaltura/regions.js';
import { acknowledgementKey, needsWord, type Risk, risksOf } from '../../kaltura/risk-rules.js';
import { Secret } from '../../kaltura/secret.js';
import { changeDraft, type Draft } from '../draft.js';
import { openSave } from '../open-save.js';
import { suggestedName } from '../profile-draft.js';
import {
  CREDENTIALS,
  credentialsFor,
  isUnsafeServer,
  lifetimeInSeconds,
  partnerIdOf,
  planOf,
  requestOf,
  serviceUrlOf,
} from '../reading.js';
import type { WalkScreen } from '../screen.js';
import { openDoor, type State, stay, type WalkScreenId } from '../state.js';
import type { Fact, Paragraph } from '../view.js';

const SIGN_IN: Readonly<Record<Draft['method'], string>> = {
  server: 'account secret, sent to the server',
  local: 'account secret, signed on this computer',
  login: 'e-mail and password',
  'app-token': 'app token',
};

/** The word that must be typed for this draft; null where none, or where this very combination was accepted before. */
export function wordFor(draft: Draft): string | null {
  const plan = planOf(draft);
  const isAccepted = acknowledgementKey(plan).every((risk) => draft.acceptedRisks.includes(risk));
  return isAccepted ? null : needsWord(plan);
}

const masked = (secret: Secret): string => (secret.ending === '' ? '••••' : `…${secret.ending}`);

function accountText(draft: Draft): string {
  const partnerId = partnerIdOf(draft);
  const partner = partnerId === null ? 'the account used last' : `partner ${partnerId}`;
  const missing = credentialsFor(draft).some((name) => CREDENTIALS[name](draft).problem !== null);
  if (missing) return `${partner} (something is missing)`;
  switch (draft.method) {
    case 'server':
    case 'local':
      return `${partner}, secret ${masked(new Secret(CREDENTIALS.secret(draft).text))}`;
    case 'login':
      return `${partner}, ${draft.loginId.trim()}`;
    case 'app-token':
      return `${partner}, app token ${draft.tokenId.trim()}`;
  }
}

function typeText(draft: Draft): string {
  if (draft.method === 'login') return 'the login decides: ADMIN for an administrator, else USER';
  const user = draft.userId.trim() === '' ? 'no user in particular' : `user ${draft.userId.trim()}`;
  return `${draft.type}, ${user}`;
}

interface Door extends Fact {
  readonly leadsTo: WalkScreenId;
}

function doors({ draft, now, practiceUrl }: State): Door[] {
  const seconds = now / 1000;
  const lifetime = lifetimeInSeconds(draft);
  const version = draft.method === 'local' ? `, version ${draft.ksVersion}` : '';
  const forced = isUnsafeServer(draft) ? ' (the address is plain http)' : '';
  const rows: readonly (readonly [string, string, WalkScreenId])[] = [
    ['Region', `${regionLabel(draft.region)}  ${serviceUrlOf(draft, practiceUrl)}`, 'region'],
    ['Sign-in', `${SIGN_IN[draft.method]}${version}${forced}`, 'sign-in'],
    ['Account', accountText(draft), 'credentials'],
    ['Type', typeText(draft), 'type'],
    ['Lifetime', `${sayLifetime(lifetime)}, until ${sayMoment(seconds + lifetime, seconds)}`, 'user'],
    ['Privileges', draft.privileges === '' ? '(none)' : draft.privileges, 'privileges'],
  ];
  return rows.map(([label, value, leadsTo], index) => ({ number: index + 1, label, value, leadsTo }));
}

const riskParagraph = ({ weight, message }: Risk): Paragraph => ({
  tone: weight === 'note' ? 'plain' : weight,
  text: weight === 'note' ? message : `${weight}: ${message}`,
});

const valueText = (value: string | Secret | { readonly comesFrom: string }): string => {
  if (value instanceof Secret) return masked(value);
  return typeof value === 'string' ? value : `(${value.comesFrom})`;
};

const callText = (call: PlannedCall): string =>
  `POST ${call.url} ${call.purpose}. ${call.parameters.map(({ name, value }) => `${name}=${valueText(value)}`).join('  ')}`;

function whatIsSent(state: State): string[] {
  const calls = planOfCalls(requestOf(state.draft, state.practiceUrl));
  if (calls.length === 0) return ['Nothing is sent: the key is put together and signed on this computer.'];
  return ['What is sent, and where (secrets shortened here, never in an address):', ...calls.map(callText)];
}

function whereItGoes(state: State): Paragraph {
  const host = serviceUrlOf(state.draft, state.practiceUrl).replace(/^https?:\/\//, '');
  const calls = planOfCalls(requestOf(state.draft, state.practiceUrl));
  if (calls.length === 0) return { tone: 'dim', text: 'Nothing is sent: the key is signed on this computer.' };
  return { tone: 'dim', text: `Sent to ${host}: ${calls.map((call) => call.action).join(', ')}.` };
}

/** What a profile cannot be without: all of the sign-in but its secrets. */
const missingForProfile = (draft: Draft): string | undefined =>
  credentialsFor(draft).find((name) => typeof draft[name] === 'string' && CREDENTIALS[name](draft).problem !== null);

const wordMatches = (draft: Draft, word: string): boolean => draft.riskWord.trim().toLowerCase() === word;

export const review: WalkScreen = {
  id: 'review',
  step: 7,
  applies: () => true,
  isComplete: () => false,
  view: (state) => {
    const { draft } = state;
    const risks = risksOf(planOf(draft));
    const word = wordFor(draft);
    return {
      question: 'Ready to make this key',
      facts: doors(state),
      warnings: risks.filter((risk) => risk.weight !== 'note').map(riskParagraph),
      controls:
        word === null
          ? []
          : [
              {
                kind: 'text',
                id: 'riskWord',
                label: `Type the word ${word}`,
                value: draft.riskWord,
                problem: wordMatches(draft, word) ? null : `Type the word ${word}, if you mean it.`,
              },
            ],
      advice: [whereItGoes(state), ...risks.filter((risk) => risk.weight === 'note').map(riskParagraph)],
      help: [
        'A number opens the step where that line is answered. Enter there comes back here, by way of what is still missing.',
        ...(draft.method === 'login' ? ['The user ID was left out: a login makes a key for whoever logs in.'] : []),
        ...(isUnsafeServer(draft)
          ? ['The other ways to sign in were left out: the address is plain http, so nothing secret can be sent to it.']
          : []),
        ...risks.map((risk) => riskParagraph(risk).text),
        ...whatIsSent(state),
      ],
      actions: [
        ...doors(state).map(({ number, leadsTo }) => ({ key: String(number), id: leadsTo, label: '' })),
        { key: 'ctrl+s', id: 'save', label: 'save without making' },
      ],
      enter: 'make the key',
    };
  },
  act: (state, action) => {
    if (action !== 'save') return stay(openDoor(state, action as WalkScreenId));
    const missing = missingForProfile(state.draft);
    if (missing !== undefined) return stay(openDoor(state, 'credentials', missing));
    const newName = state.profileName ?? suggestedName(state.draft);
    return openSave({ ...state, cameFrom: 'review', newName });
  },
  leave: (state) => {
    const accepted = wordFor(state.draft) === null ? {} : { acceptedRisks: acknowledgementKey(planOf(state.draft)) };
    return stay({ ...state, draft: changeDraft(state.draft, accepted) });
  },
};
