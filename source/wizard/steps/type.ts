import { HOLDERS, type HolderId, holderOf } from '../../kaltura/holders.js';
import type { TaskId } from '../../kaltura/privileges/tasks.js';
import type { Option, Paragraph } from '../../messages/paragraph.js';
import type { Step } from '../engine/screen.js';
import type { Control } from '../engine/view.js';
import { changeForm, type FormState } from '../form/form.js';

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

export const type: Step = {
  id: 'type',
  step: 4,
  isNeeded: () => true,
  isComplete: () => true,
  set: (state, control, value) => {
    if (control !== 'holder') return { ...state, form: changeForm(state.form, { [control]: value }) };
    const holder = value as HolderId;
    if (holder === state.form.holder) return state;
    // The answer suggests the values of the next steps; typed values stay.
    const { suggests } = holderOf(holder);
    const task = state.form.privileges === '' ? { task: SUGGESTED_TASK[holder] } : {};
    const change = { holder, type: suggests.type, lifetime: String(suggests.lifetime), ...task };
    return { ...state, form: changeForm(state.form, change) };
  },
  view: ({ form }) => {
    const holder: Control = {
      kind: 'choice',
      id: 'holder',
      label: 'Holder',
      value: form.holder,
      options: holderOptions(form),
    };
    const types: Control = {
      kind: 'choice',
      id: 'type',
      label: 'Type',
      value: form.type,
      options: form.holder === 'me' ? [ADMIN, USER] : [USER, ADMIN],
    };
    const decided = DECIDED[form.method];
    return {
      question: 'Who will hold this key?',
      controls: form.method === 'login' ? [holder] : [holder, types],
      ...(decided === undefined ? {} : { warnings: [decided] }),
      advice: [
        {
          tone: 'plain',
          text:
            form.method === 'login'
              ? 'The answer suggests lifetime and privileges; you can change them.'
              : 'The answer suggests type, lifetime and privileges; you can change each of them.',
        },
        ...holderOf(form.holder).advice.map((text) => ({ tone: 'plain' as const, text })),
        ...(TOKEN_HOLDERS.includes(form.holder) && form.method !== 'app-token' ? [MAKE_TOKEN] : []),
      ],
      help: [
        'A USER key acts as one user of the account, or as nobody in particular. In lists it sees that user’s own content only, and it may do what an ordinary user may. Privileges can widen or narrow that. This is the type for web pages, apps, players and anything that leaves your hands.',
        'An ADMIN key gives super-administrator rights over the whole account: it can read, change and delete all content, users and settings, and it can read the account’s permanent secrets, so whoever gets hold of it for a minute can keep the account for ever.',
        'If an end user could ever see the key (a page, an app, a link), it must be a USER key. An ADMIN key in such a place lets anyone misuse your account without limits.',
        ...HOLDERS.flatMap((holder) => [`${holder.label}: ${holder.advice.join(' ')}`]),
      ],
    };
  },
};
