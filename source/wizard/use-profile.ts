import { acknowledgementKey } from '../kaltura/risk-rules.js';
import { keptKeyEnd, type Profile } from '../profiles/profile.js';
import type { Draft } from './draft.js';
import type { Effect } from './effect.js';
import { draftOf } from './profile-draft.js';
import { planOf } from './reading.js';
import { goTo, type State, stay, type Transition } from './state.js';
import { firstIncomplete } from './walk.js';

/** Whether the risks of the draft are those that were accepted when its profile was saved. */
const isAccepted = (draft: Draft): boolean =>
  acknowledgementKey(planOf(draft)).every((risk) => draft.acceptedRisks.includes(risk));

const practiceFor = (draft: Draft): Effect[] => (draft.region === 'practice' ? [{ do: 'open-practice' }] : []);

/** Makes a key from a profile: asks for what is missing, and for nothing else; by way of the review where its risks were not accepted. */
export function makeAnew(state: State, profile: Profile): Transition {
  const draft = draftOf(profile, state.setting.pretend);
  const loaded: State = {
    ...state,
    draft,
    profileName: profile.name,
    newName: profile.name,
    hasReviewed: true,
    key: null,
  };
  const missing = firstIncomplete(draft);
  const isSimple = (missing.id === 'credentials' || missing.id === 'review') && isAccepted(draft);
  return stay(goTo(loaded, isSimple ? 'quick' : 'review'), ...practiceFor(draft));
}

/** What Enter on a profile does: its living key is offered first. */
export function use(state: State, profile: Profile): Transition {
  const end = keptKeyEnd(profile);
  if (profile.keptKey === null || end === null || end <= state.now / 1000) return makeAnew(state, profile);
  const draft = draftOf(profile, state.setting.pretend);
  return stay(goTo({ ...state, draft, profileName: profile.name, newName: profile.name, pick: 'copy' }, 'kept'));
}
