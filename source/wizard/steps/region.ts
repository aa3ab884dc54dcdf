import { readAddress } from '../../kaltura/accounts/hosts.js';
import {
  HOSTED_REGION_IDS,
  HOSTED_REGIONS,
  type RegionId,
  readServiceUrl,
  serviceUrlAt,
} from '../../kaltura/accounts/regions.js';
import { lookalikeText, singleWordText } from '../../messages/host-caution.js';
import { caution, type Option, type Paragraph, plain, upperFirst } from '../../messages/paragraph.js';
import { troubleText } from '../../messages/profile-troubles.js';
import type { Trouble } from '../../profiles/profile.js';
import { inColumns } from '../../terminal/width.js';
import { FIND_REGION, openFindRegion } from '../diagnosis/find-region.js';
import { EXPLAIN_ERROR, openPasted, openPasteError } from '../diagnosis/pasted-error.js';
import { type Field, form, menu, textField } from '../engine/build-screen.js';
import { goTo, type State, savedProfiles, stay } from '../engine/state.js';
import type { FieldOf } from '../engine/view.js';
import { ENV_ACCOUNT, envAccountOptions, fillFromEnv } from '../form/env-account.js';
import { changeForm } from '../form/form.js';
import { withPracticeAccount, withSuggestedKey } from '../form/practice.js';
import { isUnsafeServer } from '../form/reading.js';
import { openPaste } from '../key/pasted-key.js';

export const troubleParagraphs = (troubles: readonly Trouble[]): Paragraph[] =>
  troubles.map((trouble): Paragraph => caution(troubleText(trouble)));

export const PRACTICE: Option = {
  value: 'practice',
  label: 'Practice',
  hint: 'no account needed: try everything on this computer',
  detail:
    'A practice server with a practice account runs on this computer while the wizard is open. Nothing leaves this computer, and the keys work only here.',
};

const HOSTED_HINTS = inColumns(HOSTED_REGION_IDS.map((id) => [HOSTED_REGIONS[id].host, HOSTED_REGIONS[id].place]));

export const HOSTED: readonly Option[] = HOSTED_REGION_IDS.map((id, index) => ({
  value: id,
  label: HOSTED_REGIONS[id].label,
  hint: HOSTED_HINTS[index] ?? '',
  detail:
    'An account is in one region only, and most are in US. The URL of your KMC page (Kaltura’s web console) usually shows the region.',
}));

export const OWN: Option = {
  value: 'own',
  label: 'Self-hosted server…',
  hint: 'your own Kaltura server: enter its URL',
  detail: 'A Kaltura server that your organization runs. You need the URL of your KMC page (Kaltura’s web console).',
};

/** Returns the typed partner ID; '' for that of the practice account. */
const typedPartner = ({ form, setting }: State): string =>
  form.partnerId === setting.practiceAccount.partnerId ? '' : form.partnerId;

/** The options of the list that are no region. */
const isNoRegion = (value: string): boolean => value === FIND_REGION.value || value === ENV_ACCOUNT;

const chooseRegion = (state: State, value: string): State =>
  isNoRegion(value)
    ? { ...state, option: value }
    : { ...state, option: '', form: changeForm(state.form, { region: value as RegionId }) };

export const region = form({
  step: { id: 'region', number: 1 },
  fields: (state) => [
    {
      kind: 'choice',
      id: 'region',
      label: 'Region',
      value: isNoRegion(state.option) ? state.option : state.form.region,
      options: [...envAccountOptions(state), PRACTICE, ...HOSTED, FIND_REGION, OWN],
      change: chooseRegion,
    },
  ],
  view: (state) => ({
    ...(savedProfiles(state).length === 0
      ? {
          escape: state.earlierKey === null && state.making.detour !== 'region' ? 'quit' : 'back',
          lead: 'A Kaltura session (KS) is the key that most Kaltura API calls need. This takes about a minute. Nothing is sent until you confirm on the review screen.',
        }
      : {}),
    question: 'Which region is your account in?',
    // Home shows these if there are saved profiles.
    warnings: savedProfiles(state).length === 0 ? troubleParagraphs(state.troubles) : [],
    help: [
      'A Kaltura session (KS), or key for short, is a signed text. It says which account it is for (the partner ID), which user, whether it is a USER or an ADMIN key, what else it can do (its privileges), and when it expires.',
      'The wizard has seven short steps. Each one explains its options. Then it creates the key and shows it. You can copy or save the key.',
      'A region is the Kaltura installation that holds your account. Other regions don’t know the account and answer as if it were blocked. Your credentials are sent to the region that you choose, so choose only a region that can have your account.',
      'KMC (Kaltura Management Console) is Kaltura’s web console, where you manage your videos. If you open it at a URL of your own organization, ask your administrator whether Kaltura is self-hosted.',
      'Do you have a key already, or an error code or message? Close this help and paste it. Or press i to enter a key, or x to enter an error.',
      'No account yet? Practice needs none. For real keys you need a Kaltura account. Kaltura offers a free trial on its website.',
    ],
    actions: [{ key: 'i', id: 'inspect', label: 'explain key' }, EXPLAIN_ERROR],
  }),
  act: (state, action) => stay(action === EXPLAIN_ERROR.id ? openPasteError(state) : openPaste(state)),
  paste: openPasted,
  submit: (state) => {
    if (state.option === ENV_ACCOUNT) return stay(fillFromEnv(state));
    if (state.option === FIND_REGION.value) return openFindRegion(state, 'region', typedPartner(state));
    const form = withSuggestedKey(withPracticeAccount(state.form, state.setting.practiceAccount));
    const next = { ...state, form };
    return next.form.region === 'practice' ? stay(next, { do: 'open-practice' }) : stay(next);
  },
});

/** Warns about a path, which is kept: a Kaltura server can be in a folder. */
function pathNotes(typed: string): Pick<FieldOf<string>, 'warning'> {
  const reading = readServiceUrl(typed);
  const path = reading.ok ? new URL(reading.address.url).pathname.replace(/\/$/, '') : '';
  return path === ''
    ? {}
    : { warning: `The URL keeps the path ${path}. Most servers need none: remove it if you are not sure.` };
}

/** Describes the region that a typed address leads to. Warns about a host of Kaltura's that shows none, and one that looks like another. */
export function addressNotes(typed: string): Pick<FieldOf<string>, 'note' | 'warning'> {
  const reading = readAddress(typed);
  switch (reading.kind) {
    case 'region': {
      const { label, host } = HOSTED_REGIONS[reading.region];
      return { note: `region ${label}, API: ${host}` };
    }
    case 'unknown':
      return { warning: `${reading.host} belongs to Kaltura, but doesn’t show the region. Is it the API’s URL?` };
    case 'lookalike':
      return { warning: upperFirst(lookalikeText(reading)) };
    case 'single-word':
      return { warning: upperFirst(singleWordText(reading.host)) };
    default:
      return pathNotes(typed);
  }
}

function serverAddressField(value: string): Field {
  const reading = readServiceUrl(value);
  const field = { id: 'address', label: 'URL', value, placeholder: 'for example https://video.example.com' };
  if (!reading.ok) return textField({ ...field, problem: reading.problem });
  return textField({
    ...field,
    problem: null,
    note: `API: ${reading.address.url}/api_v3`,
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
    question: 'What is the URL of your Kaltura server?',
    advice: [
      plain(
        'Paste the URL of your KMC page from the browser. /index.php and /api_v3 are removed, with everything after them.',
      ),
    ],
    help: [
      'A self-hosted Kaltura uses the same host for KMC and for the API. Paste the URL from your browser.',
      'If you paste a URL of one of Kaltura’s regions (KMC, the API or a player), the wizard uses that region.',
      'Use https. With http, anyone on the network could read your secret. The wizard then offers to sign the key on this computer, which sends nothing.',
      'If your organization signs its own certificates, set NODE_EXTRA_CA_CERTS to the certificate file before you start kaltura-ks.',
    ],
  }),
  submit: (state) => {
    const reading = readAddress(state.form.address);
    if (reading.kind !== 'region') return stay(state);
    return stay({ ...state, form: changeForm(state.form, { region: reading.region, address: '' }) });
  },
});

/** Returns the `https` URL of a server with plain http. */
const httpsUrlOf = ({ form }: State): string => serviceUrlAt(form, null).replace('http:', 'https:');

export const plainHttp = menu({
  step: { id: 'plain-http', number: 1, isNeeded: isUnsafeServer, isComplete: ({ method }) => method === 'local' },
  label: 'Instead',
  options: (now) => [
    {
      value: 'https',
      label: `Use ${httpsUrlOf(now)}`,
      hint: 'most servers support it',
      choose: (state) => stay({ ...state, form: changeForm(state.form, { address: httpsUrlOf(state) }) }),
    },
    {
      value: 'local',
      label: 'Sign the key on this computer',
      hint: 'nothing is sent',
      choose: (state) => stay({ ...state, form: changeForm(state.form, { method: 'local' }) }),
    },
    { value: 'address', label: 'Enter another URL', choose: (state) => stay(goTo(state, 'address')) },
  ],
  view: () => ({
    question: 'This URL uses http, which is not encrypted',
    warnings: [
      caution(
        'Anyone on the network could read your secret. Only Kaltura can change the secret, so they would keep access to the account.',
      ),
    ],
    help: [
      'kaltura-ks sends secrets, passwords and tokens only by https. The only exception is a server on this computer.',
      'A key that is signed on this computer is the same kind of key. It needs the partner ID and the secret, and no request is sent. When you use the key with http, others can read it, so keep its lifetime short.',
    ],
  }),
});
