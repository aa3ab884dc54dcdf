import { readAddress } from '../../kaltura/accounts/hosts.js';
import { HOSTED_REGIONS, type HostedRegionId, type RegionId, readServiceUrl } from '../../kaltura/accounts/regions.js';
import type { Option, Paragraph } from '../../messages/paragraph.js';
import { troubleText } from '../../messages/profile-troubles.js';
import type { Trouble } from '../../profiles/profile.js';
import { openFindRegion } from '../diagnosis/find-region.js';
import { type Field, form, menu, textField } from '../engine/build-screen.js';
import { goTo, type State, savedProfiles, stay } from '../engine/state.js';
import type { FieldOf } from '../engine/view.js';
import { changeForm } from '../form/form.js';
import { withPracticeAccount } from '../form/practice.js';
import { isUnsafeServer, serviceUrlOf } from '../form/reading.js';
import { openPaste } from '../key/paste.js';

export const troubleParagraphs = (troubles: readonly Trouble[]): Paragraph[] =>
  troubles.map((trouble): Paragraph => ({ tone: 'caution', text: troubleText(trouble) }));

export const PRACTICE: Option = {
  value: 'practice',
  label: 'Practice on this computer',
  hint: 'no account needed: learn the steps',
};

export const HOSTED: readonly Option[] = (Object.keys(HOSTED_REGIONS) as HostedRegionId[]).map((id) => ({
  value: id,
  label: `${HOSTED_REGIONS[id].label}   ${HOSTED_REGIONS[id].host}`,
  hint: HOSTED_REGIONS[id].place,
}));

export const OWN: Option = { value: 'own', label: 'My own server…', hint: 'or the address of your KMC page' };

/** Returns the typed partner ID; '' for that of the practice account. */
const typedPartner = ({ form, setting }: State): string =>
  form.partnerId === setting.practiceAccount.partnerId ? '' : form.partnerId;

/** Offers to find the region by the partner ID. */
export const FIND_REGION: Option = {
  value: 'unknown',
  label: 'I don’t know',
  hint: 'all six can be asked',
};

const chooseRegion = (state: State, value: string): State =>
  value === FIND_REGION.value
    ? { ...state, option: value }
    : { ...state, option: '', form: changeForm(state.form, { region: value as RegionId }) };

export const region = form({
  step: { id: 'region', number: 1 },
  fields: (state) => [
    {
      kind: 'choice',
      id: 'region',
      label: 'Region',
      value: state.option === FIND_REGION.value ? FIND_REGION.value : state.form.region,
      options:
        savedProfiles(state).length === 0
          ? [PRACTICE, ...HOSTED, FIND_REGION, OWN]
          : [...HOSTED, FIND_REGION, OWN, PRACTICE],
      change: chooseRegion,
    },
  ],
  view: (state) => ({
    ...(savedProfiles(state).length === 0
      ? {
          escape: 'quit',
          lead: 'A Kaltura session key (KS) in a few steps. Nothing is sent before the review says so.',
        }
      : {}),
    question: 'Where does your account live?',
    // Home shows these if there are saved profiles.
    warnings: savedProfiles(state).length === 0 ? troubleParagraphs(state.troubles) : [],
    advice: [
      {
        tone: 'plain',
        text: 'An account lives in one region only. Most live in US; the address where you sign in to KMC, Kaltura’s web console, often tells.',
      },
    ],
    help: [
      'A Kaltura session key (KS) is what every call to the Kaltura API needs. It is a signed text which says which account it is for (the partner ID), which user, whether it is a USER or an ADMIN key, what else it may do (its privileges), and when it ends.',
      'This wizard asks seven short questions, each with the advice that belongs to it, then makes the key, shows it, and copies or saves it if you want.',
      'The region is the Kaltura installation that holds your account. Another region does not know it, and answers as if the account were blocked. Nothing is lost by a wrong choice but a try: only choose regions that may hold your account, for your credentials go there.',
      'KMC is the web console of Kaltura (also called Rich Media CMS): the place where you manage your videos. If you sign in at an address of your own organisation, ask who set it up whether Kaltura is self-hosted.',
      'If you do not know the region, all six can be asked which of them knows your partner ID: nothing secret is sent for that. A key that you have already can be explained (i).',
      'No account yet? Practice needs none: a pretend Kaltura runs on this computer while the wizard does, and nothing leaves the computer. For real keys you need a publisher account; Kaltura offers a free trial on its web site.',
    ],
    actions: [{ key: 'i', id: 'inspect', label: 'explain a key' }],
  }),
  act: (state) => stay(openPaste(state)),
  submit: (state) => {
    if (state.option === FIND_REGION.value) return openFindRegion(state, 'region', typedPartner(state));
    const next = { ...state, form: withPracticeAccount(state.form, state.setting.practiceAccount) };
    return next.form.region === 'practice' ? stay(next, { do: 'open-practice' }) : stay(next);
  },
});

/** Describes the region that a typed address leads to. Warns about a host of Kaltura's that shows none. */
export function addressNotes(typed: string): Pick<FieldOf<string>, 'note' | 'warning'> {
  const reading = readAddress(typed);
  switch (reading.kind) {
    case 'region': {
      const { label, host } = HOSTED_REGIONS[reading.region];
      return { note: `this is the region ${label}: calls go to ${host}` };
    }
    case 'unknown':
      return { warning: `${reading.host} belongs to Kaltura, but doesn’t show the region. Is it the API’s address?` };
    default:
      return {};
  }
}

function serverAddressField(value: string): Field {
  const reading = readServiceUrl(value);
  const field = { id: 'address', label: 'Address', value, placeholder: 'https://video.example.com' };
  if (!reading.ok) return textField({ ...field, problem: reading.problem });
  return textField({
    ...field,
    problem: null,
    note: `calls go to ${reading.address.url}/api_v3`,
    ...addressNotes(value),
  });
}

export const address = form({
  step: {
    id: 'address',
    number: 1,
    isNeeded: ({ region }) => region === 'own',
    isComplete: (typed) => readServiceUrl(typed.address).ok,
  },
  fields: (state) => [serverAddressField(state.form.address)],
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
      'An address of one of Kaltura’s regions (KMC, the API or a player) stands for that region.',
      'If a certificate of your own organisation signs the server, point NODE_EXTRA_CA_CERTS to its file before you start kaltura-ks.',
    ],
  }),
  submit: (state) => {
    const reading = readAddress(state.form.address);
    if (reading.kind !== 'region') return stay(state);
    return stay({ ...state, form: changeForm(state.form, { region: reading.region, address: '' }) });
  },
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
