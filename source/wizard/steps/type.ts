import { HOLDERS, type Holder, type HolderId, holderOf } from '../../kaltura/holders.js';
import type { SessionType } from '../../kaltura/ks/fields.js';
import { formatLifetime } from '../../kaltura/lifetime.js';
import type { TaskId } from '../../kaltura/privileges/tasks.js';
import { isLimitedByRole, roleOf } from '../../kaltura/risks/rule.js';
import { TYPE_MEANINGS } from '../../messages/key-meaning.js';
import { caution, danger, type Option, type Paragraph, plain } from '../../messages/paragraph.js';
import { type Field, form, type MenuOption, menu } from '../engine/build-screen.js';
import { type State, stay } from '../engine/state.js';
import { accountToConfirm, changeForm, type FormState, isAdminConfirmed } from '../form/form.js';
import { withSuggestedKey } from '../form/practice.js';
import { choosePurpose, isOwnChoice, neededKey, recipeOf } from '../form/purpose.js';
import { partnerIdOf, specOf } from '../form/reading.js';

const PRACTICE_USER =
  'Practice suggests a USER key that lists and plays everything. An ADMIN key could also change and delete everything.';

const OWN_LOGIN =
  'If you are an administrator, the key can do everything in the account. Keep it to yourself, and never paste it into a ticket, a chat or a shared document.';

/** Returns the suggested type. In practice, this is USER for the user's own key, too. */
const suggestedType = ({ region }: FormState, holder: HolderId, type: SessionType): SessionType =>
  region === 'practice' && holder === 'me' ? 'USER' : type;

/** Checks whether the key itself is for a vendor, as in a saved profile. Otherwise a vendor gets an app token. */
const isVendorKey = ({ holder }: FormState): boolean => holder === 'vendor';

/** Says what the holder suggests. A login decides the type, so that the holder suggests only lifetime and privileges. */
function holderHint(form: FormState, { id, suggests: { type, lifetime } }: Holder): string {
  if (id === 'vendor' && !isVendorKey(form)) return 'creates an app token for them';
  return `suggests ${form.method === 'login' ? '' : `${suggestedType(form, id, type)}, `}${formatLifetime(lifetime)}`;
}

/** Explains the choice for the user's own key. With a login, the server decides the type. */
function ownAdvice({ method, region }: FormState, { advice }: Holder): string {
  if (method === 'login') return OWN_LOGIN;
  return region === 'practice' ? PRACTICE_USER : advice;
}

const holderOptions = (form: FormState): Option[] =>
  HOLDERS.map((holder) => ({
    value: holder.id,
    label: holder.label,
    hint: holderHint(form, holder),
    detail: holder.id === 'me' ? ownAdvice(form, holder) : holder.advice,
  }));

/** The task that the privileges step suggests. */
const SUGGESTED_TASK: Readonly<Record<HolderId, TaskId>> = {
  me: 'nothing',
  server: 'role',
  browser: 'play-only',
  vendor: 'nothing',
};

const MAKE_TOKEN = plain('To create an app token, choose “A vendor or another team”.');

const userOption = (): Option => ({
  value: 'USER',
  label: 'USER',
  hint: TYPE_MEANINGS.USER,
  detail:
    'Lists only the content of its user and can do what an ordinary user can. Privileges extend or limit that. Use this type if other people could see the key.',
});
const adminOption = (): Option => ({
  value: 'ADMIN',
  label: 'ADMIN',
  hint: TYPE_MEANINGS.ADMIN,
  detail: 'Can read, change and delete all content, users and settings, and can read the account’s permanent secrets.',
  tone: 'caution',
});

const DECIDED: Readonly<Record<string, Paragraph>> = {
  login: caution('The login decides the type: ADMIN for an administrator of the account, otherwise USER.'),
  'app-token': caution(
    'The app token can set the type. The key may then have more permissions than you choose here. If so, the result screen tells you.',
  ),
};

/** Chooses the holder, who suggests the values of the next steps. Typed values stay. A vendor gets an app token. */
function chooseHolder(state: State, value: string): State {
  const holder = value as HolderId;
  if (holder === markedHolder(state.form)) return state;
  if (holder === 'vendor') return { ...state, form: choosePurpose(state.form, 'vendor') };
  const own = state.form.purpose === 'vendor' ? choosePurpose(state.form, 'other') : state.form;
  const { suggests } = holderOf(holder);
  const task = own.privileges === '' ? { task: SUGGESTED_TASK[holder] } : {};
  const change = { holder, type: suggests.type, lifetime: String(suggests.lifetime), ...task };
  const form = changeForm(own, change);
  return { ...state, form: form.region === 'practice' ? withSuggestedKey(form) : form };
}

const markedHolder = ({ purpose, holder }: FormState): HolderId => (purpose === 'vendor' ? 'vendor' : holder);

function typeFields({ form: typed }: State): Field[] {
  const holder: Field = {
    kind: 'choice',
    id: 'holder',
    label: 'Who',
    value: markedHolder(typed),
    options: holderOptions(typed),
    change: chooseHolder,
  };
  if (typed.method === 'login' || typed.purpose === 'vendor') return [holder];
  const options =
    typed.holder === 'me' && typed.region !== 'practice'
      ? [adminOption(), userOption()]
      : [userOption(), adminOption()];
  return [holder, { kind: 'choice', id: 'type', label: 'Type', value: typed.type, options }];
}

const LISTS_NOTHING = caution('A USER key can list nothing until you add a user or a privilege in the next steps.');

/** Checks whether the answers so far lead to a key that can list nothing. */
const needsMore = ({ method, type, task, userId, privileges }: FormState): boolean =>
  method !== 'login' && type === 'USER' && task === 'nothing' && userId.trim() === '' && privileges === '';

export const type = form({
  step: { id: 'type', number: 4, isNeeded: (typed) => isOwnChoice(typed) },
  fields: typeFields,
  view: ({ form: typed }) => {
    const decided = DECIDED[typed.method];
    return {
      question: 'Who will use this key?',
      ...(decided === undefined ? {} : { warnings: [decided] }),
      // One of the two, so that the list does not move while the mark goes through it.
      advice: needsMore(typed) ? [LISTS_NOTHING] : typed.method === 'app-token' ? [] : [MAKE_TOKEN],
      help: [
        `Your answer suggests ${typed.method === 'login' ? '' : 'the type, '}the lifetime and the privileges. You can change each of them.`,
        'An ADMIN key can read the account’s secrets, which only Kaltura can change. So anyone who has an ADMIN key for a minute can keep access to the account.',
        'If an end user could ever see the key (in a page, an app or a link), it must be a USER key.',
      ],
    };
  },
});

const isForOthers = ({ holder }: FormState): boolean => holder === 'browser' || holder === 'vendor';

/** Checks whether the product takes no USER key, as far as the sources say. */
const isAdminNeeded = (form: FormState): boolean =>
  neededKey(form)?.type === 'ADMIN' && recipeOf(form)?.key?.mayBeUser !== true;

const chooseUser: MenuOption = {
  value: 'USER',
  label: 'Create a USER key instead',
  choose: (state) => stay({ ...state, form: changeForm(state.form, { type: 'USER' }) }),
};

const chooseAdmin = (label: string): MenuOption => ({
  value: 'ADMIN',
  label,
  tone: 'danger',
  choose: (state) => stay({ ...state, form: changeForm(state.form, { adminMeantFor: accountToConfirm(state.form) }) }),
});

/** Offers the USER key first, unless the product takes none. */
function adminOptions(form: FormState): MenuOption[] {
  if (isAdminNeeded(form)) {
    return [chooseAdmin('Create the ADMIN key'), { ...chooseUser, hint: 'the use case doesn’t work with it' }];
  }
  return [
    chooseUser,
    chooseAdmin(isForOthers(form) ? 'Create an ADMIN key anyway' : 'Create an ADMIN key for my own use'),
  ];
}

/** Says what anyone who has the key can do. */
function adminDanger(form: FormState): string {
  const partner = `partner ${partnerIdOf(form) ?? ''}`;
  const plan = specOf(form);
  return isLimitedByRole(plan)
    ? `Only setrole:${roleOf(plan)} limits what anyone who has it can do in ${partner}.`
    : `Anyone who has it can read, change and delete all content, users and settings of ${partner}. They can also read the secrets of this account, its child accounts and the other accounts where its user is an administrator. Only Kaltura can change these secrets.`;
}

const COPIED_BY_VIEWERS = danger(
  'You said that a browser, an app or an end user will hold the key. Everyone who opens the page or app could copy it.',
);

export const admin = menu({
  step: {
    id: 'admin',
    number: 4,
    isNeeded: (form) =>
      form.purpose !== 'vendor' && form.method !== 'login' && form.type === 'ADMIN' && !isAdminConfirmed(form),
    isComplete: isAdminConfirmed,
  },
  options: (now) => adminOptions(now.form),
  view: ({ form }) => ({
    question: isAdminNeeded(form)
      ? 'This use case needs an ADMIN key'
      : 'An ADMIN key can do everything in this account',
    warnings: [
      ...(form.holder === 'browser' && !isAdminNeeded(form) ? [COPIED_BY_VIEWERS] : []),
      danger(adminDanger(form)),
      plain(
        isAdminNeeded(form) && isForOthers(form)
          ? 'Show the page to administrators only. Anyone who opens it can copy the key.'
          : 'Use it only on your own computers and servers, and don’t share it. Never put it in a page, an app, a ticket or a chat.',
      ),
    ],
    help: [
      'In a page or an app, anyone can read the key and use the account without limits.',
      'With an ADMIN key, one call (partner.getInfo) returns the Administrator Secret and the User Secret of the account. Only Kaltura can change them, so a leaked ADMIN key can give permanent access.',
      'A USER key with the right privileges is enough for most tasks: playing chosen entries, uploading, listing everything (list:*), editing chosen entries. You can also limit an ADMIN key with a role (setrole), whose permissions replace the administrator’s.',
    ],
  }),
});
