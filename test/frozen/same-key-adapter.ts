/**
 * The only file of the frozen set that imports the program. It calls the functions that decide "is it the same key?" for a pair in
 * plain JSON. If the code moves, change this file, but not the pairs or the recorded decisions.
 */
import { isUnchanged, type SourcedSpec, specForProfile } from '../../source/commands/answers/spec-from-flags.js';
import { isSameKs } from '../../source/kaltura/ks/peek.js';
import { Secret } from '../../source/kaltura/secret.js';
import { compareWithRequest } from '../../source/kaltura/sessions/compare.js';
import type { MadeKey } from '../../source/kaltura/sign-in/key-request.js';
import { isSameAccount, type KeySpec } from '../../source/kaltura/sign-in/key-spec.js';
import { PRACTICE_ACCOUNT } from '../../source/practice/practice-account.js';
import type { Profile } from '../../source/profiles/profile.js';
import { specOfProfile } from '../../source/profiles/profile-spec.js';
import { readProfile } from '../../source/profiles/record.js';
import { acceptsKeyOf, isSameProfile, keepsSameKey } from '../../source/profiles/same-profile.js';
import { planSave, secretsToWrite } from '../../source/profiles/save.js';
import type { State } from '../../source/wizard/engine/state.js';
import { changeForm, type FormState, isAdminConfirmed } from '../../source/wizard/form/form.js';
import { formOf, isKeyOfForm, profileOf } from '../../source/wizard/form/profile.js';
import { requestOf, specOf } from '../../source/wizard/form/reading.js';
import { EMPTY_SOURCE_FORM } from '../../source/wizard/form/secret-source.js';
import { validSpec } from '../commands/valid-spec.js';
import { NOW, type Pair, type PlainProfile } from './key-pairs.js';

/** Computes the value once for each argument, because many decisions read the same profile. */
function once<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}

const profileIn = once((plain: PlainProfile): Profile => {
  // A record must contain a key without the spaces that a user may copy with it.
  const ks = plain.keptKey?.ks?.replaceAll(' ', '') ?? null;
  const keptKey = plain.keptKey && { ...plain.keptKey, ks };
  const reading = readProfile({ ...plain, keptKey, schemaVersion: 1 });
  if (reading.kind !== 'profile') throw new Error(`No profile: ${JSON.stringify(reading)}`);
  return reading.profile;
});

const draftIn = once((profile: Profile): FormState => formOf(profile, PRACTICE_ACCOUNT));

/** Returns the answers of the second profile, with the typed answers instead of some of them. */
function typedDraft(profile: Profile, typed: Pair['typed']): FormState {
  const draft = draftIn(profile);
  return changeForm(draft, { ...typed, ...(typed.otherLifetime === undefined ? {} : { lifetime: 'other' }) });
}

const specIn = once((profile: Profile): KeySpec => specOfProfile(profile));
const ownSpecIn = once((profile: Profile): KeySpec => specForProfile(profile));

/** Returns the request of a command with the second profile, and the typed answers as flags. */
function sourcedSpec(profile: Profile, typed: Pair['typed']): SourcedSpec {
  const { partnerId, userId, loginId, tokenId, otherLifetime } = typed;
  const flags = {
    partner: partnerId,
    user: userId,
    'login-id': loginId,
    'app-token-id': tokenId,
    expiry: otherLifetime,
  };
  return validSpec(profile, { ...flags, method: profile.method }, {});
}

/** Returns the state of the wizard right before it replaces a profile with the draft. */
const stateOf = (before: Profile, draft: FormState, secretSource: Profile['secretSource']): State =>
  ({
    form: draft,
    now: NOW * 1000,
    profiles: [before],
    profileName: before.name,
    setting: { practiceAccount: PRACTICE_ACCOUNT },
    key: null,
    profileFlow: {
      newName: before.name,
      includesKey: false,
      source: { ...EMPTY_SOURCE_FORM, kind: secretSource.kind, text: 'A' },
    },
  }) as unknown as State;

const madeIn = ({ savedKey }: Profile): MadeKey =>
  savedKey === null
    ? {
        ks: new Secret('djJ8'),
        facts: { partnerId: null, userId: null, type: null, privileges: null, expiresAt: null },
        confirmedBy: null,
      }
    : { ...savedKey, ks: savedKey.ks ?? new Secret('djJ8') };

const NO_NEW_ENTRIES: ReadonlyMap<'secret' | 'key', string> = new Map();

/** The decisions about a pair. The names are keys of same-key.json. */
export const DECISIONS: Readonly<Record<string, (pair: Pair) => boolean>> = {
  'the profiles are equal in every field': ({ one, other }) => isSameProfile(profileIn(one), profileIn(other)),
  'a secret of the one is a secret of the other': ({ one, other }) =>
    isSameAccount(specIn(profileIn(one)), specIn(profileIn(other))),
  'a key made for the one can be kept with the other': ({ one, other }) =>
    acceptsKeyOf(profileIn(one), profileIn(other)),
  'both keep the very same key': ({ one, other }) => keepsSameKey(profileIn(one), profileIn(other)),
  'the saved key serves the answers of a command': ({ one, other, typed }) =>
    isUnchanged({ ...sourcedSpec(profileIn(other), typed), own: ownSpecIn(profileIn(one)) }),
  'the saved secret serves the answers of a command': ({ one, other, typed }) =>
    isSameAccount(ownSpecIn(profileIn(one)), sourcedSpec(profileIn(other), typed).spec),
  'the key on the screen is what the answers ask for': ({ one, other, typed }) =>
    isKeyOfForm({
      form: typedDraft(profileIn(other), typed),
      key: { madeFor: specOf(draftIn(profileIn(one))) },
    } as unknown as State),
  'the wizard keeps the saved key when it saves the changed answers': ({ one, other, typed }) => {
    const [before, after] = [profileIn(one), profileIn(other)];
    return profileOf(stateOf(before, typedDraft(after, typed), after.secretSource)).savedKey !== null;
  },
  'saving keeps the stored secret': ({ one, other }) => {
    const [before, after] = [profileIn(one), profileIn(other)];
    const { replaced } = planSave({ profile: after, replace: true, secret: 'present' }, before, NO_NEW_ENTRIES);
    const isSameKind = before.secretSource.kind === after.secretSource.kind;
    return (
      isSameKind && isSameAccount(specIn(before), specIn(after)) && !replaced.some(({ of }) => of.what === 'secret')
    );
  },
  'saving keeps a key': ({ one, other }) => {
    const newToken = { profile: profileIn(other), replace: true, secret: null };
    const ids = new Map([...secretsToWrite(newToken).keys()].map((what) => [what, `new entry of the ${what}`]));
    return planSave(newToken, profileIn(one), ids).saved.savedKey !== null;
  },
  'accepted risks still count after the change': ({ one, other, typed }) => {
    const draft: FormState = { ...draftIn(profileIn(one)), acceptedRisks: ['admin-type'] };
    const { acceptedRisks: _, riskWord: __, ...change } = typedDraft(profileIn(other), typed);
    return changeForm(draft, change).acceptedRisks.length > 0;
  },
  'ADMIN is still confirmed after the change': ({ one, other, typed }) => {
    const { adminMeantFor } = draftIn(profileIn(one));
    return isAdminConfirmed({ ...typedDraft(profileIn(other), typed), adminMeantFor });
  },
  'the made key is what was asked for': ({ one, other }) =>
    compareWithRequest(requestOf(draftIn(profileIn(one)), null), madeIn(profileIn(other)), NOW * 1000).length === 0,
  'two texts are one key': ({ keys: [one, other] }) => isSameKs(new Secret(one), new Secret(other)),
};
