import type { Secret } from '../../kaltura/secret.js';
import type { EndReport } from '../../kaltura/sessions/end.js';
import type { KeyRequest, MadeKey } from '../../kaltura/sign-in/key-request.js';
import { troubleText } from '../../messages/profile-troubles.js';
import type { Profile, Trouble } from '../../profiles/profile.js';
import { unusableIn } from '../../profiles/store.js';
import type { SecretName, SecretSource } from '../../secrets/source.js';
import type { TokenWork } from '../app-tokens/work.js';
import type { Probing } from '../diagnosis/probe.js';
import type { RegionSearch } from '../diagnosis/region-search.js';
import type { FormState } from '../form/form.js';
import type { PracticeAccount } from '../form/practice.js';
import type { SourceForm } from '../form/secret-source.js';
import type { Checking } from '../key/checking.js';
import type { EnvWriting } from '../key/env-file.js';
import type { Inspection, PlaceOfKey } from '../key/inspection.js';
import type { Asked } from './ask.js';
import type { Effect } from './effect.js';

export type StepId =
  | 'region'
  | 'address'
  | 'plain-http'
  | 'sign-in'
  | 'version'
  | 'credentials'
  | 'type'
  | 'admin'
  | 'user'
  | 'privileges'
  | 'catalogue'
  | 'write'
  | 'review';

export type ScreenId =
  | StepId
  | 'home'
  | 'kept'
  | 'quick'
  | 'passphrase'
  | 'confirm-source'
  | 'rename'
  | 'remove'
  | 'value'
  | 'working'
  | 'code'
  | 'failure'
  | 'answer'
  | 'result'
  | 'save'
  | 'quit'
  | 'asking'
  | 'next'
  | 'paste'
  | 'explain'
  | 'open-key'
  | 'key-region'
  | 'check'
  | 'look-up'
  | 'found'
  | 'use'
  | 'env-file'
  | 'end'
  | 'tokens'
  | 'token'
  | 'new-token'
  | 'made-token'
  | 'find-region'
  | 'regions'
  | 'probe';

/** What is known of the run that the wizard is part of. */
export interface Setting {
  /** Standard output is caught by `$(…)` or a pipe: leaving the result hands the key over there. */
  readonly isCaptured: boolean;
  /** Where a profile of a name is saved: said before anything is written. */
  readonly fileOf: (profileName: string) => string;
  /** The pretend account of the practice server. */
  readonly pretend: PracticeAccount;
}

/** A key in hand: made now, or kept with a profile. */
export interface CurrentKey {
  readonly made: MadeKey;
  /** What was asked for; null for a kept key. */
  readonly request: KeyRequest | null;
  /** What it was made for (`requestKeyOf`): the answers may have been changed since. */
  readonly madeFor: string;
  /** Epoch seconds. */
  readonly asOf: number;
  /** Whether it stands on the screen. */
  readonly isShown: boolean;
  readonly place: PlaceOfKey;
}

/** A secret that is being read from its place, and what for. */
export interface SecretReading {
  readonly what: SecretName['what'];
  readonly for: 'make' | 'copy' | 'show';
}

/** An imported profile whose command or variable a person is asked to confirm, and what it is for. */
export interface PendingConfirmation {
  /** As it is shown. */
  readonly profile: Profile;
  /** To make a key, or to open the key that is explained. */
  readonly for: 'make' | 'open';
}

/** What is known of the places where secrets may live, once it was looked. */
export interface KnownSources {
  readonly describe: (place: SecretSource, of: SecretName) => string;
  /** Found out by writing, reading and removing an entry. */
  readonly isKeychainUsable: boolean;
}

export interface Notice {
  readonly tone: 'good' | 'caution';
  readonly text: string;
}

export interface State {
  readonly screen: ScreenId;
  /** Counts the screens that were shown: what belongs to one visit does not outlive it. */
  readonly visit: number;
  /** The control to begin with, where it is not the first. */
  readonly focusOn: string | null;
  readonly setting: Setting;
  /** Epoch milliseconds, as of the last event. */
  readonly now: number;
  readonly draft: FormState;
  /** From the first look at the review on, going forward skips the steps that are complete. */
  readonly hasReviewed: boolean;
  /** The screen that was opened out of its turn, from the review or a failure: from there, Esc leads back to the review. */
  readonly door: ScreenId | null;
  readonly profiles: readonly Profile[];
  readonly troubles: readonly Trouble[];
  /** The profile that the draft came from, or was saved as. */
  readonly profileName: string | null;
  /** The marked profile, or `NEW_KEY`. */
  readonly homePick: string;
  /** The choice on screens that are not about the draft (failure, quit…). */
  readonly pick: string;
  /** The name typed on the save and rename screens. */
  readonly newName: string;
  readonly isKeepingKey: boolean;
  /** What is saved is being changed: until that is done, it is not asked for again. */
  readonly isSaving: boolean;
  /** Where the secret should live, as answered on the save screen; a passphrase being typed. */
  readonly place: SourceForm;
  /** What went wrong with a secret's place. */
  readonly placeTrouble: string | null;
  readonly places: KnownSources | null;
  readonly reading: SecretReading | null;
  readonly pendingConfirmation: PendingConfirmation | null;
  /** The privilege whose value is being asked for in the catalogue, and what was typed. */
  readonly privilegeName: string;
  readonly privilegeValue: string;
  /** Tells answers to an abandoned attempt from those to the running one. */
  readonly attempt: number;
  readonly stage: string;
  /** What was last asked for. */
  readonly request: KeyRequest | null;
  readonly failure: { readonly cause: unknown; readonly request: KeyRequest } | null;
  /** A code was refused: said on the code screen. */
  readonly isCodeRefused: boolean;
  /** The running attempt repeats one that failed. */
  readonly isRetry: boolean;
  readonly key: CurrentKey | null;
  /** The key that was last in hand: handed over at the end, whatever came after it. */
  readonly lastKs: Secret | null;
  readonly notice: Notice | null;
  /** Where the practice server answers; null until it does. */
  readonly practiceUrl: string | null;
  /** Where Esc on the quit question, or in the profile screens, leads back to. */
  readonly cameFrom: ScreenId;
  /** What is being asked of the world, or was asked last. */
  readonly asked: Asked | null;
  /** Why it was not answered; gone with the next screen. */
  readonly unanswered: { readonly cause: unknown } | null;
  /** Which key is explained, checked, used or ended: the one in hand, or the one that was pasted. */
  readonly subject: 'key' | 'paste';
  readonly inspection: Inspection;
  readonly checking: Checking;
  readonly envWriting: EnvWriting;
  readonly ending: EndReport | null;
  readonly tokens: TokenWork;
  readonly regionSearch: RegionSearch;
  readonly probing: Probing;
}

export interface Transition {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export const stay = (state: State, ...effects: Effect[]): Transition => ({ state, effects });

/** Stands for "New key…" among the profiles; no profile is called so, since names have no blanks around them. */
export const NEW_KEY = ' new';

/** Every saved profile: those that can be used, then those that must not be. */
export const savedProfiles = ({ profiles, troubles }: Pick<State, 'profiles' | 'troubles'>): readonly Profile[] => [
  ...profiles,
  ...unusableIn(troubles).map(({ profile }) => profile),
];

/** The saved profile that a screen is about, also one that must not be used. */
export const savedProfileOf = (state: State): Profile | undefined =>
  savedProfiles(state).find((profile) => profile.name === state.profileName);

/** Says why a profile cannot be used and what to do about it; null if it can be used. */
export function reasonNotUsed({ troubles }: State, name: string): string | null {
  const found = unusableIn(troubles).find(({ profile }) => profile.name === name);
  return found === undefined ? null : troubleText(found);
}

/** Shows the profiles, with the one in use marked where there is one. */
export function goHome(state: State): State {
  const saved = savedProfiles(state);
  const isThere = saved.some((profile) => profile.name === state.profileName);
  const homePick = isThere ? (state.profileName ?? NEW_KEY) : (saved[0]?.name ?? NEW_KEY);
  return { ...goTo(state, 'home'), homePick, door: null };
}

/** Opens a screen of the walk out of its turn. */
export const openDetour = (state: State, screen: ScreenId, focusOn: string | null = null): State => ({
  ...goTo(state, screen, focusOn),
  door: screen,
});

/** Shows a screen anew. */
export const goTo = (state: State, screen: ScreenId, focusOn: string | null = null): State => ({
  ...state,
  screen,
  focusOn,
  visit: state.visit + 1,
  notice: null,
  unanswered: null,
});
