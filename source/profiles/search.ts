import { nameKey } from './name.js';
import type { Profile } from './profile.js';

/** Without case and without accents, so that `cafe` finds `Café`. */
const foldCase = (text: string): string => nameKey(text.normalize('NFKD').replaceAll(/\p{M}/gu, ''));

const searched = (profile: Profile): string =>
  foldCase(
    [profile.name, profile.region, profile.partnerId ?? '', profile.userId, profile.loginId ?? '', profile.type].join(
      '\n',
    ),
  );

/**
 * The profiles in which every word of the query occurs: in the name, region, partner ID, user, login or type. In the order given, but
 * those whose name begins with the first word come first.
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
