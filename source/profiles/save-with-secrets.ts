import { asFarAsPossible } from './as-far-as-possible.js';
import type { Profile } from './profile.js';
import { savedProfileNamed } from './profile-by-name.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import { changedMeanwhile } from './profile-store.js';
import { isSameProfile } from './same-profile.js';
import { type ProfileWish, planSave, type SavePlan } from './save-plan.js';
import type { SecretName } from './secret-place.js';
import { SecretPlaceError } from './secret-place-error.js';

/**
 * Saves a profile together with its secrets, so that at no moment one that belongs to another profile could be sent for it: it asks for its
 * secret until what the former one had is gone and its own lies where it says.
 *
 * A failure leaves all as it was, with two exceptions. Where what the former one had cannot be removed, the new one stands and asks for its
 * secret. Where the new secret was to take the place of the former one, that is gone; but the place was tried before.
 *
 * @throws {ProfileStoreError} also where another program changed the profile meanwhile: that stands
 * @throws {SecretPlaceError}
 */
export async function saveWithSecrets(wish: ProfileWish, deps: StoreAndSecrets): Promise<void> {
  const { store, secrets } = deps;
  const plan = planSave(wish, wish.replace ? await savedProfileNamed(wish.profile.name, store) : null);
  const { saved, claim, written, removed, isSamePlace } = plan;
  if (written.length === 0 && removed.length === 0) return store.save(saved, { replace: wish.replace });
  const write = written.length === 0 ? null : await secrets.prepare(saved);
  // First the profile: it claims the name, so that no secret is written over one that belongs to another.
  await store.save(claim, { replace: wish.replace });
  const done: Done = { begun: [], removal: 'to-come' };

  async function put(): Promise<void> {
    for (const [what, text] of written) {
      done.begun.push(what);
      await write?.(what, text);
    }
  }

  async function clear(): Promise<void> {
    done.removal = 'under-way';
    for (const [profile, what] of removed) {
      await secrets.remove(profile, what).catch((error: unknown) => {
        // A profile from another computer may name a place that this one lacks; without a former profile, nothing is expected there.
        const isNowhere = error instanceof SecretPlaceError && error.fault === 'unavailable';
        if (plan.before !== null || !isNowhere) throw error;
      });
    }
    done.removal = 'done';
  }

  try {
    // What lies elsewhere can wait until the writing has gone well.
    for (const step of isSamePlace ? [clear, put] : [put, clear]) await step();
    await settle(plan, deps);
  } catch (error) {
    await undo(plan, done, deps);
    throw error;
  }
}

/** How far a save has come. */
interface Done {
  readonly begun: SecretName['what'][];
  removal: 'to-come' | 'under-way' | 'done';
}

/** Says at last where the secrets lie, unless another program has saved something else meanwhile. */
async function settle({ claim, saved, before }: SavePlan, { store }: StoreAndSecrets): Promise<void> {
  if (isSameProfile(claim, saved)) return;
  const found = await savedProfileNamed(saved.name, store);
  const isOurs = found !== null && [claim, before].some((one) => one !== null && isSameProfile(one, found));
  if (!isOurs) throw changedMeanwhile(saved.name, store.fileOf(saved.name));
  await store.save(saved, { replace: true });
}

async function undo(plan: SavePlan, { begun, removal }: Done, deps: StoreAndSecrets): Promise<void> {
  const { store, secrets } = deps;
  const { saved, before, isSamePlace, isSameAccount } = plan;
  const isOurs = await isStillClaimed(plan, deps);
  // A new secret of the same account is good for the former profile, which has no other any more.
  const staysGood = isOurs && isSamePlace && isSameAccount;
  let isClean = removal !== 'under-way';
  for (const what of begun) {
    if (what === 'secret' && staysGood) continue;
    const isTaken = await asFarAsPossible(() => secrets.remove(saved, what));
    if (!isTaken && isSamePlace) isClean = false;
  }
  // What could not be removed must not come to be used: then the new profile goes on asking.
  if (!isOurs || !isClean) return;
  const former = removal === 'done' ? withoutItsKey(plan) : before;
  await asFarAsPossible(() =>
    former === null ? store.remove(saved.name) : store.save(former, { replace: true, isRestored: true }),
  );
}

async function isStillClaimed({ claim }: SavePlan, { store }: StoreAndSecrets): Promise<boolean> {
  let found: Profile | null = null;
  await asFarAsPossible(async () => {
    found = await savedProfileNamed(claim.name, store);
  });
  return found !== null && isSameProfile(found, claim);
}

function withoutItsKey({ before, removed, saved }: SavePlan): Profile | null {
  const isGone = removed.some(([profile, what]) => profile === before && what === 'key');
  if (before?.keptKey?.ks !== null || !isGone) return before;
  // It remembers that it keeps keys.
  return { ...before, keptKey: null, lastKeyEndedAt: saved.savedAt };
}
