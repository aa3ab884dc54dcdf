import type { WalkScreen } from '../screen.js';

export const version: WalkScreen = {
  id: 'version',
  step: 2,
  applies: (draft) => draft.method === 'local',
  isComplete: () => true,
  view: ({ draft }) => ({
    question: 'Which version of key?',
    controls: [
      {
        kind: 'choice',
        id: 'ksVersion',
        label: 'Version',
        value: draft.ksVersion,
        options: [
          { value: '2', label: 'Version 2', hint: 'encrypted: nobody reads what is in it without the secret' },
          {
            value: '1',
            label: 'Version 1',
            hint: 'for servers from before October 2012: user and privileges are readable',
          },
        ],
      },
    ],
    advice: [
      { tone: 'plain', text: 'Every present server reads both, whatever the account is set to. Take version 2.' },
    ],
    help: [
      'A version 2 key is encrypted with the account’s administrator secret. Anyone can see which account it is for, and nothing else.',
      'A version 1 key is only signed: whoever holds it can read the user and the privileges in it, and a ; in them breaks it.',
    ],
  }),
};
