import { cleanName } from '../../profiles/profile-name.js';
import { nameWarnings } from '../../profiles/profile-name-warnings.js';
import type { Paragraph } from '../paragraph.js';
import { type State, savedProfiles } from '../state.js';

/** Warns if the typed name could be mistaken for the name of another profile. */
export function nameParagraphs(state: State): Paragraph[] {
  const others = savedProfiles(state)
    .map((profile) => profile.name)
    .filter((name) => name !== state.profileName);
  return nameWarnings(cleanName(state.newName), others).map((text): Paragraph => ({ tone: 'caution', text }));
}
