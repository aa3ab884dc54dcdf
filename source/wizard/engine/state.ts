import type { PracticeAccount } from '../../kaltura/accounts/practice-account.js';
import type { Secret } from '../../kaltura/secret.js';
import type { RevokeReport } from '../../kaltura/sessions/end.js';
import type { KeyRequest, MadeKey } from '../../kaltura/sign-in/key-request.js';
import type { KeySpec } from '../../kaltura/sign-in/key-spec.js';
import type { Paragraph } from '../../messages/paragraph.js';
import { troubleText } from '../../messages/profile-troubles.js';
import type { EnvAccount } from '../../profiles/env-account.js';
import type { Profile, RecipeUse, Trouble } from '../../profiles/profile.js';
import { unusableIn } from '../../profiles/store.js';
import type { TokenFlow } from '../app-tokens/work.js';
import type { ErrorPaste, Failure, Probing, RegionSearch } from '../diagnosis/diagnosing.js';
import type { FormState } from '../form/form.js';
import type { Checking, EnvWriting, Inspection, KeyServer, KeyUse } from '../key/key-use.js';
import type { ProfileFlow } from '../profiles/profile-flow.js';
import type { KeyMaking } from '../steps/key-making.js';
import type { Waiting } from './ask.js';
import type { Effect } from './effect.js';
import type { Asked } from './question.js';
import type { ScreenId } from './screen-id.js';

/** Facts about this run of the program. */
export interface Setting {
  /** Whether `$(…)` or a pipe reads standard output: then the key is printed there at the end. */
  readonly isCaptured: boolean;
  /** Returns the file of a profile, to show it before anything is written. */
  readonly fileOf: (profileName: string) => string;
  /** The practice account. */
  readonly practiceAccount: PracticeAccount;
}

/** The current key: just created, or saved with a profile. */
export interface CurrentKey {
  /** Counts the keys of this run from 1. */
  readonly number: number;
  /** When it was created or read from its profile, in epoch seconds. */
  readonly openedAt: number;
  readonly made: MadeKey;
  /** The request that created it; null for a saved key. */
  readonly request: KeyRequest | null;
  /** What it was created for. The answers may have changed since. */
  readonly madeFor: KeySpec;
  /** The use case that it was created for, with its values; null without one. */
  readonly recipe: RecipeUse | null;
  /** Epoch seconds. */
  readonly asOf: number;
  /** Whether the key was printed above the frame. */
  readonly isShown: boolean;
  readonly server: KeyServer;
}

/** A key with the answers that it was created from, and what was done with it. */
type EarlierKey = Pick<State, 'key' | 'form' | 'profileName' | 'checking' | 'envWriting' | 'keyUse'>;

export interface Notice extends Paragraph {
  /** A command to copy, shown on a line of its own below the text. */
  readonly command?: string;
  /** Whether the text is true only until the copy is removed from the clipboard. */
  readonly isUntilCleared?: boolean;
}

/** What all screens share, and one part for each flow. */
export interface State {
  readonly screen: ScreenId;
  /** Counts the screens that were shown, so that state of one visit is not used in the next. */
  readonly visit: number;
  /** The first focused control, if it is not the first one. */
  readonly focusOn: string | null;
  readonly setting: Setting;
  /** Epoch milliseconds, at the last event. */
  readonly now: number;
  /** Whether nothing updates the shown remaining times any more, because no key was pressed for a while. */
  readonly isCountdownStopped: boolean;
  readonly notice: Notice | null;
  /** The selected option on screens that don't change the form (failure, quit…). */
  readonly option: string;
  /** The screen that Esc goes back to from the quit question or the profile screens. */
  readonly returnTo: ScreenId;
  readonly profiles: readonly Profile[];
  readonly troubles: readonly Trouble[];
  /** The name of the profile that commands use without a name; null without one. */
  readonly defaultName: string | null;
  /** The account in `.env` of the current folder, which is used only if the user chooses it. */
  readonly envAccount: EnvAccount | null;
  /** The profile that the form was filled from, or saved as. */
  readonly profileName: string | null;
  readonly form: FormState;
  /** The address of the practice server; null until it is known. */
  readonly practiceUrl: string | null;
  readonly key: CurrentKey | null;
  /** The key that was shown when the user asked for a new one: Esc goes back to it. */
  readonly earlierKey: EarlierKey | null;
  /** The number of keys that were created or opened in this run. */
  readonly keyCount: number;
  /** The last created or opened key, which is printed at the end, whatever happened after it. */
  readonly lastKs: Secret | null;
  /** The requests to revoke a key that were answered, the last one first: a revoked key is shown as revoked, also if it is pasted again. */
  readonly revokeAttempts: readonly { readonly question: Asked<'end'>; readonly report: RevokeReport }[];
  /** The key that is explained, checked, used or ended: the current one, or the pasted one. */
  readonly subject: 'key' | 'paste';
  readonly waiting: Waiting;
  readonly making: KeyMaking;
  readonly profileFlow: ProfileFlow;
  readonly inspection: Inspection;
  readonly checking: Checking;
  readonly envWriting: EnvWriting;
  readonly keyUse: KeyUse;
  readonly tokens: TokenFlow;
  /** Why no key was created. */
  readonly failure: Failure | null;
  readonly probing: Probing;
  readonly regionSearch: RegionSearch;
  readonly errorPaste: ErrorPaste;
}

export interface Transition {
  readonly state: State;
  readonly effects: readonly Effect[];
}

const FLOWS = [
  'waiting',
  'making',
  'profileFlow',
  'inspection',
  'checking',
  'envWriting',
  'keyUse',
  'tokens',
  'probing',
  'regionSearch',
  'errorPaste',
] as const;

/** The parts of the state that belong to one flow. */
type Flow = (typeof FLOWS)[number];

/** A partial state. The fields of a flow that are left out keep their values. */
type Change = Partial<Omit<State, Flow>> & { readonly [F in Flow]?: Partial<State[F]> };

/** Returns the state with these changes. */
export function changeState(state: State, change: Change): State {
  const flows = FLOWS.flatMap((flow) =>
    change[flow] === undefined ? [] : [[flow, { ...state[flow], ...change[flow] }]],
  );
  return { ...state, ...change, ...Object.fromEntries(flows) };
}

export const stay = (state: State, ...effects: Effect[]): Transition => ({ state, effects });

/** Stands for "Create a new key…" in the list of profiles. No profile has this name, because names have no surrounding blanks. */
export const NEW_KEY = ' new';

/** Returns all saved profiles: usable ones first, then unusable ones. */
export const savedProfiles = ({ profiles, troubles }: Pick<State, 'profiles' | 'troubles'>): readonly Profile[] => [
  ...profiles,
  ...unusableIn(troubles).map(({ profile }) => profile),
];

/** Returns the profile that the form was filled from, or saved as; undefined if there is none, or if it can't be used. */
export const profileInUse = ({ profiles, profileName }: State): Profile | undefined =>
  profiles.find(({ name }) => name === profileName);

/** Returns the saved profile that a screen is about, usable or not. */
export const savedProfileOf = (state: State): Profile | undefined =>
  savedProfiles(state).find((profile) => profile.name === state.profileName);

/** Says why a profile cannot be used and what to do about it; null if it can be used. */
export function reasonNotUsed({ troubles }: State, name: string): string | null {
  const found = unusableIn(troubles).find(({ profile }) => profile.name === name);
  return found === undefined ? null : troubleText(found);
}

/** Shows the profiles, with the profile in use selected. */
export function goHome(state: State): State {
  const saved = savedProfiles(state);
  const isThere = saved.some((profile) => profile.name === state.profileName);
  const selectedProfile = isThere ? (state.profileName ?? NEW_KEY) : (saved[0]?.name ?? NEW_KEY);
  return goTo(state, 'home', { profileFlow: { selectedProfile }, making: { detour: null } });
}

/** Shows the key again that the user had before asking for a new one. */
export const backToEarlierKey = (state: State, earlierKey: EarlierKey): State =>
  goTo(state, 'result', { ...earlierKey, subject: 'key', earlierKey: null });

/** Opens a step out of order. */
export const openDetour = (state: State, screen: ScreenId, focusOn: string | null = null): State =>
  goTo(state, screen, { focusOn, making: { detour: screen } });

/** Shows a screen from its beginning, with these changes. */
export const goTo = (state: State, screen: ScreenId, change: Change = {}): State =>
  changeState(state, {
    focusOn: null,
    notice: null,
    ...change,
    screen,
    visit: state.visit + 1,
    waiting: { unanswered: null, ...change.waiting },
  });
