/** Whether the large settings run: `npm run test:full` runs vitest in the mode `full`. */
export const isFull = process.env['MODE'] === 'full';

/** How much the expensive tests try: little in `npm test`, much in `npm run test:full`. */
export const SIZES = isFull
  ? { saves: 1600, kills: 500, interruptions: 200, savedCases: 1, forgetRuns: 8, replacementRounds: 20 }
  : { saves: 200, kills: 30, interruptions: 8, savedCases: 5, forgetRuns: 8, replacementRounds: 2 };
