import { changeDraft } from '../draft.js';
import { isUnsafeServer, serviceUrlOf } from '../reading.js';
import type { WalkScreen } from '../screen.js';
import { goTo, stay } from '../state.js';

export const plainHttp: WalkScreen = {
  id: 'plain-http',
  step: 1,
  applies: isUnsafeServer,
  isComplete: (draft) => draft.method === 'local',
  view: ({ draft, pick }) => {
    const safe = serviceUrlOf(draft, null).replace('http:', 'https:');
    return {
      question: 'This address is plain http: nothing secret can be sent to it',
      controls: [
        {
          kind: 'choice',
          id: 'pick',
          label: 'Instead',
          value: pick,
          options: [
            { value: 'https', label: `Use ${safe}`, hint: 'most servers answer there as well' },
            { value: 'local', label: 'Sign the key on this computer', hint: 'nothing is sent at all' },
            { value: 'address', label: 'Type another address' },
          ],
        },
      ],
      advice: [
        {
          tone: 'caution',
          text: 'By plain http, everyone on the way could read your secret, which cannot be changed, and have your account for ever.',
        },
      ],
      help: [
        'kaltura-ks sends secrets, passwords and tokens by https only. The one exception is a server on this very computer.',
        'Signing on this computer makes the same kind of key: the account and the secret are all that is needed, and no request leaves this computer. The key itself will still travel by plain http when you use it there, and can be read on the way: keep it short-lived.',
      ],
    };
  },
  leave: (state) => {
    if (state.pick === 'address') return stay(goTo(state, 'address'));
    const change =
      state.pick === 'local'
        ? ({ method: 'local' } as const)
        : { address: serviceUrlOf(state.draft, null).replace('http:', 'https:') };
    return stay({ ...state, draft: changeDraft(state.draft, change) });
  },
};
