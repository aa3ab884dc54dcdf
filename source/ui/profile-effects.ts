import type { Secret } from '../kaltura/secret.js';
import { quoteIfNeeded } from '../kaltura/snippets/snippet.js';
import type { Runtime } from '../operations/runtime.js';
import { notDeletedText } from '../profiles/change-entries.js';
import { removeWithSecrets, renameWithSecrets } from '../profiles/change-profile.js';
import { confirmSource } from '../profiles/confirm-source.js';
import type { Profile } from '../profiles/profile.js';
import { openProfileSecrets, type ProfileSecrets } from '../profiles/profile-secrets.js';
import { saveWithSecrets } from '../profiles/save.js';
import { loadWithDefault, type ProfileStore, ProfileStoreError, type ProfilesWithDefault } from '../profiles/store.js';
import { SecretSourceError } from '../secrets/source-error.js';
import type { Effect } from '../wizard/engine/effect.js';
import type { WizardEvent } from '../wizard/engine/event.js';
import { type MoveOutcome, removeMovedSecret } from './move-secret.js';

type EffectNamed<Name extends Effect['do']> = Extract<Effect, { do: Name }>;
type Dispatch = (event: WizardEvent) => void;
/** What the user learns after a change. */
type ChangeResult = Omit<Extract<WizardEvent, { type: 'profiles' }>, 'type' | keyof ProfilesWithDefault>;

/** How to use a saved profile. The command follows. */
const TO_USE = 'To use it: choose it when you start kaltura-ks, or run this command:';

/** Describes an error of the profiles or their secrets to the user. @throws any other error */
function reasonOf(error: unknown): string {
  if (error instanceof SecretSourceError) return `${error.message} ${error.remedy}`;
  if (error instanceof ProfileStoreError) return error.message;
  throw error;
}

/** Runs the effects that read or change saved profiles. A passphrase was typed on an earlier screen. */
export function createProfileEffects(
  { openSecretKeeper, openEnvFiles }: Pick<Runtime, 'openSecretKeeper' | 'openEnvFiles'>,
  store: ProfileStore,
) {
  const secretsWith = (passphrase: Secret | null): ProfileSecrets =>
    openProfileSecrets(
      () => openSecretKeeper(),
      async () => passphrase,
    );
  const loadedProfiles = async (): Promise<readonly Profile[] | null> =>
    (await store.load().catch(() => null))?.profiles ?? null;

  /** @param act may return a warning, which is added to the notice */
  async function change(
    act: () => Promise<string | null | MoveOutcome>,
    result: ChangeResult,
    dispatch: Dispatch,
  ): Promise<void> {
    try {
      const answer = await act();
      const { text, ...outcome } = typeof answer === 'string' || answer === null ? { text: answer } : answer;
      const how = result.command === undefined ? [] : [TO_USE];
      const notice = [result.notice, ...(text === null ? [] : [text]), ...how].join(' ');
      dispatch({ type: 'profiles', ...(await loadWithDefault(store)), ...result, ...outcome, notice });
    } catch (error) {
      const reason = reasonOf(error);
      dispatch({ type: 'profiles-failed', reason, profiles: await loadedProfiles() });
    }
  }

  return {
    secretsWith,
    save(
      { profile, isReplacing, secret, passphrase, moveFrom, backTo }: EffectNamed<'save-profile'>,
      dispatch: Dispatch,
    ) {
      const { name, savedKey } = profile;
      const notice = `✔ Saved “${name}” in ${store.fileOf(name)}${savedKey === null ? '' : ', with the key'}.`;
      const command = `kaltura-ks token ${quoteIfNeeded(name)}`;
      const toSave = { profile, replace: isReplacing, secret: secret ?? ('present' as const) };
      const deps = { store, secrets: secretsWith(passphrase) };
      const act = async () => {
        const notDeleted = notDeletedText(await saveWithSecrets(toSave, deps));
        if (moveFrom === null || secret === null) return notDeleted;
        const moved = await removeMovedSecret({ name, secret, from: moveFrom }, { ...deps, openEnvFiles });
        return { ...moved, text: [notDeleted, moved.text].filter((one) => one !== null).join(' ') };
      };
      return change(act, { notice, command, name, backTo }, dispatch);
    },
    rename({ from, to }: EffectNamed<'rename-profile'>, dispatch: Dispatch) {
      const act = () => renameWithSecrets(from, to, { store, secrets: secretsWith(null) }).then(() => null);
      return change(act, { notice: `✔ Renamed to “${to}”.`, name: to, backTo: 'home' }, dispatch);
    },
    remove({ name }: EffectNamed<'remove-profile'>, dispatch: Dispatch) {
      const act = () => removeWithSecrets(name, { store, secrets: secretsWith(null) }).then(() => null);
      return change(act, { notice: `✔ Deleted “${name}”.`, name: null, backTo: 'home' }, dispatch);
    },
    async confirm({ attempt, profile: shown }: EffectNamed<'confirm-source'>, dispatch: Dispatch) {
      const [profile, reason] = await confirmSource(shown, store).then(
        (confirmed) => [confirmed, ''] as const,
        (error) => [null, reasonOf(error)] as const,
      );
      dispatch({ type: 'source-confirmed', attempt, profile, reason, profiles: await loadedProfiles() });
    },
    async findSources(dispatch: Dispatch) {
      const { check, describe } = await openSecretKeeper();
      const isKeychainUsable = await check({ kind: 'keychain' }).then(
        () => true,
        (error) => {
          if (!(error instanceof SecretSourceError)) throw error;
          return false;
        },
      );
      dispatch({ type: 'secret-sources', sources: { describe, isKeychainUsable } });
    },
  };
}
