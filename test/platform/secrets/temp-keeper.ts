import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { Secret } from '../../../source/kaltura/secret.js';
import { openSecretKeeper, type SecretKeeperDeps } from '../../../source/platform/secrets/open-keeper.js';
import type { AskPassphrase } from '../../../source/secrets/keeper.js';
import { SecretSourceError } from '../../../source/secrets/source-error.js';

/** A secret that is in no file by chance. */
export const PLANTED = 'planted-5f0c3b7e9d1a-Zq';

/** A low scrypt cost for tests that don't test the cost. */
export const CHEAP = { N: 2, r: 1, p: 1 };

/** A folder that is deleted after the test. */
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

/** Writes a shell script into a new folder, and returns its path. */
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

/** For secret sources without a passphrase. */
export const neverAsked: AskPassphrase = () => {
  throw new Error('A passphrase was asked for.');
};

/** The error of a failed attempt, which must be for the user and contain no secret. */
export async function faultOf(attempt: Promise<unknown>): Promise<SecretSourceError> {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SecretSourceError)) throw new Error('It did not fail as it should.', { cause: error });
  expect(`${error.message} ${error.remedy} ${JSON.stringify(error)} ${error.stack}`).not.toContain(PLANTED);
  return error;
}
