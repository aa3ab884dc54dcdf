import { nameKey } from './name.js';
import type { Profile } from './profile.js';

/** Removes case and accents, so that `cafe` finds `Café`. */
const foldCase = (text: string): string => nameKey(text.normalize('NFKD').replaceAll(/\p{M}/gu, ''));

const searched = (profile: Profile): string =>
  foldCase(
    [profile.name, profile.region, profile.partnerId ?? '', profile.userId, profile.loginId ?? '', profile.type].join(
      '\n',
    ),
  );

/**
 * Finds the profiles that contain every word of the query in their name, region, partner ID, user, login or type. Keeps the order, but puts
 * those first whose name starts with the first word.
 */
export function searchProfiles(profiles: readonly Profile[], query: string): readonly Profile[] {
  const words = foldCase(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const [first] = words;
  if (first === undefined) return profiles;
  const found = profiles.filter((profile) => {
    const text = searched(profile);
    return words.every((word) => text.includes(word));
  });
  const begins = (profile: Profile): boolean => foldCase(profile.name).startsWith(first);
  return [...found.filter(begins), ...found.filter((profile) => !begins(profile))];
}
