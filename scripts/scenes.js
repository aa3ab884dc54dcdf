/**
 * The pictures of the README, in the order of a first walk in practice. Each step waits for something on the screen and then
 * presses or types; the picture is what the last step waited for.
 */
export const scenes = [
  {
    name: 'first-start',
    title: 'The first screen: where does your account live?',
    steps: [{ waitFor: 'step 1 of' }],
  },
];
