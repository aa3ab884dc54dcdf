import type { SignInMethod } from '../../kaltura/sign-in/key-spec.js';
import type { Option, Paragraph } from '../../messages/paragraph.js';
import { form } from '../engine/build-screen.js';
import { isUnsafeServer } from '../form/reading.js';

const METHODS: readonly (Option & { readonly value: SignInMethod })[] = [
  {
    value: 'server',
    label: 'Account secret, sent to the server',
    hint: 'the usual way: the server checks it',
  },
  {
    value: 'local',
    label: 'Account secret, signed on this computer',
    hint: 'nothing is sent',
  },
  {
    value: 'login',
    label: 'E-mail and password',
    hint: 'your own rights, no secret needed',
  },
  {
    value: 'app-token',
    label: 'App token',
    hint: 'a substitute that can be revoked',
  },
];

const VENDOR: Paragraph = {
  tone: 'caution',
  text: 'Not your own account? Never ask its owner for the secret: it cannot be changed, and access with it cannot be blocked. Ask for a login or an app token of your own.',
};

const ONLY_LOCAL: Paragraph = {
  tone: 'caution',
  text: 'The server answers by plain http only, so nothing secret can be sent to it: the key is signed here.',
};

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
      },
    ];
  },
  view: ({ form: typed }) => ({
    question: 'How do you prove that you may have a key?',
    advice: [isUnsafeServer(typed) ? ONLY_LOCAL : VENDOR],
    help: [
      'Account secret, sent to the server: for the administrators of an account, and for their servers. KMC shows the secret. The server makes the key (session.start) and checks the secret, the lifetime and most roles.',
      'Account secret, signed on this computer: the key is put together here and no request is made. It always takes the administrator secret, for USER keys as well. The server sees the key only when it is used, so a wrong secret shows only then. For work without a network, or to a server that is not reached from here.',
      'E-mail and password: the login that you use in KMC (user.loginByLoginId). The key has your own rights: ADMIN if you are an administrator of the account, else USER. A login can be blocked or removed and its password changed, so this is the way for vendors and developers of applications for other people’s accounts.',
      'App token: an administrator makes it once for one purpose, with its own type, privileges and lifetime, and can delete it. Then the sessions made from it end too. The best way for servers and for third parties. To make one here: make an ADMIN key for yourself, then press m on the result.',
      'Vendors and third parties should never be given the account secret, and should not ask for it: secret keys cannot be made anew or blocked, while users can be created, removed or blocked at any time.',
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
        { value: '2', label: 'Version 2', hint: 'encrypted: nobody reads what is in it without the secret' },
        {
          value: '1',
          label: 'Version 1',
          hint: 'for servers from before October 2012: user and privileges are readable',
        },
      ],
    },
  ],
  view: () => ({
    question: 'Which version of key?',
    advice: [
      { tone: 'plain', text: 'Every present server reads both, whatever the account is set to. Take version 2.' },
    ],
    help: [
      'A version 2 key is encrypted with the account’s administrator secret. Anyone can see which account it is for, and nothing else.',
      'A version 1 key is only signed: whoever holds it can read the user and the privileges in it, and a ; in them breaks it.',
    ],
  }),
});
