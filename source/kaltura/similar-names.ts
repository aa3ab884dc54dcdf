/** Counts the changes of one character, or swaps of two neighbors, between two words. */
export function editDistance(one: string, other: string): number {
  let [beforeLast, last]: number[][] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next[column] = Math.min(
        (last?.[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last?.[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast?.[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [beforeLast, last] = [last, next];
  }
  return last?.[other.length] ?? 0;
}

/** The most changes between a typed name and the name that was meant. */
const MOST_CHANGES = 2;

/** Returns the names that were probably meant by a typed one, the most similar first. Ignores case. */
export function similarNames(typed: string, names: readonly string[]): string[] {
  const plain = typed.toLowerCase();
  return names
    .map((name) => ({ name, distance: editDistance(plain, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= MOST_CHANGES && distance * 2 <= Math.min(name.length, typed.length))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}
