import { menu } from '../engine/build-screen.js';
import { stay } from '../engine/state.js';
import { accountToConfirm, changeForm, type FormState, isAdminConfirmed } from '../form/form.js';
import { partnerIdOf } from '../form/reading.js';

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
        text: `Whoever holds it can read, change and delete all content, users and settings of partner ${partnerIdOf(form) ?? ''}, and can read the account’s secrets, which never end.`,
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
