import { cleanName } from '../../profiles/profile-name.js';
import { nameWarnings } from '../../profiles/profile-name-warnings.js';
import { type State, savedProfiles } from '../state.js';
import type { Paragraph } from '../view.js';

/** Why the typed name could be taken for another one. */
export function nameParagraphs(state: State): Paragraph[] {
  const others = savedProfiles(state)
    .map((profile) => profile.name)
    .filter((name) => name !== state.profileName);
  return nameWarnings(cleanName(state.newName), others).map((text): Paragraph => ({ tone: 'caution', text }));
}
