import { printableFacts } from '../../kaltura/api/responses.js';
import { formatRemaining, formatTime } from '../../kaltura/lifetime.js';
import { listsNothing } from '../../kaltura/privileges/reach.js';
import { LOOK_AROUND } from '../../kaltura/privileges/tasks.js';
import { isLimitedByRole, roleOf } from '../../kaltura/risks/rule.js';
import { secretsOf } from '../../kaltura/sign-in/key-request.js';
import { differencesFromAsked } from '../../messages/differences.js';
import { listsNothingText } from '../../messages/key-meaning.js';
import { caution, good, type Paragraph, plain } from '../../messages/paragraph.js';
import type { CurrentKey, State } from '../engine/state.js';
import { isKeyExpired, nameOf } from './current-key.js';
import { isRevoked, refusedText } from './end.js';

/** Checks whether the current key was revoked here. */
export const isKeyRevoked = (state: State): boolean => state.key !== null && isRevoked(state, state.key.made.ks);

/** Says how long the key is valid. The remaining time is left out while nothing updates it. */
function validity(key: CurrentKey, { now, isCountdownStopped }: State): Paragraph {
  const seconds = now / 1000;
  const { expiresAt } = key.made.facts;
  if (expiresAt === null) return caution(`${nameOf(key)}: its expiry is unknown.`);
  const until = formatTime(expiresAt, seconds);
  if (isKeyExpired(key, seconds))
    return caution(
      `${nameOf(key)} expired (${until}). ${key.request === null ? 'Press n to create a new one.' : 'Press r to create it again.'}`,
    );
  const text = isCountdownStopped
    ? `valid until ${until}`
    : `valid for ${formatRemaining(expiresAt - seconds)} (until ${until})`;
  return good(`✔ ${nameOf(key)} is ${text}.`);
}

const privilegesText = (privileges: string | null): string => {
  if (privileges === null) return 'privileges unknown';
  return privileges === '' ? 'no privileges' : `privileges ${privileges}`;
};

/** Returns the user of the key; for a login, the user who logged in, even if the key doesn't say so. */
function userText(userId: string | null, request: CurrentKey['request']): string {
  if (userId === null && request?.signIn.method === 'login') return `user ${request.signIn.loginId}`;
  return userId === null || userId === '' || userId === '0' ? 'no user' : `user ${userId}`;
}

/** Formats the facts of the key for a terminal. Masks the secret, because a server could repeat it in any field. */
function factsText({ made: { ks, facts: known }, request }: CurrentKey): string {
  const facts = printableFacts(known, [...(request === null ? [] : secretsOf(request)), ks]);
  return [
    facts.type === null ? 'USER or ADMIN, like the user who logged in' : `${facts.type} key`,
    facts.partnerId === null ? 'the account used last' : `partner ${facts.partnerId}`,
    userText(facts.userId, request),
    privilegesText(facts.privileges),
  ].join(', ');
}

const SOURCES = {
  key: '',
  server: ' The server confirms it.',
  none: ' This is what you asked for. It isn’t confirmed, because kaltura-ks can’t read this encrypted key. Press k to check the key.',
} as const;

const LOOKS_AROUND = 'It can list and play all content. It can’t change other users’ content.';

/** Says how a key gets more rights. An app token ignores most privileges of the request (docs/kaltura-facts.md 5.8). */
function fixText(request: CurrentKey['request']): string {
  if (request === null) return '';
  if (request.signIn.method !== 'app-token') return ' Press a to add a user, or p to add a privilege.';
  return ' The app token decides the privileges. Press a to add a user, or n to use another token or sign-in.';
}

/** Says what the key can do, where a person could expect something else. */
function reach({ made: { facts }, request }: CurrentKey): Paragraph[] {
  if (facts.type === 'USER' && facts.privileges === LOOK_AROUND) return [plain(LOOKS_AROUND)];
  if (!listsNothing(facts)) return [];
  return [caution(`${listsNothingText(facts.privileges ?? '')}${fixText(request)}`)];
}

const differencesOf = ({ made, request, asOf }: CurrentKey): readonly Paragraph[] =>
  request === null ? [] : differencesFromAsked(request, made, asOf * 1000, request.signIn.method !== 'login');

/** Says what others could do with an ADMIN key. */
function adminText(privileges: string, madeFor: CurrentKey['madeFor']): string {
  const plan = { ...madeFor, privileges };
  if (isLimitedByRole(plan))
    return `This is an ADMIN key. Only setrole:${roleOf(plan)} limits what can be done with it.`;
  const advice = madeFor.holder === 'browser' ? 'Show the page to administrators only.' : 'Keep it to yourself.';
  return `An ADMIN key can do everything in this account. ${advice}`;
}

/** Returns what else the user must know about this key. */
function remarks({ made: { facts }, request, madeFor }: CurrentKey): Paragraph[] {
  const remarks: Paragraph[] = [];
  if (facts.type === null) {
    const text = 'If the user is an administrator, this is an ADMIN key: keep it out of pages and apps.';
    remarks.push(caution(text));
  }
  if (facts.type === 'ADMIN') {
    remarks.push(caution(adminText(facts.privileges ?? '', madeFor)));
  }
  if (request?.signIn.method === 'local') {
    const text = 'The server hasn’t seen this key yet. If the secret is wrong, the first call fails with INVALID_KS.';
    remarks.push(plain(text));
  }
  if (/(^|,)apptoken:/.test(facts.privileges ?? '')) {
    const text = 'sessionid and apptoken link it to its app token. If the token is deleted, this key stops working.';
    remarks.push(plain(text));
  }
  return remarks;
}

/** Describes the key: whether it is valid, what it is, its differences from the request, and further remarks. */
export function summaryOf(key: CurrentKey, state: State): Paragraph[] {
  if (isKeyRevoked(state)) {
    return [
      caution(`${nameOf(key)} ${refusedText(state)}. Press n to create a new one.`),
      plain(`It was: ${factsText(key)}.`),
    ];
  }
  if (isKeyExpired(key, state.now / 1000))
    return [validity(key, state), plain(`It was: ${factsText(key)}.`), ...differencesOf(key)];
  const { confirmedBy } = key.made;
  const source = SOURCES[confirmedBy ?? 'none'];
  return [
    validity(key, state),
    { tone: confirmedBy === null ? 'caution' : 'plain', text: `${factsText(key)}.${source}` },
    ...reach(key),
    ...differencesOf(key),
    ...remarks(key),
  ];
}
