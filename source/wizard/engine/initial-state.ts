import type { EnvAccount } from '../../profiles/env-account.js';
import type { LoadedProfiles, ProfilesWithDefault } from '../../profiles/store.js';
import { NO_TOKEN_WORK } from '../app-tokens/work.js';
import { NO_ERROR_PASTE, NO_PROBING, NO_REGION_SEARCH } from '../diagnosis/diagnosing.js';
import { ENV_ACCOUNT } from '../form/env-account.js';
import { EMPTY_FORM } from '../form/form.js';
import { NO_CHECKING, NO_ENV_WRITING, NO_INSPECTION, NO_KEY_USE } from '../key/key-use.js';
import { NEW_PROFILE_FLOW } from '../profiles/profile-flow.js';
import { NEW_KEY_MAKING } from '../steps/key-making.js';
import { NOT_WAITING } from './ask.js';
import { NEW_KEY, type Setting, type State, savedProfiles } from './state.js';

/** Returns the first state: Home if there are saved profiles, else the first step, with the account of `.env` or practice selected. */
export function initialState(
  setting: Setting,
  { profiles, troubles, defaultName = null }: LoadedProfiles & Partial<ProfilesWithDefault>,
  now: number,
  envAccount: EnvAccount | null = null,
): State {
  const [first] = savedProfiles({ profiles, troubles });
  return {
    screen: first === undefined ? 'region' : 'home',
    visit: 0,
    focusOn: null,
    setting,
    now,
    isCountdownStopped: false,
    notice: null,
    option: first === undefined && envAccount !== null ? ENV_ACCOUNT : '',
    returnTo: 'region',
    profiles,
    troubles,
    defaultName,
    envAccount,
    profileName: null,
    form: { ...EMPTY_FORM, region: first === undefined ? 'practice' : EMPTY_FORM.region },
    practiceUrl: null,
    key: null,
    earlierKey: null,
    keyCount: 0,
    lastKs: null,
    revokeAttempts: [],
    subject: 'key',
    waiting: NOT_WAITING,
    making: NEW_KEY_MAKING,
    profileFlow: { ...NEW_PROFILE_FLOW, selectedProfile: first?.name ?? NEW_KEY },
    inspection: NO_INSPECTION,
    checking: NO_CHECKING,
    envWriting: NO_ENV_WRITING,
    keyUse: NO_KEY_USE,
    tokens: NO_TOKEN_WORK,
    failure: null,
    probing: NO_PROBING,
    regionSearch: NO_REGION_SEARCH,
    errorPaste: NO_ERROR_PASTE,
  };
}
