import { HOLDERS, type HolderId, holderOf } from '../../kaltura/holders.js';
import type { TaskId } from '../../kaltura/privileges/tasks.js';
import type { Option, Paragraph } from '../../messages/paragraph.js';
import { type Field, form, menu } from '../engine/build-screen.js';
import { type State, stay } from '../engine/state.js';
import { accountToConfirm, changeForm, type FormState, isAdminConfirmed } from '../form/form.js';
import { partnerIdOf } from '../form/reading.js';

/** Lists the holders. A login decides the type, so they suggest only lifetime and privileges. */
const holderOptions = (form: FormState): Option[] =>
  HOLDERS.map(({ id, label, line }) => ({
    value: id,
    label,
    hint: form.method === 'login' && id === 'me' ? 'your own rights, 24 hours' : line,
  }));

/** The task that the privileges step suggests. */
const SUGGESTED_TASK: Readonly<Record<HolderId, TaskId>> = {
  me: 'nothing',
  server: 'nothing',
  browser: 'play-only',
  vendor: 'nothing',
};

/** Holders that should not get the secret, and the alternative. */
const TOKEN_HOLDERS: readonly HolderId[] = ['server', 'vendor'];

const MAKE_TOKEN: Paragraph = {
  tone: 'plain',
  text: 'An app token can be made here: make an ADMIN key for yourself first, then press m on the result.',
};

const USER: Option = { value: 'USER', label: 'USER', hint: 'acts as one user: its own content, and what you add' };
const ADMIN: Option = {
  value: 'ADMIN',
  label: 'ADMIN',
  hint: 'everything in the account, its settings and secrets included',
  tone: 'caution',
};

const DECIDED: Readonly<Record<string, Paragraph>> = {
  login: {
    tone: 'caution',
    text: 'The login decides the type: ADMIN if the user is an administrator of the account, else USER. It cannot be chosen here.',
  },
  'app-token': {
    tone: 'caution',
    text: 'The app token may fix the type. Then that wins over your choice, and the key can be stronger than you asked: the result will say so.',
  },
};

/** Chooses the holder, who suggests the values of the next steps. Typed values stay. */
function chooseHolder(state: State, value: string): State {
  const holder = value as HolderId;
  if (holder === state.form.holder) return state;
  const { suggests } = holderOf(holder);
  const task = state.form.privileges === '' ? { task: SUGGESTED_TASK[holder] } : {};
  const change = { holder, type: suggests.type, lifetime: String(suggests.lifetime), ...task };
  return { ...state, form: changeForm(state.form, change) };
}

function typeFields({ form: typed }: State): Field[] {
  const holder: Field = {
    kind: 'choice',
    id: 'holder',
    label: 'Holder',
    value: typed.holder,
    options: holderOptions(typed),
    change: chooseHolder,
  };
  if (typed.method === 'login') return [holder];
  const options = typed.holder === 'me' ? [ADMIN, USER] : [USER, ADMIN];
  return [holder, { kind: 'choice', id: 'type', label: 'Type', value: typed.type, options }];
}

export const type = form({
  step: { id: 'type', number: 4 },
  fields: typeFields,
  view: ({ form: typed }) => {
    const decided = DECIDED[typed.method];
    return {
      question: 'Who will hold this key?',
      ...(decided === undefined ? {} : { warnings: [decided] }),
      advice: [
        {
          tone: 'plain',
          text:
            typed.method === 'login'
              ? 'The answer suggests lifetime and privileges; you can change them.'
              : 'The answer suggests type, lifetime and privileges; you can change each of them.',
        },
        ...holderOf(typed.holder).advice.map((text) => ({ tone: 'plain' as const, text })),
        ...(TOKEN_HOLDERS.includes(typed.holder) && typed.method !== 'app-token' ? [MAKE_TOKEN] : []),
      ],
      help: [
        'A USER key acts as one user of the account, or as nobody in particular. In lists it sees that user’s own content only, and it may do what an ordinary user may. Privileges can widen or narrow that. This is the type for web pages, apps, players and anything that leaves your hands.',
        'An ADMIN key gives super-administrator rights over the whole account: it can read, change and delete all content, users and settings, and it can read the account’s permanent secrets, so whoever gets hold of it for a minute can keep the account for ever.',
        'If an end user could ever see the key (a page, an app, a link), it must be a USER key. An ADMIN key in such a place lets anyone misuse your account without limits.',
        ...HOLDERS.flatMap((holder) => [`${holder.label}: ${holder.advice.join(' ')}`]),
      ],
    };
  },
});

const isForOthers = ({ holder }: FormState): boolean => holder === 'browser' || holder === 'vendor';

export const admin = menu({
  step: {
    id: 'admin',
    number: 4,
    isNeeded: (form) => form.method !== 'login' && form.type === 'ADMIN' && !isAdminConfirmed(form),
    isComplete: isAdminConfirmed,
  },
  options: (now) => [
    {
      value: 'USER',
      label: 'Make it a USER key instead',
      choose: (state) => stay({ ...state, form: changeForm(state.form, { type: 'USER' }) }),
    },
    {
      value: 'ADMIN',
      label: isForOthers(now.form) ? 'I know what that means: ADMIN' : 'I will keep it to myself: ADMIN',
      tone: 'danger',
      choose: (state) =>
        stay({ ...state, form: changeForm(state.form, { adminMeantFor: accountToConfirm(state.form) }) }),
    },
  ],
  view: ({ form }) => ({
    question: 'An ADMIN key opens everything',
    warnings: [
      {
        tone: 'danger',
        text: `Whoever holds it can read, change and delete all content, users and settings of partner ${partnerIdOf(form) ?? ''}, and can read the secrets of the account, its child accounts and the login’s other accounts.`,
      },
      {
        tone: 'caution',
        text: 'Keep it on servers and in your own hands: never in a web page, an app, a ticket or a chat.',
      },
    ],
    help: [
      'ADMIN keys give super-administrator rights. In a page or an app, anyone who looks can take the key and use the account without restriction.',
      'With an ADMIN key, one call (partner.getInfo) returns the account’s administrator and user secrets. They cannot be changed. So an ADMIN key that leaks for a minute is an account that leaks for ever.',
      'A USER key with the right privileges does most jobs: play chosen entries, upload, list everything (list:*), edit chosen entries. An ADMIN key with a narrow role (setrole) is a middle way: the role replaces the administrator’s rights.',
    ],
  }),
});
