import { regionLabel } from '../../kaltura/accounts/regions.js';
import { hostCaution } from '../../messages/host-caution.js';
import { caution, type Option } from '../../messages/paragraph.js';
import type { EnvAccount } from '../../profiles/env-account.js';
import { goTo, type State } from '../engine/state.js';
import { EMPTY_FORM, type FormState } from './form.js';
import { CREDENTIALS, credentialsFor, isUnsafeServer } from './reading.js';
import { startAnew } from './start-anew.js';

/** The value of the option. No profile has this name, because names have no surrounding blanks. */
export const ENV_ACCOUNT = ' env-account';

function serverText({ server }: EnvAccount): string {
  if (server === null) return 'region not named';
  return server.region === 'own' ? new URL(server.address).host : `region ${regionLabel(server.region)}`;
}

/** Offers the account of the `.env` file. */
export function envAccountOptions({ envAccount }: State): Option[] {
  if (envAccount === null) return [];
  const secret = envAccount.secret === null ? 'without a secret' : 'with its secret';
  return [
    {
      value: ENV_ACCOUNT,
      label: `Use ${envAccount.path}`,
      hint: `partner ${envAccount.partnerId}, ${serverText(envAccount)}, ${secret}`,
      detail: `Fills in the answers from the file ${envAccount.path}. You can change each one, and nothing is sent until you confirm on the review screen.`,
    },
  ];
}

/** Returns the answers of the file. All other answers are empty: a secret that was typed for another server must not stay. */
const formFrom = (account: EnvAccount): FormState => ({
  ...EMPTY_FORM,
  region: account.server?.region ?? EMPTY_FORM.region,
  address: account.server?.address ?? '',
  partnerId: account.partnerId,
  secret: account.secret ?? EMPTY_FORM.secret,
  userId: account.userId,
  task: account.privileges === '' ? 'nothing' : 'write',
  privileges: account.privileges,
  envAccount: account,
});

/** Fills in the answers of the `.env` file, and opens the first step that it doesn't answer. */
export function fillFromEnv(before: State): State {
  const { envAccount } = before;
  if (envAccount === null) return before;
  const form = formFrom(envAccount);
  const state: State = { ...startAnew(before), form, option: '' };
  if (envAccount.server === null) {
    const text = `The file ${envAccount.path} doesn’t name the region of the account. Choose it here.`;
    return { ...state, notice: caution(text) };
  }
  if (isUnsafeServer(form)) return goTo(state, 'plain-http');
  const missing = credentialsFor(form).find((name) => CREDENTIALS[name](form).problem !== null);
  const next = missing === undefined ? goTo(state, 'purpose') : goTo(state, 'credentials', { focusOn: missing });
  const warning = hostCaution(envAccount.path, form.address);
  return warning === null ? next : { ...next, notice: caution(warning) };
}

/** Returns the account whose file has the secret of the answers; null if the secret is not from a file. */
export function accountWithSecret({ form }: State): EnvAccount | null {
  return answersFromEnv(form).includes('account') ? form.envAccount : null;
}

/** Returns the state after the secret was removed from the file. */
export function withoutEnvSecret(state: State): State {
  const without = (account: EnvAccount | null) => (account === null ? null : { ...account, secret: null });
  return {
    ...state,
    envAccount: without(state.envAccount),
    form: { ...state.form, envAccount: without(state.form.envAccount) },
  };
}

/** The lines of the review that can have an answer of the file. */
export type EnvAnswer = 'region' | 'account' | 'user' | 'privileges';

/** Lists the answers that are still those of the file. */
export function answersFromEnv(form: FormState): readonly EnvAnswer[] {
  const { envAccount, region, address } = form;
  if (envAccount === null) return [];
  const { server, secret, userId, privileges } = envAccount;
  const hasSecret = form.method === 'server' || form.method === 'local';
  return [
    ...(server?.region === region && (region !== 'own' || server.address === address) ? (['region'] as const) : []),
    ...(hasSecret && envAccount.partnerId === form.partnerId.trim() && secret?.equals(form.secret) === true
      ? (['account'] as const)
      : []),
    ...(userId !== '' && userId === form.userId.trim() ? (['user'] as const) : []),
    ...(privileges !== '' && privileges === form.privileges ? (['privileges'] as const) : []),
  ];
}
