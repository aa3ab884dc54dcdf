import { regionLabel } from '../../kaltura/accounts/regions.js';
import { printableFacts } from '../../kaltura/api/responses.js';
import { secretsOf } from '../../kaltura/diagnosis/diagnosis.js';
import { formatTime, formatTimeDifference } from '../../kaltura/lifetime.js';
import { differencesFromAsked } from '../../messages/differences.js';
import type { Paragraph } from '../../messages/paragraph.js';
import type { Screen } from '../engine/screen.js';
import { type CurrentKey, goHome, goTo, type State, savedProfiles, stay } from '../engine/state.js';
import { suggestedName } from '../form/profile.js';
import { startAnew } from '../profiles/home.js';
import { openSave } from '../profiles/save.js';
import { copyKey } from './copy-key.js';
import { isRevoked } from './end.js';
import { openFor } from './use.js';

const privilegesText = (privileges: string | null): string => {
  if (privileges === null) return 'privileges not known';
  return privileges === '' ? 'no privileges' : privileges;
};

/** Returns the user of the key; for a login, the user who logged in, even if the key doesn't say so. */
function userText(userId: string | null, request: CurrentKey['request']): string {
  if (userId === null && request?.signIn.method === 'login') return `user ${request.signIn.loginId}`;
  return userId === null || userId === '' || userId === '0' ? 'no user in particular' : `user ${userId}`;
}

const differencesOf = ({ made, request, asOf }: CurrentKey): readonly Paragraph[] =>
  request === null ? [] : differencesFromAsked(request, made, asOf * 1000, request.signIn.method !== 'login');

/** Returns what else the user must know about this key. */
function remarks({ made, request }: CurrentKey): Paragraph[] {
  const { facts } = made;
  const said: Paragraph[] = [];
  if (facts.type === null) {
    said.push({
      tone: 'caution',
      text: 'It may be an ADMIN key, if the login is an administrator’s: keep it out of pages and apps.',
    });
  }
  if (facts.type === 'ADMIN') {
    said.push({ tone: 'caution', text: 'ADMIN: keep it to yourself. Whoever holds it holds the account.' });
  }
  if (request?.signIn.method === 'local') {
    said.push({
      tone: 'plain',
      text: 'No server has seen it yet: a wrong secret shows when it is first used (INVALID_KS).',
    });
  }
  if (/(^|,)apptoken:/.test(facts.privileges ?? '')) {
    said.push({
      tone: 'plain',
      text: 'sessionid and apptoken tie it to its app token: where that is deleted, the key ends too.',
    });
  }
  return said;
}

/** Formats the facts of the key for a terminal. Masks the secret, because a server could repeat it in any field. */
function partsOf({ ks, facts: said }: CurrentKey['made'], request: CurrentKey['request']): string {
  const facts = printableFacts(said, [...(request === null ? [] : secretsOf(request)), ks]);
  return [
    facts.type ?? 'its type as the login has it',
    facts.partnerId === null ? 'the account last used' : `partner ${facts.partnerId}`,
    userText(facts.userId, request),
    privilegesText(facts.privileges),
  ].join(', ');
}

function whatItIs({ made, request }: CurrentKey, state: State): Paragraph[] {
  const { facts, confirmedBy } = made;
  const seconds = state.now / 1000;
  const end =
    facts.expiresAt === null
      ? 'When it ends is not known.'
      : `Ends ${formatTime(facts.expiresAt, seconds)} (${formatTimeDifference(facts.expiresAt, seconds)}).`;
  const source = {
    key: '',
    server: ' The server says so.',
    none: ' As asked, not confirmed: this key cannot be read here.',
  }[confirmedBy ?? 'none'];
  return [
    { tone: 'good', text: `✔ Your key: ${partsOf(made, request)}` },
    { tone: confirmedBy === null ? 'caution' : 'plain', text: `${end}${source}` },
  ];
}

/** Checks whether the key was revoked here: then it is useless. */
const hasEnded = ({ keyUse: { ending } }: State): boolean => isRevoked(ending);

const endedParagraphs = ({ made, request }: CurrentKey): Paragraph[] => [
  { tone: 'caution', text: 'This key has ended: the server refuses it. n makes a new one.' },
  { tone: 'plain', text: `It was: ${partsOf(made, request)}` },
];

/** Describes the key, its differences from the request, and further remarks. */
const keyParagraphs = (key: CurrentKey, state: State): Paragraph[] =>
  hasEnded(state) ? endedParagraphs(key) : [...whatItIs(key, state), ...differencesOf(key), ...remarks(key)];

const NEXT: Paragraph = {
  tone: 'plain',
  text: 'Next: copy it, check it, and pass it as ks with your API calls (u shows how).',
};

const PRACTICE: Paragraph = {
  tone: 'plain',
  text: 'A practice key: it opens the practice server alone (kaltura-ks practice keeps one running).',
};

const USE = [
  'Check it (k): asks the server whether the key works and what it sees, after a word on what that costs. From there you can also look for an entry or a category that seems to be missing.',
  'Use it (u): pass the key as the parameter ks with every API call. There is code for curl, PHP, Python, Node, Java, C# and PowerShell, the address of the TestMe console, and an .env file.',
  'More (m): explain it, manage app tokens, end it before its time.',
  'Put it into requests percent-encoded, and into the body rather than the address, so that it does not end up in logs.',
  'The Developer Console, for accounts in US, takes it too: https://developer.kaltura.com.',
  'The key stays in this terminal’s scrollback, and after copying in the clipboard; clipboard managers keep a history. It is worth as much as what it may do, until it ends.',
];

/** Says where the key is visible, because other text may be below it. */
function questionOf({ isShown, request }: CurrentKey): string {
  if (isShown) return 'This is your key, on the line above';
  return request === null ? 'Your kept key (not shown)' : 'Your key (v shows it again)';
}

export const result: Screen = {
  view: (state) => {
    const { key } = state;
    if (key === null) return { heading: 'no key', question: 'There is no key', controls: [], help: [] };
    const isPractice = state.form.region === 'practice';
    return {
      heading:
        state.profileName === null ? `key for ${regionLabel(state.form.region)}` : `profile ${state.profileName}`,
      question: questionOf(key),
      controls: [],
      warnings: keyParagraphs(key, state),
      ...(key.isShown ? { textAbove: key.made.ks.length } : {}),
      advice: hasEnded(state) ? [] : isPractice ? [NEXT, PRACTICE] : [NEXT],
      help: USE,
      actions: [
        { key: 'c', id: 'copy', label: 'copy' },
        { key: 'v', id: 'show', label: key.isShown ? 'show again' : 'view' },
        { key: 's', id: 'save', label: 'save' },
        { key: 'k', id: 'check', label: 'check' },
        { key: 'u', id: 'use', label: 'use' },
        { key: 'm', id: 'next', label: 'more' },
        { key: 'n', id: 'new', label: 'new key' },
        { key: 'q', id: 'quit', label: state.setting.isCaptured ? 'quit, handing the key over' : 'quit' },
      ],
      escape: key.request === null ? 'profiles' : 'review',
    };
  },
  back: (state) => (state.key?.request == null ? stay(goHome(state)) : stay(goTo(state, 'review'))),
  act: (state, action) => {
    const { key } = state;
    if (key === null) return stay(state);
    const { ks } = key.made;
    switch (action) {
      case 'copy':
        return stay(state, copyKey(key.made));
      case 'show':
        return stay({ ...state, key: { ...key, isShown: true } }, { do: 'show-key', ks, what: 'key' });
      case 'save': {
        const newName = state.profileName ?? suggestedName(state.form);
        return openSave({ ...state, returnTo: 'result', profileFlow: { ...state.profileFlow, newName } });
      }
      case 'check':
      case 'use':
      case 'next':
        return openFor(action)({ ...state, subject: 'key' });
      case 'new':
        return stay(savedProfiles(state).length > 0 ? goHome(state) : startAnew(state));
      default:
        return stay(state, { do: 'quit', how: 'done' });
    }
  },
};
