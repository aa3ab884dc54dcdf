import { findRegions } from '../kaltura/accounts/find-region.js';
import { addAppToken, listAppTokens } from '../kaltura/app-tokens/manage.js';
import { runProbe } from '../kaltura/diagnosis/probes.js';
import { checkKey } from '../kaltura/sessions/check.js';
import { lookUp } from '../kaltura/sessions/content-lookup.js';
import { isEntitlementEnforced } from '../kaltura/sessions/entitlement.js';
import { revealHidden } from '../kaltura/sessions/hidden-content.js';
import { readKeyOnServer } from '../kaltura/sessions/read-on-server.js';
import { deleteTokenAndKeys, endKey, type RevokeResult } from '../operations/end-key.js';
import { dropRevokedKeys } from '../profiles/drop-revoked-keys.js';
import { profileNamed } from '../profiles/store.js';
import { SecretSourceError } from '../secrets/source-error.js';
import type { Answer, Asked, Question } from '../wizard/engine/question.js';
import type { AppHandle } from './app.js';
import type { WizardServices } from './effects.js';
import type { createProfileEffects } from './profile-effects.js';
import { readProfileSecret } from './read-profile-secret.js';

export interface AskDeps {
  readonly services: WizardServices;
  readonly profiles: Pick<ReturnType<typeof createProfileEffects>, 'secretsWith'>;
  readonly handle: () => AppHandle;
  readonly signal: AbortSignal;
}

/**
 * Answers a question of the wizard.
 *
 * @throws {ApiError}
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 * @throws {ProfileStoreError}
 * @throws {SecretSourceError}
 */
export async function answerTo(question: Question, deps: AskDeps): Promise<Answer> {
  return 'server' in question
    ? deps.services.practice.runOn(question.server, (serviceUrl) => fromServer(question, serviceUrl, deps))
    : fromHere(question, deps);
}

type WithServer = Extract<Question, { server: unknown }>;

/** Answers a question by a call to its server. */
async function fromServer(question: WithServer, serviceUrl: string, deps: AskDeps): Promise<Answer> {
  const { services, signal } = deps;
  const { http, now, randomBytes } = services;
  const isPractice = question.server.practice !== null;
  switch (question.ask) {
    case 'check':
      return { to: 'check', is: await checkKey({ ...question, serviceUrl, http, now, signal }) };
    case 'look-up':
      return { to: 'look-up', is: await lookUp(serviceUrl, question.ks, question.id, { http, signal }) };
    case 'find-hidden': {
      const request = { ...question.request, serviceUrl };
      const serverNow = () => now() + question.ahead * 1000;
      const deps = { http, now: serverNow, randomBytes, signal };
      return { to: 'find-hidden', is: await revealHidden(request, question.id, deps) };
    }
    case 'enforcement':
      return { to: 'enforcement', is: await isEntitlementEnforced(serviceUrl, question.ks, { http, signal }) };
    case 'read-key':
      return { to: 'read-key', is: await readKeyOnServer(serviceUrl, question.ks, { http, signal }) };
    case 'end': {
      const key = { ...question, fromProfile: question.profile, serviceUrl, isPractice };
      return { to: 'end', is: await withoutRevoked(await endKey(key, { http, now, signal }), deps) };
    }
    case 'tokens':
      return { to: 'tokens', is: await tokens(question, serviceUrl, deps) };
    case 'add-token':
      return { to: 'add-token', is: await addAppToken(serviceUrl, question.ks, question.newToken, { http, signal }) };
    case 'delete-token': {
      const { id, partnerId, ks } = question;
      const ended = await deleteTokenAndKeys(id, partnerId, { ks, serviceUrl, isPractice }, { http, now, signal });
      return { to: 'delete-token', is: await withoutRevoked(ended, deps) };
    }
    case 'probe': {
      const context = { ...question.context, request: { ...question.context.request, serviceUrl } };
      return { to: 'probe', is: await runProbe(question.probe, context, { http, now, randomBytes, signal }) };
    }
  }
}

/** Answers a question from this computer, or from all regions. */
async function fromHere(question: Exclude<Question, WithServer>, deps: AskDeps): Promise<Answer> {
  const { services, signal } = deps;
  switch (question.ask) {
    case 'regions':
      return { to: 'regions', is: await findRegions(question.partnerId, { http: services.http, signal }) };
    case 'secret-of':
      return { to: 'secret-of', is: await secretOf(question, deps) };
    case 'env-file':
      return { to: 'env-file', is: await (await services.openEnvFiles()).look(question.path) };
    case 'write-env-file': {
      const { path, ks, seen } = question;
      return { to: 'write-env-file', is: await (await services.openEnvFiles()).write(path, ks, seen) };
    }
  }
}

async function tokens({ ks }: Asked<'tokens'>, serviceUrl: string, { services, signal }: AskDeps) {
  let cutAt: number | null = null;
  const onTruncated = (total: number): void => {
    cutAt = total;
  };
  const list = await listAppTokens(serviceUrl, ks, { http: services.http, signal, onTruncated });
  return { list, cutAt };
}

/** Removes revoked keys from the profiles. Returns all profiles after that; null if no profile had one. */
async function withoutRevoked<Report>({ report, revoked }: RevokeResult<Report>, { services, profiles }: AskDeps) {
  const at = Math.floor(services.now() / 1000);
  const { store } = services;
  const secrets = profiles.secretsWith(null);
  const changed = revoked === null ? [] : await dropRevokedKeys(revoked, at, { store, secrets });
  return { report, profiles: changed.length === 0 ? null : (await store.load()).profiles };
}

async function secretOf({ profile: name, passphrase }: Asked<'secret-of'>, deps: AskDeps) {
  const profile = await profileNamed(name, deps.services.store);
  if (profile !== null) return readProfileSecret({ ...deps, profile, what: 'secret', passphrase });
  throw new SecretSourceError('absent', `The profile “${name}” no longer exists.`, 'Enter the secret instead.');
}
