import { regionLabel } from '../../kaltura/accounts/regions.js';
import { formatLifetime, formatTime } from '../../kaltura/lifetime.js';
import { acknowledgementKey, confirmationWord, type Risk, risksOf } from '../../kaltura/risks/risks.js';
import { Secret } from '../../kaltura/secret.js';
import type { Fact, Paragraph } from '../../messages/paragraph.js';
import { masked } from '../../messages/paragraph.js';
import { sourceText } from '../../secrets/describe.js';
import type { Step } from '../engine/screen.js';
import { openDetour, type State, type StepId, stay } from '../engine/state.js';
import { changeForm, type FormState } from '../form/form.js';
import { suggestedName } from '../form/profile.js';
import {
  CREDENTIALS,
  type CredentialName,
  credentialsFor,
  isUnsafeServer,
  lifetimeInSeconds,
  partnerIdOf,
  planOf,
  serviceUrlOf,
} from '../form/reading.js';
import { openSave } from '../profiles/open-save.js';
import { whatIsSent, whereItGoes } from './what-is-sent.js';

const SIGN_IN: Readonly<Record<FormState['method'], string>> = {
  server: 'account secret, sent to the server',
  local: 'account secret, signed on this computer',
  login: 'e-mail and password',
  'app-token': 'app token',
};

/** Returns the word that the user must type; null if none is needed, or these risks were accepted before. */
function requiredWord(draft: FormState): string | null {
  const plan = planOf(draft);
  const isAccepted = acknowledgementKey(plan).every((risk) => draft.acceptedRisks.includes(risk));
  return isAccepted ? null : confirmationWord(plan);
}

const MISSING: Readonly<Record<CredentialName, string>> = {
  partnerId: 'partner ID',
  secret: 'secret',
  loginId: 'e-mail',
  password: 'password',
  tokenId: 'token ID',
  token: 'token',
};

function accountText(draft: FormState): string {
  const partnerId = partnerIdOf(draft);
  const broken = credentialsFor(draft).filter((name) => CREDENTIALS[name](draft).problem !== null);
  if (broken.length > 0) return `missing: ${broken.map((name) => MISSING[name]).join(', ')}`;
  const partner = partnerId === null ? 'the account used last' : `partner ${partnerId}`;
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

const HELD_BY: Readonly<Record<FormState['holder'], string>> = {
  me: '',
  server: ', for a server or script',
  browser: ', for a browser or app',
  vendor: ', for a vendor or another team',
};

function typeText(draft: FormState): string {
  if (draft.method === 'login') return 'the login decides: ADMIN for an administrator, else USER';
  return `${draft.type}${HELD_BY[draft.holder]}`;
}

function userText(draft: FormState): string {
  if (draft.method === 'login') return '';
  const userId = draft.userId.trim();
  return userId === '' ? ', no user in particular' : `, user “${userId}”`;
}

interface StepOption extends Fact {
  readonly leadsTo: StepId;
}

function stepOptions({ draft, now, practiceUrl }: State): StepOption[] {
  const seconds = now / 1000;
  const lifetime = lifetimeInSeconds(draft);
  const version = draft.method === 'local' ? `, version ${draft.ksVersion}` : '';
  const forced = isUnsafeServer(draft) ? ' (the address is plain http)' : '';
  const rows: readonly (readonly [string, string, StepId])[] = [
    ['Region', `${regionLabel(draft.region)}  ${serviceUrlOf(draft, practiceUrl)}`, 'region'],
    ['Sign-in', `${SIGN_IN[draft.method]}${version}${forced}`, 'sign-in'],
    ['Account', accountText(draft), 'credentials'],
    ['Type', typeText(draft), 'type'],
    [
      'Lifetime',
      `${formatLifetime(lifetime)}, until ${formatTime(seconds + lifetime, seconds)}${userText(draft)}`,
      'user',
    ],
    ['Privileges', draft.privileges === '' ? '(none)' : draft.privileges, 'privileges'],
  ];
  return rows.map(([label, value, leadsTo], index) => ({ number: index + 1, label, value, leadsTo }));
}

/** Lists the risks to show. Leaves out the general ADMIN risk if a specific one explains it. */
function shownRisks(draft: FormState): Risk[] {
  const risks = risksOf(planOf(draft));
  const isDangerous = risks.some((risk) => risk.weight === 'danger');
  return risks.filter((risk) => !(isDangerous && risk.id === 'admin'));
}

const firstBroken = (draft: FormState): CredentialName | undefined =>
  credentialsFor(draft).find((name) => CREDENTIALS[name](draft).problem !== null);

/** Warns about valid credentials that look wrong. */
const oddities = (draft: FormState): Paragraph[] =>
  credentialsFor(draft).flatMap((name): Paragraph[] => {
    const { warning, problem } = CREDENTIALS[name](draft);
    return warning === null || problem !== null ? [] : [{ tone: 'caution', text: warning }];
  });

const riskParagraph = ({ weight, message }: Risk): Paragraph => ({
  tone: weight === 'note' ? 'plain' : weight,
  text: weight === 'note' ? message : `${weight}: ${message}`,
});

/** Returns what a profile requires and the form lacks: the sign-in without its secrets. */
const missingForProfile = (draft: FormState): string | undefined =>
  credentialsFor(draft).find((name) => typeof draft[name] === 'string' && CREDENTIALS[name](draft).problem !== null);

const wordMatches = (draft: FormState, word: string): boolean => draft.riskWord.trim().toLowerCase() === word;

/** Names the profile that is being changed, and its secret source. */
function introOf({ profileName, profiles }: State): { readonly lead?: string } {
  if (profileName === null) return {};
  const place = profiles.find(({ name }) => name === profileName)?.secretPlace;
  const source = place === undefined || place.kind === 'ask' ? '' : `, secret from: ${sourceText(place, true)}`;
  return { lead: `Profile “${profileName}”${source}` };
}

export const review: Step = {
  id: 'review',
  step: 7,
  applies: () => true,
  isComplete: () => false,
  view: (state) => {
    const { draft } = state;
    const risks = shownRisks(draft);
    const word = requiredWord(draft);
    const isWhole = firstBroken(draft) === undefined;
    return {
      ...introOf(state),
      question: isWhole ? 'Ready to make this key' : 'Something is missing',
      facts: stepOptions(state),
      warnings: [...oddities(draft), ...risks.filter((risk) => risk.weight !== 'note').map(riskParagraph)],
      standing: whereItGoes(state),
      controls:
        word === null
          ? []
          : [
              {
                kind: 'text',
                id: 'riskWord',
                label: `To make it, type “${word}”`,
                value: draft.riskWord,
                problem: wordMatches(draft, word) ? null : `Type the word “${word}” and Enter, if you mean it.`,
              },
            ],
      advice: risks.filter((risk) => risk.weight === 'note').map(riskParagraph),
      help: [
        'A number opens the step where that line is answered. Enter there comes back here, by way of what is still missing.',
        ...(draft.method === 'login' ? ['The user ID was left out: a login makes a key for whoever logs in.'] : []),
        ...(isUnsafeServer(draft)
          ? ['The other ways to sign in were left out: the address is plain http, so nothing secret can be sent to it.']
          : []),
        ...risks.filter((risk) => risk.weight !== 'note').map((risk) => riskParagraph(risk).text),
        ...whatIsSent(state),
      ],
      actions: [
        ...stepOptions(state).map(({ number, leadsTo }) => ({ key: String(number), id: leadsTo, label: '' })),
        { key: 'ctrl+s', id: 'save', label: 'save without making' },
      ],
      enter: isWhole ? 'make the key' : 'what is missing',
    };
  },
  act: (state, action) => {
    if (action !== 'save') return stay(openDetour(state, action as StepId));
    const missing = missingForProfile(state.draft);
    if (missing !== undefined) return stay(openDetour(state, 'credentials', missing));
    const newName = state.profileName ?? suggestedName(state.draft);
    return openSave({ ...state, cameFrom: 'review', newName });
  },
  leave: (state) => {
    const accepted =
      requiredWord(state.draft) === null ? {} : { acceptedRisks: acknowledgementKey(planOf(state.draft)) };
    return stay({ ...state, draft: changeForm(state.draft, accepted) });
  },
};
