/** Whether the large settings run: `npm run test:full` runs vitest in the mode `full`. */
export const isFull = process.env['MODE'] === 'full';

/** Columns and rows. */
type Window = readonly [columns: number, rows: number];

/** The narrowest and lowest windows, common ones, and those on both sides of where the layout changes. */
const ALL_WINDOWS: readonly Window[] = [30, 40, 60, 80, 200].flatMap((columns) =>
  [10, 15, 19, 20, 24, 50].map((rows): Window => [columns, rows]),
);

/** How much the expensive tests try: little in `npm test`, much in `npm run test:full`. */
export const SIZES = isFull
  ? {
      saves: 1600,
      kills: 500,
      interruptions: 200,
      savedCases: 1,
      forgetRuns: 8,
      replacementRounds: 20,
      windows: ALL_WINDOWS,
      hostileTexts: 150,
      shortcutWindows: 2,
      scenesOfAScreen: 1000,
    }
  : {
      saves: 200,
      kills: 30,
      interruptions: 8,
      savedCases: 5,
      forgetRuns: 8,
      replacementRounds: 2,
      windows: [
        [30, 10],
        [40, 15],
        [60, 20],
        [80, 24],
      ] as readonly Window[],
      hostileTexts: 25,
      shortcutWindows: 1,
      scenesOfAScreen: 2,
    };
