import { readServiceUrl } from '../../kaltura/service-url.js';
import type { WalkScreen } from '../screen.js';

export const address: WalkScreen = {
  id: 'address',
  step: 1,
  applies: (draft) => draft.region === 'own',
  isComplete: (draft) => readServiceUrl(draft.address).ok,
  view: ({ draft }) => {
    const reading = readServiceUrl(draft.address);
    return {
      question: 'What is the address of your Kaltura server?',
      controls: [
        {
          kind: 'text',
          id: 'address',
          label: 'Address',
          value: draft.address,
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
