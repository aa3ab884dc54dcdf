import { explainKs, isRefused, type KsReading, withServerAnswer } from '../../kaltura/ks/explain.js';
import type { SigningSecret } from '../../kaltura/ks/signing-secret.js';
import {
  explanationFacts,
  explanationWarnings,
  faultParagraphs,
  privilegeParagraphs,
  serverParagraphs,
} from '../../messages/explanation/explanation.js';
import { TYPE_MEANINGS } from '../../messages/key-meaning.js';
import {
  EMPTY_MESSAGE,
  type Fact,
  joinMessages,
  type Message,
  type Paragraph,
  plain,
} from '../../messages/paragraph.js';
import type { Profile } from '../../profiles/profile.js';
import { needsConfirmation } from '../../secrets/source.js';
import { ask, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import { isRevoked, revokeOption } from './end.js';
import { type Inspection, NO_INSPECTION } from './key-use.js';
import { CREATE_NEW_KEY } from './new-key.js';
import { accessOf, readingOfSubject, subjectOf } from './subject.js';
import { backToKey, goBackOnTrail, openKeyScreen } from './trail.js';
import { verdictOf } from './verdict.js';

/**
 * Finds the saved profiles whose secret may decrypt or verify this key: an Administrator Secret works for every key of its account
 * (docs/kaltura-facts.md 1.6).
 */
const openers = (state: State, partnerId: number): readonly Profile[] =>
  state.profiles.filter(
    (profile) =>
      profile.partnerId === partnerId &&
      profile.secretSource.kind !== 'ask' &&
      (profile.method === 'server' || profile.method === 'local'),
  );

/** Offers the secrets that may decrypt or verify a key. */
function openingOptions(state: State): MenuOption[] {
  const reading = readingOfSubject(state);
  if (reading?.readable !== true || state.subject !== 'paste') return [];
  const { signature, partnerId, facts, madeWith } = reading.explanation;
  if (signature === 'valid' || madeWith !== null) return [];
  const purpose = facts === null ? 'decrypts the key' : 'checks the signature';
  return [
    ...openers(state, partnerId).map(({ name }) => ({
      value: `open:${name}`,
      label: `Use the secret of “${name}”`,
      hint: purpose,
      choose: (now: State) => openWithProfile(now, name),
    })),
    { value: 'open-key', label: 'Enter the Administrator Secret…', hint: purpose, choose: enterAdminSecret },
    ...(state.inspection.serverSays?.answer === 'forbidden' ? [] : [READ_ON_SERVER]),
  ];
}

/** Also asks for the server if one was named before: it may be the wrong one. */
const READ_ON_SERVER: MenuOption = {
  value: 'ask',
  label: 'Read its details from the server…',
  hint: 'sends the key there, in one call',
  choose: (state) => askForServer('ask')(state),
};

const enterAdminSecret = (state: State): Transition =>
  stay(goTo(state, 'open-key', { inspection: { openingProfile: null } }));

function options(state: State): MenuOption[] {
  const back: MenuOption =
    state.subject === 'key'
      ? { value: 'back', label: 'Back to the key', choose: backToKey }
      : { value: 'back', label: 'Explain another key…', choose: anotherKey };
  const reading = readingOfSubject(state);
  if (reading?.readable !== true)
    return reading?.oddity?.kind === 'permanent-secret'
      ? [back, { ...CREATE_NEW_KEY, label: 'Create a key…' }]
      : [back];
  if (isOver(state)) return [CREATE_NEW_KEY, back];
  if (isRefused(reading.explanation)) return [...openingOptions(state), back];
  const check: MenuOption = {
    value: 'check',
    label: 'Check the key',
    hint: 'test calls: does it work?',
    choose: withServer('check'),
  };
  const { facts } = reading.explanation;
  const isExpired = facts !== null && facts.expiresAt !== null && facts.expiresAt <= state.now / 1000;
  // By this computer's clock, which can be wrong: the check asks the server.
  if (isExpired) return [CREATE_NEW_KEY, ...openingOptions(state), check, back];
  return [
    ...openingOptions(state),
    check,
    { value: 'use', label: 'Use the key', hint: 'code, an .env file', choose: withServer('use') },
    revokeOption(state, withServer('end')),
    back,
  ];
}

/** Returns whether the server has said that the key can't work any more. */
const isOver = (state: State): boolean =>
  isRevoked(state) || (state.subject === 'paste' && state.inspection.serverSays?.answer === 'ended');

/** Says where in the pasted text the key was found. */
const foundMessage = ({ inspection, subject }: State): Message => ({
  warnings: [],
  advice: subject === 'paste' ? inspection.foundTexts.map(plain) : [],
});

const factsOf = (state: State): readonly Fact[] => {
  const reading = readingOfSubject(state);
  return reading?.readable === true ? explanationFacts(reading.explanation, state.now / 1000) : [];
};

/** Returns what the key may do and its dangers as warnings; for a readable key, the other remarks as advice. */
function meaningMessage(state: State): Message {
  const reading = readingOfSubject(state);
  if (reading === null) return EMPTY_MESSAGE;
  // The question says the first.
  if (!reading.readable) return { warnings: faultParagraphs(reading).slice(1), advice: [] };
  const { explanation } = reading;
  const now = state.now / 1000;
  const said = state.subject === 'paste' && !isRevoked(state) ? state.inspection.serverSays : null;
  const remarks = explanationWarnings(explanation, now, said !== null);
  const isNote = ({ tone }: Paragraph): boolean => tone === 'plain' && explanation.facts !== null;
  return {
    warnings: [
      ...(said === null ? [] : serverParagraphs(said, now)),
      // The risks come first, because the end of a long list is out of sight.
      ...remarks.filter((one) => !isNote(one)),
      ...privilegeParagraphs(explanation),
    ],
    advice: remarks.filter(isNote),
  };
}

/** Asks for the server of the account, and continues with the action. */
const askForServer =
  (purpose: Inspection['purpose']) =>
  (state: State): Transition =>
    stay(goTo(state, 'key-region', { inspection: { purpose } }));

/** Continues with an action that needs the server of the account. Asks for it if it is unknown. */
const withServer =
  (purpose: 'check' | 'use' | 'end') =>
  (state: State): Transition =>
    subjectOf(state)?.server == null ? askForServer(purpose)(state) : openKeyScreen(purpose)(state);

function askServer(state: State): Transition {
  const access = accessOf(state);
  if (access === null) return stay(state);
  const question = { ask: 'read-key', ...access } as const;
  return ask(state, question, `Asking ${hostOfQuestion(question)} what the key is…`);
}

/** Continues with that action once the server is known. */
export const continueWithPurpose = (state: State): Transition =>
  state.inspection.purpose === 'ask'
    ? askServer(goTo(state, 'explain'))
    : openKeyScreen(state.inspection.purpose)(goTo(state, 'explain'));

/** Reads the secret of a saved profile and uses it on the key. */
export function openWithProfile(state: State, name: string): Transition {
  const profile = state.profiles.find((candidate) => candidate.name === name);
  const next = changeState(state, { inspection: { openingProfile: name } });
  if (profile?.secretSource.kind === 'file') return stay(goTo(next, 'open-key'));
  if (profile !== undefined && needsConfirmation(profile.secretSource)) {
    return stay(
      goTo(next, 'confirm-source', { profileFlow: { pendingConfirmation: { profile, for: 'open' } }, option: 'no' }),
    );
  }
  const question = { ask: 'secret-of', profile: name, passphrase: null } as const;
  return ask(next, question, `Reading the secret of “${name}”…`);
}

/** Reads the key again. Only the given secret decides whether its signature is valid. */
export function withSigningSecret(state: State, given: SigningSecret): State {
  const { ks } = state.inspection;
  if (ks === null) return state;
  return changeState(state, { inspection: { reading: explainKs(ks, given) }, option: '' });
}

/** Opens the field for another key. It is empty because its content is hidden; a damaged key stays, to be corrected. */
function anotherKey(state: State): Transition {
  const isWhole = state.inspection.reading?.readable === true;
  return stay(goTo(isWhole ? { ...state, inspection: NO_INSPECTION } : state, 'paste'));
}

export const explain = menu({
  options,
  view: (state) => ({
    heading: 'explain a key',
    question: verdictOf(state),
    facts: factsOf(state),
    ...joinMessages(unansweredMessage(state), meaningMessage(state), foundMessage(state)),
    help: [
      'A valid signature means that the key was signed with the account’s Administrator Secret. It can be checked with that secret, or by the server.',
      'With the Administrator Secret, the key is decrypted on this computer and nothing is sent. Asking the server sends it the key. If the key has actionslimit, this uses one call.',
      `A USER key ${TYPE_MEANINGS.USER}. An ADMIN key ${TYPE_MEANINGS.ADMIN}, and read its secrets. Privileges extend or limit that.`,
      'Only version 1 keys created by the server contain their creation time.',
    ],
    coversPrinted: true,
    enter: 'go',
  }),
  back: goBackOnTrail,
  receive: {
    'secret-of': (state, secret) => {
      const name = state.inspection.openingProfile ?? '';
      return stay(withSigningSecret(state, { secret, source: { from: 'profile', name } }));
    },
    'read-key': (state, serverSays) => {
      const { reading: known } = state.inspection;
      const reading: KsReading | null =
        known?.readable === true
          ? { readable: true, explanation: withServerAnswer(known.explanation, serverSays) }
          : known;
      // The text says to check the key.
      const option = serverSays.answer === 'forbidden' ? 'check' : '';
      return stay(changeState(state, { inspection: { reading, serverSays }, option }));
    },
  },
});
