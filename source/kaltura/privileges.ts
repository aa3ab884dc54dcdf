/** One privilege of the list: a name, and a value that is '' where there is none. */
export type PrivilegePair = readonly [name: string, value: string];

/**
 * The pairs of a privileges string as a version 2 KS keeps them (facts 1.4): split at commas, trimmed, empty ones (and a lone `0`)
 * dropped, a lone `*` read as `all:*`, name and value split at the first colon. Repeated names are kept: a Map made of them lets the last win.
 */
export function privilegePairs(privileges: string): PrivilegePair[] {
  return privileges
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '0')
    .map((part) => (part === '*' ? 'all:*' : part))
    .map((part) => {
      const colon = part.indexOf(':');
      return colon === -1 ? ([part, ''] as const) : ([part.slice(0, colon), part.slice(colon + 1)] as const);
    });
}
