import { confirmationParagraphs, factsToConfirm, isShownInFull, sourceNoun } from '../../messages/confirm-source.js';
import type { Option, Paragraph } from '../../messages/paragraph.js';
import type { Profile } from '../../profiles/profile.js';
import type { WizardEvent } from '../engine/event.js';
import { optionControl, selectedOption } from '../engine/picked.js';
import type { Screen } from '../engine/screen.js';
import { goHome, goTo, type State, stay, type Transition } from '../engine/state.js';
import { openWithProfile } from '../key/explain.js';
import { fetchSecret } from './use-profile.js';

const WORDS = {
  command: { verb: 'Run', denied: 'nothing runs; the profile stays as it is' },
  variable: { verb: 'Read', denied: 'it is not read; the profile stays as it is' },
} as const;

function options(profile: Profile): readonly Option[] {
  const noun = sourceNoun(profile);
  const { verb, denied } = WORDS[noun];
  const yes: Option = {
    value: 'yes',
    label: `${verb} it now and in the future`,
    hint: 'not asked again unless it changes',
    tone: 'caution',
  };
  return [
    { value: 'no', label: `Don’t ${verb.toLowerCase()} it`, hint: denied },
    { value: 'type', label: 'Enter the secret instead', hint: `the ${noun} stays unconfirmed` },
    ...(isShownInFull(profile) ? [yes] : []),
  ];
}

const TOO_LONG: Paragraph = {
  tone: 'caution',
  text: 'The command is too long to confirm it here. Run “kaltura-ks token” with this profile: it prints the whole command and asks you there.',
};

/** Asks the user to confirm the command or variable of an imported profile before its first use. */
export const confirmSource: Screen = {
  view: (state) => {
    const profile = state.pendingConfirmation?.profile;
    if (profile === undefined) return { heading: '', question: '', controls: [], help: [] };
    const noun = sourceNoun(profile);
    return {
      heading: `profile ${profile.name}`,
      question: `${WORDS[noun].verb} this imported ${noun}?`,
      facts: factsToConfirm(profile),
      warnings: [...(isShownInFull(profile) ? [] : [TOO_LONG]), ...confirmationParagraphs(profile)],
      controls: [optionControl(state, options(profile))],
      help: [
        `The profile was imported from a file and gets its secret from this ${noun}. Nobody has confirmed it on this computer yet.`,
        'Your answer counts for exactly what you see here. If the profile changes, you are asked again.',
      ],
      enter: 'go',
    };
  },
  set: (state, _control, value) => ({ ...state, option: String(value) }),
  submit: (state) => {
    if (state.pendingConfirmation === null) return stay(goHome(state));
    const { profile, for: purpose } = state.pendingConfirmation;
    switch (selectedOption(state, options(profile))) {
      case 'yes': {
        const attempt = state.attempt + 1;
        return stay({ ...state, attempt }, { do: 'confirm-source', attempt, profile });
      }
      case 'type': {
        const next: State = { ...state, pendingConfirmation: null };
        if (purpose === 'make') return stay(goTo(next, 'quick'));
        return stay(goTo({ ...next, inspection: { ...next.inspection, openingProfile: null } }, 'open-key'));
      }
      default:
        return confirmSource.back(state);
    }
  },
  back: (state) => {
    const next: State = { ...state, pendingConfirmation: null };
    return stay(state.pendingConfirmation?.for === 'open' ? goTo(next, 'explain') : goHome(next));
  },
};

/** Continues with the task that needs the secret, or goes back if the confirmation could not be saved. */
export function afterConfirmation(
  state: State,
  { profile, reason, profiles }: Extract<WizardEvent, { type: 'source-confirmed' }>,
): Transition {
  const { pendingConfirmation } = state;
  const next: State = { ...state, pendingConfirmation: null, profiles: profiles ?? state.profiles };
  // The user has already gone back.
  if (pendingConfirmation === null || state.screen !== 'confirm-source') return stay(next);
  if (profile === null) {
    const { state: before } = confirmSource.back({ ...next, pendingConfirmation });
    return stay({ ...before, pendingConfirmation: null, notice: { tone: 'caution', text: reason } });
  }
  // Use the source that was shown, even if the record has changed.
  const known = next.profiles.map((one) => (one.name === profile.name ? profile : one));
  const confirmed: State = { ...next, profiles: known };
  return pendingConfirmation.for === 'open'
    ? openWithProfile(goTo(confirmed, 'explain'), profile.name)
    : fetchSecret(confirmed, profile, { what: 'secret', for: 'make' });
}
