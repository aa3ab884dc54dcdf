import { findRegions } from '../kaltura/accounts/find-region.js';
import { addAppToken, deleteAppToken, listAppTokens } from '../kaltura/app-tokens/manage.js';
import { runProbe } from '../kaltura/diagnosis/probes.js';
import { checkKey } from '../kaltura/sessions/check.js';
import { lookUp } from '../kaltura/sessions/content-lookup.js';
import { groupOf, planRevoke, revokeKey } from '../kaltura/sessions/end.js';
import { isEntitlementEnforced, revealHidden } from '../kaltura/sessions/entitlement.js';
import { readKeyOnServer } from '../kaltura/sessions/read-on-server.js';
import type { Answer, Question } from '../wizard/engine/question.js';
import type { WizardServices } from './effects.js';
import type { Saving } from './saving.js';

export interface AskDeps {
  readonly services: WizardServices;
  readonly saving: Saving;
  readonly signal: AbortSignal;
}

type Asked<Name extends Question['ask']> = Extract<Question, { ask: Name }>;

/**
 * Finds out what the wizard wants to know.
 *
 * @throws {ApiError}
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 * @throws {SecretPlaceError}
 */
export async function answerTo(question: Question, deps: AskDeps): Promise<Answer> {
  return 'server' in question
    ? deps.services.practice.runOn(question.server, (serviceUrl) => fromServer(question, serviceUrl, deps))
    : fromHere(question, deps);
}

type WithServer = Extract<Question, { server: unknown }>;

async function fromServer(question: WithServer, serviceUrl: string, deps: AskDeps): Promise<Answer> {
  const { services, signal } = deps;
  const { http, now, randomBytes } = services;
  switch (question.ask) {
    case 'check':
      return { to: 'check', is: await checkKey({ ...question, serviceUrl, http, now, signal }) };
    case 'look-up':
      return { to: 'look-up', is: await lookUp(serviceUrl, question.ks, question.id, { http, signal }) };
    case 'find-hidden': {
      const request = { ...question.request, serviceUrl };
      const theirNow = () => now() + question.ahead * 1000;
      const deps = { http, now: theirNow, randomBytes, signal };
      return { to: 'find-hidden', is: await revealHidden(request, question.id, deps) };
    }
    case 'enforcement':
      return { to: 'enforcement', is: await isEntitlementEnforced(serviceUrl, question.ks, { http, signal }) };
    case 'read-key':
      return { to: 'read-key', is: await readKeyOnServer(serviceUrl, question.ks, { http, signal }) };
    case 'end':
      return { to: 'end', is: await end(question, serviceUrl, deps) };
    case 'tokens':
      return { to: 'tokens', is: await tokens(question, serviceUrl, deps) };
    case 'add-token':
      return { to: 'add-token', is: await addAppToken(serviceUrl, question.ks, question.wish, { http, signal }) };
    case 'delete-token':
      return { to: 'delete-token', is: await deleteToken(question, serviceUrl, deps) };
    case 'probe': {
      const context = { ...question.context, request: { ...question.context.request, serviceUrl } };
      return { to: 'probe', is: await runProbe(question.probe, context, { http, now, randomBytes, signal }) };
    }
  }
}

async function fromHere(question: Exclude<Question, WithServer>, deps: AskDeps): Promise<Answer> {
  const { services, saving, signal } = deps;
  switch (question.ask) {
    case 'regions':
      return { to: 'regions', is: await findRegions(question.partnerId, { http: services.http, signal }) };
    case 'secret-of': {
      const { profile, passphrase } = question;
      return { to: 'secret-of', is: await saving.secretOf(profile, passphrase, signal) };
    }
    case 'env-file':
      return { to: 'env-file', is: await (await services.openEnvFiles()).look(question.path) };
    case 'write-env-file': {
      const { path, ks, seen } = question;
      return { to: 'write-env-file', is: await (await services.openEnvFiles()).write(path, ks, seen) };
    }
  }
}

/** An ended key that was kept would be offered again: it is dropped. */
async function end({ ks, facts, profile, server }: Asked<'end'>, serviceUrl: string, deps: AskDeps) {
  const { services, saving, signal } = deps;
  const report = await revokeKey({ serviceUrl, ks, http: services.http, signal });
  if (report.outcome !== 'ended' && report.outcome !== 'already-ended') return { report, profiles: null };
  // One that had ended before took nobody along now.
  const sessionId = report.outcome === 'ended' ? groupOf(planRevoke(facts, services.now() / 1000).endsWith) : null;
  const partnerId = facts?.partnerId ?? null;
  const isPractice = server.practice !== null;
  const profiles = await saving.drop({ ks, keptWith: profile, sessionId, partnerId, serviceUrl, isPractice });
  return { report, profiles };
}

async function tokens({ ks }: Asked<'tokens'>, serviceUrl: string, { services, signal }: AskDeps) {
  let cutAt: number | null = null;
  const onCut = (total: number): void => {
    cutAt = total;
  };
  const list = await listAppTokens(serviceUrl, ks, { http: services.http, signal, onTruncated: onCut });
  return { list, cutAt };
}

/** The keys that were made from the token have ended with it. */
async function deleteToken({ ks, id, partnerId, server }: Asked<'delete-token'>, serviceUrl: string, deps: AskDeps) {
  const { services, saving, signal } = deps;
  const report = await deleteAppToken(serviceUrl, ks, id, { http: services.http, signal });
  if (report.outcome !== 'deleted') return { report, profiles: null };
  const isPractice = server.practice !== null;
  const ended = { ks: null, keptWith: null, sessionId: id, partnerId, serviceUrl, isPractice };
  return { report, profiles: await saving.drop(ended) };
}
