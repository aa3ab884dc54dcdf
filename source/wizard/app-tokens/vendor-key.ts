import { isSameKey } from '../../kaltura/sign-in/key-spec.js';
import { goTo, type State, stay, type Transition } from '../engine/state.js';
import { secretFieldOf, specOf } from '../form/reading.js';
import { currentKeyFor, type OpenedKey } from '../key/current-key.js';
import { openNeedsAdmin } from './needs-admin.js';
import { EMPTY_TOKEN_FORM, VENDOR_TOKEN_FORM } from './work.js';

/** Seconds. A key that expires sooner is replaced by a new one. */
const SHORTEST_REST = 120;

/** Checks whether the current key is an ADMIN key for these answers that is valid for long enough. */
export function hasVendorKey({ key, form, now, tokens }: State): boolean {
  if (key?.request == null || !tokens.isForVendor || !isSameKey(key.madeFor, specOf(form))) return false;
  const { signIn } = key.request;
  const used =
    signIn.method === 'login' ? signIn.password : signIn.method === 'app-token' ? signIn.token : signIn.secret;
  const { expiresAt } = key.made.facts;
  return used.equals(form[secretFieldOf(form)]) && expiresAt !== null && expiresAt - now / 1000 > SHORTEST_REST;
}

/** Opens the form of the token. Keeps what was typed before. */
export function openVendorForm(state: State): Transition {
  const { tokens } = state;
  const isUntouched = tokens.form === EMPTY_TOKEN_FORM;
  const form = isUntouched ? VENDOR_TOKEN_FORM : tokens.form;
  return stay(goTo(state, 'new-token', { tokens: { form, isForVendor: true, created: null, riskWord: '' } }));
}

/** Continues with the new ADMIN key, which is only used to create the token: it is not printed, also not at the end. */
export function describeTokenForVendor(state: State, opened: OpenedKey): Transition {
  if (opened.made.facts.type === 'USER') {
    return stay(openNeedsAdmin(state, 'This sign-in creates only USER keys. A USER key can’t create an app token.'));
  }
  const key = currentKeyFor(state, opened, { number: state.keyCount, isShown: false });
  return openVendorForm({ ...state, key, subject: 'key' });
}
