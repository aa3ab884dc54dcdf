import { readServiceUrl } from '../../kaltura/accounts/regions.js';
import { form, menu, textField } from '../engine/build-screen.js';
import { goTo, type State, stay } from '../engine/state.js';
import { changeForm } from '../form/form.js';
import { isUnsafeServer, serviceUrlOf } from '../form/reading.js';

export const address = form({
  step: {
    id: 'address',
    number: 1,
    isNeeded: ({ region }) => region === 'own',
    isComplete: (typed) => readServiceUrl(typed.address).ok,
  },
  fields: (state) => {
    const value = state.form.address;
    const reading = readServiceUrl(value);
    const field = { id: 'address', label: 'Address', value, placeholder: 'https://video.example.com' };
    return reading.ok
      ? [textField({ ...field, problem: null, note: `calls go to ${reading.address.url}/api_v3` })]
      : [textField({ ...field, problem: reading.problem })];
  },
  view: () => ({
    question: 'What is the address of your Kaltura server?',
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
  }),
});

/** Returns the `https` URL of a server with plain http. */
const httpsUrlOf = ({ form }: State): string => serviceUrlOf(form, null).replace('http:', 'https:');

export const plainHttp = menu({
  step: { id: 'plain-http', number: 1, isNeeded: isUnsafeServer, isComplete: ({ method }) => method === 'local' },
  label: 'Instead',
  options: (now) => [
    {
      value: 'https',
      label: `Use ${httpsUrlOf(now)}`,
      hint: 'most servers answer there as well',
      choose: (state) => stay({ ...state, form: changeForm(state.form, { address: httpsUrlOf(state) }) }),
    },
    {
      value: 'local',
      label: 'Sign the key on this computer',
      hint: 'nothing is sent at all',
      choose: (state) => stay({ ...state, form: changeForm(state.form, { method: 'local' }) }),
    },
    { value: 'address', label: 'Type another address', choose: (state) => stay(goTo(state, 'address')) },
  ],
  view: () => ({
    question: 'This address is plain http: nothing secret can be sent to it',
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
  }),
});
