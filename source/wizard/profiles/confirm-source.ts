import { quoteIfNeeded } from '../../kaltura/snippets/snippet.js';
import { confirmationParagraphs, factsToConfirm, isShownInFull, sourceNoun } from '../../messages/confirm-source.js';
import { caution, type Paragraph, plain } from '../../messages/paragraph.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import type { WizardEvent } from '../engine/event.js';
import { changeState, goHome, goTo, type State, stay, type Transition } from '../engine/state.js';
import { openWithProfile } from '../key/explain.js';
import { fetchSecret } from './fetch-secret.js';

const WORDS = {
  command: { verb: 'Run', denied: 'nothing runs; the profile stays as it is' },
  variable: { verb: 'Read', denied: 'it is not read; the profile stays as it is' },
} as const;

function confirm(state: State): Transition {
  if (state.profileFlow.pendingConfirmation === null) return stay(goHome(state));
  const attempt = state.waiting.attempt + 1;
  return stay(changeState(state, { waiting: { attempt } }), {
    do: 'confirm-source',
    attempt,
    profile: state.profileFlow.pendingConfirmation.profile,
  });
}

/** Leaves the source unconfirmed and asks for the secret. */
function typeSecret(state: State): Transition {
  const next = changeState(state, { profileFlow: { pendingConfirmation: null } });
  if (state.profileFlow.pendingConfirmation?.for !== 'open') return stay(goTo(next, 'quick'));
  return stay(goTo(next, 'open-key', { inspection: { openingProfile: null } }));
}

function goBack(state: State): Transition {
  const next = changeState(state, { profileFlow: { pendingConfirmation: null } });
  return stay(state.profileFlow.pendingConfirmation?.for === 'open' ? goTo(next, 'explain') : goHome(next));
}

function options({ profileFlow: { pendingConfirmation } }: State): readonly MenuOption[] {
  if (pendingConfirmation === null) return [];
  const { profile } = pendingConfirmation;
  const noun = sourceNoun(profile);
  const { verb, denied } = WORDS[noun];
  const yes: MenuOption = {
    value: 'yes',
    label: `${verb} it now and in the future`,
    hint: 'not asked again unless it changes',
    tone: 'caution',
    choose: confirm,
  };
  return [
    { value: 'no', label: `Don’t ${verb.toLowerCase()} it`, hint: denied, choose: goBack },
    { value: 'type', label: 'Enter the secret instead', hint: `the ${noun} stays unconfirmed`, choose: typeSecret },
    ...(isShownInFull(profile) ? [yes] : []),
  ];
}

/** Says where a command is confirmed that is too long for the screen. */
const confirmInTerminal = (profileName: string): readonly Paragraph[] => [
  caution(
    'To review it, quit and run the command below. It prints the imported command in full and asks you to confirm:',
  ),
  plain(`kaltura-ks token ${quoteIfNeeded(profileName)}`),
];

/** Asks the user to confirm the command or variable of an imported profile before its first use. */
export const confirmSource = menu({
  options,
  view: (state) => {
    const profile = state.profileFlow.pendingConfirmation?.profile;
    if (profile === undefined) return { heading: '', question: '', help: [] };
    const noun = sourceNoun(profile);
    return {
      heading: `profile ${profile.name}`,
      question: isShownInFull(profile)
        ? `${WORDS[noun].verb} this imported ${noun === 'variable' ? 'environment variable' : 'command'}?`
        : 'This imported command is too long to confirm here',
      facts: factsToConfirm(profile),
      warnings: isShownInFull(profile) ? confirmationParagraphs(profile) : confirmInTerminal(profile.name),
      help: [
        `The profile was imported from a file and gets its secret from this ${noun}. It isn’t confirmed on this computer yet.`,
        'Your answer applies only to what you see here. If the profile changes, you are asked again.',
      ],
      enter: 'go',
    };
  },
  back: goBack,
});

/** Continues with the task that needs the secret, or goes back if the confirmation could not be saved. */
export function afterConfirmation(
  state: State,
  { profile, reason, profiles }: Extract<WizardEvent, { type: 'source-confirmed' }>,
): Transition {
  const { pendingConfirmation } = state.profileFlow;
  const next = changeState(state, {
    profileFlow: { pendingConfirmation: null },
    profiles: profiles ?? state.profiles,
  });
  // The user has already gone back.
  if (pendingConfirmation === null || state.screen !== 'confirm-source') return stay(next);
  if (profile === null) {
    const { state: before } = goBack(changeState(next, { profileFlow: { pendingConfirmation } }));
    return stay({
      ...before,
      profileFlow: { ...before.profileFlow, pendingConfirmation: null },
      notice: caution(reason),
    });
  }
  // Use the source that was shown, even if the record has changed.
  const known = next.profiles.map((one) => (one.name === profile.name ? profile : one));
  const confirmed: State = { ...next, profiles: known };
  return pendingConfirmation.for === 'open'
    ? openWithProfile(goTo(confirmed, 'explain'), profile.name)
    : fetchSecret(confirmed, profile, { what: 'secret', for: 'make' });
}
