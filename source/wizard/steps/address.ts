import { readServiceUrl } from '../../kaltura/accounts/regions.js';
import type { Step } from '../engine/screen.js';
import { goTo, stay } from '../engine/state.js';
import { changeForm } from '../form/form.js';
import { isUnsafeServer, serviceUrlOf } from '../form/reading.js';

export const address: Step = {
  id: 'address',
  step: 1,
  isNeeded: (form) => form.region === 'own',
  isComplete: (form) => readServiceUrl(form.address).ok,
  view: ({ form }) => {
    const reading = readServiceUrl(form.address);
    return {
      question: 'What is the address of your Kaltura server?',
      controls: [
        {
          kind: 'text',
          id: 'address',
          label: 'Address',
          value: form.address,
          placeholder: 'https://video.example.com',
          problem: reading.ok ? null : reading.problem,
          ...(reading.ok ? { note: `calls go to ${reading.address.url}/api_v3` } : {}),
        },
      ],
      advice: [
        {
          tone: 'plain',
          text: 'The address where you open KMC, as it is: what follows the host (/api_v3, /index.php/kmcng) is cut off for you. A port may follow the host.',
        },
      ],
      help: [
        'A self-hosted Kaltura answers at the same host for KMC and for the API. Paste the address from your browser: only the host, and a port if there is one, are used.',
        'Use https. By plain http, anyone between this computer and the server could read your secret; the wizard then offers to sign the key on this computer, which sends nothing.',
        'If a certificate of your own organisation signs the server, point NODE_EXTRA_CA_CERTS to its file before you start kaltura-ks.',
      ],
    };
  },
};

export const plainHttp: Step = {
  id: 'plain-http',
  step: 1,
  isNeeded: isUnsafeServer,
  isComplete: (form) => form.method === 'local',
  view: ({ form, option }) => {
    const safe = serviceUrlOf(form, null).replace('http:', 'https:');
    return {
      question: 'This address is plain http: nothing secret can be sent to it',
      controls: [
        {
          kind: 'choice',
          id: 'option',
          label: 'Instead',
          value: option,
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
    if (state.option === 'address') return stay(goTo(state, 'address'));
    const change =
      state.option === 'local'
        ? ({ method: 'local' } as const)
        : { address: serviceUrlOf(state.form, null).replace('http:', 'https:') };
    return stay({ ...state, form: changeForm(state.form, change) });
  },
};
