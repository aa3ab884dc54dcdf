import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { Secret } from '../../../source/kaltura/secret.js';
import { openSecretKeeper, type SecretKeeperDeps } from '../../../source/platform/secrets/open-keeper.js';
import type { AskPassphrase } from '../../../source/secrets/keeper.js';
import { SecretSourceError } from '../../../source/secrets/source-error.js';

/** No dictionary, log or file has it by chance. */
export const PLANTED = 'planted-5f0c3b7e9d1a-Zq';

/** Costs nothing, for the tests that are not about the cost. */
export const CHEAP = { N: 2, r: 1, p: 1 };

/** A folder that is gone when the test is over. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'secret-places-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function tempKeeper(deps: Partial<SecretKeeperDeps> = {}) {
  const configFolder = join(tempFolder(), 'kaltura-ks');
  const keeper = openSecretKeeper({
    configFolder,
    env: process.env,
    platform: process.platform,
    now: Date.now,
    cost: CHEAP,
    ...deps,
  });
  return { keeper, configFolder, secrets: join(configFolder, 'secrets') };
}

/** A program of its own in a folder of its own: a real one, run by the real shell. */
export function program(name: string, script: string): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

export const passphrase =
  (text: string | null): AskPassphrase =>
  async () =>
    text === null ? null : new Secret(text);

/** For places that have none. */
export const neverAsked: AskPassphrase = () => {
  throw new Error('A passphrase was asked for.');
};

/** The error with which it fails; it must be one for the person, and hold no secret. */
export async function faultOf(attempt: Promise<unknown>): Promise<SecretSourceError> {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SecretSourceError)) throw new Error('It did not fail as it should.', { cause: error });
  expect(`${error.message} ${error.remedy} ${JSON.stringify(error)} ${error.stack}`).not.toContain(PLANTED);
  return error;
}
