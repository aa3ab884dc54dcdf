import type { SignInMethod } from '../../kaltura/sign-in/key-spec.js';
import { caution, type Option, plain } from '../../messages/paragraph.js';
import { form } from '../engine/build-screen.js';
import { changeForm, type FormState } from '../form/form.js';
import { withSuggestedKey } from '../form/practice.js';
import { isUnsafeServer } from '../form/reading.js';

const METHODS: readonly (Option & { readonly value: SignInMethod })[] = [
  {
    value: 'server',
    label: 'Account secret, sent to the server',
    hint: 'the server checks it',
    detail:
      'Sends the partner ID and the secret to the server, which checks them and creates the key (session.start). Both are in KMC.',
  },
  {
    value: 'local',
    label: 'Account secret, used on this computer',
    hint: 'nothing is sent',
    detail:
      'Creates the key without a request. Needs the Administrator Secret, even for USER keys. If the secret is wrong, you won’t find out until you use the key.',
  },
  {
    value: 'login',
    label: 'Email and password',
    hint: 'your own permissions, no secret',
    detail:
      'Signs in as you do in KMC. The key has your permissions: ADMIN if you are an administrator of the account, otherwise USER.',
  },
  {
    value: 'app-token',
    label: 'App token',
    hint: 'limited, and can be deleted',
    detail:
      'Replaces the account secret for one purpose. An administrator creates it, limits what its keys can do, and can delete it at any time. Best for servers and vendors.',
  },
];

const VENDOR = caution(
  'Not your account? Don’t ask its owner for the secret: it gives full access, and only Kaltura can change it. Ask for a login or an app token of your own.',
);

const ONLY_LOCAL = caution(
  'The server’s URL uses http, so nothing secret can be sent to it. The key is signed on this computer.',
);

/** Practice suggests another key with a login or an app token, which decide its type or privileges. */
function withMethod(form: FormState, method: SignInMethod): FormState {
  const isNew = method !== form.method && form.region === 'practice';
  return isNew ? withSuggestedKey(changeForm(form, { method })) : changeForm(form, { method });
}

export const signIn = form({
  step: {
    id: 'sign-in',
    number: 2,
    isComplete: (typed) => !isUnsafeServer(typed) || typed.method === 'local',
  },
  fields: ({ form: typed }) => {
    const isLocalOnly = isUnsafeServer(typed);
    return [
      {
        kind: 'choice',
        id: 'method',
        label: 'Sign-in',
        value: isLocalOnly ? 'local' : typed.method,
        options: isLocalOnly ? METHODS.filter((method) => method.value === 'local') : METHODS,
        change: (state, value) => ({ ...state, form: withMethod(state.form, value as SignInMethod) }),
      },
    ];
  },
  view: ({ form: typed }) => ({
    question: 'How do you want to sign in?',
    advice: isUnsafeServer(typed) ? [ONLY_LOCAL] : typed.region === 'practice' ? [] : [VENDOR],
    help: [
      'With the account secret: for the administrators of an account and for their servers. KMC shows the secret.',
      'With email and password: the login can be blocked or removed, and its password can be changed. So it is a good choice for vendors and for developers who work for other accounts.',
      'To create an app token, sign in as an administrator. Then choose “A vendor or another team” when the wizard asks what the key is for.',
      'Never give the account secret to a vendor. Only Kaltura can change it. Users and app tokens can be blocked or deleted at any time.',
    ],
  }),
});

export const version = form({
  step: { id: 'version', number: 2, isNeeded: ({ method }) => method === 'local' },
  fields: ({ form: { ksVersion } }) => [
    {
      kind: 'choice',
      id: 'ksVersion',
      label: 'Version',
      value: ksVersion,
      options: [
        {
          value: '2',
          label: 'Version 2',
          hint: 'encrypted; works on every current server',
          detail:
            'Encrypted with the Administrator Secret. Without the secret, people can see only which account the key is for.',
        },
        {
          value: '1',
          label: 'Version 1',
          hint: 'only for servers from before October 2012',
          detail:
            'Signed, but not encrypted: anyone who has the key can read its user and privileges. A ; in one of them makes the key invalid.',
        },
      ],
    },
  ],
  view: () => ({
    question: 'Which key version?',
    advice: [plain('Every current server accepts both versions, whatever the account’s settings are.')],
    help: ['Choose version 2, unless you know that the server accepts only version 1.'],
  }),
});
