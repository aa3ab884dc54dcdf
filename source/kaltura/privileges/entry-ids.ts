import { findPrivilege } from './catalogue.js';
import type { PrivilegePair } from './item.js';
import { privilegePairs, privilegeValue } from './privileges.js';
import { looksLikeEntryId } from './values.js';

const takesEntryId = (name: string): boolean => {
  const value = findPrivilege(name)?.value;
  return value?.kind === 'required' && value.noun === 'entry ID';
};

/** Finds the values that should be entry IDs and don't look like them, each with the name of its privilege. */
export const oddEntryIds = (privileges: string): PrivilegePair[] =>
  privilegePairs(privileges)
    .filter(([name]) => takesEntryId(name))
    .flatMap(([name, value]) => value.split('/').map((id): PrivilegePair => [name, id]))
    .filter(([, id]) => id !== '' && id !== '*' && !looksLikeEntryId(id));

const playedEntries = (privileges: string): readonly string[] => privilegeValue(privileges, 'sview')?.split('/') ?? [];

/** Checks whether sview names entries, rather than allowing all. */
export function namesEntries(privileges: string): boolean {
  const played = playedEntries(privileges);
  return played.length > 0 && !played.includes('*');
}

/** Checks whether sview names entries, but not this one. */
export const playsOthersThan = (id: string, privileges: string): boolean =>
  namesEntries(privileges) && !playedEntries(privileges).includes(id);
