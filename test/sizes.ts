/** Whether the large settings run: `npm run test:full` runs vitest in the mode `full`. */
export const isFull = process.env['MODE'] === 'full';

/** All cases in `npm run test:full`, the first ones in `npm test`. */
export const first = <Case>(count: number, cases: readonly Case[]): Case[] =>
  cases.slice(0, isFull ? cases.length : count);

/** The number of random cases for a property: all in `npm run test:full`, a twelfth in `npm test`. */
export const runs = (all: number): number => (isFull ? all : Math.ceil(all / 12));

/** Every nth case in `npm test`, starting with the first. */
export const everyNth = <Case>(n: number, cases: readonly Case[]): Case[] =>
  cases.filter((_case, index) => isFull || index % n === 0);

/** The size of a window, in columns and rows. */
type Window = readonly [columns: number, rows: number];

/** The smallest windows, common sizes, and the sizes around each change of the layout. */
const ALL_WINDOWS: readonly Window[] = [30, 40, 60, 80, 200].flatMap((columns) =>
  [10, 15, 19, 20, 24, 50].map((rows): Window => [columns, rows]),
);

/** The number of cases in the expensive tests: small in `npm test`, large in `npm run test:full`. */
export const SIZES = isFull
  ? {
      saves: 1600,
      /** How often each of several programs saves the same name. */
      sameSaves: 50,
      kills: 500,
      writeKills: 15,
      interruptions: 200,
      savedCases: 1,
      forgetRuns: 8,
      replacementRounds: 20,
      windows: ALL_WINDOWS,
      hostileTexts: 150,
      shortcutWindows: 2,
      scenesOfAScreen: 1000,
      sameKeyPairs: 10_000,
      manyProfiles: 500,
    }
  : {
      saves: 40,
      sameSaves: 6,
      kills: 3,
      writeKills: 2,
      interruptions: 2,
      savedCases: 10,
      forgetRuns: 2,
      replacementRounds: 1,
      windows: [
        [30, 10],
        [40, 15],
        [80, 24],
      ] as readonly Window[],
      hostileTexts: 25,
      shortcutWindows: 1,
      scenesOfAScreen: 1,
      sameKeyPairs: 1000,
      manyProfiles: 150,
    };
